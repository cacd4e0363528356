"""What git knows of a file: its versions, and what has changed between them.  The repository is only read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cached_property
from pathlib import Path, PurePosixPath

from msgspec import Struct

from awesome_lint.git.running import GitError, run

_LEAST_IN_COMMON = 0.5
"""The share of lines from which on git, too, takes one file for another's new name."""


class DatedCommit(Struct, frozen=True):
    """A commit, and when it was made, as RFC 3339 writes it."""

    name: str
    date: str


class History(Struct, frozen=True, dict=True):
    """A repository and the commit that the working tree is compared with.

    ``root`` is the repository's top folder, ``base`` the merge base with the given commit.
    """

    root: Path
    base: str

    @classmethod
    def since(cls, reference: str, folder: Path, branch: str = "HEAD") -> History:
        """The history of the repository around *folder*, from the merge base of *branch* with *reference*.

        Before the first commit, ``HEAD`` is an empty tree, so that everything is new.
        Raises `GitError` if there is no git, no repository, no such commit, or too little history.
        """
        root = Path(_ask(folder, "rev-parse", "--show-toplevel", hint=lambda: _no_repository(folder)))
        if reference == "HEAD" and _run(root, "rev-parse", "--verify", "--quiet", "HEAD") is None:
            return cls(root, _ask(root, "hash-object", "-t", "tree", "--stdin", hint=lambda: "git has no empty tree"))
        commit = _commit(root, reference)
        base = _ask(
            root,
            *("merge-base", commit, _commit(root, branch)),
            hint=lambda: f"{branch} and {reference!r} have no common ancestor{_shallow_hint(root)}",
        )
        return cls(root, base)

    @classmethod
    def at(cls, reference: str, folder: Path) -> History:
        """The history of the repository around *folder*, at the commit *reference* itself; raises `GitError`."""
        root = Path(_ask(folder, "rev-parse", "--show-toplevel", hint=lambda: _no_repository(folder)))
        return cls(root, _commit(root, reference))

    def commits_to(self, end: History, path: Path) -> list[DatedCommit]:
        """The commits after this one up to *end* that changed *path*, the latest first; of branches, their merges."""
        arguments = ("log", "--first-parent", "--format=%H %cI", f"{self.base}..{end.base}", "--", end.name_of(path))
        lines = (_run(self.root, *arguments) or b"").decode("ascii").splitlines()
        return [DatedCommit(*line.split()) for line in lines]

    def changed_files(self, end: History | None) -> list[str]:
        """The files that differ between this commit and *end*, or the working tree if that is None."""
        commits = (self.base, end.base) if end else (self.base,)
        arguments = ("diff", "-z", "--name-only", "--no-renames", "--no-ext-diff", "--no-textconv", *commits, "--")
        names = (_run(self.root, *arguments) or b"").decode("utf-8", "surrogateescape").split("\0")
        if end is None:
            more = _run(self.root, "ls-files", "-z", "--others", "--exclude-standard") or b""
            names += more.decode("utf-8", "surrogateescape").split("\0")
        return sorted({name for name in names if name})

    def text_of(self, path: Path) -> bytes | None:
        """What *path* held at the base, under its old name if it was renamed since; None if it did not exist."""
        old = self._old_name(path)
        return _run(self.root, "cat-file", "blob", f"{self.base}:{old}") if old is not None else None

    def name_of(self, path: Path) -> str:
        """The name of *path* at the base, relative to the root; its present name if it did not exist."""
        return self._old_name(path) or self._name(path)

    def _old_name(self, path: Path) -> str | None:
        name = self._name(path)
        return name if name in self.files else self._renamed.get(name) or self._lost_twin(name)

    def existence_beside(self, path: Path) -> Callable[[str], bool]:
        """A function that tells whether a path relative to *path*, or from the top with a leading ``/``, was there."""
        folder = PurePosixPath(self._name(path)).parent

        def exists(relative: str) -> bool:
            parts: list[str] = []
            whole = PurePosixPath(relative.lstrip("/")) if relative.startswith("/") else folder / relative
            for part in whole.parts:
                if part == "..":
                    if not parts:
                        return False
                    parts.pop()
                elif part != ".":
                    parts.append(part)
            name = "/".join(parts)
            return not name or name in self.files or name in self._folders

        return exists

    @cached_property
    def files(self) -> frozenset[str]:
        """The files of the base, relative to the root."""
        listed = _run(self.root, "ls-tree", "-r", "-z", "--name-only", "--full-tree", self.base) or b""
        return frozenset(name.decode("utf-8", "surrogateescape") for name in listed.split(b"\0") if name)

    @cached_property
    def _folders(self) -> frozenset[str]:
        return frozenset(str(parent) for name in self.files for parent in PurePosixPath(name).parents)

    @cached_property
    def _renamed(self) -> dict[str, str]:
        """New names to old ones, the index and the working tree included."""
        arguments = ("diff", "-z", "--name-status", "--find-renames", "--no-ext-diff", "--no-textconv", self.base)
        fields = (_run(self.root, *arguments) or b"").decode("utf-8", "surrogateescape").split("\0")
        renamed: dict[str, str] = {}
        position = 0
        while position + 1 < len(fields):
            moved = fields[position].startswith(("R", "C"))
            if moved:
                renamed[fields[position + 2]] = fields[position + 1]
            position += 3 if moved else 2
        return renamed

    def _lost_twin(self, name: str) -> str | None:
        """The file of the base that is gone and was most like *name*, which git does not track yet."""
        if _run(self.root, "ls-files", "--error-unmatch", "--", name) is not None:
            return None
        deleted = (_run(self.root, "ls-files", "--deleted", "-z") or b"").decode("utf-8", "surrogateescape").split("\0")
        suffix = PurePosixPath(name).suffix.lower()
        gone = [each for each in deleted if each in self.files and PurePosixPath(each).suffix.lower() == suffix]
        try:
            text = (self.root / name).read_bytes()
        except OSError:
            return None
        likeness = {each: _likeness(text, _run(self.root, "cat-file", "blob", f"{self.base}:{each}")) for each in gone}
        best = max(likeness, key=lambda each: likeness[each], default=None)
        return best if best is not None and likeness[best] >= _LEAST_IN_COMMON else None

    def _name(self, path: Path) -> str:
        absolute = path.resolve()
        root = self.root.resolve()
        if not absolute.is_relative_to(root):
            raise GitError(f"{path} is outside the repository {root}")
        return absolute.relative_to(root).as_posix()


def _likeness(text: bytes, other: bytes | None) -> float:
    """The share of lines that two texts have in common, from 0 to 1, whatever ends the lines."""
    lines, others = Counter(text.splitlines()), Counter((other or b"").splitlines())
    return (lines & others).total() / max(lines.total(), others.total(), 1)


def _no_repository(folder: Path) -> str:
    """Why git finds no repository around *folder*."""
    process = run(folder, "rev-parse", "--show-toplevel")
    if b"dubious ownership" in process.stderr:
        return (
            f"git does not trust the owner of {folder}; if you do, run: "
            "git config --global --add safe.directory FOLDER, the repository's top folder"
        )
    return f"{folder} is not in a git repository"


def _commit(root: Path, reference: str) -> str:
    """The name of the commit *reference*; raises `GitError`."""
    return _ask(
        root,
        *("rev-parse", "--verify", "--quiet", "--end-of-options", f"{reference}^{{commit}}"),
        hint=lambda: f"git does not know the commit {reference!r}{_shallow_hint(root)}",
    )


def _shallow_hint(root: Path) -> str:
    if (_run(root, "rev-parse", "--is-shallow-repository") or b"").strip() != b"true":
        return ""
    remedy = "fetch-depth: 0, or git fetch --unshallow origin '+refs/heads/*:refs/remotes/origin/*'"
    return f": this clone is shallow; fetch the history first ({remedy})"


def _ask(folder: Path, *arguments: str, hint: Callable[[], str]) -> str:
    """What git answers; raises `GitError` with the result of *hint* if it fails."""
    answer = _run(folder, *arguments)
    if answer is None:
        raise GitError(hint())
    return answer.decode("utf-8", "surrogateescape").removesuffix("\n")


def _run(folder: Path, *arguments: str) -> bytes | None:
    """What git prints; None if it fails."""
    process = run(folder, *arguments)
    return process.stdout if process.returncode == 0 else None

"""Versions of a list out of the history of its repository."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from awesome_lint.changes.atom import Commit
from awesome_lint.changes.comparing import Comparison, compare
from awesome_lint.git.history import History
from awesome_lint.git.running import GitError
from awesome_lint.markdown import parse
from awesome_lint.source import Source


class Range(Struct, frozen=True):
    """Two commits; ``new`` is None for the working tree."""

    old: History
    new: History | None

    def files(self) -> list[str]:
        """The files that differ between the two, relative to the top of the repository."""
        return self.old.changed_files(self.new)

    def compare(self, source: Source, path: Path) -> Comparison:
        """What has happened to the list at *path* that is *source* in the working tree; raises `GitError`."""
        new = source if self.new is None else _version(self.new, source.path, path)
        return compare(parse(_version(self.old, source.path, path)), parse(new))

    def commits(self, source: Source, path: Path) -> Iterator[Commit]:
        """What each commit between the two did to the list at *path*, the latest first; raises `GitError`.

        What is not committed is left out.
        """
        end = self.new or History.at("HEAD", self.old.root)
        dated = self.old.commits_to(end, path)
        versions = [*(History(self.old.root, commit.name) for commit in dated), self.old]
        later = parse(_version(versions[0], source.path, path))
        for commit, before in zip(dated, versions[1:], strict=True):
            earlier = parse(_version(before, source.path, path))
            yield Commit(commit.date, compare(earlier, later))
            later = earlier


def read_range(text: str, folder: Path) -> Range:
    """The commits that *text* names in the repository around *folder*; raises `GitError`.

    ``A..B`` are these two, ``A...B`` the commit at which B left A, and B; a side that is empty is ``HEAD``.  ``A``
    alone is the commit at which the branch left A, and the working tree.
    """
    first, dots, second = text.partition("..")
    if not dots:
        return Range(History.since(text, folder), None)
    if second.startswith("."):
        return Range(
            History.since(first or "HEAD", folder, second[1:] or "HEAD"), History.at(second[1:] or "HEAD", folder)
        )
    return Range(History.at(first or "HEAD", folder), History.at(second or "HEAD", folder))


def _version(history: History, name: str, path: Path) -> Source:
    """The list at *path* as it was at a commit, called *name*; empty if there was no such file."""
    try:
        return Source.from_bytes(history.text_of(path) or b"", name)
    except UnicodeDecodeError:
        raise GitError(f"{name} is not UTF-8 at the commit {history.base[:12]}") from None

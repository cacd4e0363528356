"""Which files there are to check: the README of a folder, or all its Markdown that git does not ignore."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pathspec import GitIgnoreSpec

from awesome_lint.files.reading import UnusableFileError, reason, repository_root

SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mkdn"})
"""The file name extensions of Markdown that GitHub renders."""


NOT_SEARCHED = frozenset(
    ".bzr .direnv .eggs .git .hg .mypy_cache .nox .pytest_cache .ruff_cache .svn .tox .venv __pycache__ __pypackages__"
    " bower_components jspm_packages node_modules site-packages venv".split()
)
"""Folders that tools make and fill; one that is named is searched all the same."""


def find_readme(folder: Path) -> Path | None:
    """The README of *folder*: ``README.md`` in any case, else ``README.markdown`` and the like."""
    found = [path for path in folder.iterdir() if path.stem.lower() == "readme"]
    return min(filter(is_markdown, found), key=lambda path: (path.suffix.lower() != ".md", path.name), default=None)


def is_markdown(path: Path) -> bool:
    """Whether *path* is a file with a name for Markdown."""
    return path.suffix.lower() in SUFFIXES and path.is_file()


def find_markdown(folder: Path) -> Iterator[Path]:
    """The Markdown files below *folder* that no ``.gitignore`` excludes, sorted within each folder.

    Folders that tools fill, such as ``node_modules``, are left out.  Symbolic links to folders are not followed, so no
    loop can form.  Raises `UnusableFileError` where *folder* itself cannot be listed; folders within it that cannot be
    are passed over.
    """
    try:
        os.scandir(folder).close()
    except OSError as error:
        raise UnusableFileError(f"{folder}: cannot be read: {reason(error)}") from None
    is_ignored = _Ignored(folder)
    for parent, folders, names in os.walk(folder):
        here = Path(parent)
        folders[:] = sorted(
            name for name in folders if name not in NOT_SEARCHED and not is_ignored(here / name, is_folder=True)
        )
        paths = (here / name for name in sorted(names))
        yield from (path for path in paths if is_markdown(path) and not is_ignored(path))


class _Ignored:
    """What the ``.gitignore`` files of a repository exclude; the one nearest to a file has the last word."""

    def __init__(self, folder: Path) -> None:
        self._top = repository_root(folder) or folder.resolve()
        self._patterns = cache(_read_gitignore)
        if self(folder, is_folder=True):
            self._top = folder.resolve()  # an ignored folder that is named is searched all the same

    def __call__(self, path: Path, *, is_folder: bool = False) -> bool:
        absolute = path.parent.resolve() / path.name
        for folder in absolute.parents:
            if not folder.is_relative_to(self._top):
                break
            # Names are bytes that need not be text; patterns are text.
            name = os.fsencode(absolute.relative_to(folder).as_posix()).decode("utf-8", "replace") + "/" * is_folder
            verdict = self._patterns(folder).check_file(name).include
            if verdict is not None:
                return verdict
        return False


def _read_gitignore(folder: Path) -> GitIgnoreSpec:
    try:
        lines = (folder / ".gitignore").read_text(encoding="utf-8", errors="replace").splitlines()
        return GitIgnoreSpec.from_lines(lines)
    except (OSError, ValueError):
        return GitIgnoreSpec([])  # there is none, or it holds a pattern that is none for git either

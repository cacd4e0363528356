"""The texts that the command line names: files, folders, standard input, or the README of this folder."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click
from msgspec import Struct, field

from awesome_lint.cli.console import complain
from awesome_lint.files.reading import UnusableFileError, read_source, read_stream
from awesome_lint.source import Source

STDIN = "-"


class Inputs(Struct):
    """The sources that *paths* name, read one after the other.

    What cannot be read is complained about and passed over; ``failed`` tells whether there was any.
    ``stdin_filename`` is the name under which standard input is reported.  ``file`` is where the source that was
    given last comes from, None for standard input, and ``why`` the reason to take it.
    """

    paths: tuple[str, ...]
    stdin_filename: str | None = None
    failed: bool = False
    file: Path | None = None
    why: str = ""
    _seen: set[str] = field(default_factory=set)
    _ahead: list[tuple[Source, Path | None, str]] | None = None

    def __post_init__(self) -> None:
        if self.stdin_filename is not None and STDIN not in self.paths:
            raise click.UsageError("--stdin-filename names standard input, so it needs the path -")

    @property
    def is_one_file(self) -> bool:
        """Whether exactly one text was asked for, and not a folder."""
        return len(self.paths) <= 1 and not any(Path(path).is_dir() for path in self.paths)

    def __iter__(self) -> Iterator[Source]:
        """Each source once, in the order of the paths."""
        if self._ahead is not None:
            for source, file, why in self._ahead:
                self.file, self.why = file, why
                yield source
            return
        for path in self.paths or (None,):
            try:
                yield from self._read(path)
            except UnusableFileError as error:
                self.fail(str(error))

    def read_ahead(self) -> Sequence[Source]:
        """All sources at once; to iterate afterwards gives the same."""
        self._ahead = [(source, self.file, self.why) for source in self]
        return [source for source, _, _ in self._ahead]

    def fail(self, message: str) -> None:
        """Complain that something could not be done, and go on."""
        complain(message)
        self.failed = True

    def fail_internally(self, error: Exception) -> None:
        """Complain about a bug, and go on."""
        self.fail(f"{error}; this is a bug of awesome-lint, please report it")

    def _read(self, path: str | None) -> Iterator[Source]:
        if path == STDIN:
            if sys.stdin is None:
                raise UnusableFileError("standard input is closed")
            self.file, self.why = None, "it is standard input"
            yield read_stream(sys.stdin.buffer, self.stdin_filename or "<stdin>")
            return
        for file in _files(path):
            real = os.path.realpath(file)
            if real not in self._seen:
                self._seen.add(real)
                try:
                    self.file, self.why = file, _reason(path)
                    yield read_source(file, str(file))
                except UnusableFileError as error:
                    self.fail(str(error))


def _reason(path: str | None) -> str:
    """Why a file is taken that *path* stands for."""
    if path is None:
        return "it is the README of this folder"
    return f"it is Markdown in the folder {path}" if Path(path).is_dir() else "it was named"


def files_of(paths: Sequence[str]) -> list[Path]:
    """The files that *paths* stand for, what cannot be found left out; standard input is refused."""
    if STDIN in paths:
        raise click.UsageError("--watch needs files, and standard input is none")
    found: list[Path] = []
    for path in paths or (None,):
        with contextlib.suppress(UnusableFileError):
            found += _files(path)
    return found


def _files(path: str | None) -> Iterable[Path]:
    """The files that *path* stands for; None is the README of this folder."""
    if path == "":
        raise UnusableFileError("an empty name names no file")
    if path is not None and not Path(path).is_dir():
        return [Path(path)]
    # Only folders are searched, and the library for .gitignore files takes its time to load.
    from awesome_lint.files.discovery import find_markdown, find_readme

    if path is None:
        readme = find_readme(Path())
        if not readme:
            raise UnusableFileError("there is no README.md in this folder; name the file to check")
        return [readme]
    found = list(find_markdown(Path(path)))
    if not found:
        raise UnusableFileError(f"{path}: no Markdown files in this folder")
    return found

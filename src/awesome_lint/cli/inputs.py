"""The texts that the command line names: files, folders, standard input, or the README of this folder."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import click
from msgspec import Struct

from awesome_lint.cli.console import Problems
from awesome_lint.files.reading import UnusableFileError, read_source, read_stream
from awesome_lint.source import Source

STDIN = "-"


class Input(Struct, frozen=True):
    """A text to work on.

    ``file`` is where it was read from, None for standard input.  ``location`` is the path by which its configuration
    and the files beside it are found: that of the file, or the name given to standard input, or None.  ``why`` is a
    clause that says why it is checked.
    """

    source: Source
    location: Path | None
    file: Path | None
    why: str


def read_inputs(
    paths: Sequence[str],
    stdin_filename: str | None,
    problems: Problems,
    is_excluded: Callable[[Path], bool] = lambda _: False,
) -> tuple[Input, ...]:
    """The texts that *paths* name, each file once, in the order of the paths; what cannot be read is reported.

    *stdin_filename* is the name of standard input.  *is_excluded* tells of a file that was found in a folder whether it
    is left out.  Raises `click.UsageError` if standard input is not among *paths*.
    """
    if stdin_filename is not None and STDIN not in paths:
        raise click.UsageError("--stdin-filename names standard input, so it needs the path -")
    found = []
    seen: set[str] = set()
    for path in paths or (None,):
        with problems.caught():
            if path == STDIN:
                found.append(_read_stdin(stdin_filename))
                continue
            for file in _files(path, is_excluded):
                real = os.path.realpath(file)
                if real not in seen:
                    seen.add(real)
                    with problems.caught():
                        found.append(Input(read_source(file, str(file)), file, file, _reason(path)))
    return tuple(found)


def names_one_file(paths: Sequence[str]) -> bool:
    """Whether *paths* name exactly one text, and not a folder."""
    return len(paths) <= 1 and not any(Path(path).is_dir() for path in paths)


def files_of(paths: Sequence[str], is_excluded: Callable[[Path], bool]) -> list[Path]:
    """The files that *paths* stand for, what cannot be found left out; standard input is refused."""
    if STDIN in paths:
        raise click.UsageError("--watch needs files, not standard input")
    found: list[Path] = []
    for path in paths or (None,):
        with contextlib.suppress(UnusableFileError):
            found += _files(path, is_excluded)
    return found


def _read_stdin(name: str | None) -> Input:
    if sys.stdin is None:
        raise UnusableFileError("standard input is closed")
    source = read_stream(sys.stdin.buffer, name or "<stdin>")
    return Input(source, Path(name) if name else None, None, "it is standard input")


def _reason(path: str | None) -> str:
    """Why a file is checked that *path* stands for."""
    if path is None:
        return "it is the README of this folder"
    return f"it is a Markdown file in {path}" if Path(path).is_dir() else "it was named"


def _files(path: str | None, is_excluded: Callable[[Path], bool]) -> Iterable[Path]:
    """The files that *path* stands for; None is the README of this folder."""
    if path == "":
        raise UnusableFileError("an empty name is not a file")
    if path is not None and not Path(path).is_dir():
        return [Path(path)]
    # Only folders are searched, and the library for .gitignore files takes its time to load.
    from awesome_lint.files.discovery import find_markdown, find_readme

    if path is None:
        readme = find_readme(Path())
        if not readme:
            raise UnusableFileError("there is no README.md in this folder; name the file to check")
        return [readme]
    found = [file for file in find_markdown(Path(path)) if not is_excluded(file)]
    if not found:
        raise UnusableFileError(f"{path}: no Markdown files in this folder")
    return found

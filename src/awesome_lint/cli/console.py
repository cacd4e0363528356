"""What the program writes: reports on standard output, and lines about trouble on standard error."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, TextIO

import click


class OutputError(click.ClickException):
    """The report could not be written where it should go."""

    exit_code = 2


def prepare_streams() -> None:
    """Let no character stop the output, whatever encoding the terminal has."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def complain(message: str) -> None:
    """Write a line about what could not be done on standard error."""
    _note("error", "red", message)


def notify(message: str) -> None:
    """Write a line that is good to know on standard error."""
    _note("note", "cyan", message)


class Problems:
    """Reports on standard error what could not be done, and remembers whether there was anything."""

    def __init__(self) -> None:
        self.found = False

    def report(self, message: str) -> None:
        """Tell what could not be done."""
        complain(message)
        self.found = True

    def report_bug(self, error: Exception) -> None:
        """Tell about a bug of this program."""
        self.report(f"{error}; this is a bug of awesome-lint, please report it")

    @contextlib.contextmanager
    def caught(self) -> Iterator[None]:
        """Report an `UnusableFileError` or an `InternalError` that is raised inside, and continue."""
        from awesome_lint.files.reading import UnusableFileError
        from awesome_lint.linter.result import InternalError

        try:
            yield
        except UnusableFileError as error:
            self.report(str(error))
        except InternalError as error:
            self.report_bug(error)


def _note(label: str, hue: str, message: str) -> None:
    from awesome_lint.report.inert import inert

    painted = wants_color(sys.stderr)
    head = click.style(f"{label}:", fg=hue, bold=True) if painted else f"{label}:"
    line = message.replace("\n\t", " ").replace("\n", " ")  # click lists choices in lines of their own
    # Where standard error is closed as well there is no place left to write to.
    with contextlib.suppress(OSError, ValueError):
        click.echo(f"{head} {inert(line)}", err=True, color=painted)


def write(text: str, output: Path | None, stream: TextIO | None = None) -> None:
    """Write *text* to the file *output*, else to *stream*, else to standard output; raises `OutputError`."""
    if output:
        _write_file(text, output)
    else:
        stream = stream or sys.stdout
        write_bytes(text.encode(stream.encoding, errors="backslashreplace") if stream else b"", stream)


def write_bytes(data: bytes, stream: TextIO | None = None) -> None:
    """Write *data* as it is to *stream*, else to standard output; raises `OutputError`."""
    stream = stream or sys.stdout
    if stream is None:
        raise OutputError("standard output is closed")
    try:
        _write_whole(data, stream.buffer)
    except OSError as error:
        # The interpreter flushes again when it exits, which has to succeed.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        raise OutputError(f"standard output: {error.strerror}; the report is incomplete") from None


def _write_whole(data: bytes, stream: BinaryIO) -> None:
    """Write all of *data*: a stream without a buffer (PYTHONUNBUFFERED) may take less, and returns how much."""
    left = memoryview(data)
    while left:
        left = left[stream.write(left) :]
    stream.flush()


def _write_file(text: str, output: Path) -> None:
    from awesome_lint.files.reading import UnusableFileError
    from awesome_lint.files.writing import write_atomically

    try:
        write_atomically(output, text.encode("utf-8", errors="backslashreplace"))
    except UnusableFileError as error:
        raise OutputError(str(error)) from None


def wants_color(stream: TextIO | None, choice: bool | None = None) -> bool:
    """Whether to colour what goes to *stream*: *choice*, or else NO_COLOR, FORCE_COLOR, or else on a terminal."""
    if choice is not None:
        return choice
    if os.environ.get("NO_COLOR"):
        return False
    if forced := os.environ.get("FORCE_COLOR"):
        return forced != "0"
    return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"


def terminal_width() -> int:
    """The width of the terminal in columns; 100 if there is none."""
    import shutil  # late, as only a terminal needs it

    return shutil.get_terminal_size((100, 24)).columns

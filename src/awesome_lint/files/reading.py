"""Reading files, and what stands beside them."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import BinaryIO

from awesome_lint.source import Source
from awesome_lint.text.nearest import nearest

LIMIT = 20 * 2**20
"""The largest file, in bytes, that is read; GitHub itself shows no more than half a megabyte of a README."""


class UnusableFileError(Exception):
    """A file that cannot be read or written; the text says which and why."""


def read_source(path: Path, name: str) -> Source:
    """The text of the file at *path*, called *name* in reports; raises `UnusableFileError`."""
    try:
        with path.open("rb") as file:
            return read_stream(file, name)
    except FileNotFoundError:
        raise UnusableFileError(f"{name}: no such file{_hint(path)}") from None
    except IsADirectoryError:
        raise UnusableFileError(f"{name}: is a folder") from None
    except (OSError, ValueError) as error:
        raise UnusableFileError(f"{name}: cannot be read: {reason(error)}") from None


def read_stream(stream: BinaryIO, name: str) -> Source:
    """The text that *stream* holds, called *name* in reports; raises `UnusableFileError` and `OSError`."""
    data = stream.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise UnusableFileError(f"{name}: is larger than {LIMIT >> 20} MB, too large for a README")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnusableFileError(f"{name}: is UTF-16, not UTF-8")
    if b"\0" in data:
        raise UnusableFileError(f"{name}: is a binary file, not Markdown")
    try:
        return Source.from_bytes(data, name)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = data[error.start]
        raise UnusableFileError(
            f"{name}: is not UTF-8: byte 0x{byte:02x} in line {line} does not belong there"
        ) from None


def repository_root(folder: Path) -> Path | None:
    """The folder at or above *folder* that holds ``.git``, None outside of any repository."""
    absolute = folder.resolve()
    return next((parent for parent in (absolute, *absolute.parents) if (parent / ".git").exists()), None)


def existence_beside(path: Path) -> Callable[[str], bool]:
    """Whether a relative path, with ``/`` between its parts, names something beside the file at *path*.

    A leading ``/`` stands for the top of the repository, as on GitHub.  What lies outside of the repository is
    taken to exist: on GitHub ``../../issues`` is a page.
    """
    folder = path.parent.resolve()
    root = repository_root(folder)

    @cache
    def exists(relative: str) -> bool:
        base = (root or folder) if relative.startswith("/") else folder
        target = Path(os.path.normpath(base / relative.lstrip("/")))
        if root and not target.is_relative_to(root):
            return True
        try:
            return target.exists()
        except (OSError, ValueError):
            return False

    return exists


def reason(error: OSError | ValueError) -> str:
    """What went wrong, in the words of the system."""
    return str(getattr(error, "strerror", None) or error).lower()


def _hint(path: Path) -> str:
    """A question that names the file beside *path* with the nearest name."""
    try:
        found = nearest(path.name, [other.name for other in path.parent.iterdir() if other.exists()])
    except (OSError, ValueError):
        return ""
    return f"; did you mean {path.parent / found}?" if found else ""

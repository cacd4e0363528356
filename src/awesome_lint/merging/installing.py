"""Telling git to merge lists with this program."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from awesome_lint.files.reading import UnusableFileError
from awesome_lint.files.writing import write_atomically
from awesome_lint.merging.git import MergeError, git

_ATTRIBUTE = "README*.md merge=awesome-lint"


def install(folder: Path) -> Iterator[str]:
    """Set up the merge driver in the repository around *folder*, and yield a sentence for each thing that was done.

    The attribute is written into the file ``.gitattributes``, which is to be committed; the driver into the
    configuration of this clone, as git takes no commands from a repository.  Raises `MergeError`.
    """
    root = Path(git(folder, "rev-parse", "--show-toplevel").stdout.decode("utf-8", "surrogateescape").rstrip("\n"))
    driver = f"{_program()} merge --marker-size %L %O %A %B"
    for name, value in {"name": "entries of a curated list", "driver": driver}.items():
        git(root, "config", "--local", f"merge.awesome-lint.{name}", value)
    yield "this clone now merges with awesome-lint; every clone needs `awesome-lint merge --install` once"
    attributes = root / ".gitattributes"
    try:
        before = attributes.read_bytes() if attributes.exists() else b""
    except OSError as error:
        raise MergeError(f"{attributes}: {error.strerror}") from None
    if b"merge=awesome-lint" in before:
        return
    gap = b"" if not before or before.endswith(b"\n") else b"\n"
    try:
        write_atomically(attributes, before + gap + _ATTRIBUTE.encode() + b"\n")
    except UnusableFileError as error:
        raise MergeError(str(error)) from None
    yield f"wrote `{_ATTRIBUTE}` into .gitattributes: commit it"


def _program() -> str:
    """The command that runs this program, wherever git is called."""
    return "awesome-lint" if shutil.which("awesome-lint") else f"{shlex.quote(sys.executable)} -m awesome_lint"

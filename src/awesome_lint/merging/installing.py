"""Telling git to merge lists with this program."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path

from awesome_lint.files.reading import UnusableFileError, reason
from awesome_lint.files.writing import write_atomically
from awesome_lint.git.running import output

_ATTRIBUTE = "README*.md merge=awesome-lint"


def install(folder: Path) -> list[str]:
    """Set up the merge driver in the repository around *folder*, and return a sentence for each thing that was done.

    The attribute goes into ``.gitattributes``, a file to commit; the driver goes into the configuration of this clone,
    since git runs no commands from a repository's files.  Raises `GitError` and `UnusableFileError`.
    """
    root = Path(output(folder, "rev-parse", "--show-toplevel"))
    driver = f"{_program()} merge --marker-size %L %O %A %B"
    for name, value in {"name": "entries of a curated list", "driver": driver}.items():
        output(root, "config", "--local", f"merge.awesome-lint.{name}", value)
    done = ["this clone merges README files with awesome-lint; run `awesome-lint merge --install` in every other clone"]
    attributes = root / ".gitattributes"
    try:
        before = attributes.read_bytes() if attributes.exists() else b""
    except OSError as error:
        raise UnusableFileError(f"{attributes}: cannot be read: {reason(error)}") from None
    if b"merge=awesome-lint" not in before:
        gap = b"" if not before or before.endswith(b"\n") else b"\n"
        write_atomically(attributes, before + gap + _ATTRIBUTE.encode() + b"\n")
        done.append(f"wrote `{_ATTRIBUTE}` to .gitattributes; commit this file")
    return done


def _program() -> str:
    """The command that runs this program, wherever git is called."""
    return "awesome-lint" if shutil.which("awesome-lint") else f"{shlex.quote(sys.executable)} -m awesome_lint"

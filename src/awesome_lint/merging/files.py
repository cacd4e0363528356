"""Merging three files, as git hands them to a merge driver."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from awesome_lint.files.reading import read_source
from awesome_lint.files.writing import write_atomically
from awesome_lint.merging.by_lines import merge_lines
from awesome_lint.merging.merge import Markers, merge
from awesome_lint.source import Source


def merge_files(base: Path, ours: Path, theirs: Path, *, marker_size: int) -> int:
    """Merge three files into the file *ours*, and return the number of conflicts.

    The result has the line endings of *ours*.  Raises `UnusableFileError` and `GitError`.
    """
    old, mine, other = (read_source(path, str(path)) for path in (base, ours, theirs))
    ending = _ending(mine)
    markers = Markers(marker_size)
    by_lines = partial(merge_lines, markers=markers)
    if ending is None:
        merged = by_lines(old.raw, mine.raw, other.raw)
        text = merged.text
    else:
        merged = merge(old.text, mine.text, other.text, by_lines, markers)
        bom = "\ufeff" if mine.raw.startswith("\ufeff") else ""
        text = bom + merged.text.replace("\n", ending)
    write_atomically(ours, text.encode("utf-8"))
    return merged.conflicts


def _ending(source: Source) -> str | None:
    """What ends all lines of *source*; None where they have different endings."""
    raw = source.raw
    if "\r" not in raw:
        return "\n"
    crlf = raw.count("\r\n")
    return "\r\n" if crlf == raw.count("\n") == raw.count("\r") else None

"""Table rows of the GitHub Flavored Markdown specification, cut exactly as cmark-gfm cuts them."""

from __future__ import annotations

from itertools import pairwise

from msgspec import Struct

from awesome_lint.regex import regex
from awesome_lint.source import Span

_SPACE = " \t\v\f"
_PIPE = regex(r"(?<!\\)\|")
"""cmark-gfm: a pipe after any backslash, even an escaped one, never separates cells."""
_DELIMITER_ROW = regex(r"\|?[ \t\v\f]*:?-+:?[ \t\v\f]*+(?:\|[ \t\v\f]*+:?-+:?[ \t\v\f]*+)*(?:\|[ \t\v\f]*)?\Z")


class RawRow(Struct, frozen=True):
    """A row whose cells are not read yet; all offsets are the document's."""

    span: Span
    cells: tuple[Span, ...]
    pipes: tuple[int, ...]


def is_delimiter_row(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is a delimiter row."""
    return _DELIMITER_ROW.match(text, start, end) is not None


def cut_row(text: str, start: int, end: int) -> RawRow:
    """Cut the line ``text[start:end]`` into cells; its indentation does not count."""
    while start < end and text[start] in " \t":
        start += 1
    while start < end and text[end - 1] in " \t":
        end -= 1
    pipes = [match.start() for match in _PIPE.finditer(text, start, end)]
    edges = [start - 1, *pipes, end]
    if pipes and pipes[0] == start:
        del edges[0]
    if pipes and len(edges) > 1 and not text[pipes[-1] + 1 : end].strip(_SPACE):
        del edges[-1]
    # Vertical tabs and form feeds belong to the pipe before them, and to a cell without one.
    cells = [_trimmed(text, left + 1, right, _SPACE if left >= start else " \t") for left, right in pairwise(edges)]
    return RawRow(Span(start, end), tuple(cells), tuple(pipes))


def cut_header(text: str, start: int, end: int) -> RawRow:
    """Cut a paragraph's last line, which starts with its indentation where it is a lazy one.

    cmark-gfm then takes the indentation before an outer pipe for a cell of its own.
    """
    row = cut_row(text, start, end)
    if row.span.start > start and row.pipes[:1] == (row.span.start,):
        return RawRow(row.span, (Span(start, start), *row.cells), row.pipes)
    return row


def _trimmed(text: str, start: int, end: int, before: str) -> Span:
    while start < end and text[start] in before:
        start += 1
    while start < end and text[end - 1] in " \t":
        end -= 1
    return Span(start, end)

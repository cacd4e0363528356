"""Rows that fell out of their table: GitHub shows them as a paragraph, or as the text of raw HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from awesome_lint.markdown._table import RawRow, cut_row
from awesome_lint.markdown.document import Block, DetachedRows, HtmlBlock, Paragraph, Row, Table, ThematicBreak
from awesome_lint.regex import regex
from awesome_lint.source import Source, Span

_BLANK_LINE = regex(r"\n[ \t>]*\n")
_MARKERS = regex(r"(?:[ \t]*>)+[ \t]*")
_COMMENT = regex(r"<!--.*-->", re.DOTALL)


def find_detached_rows(
    source: Source, blocks: Sequence[Block], read: Callable[[RawRow], Row]
) -> tuple[DetachedRows, ...]:
    """The groups of rows that follow a table after a gap; *read* reads a row's cells.

    The gap is a blank line, or a comment, a thematic break, a line of text or HTML that follows the table directly.
    """
    found: list[DetachedRows] = []
    table: Table | None = None
    end = 0
    for block in blocks:
        if isinstance(block, Table):
            table, end = block, block.span.end
            continue
        if table is None:
            continue
        is_next = not _BLANK_LINE.search(source.text, end, block.span.start + 1)
        if is_next and _stands_between(source, block):
            continue
        after_lines = is_next or isinstance(block, HtmlBlock)
        is_text = isinstance(block, Paragraph | HtmlBlock)
        rows, whole = _rows_of(source, block.span, table, after_lines=after_lines) if is_text else ((), True)
        if rows:
            found.append(DetachedRows(table, Span(end, rows[0].span.start), tuple(map(read, rows)), whole))
            end = block.span.end
        else:
            table = None
    return tuple(found)


def _stands_between(source: Source, block: Block) -> bool:
    """Whether *block* is a line that its author may have put between two rows."""
    return isinstance(block, ThematicBreak) or (
        isinstance(block, HtmlBlock) and _COMMENT.fullmatch(source[block.span].strip()) is not None
    )


def _quotes(source: Source, span: Span) -> int:
    """How many block quotes hold the line at the start of *span*."""
    line_start = source.text.rfind("\n", 0, span.start) + 1
    return source.text.count(">", line_start, span.start)


def _rows_of(source: Source, text: Span, table: Table, *, after_lines: bool) -> tuple[tuple[RawRow, ...], bool]:
    """The lines of *text* as rows of *table*, and whether all are; none where they do not look like rows of it.

    They may stand *after_lines* of text or HTML that ended the table; otherwise the first line must be a row, and lines
    after that may be the rest of one that an editor has wrapped.
    """
    if _quotes(source, text) != _quotes(source, table.span):
        return (), True
    columns = len(table.header.cells)
    lines = list(_lines(source, text))
    loose = [row for row in lines if _is_row(source, row, columns)]
    if len(loose) == len(lines):
        return tuple(lines), True
    rows = [row for row in lines if len(row.cells) == columns > 1]
    if after_lines:
        after = lines.index(rows[0]) if rows else len(lines)
        is_cut_off = rows == lines[after:] and all(source.text[row.span.start] == "|" for row in rows)
        return (tuple(rows), False) if is_cut_off else ((), True)
    wrapped = lines[:1] == rows[:1] and all(row in rows or not row.pipes for row in lines)
    return (tuple(rows), False) if wrapped and columns > _FEW_COLUMNS else ((), True)


_FEW_COLUMNS = 2
"""In a paragraph with one pipe a line the pipes may be text."""


def _is_row(source: Source, row: RawRow, columns: int) -> bool:
    outer = source.text[row.span.start : row.span.start + 1] == "|"
    return len(row.cells) > 1 and (outer or abs(len(row.cells) - columns) <= 1) and len(row.pipes) > 1


def _lines(source: Source, text: Span) -> Iterator[RawRow]:
    """The lines of *text*, each cut into cells."""
    start = text.start
    is_quoted = _quotes(source, text) > 0
    while start < text.end:
        markers = _MARKERS.match(source.text, start, text.end) if is_quoted else None
        start = markers.end() if markers else start
        line_end = source.text.find("\n", start, text.end)
        end = text.end if line_end < 0 else line_end
        yield cut_row(source.text, start, end)
        start = end + 1

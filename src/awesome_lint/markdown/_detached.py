"""Rows that fell out of their table: GitHub shows them as a paragraph."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from awesome_lint.markdown._table import RawRow, split_row
from awesome_lint.markdown.document import Block, DetachedRows, Paragraph, Row, Table
from awesome_lint.source import Source, Span


def find_detached_rows(
    source: Source, blocks: Sequence[Block], read: Callable[[RawRow], Row]
) -> tuple[DetachedRows, ...]:
    """The groups of rows that follow a table after a gap; *read* reads a row's cells."""
    found: list[DetachedRows] = []
    table: Table | None = None
    end = 0
    for block in blocks:
        if isinstance(block, Table):
            table, end = block, block.span.end
            continue
        rows = _rows_of(source, block, table) if table and isinstance(block, Paragraph) else ()
        if table and rows:
            found.append(DetachedRows(table, Span(end, rows[0].span.start), tuple(map(read, rows))))
            end = block.span.end
        else:
            table = None
    return tuple(found)


def _quotes(source: Source, span: Span) -> int:
    """How many block quotes hold the line at the start of *span*."""
    line_start = source.text.rfind("\n", 0, span.start) + 1
    return source.text.count(">", line_start, span.start)


def _rows_of(source: Source, paragraph: Paragraph, table: Table) -> tuple[RawRow, ...]:
    """The lines of *paragraph* as rows of *table*, empty where they do not look like rows of it."""
    if _quotes(source, paragraph.span) != _quotes(source, table.span):
        return ()
    columns = len(table.header.cells)
    rows: list[RawRow] = []
    start = paragraph.span.start
    while start < paragraph.span.end:
        row = split_row(source.text, start, lambda offset: offset)
        outer = source.text[row.span.start] == "|"
        if len(row.cells) < 2 or not (outer or abs(len(row.cells) - columns) <= 1) or len(row.pipes) < 2:
            return ()
        rows.append(row)
        line_end = source.text.find("\n", start, paragraph.span.end)
        start = paragraph.span.end if line_end < 0 else line_end + 1
    return tuple(rows)

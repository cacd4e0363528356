"""The columns of a document: all cells under one header, whichever table they are in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from operator import attrgetter

from msgspec import Struct

from awesome_lint.markdown import Cell, Document, Row, Table, parse
from awesome_lint.semantic.cells import placeholder_of
from awesome_lint.semantic.titles import fold_title
from awesome_lint.source import Source, Span
from awesome_lint.text.placeholders import Placeholder


class ColumnCell(Struct, frozen=True):
    """The cell at ``index`` of a row, which has as many cells as the header of its table.

    The cell of a row that had to be repaired has no place of its own in the document: its ``span`` is the row's.
    """

    cell: Cell
    index: int
    row: Row
    table: Table
    is_repaired: bool = False

    @property
    def span(self) -> Span:
        """Where it is in the document."""
        return self.row.span if self.is_repaired else self.cell.span

    @property
    def text(self) -> str:
        """What a reader sees, on one line."""
        return " ".join(self.cell.text.split())

    @property
    def placeholder(self) -> Placeholder | None:
        """How it says that it holds no value; None where it holds one."""
        return placeholder_of(self.cell)

    @property
    def header(self) -> str:
        """The header of its column."""
        return " ".join(self.table.columns[self.index].split())


class Column(Struct, frozen=True):
    """The cells under one header in source order; ``header`` is as the first of their tables spells it."""

    header: str
    cells: tuple[ColumnCell, ...]


def find_columns(document: Document) -> tuple[Column, ...]:
    """The columns of all tables of *document*; headers that are spelled alike share theirs.

    Rows with another cell count than their header's are left out, and so are rows that were cut off from a table.
    """
    found: dict[str, tuple[str, list[ColumnCell]]] = {}
    for table in document.tables:
        rows = [row for row in table.rows if len(row.cells) == len(table.columns)]
        for index, header in enumerate(table.columns):
            _, cells = found.setdefault(_key(header), (" ".join(header.split()), []))
            cells += (ColumnCell(row.cells[index], index, row, table) for row in rows)
    return tuple(Column(header, tuple(cells)) for header, cells in found.values())


def complete_columns(
    columns: Sequence[Column],
    document: Document,
    *,
    without: Collection[Span] = (),
    repaired: Mapping[Span, str] | None = None,
) -> tuple[Column, ...]:
    """The *columns* of *document* with all values that it certainly holds.

    Rows that were cut off from a table count as its rows, and damaged rows as *repaired* has them, which maps their
    spans to their lines.  The tables at the spans *without*, cells with broken links and columns without any cell are
    left out.
    """
    left_out, mended = frozenset(without), repaired or {}
    added: defaultdict[str, list[ColumnCell]] = defaultdict(list)
    for cell in (*_detached(document), *_repaired(document, mended)):
        added[_key(cell.header)].append(cell)
    completed = []
    for column in columns:
        cells = sorted((*column.cells, *added[_key(column.header)]), key=attrgetter("row.span"))
        kept = [each for each in cells if each.table.span not in left_out and not each.cell.content.broken_links]
        kept = [each for each in kept if each.is_repaired or each.row.span not in mended]
        if kept:
            completed.append(Column(kept[0].header, tuple(kept)))
    return tuple(completed)


def _key(header: str) -> str:
    return fold_title(header) or header


def _detached(document: Document) -> Iterator[ColumnCell]:
    """The cells of the rows that were cut off from a table."""
    for group in document.detached_rows:
        for row in group.rows:
            yield from _cells(row, row, group.table)


def _repaired(document: Document, repaired: Mapping[Span, str]) -> Iterator[ColumnCell]:
    """The cells of the damaged rows as *repaired* has them."""
    groups = [(table, table.rows) for table in document.tables] if repaired else []
    groups += [(group.table, group.rows) for group in document.detached_rows] if repaired else []
    for table, rows in groups:
        damaged = [row for row in rows if row.span in repaired]
        mended = _parse_rows(table, document, [repaired[row.span] for row in damaged]) if damaged else ()
        if len(mended) == len(damaged):
            for row, new in zip(damaged, mended, strict=True):
                yield from _cells(row, new, table, is_repaired=True)


def _parse_rows(table: Table, document: Document, lines: Sequence[str]) -> tuple[Row, ...]:
    """The rows that *lines* are under the header of *table*."""
    head = (document.source[table.header.span], document.source[table.delimiter.span])
    return parse(Source("\n".join((*head, *lines)))).tables[0].rows


def _cells(row: Row, content: Row, table: Table, *, is_repaired: bool = False) -> Iterator[ColumnCell]:
    if len(content.cells) == len(table.columns):
        for index, cell in enumerate(content.cells):
            yield ColumnCell(cell, index, row, table, is_repaired)

"""The lines of a table, cut into the texts of the cells and the white space around them; which of them are rows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from awesome_lint.markdown import Row, Table
from awesome_lint.source import Source, Span
from awesome_lint.text.width import display_width


class CellText(Struct, frozen=True):
    """A cell as it is written; ``before`` and ``after`` are None where no pipe stands on that side."""

    text: str
    before: str | None = ""
    after: str | None = ""

    @property
    def sides(self) -> list[str]:
        """The white space between the text and its pipes; nothing for an empty cell, which has no sides."""
        return [side for side in (self.before, self.after) if side is not None] if self.text else []

    @property
    def width(self) -> int | None:
        """How wide the cell is shown between its pipes; None where that depends on the width of tabs."""
        whole = (self.before or "") + self.text + (self.after or "")
        return None if "\t" in whole else display_width(whole)


class Line(Struct, frozen=True):
    """A line of a table; ``opens`` and ``closes`` tell whether it has the outer pipes."""

    cells: tuple[CellText, ...]
    opens: bool = True
    closes: bool = True

    @property
    def sides(self) -> list[str]:
        """The white space beside the texts of all cells."""
        return [side for cell in self.cells for side in cell.sides]

    @property
    def widths(self) -> list[int | None]:
        """How wide each cell is shown."""
        return [cell.width for cell in self.cells]


def cut_line(source: Source, row: Row) -> Line:
    """*row* as it is written in *source*."""
    edges = [*row.pipes]
    if not opens(row):
        edges.insert(0, row.span.start - 1)
    if not closes(row):
        edges.append(row.span.end)
    cells = []
    for cell, (left, right) in zip(row.cells, pairwise(edges), strict=False):
        text = source[cell.span]
        start, end = (cell.span.start, cell.span.end) if text else (right, right)
        before = source.text[left + 1 : start] if left >= row.span.start else None
        cells.append(CellText(text, before, source.text[end:right] if right < row.span.end else None))
    return Line(tuple(cells), opens(row), closes(row))


def whole_rows(source: Source, table: Table) -> list[Row]:
    """The data rows of *table* that tidying may rewrite, in their order.

    A line with as many cells as the header is a row, whatever its pipes.  Left out are rows of another cell count,
    whose pipes may belong to code or to a text, and lines that are perhaps the halves of one row: with the outer pipes
    that they lack they would look intact.
    """
    columns = len(table.header.cells)
    left_out = set(_halves(source, table))
    return [row for row in table.rows if len(row.cells) == columns and row.pipes and row.span not in left_out]


def opens(row: Row) -> bool:
    """Whether *row* begins with a pipe."""
    return row.pipes[:1] == (row.span.start,)


def closes(row: Row) -> bool:
    """Whether *row* ends with a pipe."""
    return bool(row.pipes) and row.pipes[-1] == row.span.end - 1


def line_end(source: Source, offset: int) -> int:
    """Where the line ends in which *offset* is."""
    end = source.text.find("\n", offset)
    return len(source.text) if end < 0 else end


def _halves(source: Source, table: Table) -> Iterator[Span]:
    """The lines of *table* that are perhaps halves of a row that an editor has wrapped."""
    columns = len(table.header.cells)
    for first, second in pairwise(table.rows):
        if closes(first):
            continue
        is_half = not opens(second) and (len(second.cells) != columns or (opens(first) and closes(second)))
        is_rest = not opens(second) and len(first.cells) != columns
        if is_half or is_rest or not any(cell.text for cell in second.cells):
            yield from (first.span, second.span)
    after = source.text[table.span.end + 1 : line_end(source, table.span.end + 1)]
    if table.rows and not closes(table.rows[-1]) and after.strip(" \t>") == "|":
        yield table.rows[-1].span  # its last pipe stands alone on the next line

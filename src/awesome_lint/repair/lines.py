"""The lines of a table: those that are its rows, and those after it that may have belonged to it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from math import log

from msgspec import Struct

from awesome_lint.markdown import DetachedRows, Table
from awesome_lint.regex import regex
from awesome_lint.repair.constants import LONGEST_ROW, MOST_CELLS
from awesome_lint.repair.row import DamagedRow, Line
from awesome_lint.repair.value import Value, fold, read
from awesome_lint.source import Source, Span

_SAMPLE = 60
_HEADING = regex(r"[ \t>]*#{1,6}(?:[ \t]|$)")
_MOST_SURPRISING = 4.0
"""No convention of a table is so firm that an exception to it counts for more than this, in nats."""


class TableLines(Struct, frozen=True, dict=True):
    """The lines below a table's delimiter row; the first ``inside`` of them are the table's rows.

    They and the lines after them up to the next blank one are the first ``together``.  ``breaks`` are the offsets at
    which a link after the table continues in the next line.
    """

    table: Table
    lines: tuple[Line, ...]
    inside: int
    together: int
    breaks: tuple[int, ...] = ()

    @property
    def width(self) -> int:
        """How many columns the table has."""
        return len(self.table.header.cells)

    @cached_property
    def header(self) -> tuple[str, ...]:
        """The names of the columns, folded."""
        return tuple(fold(name) for name in self.table.columns)

    @cached_property
    def rows(self) -> tuple[DamagedRow, ...]:
        """The table's rows, one a line."""
        return tuple(DamagedRow((line,)) for line in self.lines[: self.inside])

    @cached_property
    def opens(self) -> bool:
        """Whether rows of this table, and its header, habitually begin with a pipe."""
        header = self.table.header
        begun = [header.span.start in header.pipes, *(row.opens for row in self.rows[:_SAMPLE])]
        return sum(begun) * 3 > len(begun) * 2

    @cached_property
    def closes(self) -> bool:
        """Whether they end with one."""
        header = self.table.header
        ended = [header.span.end - 1 in header.pipes, *(row.closes for row in self.rows[:_SAMPLE])]
        return sum(ended) * 3 > len(ended) * 2

    @cached_property
    def open_end(self) -> float:
        """How surprising a row without a pipe at its end is, in nats; 0 where rows do not habitually end with one."""
        if not self.closes:
            return 0.0
        open_ends = sum(not row.closes for row in self.rows)
        return min(_MOST_SURPRISING, log((len(self.rows) + 1) / (open_ends + 0.5)))

    @cached_property
    def _counts(self) -> Counter[int]:
        """How many rows have each number of cells, comments and blank cells after the last column aside."""
        return Counter(row.count - self.hidden(row) - self._blanks_beyond(row) for row in self.rows)

    def hidden(self, row: DamagedRow) -> int:
        """How many cells at the end of *row* are comments after its last column."""
        return row.hidden if self._hides_comments else min(row.hidden, max(0, row.count - self.width))

    @cached_property
    def _hides_comments(self) -> bool:
        """Whether most rows end in a comment that has no column: then that of a row that lacks a cell has none."""
        return 2 * sum(row.hidden > 0 and row.count > self.width for row in self.rows) > len(self.rows)

    def _blanks_beyond(self, row: DamagedRow) -> int:
        """How many blank cells at the end of *row*, comments aside, have no column."""
        last = row.count - self.hidden(row)
        blanks = 0
        while blanks < last - self.width and not row.cells[last - 1 - blanks]:
            blanks += 1
        return blanks

    @property
    def usual_rows(self) -> int:
        """How many rows have the number of cells that most have; 0 where none has a majority."""
        count, rows = self._counts.most_common(1)[0] if self._counts else (self.width, 0)
        return rows if rows * 2 > len(self.rows) and count != self.width else 0

    def is_beside_text(self, index: int) -> bool:
        """Whether a row stands before or after the line *index* that has no pipe: it may be the other half of it."""
        beside = (*self.rows[max(0, index - 1) : index], *self.rows[index + 1 : index + 2])
        return self.width > 1 and any("|" not in row.text for row in beside)

    def is_usual(self, row: DamagedRow) -> bool:
        """Whether *row* has another number of cells than the header, but that of most rows."""
        count = row.count - self.hidden(row) - self._blanks_beyond(row)
        return count != self.width and self._counts[count] == self.usual_rows > 1

    @cached_property
    def surplus(self) -> int:
        """How many blank cells most rows have after their last column."""
        blanks, rows = Counter(map(self._blanks_beyond, self.rows)).most_common(1)[0] if self.rows else (0, 0)
        return blanks if rows * 2 > len(self.rows) else 0

    def core(self, row: DamagedRow) -> DamagedRow:
        """*row* without what stands after its last column in most rows: comments, and blank cells too many."""
        if hidden := self.hidden(row):
            row = row.without_last_cells(hidden)
        blanks = 0
        while blanks < self.surplus and blanks < row.count - 1 and not row.cells[-1 - blanks]:
            blanks += 1
        return row.without_last_cells(blanks) if blanks else row

    @cached_property
    def is_damaged(self) -> bool:
        """Whether a row has lost something, or more cells or fewer than the header."""
        if any(row.count != self.width or row.scan.lost for row in self.rows):
            return True
        if self.inside == len(self.lines) or not self.rows or self.rows[-1].closes:
            return False
        return self.closes or not self.lines[self.inside].text.strip("| \t")

    @cached_property
    def intact(self) -> tuple[DamagedRow, ...]:
        """The rows whose cells are in their columns, without what stands after those; detached ones, too."""
        detached = (DamagedRow((line,)) for line in self.lines[self.together :])
        cores = (self.core(row) for row in (*self.rows, *detached) if is_readable(row))
        return tuple(row for row in cores if row.count == self.width or (not self.surplus and fits(row, self.width)))

    def intact_rows(self) -> Iterator[list[Value]]:
        """The values of the rows whose cells are in their columns."""
        for row in self.intact:
            yield [read(cell) for cell in row.cells[: self.width]]


def fits(row: DamagedRow, width: int) -> bool:
    """Whether *row* has *width* cells, superfluous empty ones at its end aside."""
    return row.count == width or (row.count > width and not any(row.cells[width:]))


def is_readable(row: DamagedRow) -> bool:
    """Whether *row* is small enough to be searched."""
    return len(row.text) <= LONGEST_ROW and row.count <= MOST_CELLS


def read_body(
    source: Source, table: Table, limit: int, detached: Sequence[DetachedRows] = (), breaks: Sequence[int] = ()
) -> TableLines:
    """The body of *table*: its rows, the lines after it up to the offset *limit*, and the *detached* rows.

    *breaks* are the offsets, in order, of the line breaks within the links of the document.
    """
    starts = [source.text.rfind("\n", 0, row.span.start) + 1 for row in table.rows]
    prefixes = [source.text[start : row.span.start] for start, row in zip(starts, table.rows, strict=True)]
    lines = [Line(row.span, source[row.span], prefix) for row, prefix in zip(table.rows, prefixes, strict=True)]
    following = list(_lines_after(source, table.span, limit))
    last = following[-1].span.end if following else table.span.end
    cut_off = [row.span for group in detached for row in group.rows if row.span.start > last]
    broken = tuple(breaks[bisect_left(breaks, table.span.end) : bisect_left(breaks, last)])
    cut_off_lines = (Line(span, source[span]) for span in cut_off)
    return TableLines(table, (*lines, *following, *cut_off_lines), len(lines), len(lines) + len(following), broken)


def _lines_after(source: Source, table: Span, limit: int) -> Iterator[Line]:
    """The lines after a table up to the next blank one: a row that is broken in two may have ended the table.

    A line that holds the offset *limit*, where the next table starts, and what follows it belong to that.
    """
    text = source.text
    markers = text.count(">", text.rfind("\n", 0, table.start) + 1, table.start)
    start = text.find("\n", table.end)
    while 0 <= start < limit - 1:
        stop = text.find("\n", start + 1)
        end_of_line = stop if stop >= 0 else len(text)
        line = text[start + 1 : end_of_line]
        if limit < end_of_line or not line.strip(" \t>") or _HEADING.match(line):
            return
        # a quote marker may also be how the rest of a row begins; only those of the table's own quote are left out
        own = re.match(rf"(?:[ \t]*>){{0,{markers}}}[ \t]*", line)
        first = start + 1 + (own.end() if own else 0)
        rest = text[first:end_of_line].rstrip(" \t")
        yield Line(Span(first, first + len(rest)), rest)
        start = stop

"""The lines of a table: those that are its rows, and those behind it that may have belonged to it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from math import log

from msgspec import Struct

from awesome_lint.markdown import DetachedRows, Table
from awesome_lint.repair.unit import Line, Unit
from awesome_lint.repair.value import Value, fold, read
from awesome_lint.source import Source, Span

LONGEST = 20_000
"""Rows of more characters than this are left alone: the search would take too long, and they are no list entries."""
MOST_CELLS = 200
"""So are rows of more cells."""
_SAMPLE = 60
_HEADING = re.compile(r"[ \t>]*#{1,6}(?:[ \t]|$)")
_MOST_SURPRISING = 4.0
"""No habit of a table is so firm that an exception to it says more than this, in nats."""


class Body(Struct, frozen=True, dict=True):
    """The lines below a table's delimiter row; the first ``inside`` of them are the table's rows.

    They and the lines behind them up to the next blank one are the first ``together``.  ``breaks`` are the offsets at
    which a link behind the table goes on in the next line.
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
    def rows(self) -> tuple[Unit, ...]:
        """The table's rows, one a line."""
        return tuple(Unit((line,)) for line in self.lines[: self.inside])

    @cached_property
    def opens(self) -> bool:
        """Whether rows of this table habitually begin with a pipe."""
        sample = self.rows[:_SAMPLE]
        return sum(row.opens for row in sample) * 3 > len(sample) * 2

    @cached_property
    def closes(self) -> bool:
        """Whether they end with one."""
        sample = self.rows[:_SAMPLE]
        return sum(row.closes for row in sample) * 3 > len(sample) * 2

    @cached_property
    def open_end(self) -> float:
        """How surprising a row without a pipe at its end is, in nats; 0 where rows do not habitually end with one."""
        if not self.closes:
            return 0.0
        open_ends = sum(not row.closes for row in self.rows)
        return min(_MOST_SURPRISING, log((len(self.rows) + 1) / (open_ends + 0.5)))

    @cached_property
    def _counts(self) -> Counter[int]:
        return Counter(row.count for row in self.rows)

    @cached_property
    def usual_count(self) -> int:
        """The number of cells that most rows have, superfluous empty ones included; else the header's."""
        count, rows = self._counts.most_common(1)[0] if self._counts else (self.width, 0)
        return count if rows * 2 > len(self.rows) else self.width

    def oddity(self, count: int) -> float:
        """How much less usual a row with *count* cells is than one with the usual count, in nats."""
        others = max(0, self._counts[count] - 1)
        return log((self._counts[self.usual_count] + 0.5) / (others + 0.5))

    @cached_property
    def is_damaged(self) -> bool:
        """Whether a row has lost something, or more cells or fewer than the header."""
        if any(row.count != self.width or row.scan.lost for row in self.rows):
            return True
        return self.inside < len(self.lines) and bool(self.rows) and self.closes and not self.rows[-1].closes

    def intact_rows(self) -> Iterator[list[Value]]:
        """The values of the rows whose cells stand in their columns."""
        for row in self.rows:
            if is_readable(row) and fits(row, self.width):
                yield [read(cell) for cell in row.cells[: self.width]]


def fits(unit: Unit, width: int) -> bool:
    """Whether *unit* has *width* cells, superfluous empty ones at its end aside."""
    return unit.count == width or (unit.count > width and not any(unit.cells[width:]))


def is_readable(unit: Unit) -> bool:
    """Whether *unit* is small enough to be searched."""
    return len(unit.text) <= LONGEST and unit.count <= MOST_CELLS


def read_body(
    source: Source, table: Table, limit: int, detached: Sequence[DetachedRows] = (), breaks: Sequence[int] = ()
) -> Body:
    """The body of *table*: its rows, the lines behind it up to the offset *limit*, and the *detached* rows.

    *breaks* are the offsets, in order, of the line breaks within the links of the document.
    """
    starts = [source.text.rfind("\n", 0, row.span.start) + 1 for row in table.rows]
    prefixes = [source.text[start : row.span.start] for start, row in zip(starts, table.rows, strict=True)]
    lines = [Line(row.span, source[row.span], prefix) for row, prefix in zip(table.rows, prefixes, strict=True)]
    behind = list(_lines_behind(source, table.span.end, limit))
    last = behind[-1].span.end if behind else table.span.end
    cut_off = [row.span for group in detached for row in group.rows if row.span.start > last]
    broken = tuple(breaks[bisect_left(breaks, table.span.end) : bisect_left(breaks, last)])
    cut_off_lines = (Line(span, source[span]) for span in cut_off)
    return Body(table, (*lines, *behind, *cut_off_lines), len(lines), len(lines) + len(behind), broken)


def _lines_behind(source: Source, end: int, limit: int) -> Iterator[Line]:
    """The lines behind a table up to the next blank one: a row that is broken in two may have ended the table.

    A line that holds the offset *limit*, where the next table starts, and what follows it belong to that.
    """
    text = source.text
    start = text.find("\n", end)
    while 0 <= start < limit - 1:
        stop = text.find("\n", start + 1)
        end_of_line = stop if stop >= 0 else len(text)
        line = text[start + 1 : end_of_line]
        if limit < end_of_line or not line.strip(" \t>") or _HEADING.match(line):
            return
        # a quote marker may also be how the rest of a row begins; it is kept as text
        first = start + 1 + len(line) - len(line.lstrip(" \t"))
        yield Line(Span(first, first + len(line.strip(" \t"))), line.strip(" \t"))
        start = stop

"""Rows that are broken over two lines."""

from __future__ import annotations

from math import exp

from awesome_lint.repair.align import Reading
from awesome_lint.repair.constants import JOIN_COST, NO_READING, TEXT_SCORE
from awesome_lint.repair.diagnose import diagnose, trim
from awesome_lint.repair.enclosed import is_whole
from awesome_lint.repair.knowledge import Knowledge
from awesome_lint.repair.lines import TableLines, fits, is_readable
from awesome_lint.repair.model import Repair
from awesome_lint.repair.reader import Reader
from awesome_lint.repair.row import DamagedRow
from awesome_lint.repair.safety import is_proved


class Joiner:
    """Joins the lines of one table."""

    def __init__(self, body: TableLines, known: Knowledge, reader: Reader) -> None:
        self._body = body
        self._width = body.width
        self._known = known
        self._reader = reader

    def join(self, index: int, inside: int) -> Repair | None:
        """The repair of a row that continues on the next line; the first *inside* lines are in the table."""
        lines = self._body.lines
        if index + 1 >= self._body.together:
            return None  # what follows is in another paragraph
        first, second = DamagedRow(lines[index : index + 1]), DamagedRow(lines[index + 1 : index + 2])
        row = DamagedRow((*first.lines, *second.lines))
        whole = fits(row, self._width)
        if whole and not first.closes and not second.text.strip("| \t"):
            return self._verdict(row, [Reading(0.0, tuple(row.cells), ())], JOIN_COST * 2, whole=True)
        if not self._may_continue(first, second):
            return None
        if not is_readable(row) or not (whole or self._width - 1 <= row.count <= self._width + 1):
            return None
        if whole and _is_cut_in_markup(first, second):
            return self._verdict(row, [Reading(0.0, tuple(row.cells), ())], JOIN_COST * 2, whole=True)
        is_row = index + 1 < inside or second.opens
        apart = self._apart(first) + (self._apart(second) if is_row else TEXT_SCORE * ("|" in second.text))
        if whole:
            together = self._known.score_row(row.cells[: self._width])
            readings = [Reading(together, tuple(row.cells), ())]
        else:
            readings = self._readings(row)
            if not readings:
                return None
            together = readings[0].score
        margin = together - self._known.typical - JOIN_COST - apart
        if self._body.opens and second.closes:
            margin += self._body.open_end  # one cause for two lines of which one lacks its end, and one its beginning
        return self._verdict(row, readings, margin, whole=whole) if margin > 0 else None

    def _verdict(self, row: DamagedRow, readings: list[Reading], margin: float, *, whole: bool) -> Repair:
        if whole and row.count > self._width:
            return trim(row, self._width)
        sure = 1 / (1 + exp(-min(margin, 50)))
        profile = self._known.profile
        if whole:
            is_one = not self._is_row(DamagedRow(row.lines[1:]))
            return diagnose(row, readings, sure, profile, is_proved=is_one)
        sure = min(sure, self._reader.confidence(row, readings))
        return diagnose(row, readings, sure, profile, is_proved=is_proved(row, readings, self._known))

    def _is_row(self, line: DamagedRow) -> bool:
        """Whether *line* is a row of the table by itself."""
        return fits(line, self._width) and line.opens >= self._body.opens and line.closes >= self._body.closes

    def _may_continue(self, first: DamagedRow, second: DamagedRow) -> bool:
        """Whether *second* may be the rest of the row that begins with *first*."""
        body = self._body
        last = body.core(second).count
        while last > 1 and first.count + last - 1 > self._width and not second.cells[last - 1]:
            last -= 1  # an empty cell too many
        if max(first.count, last) > self._width or first.count + last > self._width + 2:
            return False
        if first.opens and second.opens:
            return False  # each begins a row, or has an empty first cell
        if first.closes or (second.opens and (body.opens or second.count > 1)):
            return False
        if first.count == self._width and not body.closes and "|" not in second.text:
            return False  # nothing is missing
        return not (first.count == second.count == self._width)

    def _apart(self, row: DamagedRow) -> float:
        """How well *row* does as a row of its own, zero for a typical one."""
        if not is_readable(row):
            return 0
        if fits(row, self._width):
            return min(0.0, self._known.score_row(row.cells[: self._width]) - self._known.typical)
        readings = self._readings(row)
        return min(0.0, readings[0].score - self._known.typical) if readings else NO_READING

    def _readings(self, row: DamagedRow) -> list[Reading]:
        return self._reader.readings(row)


def _is_cut_in_markup(first: DamagedRow, second: DamagedRow) -> bool:
    """Whether *first* ends within code, brackets or the like, which *second* closes."""
    left, right = first.cells[-1], second.cells[0]
    return not is_whole(left) and not is_whole(right) and is_whole(f"{left} {right}")

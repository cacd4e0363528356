"""Tables with the same header: they are learned from and repaired together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from functools import cached_property
from math import exp
from operator import attrgetter

from msgspec.structs import replace

from awesome_lint.repair.align import TAIL_COST, Change, Leeway, Reading, align
from awesome_lint.repair.body import Body, fits, is_readable
from awesome_lint.repair.diagnose import SAFE, close, diagnose, is_half_gone, is_lossy, together, trim
from awesome_lint.repair.model import Repair
from awesome_lint.repair.profile import Profile, learn
from awesome_lint.repair.split import split_rows
from awesome_lint.repair.unit import Unit
from awesome_lint.repair.value import Value, read
from awesome_lint.source import Span

JOIN_COST = 3.0
"""Cost of a line break that does not belong there."""
EXTRA_COST = 4.0
"""Cost of a value that the header has no column for."""
NEEDLESS_COST = 2.0
"""Cost of each change beyond those that the cell count asks for."""
COUPLING = 0.8
"""How much it counts which columns are empty together."""
_TEXT_SCORE = -4.0
"""Score of a line behind the table as a text of its own, if it holds a pipe; zero if it holds none."""
_NO_READING = -10.0
_ODD = 5.5
"""Nats of surprise at a cell's form and length from which on a reading is not applied unasked."""
_MISPLACED = 8.0
"""So many nats worse than a typical row, and than its best reading, is a row whose values stand in wrong columns."""
_MISPLACED_AND_UNUSUAL = 1.0
"""The same for a row that has not as many cells as most rows of its table: the last ones may stand there by mistake."""
_POOR = 8.0
"""So many nats worse than a typical row is a reading that makes us ask whether a pipe between two words is gone."""
_MOST_LOST = 2
"""So many lost pipes between words are looked for in one row."""
_MOST_HALF_GONE = 0.1
"""In so many of the rows with a lost end half a link may be left, before all their ends are doubted."""
_LESSONS = 3
"""How often rows that became readable are learned from in turn."""
_SURE = 0.9
"""How sure the reading of a damaged row must be for others to be learned from it."""


class Group:
    """The bodies of tables with the same header, and the profile that they teach.

    *relatives* are values of columns of the same name in other tables, each with the column's index here.
    """

    def __init__(self, bodies: Sequence[Body], relatives: Iterable[tuple[int, Value]]) -> None:
        self._header = bodies[0].table.columns
        self._width = len(self._header)
        self._bodies = bodies
        self._relatives = list(relatives)
        self._taught: dict[Span, list[Value]] = {}
        self._learn([row for body in bodies for row in body.intact_rows()])
        self._learn_from_damaged()

    def repair(self) -> Iterator[tuple[Span, Repair]]:
        """Each damaged line with its repair; the lines of a row broken in several share one."""
        for body in self._bodies:
            if body.is_damaged:
                yield from self._repair_body(body)

    @cached_property
    def _loses_text(self) -> bool:
        """Whether the ends of links took text along in many rows: then they may have done so where nothing shows it."""
        broken = [unit for body in self._bodies for unit in body.rows if is_readable(unit) and unit.scan.lost]
        half_gone = sum(is_half_gone(unit.edits(None)[1]) for unit in broken)
        return half_gone > _MOST_HALF_GONE * len(broken)

    def _learn(self, rows: list[list[Value]]) -> None:
        self._rows = rows
        self.profile: Profile = learn(self._header, rows, self._relatives)
        self.typical = self.profile.typical(rows)

    def _learn_from_damaged(self) -> None:
        """Count damaged rows that can be read with confidence among the intact ones.

        Rows of one table often lack the same column, so what is learned from some helps to read others.
        """
        intact = self._rows
        pending = [(unit, body) for body in self._bodies for unit in body.rows if self._teaches(unit, body)]
        for _ in range(_LESSONS):
            taught = len(self._taught)
            for unit, body in pending:
                if unit.spans[0] not in self._taught:
                    readings = self.readings(unit, body)
                    if readings and not is_lossy(unit, readings[0]) and self.confidence(unit, readings) >= _SURE:
                        self._taught[unit.spans[0]] = [read(cell) for cell in readings[0].cells]
            if len(self._taught) == taught:
                return
            self._learn([*intact, *self._taught.values()])

    def _teaches(self, unit: Unit, body: Body) -> bool:
        """Whether *unit* is damaged, but a row as a whole; one without its edge is perhaps half a row."""
        whole = unit.opens >= body.opens and unit.closes >= body.closes
        return whole and unit.count > 1 and is_readable(unit) and not fits(unit, self._width)

    def _repair_body(self, body: Body) -> Iterator[tuple[Span, Repair]]:
        found: list[tuple[int, Repair]] = []
        index, inside = 0, body.inside
        while index < len(body.lines):
            unit = Unit(body.lines[index : index + 1])
            repair = self._join(body, index, inside)
            if not repair:
                if index >= inside and not unit.opens:
                    break
                repair = self._repair_unit(unit, body, inside=index < body.inside) if is_readable(unit) else None
            elif index < inside < index + len(repair.lines):
                inside = max(inside, body.together)  # joined, the row brings what follows back into the table
            if repair:
                found.append((index, repair))
            index += len(repair.lines) if repair else 1
        for repair in together(found, body):
            yield from ((span, repair) for span in repair.lines)

    def _repair_unit(self, unit: Unit, body: Body, *, inside: bool) -> Repair | None:
        if fits(unit, self._width):
            if unit.scan.lost and unit.count == self._width:
                return close(unit, doubtful=self._loses_text)
            moved = self._move(unit, body) if inside else None
            return moved or (trim(unit, self._width) if unit.count > self._width else None)
        if unit.count == 1:
            return None
        rows = split_rows(unit, self._width, lambda cells: self.score_row(cells) - self.typical)
        if rows:
            return rows
        taught = self._taught.get(unit.spans[0])
        with self.profile.without(taught) if taught else nullcontext():  # no row confirms itself
            readings = self.readings(unit, body)
            return diagnose(unit, readings, self.confidence(unit, readings), self.profile) if readings else None

    def _move(self, unit: Unit, body: Body) -> Repair | None:
        """The repair of a row that is shown whole, but with values in wrong columns."""
        cells = tuple(unit.cells[: self._width])
        is_unusual = unit.count != body.usual_count
        if not is_unusual and self.score_row(cells) > self.typical:
            return None  # not even though it was learned from
        is_short = unit.count < body.usual_count
        least = _MISPLACED_AND_UNUSUAL if is_unusual else _MISPLACED
        with self.profile.without([read(cell) for cell in cells]):
            as_it_stands = self.score_row(cells) - (body.oddity(unit.count) if is_short else 0)
            if as_it_stands > self.typical - least:
                return None
            part = unit.without_last_cell() if is_short and unit.closes and not unit.cells[-1] else unit
            readings = [reading for reading in self.readings(part, body, move=True) if reading.cells != cells]
            if not readings or readings[0].score < as_it_stands + least or self._is_odd(part, readings[0]):
                return None
            if sum(bool(now) and now != was for now, was in zip(readings[0].cells, cells, strict=True)) < 2 - is_short:
                return None  # one value alone may just be unusual
            confidence = min(self.confidence(part, readings), SAFE - 0.001)
            if confidence < _SURE:
                return None
            found = diagnose(part, readings, confidence, self.profile)
            return replace(found, row=found.row + unit.text[len(part.text) :], lines=unit.spans)

    def _join(self, body: Body, index: int, inside: int) -> Repair | None:
        """The repair of a row that continues on the next line; the first *inside* lines stand in the table."""
        if index + 1 >= len(body.lines):
            return None
        first, second = Unit(body.lines[index : index + 1]), Unit(body.lines[index + 1 : index + 2])
        if not self._may_continue(body, first, second):
            return None
        unit = Unit((*first.lines, *second.lines))
        whole = fits(unit, self._width)
        if not is_readable(unit) or not (whole or self._width - 1 <= unit.count <= self._width + 1):
            return None
        is_row = index + 1 < inside or second.opens
        apart = self._apart(first, body) + (self._apart(second, body) if is_row else _TEXT_SCORE * ("|" in second.text))
        if whole:
            together = self.score_row(unit.cells[: self._width])
            readings: list[Reading] = []
        else:
            readings = self.readings(unit, body)
            together = readings[0].score if readings else apart - 1
        margin = together - self.typical - JOIN_COST - apart
        if body.opens and second.closes:
            margin += body.open_end  # one cause for two lines of which one lacks its end, and one its beginning
        if margin <= 0:
            return None
        if whole and unit.count > self._width:
            return trim(unit, self._width)
        sure = 1 / (1 + exp(-min(margin, 50)))
        if whole:
            reading = Reading(together, tuple(unit.cells), ())
            return diagnose(unit, [reading], sure, self.profile)
        return diagnose(unit, readings, min(sure, self.confidence(unit, readings)), self.profile)

    def _may_continue(self, body: Body, first: Unit, second: Unit) -> bool:
        """Whether *second* may be the rest of the row that begins with *first*."""
        if max(first.count, second.count) > self._width or first.count + second.count > self._width + 2:
            return False
        if first.closes or (second.opens and body.opens):
            return False
        if first.count == self._width and not body.closes and "|" not in second.text:
            return False  # nothing is missing
        return not (first.count == second.count == self._width)

    def _apart(self, unit: Unit, body: Body) -> float:
        """How well *unit* does as a row of its own, zero for a typical one."""
        if not is_readable(unit):
            return 0
        if fits(unit, self._width):
            return min(0.0, self.score_row(unit.cells[: self._width]) - self.typical)
        readings = self.readings(unit, body)
        return min(0.0, readings[0].score - self.typical) if readings else _NO_READING

    def score_row(self, cells: Sequence[str]) -> float:
        """How well *cells* fit the columns."""
        return self.profile.score_row([read(cell) for cell in cells])

    def _score(self, column: int, cell: str) -> float:
        return self.profile.score(column, read(cell))

    def readings(self, unit: Unit, body: Body, *, move: bool = False) -> list[Reading]:
        """The ways to read *unit* as a row, best first; with *move* also if it has the right count as it stands."""
        # where rows do not end with a pipe, one that does ends with an empty cell
        tail = 0.0 if unit.closes and not body.closes else TAIL_COST
        leeway = Leeway(int(unit.count != self._width or move), tail)
        needed = 0 if move else abs(unit.count - self._width)
        found = self._align(unit, leeway, needed, words=False)
        is_poor = not found or found[0].score < self.typical - _POOR
        if is_poor and 0 < self._width - unit.count <= _MOST_LOST:
            found = self._align(unit, leeway, needed, words=True)
        return found

    def _align(self, unit: Unit, leeway: Leeway, needed: int, *, words: bool) -> list[Reading]:
        found = align(unit.closed, unit.boundaries(words), self._width, self._score, leeway)
        found = [replace(one, score=one.score + self._afterthought(one, needed)) for one in found]
        return sorted(found, key=attrgetter("score"), reverse=True)

    def _afterthought(self, reading: Reading, needed: int) -> float:
        """What counts for or against a reading as a whole: columns empty together, changes that nothing asks for."""
        needless = len(reading.changes) - needed if needed else 0
        return COUPLING * self.profile.coupling([read(cell) for cell in reading.cells]) - NEEDLESS_COST * max(
            0, needless
        )

    def confidence(self, unit: Unit, readings: Sequence[Reading]) -> float:
        """How probable the first of *readings* is, given that one of them or the row as it stands is right."""
        scores = [reading.score for reading in readings]
        if unit.count > self._width:
            scores.append(self.score_row(unit.cells[: self._width]) - EXTRA_COST)
        confidence = 1 / sum(exp(min(50.0, score - scores[0])) for score in scores)
        gaps = sum(step.change == Change.GAP for step in readings[0].changes)
        # most of the row is missing, or a cell looks like nothing in its column: whatever it is, a person should look
        if (self._width - gaps) * 2 < self._width or self._is_odd(unit, readings[0]):
            return min(confidence, SAFE - 0.001)
        return confidence

    def _is_odd(self, unit: Unit, reading: Reading) -> bool:
        """Whether a cell that *reading* moves to another column looks like nothing there."""
        if unit.scan.lost or len(unit.lines) > 1:
            return False  # what moves the cells is there to be seen
        stood = unit.cells
        for column, cell in enumerate(reading.cells):
            moved = cell and (column >= len(stood) or stood[column] != cell)
            if moved and self.profile.surprise(column, read(cell)) > _ODD:
                return True
        return False

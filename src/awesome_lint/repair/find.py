"""Finding the damaged rows of a document, and for each what it was most likely meant to be."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp

from awesome_lint.diagnostic import Applicability, Fix
from awesome_lint.markdown import Document, Table
from awesome_lint.repair.align import Change, Reading, align
from awesome_lint.repair.model import Cause, Repair
from awesome_lint.repair.profile import Profile, learn
from awesome_lint.repair.unit import Line, Unit
from awesome_lint.repair.value import Value, fold, read
from awesome_lint.source import Source, Span

LONGEST = 20_000
MOST_CELLS = 200
SAFE = 0.985
LIKELY = 0.6
JOIN_COST = 3.0
WARMTH = 1.0
EXTRA_COST = 4.0
ODD = 4.0


@dataclass(frozen=True)
class Body:
    """The lines below a table's delimiter row; those from ``outside`` on are not part of the table."""

    table: Table
    lines: tuple[Line, ...]
    outside: int

    @property
    def columns(self) -> int:
        return len(self.table.header.cells)


def find_repairs(document: Document) -> Mapping[Span, Repair]:
    """For the span of each damaged row of *document*, how to repair it."""
    bodies = [_body(document.source, table) for table in document.tables]
    found: dict[Span, Repair] = {}
    groups: dict[tuple[str, ...], list[Body]] = defaultdict(list)
    for body in bodies:
        groups[tuple(fold(name) for name in body.table.columns)].append(body)
    for header, members in groups.items():
        damaged = [body for body in members if _is_damaged(body)]
        if damaged:
            for body_repairs in _Group(header, members, groups).repair(damaged):
                found.update(body_repairs)
    return found


def _body(source: Source, table: Table) -> Body:
    lines = [Line(row.span, source[row.span]) for row in table.rows]
    outside = len(lines)
    position = source.text.find("\n", table.span.end)
    while position >= 0:
        end = source.text.find("\n", position + 1)
        end = len(source.text) if end < 0 else end
        text = source.text[position + 1 : end]
        if not text.strip(" \t>"):
            break
        start = position + 1 + len(text) - len(text.lstrip(" \t"))
        text = text.strip(" \t")
        lines.append(Line(Span(start, start + len(text)), text))
        position = end if end < len(source.text) else -1
        if len(lines) - outside > 400:
            break
    return Body(table, tuple(lines), outside)


def _is_damaged(body: Body) -> bool:
    for line in body.lines[: body.outside]:
        unit = Unit((line,))
        if unit.count != body.columns or unit.scan.lost:
            return True
    if body.outside < len(body.lines) and body.outside:
        return _habit(body, "closes") and not Unit((body.lines[body.outside - 1],)).closes
    return False


def _habit(body: Body, edge: str) -> bool:
    units = [getattr(Unit((line,)), edge) for line in body.lines[: min(body.outside, 60)]]
    return sum(units) * 3 > len(units) * 2


class _Group:
    """Tables with the same header: they teach and are repaired together."""

    def __init__(
        self, header: tuple[str, ...], members: Sequence[Body], groups: Mapping[tuple[str, ...], Sequence[Body]]
    ) -> None:
        self.columns = len(header)
        self.rows = [row for body in members for row in _intact_rows(body)]
        relatives = list(_relatives(header, groups))
        self.profile = learn(header, self.rows, relatives)
        self.typical = self.profile.typical(self.rows)

    def repair(self, bodies: Sequence[Body]) -> Iterator[dict[Span, Repair]]:
        for body in bodies:
            yield dict(self._repair_body(body))

    def _repair_body(self, body: Body) -> Iterator[tuple[Span, Repair]]:
        index = 0
        opens, closes = _habit(body, "opens"), _habit(body, "closes")
        while index < len(body.lines):
            first = Unit((body.lines[index],))
            inside = index < body.outside
            if not inside and not first.opens:
                break
            joined = self._join(body, index, opens, closes) if index + 1 < len(body.lines) else None
            if joined:
                repair, size = joined
                for line in body.lines[index : index + size]:
                    yield line.span, repair
                index += size
                continue
            if inside or first.opens:
                repair_one = self._repair_unit(first)
                if repair_one:
                    yield first.lines[0].span, repair_one
            index += 1

    def _join(self, body: Body, index: int, opens: bool, closes: bool) -> tuple[Repair, int] | None:
        first, second = Unit((body.lines[index],)), Unit((body.lines[index + 1],))
        width = self.columns
        if first.count > width or second.count > width:
            return None
        if first.closes or (second.opens and opens):
            return None
        if first.count == width and second.count == width:
            return None
        unit = Unit((*first.lines, *second.lines))
        if not width - 1 <= unit.count <= width + 1 or len(unit.text) > LONGEST:
            return None
        inside = index + 1 < body.outside
        readings = self.readings(unit)
        if not readings:
            return None
        join = readings[0].score - self.typical - JOIN_COST
        apart = self._apart(first) + (self._apart(second) if inside or second.opens else -4.0 * ("|" in second.text))
        margin = join - apart
        verdict = min(self._confidence(unit, readings), 1 / (1 + exp(-margin / WARMTH)) if margin > -30 else 0)
        if margin <= 0:
            return None
        return self._verdict(unit, readings, verdict), 2

    def _apart(self, unit: Unit) -> float:
        if len(unit.text) > LONGEST or unit.count > MOST_CELLS:
            return 0
        if unit.count == self.columns:
            return min(0.0, self.profile.score_row([read(cell) for cell in unit.cells]) - self.typical)
        readings = self.readings(unit)
        return min(0.0, readings[0].score - self.typical) if readings else -10.0

    def readings(self, unit: Unit) -> list[Reading]:
        return align(unit.closed, unit.boundaries(), self.columns, self._cell_score)

    def _cell_score(self, column: int, cell: str) -> float:
        return self.profile.score(column, read(cell))

    def _repair_unit(self, unit: Unit) -> Repair | None:
        if len(unit.text) > LONGEST or unit.count > MOST_CELLS:
            return None
        if unit.count == self.columns:
            if not unit.scan.lost:
                return None
            edits, row = unit.edits(None)
            return Repair(row, Fix("Close the link", edits, Applicability.SAFE), Cause.LOST_END, unit_lines(unit))
        if unit.count > self.columns and not any(unit.cells[self.columns :]):
            edits, row = unit.trimmed(self.columns)
            fix = Fix("Take out the empty cells that the header does not have", edits, Applicability.FORMAT)
            return Repair(row, fix, Cause.EXTRA_CELL, unit_lines(unit))
        readings = self.readings(unit)
        return self._verdict(unit, readings, self._confidence(unit, readings)) if readings else None

    def _confidence(self, unit: Unit, readings: Sequence[Reading]) -> float:
        """How sure the first of *readings* is, all of them and the row as it stands being possible."""
        scores = [reading.score for reading in readings]
        if unit.count > self.columns:
            scores.append(self.profile.score_row([read(cell) for cell in unit.cells[: self.columns]]) - EXTRA_COST)
        confidence = 1 / sum(exp(min(50.0, (score - scores[0]) / WARMTH)) for score in scores)
        gaps = sum(step.change == Change.GAP for step in readings[0].changes)
        if (self.columns - gaps) * 2 < self.columns or scores[0] < self.typical - ODD * self.columns**0.5:
            return min(confidence, SAFE - 0.001)
        return confidence

    def _verdict(self, unit: Unit, readings: Sequence[Reading], confidence: float) -> Repair:
        edits, row = unit.edits(readings[0])
        changes = {step.change for step in readings[0].changes}
        fix = None
        if confidence >= SAFE:
            fix = Fix("Put the row back together", edits, Applicability.SAFE)
        elif confidence >= LIKELY:
            fix = Fix("Put the row back together", edits, Applicability.UNSAFE)
        texts = tuple(unit.edits(reading)[1] for reading in readings[:3]) if fix is None else ()
        cause = Cause.MISSING_CELL if Change.GAP in changes else Cause.UNKNOWN
        return Repair(row, fix, cause, unit_lines(unit), texts)


def unit_lines(unit: Unit) -> tuple[Span, ...]:
    return tuple(line.span for line in unit.lines)


def _intact_rows(body: Body) -> Iterator[list[Value]]:
    for line in body.lines[: body.outside]:
        unit = Unit((line,))
        if unit.count == body.columns and len(line.text) <= LONGEST:
            yield [read(cell) for cell in unit.cells]


def _relatives(
    header: tuple[str, ...], groups: Mapping[tuple[str, ...], Sequence[Body]]
) -> Iterator[tuple[int, Value]]:
    wanted = {name: index for index, name in enumerate(header) if name}
    for other, members in groups.items():
        if other == header:
            continue
        shared = [(wanted[name], index) for index, name in enumerate(other) if name in wanted]
        if not shared:
            continue
        for body in members:
            for row in list(_intact_rows(body))[:100]:
                for ours, theirs in shared:
                    yield ours, row[theirs]

"""The readings of a row, all kinds in one list, and what share of them the best one has."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp
from operator import attrgetter

from msgspec.structs import replace

from awesome_lint.repair.align import Change, Reading, SearchLimits, align
from awesome_lint.repair.constants import (
    COUPLING,
    EXTRA_COST,
    MOST_LOST,
    MOST_MISSING,
    MOST_SURPLUS,
    NEEDLESS_COST,
    ODD,
    POOR,
    SAFE,
    SEARCH_STEPS,
)
from awesome_lint.repair.knowledge import Knowledge
from awesome_lint.repair.row import DamagedRow
from awesome_lint.repair.safety import plain_splits
from awesome_lint.repair.value import read


class Reader:
    """Reads damaged rows of tables with one header."""

    def __init__(self, knowledge: Knowledge, width: int) -> None:
        self._known = knowledge
        self._width = width

    def readings(self, row: DamagedRow) -> list[Reading]:
        """The ways to read *row*, best first; none where the search would be out of proportion to the row."""
        missing = self._width - row.count
        if missing > MOST_MISSING or -missing > MOST_SURPLUS:
            return []
        limits = SearchLimits(int(missing != 0))
        needed = abs(missing)
        found = self._align(row, limits, needed, words=False)
        is_poor = not found or found[0].score < self._known.typical - POOR
        if 0 < missing <= MOST_LOST and (is_poor or any(plain_splits(row, self._known.forms, 1))):
            found = self._align(row, limits, needed, words=True) or found
        return found

    def _align(self, row: DamagedRow, limits: SearchLimits, needed: int, *, words: bool) -> list[Reading]:
        boundaries = row.boundaries(words)
        band = abs(self._width - row.count) + 2 * limits.slack + 1
        if len(boundaries) * band > SEARCH_STEPS * len(row.text):
            return []
        found = align(row.closed, boundaries, self._width, self._known.score, limits)
        found = [replace(one, score=one.score + self._afterthought(one, needed)) for one in found]
        return sorted(found, key=attrgetter("score"), reverse=True)

    def _afterthought(self, reading: Reading, needed: int) -> float:
        """What counts for or against a reading as a whole: columns empty together, changes that nothing asks for."""
        needless = len(reading.changes) - needed if needed else 0
        coupling = self._known.profile.coupling([read(cell) for cell in reading.cells])
        return COUPLING * coupling - NEEDLESS_COST * max(0, needless)

    def confidence(self, row: DamagedRow, readings: Sequence[Reading]) -> float:
        """How probable the first of *readings* is, given that one of them or the row as it stands is right."""
        others = []
        if row.count > self._width:
            others.append(self._known.score_row(row.cells[: self._width]) - EXTRA_COST)
        confidence = share(readings, others)
        gaps = sum(step.change == Change.GAP for step in readings[0].changes)
        # most of the row is missing, or a cell looks like nothing in its column: whatever it is, a person should look
        if (self._width - gaps) * 2 < self._width or self.is_odd(row, readings[0]):
            return min(confidence, SAFE - 0.001)
        return confidence

    def is_odd(self, row: DamagedRow, reading: Reading) -> bool:
        """Whether a cell that *reading* moves to another column looks like nothing there."""
        if row.scan.lost or len(row.lines) > 1:
            return False  # what moves the cells is there to be seen
        stood = row.cells
        for column, cell in enumerate(reading.cells):
            moved = cell and (column >= len(stood) or stood[column] != cell)
            if moved and self._known.profile.surprise(column, read(cell)) > ODD:
                return True
        return False


def share(readings: Sequence[Reading], others: Sequence[float] = ()) -> float:
    """The share that the first of *readings* has of them all, and of others with the scores given."""
    scores = [*(reading.score for reading in readings), *others]
    return 1 / sum(exp(min(50.0, score - scores[0])) for score in scores)

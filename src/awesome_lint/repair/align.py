"""Aligning the fragments of a damaged row to the columns of its table.

Dynamic programming over the places where a cell may end: the pipes that are in the row (a pipe may also
be part of a cell, if it is escaped) and the places where one may have been lost.  A column may stay empty, and a blank
between two pipes may be superfluous.  Every departure from the text as it stands has a cost, every cell a score in its
column; the best few readings are kept at every state, so that the winner can be compared with its rivals.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from heapq import nlargest
from itertools import pairwise
from operator import attrgetter

from msgspec import Struct

from awesome_lint.repair.constants import DROP_COST, ESCAPE_COST, GAP_COST, HOPELESS, KEPT_PATHS, TAIL_COST
from awesome_lint.repair.forms import is_blank
from awesome_lint.repair.fragments import may_join


class Change(StrEnum):
    """What a reading does to the row."""

    PIPE = "pipe"
    """Put a pipe where one was lost."""
    GAP = "gap"
    """Leave a column empty."""
    ESCAPE = "escape"
    """Take a pipe for text."""
    DROP = "drop"
    """Take out a superfluous empty cell."""


class Boundary(Struct, frozen=True):
    """A place where a cell may end: the pipe from ``start`` to ``end``, or an empty range where one may be put."""

    start: int
    end: int
    cost: float = 0.0

    @property
    def stands(self) -> bool:
        """Whether a pipe stands here."""
        return self.end > self.start


class Step(Struct, frozen=True):
    """One cell of a reading or one change; ``start`` and ``end`` are offsets in the row."""

    start: int
    end: int
    change: Change | None = None


class Reading(Struct, frozen=True):
    """One way to read a row: its cells in order, the changes that lead there, and its log-likelihood."""

    score: float
    cells: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def changes(self) -> tuple[Step, ...]:
        """What the reading does to the row."""
        return tuple(step for step in self.steps if step.change)

    def places(self) -> Iterator[tuple[Step, int]]:
        """Each step with the column in which it takes place."""
        column = 0
        for step in self.steps:
            yield step, column
            column += step.change in (None, Change.GAP)


class _Path(Struct, frozen=True):
    score: float
    last: str
    """What the last cell is: "text", "gap" (put in) or "blank" (it was there)."""
    steps: tuple[Step, ...]
    before: _Path | None

    def all_steps(self) -> list[Step]:
        found: list[tuple[Step, ...]] = []
        path: _Path | None = self
        while path:
            found.append(path.steps)
            path = path.before
        return [step for steps in reversed(found) for step in steps]


class SearchLimits(Struct, frozen=True):
    """How far readings may go: ``slack`` is how many changes of each kind are tried beyond those that the cell count
    asks for.
    """

    slack: int = 1


def align(
    text: str,
    boundaries: Sequence[Boundary],
    columns: int,
    score: Callable[[int, str], float],
    limits: SearchLimits,
) -> list[Reading]:
    """The best readings of *text* as a row of *columns* cells, best first.

    *boundaries* are in order; the first is the row's left edge, the last its right edge.  ``score(column, cell)``
    tells how well a cell's source fits a column.
    """
    search = _Search(text, boundaries, columns, score, limits)
    found: dict[tuple[str, ...], Reading] = {}
    for path in search.run():
        steps = path.all_steps()
        cells = tuple(text[s.start : s.end].strip() for s in steps if s.change in (None, Change.GAP))
        reading = Reading(path.score, cells, tuple(steps))
        if cells not in found or found[cells].score < reading.score:
            found[cells] = reading
    return sorted(found.values(), key=attrgetter("score"), reverse=True)


class _Search:
    def __init__(
        self,
        text: str,
        boundaries: Sequence[Boundary],
        columns: int,
        score: Callable[[int, str], float],
        limits: SearchLimits,
    ) -> None:
        self._text = text
        self._boundaries = boundaries
        self._columns = columns
        self._score = score
        last = len(boundaries) - 1
        self._standing = [i for i, boundary in enumerate(boundaries) if i in (0, last) or boundary.stands]
        self._before = [bisect_right(self._standing, i) - 1 for i in range(len(boundaries))]
        """For each boundary how many standing ones come before it."""
        cells = len(self._standing) - 1
        self._most_gaps = max(0, columns - cells) + limits.slack
        self._most_escapes = max(0, cells - columns) + limits.slack
        self._states: list[dict[int, list[_Path]]] = [{} for _ in boundaries]

    def run(self) -> list[_Path]:
        """The best paths to the right edge with all columns filled."""
        self._states[0][0] = [_Path(0.0, "text", (), None)]
        for i in range(len(self._boundaries)):
            first = min(self._states[i], default=self._columns)
            for column in range(first, min(self._columns, self._before[i] + self._most_gaps + 1) + 1):
                if column in self._states[i]:
                    paths = self._states[i][column] = self._best(i, column)
                    self._leave_column_empty(i, column, paths)
                    for j, end in self._ends(i):
                        self._take(i, j, end, column, paths)
        return self._states[-1].get(self._columns, [])

    def _best(self, i: int, column: int) -> list[_Path]:
        """The paths worth following from a state: the best few, and none that is much worse."""
        best = nlargest(KEPT_PATHS, self._states[i][column], key=attrgetter("score"))
        return [path for path in best if path.score > best[0].score - HOPELESS]

    def _admits(self, i: int, column: int) -> bool:
        """Whether a path may reach the boundary *i* with *column* columns filled."""
        ahead = column - self._before[i]
        is_soft = self._standing[self._before[i]] != i
        return -self._most_escapes <= ahead <= self._most_gaps + is_soft

    def _extend(self, i: int, column: int, paths: Iterable[_Path]) -> None:
        self._states[i].setdefault(column, []).extend(paths)

    def _leave_column_empty(self, i: int, column: int, paths: Sequence[_Path]) -> None:
        if column == self._columns or not self._admits(i, column + 1):
            return
        place = self._boundaries[i].end
        cost = (TAIL_COST if i == len(self._boundaries) - 1 else GAP_COST) - self._score(column, "")
        gap = (Step(place, place, Change.GAP),)
        # After a blank the same row would be read twice.
        open_paths = [path for path in paths if path.last != "blank"]
        self._extend(i, column + 1, [_Path(path.score - cost, "gap", gap, path) for path in open_paths])

    def _ends(self, i: int) -> Iterator[tuple[int, Boundary]]:
        """The boundaries at which a cell that starts after *i* may end."""
        escapes = 0
        for j in range(i + 1, len(self._boundaries)):
            if j - 1 > i and self._boundaries[j - 1].stands:
                escapes += 1
                if escapes > self._most_escapes:
                    return
            yield j, self._boundaries[j]

    def _take(self, i: int, j: int, end: Boundary, column: int, paths: Sequence[_Path]) -> None:
        """Read what stands between the boundaries *i* and *j* as a cell, or drop it if it is blank."""
        takes = column < self._columns and self._admits(j, column + 1)
        drops = self._admits(j, column)
        if not takes and not drops:
            return
        start = self._boundaries[i].end
        cell = self._text[start : end.start]
        inner = [b for b in self._boundaries[i + 1 : j] if b.stands]
        stands = end.stands or j == len(self._boundaries) - 1
        if drops and not inner and stands and (i == 0 or self._boundaries[i].stands) and is_blank(cell):
            drop = (Step(start, end.start, Change.DROP),)
            self._extend(j, column, [_Path(path.score - DROP_COST, path.last, drop, path) for path in paths])
        if not takes or not self._joins(start, inner, end.start):
            return
        steps = [Step(start, end.start)]
        steps += (Step(b.start, b.end, Change.ESCAPE) for b in inner)
        if not stands:
            steps.append(Step(end.start, end.end, Change.PIPE))
        gain = self._score(column, cell) - end.cost - ESCAPE_COST * len(inner)
        last, taken = "text" if cell.strip() else "blank", tuple(steps)
        self._extend(j, column + 1, [_Path(path.score + gain, last, taken, path) for path in paths])

    def _joins(self, start: int, inner: Sequence[Boundary], end: int) -> bool:
        """Whether the pieces of a cell that the pipes *inner* cut may be one text."""
        if not inner:
            return True
        edges = [start, *(b.end for b in inner)]
        pieces = [self._text[a:b] for a, b in zip(edges, [*(b.start for b in inner), end], strict=True)]
        return all(may_join(left, right) for left, right in pairwise(pieces))

"""What the intact rows of a group of tables teach: a profile to rank readings by, and the forms that prove them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from awesome_lint.repair.forms import Forms
from awesome_lint.repair.profile import Profile, learn
from awesome_lint.repair.value import Value, read


class Knowledge:
    """The columns of tables with the same header.

    ``forms`` comes from *intact* rows and those *unfinished* ones that seem to lack only their last cells, whose lack
    does not show that a column may be empty; the ``profile`` also from damaged ones that could be read (`teach`) and
    from *relatives*, values of columns of the same name in other tables, each with the column's index here.
    """

    def __init__(
        self,
        header: Sequence[str],
        intact: Sequence[Sequence[Value]],
        unfinished: Sequence[Sequence[Value]],
        relatives: Iterable[tuple[int, Value]],
    ) -> None:
        self._header = header
        padded = [[*row, *[read("")] * (len(header) - len(row))] for row in unfinished]
        self._intact = [*intact, *padded]
        self._relatives = list(relatives)
        self.forms = Forms(len(header), [*intact, *unfinished])
        self.profile: Profile
        self.typical: float
        self.teach(())

    @property
    def rows(self) -> int:
        """How many intact rows there are, unfinished ones among them."""
        return len(self._intact)

    def teach(self, rows: Iterable[Sequence[Value]]) -> None:
        """Learn from *rows* besides the intact ones, instead of those taught before."""
        known = [*self._intact, *rows]
        self.profile = learn(self._header, known, self._relatives)
        self.typical = self.profile.typical(known)

    def fit(self, values: Sequence[Value], columns: Sequence[int]) -> float:
        """How well *values* fit where they are in *columns*, empty ones left out."""
        placed = zip(columns, values, strict=True)
        return sum(self.profile.score(column, value) for column, value in placed if not value.empty)

    def score_row(self, cells: Sequence[str]) -> float:
        """How well *cells* fit the columns."""
        return self.profile.score_row([read(cell) for cell in cells])

    def score(self, column: int, cell: str) -> float:
        """How well *cell* fits *column*."""
        return self.profile.score(column, read(cell))

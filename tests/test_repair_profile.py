"""What a profile says of rows, at the edges of what tables hold."""

from __future__ import annotations

import pytest

from awesome_lint.repair.profile import Profile, learn
from awesome_lint.repair.value import read


def profile_of(rows: list[list[str]]) -> Profile:
    return learn([""] * len(rows[0]), [[read(cell) for cell in row] for row in rows])


@pytest.mark.parametrize("columns", [2, 60, 200, 1000])
def test_empty_columns_of_wide_tables(columns: int) -> None:
    profile = profile_of([["x"] * columns] * 20)
    row = [read("x"), *[read("")] * (columns - 1)]
    assert profile.coupling(row) < 0


def test_columns_that_are_empty_together() -> None:
    profile = profile_of([["a", "b", "c"]] * 10 + [["a", "", ""]] * 10)
    together, apart = ([read(cell) for cell in row] for row in (["a", "", ""], ["a", "b", ""]))
    assert profile.coupling(together) > 0 > profile.coupling(apart)

"""The columns that number the rows of a table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from awesome_lint.markdown import Table
from awesome_lint.semantic.entries import fold_title
from awesome_lint.semantic.headers import Meaning, is_called

_LONGEST_NUMBER = 9
_OWN = frozenset({"id", "rank", "year"})
"""Headers of numbers that belong to what a row names."""


def place_columns(table: Table) -> list[int]:
    """The columns of *table* whose cells count its rows one by one, and so belong to the place and not to the row.

    An identifier and a rank belong to what the row names.
    """
    return [
        index
        for index, header in enumerate(table.columns)
        if fold_title(header) not in _OWN and _counts([row.cells[index].text.strip() for row in table.rows])
    ]


def _counts(texts: Sequence[str]) -> bool:
    numbers = [int(text) for text in texts if text.isdecimal() and len(text) <= _LONGEST_NUMBER]
    steps = {after - before for before, after in pairwise(numbers)}
    return len(numbers) == len(texts) and steps in ({1}, {-1})


def is_counter(header: str, texts: Sequence[str]) -> bool:
    """Whether a column numbers its rows: by its *header*, or by *texts* that for the most part count up or down."""
    numbers = [int(text) for text in texts if text.isdecimal() and len(text) <= _LONGEST_NUMBER]
    if not numbers or len(numbers) < len(texts):
        return False
    steps = [after - before for before, after in pairwise(numbers)]
    return is_called(header, Meaning.NUMBER) or max(steps.count(1), steps.count(-1)) > len(steps) / 2

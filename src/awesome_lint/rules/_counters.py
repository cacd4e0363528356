"""The columns that number the rows of a table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from awesome_lint.markdown import Table
from awesome_lint.semantic.headers import Meaning, is_called

_LONGEST_NUMBER = 9


def counter_columns(table: Table) -> list[int]:
    """The columns of *table* whose cells are the numbers of its rows."""
    width = len(table.header.cells)
    rows = [row for row in table.rows if len(row.cells) == width]
    return [
        index
        for index, header in enumerate(table.columns)
        if is_counter(header, [row.cells[index].text.strip() for row in rows])
    ]


def is_counter(header: str, texts: Sequence[str]) -> bool:
    """Whether a column numbers its rows: by its *header*, or by *texts* that for the most part count up or down."""
    numbers = [int(text) for text in texts if text.isdecimal() and len(text) <= _LONGEST_NUMBER]
    if not numbers or len(numbers) < len(texts):
        return False
    steps = [after - before for before, after in pairwise(numbers)]
    return is_called(header, Meaning.NUMBER) or max(steps.count(1), steps.count(-1)) > len(steps) / 2

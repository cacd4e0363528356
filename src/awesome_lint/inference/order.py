"""The orders in which entries may be sorted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from awesome_lint.schema import ColumnType, Direction, SortKey
from awesome_lint.semantic.values import parse_value
from awesome_lint.text.sorting import Descending, text_key


def sort_keys(column: str) -> Iterator[SortKey]:
    """All ways of sorting by *column*, the most usual first."""
    for direction in Direction:
        for case in (False, True):
            for natural in (True, False):
                yield SortKey(column=column, direction=direction, case=case, natural=natural)


def sort_value(text: str, key: SortKey, kind: ColumnType | None) -> Any:
    """By what the value *text* of a column of the type *kind* is sorted; None if it is not one."""
    if kind in (ColumnType.YEAR, ColumnType.DATE, ColumnType.NUMBER):
        value: Any = parse_value(kind, text)
    else:
        value = text_key(text, case=key.case, natural=key.natural)
    return Descending(value) if key.direction is Direction.DESCENDING and value is not None else value

"""Where among the entries of a table or list a new one belongs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from awesome_lint.adding.addition import AddError
from awesome_lint.markdown import Row, Table
from awesome_lint.schema import ColumnType
from awesome_lint.semantic.entries import Entry, fold_title
from awesome_lint.semantic.name_order import NameOrder
from awesome_lint.semantic.values import parse_value
from awesome_lint.text.nearest import nearest
from awesome_lint.text.sorting import Descending, in_order

_LEAST_DATED = 3
_SHARE_DATED = 0.9
"""A table is in the order of a column if it has at least so many dates, and this share of them is in order."""


def index_of(entries: Sequence[Entry], name: str, cells: Sequence[str]) -> int:
    """How many of *entries* come before a new one called *name*, which has these *cells* if it is a row.

    It goes to its place in alphabetical order, or else in the order of a column of dates or years, or else to the end.
    """
    order = NameOrder([entry.title for entry in entries])
    if order.is_kept and name:
        before = order.index_before(name)
        return 0 if before is None else before + 1
    dated = _by_date(entries, cells)
    return len(entries) if dated is None else dated


def index_after(entries: Sequence[Entry], name: str) -> int:
    """How many of *entries* there are up to the one called *name*; raises `AddError` where there is not one alone."""
    found = [index for index, entry in enumerate(entries) if fold_title(entry.title) == fold_title(name)]
    if not found:
        near = nearest(name, [entry.title for entry in entries])
        raise AddError(f"the section has no entry {name!r}" + (f"; did you mean {near!r}?" if near else ""))
    if len(found) > 1:
        raise AddError(f"the section has {len(found)} entries called {name!r}")
    return found[0] + 1


def _by_date(entries: Sequence[Entry], cells: Sequence[str]) -> int | None:
    """Where the new row goes by its date; None if no date column is in order or the row has no date."""
    container = entries[0].container
    if not isinstance(container, Table):
        return None
    for column in range(len(cells)):
        new = parse_value(ColumnType.DATE, cells[column])
        rows = [entry.origin for entry in entries]
        texts = [row.cells[column].text if isinstance(row, Row) and column < len(row.cells) else "" for row in rows]
        known = [(index, value) for index, text in enumerate(texts) if (value := parse_value(ColumnType.DATE, text))]
        if new is None or len(known) < max(_LEAST_DATED, _SHARE_DATED * len(entries)):
            continue
        if len({value for _, value in known}) < 2:
            continue
        rising = [value for _, value in known]
        if len(kept := in_order(rising)) >= _SHARE_DATED * len(known):
            place = bisect_right([rising[index] for index in kept], new)
            return known[kept[place - 1]][0] + 1 if place else 0
        falling = [Descending(value) for value in rising]
        if len(kept := in_order(falling)) >= _SHARE_DATED * len(known):
            place = bisect_left([falling[index] for index in kept], Descending(new))
            return known[kept[place]][0] if place < len(kept) else len(entries)
    return None

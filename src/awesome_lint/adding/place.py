"""Where a new entry belongs in a table or list."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

from awesome_lint.adding.addition import AddError
from awesome_lint.markdown import Cell, Row
from awesome_lint.schema import ColumnType
from awesome_lint.semantic.entries import Entry, fold_title
from awesome_lint.semantic.name_order import NameOrder
from awesome_lint.semantic.values import Value, parse_value
from awesome_lint.text.nearest import nearest
from awesome_lint.text.sorting import Descending, in_order

_LEAST_IN_ORDER = {ColumnType.DATE: 3, ColumnType.ARXIV: 3, ColumnType.NUMBER: 6}
"""How many values a column needs to show an order; numbers mean many things, and a few are in order by chance."""
_SHARE_IN_ORDER = 0.9
"""A table is in the order of a column if this share of its rows has a value there, and of these is in order."""
_LEAST_DIFFERENT = 2


def index_of(entries: Sequence[Entry], name: str, cells: Sequence[Cell]) -> int:
    """How many of *entries* come before a new one called *name*, which has these *cells* if it is a row.

    It goes to its place in alphabetical order, or else in the order of a column, or else to the end.
    """
    place = index_in_order(entries, name, cells)
    return len(entries) if place is None else place


def index_in_order(entries: Sequence[Entry], name: str, cells: Sequence[Cell]) -> int | None:
    """As `index_of`, but None if *entries* have no order that places the new one."""
    order = NameOrder([entry.title for entry in entries])
    if order.is_kept and name:
        before = order.index_before(name)
        return 0 if before is None else before + 1
    return _by_column(entries, cells)


def index_after(entries: Sequence[Entry], name: str) -> int:
    """The index after the entry called *name*; raises `AddError` unless there is exactly one."""
    found = [index for index, entry in enumerate(entries) if fold_title(entry.title) == fold_title(name)]
    if not found:
        near = nearest(name, [entry.title for entry in entries])
        raise AddError(f"the section has no entry {name!r}" + (f"; did you mean {near!r}?" if near else ""))
    if len(found) > 1:
        raise AddError(f"the section has {len(found)} entries called {name!r}")
    return found[0] + 1


def _by_column(entries: Sequence[Entry], cells: Sequence[Cell]) -> int | None:
    """Where the new row goes by its date, arXiv identifier or number; None if no such column is in order."""
    rows = [entry.origin for entry in entries]
    for kind, least in _LEAST_IN_ORDER.items():
        for column, cell in enumerate(cells):
            new = _key(kind, cell)
            known = [
                (index, key)
                for index, row in enumerate(rows)
                if isinstance(row, Row)
                and column < len(row.cells)
                and (key := _key(kind, row.cells[column])) is not None
            ]
            if new is None or len(known) < max(least, _SHARE_IN_ORDER * len(entries)):
                continue
            place = _in_column(known, new)
            if place is not None:
                return min(place, len(entries))
    return None


def _key(kind: ColumnType, cell: Cell) -> Value | None:
    """What *cell* is sorted by; arXiv's identifiers before 2007 begin with a subject, so they are in no order."""
    key = parse_value(kind, cell.text, [link.url for link in cell.content.links])
    return None if kind is ColumnType.ARXIV and not str(key)[:1].isdigit() else key


def _in_column(known: Sequence[tuple[int, Value]], new: Value) -> int | None:
    """Where *new* goes among the indices and keys in *known*; None if these are all equal or not in order."""
    if len({key for _, key in known}) < _LEAST_DIFFERENT:
        return None
    rising: list[Any] = [key for _, key in known]
    if len(kept := in_order(rising)) >= _SHARE_IN_ORDER * len(known):
        place = bisect_right([rising[index] for index in kept], new)
        return known[kept[place - 1]][0] + 1 if place else 0
    falling = [Descending(key) for key in rising]
    if len(kept := in_order(falling)) >= _SHARE_IN_ORDER * len(known):
        place = bisect_left([falling[index] for index in kept], Descending(new))
        return known[kept[place]][0] if place < len(kept) else known[-1][0] + 1
    return None

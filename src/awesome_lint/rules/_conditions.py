"""Cells that hold a value, or none, against what the configuration says about rows like theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from awesome_lint.rule import Context
from awesome_lint.schema import Condition
from awesome_lint.semantic.columns import ColumnCell
from awesome_lint.semantic.schema_binding import bind_conditions
from awesome_lint.text.patterns import fold_case


class Conflict(Struct, frozen=True):
    """A cell at odds with others of its row: ``reason`` names these, ``subject`` and ``entry`` the entry."""

    place: ColumnCell
    reason: str
    subject: str
    entry: str


def missing_values(context: Context) -> Iterator[Conflict]:
    """Yield the cells that hold no value where the others of their row require one; a placeholder is none."""
    for condition, cells in bind_conditions(context.tables_with_schema):
        places = _cells(condition.require, cells)
        yield from (_conflict(context, condition, cells, place) for place in places if place.placeholder)


def forbidden_values(context: Context) -> Iterator[Conflict]:
    """Yield the cells that hold a value where the others of their row forbid one."""
    for condition, cells in bind_conditions(context.tables_with_schema):
        places = _cells(condition.forbid, cells)
        yield from (_conflict(context, condition, cells, place) for place in places if not place.placeholder)


def _cells(names: Iterable[str], cells: Mapping[str, ColumnCell]) -> Iterator[ColumnCell]:
    return (cells[name] for name in map(fold_case, names) if name in cells)


def _conflict(context: Context, condition: Condition, cells: Mapping[str, ColumnCell], place: ColumnCell) -> Conflict:
    others = _cells(condition.when, cells)
    reason = " and ".join(f"{each.header} is {f'“{each.text}”' if each.text else 'empty'}" for each in others)
    entry = context.entry_names.get(place.row.span, "")
    return Conflict(place, reason, f"“{entry}”" if entry else "this row", entry)

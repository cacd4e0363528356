"""The orders that the entries of a table or list keep, or nearly keep."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import Any

from msgspec import Struct

from awesome_lint.markdown import List, Row, Table
from awesome_lint.regex import regex
from awesome_lint.rules._counters import is_counter
from awesome_lint.schema import ColumnType
from awesome_lint.semantic.entries import Entry, fold_title
from awesome_lint.semantic.passages import Passages
from awesome_lint.semantic.values import parse_value
from awesome_lint.source import Span
from awesome_lint.text.collations import Collation, collations, words
from awesome_lint.text.sorting import Descending, in_order

_LEAST_ENTRIES = 10
_LEAST_ALONE = 20
_SHARE = 0.9
_SHARE_OF_DATES = 0.95
"""How many entries, and which share, are in order before that is a convention: ten where most long tables or lists
of the document are sorted, else twenty, for a few may stand so by chance."""
_WORTH_A_LOOK = 0.75
_LEAST_DATES = 8
"""The fewest different dates in a column whose order is not chance."""
_MOST_GROUPINGS = 4
"""How many columns that group the rows are looked at; hardly a table has more."""
_NEAR = 3
"""An entry at the top that belongs below no more entries than that was put a little too high."""
_LETTER = regex(r"[^\W\d_]")


class Member(Struct, frozen=True):
    """A row or bullet; ``key`` is None where nothing says what belongs before or after it."""

    span: Span
    name: str
    key: Any = None


class Order(Struct, frozen=True):
    """Members, the indices of those that are in order, and of those that are to be reported.

    ``name`` says in which order, as in "alphabetical order"; ``is_convention`` whether no configuration requires it.
    """

    members: Sequence[Member]
    kept: Sequence[int]
    wrong: Sequence[int]
    name: str
    is_convention: bool


def conventional_orders(containers: Iterable[Sequence[Entry]]) -> Iterator[tuple[Table | List, Order]]:
    """The orders that entries keep by themselves, in long lists or in most of a document."""
    long = [
        (container, entries)
        for entries in containers
        if len(entries) >= _LEAST_ENTRIES and not isinstance(container := entries[0].container, Passages)
    ]
    found = [(container, entries, order) for container, entries in long if (order := _alphabetical(entries))]
    is_common = 2 * sum(len(entries) for _, entries, _ in found) >= sum(len(entries) for _, entries in long)
    sorted_ones = {container.span for container, _, _ in found}
    for container, _, order in found:
        if is_common or len(order.members) >= _LEAST_ALONE:
            yield container, order
    for table, entries in long:
        if isinstance(table, Table) and table.span not in sorted_ones and (order := _chronological(table, entries)):
            yield table, order


def _alphabetical(entries: Sequence[Entry]) -> Order | None:
    """The order of the names of *entries*, or of the first column where that explains more."""
    named = [(entry, name) for entry in entries if (name := _visible_name(entry))]
    orders = [order for names in (named, _first_cells(entries)) if (order := _sorted_by(names))]
    best = max(orders, key=lambda order: len(order.kept) / len(order.members), default=None)
    return None if best and best.wrong and _follow_figures(entries) else best


def _follow_figures(entries: Sequence[Entry]) -> bool:
    """Whether all *entries* are rows that are in the order of a column of figures or dates, none of row numbers."""
    rows = [entry.origin for entry in entries if isinstance(entry.origin, Row)]
    table = entries[0].container
    if not isinstance(table, Table) or len(rows) < len(entries):
        return False
    for index, header in enumerate(table.columns):
        texts = [row.cells[index].text.strip() for row in rows]
        for kind in (ColumnType.NUMBER, ColumnType.DATE):
            values = [parse_value(kind, text) for text in texts]
            if None in values or len({*values}) < _LEAST_DATES or is_counter(header, texts):
                continue
            keys: tuple[list[Any], list[Any]] = (values, [Descending(value) for value in values])
            if any(len(in_order(each)) == len(values) for each in keys):
                return True
    return False


def _visible_name(entry: Entry) -> str | None:
    """The title of *entry* with the signs before it; None where words come first, for it may be sorted by those."""
    origin = entry.origin
    if isinstance(origin, Row):
        content = next((cell.content for cell in origin.cells if cell.span == entry.place), None)
    else:
        content = origin.content
    if content is None:
        return entry.title
    before, found, _ = " ".join(content.text.split()).partition(entry.title)
    for link in content.links:
        if link.image:
            before = before.replace(" ".join(link.text.split()), "", 1)
    if not found:
        return entry.title
    if _LETTER.search(before):
        return entry.title if isinstance(origin, Row) else None
    return f"{before.strip()}{entry.title}"


def _first_cells(entries: Sequence[Entry]) -> list[tuple[Entry, str]]:
    """What is in the first column where that is not the one of the names."""
    rows = [(entry, entry.origin.cells[0]) for entry in entries if isinstance(entry.origin, Row)]
    return [(entry, cell.text) for entry, cell in rows if cell.span != entry.place and _LETTER.search(cell.text)]


def _sorted_by(named: Sequence[tuple[Entry, str]]) -> Order | None:
    """The alphabetical order that the entries keep by these names; None if too many do not."""
    names = [name for _, name in named]
    if len(names) < _LEAST_ENTRIES or len(in_order([words(name) for name in names])) < _WORTH_A_LOOK * len(names):
        return None
    best: Collation = words
    kept: list[int] = []
    wrong = set(range(len(names)))
    groupings = list(islice(_groupings([entry for entry, _ in named]), _MOST_GROUPINGS))
    for collation in collations(names):
        keys = [collation(name) for name in names]
        found = in_order(keys)
        if len(found) > len(kept):
            best, kept = collation, found
        wrong.difference_update(found)
        for groups in groupings:
            wrong.difference_update(in_order(list(zip(groups, keys, strict=True))))
    if len(kept) < _SHARE * len(names):
        return None
    members = [Member(entry.span, entry.title, best(name)) for entry, name in named]
    reported = _without_pinned(wrong, kept, [member.key for member in members])
    return Order(members, kept, reported, "alphabetical order", is_convention=True)


def _groupings(entries: Sequence[Entry]) -> Iterator[list[int]]:
    """For each column that groups the rows, the number of each row's group: names may start over in each."""
    rows = [entry.origin for entry in entries if isinstance(entry.origin, Row)]
    if len(rows) < len(entries):
        return
    for index in range(min(len(row.cells) for row in rows)):
        values = [fold_title(row.cells[index].text) for row in rows]
        runs = [value for value, _ in groupby(values)]
        if 1 < len(runs) <= len(rows) / 2 and len({*runs}) == len(runs):
            numbers = {value: number for number, value in enumerate(runs)}
            yield [numbers[value] for value in values]


def _without_pinned(wrong: Iterable[int], kept: Sequence[int], keys: Sequence[Any]) -> list[int]:
    """*wrong* without the entries at the very top that belong far below: they are pinned there, as sponsors are."""
    found = sorted(wrong)
    in_place = [keys[index] for index in kept]
    return [index for place, index in enumerate(found) if index != place or bisect(in_place, keys[index]) <= _NEAR]


def _chronological(table: Table, entries: Sequence[Entry]) -> Order | None:
    """The order of the dates in one column of *table*, forwards or backwards."""
    rows = [(entry, entry.origin) for entry in entries if isinstance(entry.origin, Row)]
    for index, header in enumerate(table.columns):
        dates = [parse_value(ColumnType.DATE, row.cells[index].text) for _, row in rows]
        known = [(entry, value) for (entry, _), value in zip(rows, dates, strict=True) if value is not None]
        if len(known) < max(_LEAST_ENTRIES, _SHARE * len(rows)) or len({*dates}) < _LEAST_DATES:
            continue
        for descending in (False, True):
            members = [Member(e.span, e.title, Descending(value) if descending else value) for e, value in known]
            keys = [member.key for member in members]
            kept = in_order(keys)
            if len(kept) >= _SHARE_OF_DATES * len(known):
                wrong = _without_pinned({*range(len(known))}.difference(kept), kept, keys)
                name = f"the order of the column “{' '.join(header.split())}”"
                return Order(members, kept, wrong, name, is_convention=True)
    return None

"""An entry stands out of the order that the other entries keep.

In a sorted list, readers look where an entry belongs, and contributors who do not find it there add it again.

Without configuration, only a clear habit counts: nine in ten of at least ten entries of a table or list stand in
alphabetical order, or nearly all in that of their dates.  People sort in many ways (with spaces and signs or without,
`v10` before or after `v2`, `C#` as “C sharp”); an entry is only reported if it is out of order in all of them.  As few
entries are reported as can be moved to put the rest in order; where these are many, they are one finding.

## Wrong

```markdown
- [Ada](https://example.org/ada)
- [Basic](https://example.org/basic)
- [C](https://example.org/c)
- [Dart](https://example.org/dart)
- [Elm](https://example.org/elm)
- [Forth](https://example.org/forth)
- [Crystal](https://example.org/crystal)
- [Go](https://example.org/go)
- [Haskell](https://example.org/haskell)
- [Idris](https://example.org/idris)
- [Julia](https://example.org/julia)
```

## Right

```markdown
- [Ada](https://example.org/ada)
- [Basic](https://example.org/basic)
- [C](https://example.org/c)
- [Crystal](https://example.org/crystal)
- [Dart](https://example.org/dart)
- [Elm](https://example.org/elm)
- [Forth](https://example.org/forth)
- [Go](https://example.org/go)
- [Haskell](https://example.org/haskell)
- [Idris](https://example.org/idris)
- [Julia](https://example.org/julia)
```

## Configuration

`sort` in a schema of `[[tables]]` names the columns by which the rows are sorted, in one of `[[lists]]` it holds
`name`, `description` or `url`.  Columns with the type `year`, `date` or `number` are sorted as such.  Findings are
errors then.

## Fix

The rows or bullets are moved to their places as wholes; equal ones keep their order.  That is safe where the
configuration asks for the order, and unsafe otherwise.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from awesome_lint.diagnostic import Applicability, Edit, Fix, Related, Severity, Violation
from awesome_lint.markdown import List, Row, Table
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.schema import ColumnType, Direction, SortKey, TableSchema
from awesome_lint.semantic.columns import ColumnCell
from awesome_lint.semantic.entries import Entry
from awesome_lint.semantic.values import parse_value
from awesome_lint.source import Source, Span
from awesome_lint.text.patterns import fold_case
from awesome_lint.text.sorting import Descending, in_order, text_key

_LEAST_ENTRIES = 10
_LEAST_ALONE = 20
_HABIT = 0.9
_HABIT_OF_DATES = 0.95
"""How many entries, and which share, are in order before that is a habit: ten where most long tables or lists of the
document are sorted, else twenty, for a few may stand so by chance."""
_WORTH_A_LOOK = 0.75
_MOST_REPORTED = 25
"""More entries of one table or list than that are reported together."""
_LEAST_DATES = 8
"""How many different dates a column has at least before their order is no chance."""

_LETTER = re.compile(r"[^\W\d_]")
_SIGNS = re.compile(r"[\W_]+")
_ARTICLE = re.compile(r"(?:the|an?) ")


class _Member(Struct, frozen=True):
    """A row or bullet; ``key`` is None where nothing says what belongs before or after it."""

    span: Span
    name: str
    key: Any = None


class _Order(Struct, frozen=True):
    """Members, the indices of those that are in order, and of those that are to be reported.

    ``name`` says in which order, as in "alphabetical order"; ``is_habit`` whether nobody asked for it.
    """

    members: Sequence[_Member]
    kept: Sequence[int]
    wrong: Sequence[int]
    name: str
    is_habit: bool


def check(context: Context) -> Iterator[Violation]:
    """Yield the entries of *context* that are out of order."""
    source = context.document.source
    entries = _by_container(context.entries)
    asked: set[Span] = set()
    for table, schema in context.tables_with_schema:
        if schema.sort:
            asked.add(table.span)
            yield from _report(table, _asked(_rows(table, schema, entries.get(table.span, {}))), source)
    for bullets, list_schema in context.lists_with_schema:
        if list_schema.sort:
            asked.add(bullets.span)
            members = _bullets(bullets, list_schema.sort_keys, entries.get(bullets.span, {}))
            yield from _report(bullets, _asked(members), source)
    free = [listed for span, listed in entries.items() if span not in asked]
    for container, order in _habits([[*filter(_is_intact, listed.values())] for listed in free]):
        yield from _report(container, order, source)


def _by_container(entries: Sequence[Entry]) -> dict[Span, dict[Span, Entry]]:
    """The entries of each table and list by their spans."""
    found: dict[Span, dict[Span, Entry]] = {}
    for entry in entries:
        found.setdefault(entry.container.span, {})[entry.span] = entry
    return found


def _is_intact(entry: Entry) -> bool:
    """Whether *entry* is no row with too few or too many cells: its name may be another value of it."""
    container, origin = entry.container, entry.origin
    return not (isinstance(container, Table) and isinstance(origin, Row)) or len(origin.cells) == len(
        container.header.cells
    )


def _rows(table: Table, schema: TableSchema, entries: Mapping[Span, Entry]) -> list[_Member]:
    """The rows of *table* with their keys; without any where the table lacks a column to sort by."""
    names = [fold_case(name) for name in table.columns]
    columns = [(key, names.index(fold_case(key.column))) for key in schema.sort_keys if fold_case(key.column) in names]
    types = {index: column.type for index, column in schema.bind(table.columns).items()}
    is_sortable = len(columns) == len(schema.sort_keys)
    members = []
    for row in table.rows:
        name = entries[row.span].title if row.span in entries else " ".join(row.cells[0].text.split())
        key = None
        if is_sortable and len(row.cells) == len(names):
            places = [(one, ColumnCell(row.cells[index], index, row, table)) for one, index in columns]
            key = _key([(one, _value(place, types.get(place.index), one)) for one, place in places])
        members.append(_Member(row.span, name, key))
    return members


def _value(place: ColumnCell, kind: ColumnType | None, key: SortKey) -> Any:
    """By what the row of *place* is sorted; None where that says nothing."""
    if not place.text or place.placeholder:
        return None
    if kind in (ColumnType.YEAR, ColumnType.DATE, ColumnType.NUMBER):
        return parse_value(kind, place.text)
    return text_key(place.text, case=key.case, natural=key.natural)


def _bullets(bullets: List, keys: Sequence[SortKey], entries: Mapping[Span, Entry]) -> list[_Member]:
    members = []
    for item in bullets.items:
        entry = entries.get(item.span)
        if entry is None:
            members.append(_Member(item.span, ""))
            continue
        texts = {"name": entry.title, "description": entry.description, "url": entry.url}
        values = [
            (key, text_key(texts[key.column], case=key.case, natural=key.natural))
            for key in keys
            if key.column in texts
        ]
        members.append(_Member(item.span, entry.title, _key(values)))
    return members


def _key(values: Sequence[tuple[SortKey, Any]]) -> tuple[Any, ...] | None:
    """The key of an entry with these values; None where one is missing."""
    if not values or any(value is None for _, value in values):
        return None
    return tuple(Descending(value) if key.direction is Direction.DESCENDING else value for key, value in values)


def _asked(members: Sequence[_Member]) -> _Order:
    """The order for which the configuration asks."""
    known = [index for index, member in enumerate(members) if member.key is not None]
    kept = [known[index] for index in in_order([members[index].key for index in known])]
    return _Order(members, kept, sorted({*known} - {*kept}), "the configured order", is_habit=False)


def _habits(containers: Iterable[Sequence[Entry]]) -> Iterator[tuple[Table | List, _Order]]:
    """The orders that entries keep by themselves, in long lists or in most of a document."""
    long = [entries for entries in containers if len(entries) >= _LEAST_ENTRIES]
    found = [(entries, order) for entries in long if (order := _alphabetical(entries))]
    is_common = 2 * sum(len(entries) for entries, _ in found) >= sum(map(len, long))
    sorted_ones = {entries[0].container.span for entries, _ in found}
    for entries, order in found:
        if is_common or len(order.members) >= _LEAST_ALONE:
            yield entries[0].container, order
    for entries in long:
        table = entries[0].container
        if isinstance(table, Table) and table.span not in sorted_ones and (order := _chronological(table, entries)):
            yield table, order


def _alphabetical(entries: Sequence[Entry]) -> _Order | None:
    """The order of the names of *entries*, or of the first column where that explains more."""
    named = [(entry, name) for entry in entries if (name := _visible_name(entry))]
    orders = [order for names in (named, _first_cells(entries)) if (order := _sorted_by(names))]
    return max(orders, key=lambda order: len(order.kept) / len(order.members), default=None)


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
    """What stands in the first column where that is not the one of the names."""
    rows = [(entry, entry.origin.cells[0]) for entry in entries if isinstance(entry.origin, Row)]
    return [(entry, cell.text) for entry, cell in rows if cell.span != entry.place and _LETTER.search(cell.text)]


def _sorted_by(named: Sequence[tuple[Entry, str]]) -> _Order | None:
    """The alphabetical order that the entries keep by these names; None if too many do not."""
    names = [name for _, name in named]
    if len(names) < _LEAST_ENTRIES or len(in_order([_words(name) for name in names])) < _WORTH_A_LOOK * len(names):
        return None
    orders = {collation: in_order([collation(name) for name in names]) for collation in _COLLATIONS}
    best = max(orders, key=lambda collation: len(orders[collation]))
    if len(orders[best]) < _HABIT * len(names):
        return None
    wrong = set(range(len(names))).difference(*orders.values())
    members = [_Member(entry.span, entry.title, best(name)) for entry, name in named]
    return _Order(members, orders[best], sorted(wrong), "alphabetical order", is_habit=True)


def _lower(text: str) -> str:
    return text.lower()


def _upper(text: str) -> str:
    return text.upper()


def _as_written(text: str) -> str:
    return text


def _words(text: str) -> str:
    return _SIGNS.sub(" ", unicodedata.normalize("NFKD", text).casefold()).strip()


def _words_and_numbers(text: str) -> tuple[Any, ...]:
    return text_key(_words(text))


def _letters(text: str) -> str:
    return _words(text).replace(" ", "")


def _letters_and_numbers(text: str) -> tuple[Any, ...]:
    return text_key(_letters(text))


def _file_name(text: str) -> str:
    """As the names of files are sorted that hold one entry each."""
    return f"{_words(text).replace(' ', '-')}."


def _without_article(text: str) -> str:
    return _ARTICLE.sub("", _words(text), count=1)


def _as_spoken(text: str) -> str:
    """As languages are sorted whose names end in signs: “C sharp”, “C plus plus”."""
    return _words(text.replace("#", "sharp").replace("++", "plusplus"))


_COLLATIONS: tuple[Callable[[str], Any], ...] = (
    _words,
    _lower,
    _upper,
    _as_written,
    _words_and_numbers,
    _letters,
    _letters_and_numbers,
    _file_name,
    _without_article,
    _as_spoken,
)
"""The ways in which people sort names."""


def _chronological(table: Table, entries: Sequence[Entry]) -> _Order | None:
    """The order of the dates in one column of *table*, forwards or backwards."""
    rows = [(entry, entry.origin) for entry in entries if isinstance(entry.origin, Row)]
    for index, header in enumerate(table.columns):
        dates = [parse_value(ColumnType.DATE, row.cells[index].text) for _, row in rows]
        known = [(entry, value) for (entry, _), value in zip(rows, dates, strict=True) if value is not None]
        if len(known) < max(_LEAST_ENTRIES, _HABIT * len(rows)) or len({*dates}) < _LEAST_DATES:
            continue
        for descending in (False, True):
            members = [_Member(e.span, e.title, Descending(value) if descending else value) for e, value in known]
            kept = in_order([member.key for member in members])
            if len(kept) >= _HABIT_OF_DATES * len(known):
                wrong = sorted({*range(len(known))}.difference(kept))
                name = f"the order of the column “{' '.join(header.split())}”"
                return _Order(members, kept, wrong, name, is_habit=True)
    return None


def _report(container: Table | List, order: _Order, source: Source) -> Iterator[Violation]:
    """The findings, all of them with the one fix that puts the entries in order."""
    if not order.wrong:
        return
    members = order.members
    kept = [(members[index].key, index) for index in order.kept]
    slots: dict[int, int | None] = {}
    for index in order.wrong:
        # Equal ones keep their order: those before it stay before it.
        place = bisect_left(kept, (members[index].key, index))
        slots[index] = order.kept[place - 1] if place else None
    fix = _fix(order, slots, source) if _is_movable(container, members, source) else None
    severity = Severity.WARNING if order.is_habit else Severity.ERROR
    what = "row" if isinstance(container, Table) else "bullet with all that belongs to it"
    if len(slots) > _MOST_REPORTED:
        first, *others = [members[index] for index in slots]
        related = tuple(Related(other.span, "This one, too", too=True) for other in others)
        said = f"“{first.name}” and {len(others)} other entries are not in {order.name}"
        yield Violation(_line(first, source), said, "Sort them", first.name, severity, related, fix)
        return
    for index, slot in slots.items():
        member = members[index]
        where, neighbour = ("before", members[order.kept[0]]) if slot is None else ("after", members[slot])
        said = f"“{member.name}” belongs {where} “{neighbour.name}” in {order.name}"
        related = (Related(neighbour.span, f"It belongs {where} this one"),)
        yield Violation(_line(member, source), said, f"Move the {what} there", member.name, severity, related, fix)


def _line(member: _Member, source: Source) -> Span:
    """The first line of *member*."""
    line = source.line_span(source.position(member.span.start).line)
    return Span(member.span.start, min(member.span.end, line.end))


def _is_movable(container: Table | List, members: Sequence[_Member], source: Source) -> bool:
    """Whether any two members can change places: all of them are known, and nothing damaged lies among them."""
    if isinstance(container, Table):
        width = len(container.header.cells)
        return len(members) == len(container.rows) and all(len(row.cells) == width for row in container.rows)
    markers = {(source.position(item.marker.start).column, source[item.marker]) for item in container.items}
    return len(members) == len(container.items) and len(markers) == 1 and not container.ordered


def _fix(order: _Order, slots: Mapping[int, int | None], source: Source) -> Fix:
    """Move the members in *slots* behind those named there, everything else keeping its order."""
    members = order.members
    moved: defaultdict[int | None, list[int]] = defaultdict(list)
    for index in sorted(slots, key=lambda index: (members[index].key, index)):
        moved[slots[index]].append(index)
    final = moved[None]
    for index in range(len(members)):
        if index not in slots:
            final += index, *moved[index]
    edits = tuple(
        Edit(members[place].span, source[members[index].span]) for place, index in enumerate(final) if place != index
    )
    return Fix(f"Sort in {order.name}", edits, Applicability.UNSAFE if order.is_habit else Applicability.SAFE)


RULE = Rule("unsorted-entries", Group.ENTRY, check, severity=Severity.WARNING)

"""An entry is out of order.

In a sorted list, readers look where an entry belongs, and contributors who do not find it there add it again.

Without configuration, only a clear convention counts: nine in ten of at least ten entries of a table or list are in
alphabetical order, or nearly all are in order of their dates.  People sort in many ways (with spaces and signs or
without, `v10` before or after `v2`, digits before A or after Z, `C#` as “C sharp”, `Ł` as L or after it, `Ö` as O or
after Z, by each value of another column); an entry is only reported if it is out of order in all of them.  An entry at
the very top that belongs far below is assumed to be pinned and is not reported.  The rule reports the fewest entries
that have to move to put the list in order; if there are many, they are one finding.

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

`sort` in a schema of `[[tables]]` names the columns by which the rows are sorted, in one of `[[lists]]` it contains
`name`, `description` or `url`.  Columns with the type `year`, `date` or `number` are sorted as such.  Findings are
errors then.

## Fix

Whole rows or items are moved into place; equal ones keep their order, and running numbers of rows and items stay where
they are.  That is safe where the configuration requires the order, and
unsafe otherwise.  Items of a numbered list that have several lines are not moved where their numbers differ in width.

## Related rules

`misnumbered-row`, `entry-style`

## When to switch it off

If the order of the list is one of merit, and only looks alphabetical.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from awesome_lint.diagnostic import Applicability, Edit, Fix, Related, Severity, Violation
from awesome_lint.markdown import List, Row, Table
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._counters import place_columns
from awesome_lint.rules._messages import fitted
from awesome_lint.rules._orders import Member, Order, conventional_orders
from awesome_lint.schema import ColumnType, Direction, SortKey, TableSchema
from awesome_lint.semantic.columns import ColumnCell
from awesome_lint.semantic.entries import Entry
from awesome_lint.semantic.values import parse_value
from awesome_lint.source import Source, Span
from awesome_lint.text.alphabets import ALPHABETS, Alphabet
from awesome_lint.text.patterns import fold_case
from awesome_lint.text.sorting import Descending, in_order, text_key

_MOST_REPORTED = 25
"""More entries of one table or list than that are reported together."""


def check(context: Context) -> Iterator[Violation]:
    """Yield the entries of *context* that are out of order."""
    source = context.document.source
    entries = _by_container(context.entries)
    configured: set[Span] = set()
    for table, schema in context.tables_with_schema:
        if schema.sort:
            configured.add(table.span)
            known = entries.get(table.span, {})
            versions = [_rows(table, schema, known, alphabet) for alphabet in _alphabets(source[table.span])]
            yield from _report(table, _asked(versions), source)
    for bullets, list_schema in context.lists_with_schema:
        if list_schema.sort:
            configured.add(bullets.span)
            known, keys = entries.get(bullets.span, {}), list_schema.sort_keys
            versions = [_bullets(bullets, keys, known, alphabet) for alphabet in _alphabets(source[bullets.span])]
            yield from _report(bullets, _asked(versions), source)
    free = [listed for span, listed in entries.items() if span not in configured]
    for container, order in conventional_orders([[*filter(_is_intact, listed.values())] for listed in free]):
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


def _alphabets(text: str) -> tuple[Alphabet, ...]:
    """The alphabets in which *text* may be sorted; most texts have no letters that make a difference."""
    return ALPHABETS[:1] if text.isascii() else ALPHABETS


def _rows(table: Table, schema: TableSchema, entries: Mapping[Span, Entry], alphabet: Alphabet) -> list[Member]:
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
            key = _key([(one, _value(place, types.get(place.index), one, alphabet)) for one, place in places])
        members.append(Member(row.span, name, key))
    return members


def _value(place: ColumnCell, kind: ColumnType | None, key: SortKey, alphabet: Alphabet) -> Any:
    """By what the row of *place* is sorted; None where that says nothing."""
    if not place.text or place.placeholder:
        return None
    if kind in (ColumnType.YEAR, ColumnType.DATE, ColumnType.NUMBER):
        return parse_value(kind, place.text)
    return text_key(place.text, case=key.case, natural=key.natural, alphabet=alphabet)


def _bullets(bullets: List, keys: Sequence[SortKey], entries: Mapping[Span, Entry], alphabet: Alphabet) -> list[Member]:
    members = []
    for item in bullets.items:
        entry = entries.get(item.span)
        if entry is None:
            members.append(Member(item.span, ""))
            continue
        texts = {"name": entry.title, "description": entry.description, "url": entry.url}
        values = [
            (key, text_key(texts[key.column], case=key.case, natural=key.natural, alphabet=alphabet))
            for key in keys
            if key.column in texts
        ]
        members.append(Member(item.span, entry.title, _key(values)))
    return members


def _key(values: Sequence[tuple[SortKey, Any]]) -> tuple[Any, ...] | None:
    """The key of an entry with these values; None where one is missing."""
    if not values or any(value is None for _, value in values):
        return None
    return tuple(Descending(value) if key.direction is Direction.DESCENDING else value for key, value in values)


def _asked(versions: Sequence[Sequence[Member]]) -> Order:
    """The order that the configuration requires, by the alphabet that explains most; *versions* differ in that."""
    found = []
    for members in versions:
        known = [index for index, member in enumerate(members) if member.key is not None]
        kept = [known[index] for index in in_order([members[index].key for index in known])]
        found.append((members, kept, {*known} - {*kept}))
    members, kept, _ = max(found, key=lambda version: len(version[1]))
    wrong = sorted(set.intersection(*(outside for _, _, outside in found)))
    return Order(members, kept, wrong, "the configured order", is_convention=False)


def _report(container: Table | List, order: Order, source: Source) -> Iterator[Violation]:
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
    fix = _fix(container, order, slots, source) if _is_movable(container, members, source) else None
    severity = Severity.WARNING if order.is_convention else Severity.ERROR
    what = "row" if isinstance(container, Table) else "bullet and everything under it"
    if len(slots) > _MOST_REPORTED:
        first, *others = [members[index] for index in slots]
        related = tuple(Related(other.span, "Here too", too=True) for other in others)
        message = fitted("“{}” and {} other entries are not in {}", first.name, f"{len(others)}", order.name)
        yield Violation(_line(first, source), message, "Sort them", first.name, severity, related, fix)
        return
    for index, slot in slots.items():
        member = members[index]
        where, neighbour = ("before", members[order.kept[0]]) if slot is None else ("after", members[slot])
        message = f"“{member.name}” belongs {where} “{neighbour.name}” in {order.name}"
        related = (Related(neighbour.span, f"It belongs {where} this one"),)
        yield Violation(_line(member, source), message, f"Move the {what} there", member.name, severity, related, fix)


def _line(member: Member, source: Source) -> Span:
    """The first line of *member*."""
    line = source.line_span(source.position(member.span.start).line)
    return Span(member.span.start, min(member.span.end, line.end))


def _is_movable(container: Table | List, members: Sequence[Member], source: Source) -> bool:
    """Whether any two members can change places: all of them are known, and nothing damaged lies among them."""
    if isinstance(container, Table):
        width = len(container.header.cells)
        return len(members) == len(container.rows) and all(len(row.cells) == width for row in container.rows)
    markers = {(source.position(item.marker.start).column, source[item.marker]) for item in container.items}
    are_alike = len(markers) == 1 if not container.ordered else len({(at, len(text)) for at, text in markers}) == 1
    # What continues in further lines stands as far from the margin as its marker is wide.
    is_short = container.ordered and not any("\n" in source[item.span] for item in container.items)
    return len(members) == len(container.items) and (are_alike or is_short)


def _fix(container: Table | List, order: Order, slots: Mapping[int, int | None], source: Source) -> Fix:
    """Move the members in *slots* after those named there, everything else keeping its order."""
    members = order.members
    moved: defaultdict[int | None, list[int]] = defaultdict(list)
    for index in sorted(slots, key=lambda index: (members[index].key, index)):
        moved[slots[index]].append(index)
    final = moved[None]
    for index in range(len(members)):
        if index not in slots:
            final += index, *moved[index]
    parts = _parts(container, members)
    edits = tuple(
        Edit(here, source[there])
        for place, index in enumerate(final)
        if place != index
        for here, there in zip(parts[place], parts[index], strict=True)
    )
    return Fix(f"Sort in {order.name}", edits, Applicability.UNSAFE if order.is_convention else Applicability.SAFE)


def _parts(container: Table | List, members: Sequence[Member]) -> list[list[Span]]:
    """What of each member moves: all but the number of a row or of an item, which belong to their places."""
    if isinstance(container, List):
        items = container.items
        return [[Span(item.marker.end, item.span.end) if container.ordered else item.span] for item in items]
    counters = place_columns(container)
    if not counters:
        return [[member.span] for member in members]
    return [[cell.span for index, cell in enumerate(row.cells) if index not in counters] for row in container.rows]


RULE = Rule("unsorted-entries", Group.ENTRY, check, severity=Severity.WARNING)

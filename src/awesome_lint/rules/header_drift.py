"""Tables of one kind have headers that differ by a typo, in case, by a plural s or in order.

Lists grow by copying: a new section gets a new table, and its header is typed again.  With `License` here and
`Licence` there, `Method` and `Methods`, or two columns swapped, the tables cannot be processed together.

Two names are the same column if they differ only in case, white space and punctuation, a plural s, or a one-letter typo
in a long word.  They must be in tables that share at least two other columns, and never in the same table (`MAE` and
`MSE` are one letter apart).  The order of columns is compared among tables that have the same ones.

## Wrong

```markdown
## Datasets

| Name | Year | License |
| --- | --- | --- |
| Alpha | 2016 | MIT |

## More datasets

| Name | Year | License |
| --- | --- | --- |
| Beta | 2017 | MIT |

## Old datasets

| Name | Year | Licence |
| --- | --- | --- |
| Gamma | 1999 | MIT |
```

## Right

```markdown
## Datasets

| Name | Year | License |
| --- | --- | --- |
| Alpha | 2016 | MIT |

## Results

| Name | Year | MAE | MSE |
| --- | --- | --- | --- |
| Beta | 2017 | 1.2 | 2.3 |
```

## Configuration

A schema of `[[tables]]` names the columns.  `layout` says which of them a header must have: `any` (the default) only
the required ones, `minimum` all of them, `exact` all of them in this order and no others.  Anything else is an error.

## Fix

Without configuration, the spelling that most tables use replaces the other.  That is unsafe.

## Related rules

`inconsistent-value`, `mixed-placeholder`

## When to switch it off

If tables of one file are independent of each other and nobody reads them together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from awesome_lint.diagnostic import Applicability, Edit, Fix, Related, Severity, Violation
from awesome_lint.markdown import Cell, Table
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._messages import fitted
from awesome_lint.schema import Layout, TableSchema
from awesome_lint.semantic.cells import locate
from awesome_lint.semantic.conventions import convention
from awesome_lint.source import Source, Span
from awesome_lint.text.nearest import nearest
from awesome_lint.text.patterns import fold_case
from awesome_lint.text.spelling import is_typo, shapes, spelling_key

_SHARED_COLUMNS = 2
"""How many other columns two tables have in common before they are of one kind."""
_LONGEST_NAME = 40
_MOST_COLUMNS = 100
"""Longer names are prose, and wider tables are matrices."""
_LARGEST_SERIES = 8
"""More names than that which differ in one letter are a series."""
_LEAST_COLUMNS = 3
_LEAST_TABLES = 3
_CONVENTION = 0.75
"""The fewest columns of a table whose order counts; how many tables, and which share, agree on it."""


def check(context: Context) -> Iterator[Violation]:
    """Yield the headers of *context* that the configuration or the other tables contradict."""
    configured = dict[Span, TableSchema]()
    for table, schema in context.tables_with_schema:
        configured[table.span] = schema
        yield from _against_schema(table, schema)
    tables = [table for table in context.document.tables if table.span not in configured]
    tables = [table for table in tables if len(table.columns) <= _MOST_COLUMNS]
    yield from _drifted_names(tables, context.document.source)
    yield from _drifted_orders(tables)


def _against_schema(table: Table, schema: TableSchema) -> Iterator[Violation]:
    missing = _missing(table, schema)
    if missing:
        yield _error(
            table.header.span, fitted("The table has no {}", _columns(missing)), _advice(missing, table, schema)
        )
    if schema.layout is not Layout.EXACT:
        return
    known = [fold_case(name) for name in schema.columns]
    surplus = [cell for cell in table.header.cells if fold_case(cell.text) not in known]
    if surplus:
        names = _columns([cell.text for cell in surplus])
        yield _error(surplus[0].span, fitted("The table has an unexpected {}", names), "Remove it")
    if not missing and not surplus and [fold_case(name) for name in table.columns] != known:
        message = "The columns of the table are not in the configured order"
        yield _error(table.header.span, message, f"Put them in this order: {' | '.join(schema.columns)}")


def _missing(table: Table, schema: TableSchema) -> list[str]:
    """The columns that *table* lacks: of all that *schema* has, or of the required ones where any layout will do."""
    found = {fold_case(name) for name in table.columns}
    is_any = schema.layout is Layout.ANY
    wanted = [name for name, column in schema.columns.items() if column.required or not is_any]
    return [name for name in wanted if fold_case(name) not in found]


def _advice(missing: Sequence[str], table: Table, schema: TableSchema) -> str:
    """Which columns of *table* may be the *missing* ones under another name."""
    known = {fold_case(name) for name in schema.columns}
    others = [name for name in table.columns if fold_case(name) not in known]
    near = [(name, likest) for name in missing if (likest := nearest(name, others))]
    return "; ".join(f"Rename “{likest}” to “{name}”" for name, likest in near) or "Add it"


def _error(span: Span, message: str, help_text: str) -> Violation:
    return Violation(span, message, help_text, severity=Severity.ERROR)


def _columns(names: Sequence[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return f"column {quoted[0]}" if not quoted[1:] else f"columns {', '.join(quoted[:-1])} and {quoted[-1]}"


class _Name(Struct):
    """One spelling of a column's name, the header cells that have it, and the keys of the columns beside it."""

    text: str
    key: str
    rank: int
    cells: list[tuple[Cell, Table]] = field(default_factory=list)
    beside: set[str] = field(default_factory=set)
    tables: set[Span] = field(default_factory=set)

    @property
    def order(self) -> tuple[int, int]:
        """Sorts the names that most tables have first, and of equal ones that which comes first."""
        return -len(self.cells), self.rank


def _drifted_names(tables: Sequence[Table], source: Source) -> Iterator[Violation]:
    keys = {table.span: [spelling_key(name) for name in table.columns] for table in tables}
    names: dict[str, _Name] = {}
    for table in tables:
        for cell, key in zip(table.header.cells, keys[table.span], strict=True):
            text = " ".join(cell.text.split())
            if len(text) <= _LONGEST_NAME and any(map(str.isalpha, text)):
                name = names.setdefault(text, _Name(text, key, len(names)))
                name.cells.append((cell, table))
                name.tables.add(table.span)
                name.beside.update(other for other in keys[table.span] if other != key)
    for rare, best in _pairs(list(names.values())):
        cells = [
            (cell, table)
            for cell, table in rare.cells
            if len(best.beside & {*keys[table.span]} - {rare.key}) >= _SHARED_COLUMNS
        ]
        if cells:
            yield _drifted_name(rare, best, [cell for cell, _ in cells], source)


def _pairs(names: Sequence[_Name]) -> Iterator[tuple[_Name, _Name]]:
    """Each name that is another spelling of one that more tables have, with the most frequent of these."""
    index: defaultdict[str, list[_Name]] = defaultdict(list)
    for name in names:
        for shape in shapes(name.key):
            index[shape].append(name)
    for rare in names:
        groups = (index[shape] for shape in shapes(rare.key))
        near = {name.rank: name for group in groups if len(group) <= _LARGEST_SERIES for name in group}
        likely = [best for best in near.values() if best.order < rare.order and _is_same(rare, best)]
        if likely:
            yield rare, min(likely, key=lambda name: name.order)


def _is_same(rare: _Name, best: _Name) -> bool:
    shorter, longer = sorted((rare.key, best.key), key=len)
    if longer not in (shorter, f"{shorter}s") and not is_typo(rare.text, best.text):
        return False
    return rare.tables.isdisjoint(best.tables)


def _drifted_name(rare: _Name, best: _Name, cells: Sequence[Cell], source: Source) -> Violation:
    spans = [locate(rare.text, cell.content, source) for cell in cells]
    edits = tuple(Edit(span, best.text, replaces=rare.text) for span in spans if span)
    is_clear = len(edits) == len(cells) and len(best.cells) > len(rare.cells)
    first, *others = cells
    return Violation(
        first.span,
        fitted("The column “{}” is called “{}” in {}", rare.text, best.text, _count(len(best.cells))),
        f"Rename it to “{best.text}” if it is the same column",
        related=(
            *(Related(cell.span, "Here too", too=True) for cell in others),
            Related(best.cells[0][0].span, f"Here it is “{best.text}”"),
        ),
        key=rare.text,
        fix=Fix(f"Rename it to “{best.text}”", edits, Applicability.UNSAFE) if is_clear else None,
    )


def _count(tables: int) -> str:
    return f"{tables} other tables" if tables > 1 else "another table"


def _drifted_orders(tables: Sequence[Table]) -> Iterator[Violation]:
    kinds: defaultdict[frozenset[str], list[tuple[tuple[str, ...], Table]]] = defaultdict(list)
    for table in tables:
        keys = tuple(spelling_key(name) for name in table.columns)
        if len(keys) >= _LEAST_COLUMNS and len({*keys}) == len(keys):
            kinds[frozenset(keys)].append((keys, table))
    for members in kinds.values():
        orders = Counter(order for order, _ in members)
        best = convention(orders.elements(), least=_LEAST_TABLES, share=_CONVENTION)
        if best is None:
            continue
        model = next(table for order, table in members if order == best)
        for rare in orders:
            if rare != best:
                first, *others = [table for order, table in members if order == rare]
                usual = _count(orders[best])
                yield Violation(
                    first.header.span,
                    f"This table has its columns in a different order from {usual} with the same columns",
                    f"Put them in that order: {' | '.join(model.columns)}",
                    related=(
                        *(Related(table.header.span, "Here too", too=True) for table in others),
                        Related(model.header.span, "This is the usual order"),
                    ),
                )


RULE = Rule("header-drift", Group.TABLE, check, severity=Severity.WARNING)

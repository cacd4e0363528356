"""The conventions of tables: one schema for each kind of table, that is, for each header."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from msgspec.structs import replace

from awesome_lint.config.places import KeyPath
from awesome_lint.inference.columns import ColumnInference
from awesome_lint.inference.evidence import LEAST
from awesome_lint.inference.order import sort_keys, sort_value
from awesome_lint.inference.probe import TableProbe
from awesome_lint.markdown import Table
from awesome_lint.rule import Context
from awesome_lint.schema import ColumnSchema, ColumnType, SortKey, TableSchema
from awesome_lint.semantic.columns import ColumnCell
from awesome_lint.text.patterns import fold_case
from awesome_lint.text.placeholders import Placeholder
from awesome_lint.text.sorting import in_order

_MOST_KINDS = 8
"""How many kinds of tables are described at most; a list with more has no conventions about them."""
_MISPLACED = 0.02
"""Which share of the dates may be out of order; of names none, for they may be sorted in ways that no key describes."""

Notes = dict[KeyPath, str]


def infer_tables(context: Context) -> Iterator[tuple[TableSchema, Notes]]:
    """A schema for each kind of table with entries in the document, the more general before the more special ones."""
    bound = frozenset(fold_case(binding.column.header) for binding in context.bindings)
    for names in _kinds(context):
        probe = TableProbe(context, names)
        inference = ColumnInference(probe, bound)
        inference.infer()
        columns = {name: settings for name, settings in inference.schemas.items() if settings != ColumnSchema()}
        notes: Notes = {("columns", name): "; ".join(inference.remarks[name]) for name in columns}
        schema = TableSchema(header=names, columns=columns)
        if sort := _infer_sort(probe, inference.schemas):
            schema = replace(schema, sort=(sort.column if sort == SortKey(column=sort.column) else sort,))
        if (placeholder := _infer_placeholder(probe)) is not None:
            schema = replace(schema, placeholder=placeholder)
        if schema != TableSchema(header=names):
            yield _without_header(schema, context, probe.tables), {(): _describe(probe), **notes}


def _infer_sort(probe: TableProbe, columns: Mapping[str, ColumnSchema]) -> SortKey | None:
    """By which column the rows are sorted, if there is one: the first one, that of the names, or one of dates."""
    found: list[tuple[int, int, SortKey]] = []
    for index, name in enumerate(probe.names):
        kind, steps = columns[name].type, _steps(probe, name)
        is_dated = kind in (ColumnType.YEAR, ColumnType.DATE)
        if steps >= LEAST and (is_dated or index == 0 or name in probe.titles):
            most = _MISPLACED * len(probe.values[name]) if is_dated else 0
            tried = ((_misplaced(probe, name, key, kind), key) for key in sort_keys(name))
            found += ((faults, -steps, key) for faults, key in tried if faults <= most)
    return min(found, key=lambda item: item[:2], default=(0, 0, None))[2]


def _misplaced(probe: TableProbe, name: str, key: SortKey, kind: ColumnType | None) -> int:
    """How many rows are out of the order of *key*."""
    count = 0
    for _, places in groupby(probe.values[name], key=lambda place: place.table.span):
        found = [sort_value(place.text, key, kind) for place in places]
        values = [value for value in found if value is not None]
        count += len(values) - len(in_order(values))
    return count


def _steps(probe: TableProbe, name: str) -> int:
    """How many rows of the column *name* differ from the one above: so many times an order shows, or does not."""
    places = probe.values[name]
    return sum(one.table is two.table and fold_case(one.text) != fold_case(two.text) for one, two in pairwise(places))


def _infer_placeholder(probe: TableProbe) -> str | None:
    """How an empty cell is written, if always in one way."""
    cells = [
        ColumnCell(cell, index, row, table)
        for table in probe.tables
        for row in table.rows
        if len(row.cells) == len(table.header.cells)
        for index, cell in enumerate(row.cells)
    ]
    kinds = {each.text: kind for each in cells if (kind := each.placeholder) not in (None, Placeholder.UNKNOWN)}
    counts = Counter(each.text for each in cells if each.text in kinds)
    text, count = next(iter(counts.most_common(1)), ("", 0))
    return text if count >= LEAST and count == counts.total() and kinds[text].is_sign else None


def _kinds(context: Context) -> list[tuple[str, ...]]:
    """The column names of the kinds of tables with enough entries."""
    rows: Counter[frozenset[str]] = Counter()
    names: dict[frozenset[str], tuple[str, ...]] = {}
    for table in {entry.container.span: entry.container for entry in context.entries}.values():
        if isinstance(table, Table):
            written = {fold_case(name): " ".join(name.split()) for name in table.columns if name.strip()}
            kind = frozenset(written)
            names.setdefault(kind, tuple(written.values()))
            rows[kind] += sum(len(row.cells) == len(table.header.cells) for row in table.rows)
    large = [kind for kind, count in rows.most_common(_MOST_KINDS) if count >= LEAST]
    return [names[kind] for kind in sorted(large, key=len)]


def _describe(probe: TableProbe) -> str:
    count = len(probe.tables)
    rows = sum(len(table.rows) for table in probe.tables)
    return f"{'One table' if count == 1 else f'{count} tables'} with {rows} rows"


def _without_header(schema: TableSchema, context: Context, tables: Sequence[Table]) -> TableSchema:
    """*schema* without its header if its columns select the same *tables*: a new one may then lack some columns."""
    open_schema = replace(schema, header=())
    if not schema.columns:
        return schema
    document = context.document
    selected = [
        table for table in document.tables if open_schema.selects(table.columns, document.section_at(table.span.start))
    ]
    return open_schema if selected == list(tables) else schema

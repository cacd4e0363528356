"""What the rules would find if tables had a certain schema."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from msgspec.structs import replace

from awesome_lint.markdown import Table
from awesome_lint.rule import Context, Rule
from awesome_lint.schema import ColumnSchema, Schemas, TableSchema
from awesome_lint.semantic.columns import ColumnCell
from awesome_lint.semantic.titles import title_column
from awesome_lint.source import Span, Spans
from awesome_lint.text.patterns import fold_case


class TableProbe:
    """The tables of a document that have all of certain columns."""

    def __init__(self, context: Context, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self._selector = TableSchema(header=self.names)
        self._context = context

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables, in source order."""
        return tuple(table for table, _ in self._under(self._selector).tables_with_schema)

    @cached_property
    def places(self) -> dict[str, list[ColumnCell]]:
        """The cells of each column, in rows that fit their header."""
        found: dict[str, list[ColumnCell]] = {name: [] for name in self.names}
        by_key = {fold_case(name): name for name in self.names}
        schema = replace(self._selector, columns=dict.fromkeys(self.names, ColumnSchema()))
        for place, _ in self._under(schema).cells_with_schema:
            found[by_key[fold_case(place.header)]].append(place)
        return found

    @cached_property
    def values(self) -> dict[str, list[ColumnCell]]:
        """Those of the places that say something, and not that there is nothing to say."""
        return {name: [place for place in places if place.placeholder is None] for name, places in self.places.items()}

    @cached_property
    def titles(self) -> frozenset[str]:
        """The columns in which the tables name their entries."""
        found = ((table, title_column(table)) for table in self.tables)
        keys = {fold_case(table.columns[index]) for table, index in found if index is not None}
        return frozenset(name for name in self.names if fold_case(name) in keys)

    def faulty_cells(self, rule: Rule, columns: Mapping[str, ColumnSchema]) -> dict[str, int]:
        """In how many cells of each column *rule* would find something if these were the schemas of the *columns*."""
        if not columns:
            return dict.fromkeys(self.names, 0)
        found: defaultdict[str, set[Span]] = defaultdict(set)
        for violation in rule.find(self._under(replace(self._selector, columns=columns))):
            if cell := self._spans.at(violation.span.start):
                found[self._columns[cell]].add(cell)
        return {name: len(found[name]) for name in self.names}

    @cached_property
    def _columns(self) -> dict[Span, str]:
        """The columns of the cells by their spans, each one character longer, for a cell may be empty."""
        return {
            Span(place.span.start, place.span.end + 1): name for name, places in self.places.items() for place in places
        }

    @cached_property
    def _spans(self) -> Spans:
        return Spans(self._columns)

    def _under(self, schema: TableSchema) -> Context:
        return self._context.with_schemas(Schemas((schema,)))

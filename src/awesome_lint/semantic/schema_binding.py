"""Which tables, lists and cells the schemas of a configuration are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from awesome_lint.markdown import Document, List, Table
from awesome_lint.schema import ColumnSchema, Condition, ListSchema, Schemas, TableSchema
from awesome_lint.semantic.columns import ColumnCell
from awesome_lint.semantic.entries import Entry
from awesome_lint.semantic.toc import lists_of
from awesome_lint.text.patterns import fold_case


def bind_tables(document: Document, schemas: Schemas) -> Iterator[tuple[Table, TableSchema]]:
    """Each table of *document* that *schemas* select, with what they say about it."""
    for table in document.tables if schemas.tables else ():
        schema = schemas.of_table(table.columns, document.section_at(table.span.start))
        if schema:
            yield table, schema


def bind_lists(document: Document, schemas: Schemas, entries: Iterable[Entry]) -> Iterator[tuple[List, ListSchema]]:
    """Each list of *entries* of *document* that *schemas* select, with what they say about it."""
    if not schemas.lists:
        return
    containers = {entry.container.span for entry in entries}
    for outer in document.lists:
        for bullets in lists_of(outer):
            if bullets.span in containers:
                schema = schemas.of_list(document.section_at(bullets.span.start))
                if schema:
                    yield bullets, schema


def bind_conditions(
    tables: Iterable[tuple[Table, TableSchema]],
) -> Iterator[tuple[Condition, Mapping[str, ColumnCell]]]:
    """Each condition of the schemas of *tables* with the cells, by case-folded header, of a row that it fits."""
    for table, schema in tables:
        headers = [fold_case(header) for header in table.columns]
        for row in table.rows if schema.conditions else ():
            if len(row.cells) == len(headers):
                pairs = zip(headers, enumerate(row.cells), strict=True)
                cells = {header: ColumnCell(cell, index, row, table) for header, (index, cell) in pairs}
                texts = {header: cell.text for header, cell in cells.items()}
                yield from ((condition, cells) for condition in schema.conditions if condition.fits(texts))


def bind_cells(tables: Iterable[tuple[Table, TableSchema]]) -> Iterator[tuple[ColumnCell, ColumnSchema]]:
    """Each cell of *tables* whose column has a schema; rows with a wrong count of cells are left out."""
    for table, schema in tables:
        columns = schema.bind(table.columns)
        for row in table.rows:
            if len(row.cells) == len(table.header.cells):
                for index, column in columns.items():
                    yield ColumnCell(row.cells[index], index, row, table), column

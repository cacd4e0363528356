"""The tables and lists about which the configuration says something."""

from __future__ import annotations

from collections.abc import Iterator

from awesome_lint.markdown import List, Table
from awesome_lint.rule import Context
from awesome_lint.schema import ColumnSchema, ListSchema, TableSchema
from awesome_lint.semantic.cells import Place
from awesome_lint.semantic.toc import lists_of


def tables_with_schema(context: Context) -> Iterator[tuple[Table, TableSchema]]:
    """Each table of *context* that is meant by a schema, with what is said about it."""
    if context.schemas.tables:
        for table in context.document.tables:
            schema = context.schemas.of_table(table.columns, context.document.section_at(table.span.start))
            if schema:
                yield table, schema


def lists_with_schema(context: Context) -> Iterator[tuple[List, ListSchema]]:
    """Each list of entries of *context* that is meant by a schema, with what is said about it."""
    if context.schemas.lists:
        containers = {entry.container.span for entry in context.entries}
        for outer in context.document.lists:
            for bullets in lists_of(outer):
                if bullets.span in containers:
                    schema = context.schemas.of_list(context.document.section_at(bullets.span.start))
                    if schema:
                        yield bullets, schema


def places_with_schema(context: Context) -> Iterator[tuple[Place, ColumnSchema]]:
    """Each cell of *context* about whose column something is said; rows with a wrong count of cells are left out."""
    for table, schema in tables_with_schema(context):
        columns = schema.bind(table.columns)
        for row in table.rows:
            if len(row.cells) == len(table.header.cells):
                for index, column in columns.items():
                    yield Place(row.cells[index], index, row, table), column

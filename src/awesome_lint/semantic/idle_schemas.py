"""What of a configuration fits nothing in a document: a schema, one of its globs, a column, a pattern."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from awesome_lint.markdown import Document, Heading, Table
from awesome_lint.schema import CountSchema, ListSchema, Schemas, TableSchema
from awesome_lint.semantic.entries import Entry
from awesome_lint.semantic.toc import lists_of
from awesome_lint.text.patterns import fold_case

IdlePath = tuple[str | int, ...]
"""The keys and indices that lead to what fits nothing: ``("tables", 0, "columns", "Year")``."""
_Sections = Sequence[tuple[Heading, ...]]


def idle_schemas(document: Document, schemas: Schemas, entries: Iterable[Entry]) -> Iterator[IdlePath]:
    """Yield what of *schemas* fits nothing in *document*, whose entries are *entries*.

    Of a schema that means no table or list, that is the schema itself and all that is in it.
    """
    tables = [(table, document.section_at(table.span.start)) for table in document.tables]
    for index, schema in enumerate(schemas.tables):
        yield from (("tables", index, *path) for path in _in_table(schema, tables))
    if schemas.lists or schemas.counts:
        found = list(entries)
        containers = {entry.container.span for entry in found}
        lists = (bullets for outer in document.lists for bullets in lists_of(outer) if bullets.span in containers)
        sections = [document.section_at(bullets.span.start) for bullets in lists]
        for index, each in enumerate(schemas.lists):
            yield from (("lists", index, *path) for path in _in_list(each, sections))
        for index, count in enumerate(schemas.counts):
            yield from (("counts", index, *path) for path in _in_count(count, found, document))


def _in_table(schema: TableSchema, tables: Sequence[tuple[Table, tuple[Heading, ...]]]) -> Iterator[IdlePath]:
    meant = [table for table, section in tables if schema.selects(table.columns, section)]
    if not meant:
        yield ()
    if schema.section and not any(schema.fits_section(section) for _, section in tables):
        yield ("section",)
    if schema.header and not any(schema.fits_header(table.columns) for table, _ in tables):
        yield ("header",)
    known = {fold_case(name) for table in meant for name in table.columns}
    yield from (("columns", name) for name in schema.columns if fold_case(name) not in known)
    for index, key in enumerate(schema.sort_keys):
        if fold_case(key.column) not in known:
            yield "sort", index


def _in_list(schema: ListSchema, sections: _Sections) -> Iterator[IdlePath]:
    if not any(schema.selects(section) for section in sections):
        yield ()
        if schema.section:
            yield ("section",)


def _in_count(schema: CountSchema, entries: Sequence[Entry], document: Document) -> Iterator[IdlePath]:
    if not all(part in document.source.text for part in schema.pattern.split("{n}")):
        yield ("pattern",)
    if schema.section and not any(schema.selects(entry.section) for entry in entries):
        yield ("section",)

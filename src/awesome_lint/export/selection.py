"""What is exported of a document: its tables and bullets, or those of some sections, some columns and some rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from awesome_lint.export.where import Condition
from awesome_lint.markdown import Cell, Document, Heading, Row, Table
from awesome_lint.regex import regex
from awesome_lint.schema import ColumnSchema, Schemas, TableSchema
from awesome_lint.semantic.entries import Entry
from awesome_lint.semantic.model import ListModel
from awesome_lint.source import Span
from awesome_lint.text.patterns import fold_case

_SEPARATOR = regex(r"\s*[,;、，；/+&|]\s*")


class Wanted(Struct, frozen=True):
    """What is to be exported.

    ``sections`` are globs for headings, of which one must fit (one that begins with ``!`` leaves sections out),
    ``columns`` are names in the order in which they are wanted; without any it is all of them.
    ``tables`` and ``lists`` say which of the two are.
    """

    sections: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    condition: Condition | None = None
    tables: bool = True
    lists: bool = True

    def names(self) -> set[str]:
        """The names of all columns that are wanted."""
        return {*self.columns, *(name for name, _ in (self.condition.columns() if self.condition else ()))}


class Part(Struct, frozen=True):
    """A table, or a part of one.

    ``indices`` are those of the wanted columns, None where all cells are wanted, those without a header too.
    ``schema`` is what the configuration says about the table.
    """

    table: Table
    section: tuple[Heading, ...]
    schema: TableSchema | None
    indices: tuple[int, ...] | None
    rows: tuple[Row, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        names = self.table.columns
        return names if self.indices is None else tuple(names[index] for index in self.indices)

    def cells(self, row: Row) -> tuple[Cell | None, ...]:
        """The cells of *row* under `columns`, None for one that it lacks; as it has them where all are wanted."""
        if self.indices is None:
            return row.cells
        return tuple(row.cells[index] if index < len(row.cells) else None for index in self.indices)

    def column_schemas(self) -> list[ColumnSchema | None]:
        """The schema of each of `columns`."""
        bound = self.schema.bind(self.table.columns) if self.schema else {}
        indices = range(len(self.table.columns)) if self.indices is None else self.indices
        return [bound.get(index) for index in indices]


class Bullets(Struct, frozen=True):
    """The entries of one list, those of the lists nested in it aside, with the headings above them.

    Passages of one form in one section make up a list as well.
    """

    section: tuple[Heading, ...]
    entries: tuple[Entry, ...]


class Selection(Struct, frozen=True):
    """What is exported of one document: tables or parts of such, and lists, each in source order."""

    document: Document
    parts: tuple[Part, ...]
    lists: tuple[Bullets, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it holds neither a row nor a bullet."""
        return not self.lists and not any(part.rows for part in self.parts)


def select(document: Document, schemas: Schemas, wanted: Wanted) -> Selection:
    """The parts of *document* that are *wanted*.

    With names of columns, tables without any of these are left out; with a condition, those that lack one of its own.
    Bullets have no columns, so either leaves them out.
    """
    within = TableSchema(section=wanted.sections)
    parts = []
    for table in document.tables if wanted.tables else ():
        section = document.section_at(table.span.start)
        if within.selects(table.columns, section):
            part = _part(table, section, schemas.of_table(table.columns, section), wanted)
            if part:
                parts.append(part)
    has_lists = wanted.lists and not wanted.columns and not wanted.condition
    lists = tuple(_bullets(document, within)) if has_lists else ()
    return Selection(document, tuple(parts), lists)


def _bullets(document: Document, within: TableSchema) -> Iterator[Bullets]:
    found: defaultdict[Span, list[Entry]] = defaultdict(list)
    for entry in ListModel(document).entries:
        if not isinstance(entry.origin, Row) and within.selects((), entry.section):
            found[entry.container.span].append(entry)
    yield from (Bullets(entries[0].section, tuple(entries)) for entries in found.values())


def missing_names(documents: Iterable[Document], wanted: Wanted) -> tuple[list[str], list[str]]:
    """The names in *wanted* that no table of *documents* has as a column, and the names that there are."""
    known = {fold_case(name): name for document in documents for table in document.tables for name in table.columns}
    return sorted(name for name in wanted.names() if fold_case(name) not in known), [*filter(None, known.values())]


def _part(table: Table, section: tuple[Heading, ...], schema: TableSchema | None, wanted: Wanted) -> Part | None:
    places: dict[str, int] = {}
    for index, name in enumerate(table.columns):
        places.setdefault(fold_case(name), index)
    indices = tuple(places[fold_case(name)] for name in wanted.columns if fold_case(name) in places)
    rows = _rows(table, places, schema, wanted.condition)
    if rows is None or (wanted.columns and not indices):
        return None
    return Part(table, section, schema, indices if wanted.columns else None, rows)


def _rows(
    table: Table, places: dict[str, int], schema: TableSchema | None, condition: Condition | None
) -> tuple[Row, ...] | None:
    """The rows for which *condition* holds; None where *table* lacks a column of it."""
    if condition is None:
        return table.rows
    if any(fold_case(name) not in places for name, _ in condition.columns()):
        return None
    schemas = schema.bind(table.columns) if schema else {}

    def holds(row: Row) -> bool:
        def values(name: str) -> Sequence[str]:
            index = places[fold_case(name)]
            text = row.cells[index].text if index < len(row.cells) else ""
            return _values(text, schemas.get(index))

        return condition.holds(values)

    return tuple(row for row in table.rows if holds(row))


def _values(text: str, schema: ColumnSchema | None) -> list[str]:
    """The text of a cell, and the values that it holds if there are several."""
    whole = " ".join(text.split())
    parts = _SEPARATOR.split(whole)
    for separator in schema.separators if schema else ():
        parts += whole.split(separator)
    return [whole, *(part.strip() for part in parts if part.strip() not in ("", whole))]

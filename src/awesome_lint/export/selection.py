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

PARTS = ("Name", "URL", "Description", "Tags")
"""What an entry that is no row of a table has instead of columns."""
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

    Passages of one form in one section make up a list as well.  ``tags`` are those of each entry, as they are written.
    """

    section: tuple[Heading, ...]
    entries: tuple[Entry, ...]
    tags: tuple[tuple[str, ...], ...]


class Selection(Struct, frozen=True):
    """What is exported of one document: tables or parts of such, and lists, each in source order."""

    model: ListModel
    parts: tuple[Part, ...]
    lists: tuple[Bullets, ...] = ()

    @property
    def document(self) -> Document:
        """The document itself."""
        return self.model.document

    @property
    def is_empty(self) -> bool:
        """Whether it holds neither a row nor a bullet."""
        return not self.lists and not any(part.rows for part in self.parts)


def select(model: ListModel, schemas: Schemas, wanted: Wanted) -> Selection:
    """The parts of the document of *model* that are *wanted*.

    With names of columns, tables without any of these are left out; with a condition, those that lack one of its own.
    What is no row of a table has no columns, so names of columns leave it out; a condition finds `PARTS` in it, and the
    columns of an HTML table.
    """
    document, within = model.document, TableSchema(section=wanted.sections)
    parts = []
    for table in document.tables if wanted.tables else ():
        section = document.section_at(table.span.start)
        if within.selects(table.columns, section):
            part = _part(table, section, schemas.of_table(table.columns, section), wanted)
            if part:
                parts.append(part)
    has_lists = wanted.lists and not wanted.columns
    lists = tuple(_bullets(model, within, wanted.condition)) if has_lists else ()
    return Selection(model, tuple(parts), lists)


def single_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Each of *tags* by itself: `Go/Docker` is two."""
    return tuple(tag for each in tags for tag in each.split("/") if tag)


def description_of(entry: Entry, tags: Iterable[str]) -> str:
    """The description of *entry* without its *tags*, which stand at its end."""
    return entry.description.removesuffix(" ".join(tags)).rstrip()


def _bullets(model: ListModel, within: TableSchema, condition: Condition | None) -> Iterator[Bullets]:
    tags: defaultdict[Span, list[str]] = defaultdict(list)
    for column in model.tags:
        for tag in column.tags:
            tags[tag.entry.span].append(tag.text)
    found: defaultdict[Span, list[Entry]] = defaultdict(list)
    for entry in model.entries:
        is_listed = not isinstance(entry.origin, Row) and within.selects((), entry.section)
        if is_listed and (condition is None or _holds(condition, entry, tags[entry.span])):
            found[entry.container.span].append(entry)
    for entries in found.values():
        yield Bullets(entries[0].section, tuple(entries), tuple(tuple(tags[entry.span]) for entry in entries))


def _holds(condition: Condition, entry: Entry, tags: Sequence[str]) -> bool:
    """Whether *condition* holds for *entry*, which has these *tags* and is no row; no where it lacks what is asked."""
    texts = {fold_case(name): _values(cell.text, None) for name, cell in entry.fields.items()}
    parts = ([entry.title], [entry.url], [description_of(entry, tags)], [" ".join(tags), *single_tags(tags)])
    texts = dict(zip(map(fold_case, PARTS), parts, strict=True)) | texts
    is_known = all(fold_case(name) in texts for name, _ in condition.columns())
    return is_known and condition.holds(lambda name: texts[fold_case(name)])


def missing_names(models: Sequence[ListModel], wanted: Wanted) -> tuple[list[str], list[str]]:
    """The names in *wanted* that nothing in *models* has, and the names that there are.

    These are the columns of tables and, for a condition on what is no row, also of HTML tables, and `PARTS`.
    """
    known = {fold_case(name): name for model in models for table in model.document.tables for name in table.columns}
    if wanted.lists and wanted.condition and not wanted.columns:
        entries = [entry for model in models for entry in model.entries]
        others = [entry for entry in entries if not isinstance(entry.origin, Row)]
        names = [*(PARTS if others else ()), *(name for entry in others for name in entry.fields)]
        known = {fold_case(name): name for name in names} | known
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

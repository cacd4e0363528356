"""The fields of a new entry in a table or list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from awesome_lint.adding.rows import links_names
from awesome_lint.adding.target import Target
from awesome_lint.markdown import Table
from awesome_lint.schema import ColumnSchema, Schemas
from awesome_lint.semantic.entries import Entry
from awesome_lint.semantic.headers import Meaning, is_called
from awesome_lint.semantic.titles import link_column, title_column

NAME, URL, DESCRIPTION = "name", "url", "description"


class Field(Struct, frozen=True):
    """One thing to fill in.

    ``key`` is `NAME`, `URL` or `DESCRIPTION`, or None for a cell of the column called ``label``.  ``values`` are those
    that the configuration allows, empty if it allows any.
    """

    key: str | None
    label: str
    required: bool = False
    values: tuple[str, ...] = ()


def fields_of(target: Target, schemas: Schemas) -> list[Field]:
    """The fields of a new entry of *target*, in the order of its columns; *schemas* say which must be filled in."""
    if isinstance(target.container, Table):
        return list(_of_row(target.container, target.entries, schemas))
    schema = schemas.of_list(target.entries[0].section)
    is_described = bool(schema and schema.description and schema.description.required)
    has_links = _has_links(target.entries)
    return [
        Field(NAME, "Name", required=True),
        Field(URL, "URL", required=has_links),
        Field(DESCRIPTION, "Description", required=is_described),
    ]


def _of_row(table: Table, entries: Sequence[Entry], schemas: Schemas) -> Iterator[Field]:
    schema = schemas.of_table(table.columns, entries[0].section)
    columns = schema.bind(table.columns) if schema else {}
    title, links = title_column(table), link_column(table)
    is_linked = links_names(entries)
    for index, header in enumerate(table.columns):
        rules = columns.get(index, ColumnSchema())
        if index == title:
            yield Field(NAME, header or "Name", required=True)
            if is_linked:
                yield Field(URL, "URL", required=_has_links(entries))
        elif index == links and not is_linked:
            yield Field(URL, header or "URL", rules.required)
        elif header:
            key = DESCRIPTION if is_called(header, Meaning.DESCRIPTION) else None
            yield Field(key, header, rules.required, rules.values)


def _has_links(entries: Sequence[Entry]) -> bool:
    """Whether each of *entries* has a link."""
    return all(entry.link for entry in entries)

"""Tables and lists as JSON: one document for all of them, or one line for each row or bullet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from awesome_lint.export.selection import Bullets, Part, Selection, description_of, single_tags
from awesome_lint.markdown import Cell, Document, Heading, Row
from awesome_lint.report.json import dumps
from awesome_lint.schema import ColumnSchema
from awesome_lint.semantic.entries import Entry
from awesome_lint.semantic.values import Value, parse_value
from awesome_lint.text.placeholders import find_placeholder


def selection_as_data(selection: Selection) -> dict[str, Any]:
    """``{"path", "tables": [{"line", "section", "columns", "alignments", "rows"}], "lists": [{"line", "section",
    "entries"}]}``; lines start at 1.

    A row is ``{"line", "cells": [{"text", "markdown", "links": [{"text", "url"}]}]}``, with as many cells as it has; if
    columns are selected, with a cell for each of these.  Where the configuration has a schema for the table, a row also
    has ``"values"``: by the name of the column a number, a boolean, a text, a list of these where the schema has a
    separator, or null where the cell holds no value.  What is not of the type that the schema requires stays a text.

    An entry of a list is ``{"line", "name", "url", "description", "tags": [text], "markdown", "links": [{"text",
    "url"}]}``; a row of an HTML table also has ``"fields"``, its texts by the names of the columns.
    """
    document = selection.document
    return {
        "path": document.source.path,
        "tables": [
            {
                "line": _line(part.table.header, document),
                "section": _headings(part.section),
                "columns": list(part.columns),
                "alignments": _alignments(part),
                "rows": [_row_as_data(row, part, document) for row in part.rows],
            }
            for part in selection.parts
        ],
        "lists": [
            {
                "line": _line(bullets.entries[0], document),
                "section": _headings(bullets.section),
                "entries": list(_entries_as_data(bullets, document)),
            }
            for bullets in selection.lists
        ],
    }


def render_json(selections: Sequence[Selection], *, as_list: bool) -> str:
    """The selections as a JSON array, or the only one as an object."""
    data = [selection_as_data(selection) for selection in selections]
    return dumps(data if as_list else data[0])


def render_json_lines(selections: Sequence[Selection]) -> str:
    """One JSON object for each row, ``{"path", "section", "columns", "line", "cells"}`` and ``"values"`` as above.

    For a bullet it is ``{"path", "section"}`` and what an entry of a list has above.
    """
    return "".join(dumps(data, indent=None) for selection in selections for data in _lines_of(selection))


def _lines_of(selection: Selection) -> Iterator[dict[str, Any]]:
    document = selection.document
    for part in selection.parts:
        head = {"path": document.source.path, "section": _headings(part.section), "columns": list(part.columns)}
        yield from (head | _row_as_data(row, part, document) for row in part.rows)
    for bullets in selection.lists:
        head = {"path": document.source.path, "section": _headings(bullets.section)}
        yield from (head | each for each in _entries_as_data(bullets, document))


def _entries_as_data(bullets: Bullets, document: Document) -> Iterator[dict[str, Any]]:
    for entry, tags in zip(bullets.entries, bullets.tags, strict=True):
        yield _entry_as_data(entry, tags, document)


def _entry_as_data(entry: Entry, tags: Sequence[str], document: Document) -> dict[str, Any]:
    content = entry.content
    data: dict[str, Any] = {
        "line": _line(entry, document),
        "name": entry.title,
        "url": entry.url,
        "description": description_of(entry, tags),
        "tags": list(single_tags(tags)),
        "markdown": document.source[content.span] if content else "",
        "links": [{"text": link.text, "url": link.url} for link in content.links] if content else [],
    }
    if entry.fields:
        data["fields"] = {name: cell.text for name, cell in entry.fields.items()}
    return data


def _row_as_data(row: Row, part: Part, document: Document) -> dict[str, Any]:
    data: dict[str, Any] = {
        "line": _line(row, document),
        "cells": [_cell_as_data(cell, document) for cell in part.cells(row)],
    }
    if part.schema:
        data["values"] = _values(row, part)
    return data


def _cell_as_data(cell: Cell | None, document: Document) -> dict[str, Any]:
    if cell is None:
        return {"text": "", "markdown": "", "links": []}
    links = [{"text": link.text, "url": link.url} for link in cell.content.links]
    return {"text": cell.text, "markdown": document.source[cell.span], "links": links}


def _values(row: Row, part: Part) -> dict[str, Any]:
    values: dict[str, Any] = {}
    columns = zip(part.columns, part.cells(row), part.column_schemas(), strict=False)
    for name, cell, schema in columns:
        values.setdefault(name, _value(cell, schema))
    return values


def _value(cell: Cell | None, schema: ColumnSchema | None) -> Value | list[Value] | None:
    text = " ".join(cell.text.split()) if cell else ""
    urls = [link.url for link in cell.content.links if not link.image] if cell else []
    if find_placeholder(text) is not None and not urls:
        return None
    if schema is None:
        return text
    if not schema.separators:
        return _typed(text, urls, schema)
    parts = [text]
    for separator in schema.separators:
        parts = [inner.strip() for part in parts for inner in part.split(separator)]
    return [_typed(part, (), schema) for part in parts if part]


def _typed(text: str, urls: Sequence[str], schema: ColumnSchema) -> Value:
    value = parse_value(schema.type, text, urls) if schema.type else None
    return text if value is None else value


def _headings(section: Sequence[Heading]) -> list[str]:
    return [heading.text for heading in section]


def _alignments(part: Part) -> list[str | None]:
    found = part.table.alignments
    return list(found if part.indices is None else (found[index] for index in part.indices))


def _line(row: Row | Entry, document: Document) -> int:
    return document.source.position(row.span.start).line

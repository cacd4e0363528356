"""The tables of a document as data: what ``awesome-lint export`` prints."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from awesome_lint.markdown import Cell, Document, Row, Table
from awesome_lint.report.inert import inert
from awesome_lint.report.json import dumps


def document_as_data(document: Document) -> dict[str, Any]:
    """``{"path", "tables": [{"line", "section", "columns", "alignments", "rows"}]}``; lines start at 1.

    A row is ``{"line", "cells": [{"text", "markdown", "links": [{"text", "url"}]}]}``, with as many cells as it has.
    """
    return {
        "path": document.source.path,
        "tables": [
            {
                "line": _line(table.header, document),
                "section": _section(table, document),
                "columns": list(table.columns),
                "alignments": list(table.alignments),
                "rows": [_row_as_data(row, document) for row in table.rows],
            }
            for table in document.tables
        ],
    }


def render_json(documents: Sequence[Document], *, as_list: bool) -> str:
    """The documents as a JSON array, or the only one as an object."""
    data = [document_as_data(document) for document in documents]
    return dumps(data if as_list else data[0])


def render_json_lines(documents: Sequence[Document]) -> str:
    """One JSON object a row: ``{"path", "section", "columns", "line", "cells"}``."""
    return "".join(
        dumps(
            {
                "path": document.source.path,
                "section": _section(table, document),
                "columns": list(table.columns),
                **_row_as_data(row, document),
            },
            indent=None,
        )
        for document, table, row in _rows(documents)
    )


def render_csv(documents: Sequence[Document], delimiter: str = ",") -> str:
    """One line a row: path, line, section, the cells' texts under the columns of all tables, and the row's links.

    Columns of the same name share one; cells beyond the header's stand in columns without a name.
    """
    keys = list(dict.fromkeys(key for _, table, row in _rows(documents) for key, _ in _fields(table, row)))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(["path", "line", "section", *(inert(name) for name, _ in keys), "links"])
    for document, table, row in _rows(documents):
        texts = dict(_fields(table, row))
        section = " / ".join(_section(table, document))
        links = " ".join(link.url for cell in row.cells for link in cell.content.links)
        values = [document.source.path, section, *(texts.get(key, "") for key in keys), links]
        path, *rest = map(inert, values)
        writer.writerow([path, _line(row, document), *rest])
    return out.getvalue()


def _rows(documents: Sequence[Document]) -> Iterator[tuple[Document, Table, Row]]:
    return ((document, table, row) for document in documents for table in document.tables for row in table.rows)


def _fields(table: Table, row: Row) -> Iterator[tuple[tuple[str, int], str]]:
    """The texts of a row's cells, each under its column's name and how many columns of that name stand before it."""
    seen: Counter[str] = Counter()
    names = table.columns + ("",) * (len(row.cells) - len(table.columns))
    for name, cell in zip(names, row.cells, strict=False):
        yield (name, seen[name]), cell.text
        seen[name] += 1


def _row_as_data(row: Row, document: Document) -> dict[str, Any]:
    return {"line": _line(row, document), "cells": [_cell_as_data(cell, document) for cell in row.cells]}


def _cell_as_data(cell: Cell, document: Document) -> dict[str, Any]:
    links = [{"text": link.text, "url": link.url} for link in cell.content.links]
    return {"text": cell.text, "markdown": document.source[cell.span], "links": links}


def _section(table: Table, document: Document) -> list[str]:
    return [heading.text for heading in document.section_at(table.span.start)]


def _line(row: Row, document: Document) -> int:
    return document.source.position(row.span.start).line

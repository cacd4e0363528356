"""The cells under one header, whichever table they stand in, and the places of their values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from awesome_lint.markdown import Cell, Document, Inline, Row, Table
from awesome_lint.semantic.titles import fold_title
from awesome_lint.source import Source, Span

_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Place:
    """The cell at ``index`` of a row, which has as many cells as the header of its table."""

    cell: Cell
    index: int
    row: Row
    table: Table

    @property
    def text(self) -> str:
        """What a reader sees, on one line."""
        return " ".join(self.cell.text.split())

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in the cell but comments, which nobody sees."""
        start, end = self.cell.span
        content = self.cell.content
        if start == end:
            return True
        return bool(content.comments) and not (self.text or content.links or content.broken_links or content.tags)

    @property
    def header(self) -> str:
        """The header of its column."""
        return " ".join(self.table.columns[self.index].split())


@dataclass(frozen=True, slots=True)
class Column:
    """The cells under one header in source order; rows with another cell count than their header's are left out."""

    header: str
    places: tuple[Place, ...]


def find_columns(document: Document) -> list[Column]:
    """The columns of all tables of *document*; headers that are spelled alike share theirs."""
    found: dict[str, tuple[str, list[Place]]] = {}
    for table in document.tables:
        width = len(table.header.cells)
        rows = [row for row in table.rows if len(row.cells) == width]
        for index, header in enumerate(table.columns):
            name = " ".join(header.split())
            _, places = found.setdefault(fold_title(name) or name, (name, []))
            places += (Place(row.cells[index], index, row, table) for row in rows)
    return [Column(header, tuple(places)) for header, places in found.values()]


def locate(text: str, content: Inline, source: Source) -> Span | None:
    """The one place where *text* stands in *content* as words of its own, outside of addresses; else None."""
    hidden = [tag.span for tag in content.tags] + [*content.comments]
    hidden += (Span(link.text_span.end, link.span.end) for link in content.links if link.text_span.end < link.span.end)
    found = [span for span in _occurrences(text, content.span, source.text) if not _is_within(span, hidden)]
    return found[0] if len(found) == 1 else None


def _occurrences(text: str, within: Span, source: str) -> Iterator[Span]:
    """Where *text* stands in *source* between characters that are part of no word."""
    start = within.start
    while text and (at := source.find(text, start, within.end)) >= 0:
        start = end = at + len(text)
        if not _WORD.match(source, at - 1, at) and not _WORD.match(source, end, min(end + 1, within.end)):
            yield Span(at, end)


def _is_within(span: Span, others: Iterable[Span]) -> bool:
    return any(other.start < span.end and span.start < other.end for other in others)

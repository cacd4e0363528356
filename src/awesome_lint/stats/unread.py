"""What looks like the entries of a list and is not read as such."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from awesome_lint.markdown import Document, Row
from awesome_lint.semantic.html_shapes import Html, generated_grids
from awesome_lint.semantic.model import ListModel
from awesome_lint.semantic.passages import Shape, find_candidates, leads_to_web
from awesome_lint.semantic.titles import title_column
from awesome_lint.source import Span, Spans

_LEAST = 3
"""Fewer of a kind under one heading are no way of writing entries, unless there are no other entries."""
_NOUNS = {
    "rows": ("table row", "table rows"),
    "paragraphs": ("paragraph", "paragraphs"),
    "quotes": ("block quote", "block quotes"),
    "details": ("<details> element", "<details> elements"),
    "html-rows": ("row of an HTML table", "rows of HTML tables"),
}
SHAPES = {
    Shape.PARAGRAPH: ("paragraph", "paragraphs"),
    Shape.QUOTE: ("block quote", "block quotes"),
    Shape.DETAILS: ("<details> element", "<details> elements"),
    Shape.HTML_ROW: ("row of an HTML table", "rows of HTML tables"),
    Shape.GRID: ("image in a grid", "images in grids"),
}
"""What an entry of each shape is called, and several of them."""


class Unread(Struct, frozen=True):
    """How many pieces of one kind look like entries, and the line (from 1) of the first one.

    ``kind`` is ``rows`` (of tables), ``paragraphs``, ``quotes``, ``details`` or ``html-rows``.
    """

    kind: str
    count: int
    line: int


def find_unread(model: ListModel) -> tuple[Unread, ...]:
    """What looks like entries in the document of *model* and is none of its entries."""
    document, entries = model.document, model.entries
    read = {entry.span for entry in entries}
    passages = [each.passage for each in find_candidates(document) if each.passage.span not in read]
    html, starts = Html(document), sorted(entry.span.start for entry in entries)
    found = {
        "rows": list(_nameless_rows(model)),
        "paragraphs": [each.span for each in passages if each.shape is Shape.PARAGRAPH],
        "quotes": [each.span for each in passages if each.shape is Shape.QUOTE],
        "details": list(_details(html, starts)),
        "html-rows": list(_html_rows(html, starts)),
    }
    if entries:
        found = {kind: _frequent(spans, document) for kind, spans in found.items()}
    position = document.source.position
    return tuple(Unread(kind, len(spans), position(spans[0].start).line) for kind, spans in found.items() if spans)


def describe_unread(unread: Unread, done: str) -> str:
    """A sentence that tells that *unread* is not *done*, such as "counted", and where it begins."""
    noun = _NOUNS[unread.kind][unread.count > 1]
    verb = "look like entries and are" if unread.count > 1 else "looks like an entry and is"
    where = f"the first on line {unread.line}" if unread.count > 1 else f"on line {unread.line}"
    reason = ": no column of the table names entries" if unread.kind == "rows" else ""
    return f"{unread.count:,} {noun} {verb} not {done}, {where}{reason}"


def _frequent(spans: Sequence[Span], document: Document) -> list[Span]:
    """Those of *spans* that stand under one heading with enough others: one may introduce a section."""
    sections = [document.section_at(span.start)[-1:] for span in spans]
    counts = Counter(sections)
    return [span for span, section in zip(spans, sections, strict=True) if counts[section] >= _LEAST]


def _nameless_rows(model: ListModel) -> Iterator[Span]:
    """The rows of the tables in which no column names the entries, beside entries only those that lead to the web."""
    apart = Spans([*(legend.span for legend in model.legends), *([model.contents.span] if model.contents else ())])
    for table in model.document.tables:
        if title_column(table) is None and not apart.contain(table.span):
            yield from (row.span for row in table.rows if not model.entries or _is_linked(row))


def _is_linked(row: Row) -> bool:
    return any(leads_to_web(link) for cell in row.cells for link in cell.content.links)


def _details(html: Html, entries: Sequence[int]) -> Iterator[Span]:
    """The elements ``details`` that hold a link to the web, but no other element of the kind and no entry."""
    start: int | None = None
    for tag in html.tags("details"):
        if not tag.closing:
            start = tag.span.start
        elif start is not None:
            span = Span(start, tag.span.end)
            if any(map(leads_to_web, html.links(span))) and not _is_one_within(entries, span):
                yield span
            start = None


def _is_one_within(starts: Sequence[int], span: Span) -> bool:
    place = bisect_left(starts, span.start)
    return place < len(starts) and starts[place] < span.end


def _html_rows(html: Html, entries: Sequence[int]) -> Iterator[Span]:
    """The rows of HTML tables that hold a link to the web and no entry, those of a grid of contributors aside."""
    generated = Spans(generated_grids(html.document))
    rows = [tag for tag in html.tags("tr", "table") if tag.name == "table" or not tag.closing]
    ends = [*(tag.span.start for tag in rows[1:]), len(html.document.source.text)]
    for tag, end in zip(rows, ends, strict=False):
        row = Span(tag.span.start, end)
        leads = tag.name == "tr" and row.start not in generated and any(map(leads_to_web, html.links(row)))
        if leads and not _is_one_within(entries, row):
            yield row

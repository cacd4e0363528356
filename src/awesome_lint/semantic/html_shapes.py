"""Entries in HTML: the rows of tables, the cells of grids of images, and elements that fold their text away."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from html import unescape
from itertools import pairwise
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from awesome_lint.markdown import (
    Cell,
    Document,
    Heading,
    HtmlBlock,
    HtmlTag,
    Inline,
    Link,
    LinkKind,
    Paragraph,
    Row,
    Table,
)
from awesome_lint.regex import regex
from awesome_lint.semantic.passages import Candidate, Passage, Shape, leads_to_web, names_people, stands_alone
from awesome_lint.semantic.titles import find_name, is_label, link_column, title_column
from awesome_lint.source import Span, Spans
from awesome_lint.text.urls import split_url

_T = TypeVar("_T")
_CONTRIBUTORS = regex(r"ALL-CONTRIBUTORS-LIST:(?P<edge>START|END)")
_BADGE = regex(r"badge|shields\.io", re.IGNORECASE)
_WORD = regex(r"\w")
_PROFILE = regex(r"/[^/]+/?")
_LONGEST_CAPTION = 80
"""A cell of a grid with more text describes what its picture shows; the picture's own text names it."""


class HtmlRow(Struct, frozen=True):
    """A row of an HTML table, from its tag to the end of its last cell, and where the contents of its cells stand."""

    span: Span
    cells: tuple[Span, ...]
    is_header: bool


class HtmlTable(Struct, frozen=True):
    """An HTML table; it ``is_regular`` where no cell spans others and it contains no table.

    ``has_headers`` tells whether any of its cells is a header, of a column or of a row.
    """

    span: Span
    rows: tuple[HtmlRow, ...]
    is_regular: bool
    has_headers: bool


class Html:
    """The HTML of a document: its tags, and what a reader sees between them."""

    def __init__(self, document: Document) -> None:
        self.document = document
        found = [tag for block in document.blocks if isinstance(block, HtmlBlock) for tag in block.tags]
        found += document.inline_tags
        self._tags = sorted(found, key=lambda tag: tag.span)
        self._starts = [tag.span.start for tag in self._tags]
        self._links = document.links
        self._link_starts = [link.span.start for link in self._links]
        self._comments = document.comments
        self._comment_starts = [comment.start for comment in self._comments]
        texts = (block for block in document.blocks if isinstance(block, Heading | Paragraph))
        self._contents = [block.content for block in texts]
        self._content_starts = [content.span.start for content in self._contents]

    def tags(self, *names: str) -> list[HtmlTag]:
        """The tags of these *names*, in source order."""
        return [tag for tag in self._tags if tag.name in names]

    @cached_property
    def tables(self) -> list[HtmlTable]:
        """The outermost tables, in source order."""
        found: list[HtmlTable] = []
        inner: list[HtmlTag] = []
        depth = 0
        for tag in self.tags("table", "tr", "td", "th"):
            if tag.name == "table":
                depth = max(0, depth + (-1 if tag.closing else 1))
            inner.append(tag)
            if depth == 0:
                if inner[0].name == "table" and not inner[0].closing:
                    found.append(_table(inner))
                inner = []
        return found

    def links(self, span: Span) -> tuple[Link, ...]:
        """The links and images in *span*."""
        return tuple(_within(self._links, self._link_starts, span))

    def inline(self, span: Span) -> Inline:
        """What stands in *span*, as if it were one text."""
        tags = tuple(_within(self._tags, self._starts, span))
        comments = tuple(_within(self._comments, self._comment_starts, span))
        links = tuple(self._plain(link) for link in self.links(span))
        return Inline(span, self.text(span), links, tags=tags, comments=comments)

    def _plain(self, link: Link) -> Link:
        """*link* with the text that a reader sees, where that is written with tags; an image alone is its own text."""
        if link.kind is not LinkKind.HTML or link.image or "<" not in link.text:
            return link
        images = [each.text for each in self.links(link.text_span) if each.image]
        return replace(link, text=self.text(link.text_span) or next(iter(images), ""))

    def text(self, span: Span) -> str:
        """What a reader sees in *span*, images aside: of Markdown the text, of HTML what stands between tags."""
        parts: list[str] = []
        done = span.start
        hidden = [(tag.span, " ") for tag in _within(self._tags, self._starts, span)]
        hidden += [(comment, "") for comment in _within(self._comments, self._comment_starts, span)]
        hidden += [(each.span, each.text) for each in _within(self._contents, self._content_starts, span)]
        for (start, end), text in sorted(hidden):
            if start >= done:
                parts += unescape(self.document.source.text[done:start]), text
                done = end
        parts.append(unescape(self.document.source.text[done : span.end]))
        return " ".join("".join(parts).split())


def _table(tags: Sequence[HtmlTag]) -> HtmlTable:
    """The table that begins with the first of *tags* and ends with the last of them."""
    rows: list[HtmlRow] = []
    start, cells, is_header = -1, list[Span](), True
    for tag, following in pairwise(tags):
        if tag.name == "tr":
            if cells:
                rows.append(HtmlRow(Span(start, cells[-1].end), tuple(cells), is_header))
            start, cells, is_header = tag.span.start, [], True
        elif tag.name != "table" and not tag.closing and start >= 0:
            cells.append(Span(tag.span.end, following.span.start))
            is_header = is_header and tag.name == "th"
    if cells:
        rows.append(HtmlRow(Span(start, cells[-1].end), tuple(cells), is_header))
    spanning = any(tag.attributes.get(name, ("1",))[0] != "1" for tag in tags for name in ("rowspan", "colspan"))
    is_nested = sum(tag.name == "table" for tag in tags) > 2
    has_headers = any(tag.name == "th" for tag in tags)
    return HtmlTable(
        Span(tags[0].span.start, tags[-1].span.end), tuple(rows), not spanning and not is_nested, has_headers
    )


def _within(things: Sequence[_T], starts: Sequence[int], span: Span) -> Sequence[_T]:
    """Those of *things*, which begin at *starts*, that begin in *span*."""
    return things[bisect_left(starts, span.start) : bisect_left(starts, span.end)]


def find_in_tables(html: Html) -> Iterator[Candidate]:
    """The rows and cells of HTML tables that may be entries."""
    generated = Spans(generated_grids(html.document))
    for table in html.tables:
        is_of_people = names_people(html.document.section_at(table.span.start))
        if table.is_regular and not is_of_people and table.span.start not in generated:
            yield from _of_table(table, html)


def generated_grids(document: Document) -> Iterator[Span]:
    """Where a bot keeps the pictures of a project's contributors."""
    start = 0
    for match in _CONTRIBUTORS.finditer(document.source.text):
        if match["edge"] == "START":
            start = match.start()
        else:
            yield Span(start, match.end())


def _of_table(table: HtmlTable, html: Html) -> Iterator[Candidate]:
    cells = [span for row in table.rows for span in row.cells if html.links(span)]
    pictures = [span for span in cells if _is_picture(html.links(span))]
    if not table.has_headers and cells and 2 * len(pictures) > len(cells):
        yield from _of_grid(table, pictures, html)
    else:
        yield from _of_rows(table, html)


def _of_grid(table: HtmlTable, pictures: Sequence[Span], html: Html) -> Iterator[Candidate]:
    """The cells of a grid of pictures, unless most of these lead to people."""
    found = []
    people = 0
    for span in pictures:
        content = html.inline(span)
        link = _web_link(content.links)
        people += link is not None and _is_profile(link.url)
        caption = content.text if len(content.text) <= _LONGEST_CAPTION else ""
        shown = next((each.text for each in content.links if each.image and each.text), "")
        title = _caption_of(content) or caption or shown
        found.append(Candidate(Passage(span, Shape.GRID, content), f"{table.span.start}", title, span, link))
    if 2 * people < len(found):
        yield from found


def _is_picture(links: Sequence[Link]) -> bool:
    """Whether *links* are those of one picture that leads to the web; badges say something about an entry."""
    images = [link.url for link in links if link.image]
    return len(images) == 1 and _web_link(links) is not None and not _BADGE.search(images[0])


def _caption_of(content: Inline) -> str:
    """The text of the first link of *content* that is more than its picture."""
    return next((link.text.strip() for link in _worded(content.links) if not is_label(link.text)), "")


def _worded(links: Sequence[Link]) -> list[Link]:
    """Those of *links* that lead to the web and show words, not only a picture."""
    pictures = {link.text.strip() for link in links if link.image} | {""}
    return [link for link in links if leads_to_web(link) and link.text.strip() not in pictures]


def _is_profile(url: str) -> bool:
    parts = split_url(url)
    return parts is not None and parts.host == "github.com" and _PROFILE.fullmatch(parts.path) is not None


def _of_rows(table: HtmlTable, html: Html) -> Iterator[Candidate]:
    """The rows of *table*, if most of them have a name and a link."""
    source = html.document.source
    names = [row for row in table.rows if row.is_header][:1]
    width = len(names[0].cells) if names else max((len(row.cells) for row in table.rows), default=0)
    rows = [row for row in table.rows if not row.is_header and len(row.cells) == width]
    if not rows or not width:
        return
    edge = Span(table.span.start, table.span.start)
    header = _row(names[0], html) if names else Row(edge, (Cell(edge, Inline(edge, "")),) * width, ())
    read = Table(table.span, header, Row(edge, (), ()), (None,) * width, tuple(_row(row, html) for row in rows))
    column = title_column(read)
    if column is None:
        return
    links = link_column(read)
    found = []
    for row in read.rows:
        name = find_name(row.cells[column].content, source, in_table=True)
        linked = [column, *([links] if links is not None else ()), *range(width)]
        link = next((link for index in linked for link in _worded(row.cells[index].content.links)), None)
        fields: dict[str, Cell] = {}
        for text, cell in zip(read.columns, row.cells, strict=True):
            if text:
                fields.setdefault(text, cell)
        passage = Passage(row.span, Shape.HTML_ROW, html.inline(row.span))
        found.append(Candidate(passage, f"{table.span.start}", name.text, row.cells[column].span, link, fields))
    if 2 * sum(each.is_telling for each in found) > len(found):
        yield from found


def _row(row: HtmlRow, html: Html) -> Row:
    return Row(row.span, tuple(Cell(span, html.inline(span)) for span in row.cells), ())


def _web_link(links: Sequence[Link]) -> Link | None:
    return next(filter(leads_to_web, links), None)


def find_folded(html: Html, taken: Sequence[int]) -> Iterator[Candidate]:
    """The innermost ``details`` elements whose summary names something to which a link beside it or below leads.

    An element that holds one of the entries that begin at the offsets *taken*, in ascending order, folds a part of the
    list away and is none itself.
    """
    opening: HtmlTag | None = None
    summary: list[HtmlTag] = []
    for tag in html.tags("details", "summary"):
        if tag.name == "summary":
            summary.append(tag)
        elif not tag.closing:
            opening, summary = tag, []
        else:
            if opening and [each.closing for each in summary] == [False, True]:
                span, place = Span(opening.span.start, tag.span.end), Span(summary[0].span.end, summary[1].span.start)
                if bisect_left(taken, span.start) == bisect_left(taken, span.end):
                    yield _folded_candidate(span, place, html)
            opening = None


def _folded_candidate(span: Span, place: Span, html: Html) -> Candidate:
    content = html.inline(span)
    named = html.inline(place)
    link = _web_link(named.links)
    title = find_name(named, html.document.source, in_table=True).text if link else named.text
    if link is None:
        below = [each for each in content.links if leads_to_web(each)]
        first = next(iter(below), None)
        if first and not _WORD.search(html.text(Span(place.end, first.span.start))):
            link = first
        text = html.document.source.text
        link = link or next((each for each in below if is_label(each.text) and stands_alone(each, content, text)), None)
    return Candidate(Passage(span, Shape.DETAILS, content), "details", title, place, link)

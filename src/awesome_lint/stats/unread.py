"""What looks like the entries of a list and is not read as such: paragraphs, block quotes, details and HTML tables."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from awesome_lint.markdown import Document, HtmlBlock, HtmlTag, Paragraph
from awesome_lint.regex import regex
from awesome_lint.semantic.entries import Entry
from awesome_lint.source import Span
from awesome_lint.text.urls import Target, classify

_LEAST = 3
"""Fewer of a kind under one heading are no way of writing entries, unless there are no other entries."""
_NAME_FIRST = regex(r"(?::[a-z0-9_+-]+:|[^\w*\[<])*(?:\d+[.)]\s*)?(?:\*\*|__|\[(?!!)|<(?:a|b|strong)\b)")
"""The start of a paragraph that begins with a link or bold text, emoji and numbers aside."""
_NOUNS = {
    "paragraphs": ("paragraph", "paragraphs"),
    "quotes": ("block quote", "block quotes"),
    "details": ("<details> element", "<details> elements"),
    "html-rows": ("row of an HTML table", "rows of HTML tables"),
}
_CONTRIBUTORS = regex(r"ALL-CONTRIBUTORS-LIST:(?P<edge>START|END)")


class Unread(Struct, frozen=True):
    """How many pieces of one kind look like entries, and the line (from 1) of the first one.

    ``kind`` is ``paragraphs``, ``quotes``, ``details`` or ``html-rows``.
    """

    kind: str
    count: int
    line: int


def find_unread(document: Document, entries: Sequence[Entry]) -> tuple[Unread, ...]:
    """What of *document* looks like entries and is none of *entries*."""
    paragraphs, quotes = _paragraphs(document)
    found = {
        "paragraphs": paragraphs,
        "quotes": quotes,
        "details": list(_details(document, sorted(entry.span.start for entry in entries))),
        "html-rows": list(_html_rows(document)),
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
    return f"{unread.count:,} {noun} {verb} not {done}, {where}"


def _frequent(spans: Sequence[Span], document: Document) -> list[Span]:
    """Those of *spans* that stand under one heading with enough others: one may introduce a section."""
    sections = [document.section_at(span.start)[-1:] for span in spans]
    counts = Counter(sections)
    return [span for span, section in zip(spans, sections, strict=True) if counts[section] >= _LEAST]


def _paragraphs(document: Document) -> tuple[list[Span], list[Span]]:
    """The paragraphs outside of lists that begin with a name and lead to the web, and those of them in quotes."""
    outer = sorted(bullets.span for bullets in document.lists)
    starts = [span.start for span in outer]
    plain: list[Span] = []
    quoted: list[Span] = []
    for block in document.blocks:
        if not isinstance(block, Paragraph):
            continue
        place = bisect_right(starts, block.span.start) - 1
        is_listed = place >= 0 and outer[place].contains(block.span)
        leads = any(not link.image and classify(link.url) is Target.WEB for link in block.content.links)
        if leads and not is_listed and _NAME_FIRST.match(document.source.text, *block.content.span):
            line = document.source.line_span(document.source.position(block.span.start).line)
            is_quoted = ">" in document.source.text[line.start : block.span.start]
            (quoted if is_quoted else plain).append(block.span)
    return plain, quoted


def _tags(document: Document, *names: str) -> list[HtmlTag]:
    """The tags of these names in *document*, in source order."""
    found = [tag for block in document.blocks if isinstance(block, HtmlBlock) for tag in block.tags]
    found += (tag for inline in document.inlines for tag in inline.tags)
    return sorted((tag for tag in found if tag.name in names), key=lambda tag: tag.span)


def _details(document: Document, entries: Sequence[int]) -> Iterator[Span]:
    """The elements ``details`` that hold a link to the web, but no other element of the kind and no entry."""
    links = _links(document)
    start: int | None = None
    for tag in _tags(document, "details"):
        if not tag.closing:
            start = tag.span.start
        elif start is not None:
            span = Span(start, tag.span.end)
            if _is_one_within(links, span) and not _is_one_within(entries, span):
                yield span
            start = None


def _links(document: Document) -> list[int]:
    """Where the links of *document* to the web begin, images aside."""
    return sorted(link.span.start for link in document.links if not link.image and classify(link.url) is Target.WEB)


def _is_one_within(starts: Sequence[int], span: Span) -> bool:
    place = bisect_left(starts, span.start)
    return place < len(starts) and starts[place] < span.end


def _html_rows(document: Document) -> Iterator[Span]:
    """The rows of HTML tables that hold a link to the web, those of a generated grid of contributors aside."""
    grid: list[Span] = []
    start = 0
    for match in _CONTRIBUTORS.finditer(document.source.text):
        if match["edge"] == "START":
            start = match.start()
        else:
            grid.append(Span(start, match.end()))
    rows = [tag for tag in _tags(document, "tr", "table") if tag.name == "table" or not tag.closing]
    links = _links(document)
    ends = [*(tag.span.start for tag in rows[1:]), len(document.source.text)]
    for tag, end in zip(rows, ends, strict=False):
        row = Span(tag.span.start, end)
        is_generated = any(span.contains(tag.span) for span in grid)
        if tag.name == "tr" and not is_generated and _is_one_within(links, row):
            yield row

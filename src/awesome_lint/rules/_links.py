"""What the rules about links share: the destinations of a document, and how to refer to a link and its place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from awesome_lint.diagnostic import Applicability, Edit, Fix, Violation
from awesome_lint.markdown import BrokenKind, BrokenLink, Document, Link, LinkKind
from awesome_lint.regex import regex
from awesome_lint.rule import Context
from awesome_lint.source import Source, Span, Spans

_LINK = regex(r"!?\[([^\[\]]*)\]\([^()]*\)")
_MARKUP = regex(r"[\[\]*`\\]|<[^<>]*>")
_LONGEST_NAME = 48
_WEB = regex(r"https?:/|www\.", re.IGNORECASE)
_PATH_PIECE = regex(r"[/._=?&%-]\w")
_QUOTES = tuple("\"'\u201c\u201d\u2018\u2019\u00ab\u300c")


class Destination(Struct, frozen=True):
    """A destination as it is written: that of a link, or of a definition that links refer to.

    ``span`` is where it is, ``place`` the whole link or definition, ``text`` the link's text or the label.
    """

    url: str
    span: Span
    place: Span
    text: str
    kind: LinkKind
    image: bool = False


def destinations(document: Document) -> Iterator[Destination]:
    """All destinations of *document* that are written beside a text; bare URLs and ``<…>`` are not among them."""
    labels: set[str] = set()
    for link in document.links:
        if link.kind in (LinkKind.INLINE, LinkKind.HTML):
            yield Destination(link.url, link.destination_span, link.span, link.text, link.kind, link.image)
        elif link.kind is LinkKind.REFERENCE:
            labels.add(fold_label(document.source[link.destination_span]))
    for definition in document.definitions:
        label = fold_label(definition.label)
        if label in labels:
            labels.discard(label)  # of several definitions of one label the first counts
            span = definition.destination_span
            yield Destination(definition.url, span, definition.span, definition.label, LinkKind.REFERENCE)


def invisible_anchors(document: Document) -> frozenset[Span]:
    """The links without a text by which headings with a text give themselves an anchor: ``### [](#name)Name``."""
    return frozenset(
        link.span
        for heading in document.headings
        for link in heading.content.links
        if heading.text.strip() and not (link.image or link.text.strip()) and len(link.url) > 1 and link.url[0] == "#"
    )


def rewrite(destination: Destination, text: str, applicability: Applicability) -> Fix | None:
    """Put *text* in the place of *destination*; None for a definition: its links would change untouched."""
    if destination.kind is LinkKind.REFERENCE:
        return None
    return Fix(f"Write {text}", (Edit(destination.span, text),), applicability)


def fold_label(label: str) -> str:
    """The form in which labels of definitions are compared (https://spec.commonmark.org/0.31.2/#matches)."""
    return " ".join(label.casefold().split())


def is_truncated(link: BrokenLink) -> bool:
    """Whether *link* is cut off; the other broken links are malformed."""
    if link.kind is BrokenKind.SPACED:
        return breaks_off(link.destination)
    return link.kind in (BrokenKind.UNCLOSED, BrokenKind.TAG)


def breaks_off(destination: str) -> bool:
    """Whether what follows the first space of *destination* is prose: no second address, title or rest of the path."""
    first, _, rest = destination.partition(" ")
    rest = rest.strip()
    if not _WEB.match(first) or "\n" in destination or not rest:
        return False
    is_path = " " not in rest and _PATH_PIECE.search(rest)
    return not (is_path or _WEB.search(rest) or rest.startswith(_QUOTES))


def describe_link(text: str, *, image: bool = False) -> str:
    """How a message begins to refer to a link with *text*, as written or as shown."""
    name = shorten(text)
    kind = "image" if image else "link"
    return f"The {kind} “{name}”" if name else f"This {kind}"


def shorten(text: str) -> str:
    """*text* in one line, without markup and not too long for a sentence."""
    words = " ".join(_MARKUP.sub("", _LINK.sub(r"\1", text[:1000])).split())
    return words if len(words) <= _LONGEST_NAME else words[: _LONGEST_NAME - 1].rstrip() + "…"


class RowShape(NamedTuple):
    """A table row: its span, its number of cells and that of its header."""

    span: Span
    cells: int
    columns: int


class ListIndex:
    """Where in the list something stands: its row, and the entry's title."""

    def __init__(self, context: Context) -> None:
        self._titles = context.entry_names
        self._entries = Spans(self._titles)
        self._shapes = {row.span: row for row in _rows(context.document)}
        self._rows = Spans(self._shapes)

    def entry_at(self, offset: int) -> str:
        """The title of the entry at *offset*, or empty if there is none."""
        span = self._entries.at(offset)
        return self._titles[span] if span else ""

    def name(self, violation: Violation) -> Violation:
        """*violation* with the title of the entry in which it stands."""
        return replace(violation, entry=self.entry_at(violation.span.start))

    def row_at(self, offset: int) -> RowShape | None:
        """The row at *offset*."""
        span = self._rows.at(offset)
        return self._shapes[span] if span else None


def _rows(document: Document) -> Iterator[RowShape]:
    for table in document.tables:
        yield from (RowShape(row.span, len(row.cells), len(table.header.cells)) for row in table.rows)
    for group in document.detached_rows:
        yield from (RowShape(row.span, len(row.cells), len(group.table.header.cells)) for row in group.rows)


def holds_link(document: Document, span: Span) -> bool:
    """Whether a link, no image, lies within *span*."""
    links = document.links
    index = bisect_left(links, span.start, key=lambda link: link.span.start)
    while index < len(links) and links[index].span.start < span.end:
        if not links[index].image:
            return True
        index += 1
    return False


def stolen_parens(document: Document) -> list[Link]:
    """Links that are closed by a ``)`` meant for the text around them: ``([x](https://a.org )``.

    Such a link has a space before its ``)``, and one ``(`` before it on its line is never closed.
    """
    found: list[Link] = []
    for inline in document.inlines:
        spaced = [link for link in inline.links if _has_space_before_paren(document.source, link)]
        if spaced:
            links = (link.span for link in inline.links if link.kind is not LinkKind.BARE)
            taken = Spans((*links, *inline.code_spans))
            for paren in _open_parens(document.source, inline.span, taken):
                index = bisect_right(spaced, paren, key=lambda link: link.span.start)
                if index < len(spaced) and "\n" not in document.source[Span(paren, spaced[index].span.start)]:
                    found.append(spaced.pop(index))
    return sorted(found, key=lambda link: link.span)


def _has_space_before_paren(source: Source, link: Link) -> bool:
    return (
        link.kind is LinkKind.INLINE
        and bool(link.url)
        and source[Span(link.destination_span.end, link.span.end)].strip() == ")"
        and link.span.end - link.destination_span.end > 1
    )


def _open_parens(source: Source, span: Span, taken: Spans) -> list[int]:
    """The offsets of the ``(`` in *span*, outside *taken*, that have no ``)``."""
    opened: list[int] = []
    for match in re.compile(r"\\.|[()]", re.DOTALL).finditer(source.text, *span):
        if match[0] in "()" and match.start() not in taken:
            if match[0] == "(":
                opened.append(match.start())
            elif opened:
                opened.pop()
    return opened

"""The table of contents of a document and the headings after it, and the items that it lacks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote

from msgspec import Struct

from awesome_lint.diagnostic import Applicability, Edit, Fix
from awesome_lint.markdown import Document, Heading, LinkKind
from awesome_lint.regex import regex
from awesome_lint.rules._anchor_guess import AnchorGuesser
from awesome_lint.semantic.entries import fold_title
from awesome_lint.semantic.toc import Contents, ContentsItem, fragment, items_of, targets_of
from awesome_lint.source import Span
from awesome_lint.text.nearest import nearest

_MOST_COMPARED = 10_000
"""How many pairs of an item and a heading are compared in one gap of the contents."""
_ALIKE = 80
"""The likeness, of 100, of two fragments that may mean the same section."""
_NUMBER = regex(r"\d+")
_COMMENTED_LINK = regex(r"\]\(#([^()\s]+)\)")
_PLAIN = regex(r"[^\[\]\\<>*_`~|]+")
_BULLET = regex(r"[ \t>]*[-*+][ \t]+[*_]*")
_EMPHASIS = regex(r"[*_]*[ \t]*")


class Outline(Struct, frozen=True):
    """The contents and the headings after it.

    ``listed`` maps the anchor of each heading that the contents lists in one way or another to its item, None where
    the item has no link or where it is not certain which one it is.  ``taken`` are the anchors of headings that lead to
    another heading, which an earlier ``<a name>`` gives the same one.
    """

    document: Document
    contents: Contents
    headings: tuple[Heading, ...]
    listed: Mapping[str, ContentsItem | None]
    taken: frozenset[str]


def find_outline(document: Document, contents: Contents) -> Outline:
    headings = tuple(h for h in document.headings if h.span.start >= contents.span.end and fold_title(h.text))
    listed: dict[str, ContentsItem | None] = {}
    for item in contents.items:
        if item.heading:
            listed.setdefault(item.heading.anchor, item)
    bullets = [item.content for outer in contents.lists for item in items_of(outer) if item.content]
    labels = {fold_title(content.text) for content in bullets if not content.links}
    listed.update((h.anchor, None) for h in headings if h.anchor not in listed and fold_title(h.text) in labels)
    listed.update((anchor, None) for anchor in _commented_out(document) if anchor not in listed)
    listed.update(_meant(document, contents, [h for h in headings if h.anchor not in listed]))
    targets = targets_of(document)
    taken = frozenset(heading.anchor for heading in headings if targets[heading.anchor] is not heading)
    return Outline(document, contents, headings, listed, taken)


def _commented_out(document: Document) -> Iterator[str]:
    """The anchors to which links in comments lead: they were taken out on purpose."""
    for comment in document.comments:
        yield from (unquote(match[1]) for match in _COMMENTED_LINK.finditer(document.source[comment]))


def _meant(
    document: Document, contents: Contents, unlisted: list[Heading]
) -> Iterator[tuple[str, ContentsItem | None]]:
    """The anchors of those *unlisted* headings that items with a dangling link mean, by their text or their place."""
    namesakes = {fold_title(heading.text): heading.anchor for heading in unlisted}
    anchors = {heading.anchor for heading in unlisted}
    guesser: AnchorGuesser | None = None
    places = [heading.span.start for heading in unlisted]
    waiting: list[ContentsItem] = []
    before = compared = 0
    for item in (*contents.items, None):
        if item is None or item.heading:
            after = bisect_left(places, item.heading.span.start) if item and item.heading else len(places)
            yield from _meant_in_gap(unlisted[before:after], waiting)
            before, waiting = max(before, after), []
        elif fragment(item.link) not in document.anchors:
            guesser = guesser or AnchorGuesser(document, document.anchors, contents)
            guess = guesser.guess(fragment(item.link) or "", item.link.text, item.link.span.start)
            likely = guess.anchor if guess and guess.anchor in anchors else None
            namesake = namesakes.get(fold_title(item.link.text), likely)
            alike = _alike(fragment(item.link) or "", anchors) if compared <= _MOST_COMPARED else None
            compared += len(anchors)
            if alike and alike != namesake:
                yield alike, None  # what the item is called may be a mere label, “AI”, and another section's title
            if namesake is None:
                waiting.append(item)
            else:
                yield namesake, item


def _alike(name: str, anchors: Iterable[str]) -> str | None:
    """The one of *anchors* that *name* is most like, if it is; another number makes another section."""
    likest = nearest(name, anchors, cutoff=_ALIKE)
    return likest if likest and _NUMBER.findall(likest) == _NUMBER.findall(name) else None


def _meant_in_gap(unlisted: list[Heading], items: list[ContentsItem]) -> Iterator[tuple[str, ContentsItem | None]]:
    """The anchors of the headings that *items* mean, which stand between the same two listed headings."""
    if len(items) >= len(unlisted) or len(items) * len(unlisted) > _MOST_COMPARED:
        yield from ((heading.anchor, None) for heading in unlisted)
        return
    anchors = {heading.text: heading.anchor for heading in unlisted}
    for item in items:
        likest = nearest(item.link.text, anchors, cutoff=0)
        if likest is not None:
            yield anchors.pop(likest), item


def insertion(outline: Outline, heading: Heading, siblings: list[Heading]) -> Fix | None:
    """The item that is missing, put after (or before) that of the nearest sibling and written like it.

    It is unsafe: the section may have been left out on purpose.
    """
    source = outline.document.source
    text = source[heading.content.span]
    place = bisect_left(siblings, heading.span, key=lambda sibling: sibling.span)
    if not siblings or text != heading.text or not is_plain_text(text):
        return None
    neighbour = outline.listed.get(siblings[max(0, place - 1)].anchor)
    template = _template(outline.document, neighbour) if neighbour else None
    if not template or not neighbour or not neighbour.item:
        return None
    line = template.replace("{}", f"[{text}](#{heading.anchor})")
    if place:
        edit = Edit(Span(neighbour.item.span.end, neighbour.item.span.end), f"\n{line}")
    else:
        start = source.line_span(source.position(neighbour.item.span.start).line).start
        edit = Edit(Span(start, start), f"{line}\n")
    return Fix(f"Add “{text}” to the table of contents", (edit,), Applicability.UNSAFE)


def is_plain_text(text: str) -> bool:
    """Whether *text* can be a link's text: it has no markup and no pipe, which may be the edge of a cell."""
    return _PLAIN.fullmatch(text) is not None


def _template(document: Document, neighbour: ContentsItem) -> str | None:
    """The line of *neighbour* with ``{}`` for its link; None where the line holds more than a link and its marker."""
    item, link = neighbour.item, neighbour.link
    if item is None or item.content is None or link.kind is not LinkKind.INLINE or link.title:
        return None
    line = document.source.line_span(document.source.position(item.span.start).line)
    lead = document.source[Span(line.start, link.span.start)]
    tail = document.source[Span(link.span.end, item.content.span.end)]
    return f"{lead}{{}}{tail}" if _BULLET.fullmatch(lead) and _EMPHASIS.fullmatch(tail) else None

"""Inline text: links, images, code spans and HTML with their places.

The text is read into pieces by the algorithm of the CommonMark specification's appendix; where the specification is
silent, cmark-gfm 0.29.0.gfm.13 decides.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import partial

from awesome_lint.markdown._broken import find_broken_links
from awesome_lint.markdown._html import links_of_tags, parse_tag
from awesome_lint.markdown._pieces import LinkParts
from awesome_lint.markdown._reader import read_pieces
from awesome_lint.markdown._references import References
from awesome_lint.markdown._shown import Shown
from awesome_lint.markdown._text import Place, place_span
from awesome_lint.markdown.document import HtmlTag, Inline
from awesome_lint.markdown.links import BrokenLink, Link, UndefinedReference
from awesome_lint.regex import regex
from awesome_lint.source import Span

_MARKUP = regex(r"[\\`*_\[\]<&~\n]|://|www\.|@")


def parse_inline(text: str, at: Place, references: References) -> Inline:
    """Read one piece of inline text; *at* maps its offsets to the document's."""
    span = place_span(at, 0, len(text))
    if not _MARKUP.search(text):
        return Inline(span, text)
    pieces, undefined = read_pieces(text, references)
    shown = Shown(text, pieces)
    tags, comments, instructions = _html(text, shown.html, at)
    links = [_placed(link, seen, at) for link, seen in shown.links]
    if tags:
        links += links_of_tags(tags, partial(_shown_between, shown, text, at))
        links.sort(key=lambda link: link.span)
    taken = _taken(shown)
    broken = find_broken_links(text, taken, at) + _broken_badges(text, shown, taken, at)
    code, notes = ([place_span(at, *part) for part in parts] for parts in (shown.code, shown.notes))
    missing = tuple(_undefined(link, shown, text, at) for link in undefined)
    return Inline(
        span, shown.text, tuple(links), broken, tuple(code), tags, comments, instructions, tuple(notes), missing
    )


def anchor_text(text: str, references: References) -> str:
    """The text from which GitHub derives a heading's anchor: an image adds nothing to it."""
    return Shown(text, read_pieces(text, references)[0], images=False).text if _MARKUP.search(text) else text


def _taken(shown: Shown) -> list[Span]:
    """The places of all that is more than text, sorted; bare addresses count as text."""
    links = [Span(link.start, link.end) for link, _ in shown.links if not link.url.startswith("mailto:")]
    return sorted([*links, *(Span(*part) for part in (*shown.code, *shown.html, *shown.notes))])


def _broken_badges(text: str, shown: Shown, taken: Sequence[Span], at: Place) -> tuple[BrokenLink, ...]:
    """The images that are cut off within a link's text: ``[![badge](image.svg ](https://…)``."""
    found: list[BrokenLink] = []
    for link, _ in shown.links:
        start, end = link.text
        if link.image or text.find("](", start, end) < 0:
            continue
        nested = taken[bisect_left(taken, (start, start)) : bisect_left(taken, (end, end))]
        inner = [Span(part.start - start, part.end - start) for part in nested]
        broken = find_broken_links(text[start:end], inner, partial(_shifted, at, start))
        found += (each for each in broken if each.image)
    return tuple(found)


def _shifted(at: Place, start: int, offset: int) -> int:
    return at(start + offset)


def _html(
    text: str, parts: Sequence[tuple[int, int]], at: Place
) -> tuple[tuple[HtmlTag, ...], tuple[Span, ...], tuple[Span, ...]]:
    """The tags, comments and instructions among the *parts* of *text* that are raw HTML."""
    tags: list[HtmlTag] = []
    comments: list[Span] = []
    instructions: list[Span] = []
    for start, end in parts:
        if text.startswith("<!--", start):
            comments.append(place_span(at, start, end))
        elif text.startswith(("<!", "<?"), start):
            instructions.append(place_span(at, start, end))
        elif tag := parse_tag(text, start, at):
            tags.append(tag)
    return tuple(tags), tuple(comments), tuple(instructions)


def _placed(link: LinkParts, seen: str, at: Place) -> Link:
    return Link(
        link.kind,
        place_span(at, link.start, link.end),
        place_span(at, *link.text),
        place_span(at, *link.destination),
        seen,
        link.url,
        link.title,
        link.image,
    )


def _undefined(link: LinkParts, shown: Shown, text: str, at: Place) -> UndefinedReference:
    return UndefinedReference(
        place_span(at, link.start, link.end),
        place_span(at, *link.text),
        place_span(at, *link.destination),
        shown.between(*link.text),
        text[slice(*link.destination)],
        link.image,
    )


def _shown_between(shown: Shown, text: str, at: Place, span: Span) -> str:
    start = bisect_right(range(len(text)), span.start - 1, key=at)
    end = bisect_right(range(len(text)), span.end - 1, key=at)
    return shown.between(start, end)

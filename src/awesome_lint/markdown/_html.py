"""Raw HTML: tags, their attributes and comments, with places."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from html import unescape

from awesome_lint.markdown._text import Place, place_span
from awesome_lint.markdown.document import HtmlTag
from awesome_lint.markdown.links import Link, LinkKind
from awesome_lint.regex import regex
from awesome_lint.source import Span
from awesome_lint.text.tags import SPACE, TAG

_TAG = regex(r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_ATTRIBUTE = regex(r"([A-Za-z_:][\w.:-]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
_COMMENT = regex(r"<!--")
_INLINE_TAG = regex(TAG)
_INLINE_COMMENT = regex(r"<!--(?:-?>|(?:[^-]++|-[^-]|--[^>])*+-->)")
_OTHERS = (
    ("<?", regex(r"<\?(?:[^?>]++|\?[^>]|>)*+\?>"), regex(r"<\?")),
    ("<![", regex(r"<!\[CDATA\[(?:[^\]]++|\][^\]]|\]\][^>])*+\]\]>"), regex(r"<!\[CDATA\[")),
    ("<!", regex(rf"<![A-Z]++{SPACE}++[^>]*+>"), regex(rf"<![A-Z]+{SPACE}")),
)
"""Other constructs: their first characters, what they are, and after what it pays to remember that there is no end."""


class HtmlScanner:
    """Finds the raw HTML of one inline text, without looking twice for an end that is not there."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._endless: set[str] = set()

    def end_at(self, start: int) -> int | None:
        """Where the tag, comment, instruction or declaration that starts at *start* ends."""
        text = self._text
        if not text.startswith(("<!", "<?"), start):
            return _end(_INLINE_TAG.match(text, start))
        if text.startswith("<!", start) and "<!--" in self._endless:
            return None
        if text.startswith("<!--", start):
            return self._end_of("<!--", _INLINE_COMMENT.match(text, start))
        for prefix, pattern, opener in _OTHERS:
            if text.startswith(prefix, start):
                known = prefix in self._endless or not opener.match(text, start)
                return None if known else self._end_of(prefix, pattern.match(text, start))
        return None

    def _end_of(self, prefix: str, match: re.Match[str] | None) -> int | None:
        if match is None:
            self._endless.add(prefix)
        return _end(match)


def _end(match: re.Match[str] | None) -> int | None:
    return match.end() if match else None


def find_comments(text: str) -> list[tuple[int, int]]:
    """The offsets of all ``<!-- … -->`` in *text*; one that is never closed runs to the end."""
    found: list[tuple[int, int]] = []
    position = 0
    while opening := _COMMENT.search(text, position):
        closing = text.find("-->", opening.end())
        position = closing + 3 if closing >= 0 else len(text)
        found.append((opening.start(), position))
    return found


def parse_tag(text: str, start: int, at: Place) -> HtmlTag | None:
    """The tag that starts at *start*, or None."""
    match = _TAG.match(text, start)
    return _tag(match, at) if match else None


def find_tags(text: str, comments: Sequence[tuple[int, int]], at: Place) -> list[HtmlTag]:
    """All tags of *text* outside its comments."""
    starts = [start for start, _ in comments]
    return [_tag(match, at) for match in _scan(text) if not _within(match.start(), starts, comments)]


def _scan(text: str) -> Iterator[re.Match[str]]:
    position = text.find("<")
    while position >= 0:
        match = _TAG.match(text, position)
        if match:
            yield match
        position = text.find("<", match.end() if match else position + 1)


def _within(offset: int, starts: list[int], spans: Sequence[tuple[int, int]]) -> bool:
    index = bisect_right(starts, offset) - 1
    return index >= 0 and offset < spans[index][1]


def _tag(match: re.Match[str], at: Place) -> HtmlTag:
    attributes: dict[str, tuple[str, Span]] = {}
    for item in _ATTRIBUTE.finditer(match[3]):
        group = item.lastindex or 1
        value = unescape(item[group]) if group > 1 else ""
        start, end = item.span(group) if group > 1 else (item.end(), item.end())
        span = place_span(at, match.start(3) + start, match.start(3) + end)
        attributes.setdefault(item[1].lower(), (value, span))
    return HtmlTag(match[2].lower(), place_span(at, *match.span()), bool(match[1]), attributes)


def links_of_tags(tags: Sequence[HtmlTag], visible: Callable[[Span], str]) -> list[Link]:
    """The links and images among *tags*; *visible* gives the text a reader sees in a document span.

    A link runs to its closing tag, or to the end of its opening tag if there is none.
    """
    found: list[Link] = []
    anchors: list[HtmlTag] = []
    for tag in tags:
        if tag.name == "a" and tag.closing and anchors:
            found.append(_anchor(anchors.pop(), tag, visible))
        elif tag.name == "a" and "href" in tag.attributes and not tag.closing:
            anchors.append(tag)
        elif tag.name == "img" and "src" in tag.attributes:
            url, destination = tag.attributes["src"]
            alt, alt_span = tag.attributes.get("alt", ("", Span(tag.span.end, tag.span.end)))
            found.append(Link(LinkKind.HTML, tag.span, alt_span, destination, alt, url, image=True))
    found += (_anchor(tag, None, visible) for tag in anchors)
    return sorted(found, key=lambda link: link.span)


def _anchor(opening: HtmlTag, closing: HtmlTag | None, visible: Callable[[Span], str]) -> Link:
    url, destination = opening.attributes["href"]
    end = closing.span if closing else Span(opening.span.end, opening.span.end)
    text_span = Span(opening.span.end, end.start)
    span = Span(opening.span.start, end.end)
    return Link(LinkKind.HTML, span, text_span, destination, visible(text_span), url)

"""Inline text: links, images, code spans and HTML with their places, on mistune's inline parser.

mistune closes a bracket without remembering where it opened, so the parser here notes each construct as
it is made.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from functools import partial
from operator import attrgetter
from typing import Any

from mistune import InlineParser, InlineState
from mistune.helpers import parse_link_href, unescape_char
from msgspec import Struct

from awesome_lint.markdown._autolink import (
    URL_START,
    URL_START_CHARACTERS,
    bare_url_end,
    find_addresses,
    may_hold_bare_urls,
)
from awesome_lint.markdown._broken import find_broken_links
from awesome_lint.markdown._html import Place, links_of_tags, parse_tag, place_span, unescape_references
from awesome_lint.markdown._strikethrough import without_strikethrough
from awesome_lint.markdown.document import BrokenLink, HtmlTag, Inline, Link, LinkKind
from awesome_lint.source import Span

Token = dict[str, Any]
Environment = MutableMapping[str, Any]

_MARKUP = re.compile(r"[\\`*_\[\]<&~\n]|://|www\.|@")
_KINDS = {"auto_link": LinkKind.AUTOLINK, "auto_email": LinkKind.AUTOLINK}


class _Noted(Struct, frozen=True):
    """A link with offsets into the text being parsed."""

    kind: LinkKind
    start: int
    end: int
    text: tuple[int, int]
    destination: tuple[int, int]
    shown: str
    url: str
    title: str
    image: bool


class _State(InlineState):
    def __init__(self, env: Environment) -> None:
        super().__init__(env)
        self.links: list[_Noted] = []
        self.code: list[tuple[int, int]] = []
        self.html: list[tuple[int, int]] = []

    def taken(self) -> list[tuple[int, int]]:
        """The offsets of all that is more than text, sorted."""
        return sorted([(link.start, link.end) for link in self.links] + self.code + self.html)


class _Parser(InlineParser):
    state_cls = _State

    def __init__(self, *, bare_urls: bool) -> None:
        super().__init__()
        # One bracket a match, so that one call of parse_method makes at most one link.
        self.specification["link_close"] = r"\]"
        if bare_urls:
            self.register("bare_url", URL_START, _parse_bare_url, start_chars=tuple(URL_START_CHARACTERS))

    def parse_method(self, m: re.Match[str], state: InlineState) -> int | None:
        if not isinstance(state, _State):
            raise TypeError("the parser needs its own state")
        kind = m.lastgroup
        opener = state.brackets[-1] if kind == "link_close" and state.brackets else None
        end = super().parse_method(m, state)
        if end is None:
            return None
        if opener is not None and len(state.tokens) == opener.token_index + 1:
            _note_link(state, state.tokens[-1], opener.start, m.start(), end)
        elif kind in _KINDS and state.tokens[-1]["type"] == "link":
            _note_autolink(state, m.start(), end)
        elif kind == "codespan" and state.tokens[-1]["type"] == "codespan":
            state.code.append((m.start(), end))
        elif kind == "inline_html":
            state.html.append((m.start(), end))
            # GitHub reads Markdown links between <a> and </a>, mistune does not.
            state.in_link = False
        return end


def _parse_bare_url(_: InlineParser, m: re.Match[str], state: _State) -> int | None:
    if state.brackets:
        return None
    end = bare_url_end(state.src, m.start(), m.start() if m[0] == "www." else m.end())
    if end is None or end <= m.end():
        return None
    shown = state.src[m.start() : end]
    url = f"http://{shown}" if m[0] == "www." else shown
    state.append_token({"type": "link", "children": [{"type": "text", "raw": shown, "_emphasis": False}]})
    place = (m.start(), end)
    state.links.append(_Noted(LinkKind.BARE, *place, place, place, shown, url, "", image=False))
    return end


def _note_link(state: _State, token: Token, text_start: int, close: int, end: int) -> None:
    image = token["type"] == "image"
    start = text_start - (2 if image else 1)
    if image:  # its alternative text is text alone
        while state.links and state.links[-1].start >= start:
            state.links.pop()
    if "label" in token:
        kind, destination = LinkKind.REFERENCE, (close + 2, end - 1) if end > close + 3 else (text_start, close)
        url = state.env["destinations"].get(token["ref"], token["attrs"]["url"])
    else:
        kind, destination = LinkKind.INLINE, _destination(state.src, close + 2)
        url = resolve(state.src[slice(*destination)])
    title = token["attrs"].get("title") or ""
    shown = visible_text(token["children"])
    state.links.append(_Noted(kind, start, end, (text_start, close), destination, shown, url, title, image))


def _destination(text: str, start: int) -> tuple[int, int]:
    href, stop = parse_link_href(text, start)
    if href is None or stop is None:
        return start, start
    if text[stop - 1] == ">" and text[stop - 2 - len(href)] == "<":
        stop -= 1
    return stop - len(href), stop


def _note_autolink(state: _State, start: int, end: int) -> None:
    del state.tokens[-1]["_autolink"]  # with it, mistune would show the angle brackets inside a link's text
    inner = (start + 1, end - 1)
    shown = state.src[slice(*inner)]
    url = shown if ":" in shown else f"mailto:{shown}"
    state.links.append(_Noted(LinkKind.AUTOLINK, start, end, inner, inner, shown, url, "", image=False))


def resolve(destination: str) -> str:
    """A link destination as written, with backslash escapes and character references resolved."""
    return unescape_references(unescape_char(destination))


def visible_text(tokens: Sequence[Token], *, images: bool = True) -> str:
    """What a reader sees of mistune's inline *tokens*; alternative texts count unless *images* is false."""
    return "".join(_visible(tokens, images))


def _visible(tokens: Sequence[Token], images: bool) -> Iterator[str]:
    text = ""  # mistune may cut text in two inside a character reference
    for token in without_strikethrough(tokens):
        kind = token["type"]
        if kind == "text" and token.get("_emphasis") is not False:
            text += token["raw"]
            continue
        yield unescape_references(text)
        text = ""
        if kind in ("text", "codespan"):
            yield token["raw"]
        elif kind in ("linebreak", "softbreak"):
            yield " "
        elif kind == "inline_html":
            yield _visible_html(token["raw"], images)
        elif kind == "image":
            yield from _visible(token["children"], images) if images else ()
        else:
            yield from _visible(token.get("children", ()), images)
    yield unescape_references(text)


def _visible_html(raw: str, images: bool) -> str:
    tag = parse_tag(raw, 0, lambda offset: offset)
    if tag is None:
        return ""
    if tag.name == "img" and images:
        return tag.attributes.get("alt", ("", None))[0]
    return " " if tag.name == "br" else ""


_PARSER = _Parser(bare_urls=False)
_PARSER_WITH_BARE_URLS = _Parser(bare_urls=True)


def _parse(text: str, env: Environment) -> _State:
    state = _run(_PARSER, text, env)
    # Looking for bare URLs slows the parser down, and most text has none.
    if may_hold_bare_urls(text, state.taken()):
        state = _run(_PARSER_WITH_BARE_URLS, text, env)
    return state


def _run(parser: _Parser, text: str, env: Environment) -> _State:
    state = _State(env)
    state.src = text
    parser.parse(state)
    return state


def parse_inline(text: str, at: Place, env: Environment) -> tuple[Inline, str]:
    """Parse one piece of inline text; *at* maps its offsets to the document's.

    Returns the content and the text from which GitHub derives a heading's anchor.
    """
    span = place_span(at, 0, len(text))
    if not _MARKUP.search(text):
        return Inline(span, text), text
    state = _parse(text, env)
    shown = visible_text(state.tokens)
    tags, comments = _html(text, state.html, at)
    links = [_placed(link, at) for link in state.links]
    html_links = links_of_tags(tags, lambda part: _shown_between(part, text, at, env)) if tags else []
    taken = state.taken()
    addresses = find_addresses(text, taken, at)
    all_links = tuple(sorted([*links, *html_links, *addresses], key=attrgetter("span")))
    broken = find_broken_links(text, [Span(*part) for part in taken], at) + _broken_badges(text, state.links, taken, at)
    code = tuple(place_span(at, *part) for part in state.code)
    inline = Inline(span, shown, all_links, broken, code, tags, comments)
    return inline, visible_text(state.tokens, images=False)


def _broken_badges(
    text: str, links: Iterable[_Noted], taken: Sequence[tuple[int, int]], at: Place
) -> tuple[BrokenLink, ...]:
    """The images that lost their end within a link's text: ``[![badge](image.svg ](https://…)``."""
    found: list[BrokenLink] = []
    for link in links:
        start, end = link.text
        if link.image or "](" not in text[start:end]:
            continue
        nested = taken[bisect_left(taken, (start, start)) : bisect_left(taken, (end, end))]
        inner = [Span(a - start, b - start) for a, b in nested]
        broken = find_broken_links(text[start:end], inner, partial(_shifted, at, start))
        found += (each for each in broken if each.image)
    return tuple(found)


def _shifted(at: Place, start: int, offset: int) -> int:
    return at(start + offset)


def _html(text: str, parts: Iterable[tuple[int, int]], at: Place) -> tuple[tuple[HtmlTag, ...], tuple[Span, ...]]:
    tags: list[HtmlTag] = []
    comments: list[Span] = []
    for start, end in parts:
        if text.startswith("<!--", start):
            comments.append(place_span(at, start, end))
        elif tag := parse_tag(text, start, at):
            tags.append(tag)
    return tuple(tags), tuple(comments)


def _placed(link: _Noted, at: Place) -> Link:
    return Link(
        link.kind,
        place_span(at, link.start, link.end),
        place_span(at, *link.text),
        place_span(at, *link.destination),
        link.shown,
        link.url,
        link.title,
        link.image,
    )


def _shown_between(span: Span, text: str, at: Place, env: Environment) -> str:
    start = bisect_right(range(len(text)), span.start - 1, key=at)
    end = bisect_right(range(len(text)), span.end - 1, key=at)
    return visible_text(_parse(text[start:end], env).tokens)

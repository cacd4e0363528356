"""Anchors of pages that we hold: does ``page#anchor`` lead anywhere?"""

from __future__ import annotations

import re
from collections.abc import Set
from html import unescape
from urllib.parse import unquote

from awesome_lint.links.request import ResponseBody
from awesome_lint.links.requestable import lane_of
from awesome_lint.links.wire import URL
from awesome_lint.regex import regex

# Every attribute that looks like an id counts, in scripts and comments as well: what might answer is not missing.
_ANCHOR = regex(
    r"""\b(?:id|name)\s{0,32}=\s{0,32}(?:"([^"]{1,512})"|'([^']{1,512})'|([^\s"'=<>`]{1,512}))""", re.IGNORECASE
)
_CHALLENGE = regex(r"anubis_challenge|cf-challenge|cf_chl_|challenge-platform|g-recaptcha|h-captcha", re.IGNORECASE)
_FEW = 5
"""A page with fewer anchors in its own text may well be a shell that scripts fill."""
_LITTLE = 200
"""Characters: a page with scripts and less text than that is such a shell."""
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_UNSEEN = regex(r"<(/?)(script|style|template|noscript)\b", re.IGNORECASE)
_TAG = regex(r"<([a-z][a-z0-9-]{0,40})\b([^<>]*)>", re.IGNORECASE)
_ANCHOR_NAME = regex(r"\b(id|name)\s{0,32}=", re.IGNORECASE)
# Parts of a page's frame and of its forms: their ids say nothing about those of its text.
_FRAME = frozenset(
    {
        *("html", "body", "header", "footer", "nav", "main", "aside", "form", "input", "button", "select", "option"),
        *("textarea", "label", "fieldset", "iframe", "meta", "link", "object", "canvas", "dialog", "svg", "g", "path"),
        *("symbol", "use", "defs", "img", "video", "audio", "source"),
    }
)
# An element for a script to fill: empty, with one of the names that frameworks use, or a custom one.
_MOUNT = regex(
    r"<(?:div|main|section)\b[^<>]*\bid\s{0,8}=\s{0,8}[\"']?(?:root|app|application|__next|__nuxt|___gatsby|svelte|mount"
    r"|react-root|q-app)[\"']?(?:\s[^<>]*)?>\s{0,99}</|<([a-z]{1,30}-[a-z-]{1,30})\b[^<>]*>\s{0,99}</\1",
    re.IGNORECASE,
)
# Anchors made by scripts or by the browser: text fragments, routes, GitHub's lines and comments.
_DYNAMIC = regex(r":~:|!|/|L[0-9]|issuecomment-|discussion|pullrequestreview-|r[0-9]+$|top$|$", re.IGNORECASE)
_RENDERED_BY_SCRIPTS = frozenset({"github.com", "gist.github.com", "gitlab.com", "bitbucket.org"})


def is_checkable(url: URL) -> bool:
    """Whether the fragment of *url* names a place in its page."""
    return bool(url.fragment) and not _DYNAMIC.match(url.fragment)


def is_static(url: URL) -> bool:
    """Whether the page holds its anchors itself."""
    return lane_of(url) not in _RENDERED_BY_SCRIPTS


def anchors(body: ResponseBody | None) -> frozenset[str] | None:
    """The fragments that a page answers to; None where it is cut off, no HTML, a challenge, or filled by scripts."""
    if body is None or not body.complete or not _is_html(body):
        return None
    text = body.text
    if _CHALLENGE.search(text) or _is_shell(text):
        return None
    return frozenset(unescape(next(filter(None, groups))) for groups in _ANCHOR.findall(text))


def _is_html(body: ResponseBody) -> bool:
    if body.media_type:
        return body.media_type in _HTML
    return body.data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _is_shell(text: str) -> bool:
    """Whether a page has so little in it that its scripts may make the anchors."""
    has_scripts = "<script" in text.lower()
    seen = _without_unseen(text)
    if has_scripts and (_MOUNT.search(seen) or len(re.sub(r"<[^<>]*>|\s+", "", seen)) < _LITTLE):
        return True
    frame = _FRAME | {"div"} if has_scripts else _FRAME
    return sum(_is_anchor(tag[1].lower(), tag[2], frame) for tag in _TAG.finditer(seen)) < _FEW


def _is_anchor(element: str, attributes: str, frame: Set[str]) -> bool:
    return any(
        element not in frame and (name.lower() == "id" or element == "a") for name in _ANCHOR_NAME.findall(attributes)
    )


def _without_unseen(text: str) -> str:
    """*text* without the elements that show nothing."""
    kept: list[str] = []
    place, inside = 0, ""
    for match in _UNSEEN.finditer(text):
        closing, name = bool(match[1]), match[2].lower()
        if not inside and not closing:
            kept.append(text[place : match.start()])
            inside = name
        elif inside == name and closing:
            place, inside = match.end(), ""
    return "".join(kept if inside else [*kept, text[place:]])


def answers(url: URL, known: frozenset[str]) -> bool:
    """Whether the fragment of *url* is among the *known* anchors: percent-decoded, as written, in lower case."""
    names = {url.fragment, unquote(url.fragment), unquote(url.fragment).lower()}
    return bool(names & known) or any(f"user-content-{name}" in known for name in names)

"""Anchors of pages that we hold: does ``page#anchor`` lead anywhere?"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote

from awesome_lint.links.request import ResponseBody
from awesome_lint.links.requestable import lane_of
from awesome_lint.links.wire import URL

# Every attribute that looks like an id counts, in scripts and comments as well: what might answer is not missing.
_ANCHOR = re.compile(
    r"""\b(?:id|name)\s{0,32}=\s{0,32}(?:"([^"]{1,512})"|'([^']{1,512})'|([^\s"'=<>`]{1,512}))""", re.IGNORECASE
)
_CHALLENGE = re.compile(
    r"anubis_challenge|cf-challenge|cf_chl_|challenge-platform|g-recaptcha|h-captcha", re.IGNORECASE
)
_FEW = 5
"""A page with fewer anchors may well be a shell that scripts fill."""
# Anchors made by scripts or by the browser: text fragments, routes, GitHub's lines and comments.
_DYNAMIC = re.compile(r":~:|!|/|L[0-9]|issuecomment-|discussion|pullrequestreview-|r[0-9]+$|top$|$", re.IGNORECASE)
_RENDERED_BY_SCRIPTS = frozenset({"github.com", "gist.github.com", "gitlab.com", "bitbucket.org"})


def is_checkable(url: URL) -> bool:
    """Whether the fragment of *url* names a place in its page."""
    return bool(url.fragment) and not _DYNAMIC.match(url.fragment)


def is_static(url: URL) -> bool:
    """Whether the page holds its anchors itself."""
    return lane_of(url) not in _RENDERED_BY_SCRIPTS


def anchors(body: ResponseBody | None) -> frozenset[str] | None:
    """The fragments that a page answers to; None where it is cut off, has hardly any, or is a challenge."""
    if body is None or not body.complete or _CHALLENGE.search(body.text):
        return None
    found = frozenset(unescape(next(filter(None, groups))) for groups in _ANCHOR.findall(body.text))
    return found if len(found) >= _FEW else None


def answers(url: URL, known: frozenset[str]) -> bool:
    """Whether the fragment of *url* is among the *known* anchors: percent-decoded, as written, in lower case."""
    names = {url.fragment, unquote(url.fragment), unquote(url.fragment).lower()}
    return bool(names & known) or any(f"user-content-{name}" in known for name in names)

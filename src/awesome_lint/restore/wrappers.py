"""Where a proxy or a redirect service leads: as its address says, or as it answered, and whether to believe it."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from urllib.parse import unquote

from awesome_lint.link_status import Advisory, LinkStatus, Verdict
from awesome_lint.links.hosts import covering, hosts
from awesome_lint.regex import regex
from awesome_lint.restore.model import Candidate, Finding, LostLink, Outcome, Source
from awesome_lint.semantic.titles import is_long_title
from awesome_lint.text.urls import host_of, is_host_name, split_url, unwrap

_SHORTEST_TOKEN = 16
_TOKEN = regex(r"[A-Za-z0-9_+/-]{16,}={0,2}")
_HEX = regex(r"(?:[0-9a-fA-F]{2})+")
_ADDRESS = regex(r"https?://[^\s/?#\"<>\\]+(?:[/?#][^\s\"<>\\]*)?", re.ASCII)
_THERE = frozenset(
    {Verdict.OK, Verdict.MOVED_PERMANENTLY, Verdict.MOVED_TEMPORARILY, Verdict.BLOCKED, Verdict.RATE_LIMITED}
)
"""Verdicts on a page that is there, whether or not programs may see it."""
_NOWHERE = frozenset({Verdict.UNSAFE_TARGET, Verdict.INVALID})
_LOGIN = regex(r"/(?:log-?in|sign-?in|sso|oauth2?|consent)(?:[/.]|$)", re.IGNORECASE)
_ODD = {
    Advisory.LOGIN: "it ends at a login page",
    Advisory.PARKED: "it ends at a seller of domain names",
    Advisory.HOME_PAGE: "it ends at a home page",
}


def decode(url: str) -> str | None:
    """The address that is written out in *url*, that of a redirect service: plain, percent-encoded, base64 or hex."""
    if target := unwrap(url):
        return target
    parts = split_url(url)
    if parts is None:
        return None
    values = [field.partition("=")[2] for field in parts.query.split("&")]
    texts = [*map(unquote, values), *(text for token in (*values, *parts.path.split("/")) for text in _decoded(token))]
    found = {text for text in texts if is_address(text) and host_of(text) != host_of(url)}
    return found.pop() if len(found) == 1 else None


def _decoded(token: str) -> Iterator[str]:
    """What *token* says in base64 or in hexadecimal digits."""
    token = unquote(token)
    if len(token) < _SHORTEST_TOKEN or not _TOKEN.fullmatch(token):
        return
    if _HEX.fullmatch(token):
        yield bytes.fromhex(token).decode("ascii", "replace")
    bare = token.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        yield base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True).decode("ascii", "replace")
    except binascii.Error:
        return


def is_address(text: str) -> bool:
    """Whether *text* is a whole web address with a public host name."""
    return _ADDRESS.fullmatch(text) is not None and is_host_name(host_of(text))


def judge_wrapper(link: LostLink, target: str, status: LinkStatus | None) -> Finding | None:
    """What the redirect service of *link* says about where it leads; None where it says nothing of use.

    *target* is where it was found to lead, empty where that is unknown, and *status* what a link check says of it.
    """
    if written := decode(link.url):
        evidence = "written out in the address of the redirect service"
        return Finding(link, Outcome.CERTAIN, (Candidate(written, (Source.WRAPPER,), 1.0, evidence),))
    if not _ADDRESS.fullmatch(target) or (status and status.verdict in _NOWHERE):
        return None
    if odd := _oddity(link, target, status):
        return Finding(link, Outcome.AMBIGUOUS, (Candidate(target, (Source.REDIRECT,), 0.3, odd),), odd)
    # Where the link leads is certain; whether the page answers just now is a question for the link check.
    is_there = status is not None and status.verdict in _THERE
    page = "the page is there" if is_there else status.explanation if status else "the page was not checked"
    candidate = Candidate(target, (Source.REDIRECT,), 0.98 if is_there else 0.9, f"the proxy leads there; {page}")
    return Finding(link, Outcome.CERTAIN, (candidate,))


def _oddity(link: LostLink, target: str, status: LinkStatus | None) -> str:
    """What speaks against *target* as the page that was meant, in a clause; empty where nothing does."""
    if status and status.verdict is Verdict.DEAD:
        return "the proxy leads to a dead page"
    if covering(host_of(target), hosts().parking):
        return _ODD[Advisory.PARKED]
    parts = split_url(target)
    if parts and _LOGIN.search(parts.path):
        return _ODD[Advisory.LOGIN]
    if _is_home(target):
        return "it leads to a home page, not to a work with this title" if is_long_title(link.subject.title) else ""
    return next((reason for advisory, reason in _ODD.items() if status and advisory in status.advisories), "")


def _is_home(url: str) -> bool:
    parts = split_url(url)
    return parts is not None and not parts.path.strip("/") and not parts.query

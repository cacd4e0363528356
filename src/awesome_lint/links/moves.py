"""What a redirect means for the list: may the link be replaced, and is something odd about the target?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from urllib.parse import unquote

from awesome_lint.link_status import Advisory, Hop, Replacement
from awesome_lint.links.by_design import is_by_design, is_deep, is_home, is_login, is_short_link, moved_to_own_domain
from awesome_lint.links.classify import PERMANENT
from awesome_lint.links.hosts import covering, hosts, site
from awesome_lint.links.request import ResponseBody
from awesome_lint.links.requestable import host_of, lane_of
from awesome_lint.links.wire import URL
from awesome_lint.regex import regex

# A segment of a path that names nothing but an error: /404, /not-found.html, /errors/404, /Error.aspx.
_ERROR_PAGE = regex(
    r"(?:^|/)(?:(?:http|status|error|page)?[-_]?(?:404|410)(?:[-_]?(?:error|page|not[-_]?found))?|errors?(?:[-_]?page)?"
    r"|(?:page|file|content)?[-_]?not[-_]?found|(?:page[-_]?)?unavailable)(?:\.[a-z]{2,5})?/?$",
    re.IGNORECASE,
)
_ERROR_QUERY = regex(r"(?:^|&)(?:err|error|code|status)=(?:404|410|(?:page[-_]?)?not[-_]?found)(?:&|$)")


def advisories(url: URL, hops: Iterable[Hop], body: ResponseBody | None) -> tuple[Advisory, ...]:
    """What is odd about a chain of redirects from *url*; *body* is the beginning of the last page, if read."""
    steps = [url, *(URL(hop.url) for hop in hops)]
    final = steps[-1]
    if len(steps) == 1:
        return ()
    found = []
    if any(a.scheme == "https" and b.scheme == "http" for a, b in pairwise(steps)):
        found.append(Advisory.DOWNGRADED)
    if _is_parked(final, body):
        found.append(Advisory.PARKED)
    elif is_login(url, final):
        found.append(Advisory.LOGIN)
    elif _is_error_page(final) and not _is_error_page(url):
        found.append(Advisory.ERROR_PAGE)
    elif is_deep(url) and is_home(final) and not (is_short_link(url, final) or moved_to_own_domain(url, final)):
        found.append(Advisory.HOME_PAGE)
    return tuple(found)


def _is_parked(final: URL, body: ResponseBody | None) -> bool:
    if covering(host_of(final), hosts().parking):
        return True
    return body is not None and any(mark in body.text for mark in hosts().parking_marks)


def _is_error_page(url: URL) -> bool:
    query = url.query.decode("ascii", "replace").lower()
    return bool(_ERROR_PAGE.search(url.path) or _ERROR_QUERY.search(query))


def replacement(
    url: URL, hops: tuple[Hop, ...], odd: tuple[Advisory, ...], *, renamed: bool = False
) -> Replacement | None:
    """The URL to write in place of *url*, None where only a person can tell.

    Safe: all redirects permanent, and the same page of the same host but for ``www.``, https, a final slash or the
    case of percent escapes.  Unsafe: all permanent, one owner's hosts, the last path segment and the query kept.  The
    fragment of *url* is kept.  *renamed* where the host itself gave the new name, which is safe.
    """
    if hops and renamed:
        return Replacement(str(_with_fragment(url, URL(hops[-1].url))), safe=True)
    if not hops or odd or not all(hop.status in PERMANENT for hop in hops):
        return None
    final = URL(hops[-1].url)
    if is_by_design(url, final) or (is_deep(url) and is_home(final)):
        return None
    text = str(_with_fragment(url, final))
    if lane_of(url) == lane_of(final) and _page(url) == _page(final):
        return Replacement(text, safe=True) if final.scheme == "https" or url.scheme == "http" else None
    if lane_of(url) == "dx.doi.org" and lane_of(final) == "doi.org" and _page(url) == _page(final):
        return Replacement(text, safe=True)
    same_page = _last(url) == _last(final) and _page(url)[1] == _page(final)[1]
    return Replacement(text, safe=False) if _one_owner(url, final) and same_page else None


def _with_fragment(url: URL, final: URL) -> URL:
    return final.copy_with(fragment=url.fragment) if url.fragment and not final.fragment else final


def _page(url: URL) -> tuple[str, str]:
    """Path and query, folded: what names the same page to a server."""
    path, _, query = url.raw_path.decode("ascii").partition("?")
    return _fold(path).rstrip("/"), _fold(query)


def _fold(text: str) -> str:
    return re.sub(r"%[0-9a-fA-F]{2}", lambda match: match[0].upper(), text)


def _one_owner(url: URL, final: URL) -> bool:
    ours, theirs = lane_of(url), lane_of(final)
    if covering(ours, hosts().multi_tenant) or covering(theirs, hosts().multi_tenant):
        return ours == theirs
    return site(ours) == site(theirs)


def _last(url: URL) -> str:
    parts = [part for part in url.path.split("/") if part]
    return unquote(parts[-1]).lower() if parts else ""

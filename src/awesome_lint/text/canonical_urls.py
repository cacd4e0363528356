"""When two URLs are one address: tracking fields, and a key that all spellings of an address share."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

from awesome_lint.regex import regex
from awesome_lint.text.urls import split_url, unwrap

_TRACKING = regex(
    r"utm_\w+|fbclid|gclid|gclsrc|gbraid|wbraid|dclid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_[ce]id|mkt_tok|_hsenc|_hsmi|"
    r"__hssc|__hstc|hsctatracking|oly_(?:anon|enc)_id|vero_id|spm|spm_id_from|share_source|vd_source|ref_src|ref_url"
)
"""Query fields that name the way a reader came, not the page (Firefox's and Brave's lists of stripped fields)."""


def without_tracking(url: str) -> str:
    """*url* without the fields of its query that tell the way a reader came; as it is where it has none."""
    address, mark, fragment = url.partition("#")
    path, question, query = address.partition("?")
    fields = query.split("&")
    kept = [field for field in fields if not _TRACKING.fullmatch(field.partition("=")[0])]
    if len(kept) == len(fields):
        return url
    return path + (question + "&".join(kept) if kept else "") + mark + fragment


_ARXIV = regex(
    r"/(?:abs|pdf|html|format|ps)/(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?/?",
    re.IGNORECASE,
)
_DOI_PAGE = regex(
    r"/doi(?:/(?:abs|abstract|book|epdf|epub|full|fullhtml|pdf|pdfdirect|pdfplus|ref|reader))?/(?P<doi>10\.\d{4,9}/[^/]+)",
    re.IGNORECASE | re.ASCII,
)
"""The page of a work at its publisher, where the address holds its DOI: ACM, Wiley, SAGE, Taylor & Francis, Science."""
_ARXIV_DOI = regex(r"10\.48550/arxiv\.(?P<id>.+)")
_FORGES = frozenset({"github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "gitee.com", "git.sr.ht"})
_ESCAPE = regex(r"%([0-9A-Fa-f]{2})")


@lru_cache(maxsize=1 << 14)
def canonical_url(url: str) -> str:
    """A key that two spellings of one address share; it is no URL to visit.

    Folded are the scheme (``http``, ``https``), ``www.``, the default port, a trailing slash, tracking fields of
    the query, ``.git``, needless percent escapes (RFC 3986, 6.2.2), arXiv's ``abs``, ``pdf`` and versions, the DOI
    resolvers, publishers' pages of a DOI and known redirect services.  A fragment makes a difference.  What has no
    ``http`` host is returned as it is, without outer space.
    """
    for _ in range(3):
        if (target := unwrap(url)) is None:
            break
        url = target
    parts = split_url(url)
    if parts is None or parts.scheme not in ("http", "https"):
        return url.strip()
    host = parts.host.removeprefix("www.")
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    if host in ("arxiv.org", "export.arxiv.org") and (match := _ARXIV.fullmatch(parts.path)):
        return f"arxiv:{match['id'].lower()}{fragment}"
    path = _ESCAPE.sub(_unescape, parts.path).rstrip("/")
    if host in ("doi.org", "dx.doi.org") and path.startswith("/10."):
        return _canonical_doi(unquote(path[1:]).lower()) + fragment
    if match := _DOI_PAGE.fullmatch(path):
        return _canonical_doi(unquote(match["doi"]).lower()) + fragment
    if path.endswith(".git"):
        path = path.removesuffix(".git")
    if host in _FORGES:
        path = _fold_repository(path)
    port = f":{parts.port}" if parts.port not in ("", "80", "443") else ""
    fields = [field for field in parts.query.split("&") if field and not _TRACKING.fullmatch(field.partition("=")[0])]
    query = f"?{_ESCAPE.sub(_unescape, '&'.join(fields))}" if fields else ""
    return f"//{host}{port}{path}{query}{fragment}"


def _canonical_doi(doi: str) -> str:
    match = _ARXIV_DOI.fullmatch(doi)
    return f"arxiv:{re.sub(r'v[0-9]+$', '', match['id'])}" if match else f"doi:{doi}"


def _fold_repository(path: str) -> str:
    """Owner and repository names do not tell case apart; what follows them does."""
    names = path.split("/")
    return "/".join([name.lower() for name in names[:3]] + names[3:])


def _unescape(match: re.Match[str]) -> str:
    char = chr(int(match[1], 16))
    return char if char.isascii() and (char.isalnum() or char in "-._~") else match[0].upper()

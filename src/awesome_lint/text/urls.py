"""What can be known about a URL without requesting it.

Rules share this knowledge: which kind of destination a text is, its host, the page a redirect
service leads to, and the key under which two spellings of one address are equal.  Nothing here touches the network.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from awesome_lint.regex import regex
from awesome_lint.text.placeholders import Placeholder, find_placeholder
from awesome_lint.text.public_suffixes import public_suffix


class Parts(NamedTuple):
    """A URL taken apart; ``host`` is in lower case, ``port`` without its colon, the rest as written.

    ``query`` and ``fragment`` come without ``?`` and ``#``.
    """

    scheme: str
    host: str
    port: str
    path: str
    query: str
    fragment: str


_PARTS = regex(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?:[^/?#@]*@)?(?P<host>\[[^\]/?#]*\]|[^:/?#]*)(?::(?P<port>\d*))?"
    r"(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?",
    re.DOTALL,
)


# Rules ask about one link many times; a list of ten thousand links stays in memory.
_remembered = lru_cache(maxsize=1 << 14)


@_remembered
def split_url(url: str) -> Parts | None:
    """The parts of *url*, None where it has no ``scheme://host``."""
    match = _PARTS.fullmatch(url.strip())
    if match is None or not match["host"]:
        return None
    return Parts(
        match["scheme"].lower(),
        match["host"].lower().rstrip("."),
        match["port"] or "",
        match["path"],
        match["query"] or "",
        match["fragment"] or "",
    )


def host_of(url: str) -> str:
    """The host of *url* in lower case and without ``www.``; empty where it has none."""
    parts = split_url(url)
    return parts.host.removeprefix("www.") if parts else ""


_LONGEST_HOST = 253
"""Characters in a host name (RFC 1035, 2.3.4)."""

_HOST = regex(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_](?:[\w-]{0,61}[^\W_])?")

_FILE_ENDING = regex(
    r"ac|am|bz|cab|cc|cl|coffee|cu|do|dot|gd|in|inc|java|map|md|mk|ml|mm|mo|mov|nc|pl|pm|properties|ps|pt|pub|py|rs|"
    r"sas|sc|sh|so|st|sv|td|tf|tk|zip"
)
"""Top-level domains (https://data.iana.org/TLD/) that end file names as well (GitHub Linguist)."""


class Target(StrEnum):
    """What a link's destination points at, judged by its spelling alone."""

    NOTHING = "nothing"
    """No destination at all: ````, ``#``"""
    ANCHOR = "anchor"
    """A place in the same document: ``#usage``"""
    WEB = "web"
    """An ``http`` or ``https`` URL"""
    OTHER = "other"
    """Another scheme, or ``//host/path``"""
    MISSPELT = "misspelt"
    """A web URL whose scheme is damaged: ``https:/a.org``, ``htp://a.org``, ``http//a.org``"""
    SCHEME_ONLY = "scheme only"
    """``https://`` and nothing after it"""
    HOST = "host"
    """A host name without a scheme: ``example.org/page``"""
    MAIL = "mail"
    """A mail address without ``mailto:``"""
    PLACEHOLDER = "placeholder"
    """A word that stands for a missing destination: ``nan``, ``tba``"""
    ROOTED = "rooted"
    """A path from the root of the site or repository: ``/docs``"""
    FILE = "file"
    """A path relative to the document"""


_SCHEME = regex(r"[A-Za-z][A-Za-z0-9+.-]*:")
_HTTP = regex(r"https?://(?![/:])(?!https?:?//)", re.IGNORECASE)
_BARE_SCHEME = regex(r"https?:/{0,3}", re.IGNORECASE)
_WORDS = (Placeholder.NOT_APPLICABLE, Placeholder.NONE, Placeholder.UNKNOWN)
_FILE_NAMES = frozenset({"todo"})
_LETTER = regex(r"[^\W\d_]")
_HOST_FIRST = regex(r"(?P<host>[^/?#:@\s\\]+)(?::\d+)?(?P<rest>[/?#].*)?", re.DOTALL)
_MAIL = regex(r"[\w.+%-]+@(?P<host>[\w.-]+)(?:\?.*)?")


@_remembered
def classify(destination: str) -> Target:
    """What *destination* points at (as `awesome_lint.markdown.Link.url` gives it)."""
    text = destination.strip()
    if text in ("", "#"):
        return Target.NOTHING
    if text.startswith("#"):
        return Target.ANCHOR
    if _HTTP.match(text) and not text.endswith("://"):
        return Target.WEB
    if _BARE_SCHEME.fullmatch(text):
        return Target.SCHEME_ONLY
    if respell_scheme(text) is not None:
        return Target.MISSPELT
    if text.startswith("/"):
        return Target.OTHER if text.startswith("//") else Target.ROOTED
    return _classify_relative(text)


def _classify_relative(text: str) -> Target:
    if _is_placeholder(text):
        return Target.PLACEHOLDER
    if is_hosted(text):
        return Target.HOST
    mail = _MAIL.fullmatch(text)
    if mail and is_host_name(mail["host"]) and not _ends_like_file(mail["host"]):
        return Target.MAIL
    return Target.OTHER if _SCHEME.match(text) else Target.FILE


def _is_placeholder(text: str) -> bool:
    """Whether *text* is a word that stands for a missing destination and no usual name of a file."""
    is_word = _LETTER.search(text) is not None and text.lower() not in _FILE_NAMES
    return text.lower() == "xxx" or (is_word and find_placeholder(text) in _WORDS)


def is_host_name(name: str) -> bool:
    """Whether *name* may be the host of a site, though it may be a file as well: ``docs.rs``.

    The list of public suffixes tells; ``github.io`` is a public suffix and a site.
    """
    if len(name) > _LONGEST_HOST or not _HOST.fullmatch(name):
        return False
    suffix = public_suffix(name)
    return suffix is not None and (suffix != name.lower() or "." in suffix)


def _ends_like_file(host: str) -> bool:
    return _FILE_ENDING.fullmatch(host.rpartition(".")[2].lower()) is not None


def is_hosted(destination: str) -> bool:
    """Whether *destination* begins with a host name where a scheme should stand.

    ``main.rs`` and ``docs.rs`` look alike: where the top-level domain is also a file ending, only a path, ``www.``
    or a public suffix of two labels (``ac.rs``) tells a host.  ``asp.net/README.md`` is a folder's page.
    """
    match = _HOST_FIRST.fullmatch(destination)
    if match is None or not is_host_name(match["host"]):
        return False
    host, rest = match["host"].lower(), match["rest"] or ""
    if host.startswith("www."):
        return True
    path = rest.partition("?")[0].partition("#")[0]
    if path.lower().endswith((".md", ".markdown")) and path.count("/") == 1:
        return False
    if not _ends_like_file(host) or path.startswith("/"):
        return True
    return "." in (public_suffix(host) or "")


_DAMAGED = regex(
    r"(?P<name>h{0,2}t{0,3}p{0,2}s{0,2}|hp?t?p?t?s?|httsp)(?![A-Za-z])(?P<colon>[ ]?[:;.,\uff1a]{0,3})"
    r"(?P<slashes>[ ]?[/\\]{0,4})[ ]?(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
_REPEATED = regex(r"(?:https?://)+(?=https?://https?://)", re.IGNORECASE)


def respell_scheme(destination: str) -> str | None:
    """*destination* with its damaged ``http://`` or ``https://`` put right, None where nothing is damaged.

    ``https:/a.org``, ``http//a.org``, ``htp://a.org``, ``hhttps://a.org``, ``https:\\\\a.org`` and
    ``https://https://a.org`` have one reading each.
    """
    if run := _REPEATED.match(destination):
        destination = destination[run.end() :]  # all but two of any number of schemes
    match = _DAMAGED.fullmatch(destination)
    if match is None or len(match["name"]) < 3 or _HTTP.match(destination):
        return None
    scheme, rest = match["name"].lower(), match["rest"]
    if scheme in _SCHEMES and match["colon"] == ":" and match["slashes"].strip() == "//":
        again = respell_scheme(rest) or rest
        if _HTTP.match(again):
            return again
    if not (_is_separated(match) and _leads_to_host(match)):
        return None
    return f"{'https' if 's' in scheme else 'http'}://{rest}"


_SCHEMES = ("http", "https")


def _is_separated(match: re.Match[str]) -> bool:
    """Whether something tells the damaged scheme from what follows: a colon, two slashes, or one after a whole name."""
    slashes = match["slashes"].strip()
    return bool(match["colon"]) or len(slashes) > (match["name"].lower() not in _SCHEMES)


def _leads_to_host(match: re.Match[str]) -> bool:
    """Whether a host follows the damaged scheme; of a scheme with a whole name any host is believed."""
    colon, has_slashes, rest = match["colon"], len(match["slashes"].strip()) > 1, match["rest"]
    host = re.split(r"[/?#:\\]", rest, maxsplit=1)[0]
    is_whole = match["name"].lower() in _SCHEMES and (colon == ":" or has_slashes)
    if not is_host_name(host) and not (is_whole and host):
        return False
    return bool(colon) or has_slashes or is_hosted(rest)


_WRAPPERS: dict[str, tuple[tuple[str, str], ...]] = {
    "anonym.to": (("/", ""),),
    "away.vk.com": (("/away.php", "to"),),
    "c.pc.qq.com": (("/middlem.html", "pfurl"), ("/ios.html", "url")),
    "deref-gmx.net": (("/mail/client/", "redirectUrl"),),
    "deref-web.de": (("/mail/client/", "redirectUrl"),),
    "dereferer.me": (("/", ""),),
    "duckduckgo.com": (("/l/", "uddg"),),
    "exit.sc": (("/", "url"),),
    "getpocket.com": (("/redirect", "url"),),
    "gitee.com": (("/link", "target"),),
    "go.redirectingat.com": (("/", "url"),),
    "hellogithub.com": (("/periodical/statistics/click", "target"),),
    "href.li": (("/", ""),),
    "infoq.cn": (("/link", "target"),),
    "l.facebook.com": (("/l.php", "u"),),
    "l.instagram.com": (("/", "u"),),
    "l.messenger.com": (("/l.php", "u"),),
    "l.threads.com": (("/", "u"),),
    "l.threads.net": (("/", "u"),),
    "link.csdn.net": (("/", "target"),),
    "link.jianshu.com": (("/", "t"),),
    "link.juejin.cn": (("/", "target"),),
    "link.juejin.im": (("/", "target"),),
    "link.zhihu.com": (("/", "target"),),
    "linkedin.com": (("/redir/redirect", "url"), ("/safety/go", "url")),
    "lm.facebook.com": (("/l.php", "u"),),
    "nullrefer.com": (("/", ""),),
    "oschina.net": (("/action/GoToLink", "url"),),
    "out.reddit.com": (("/", "url"),),
    "r.jina.ai": (("/", ""),),
    "researchgate.net": (("/deref/", ""),),
    "safelinks.protection.outlook.com": (("/", "url"),),
    "scholar.google.com": (("/scholar_url", "url"),),
    "slack-redir.net": (("/link", "url"),),
    "sspai.com": (("/link", "target"),),
    "steamcommunity.com": (("/linkfilter", "url"), ("/linkfilter", "u")),
    "t.umblr.com": (("/redirect", "z"),),
    "vk.com": (("/away.php", "to"),),
    "weibo.cn": (("/sinaurl", "u"),),
    "youtube.com": (("/redirect", "q"),),
}
"""Redirect services that write their target out: host (and what ends in it), start of the path, and the field of the
query that holds the target; no field where the target is the rest of the path, or the whole query."""

_GOOGLE = regex(r"google\.[a-z]{2,3}(?:\.[a-z]{2})?")
_LIBRARY = regex(r"(?:^|\.)(?:ez)?proxy\w*[.-]")
_DEFENSE_V3 = regex(r"/v3/__(?P<target>[^*]+?)__;[^!]*!.*", re.DOTALL)
_ABSOLUTE = regex(r"https?://[^\s/]+\.[^\s/]", re.IGNORECASE)


@_remembered
def unwrap(url: str) -> str | None:
    """The URL to which a known redirect service sends the reader of *url*; None where it is no such service's."""
    parts = split_url(url)
    if parts is None or parts.scheme not in ("http", "https"):
        return None
    host = parts.host.removeprefix("www.")
    if len(host) > 253:  # no longer one for DNS, https://www.rfc-editor.org/rfc/rfc1035
        return None
    target = next((found for found in _wrapped(host, parts) if _ABSOLUTE.match(found)), None)
    return target if target and host_of(target) != host else None


def _wrapped(host: str, parts: Parts) -> Iterator[str]:
    if _GOOGLE.fullmatch(host) and parts.path == "/url":
        yield from (_field(parts.query, "q"), _field(parts.query, "url"))
    elif host.startswith("urldefense."):
        yield _undefend(parts)
    elif parts.path == "/login" and _LIBRARY.search(host):
        yield from (_field(parts.query, "url"), _field(parts.query, "qurl"))
    while host and host not in _WRAPPERS:
        host = host.partition(".")[2]
    for path, field in _WRAPPERS.get(host, ()):
        if (parts.path or "/").startswith(path):
            yield _field(parts.query, field) if field else _rest(parts, path)


def _rest(parts: Parts, path: str) -> str:
    rest = parts.path[len(path) :]
    if not rest:
        return parts.query if _ABSOLUTE.match(parts.query) else unquote(parts.query)
    if not _ABSOLUTE.match(rest):
        return unquote(rest)
    return rest + (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")


def _undefend(parts: Parts) -> str:
    """The target of a Proofpoint URL, three forms (https://help.proofpoint.com, "URL Defense", decoding).

    In the third form characters may be replaced by ``*`` and listed in base64 after ``;``; such a URL is left alone.
    """
    if match := _DEFENSE_V3.fullmatch(parts.path + (f"?{parts.query}" if parts.query else "")):
        return re.sub(r"^(https?):/+", r"\1://", match["target"])
    target = _field(parts.query, "u")
    return unquote(target.replace("-", "%").replace("_", "/")) if parts.path.startswith("/v2/") else target


def _field(query: str, name: str) -> str:
    """The decoded value of one field of *query*, empty where it has none."""
    for field in query.split("&"):
        key, _, value = field.partition("=")
        if key == name:
            return unquote(value)
    return ""


_UNFIT = regex(r"[\s<>|\\\"'`*\[\]\x00-\x1f\x7f]")
_UNFIT_OR_PAREN = regex(rf"[()]|{_UNFIT.pattern}")
_MOST_NESTED = 30
"""How deep round brackets may be nested in a destination (cmark: 32)."""


def as_destination(url: str) -> str:
    """*url* so spelled that it can be in a Markdown link, a table cell and an HTML attribute."""
    unfit = _UNFIT if _has_paired_parens(url) else _UNFIT_OR_PAREN
    text = unfit.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), url)
    return text if unescape(text) == text else text.replace("&", "&amp;")


def _has_paired_parens(url: str) -> bool:
    depth = 0
    for character in url:
        depth += (character == "(") - (character == ")")
        if not 0 <= depth <= _MOST_NESTED:
            return False
    return depth == 0

"""From the text of a link to a URL that can be requested; pure functions."""

from __future__ import annotations

import re
import unicodedata
from fnmatch import fnmatchcase

from msgspec import Struct

from awesome_lint.link_status import Reason, Verdict
from awesome_lint.links.hosts import covering, hosts, site
from awesome_lint.links.wire import URL, InvalidURL
from awesome_lint.regex import regex

_LENGTH = 8192
_PORTS = {"http": 80, "https": 443}
_SCHEME = regex(r"([A-Za-z][A-Za-z0-9+.-]*):")
_CONTROL = regex(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LABEL = regex(r"[A-Za-z0-9_-]{1,63}")
_PATH = regex(r"([a-z]+://[^/?#]*)(/[^?#]*)", re.IGNORECASE)
_DOTS = regex(r"/(?:\.|%2e){1,2}(?:/|$)", re.IGNORECASE)
# What UTS 46 maps to nothing: soft hyphens, variation selectors and other marks that do not show.
_IGNORED = regex(r"[\u00ad\u034f\u180b-\u180d\u180f\u200b\u2060\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")
_UNICODE_HOST = regex(r"(https?://(?:[^/?#@]*@)?)([^/?#@:]*[^\x00-\x7f][^/?#@:]*)(.*)", re.IGNORECASE | re.DOTALL)
# RFC 2606, RFC 6761, RFC 7686, RFC 9476, and the peer-to-peer names that need software of their own.
_RESERVED = frozenset(
    ["test", "invalid", "localhost", "example", "onion", "alt", "i2p", "eth", "bit", "loki", "lib", "exit", "gnu"]
)


class NotCheckedError(Exception):
    """A link that is not requested; ``verdict`` is `Verdict.SKIPPED` or `Verdict.INVALID`."""

    def __init__(self, verdict: Verdict, reason: Reason) -> None:
        super().__init__(reason.phrase)
        self.verdict = verdict
        self.reason = reason


class Patterns(Struct, frozen=True):
    """URLs picked by the user.

    A pattern is a host (``example.org``, with its subdomains), a prefix (``https://example.org/a/``; it ends where
    a path segment ends) or a glob over the whole URL (``*`` and ``?``).  No regular expressions: patterns come from
    configuration that a stranger may have written.
    """

    patterns: tuple[str, ...] = ()

    def match(self, url: URL) -> bool:
        """Whether any of the patterns picks *url*."""
        return any(_matches(pattern, url) for pattern in self.patterns)


def _matches(pattern: str, url: URL) -> bool:
    text = str(url)
    if "*" in pattern or "?" in pattern:
        return fnmatchcase(text, pattern)
    if "://" in pattern:
        try:
            prefix = str(URL(pattern))
        except InvalidURL:
            return False
        rest = text.removeprefix(prefix)
        return text.startswith(prefix) and (not rest or prefix.endswith("/") or rest[0] in "/?#")
    return covering(host_of(url), {pattern.lower()}) is not None


def parse(text: str) -> URL:
    """The URL that *text* names, with its fragment and without user name and password.

    What can be sent is sent as written; only what no URL may contain is percent-encoded.  Raises
    `NotCheckedError` for what is no web address or no URL at all.
    """
    text = text.strip(" \t\n")
    if text.startswith("//"):
        text = "https:" + text
    scheme = _SCHEME.match(text)
    if not scheme or scheme[1].lower() not in ("http", "https"):
        raise NotCheckedError(Verdict.SKIPPED, Reason.NOT_WEB)
    url = checked(text)
    if _is_reserved(host_of(url).removesuffix(".")):
        raise NotCheckedError(Verdict.SKIPPED, Reason.RESERVED_NAME)
    return url


def _is_reserved(name: str) -> bool:
    if name == "localhost":
        return False  # a mistake in a public list: left to the guard
    return covering(name, _RESERVED) is not None or site(name).partition(".")[0] == "example"


def checked(text: str) -> URL:
    """*text* as an absolute URL with a well-formed host, else `NotCheckedError`; used for redirects, too."""
    malformed = NotCheckedError(Verdict.INVALID, Reason.MALFORMED)
    authority = re.match(r"[^:/?#]*:/*([^/?#]*)", text)
    # Browsers take a backslash for a slash, so `http://a\@b` names another host to them than to us.
    if len(text) > _LENGTH or _CONTROL.search(text) or (authority and "\\" in authority[1]):
        raise malformed
    try:
        url = _lenient(_without_dots(text))
        host = host_of(url)
        if (":" not in host and not is_host_name(host)) or (url.port or 0) > 65535:
            raise malformed
        return _plain(url)
    except (InvalidURL, UnicodeError, ValueError) as error:
        raise malformed from error


def _plain(url: URL) -> URL:
    """*url* without what is not sent: user name, password, and a port that goes without saying."""
    if url.userinfo:
        url = url.copy_with(username=None, password=None)
    return url.copy_with(port=None) if url.port == _PORTS.get(url.scheme) else url


def _lenient(text: str) -> URL:
    try:
        return URL(text)
    except InvalidURL:
        # Emoji, marks that do not show, and other hosts that IDNA 2008 bars and browsers take.
        match = _UNICODE_HOST.fullmatch(text)
        if not match:
            raise
    host = _mapped(match[2])
    try:
        return URL(match[1] + host + match[3])
    except InvalidURL:
        labels = (x if x.isascii() else "xn--" + x.encode("punycode").decode("ascii") for x in host.split("."))
        return URL(match[1] + ".".join(labels) + match[3])


def _mapped(host: str) -> str:
    """*host* as UTS 46 maps it, https://www.unicode.org/reports/tr46/, without what is a matter of validity there."""
    shown = unicodedata.normalize("NFKC", _IGNORED.sub("", host)).replace("\u3002", ".")
    return "".join(character if character in "\u00df\u03c2" else character.casefold() for character in shown)


def _without_dots(text: str) -> str:
    """*text* with the segments ``.`` and ``..`` of its path resolved as in https://url.spec.whatwg.org/#path-state."""
    match = _PATH.match(text)
    if not match or not _DOTS.search(match[2]):
        return text
    kept: list[str] = []
    _, *segments = match[2].split("/")
    for number, segment in enumerate(segments, 1):
        dots = segment.lower().replace("%2e", ".")
        if dots not in (".", ".."):
            kept.append(segment)
            continue
        if dots == "..":
            del kept[-1:]
        if number == len(segments):
            kept.append("")
    return f"{match[1]}/{'/'.join(kept)}{text[match.end() :]}"


def is_host_name(host: str) -> bool:
    """Whether *host* is made of labels as the domain name system knows them; underscores are let pass."""
    labels = host.removesuffix(".").split(".")
    return len(host) <= 254 and all(_LABEL.fullmatch(label) for label in labels)


def host_of(url: URL) -> str:
    """The host in lower-case ASCII, as it is resolved."""
    return url.raw_host.decode("ascii").lower()


def port_of(url: URL) -> int:
    """The port, also where the scheme implies it."""
    return url.port if url.port is not None else _PORTS.get(url.scheme, 0)


def lane_of(url: URL) -> str:
    """The name of the lane that requests to this host wait in."""
    return host_of(url).removesuffix(".").removeprefix("www.")


def bare(url: URL) -> URL:
    """*url* without its fragment: what is sent."""
    return url.copy_with(fragment=None) if url.fragment else url


def is_badge(url: URL) -> bool:
    """Whether the host only renders badges."""
    return covering(host_of(url), hosts().skipped) is not None


def printable(text: str) -> str:
    """*text* with everything that could act on a terminal or a log percent-encoded."""
    return _CONTROL.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), text)

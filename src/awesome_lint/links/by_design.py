"""Redirects that are no moves: what the old address is for, or what depends on who asks.

Their servers often say "permanently", and still the old address is the right one: short links and identifiers, the
latest version of a documentation, languages and countries, mobile hosts, sessions, logins and consent.
"""

from __future__ import annotations

import re

from awesome_lint.links.hosts import covering, hosts, is_shared, site
from awesome_lint.links.requestable import host_of, lane_of
from awesome_lint.links.wire import URL
from awesome_lint.regex import regex

_LOGIN = regex(
    r"(?:^|[/._-])(?:(?:service|user|member)?(?:log[-_]?in|log[-_]?on|sign[-_]?in)|sso|saml2?|oauth2?|openid|authori[sz]e"
    r"|authenticat\w+|auth|accounts?|consent|cookie[-_]?(?:wall|consent)|gdpr|captcha|paywall|idp"
    r"|age[-_]?(?:gate|check|wall|verif\w+|confirm\w*)|verify[-_]?age|over[-_]?18|are[-_]?you[-_]?(?:18|over|human))(?:[/._-]|$)",
    re.IGNORECASE,
)
_ERROR = regex(r"(?:^|[/._-])(?:404|410|error|errors|not-?found|not_found|unavailable)(?:[/._-]|$)", re.IGNORECASE)
_LOCALE = regex(r"[a-z]{2}(?:[-_](?:[a-z]{2,4}|[0-9]{3}))?|intl|international|global", re.IGNORECASE)
# Languages (ISO 639-1) and countries (ISO 3166-1) that hosts are called by, without those that mean other things.
_LOCALE_HOST = regex(
    r"(?:ar|at|au|az|be|bg|bn|br|ca|ch|cn|cs|cz|da|de|dk|ee|el|en|es|et|eu|fa|fi|fr|gb|gr|he|hi|hr|hu|hy|id|ie|il|in|it"
    r"|ja|jp|ka|kk|ko|kr|lt|lv|mk|ms|mx|nb|nl|nn|no|nz|pl|pt|ro|ru|se|sg|si|sk|sl|sq|sr|sv|th|tr|tw|ua|uk|ur|us|uz|vi"
    r"|vn|za|zh)(?:-[a-z]{2,4})?"
)
_MOBILE_HOSTS = frozenset({"m", "mobile", "touch", "wap", "amp", "mobi"})
_ALIAS = regex(
    r"latest|stable|current|main|master|head|trunk|dev|devel|develop|nightly|edge|lts|next|releases?|released|default"
    r"|newest|recent",
    re.IGNORECASE,
)
_VERSION = regex(r"v\.?\d+(?:[._-]\w+)*|\d+(?:\.(?:\d+|x))+(?:[._-]?[a-z]\w*)?", re.IGNORECASE)
_SHORT_VERSION = regex(r"\d{1,2}")
_INDEX = regex(r"(?:index|default|home)\.\w{2,5}", re.IGNORECASE)
_HOMES = frozenset({"home", "homepage", "index", "main", "start", "welcome"})
# Parameters that say who asks, from where, until when, or on which way; not which page it is.
_OF_THE_CLIENT = regex(
    r"utm_\w+|\w*session\w*|sid|phpsessid|jsessionid|ref|referr?er|fbclid|gclid|_gl|lang|language|locale|hl|gl|l|cc"
    r"|country|region|market|mkt|currency|token|access_token|expires?|exp|sig|signature|hash|hmac|policy|key-pair-id"
    r"|x-amz-\w[\w-]*|x-goog-\w[\w-]*|se|sp|sv|sr|st|awsaccesskeyid|googleaccessid|redirect\w*|redir|from|source|src|via"
    r"|variant|theme|mobile|device|view|ucbcb|cookie\w*|consent\w*|gdpr\w*",
    re.IGNORECASE,
)
_IN_PATH = regex(r";(?:jsessionid|phpsessid|sid|session\w*)=", re.IGNORECASE)
# Country codes that the world uses for other things: a move there is one to another name.
_GENERIC = frozenset(
    {
        *("ai", "am", "cc", "co", "fm", "gg", "gl", "im", "io", "is", "la"),
        *("ly", "me", "nu", "sh", "so", "st", "to", "tv", "vc", "ws"),
    }
)
_CODE = regex(r"(?=.*\d|.*[a-z].*[A-Z]|.*[A-Z].*[a-z])[A-Za-z0-9_-]{3,12}")
_SHORT_SITE = 10
"""Characters of a host that makes links short."""


def is_by_design(url: URL, final: URL) -> bool:
    """Whether the redirect from *url* to *final* is what *url* is for, or depends on who asks."""
    return (
        is_short_link(url, final)
        or _is_for_the_client(url, final)
        or _is_host_variant(url, final)
        or _is_path_variant(url, final)
        or is_login(url, final)
        or _is_new(_ERROR, url, final)
    )


def is_login(url: URL, final: URL) -> bool:
    """Whether *final* is a page for logging in, or for agreeing to something, and *url* is not."""
    return _is_new(_LOGIN, url, final)


def is_deep(url: URL) -> bool:
    """Whether *url* is a page below the home page of its site, in whatever language or version."""
    return bool(_page_parts(url))


def is_home(url: URL) -> bool:
    """Whether *url* is the home page of its site."""
    return not url.query and not _page_parts(url) and len(_parts(url)) < 3


def is_short_link(url: URL, final: URL) -> bool:
    """Whether *url* is there to be redirected: a known service, or a code at a short host that leads elsewhere."""
    if covering(host_of(url), hosts().permanent_by_design) and lane_of(url) != "dx.doi.org":
        return True
    ours, parts = site(host_of(url)), _parts(url)
    if ours == site(host_of(final)) or len(ours) > _SHORT_SITE or len(parts) != 1 or url.query:
        return False
    return bool(_CODE.fullmatch(parts[0])) and parts[0].lower() not in final.path.lower()


def _is_for_the_client(url: URL, final: URL) -> bool:
    added = set(final.params.keys()) - set(url.params.keys())
    in_path = _IN_PATH.search(final.path) and not _IN_PATH.search(url.path)
    return bool(in_path) or any(_OF_THE_CLIENT.fullmatch(name) for name in added)


def _is_host_variant(url: URL, final: URL) -> bool:
    """Whether the two are one site in several languages, for several countries or for several devices."""
    ours, theirs = lane_of(url), lane_of(final)
    if ours == theirs:
        return False
    if _without_variant(ours) == _without_variant(theirs):
        return True
    (our_name, _, our_suffix), (their_name, _, their_suffix) = (site(host).partition(".") for host in (ours, theirs))
    country = their_suffix.rpartition(".")[2]
    return our_name == their_name and our_suffix != their_suffix and len(country) == 2 and country not in _GENERIC


def _without_variant(host: str) -> str:
    """*host* without the labels that name a language, a country or a device."""
    least = site(host).count(".")
    while host.count(".") > least:
        label, _, rest = host.partition(".")
        if not (label in _MOBILE_HOSTS or label == "www" or _LOCALE_HOST.fullmatch(label)):
            break
        host = rest
    return host


def _is_path_variant(url: URL, final: URL) -> bool:
    """Whether the two are one page in several languages or versions, or *url* names the latest version of something."""
    ours, theirs = _parts(url), _parts(final)
    if [part.lower() for part in ours] == [part.lower() for part in theirs]:
        return False
    if site(host_of(url)) != site(host_of(final)):
        return False
    if _fixed_parts(url) == _fixed_parts(final) or _has_short_version(url, final):
        return True
    left = [part for part in ours if part not in theirs]
    added = [part for part in theirs if part not in ours]
    new_locale = len(theirs) > len(ours) and any(_LOCALE.fullmatch(part) for part in added)
    versions = [part for part in added if _VERSION.fullmatch(part) or _SHORT_VERSION.fullmatch(part)]
    to_version = bool(versions) and any(_ALIAS.fullmatch(part) for part in left)
    # A documentation sends its address to the first page of some version.
    into_version = not left and any(_VERSION.fullmatch(part) or _ALIAS.fullmatch(part) for part in added)
    return new_locale or to_version or into_version


def _has_short_version(url: URL, final: URL) -> bool:
    """Whether one of the two has a number more than the other; where both have one, it may tell pages apart."""
    ours, theirs = _fixed_parts(url), _fixed_parts(final)
    mine, yours = ([part for part in parts if _SHORT_VERSION.fullmatch(part)] for parts in (ours, theirs))
    if bool(mine) == bool(yours):
        return False
    return [part for part in ours if part not in mine] == [part for part in theirs if part not in yours]


def _parts(url: URL) -> list[str]:
    return [part for part in url.path.split("/") if part]


def _fixed_parts(url: URL) -> list[str]:
    """The segments of the path that name neither a language nor a version, in lower case."""
    patterns = (_LOCALE, _ALIAS, _VERSION)
    parts = [part.lower() for part in _parts(url)]
    return [part for part in parts if not any(pattern.fullmatch(part) for pattern in patterns)]


def _page_parts(url: URL) -> list[str]:
    """`_fixed_parts` without those that name the home page."""
    parts = _fixed_parts(url)
    return parts[:-1] if parts and (_INDEX.fullmatch(parts[-1]) or parts[-1] in _HOMES) else parts


def _below(url: URL) -> str:
    """First label of the host, and the path: where login pages show."""
    return f"{host_of(url).partition('.')[0]}{url.path}"


def _is_new(pattern: re.Pattern[str], url: URL, final: URL) -> bool:
    return bool(pattern.search(_below(final))) and not pattern.search(_below(url))


def moved_to_own_domain(url: URL, final: URL) -> bool:
    """Whether *url* is a project at a host that many share, and *final* another site: its own."""
    return is_shared(host_of(url)) and site(host_of(url)) != site(host_of(final)) and len(_parts(url)) <= 2

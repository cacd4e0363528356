"""Links that GitHub shows, but whose addresses lead nowhere or not where they should."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from awesome_lint.diagnostic import Applicability, Edit, Fix, Severity, Violation
from awesome_lint.markdown import Document, LinkKind
from awesome_lint.regex import regex
from awesome_lint.rules._link_faults import LinkFault
from awesome_lint.rules._links import Destination, describe_link, destinations, rewrite
from awesome_lint.rules._messages import fitted
from awesome_lint.source import Span
from awesome_lint.text.urls import Parts, Target, as_destination, classify, respell_scheme, split_url

ADDRESS = regex(r"https?:/+(?:www\.)?|www\.", re.IGNORECASE)
"""How an address begins"""
GLUED = regex(r"\[(?P<first>[^\[\]]+)\]\((?P<second>[^()]*(?:\([^()]*\))?[^()]*)\)?")
"""A whole link where an address should stand"""
_WRAPPED = regex(r"[\"'`\u201c\u2018(\[]+(?P<url>https?://[^\"'`\u201d\u2019]+?)[\"'`\u201d\u2019)\]]*", re.IGNORECASE)
_JUNK = regex(r"(?:%20|%C2%A0|[,;>\"'\u3002\uff0c\uff1b\u3001])+\Z", re.IGNORECASE)
_FULL_STOP = regex(r"(?<=[a-z0-9/])(?<![A-Z][a-z])(?<![A-Z][a-z]{2})(?<!etc)\.\Z")
_INVISIBLE = regex("[\u00a0\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060\ufeff]")
_RUN_ON = regex(r"(?<=[a-z0-9{}|])https?://", re.IGNORECASE)
_DOUBLED = regex(r"https?://(?P<host>[^/\s]+)/(?=https?://(?P=host)/)", re.IGNORECASE)
"""What stands once more in front of ``https://doi.org/https://doi.org/10.1000/1``."""
_EMPTY_SEGMENT = regex(
    r"https?://(?:www\.)?(?:(?:export\.)?arxiv\.org(?:/\w+)?|(?:dx\.)?doi\.org|(?:github\.com|huggingface\.co)(?:/[\w.-]+)?)"
    r"(?P<slashes>/{2,})[^/\s]",
    re.IGNORECASE,
)
"""Addresses whose first segments are never empty: https://info.arxiv.org/help/arxiv_identifier_for_services.html and
https://www.doi.org/doi-handbook/HTML/ say what follows the host, and owners and repositories have names."""
_BAD_HOST = regex(r"^\.|\.\.|[,\s]")
_WIDE_DOTS = str.maketrans("\u3002\uff0e\uff61", "...")
"""Full stops that browsers take for the dots of a host name (UTS #46, the mapping of IDNA)"""
_GLUED_TITLE = regex(r"(?P<url>[^\s\"]+)\"(?P<title>[^\"]+)\"")


def misspelt_addresses(document: Document, exists: Callable[[str], bool] | None) -> Iterator[Violation]:
    """Yield what is wrong with the addresses of *document*; *exists* is that of `Facts`."""
    for destination in destinations(document):
        written = document.source[destination.span]
        found = _glued(destination, written) or _wrapped(destination, written) or _judged(destination, written, exists)
        if found is not None:
            yield found


def two_addresses(place: Span, name: str, severity: Severity | None = None) -> Violation:
    """The violation of the link *name* at *place*, which has two addresses."""
    message, help_text = f"{name} has two addresses", "Write one link for each address"
    return Violation(place, message, help=help_text, severity=severity, kind=LinkFault.TWO_ADDRESSES)


def whole_link(place: Span, name: str, match: re.Match[str], span: Span) -> Violation:
    """The violation of the link *name* at *place*, whose destination at *span* is the whole link of *match*."""
    # Even where both addresses are the same, what GitHub shows now is another text and another link.
    edit = Edit(span, match["second"])
    return Violation(
        place,
        f"{name} has a whole link instead of an address",
        help=f"Write only the address: {match['second']}",
        fix=Fix("Keep only the address", (edit,), Applicability.UNSAFE),
        kind=LinkFault.TWO_ADDRESSES,
    )


def _name(destination: Destination) -> str:
    return describe_link(destination.text, image=destination.image)


def _judged(destination: Destination, written: str, exists: Callable[[str], bool] | None) -> Violation | None:
    """What is wrong with an address, by where it leads."""
    target = classify(destination.url)
    if target is Target.MISSPELT:
        return _bad_scheme(destination, written)
    if target is Target.PLACEHOLDER and not (exists and exists(destination.url)):
        message = fitted("{} has the word “{}” instead of an address", _name(destination), destination.url)
        help_text = "Write the address, or remove the link"
        return Violation(destination.place, message, help=help_text, kind=LinkFault.NO_ADDRESS)
    return _bad_address(destination, written) if target is Target.WEB else None


def _glued(destination: Destination, written: str) -> Violation | None:
    """``[text]([http://a](http://b))``: a whole link was pasted as the destination."""
    if "](" not in destination.url:
        return None
    name = _name(destination)
    match = GLUED.fullmatch(written.strip())
    if not match or not ADDRESS.match(match["second"]):
        return two_addresses(destination.place, name)
    found = whole_link(destination.place, name, match, destination.span)
    return replace(found, fix=None) if destination.kind is LinkKind.REFERENCE else found


def _wrapped(destination: Destination, written: str) -> Violation | None:
    match = _WRAPPED.fullmatch(written)
    if match is None:
        return None
    fault = "has quotes or brackets around its address"
    return _respelt(destination, LinkFault.QUOTED, fault, match["url"], Applicability.SAFE)


def _bad_scheme(destination: Destination, written: str) -> Violation:
    right = respell_scheme(written.strip())
    right = right or as_destination(respell_scheme(destination.url.strip()) or destination.url)
    fault = "has a mistyped `http://` or `https://`"
    found = _respelt(destination, LinkFault.SCHEME, fault, right, Applicability.SAFE)
    is_whole = _is_public(split_url(right))
    return found if is_whole else replace(found, help="Write the full address", fix=None)


def _is_public(parts: Parts | None) -> bool:
    """Whether the host can be a public site; ``localhost``, a port and a numeric address tell a deliberate one."""
    host = parts.host.translate(_WIDE_DOTS) if parts else ""
    if parts is None or _BAD_HOST.search(host):
        return False
    return "." in host or bool(parts.port) or host == "localhost" or host.startswith("[")


def _bad_address(destination: Destination, written: str) -> Violation | None:
    """The first thing that is wrong with an address that leads to the web."""
    parts = split_url(destination.url)
    if parts is None or not _is_public(parts):
        message = f"{_name(destination)} has no valid host name in its address"
        return Violation(destination.place, message, help=f"Check {destination.url}", kind=LinkFault.HOST)
    found = _wide_dot(destination, written, parts) or _repetition(destination, written)
    found = found or _odd_character(destination, written, parts)
    if found or destination.image or parts.query or parts.fragment or "wiki" in parts.host:
        return found  # a badge's label may be a space, a title may end in a full stop
    return _bad_end(destination, written)


def _wide_dot(destination: Destination, written: str, parts: Parts) -> Violation | None:
    """``https://www。example。org``: browsers open it, other programs may not."""
    narrow = parts.host.translate(_WIDE_DOTS)
    start = written.lower().find(parts.host)
    if narrow == parts.host or start < 0:
        return None
    right = (
        written[:start] + written[start : start + len(narrow)].translate(_WIDE_DOTS) + written[start + len(narrow) :]
    )
    return _doubtful(destination, LinkFault.HOST, "has a full stop from another script in its host name", right)


def _repetition(destination: Destination, written: str) -> Violation | None:
    """A host, a slash or a whole address that is there twice."""
    if doubled := _DOUBLED.match(written):
        right = written[doubled.end() :]
        return _doubtful(destination, LinkFault.REPEATED_HOST, "has its host name twice in its address", right)
    if empty := _EMPTY_SEGMENT.match(written):
        right = written[: empty.start("slashes")] + "/" + written[empty.end("slashes") :]
        return _doubtful(destination, LinkFault.DOUBLE_SLASH, "has `//` instead of `/` in its address", right)
    if _RUN_ON.search(written):
        message, help_text = f"{_name(destination)} has two addresses in one", "Write one link for each address"
        kind = LinkFault.TWO_ADDRESSES
        return Violation(destination.place, message, help=help_text, severity=Severity.WARNING, kind=kind)
    return None


def _odd_character(destination: Destination, written: str, parts: Parts) -> Violation | None:
    """An invisible character, or a bracket without its partner."""
    if _INVISIBLE.search(written):
        right, fault = _INVISIBLE.sub("", written), "has an invisible character in its address"
        return _respelt(destination, LinkFault.INVISIBLE, fault, right, Applicability.UNSAFE)
    stray = "" if destination.image else _unbalanced(parts.path)
    if not stray:
        return None
    right = written[:-1] if written.endswith(stray) else ""
    found = _doubtful(destination, LinkFault.UNBALANCED, f"has an unbalanced `{stray}` in its address", right)
    return found if right else replace(found, help=f"Check {destination.url}", fix=None)


def _unbalanced(path: str) -> str:
    """The square bracket that *path* has too many of, empty where it has none or as many of both."""
    balance = path.count("[") - path.count("]")
    return "[" if balance > 0 else "]" if balance < 0 else ""


def _bad_end(destination: Destination, written: str) -> Violation | None:
    """What is at the end of an address and does not belong to it."""
    if title := _GLUED_TITLE.fullmatch(written):
        message = f"{describe_link(destination.text)} has no space between its address and its title"
        advice = f'Write {title["url"]} "{title["title"]}"'
        return Violation(destination.place, message, help=advice, severity=Severity.WARNING, kind=LinkFault.TITLE)
    junk = _JUNK.search(written) or _FULL_STOP.search(written)
    if junk is None:
        return None
    fault = f"has a stray `{junk[0]}` at the end of its address"
    return _doubtful(destination, LinkFault.STRAY_END, fault, written[: junk.start()])


def _doubtful(destination: Destination, kind: LinkFault, fault: str, right: str) -> Violation:
    """A warning, for the address might be meant as it is."""
    found = _respelt(destination, kind, fault, right, Applicability.UNSAFE)
    return replace(found, severity=Severity.WARNING)


def _respelt(
    destination: Destination, kind: LinkFault, fault: str, right: str, applicability: Applicability
) -> Violation:
    return Violation(
        destination.place,
        f"{_name(destination)} {fault}",
        help=f"Write {right}",
        fix=rewrite(destination, right, applicability),
        kind=kind,
    )

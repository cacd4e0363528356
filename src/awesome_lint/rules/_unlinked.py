"""Links that GitHub shows as text, because of how they are written."""

from __future__ import annotations

import re

from awesome_lint.diagnostic import Applicability, Edit, Fix, Severity, Violation
from awesome_lint.markdown import BrokenKind, BrokenLink, Document
from awesome_lint.regex import regex
from awesome_lint.rules._addresses import ADDRESS, GLUED, two_addresses, whole_link
from awesome_lint.rules._link_faults import LinkFault
from awesome_lint.rules._links import describe_link, holds_link, shorten
from awesome_lint.source import Span
from awesome_lint.text.urls import Target, classify

_LIST_MARKER = regex(r"[\s>]*(?:(?:[-*+]|\d+[.)])[ \t]+)+")
_FILE = regex(r"\.(?:md|pdf|html?|png|jpe?g|gif|svg|webp|zip|txt|csv|docx?|pptx?|xlsx?|ipynb|py)\Z", re.IGNORECASE)
_TITLE = regex(
    r"(?P<url>\S+)\s+[\"'\u201c\u201d\u2018\u2019](?P<title>[^\"\u201c\u201d]*)[\"'\u201c\u201d\u2018\u2019]"
)
_SPACED_HOST = regex(r"https?://[^/\s]+\s+/", re.IGNORECASE)
_SPACE = regex(r"\s")
_SPACES = regex(r"\s+")
_SHOWN = "GitHub shows it as text"


def unlinked(document: Document, link: BrokenLink) -> Violation | None:
    """What is wrong with *link*, which GitHub shows as text; None where it is meant to be text."""
    if link.kind is BrokenKind.REVERSED:
        return _reversed(document, link)
    if link.kind is BrokenKind.DETACHED:
        return _detached(document, link)
    return _nested(document, link) if link.kind is BrokenKind.NESTED else _unparsed(link)


def _reversed(document: Document, link: BrokenLink) -> Violation:
    name, text, end = describe_link(link.text), link.text_span, link.destination_span.end
    closing = Edit(Span(end, end + 1), ")")
    edits: tuple[Edit, ...]
    if document.source[Span(link.span.start, text.start)] == "(":
        message = f"{name} has its brackets swapped"
        edits = (Edit(Span(link.span.start, text.start), "["), Edit(Span(text.end, text.end + 2), "]("), closing)
    else:
        message = f"{name} has its address in square brackets"
        edits = (Edit(Span(text.end + 1, text.end + 2), "("), closing)
    is_plain = not holds_link(document, text) and link.text.count("[") == link.text.count("]")
    fix = Fix("Write it as [text](address)", edits, Applicability.SAFE) if is_plain else None
    return Violation(link.span, message, help=_as_link(link), fix=fix, kind=LinkFault.REVERSED, note=_SHOWN)


def _as_link(link: BrokenLink) -> str:
    return f"Write [{shorten(link.text)}]({link.destination})"


def _detached(document: Document, link: BrokenLink) -> Violation | None:
    source = document.source
    line = source.line_span(source.position(link.span.start).line)
    is_task = link.text in ("x", "X") and _LIST_MARKER.fullmatch(source.text, line.start, link.span.start)
    if is_task:
        return None
    gap = Span(link.text_span.end + 1, link.destination_span.start - 1)
    fix = None if source[gap].strip() else Fix("Remove the space", (Edit(gap, ""),), Applicability.SAFE)
    message = f"{describe_link(link.text)} has a space between its text and its address"
    return Violation(link.span, message, help=_as_link(link), fix=fix, kind=LinkFault.DETACHED, note=_SHOWN)


def _nested(document: Document, link: BrokenLink) -> Violation:
    name = describe_link(link.text)
    if holds_link(document, link.text_span):
        message = f"{name} has another link in its text"
        return Violation(link.span, message, help="Put one link after the other", kind=LinkFault.NESTED, note=_SHOWN)
    if "](" in link.destination:
        return _two_links(name, link)
    return _with_lost_bracket(document, link, name)


def _with_lost_bracket(document: Document, link: BrokenLink, name: str) -> Violation:
    source, text, end = document.source, link.text_span, link.destination_span.end
    if link.span.start == text.start:
        edits: tuple[Edit, ...] = (Edit(Span(text.start, text.start), "["),)
        fix = Fix("Add the missing `[`", edits, Applicability.UNSAFE)
        fault = "is missing the `[` before its text"
    else:
        opening, closing = Span(text.end + 1, link.destination_span.start), Span(end, end + 1)
        edits = (Edit(opening, "("), *(() if source[closing] == ")" else (Edit(closing, ")"),)))
        fix = Fix("Put the address between ( and )", edits, Applicability.SAFE)
        is_foreign = bool(source[opening])
        fault = "has fullwidth brackets around its address" if is_foreign else "has no `(` before its address"
    return Violation(
        link.span, f"{name} {fault}", help=_as_link(link), fix=fix, kind=LinkFault.LOST_BRACKET, note=_SHOWN
    )


def _two_links(name: str, link: BrokenLink) -> Violation:
    match = GLUED.fullmatch(link.destination)
    return whole_link(link.span, name, match, link.destination_span) if match else two_addresses(link.span, name)


def _unparsed(link: BrokenLink) -> Violation:
    name, destination = describe_link(link.text, image=link.image), link.destination
    if len(ADDRESS.findall(destination)) > 1:
        return two_addresses(link.span, name)
    if match := _TITLE.fullmatch(destination):
        edit = Edit(link.destination_span, f'{match["url"]} "{match["title"]}"')
        fix = Fix("Use straight quotes", (edit,), Applicability.SAFE)
        message = f"{name} has a title without straight quotes"
        return Violation(
            link.span, message, help='Write [text](address "title")', fix=fix, kind=LinkFault.TITLE, note=_SHOWN
        )
    is_file = classify(destination) is Target.FILE and _FILE.search(destination) is not None
    if not is_file and not ADDRESS.match(destination):
        return Violation(
            link.span,
            f"{name} has words instead of an address",
            help="Write an address, or put a space before the `(`",
            severity=Severity.WARNING,
            kind=LinkFault.NO_ADDRESS,
            note=_SHOWN,
        )
    return _with_space(link, name, is_file=is_file)


def _with_space(link: BrokenLink, name: str, *, is_file: bool) -> Violation:
    destination = link.destination
    is_broken_off = "\n" in destination or _SPACED_HOST.match(destination) is not None
    encoded = _SPACE.sub("%20", destination) if is_file else _SPACES.sub("" if is_broken_off else "%20", destination)
    what = "line break" if "\n" in destination else "space"
    fix = Fix(
        f"Write %20 for the {what}" if "%20" in encoded else f"Remove the {what}",
        (Edit(link.destination_span, encoded),),
        Applicability.SAFE if is_file else Applicability.UNSAFE,
    )
    message = f"{name} has a {what} in its address"
    return Violation(link.span, message, help=f"Write {encoded}", fix=fix, kind=LinkFault.SPACE, note=_SHOWN)

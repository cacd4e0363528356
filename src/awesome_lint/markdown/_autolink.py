"""Bare URLs and e-mail addresses: the extended autolinks of the GitHub Flavored Markdown specification.

Where the specification is silent, cmark-gfm 0.29.0.gfm.13 decides.  URLs are found while inline text is parsed, and not
behind an open bracket; addresses are found afterwards in what is left as text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter

from awesome_lint.markdown._html import Place, place_span
from awesome_lint.markdown.document import Link, LinkKind

URL_START = r"(?<![A-Za-z])(?:[Hh][Tt][Tt][Pp][Ss]?|[Ff][Tt][Pp])://|(?:(?<=[\s*_~(])|(?<![\s\S]))www\."
URL_START_CHARACTERS = "hHfFw"
_URL_START = re.compile(URL_START)
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.?")
_REST = re.compile(r"[^ \t\n\v\f\r<]*")
_ADDRESS = re.compile(
    r"(?:(?<![A-Za-z0-9.+_-])(mailto:|xmpp:))?(?<![A-Za-z0-9.+_-])[A-Za-z0-9.+_-]+@(?:[A-Za-z0-9_-]|\.(?=[A-Za-z0-9]))+"
)
_REFERENCE_TAIL = re.compile(r"&[A-Za-z]+;\Z")
_LONGEST_REFERENCE = 40
_TRAILING = "?!.,:*_~'\""


def may_hold_bare_urls(text: str, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a bare URL may start in *text* outside the *taken* offsets, which are sorted by their start."""
    if "://" not in text and "www." not in text:
        return False
    blocked = _merged(taken)
    return any(not _within(match.start(), blocked) for match in _URL_START.finditer(text))


def bare_url_end(text: str, start: int, host: int) -> int | None:
    """Where the bare URL that starts at *start* ends, its host beginning at *host*; None if it is none."""
    domain = _DOMAIN.match(text, host)
    if domain is None:
        return None
    labels = domain[0].split(".")
    if any("_" in label for label in labels[-2:]) or (start == host and len(labels) < 2):
        return None
    rest = _REST.match(text, domain.end())
    return _trim(text, start, rest.end() if rest else domain.end())


def _trim(text: str, start: int, end: int) -> int:
    """Drop what does not count as part of the URL: punctuation and unbalanced closing brackets."""
    opened, closed = text.count("(", start, end), text.count(")", start, end)
    while end > start:
        last = text[end - 1]
        if last in _TRAILING:
            end -= 1
        elif last == ")" and closed > opened:
            closed -= 1
            end -= 1
        elif last == ";":
            reference = _REFERENCE_TAIL.search(text, max(start, end - _LONGEST_REFERENCE), end)
            end = reference.start() if reference else end - 1
        else:
            break
    return end


def find_addresses(text: str, taken: Sequence[tuple[int, int]], at: Place) -> list[Link]:
    """The bare e-mail addresses of *text* outside the *taken* offsets, which are sorted by their start."""
    if "@" not in text:
        return []
    blocked = _merged(taken)
    found: list[Link] = []
    for match in _ADDRESS.finditer(text):
        address = match[0].rstrip("-_")
        if (
            _within(match.start(), blocked)
            or address != match[0]
            or not address[-1].isalpha()
            or "." not in address.partition("@")[2]
        ):
            continue
        span = place_span(at, *match.span())
        url = match[0] if match[1] else f"mailto:{match[0]}"
        found.append(Link(LinkKind.BARE, span, span, span, match[0], url))
    return found


def _merged(taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in taken:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _within(offset: int, blocked: Sequence[tuple[int, int]]) -> bool:
    index = bisect_right(blocked, offset, key=itemgetter(0)) - 1
    return index >= 0 and offset < blocked[index][1]

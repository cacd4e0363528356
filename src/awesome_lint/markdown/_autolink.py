"""Bare URLs and e-mail addresses: the extended autolinks of the GitHub Flavored Markdown specification."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from awesome_lint.markdown._html import Place, place_span, unescape_references
from awesome_lint.markdown.document import Link, LinkKind

_START = re.compile(r"(?:https?|ftp)://|www\.|(?<![\w.+-])[\w.+-]{1,64}(?=@)", re.IGNORECASE)
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*")
_PATH = re.compile(r"[^\s<]*")
_EMAIL = re.compile(r"[A-Za-z0-9.+_-]+@[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*")
_REFERENCE_TAIL = re.compile(r"&[A-Za-z0-9]+;$")
_TRAILING = "?!.,:*_~'\""


def find_bare_urls(text: str, taken: Sequence[tuple[int, int]], at: Place) -> list[Link]:
    """The bare URLs and e-mail addresses of *text* outside the *taken* offsets, in order."""
    if "://" not in text and "www." not in text.lower() and "@" not in text:
        return []
    blocked = _merged(taken)
    starts = [start for start, _ in blocked]
    found: list[Link] = []
    position = 0
    while match := _START.search(text, position):
        index = bisect_right(starts, match.start()) - 1
        if index >= 0 and match.start() < blocked[index][1]:
            position = max(blocked[index][1], match.end())
            continue
        limit = starts[index + 1] if index + 1 < len(starts) else len(text)
        end = _end(text, match, limit)
        if end is not None:
            found.append(_link(text, match.start(), end, at))
        position = max(end or 0, match.end())
    return found


def _merged(taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(taken):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _end(text: str, match: re.Match[str], limit: int) -> int | None:
    """Where the URL that *match* starts ends, None if it is none."""
    start = match.start()
    if not match[0].endswith(("://", "www.", "WWW.")):
        return _email_end(text, start, limit)
    before = text[start - 1] if start else " "
    if match[0].lower() == "www." and not (before.isspace() or before in "*_~(["):
        return None
    host = match.end() if match[0].endswith("://") else start
    domain = _DOMAIN.match(text, host, limit)
    if domain is None or not _valid_domain(domain[0], dots=0 if host == match.end() else 1):
        return None
    path = _PATH.match(text, domain.end(), limit)
    return _trim(text, start, path.end() if path else domain.end())


def _valid_domain(domain: str, dots: int) -> bool:
    labels = domain.split(".")
    return len(labels) > dots and not any("_" in label for label in labels[-2:])


def _trim(text: str, start: int, end: int) -> int:
    """Drop what the specification does not count as part of the URL: punctuation and unbalanced closing brackets."""
    opened, closed = text.count("(", start, end), text.count(")", start, end)
    while end > start:
        last = text[end - 1]
        if last in _TRAILING:
            end -= 1
        elif last == ")" and closed > opened:
            closed -= 1
            end -= 1
        elif last == ";" and (reference := _REFERENCE_TAIL.search(text, max(start, end - 40), end)):
            end = reference.start()
        else:
            break
    return end


def _email_end(text: str, start: int, limit: int) -> int | None:
    match = _EMAIL.match(text, start, limit)
    if match is None:
        return None
    address = match[0].rstrip(".")
    if "." not in address.partition("@")[2] or address[-1] in "-_":
        return None
    return start + len(address)


def _link(text: str, start: int, end: int, at: Place) -> Link:
    shown = text[start:end]
    url = unescape_references(shown)
    if url.lower().startswith("www."):
        url = f"http://{url}"
    elif "://" not in url:
        url = f"mailto:{url}"
    span = place_span(at, start, end)
    return Link(LinkKind.BARE, span, span, span, shown, url)

"""What a line of Markdown has lost: links, tags and autolinks whose end is gone, and where a pipe may have stood.

Offsets are those of the text given.  Nothing is decided here; the places are offered to the search.
"""

from __future__ import annotations

import re
from enum import StrEnum

from msgspec import Struct

from awesome_lint.markdown.destination import destination_end, escapes, without_punctuation
from awesome_lint.regex import regex

_LANDMARK = regex(
    r"(?P<link>\]\()|(?P<tag><(?:img|a)(?=\s))|(?P<auto><(?=https?://))|(?P<bare>https?://)|(?P<code>(?<!\\)`+)",
    re.IGNORECASE,
)
_ABSOLUTE = regex(r"(?:https?|ftp)://|mailto:|www\.", re.IGNORECASE)
_DESTINATION = regex(r"(?:\\[^\s|]|[^\s|()<>\\])*")
_WITH_TAGS = regex(r"(?:\\[^\s|]|[^\s|()\\])*")
"""A destination may hold a tag; one that is cut off stops before it."""
_BARE = regex(r"[^\s|<>\"'`()\[\]]*(?:\([^\s|<>\"'`()\[\]]*\)[^\s|<>\"'`()\[\]]*)*")
_ATTRIBUTE = regex(r"\s*([A-Za-z_:][-\w:.]*)(?:\s*=\s*(?:(\"|')|([^\s\"'=<>`|]+))?)?")
_BLANK = " \t"


class End(StrEnum):
    """What kind of thing is cut off."""

    LINK = "link"
    ATTRIBUTE = "attribute"
    AUTOLINK = "autolink"


class Lost(Struct, frozen=True):
    """An end that is gone: ``start`` is where it all begins, ``at`` where the URL stops, ``marks`` what closes it."""

    end: End
    start: int
    at: int
    marks: str


class Scan(Struct, frozen=True):
    """``lost`` are the missing ends; ``closed`` the offsets right after complete links, tags and bare URLs."""

    lost: tuple[Lost, ...]
    closed: tuple[int, ...]
    urls: tuple[int, ...]


def scan(text: str) -> Scan:
    """Find the lost ends in *text*, in one pass from left to right.

    An unescaped pipe ends every construct, as it does in a table row.
    """
    lost: list[Lost] = []
    closed: list[int] = []
    urls: list[int] = []
    position = 0
    while match := _LANDMARK.search(text, position):
        position = match.end()
        kind = match.lastgroup
        found: Lost | int | None
        if kind == "code":
            position = _after_code(text, match.start(), match.end())
            continue
        if kind == "link":
            found = _link(text, match.start(), match.end())
        elif kind == "tag":
            found = _tag(text, match.start(), match.end())
        elif kind == "auto":
            found = _autolink(text, match.start(), match.end())
        else:
            position = _end_of_bare(text, match.start())
            urls.append(position)
            continue
        if isinstance(found, Lost):
            lost.append(found)
            position = max(position, found.at)
        elif found:
            closed.append(found)
            # What follows a destination belongs to no other landmark; a link's text may hold more links.
            position = found
    return Scan(tuple(lost), tuple(closed), tuple(urls))


def _after_code(text: str, start: int, end: int) -> int:
    """Where the code span that opens at *start* closes, or the end of its backticks if it never does in its cell."""
    fence = text[start:end]
    close = end
    while (close := text.find(fence, close)) >= 0:
        stop = close + len(fence)
        if text[close - 1] != "`" and text[stop : stop + 1] != "`":
            return end if "|" in text[end:close] else stop
        while text[close : close + 1] == "`":
            close += 1
    return end


def _link(text: str, bracket: int, start: int) -> Lost | int | None:
    """The link whose destination starts at *start*: its end if it closes, what it lost if it does not."""
    first = start
    while text[first : first + 1] in _BLANK and first < len(text):
        first += 1
    if text[first : first + 1] == "<":
        stop = text.find(">", first)
        return stop + 2 if stop >= 0 and text[stop + 1 : stop + 2] == ")" else None
    for destination in (_WITH_TAGS, _DESTINATION):
        end = _destination_end(text, first, destination)
        if text[end : end + 1] == ")" and "](" not in text[first:end]:
            return end + 1
    if not _ABSOLUTE.match(text, first):
        return None
    after = end
    while after < len(text) and text[after] in _BLANK:
        after += 1
    if text[after : after + 1] == ")":
        return after + 1
    title_end = _title_end(text, after)
    if title_end is not None:
        return title_end
    if after > end and _is_spaced(text, bracket, after):
        return None
    end = without_punctuation(text, first, destination_end(text, first))
    return None if escapes(text, end) else Lost(End.LINK, bracket, end, ")")


def _destination_end(text: str, start: int, destination: re.Pattern[str]) -> int:
    depth, position = 0, start
    while True:
        position = destination.match(text, position).end()  # type: ignore[union-attr]  # matches the empty string too
        character = text[position : position + 1]
        if character == "(":
            depth += 1
        elif character == ")" and depth:
            depth -= 1
        else:
            return position
        position += 1


def _title_end(text: str, start: int) -> int | None:
    quote = text[start : start + 1]
    if quote not in ('"', "'") or not quote:
        return None
    stop = text.find(quote, start + 1)
    if stop < 0 or "|" in text[start:stop]:
        return None
    stop += 1
    while text[stop : stop + 1] in _BLANK and stop < len(text):
        stop += 1
    return stop + 1 if text[stop : stop + 1] == ")" else None


def _is_spaced(text: str, bracket: int, start: int) -> bool:
    """Whether ``[text](url more)`` holds white space in its destination rather than being cut off."""
    stop = start
    while stop < len(text) and text[stop] not in "()[]|<":
        stop += 1
    if text[stop : stop + 1] != ")":
        return False
    cell = text[text.rfind("|", 0, bracket) + 1 : bracket]
    return cell.count("(") <= cell.count(")")


def _tag(text: str, start: int, position: int) -> Lost | int | None:
    """The tag that opens at *start*; only an attribute that holds a URL can be cut off."""
    while True:
        match = _ATTRIBUTE.match(text, position)
        if not match or match.end() == position:
            stop = position
            while text[stop : stop + 1] in (" ", "\t", "/"):
                stop += 1
            return stop + 1 if text[stop : stop + 1] == ">" else None
        position = match.end()
        quote = match[2]
        if not quote:
            continue
        if _ABSOLUTE.match(text, position):
            end = position
            while end < len(text) and not text[end].isspace() and text[end] not in "|\"'<>":
                end += 1
            if text[end : end + 1] != quote:
                return Lost(End.ATTRIBUTE, start, end, quote if _tag_goes_on(text, end) else quote + ">")
            position = end + 1
        else:
            end = text.find(quote, position)
            if end < 0 or "|" in text[position:end]:
                return None
            position = end + 1


_REST_OF_TAG = regex(r"\s*(?:[A-Za-z_:][-\w:.]*\s*=\s*(?:\"[^\"<>|]*\"|'[^'<>|]*'|[^\s\"'<>|]+)\s*)*/?>")


def _tag_goes_on(text: str, position: int) -> bool:
    """Whether further attributes or the tag's ``>`` follow."""
    return bool(_REST_OF_TAG.match(text, position)) or bool(
        re.match(r"\s+[A-Za-z_:][-\w:.]*\s*=", text[position : position + 80])
    )


def _autolink(text: str, start: int, position: int) -> Lost | int | None:
    end = position
    while end < len(text) and not text[end].isspace() and text[end] not in "|<>":
        end += 1
    return end + 1 if text[end : end + 1] == ">" else Lost(End.AUTOLINK, start, end, ">")


def _end_of_bare(text: str, start: int) -> int:
    match = _BARE.match(text, start)
    return match.end() if match else start

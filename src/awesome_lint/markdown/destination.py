"""Where a link's destination that has lost its ``)`` ends: one answer for what reports it and for what repairs it."""

from __future__ import annotations

from awesome_lint.regex import regex

_STOP = regex(r"[\s<>()\[\]|\"\u2026\uff09\\]")
_TRAILING = "*,;:."


def destination_end(text: str, start: int) -> int:
    """The offset in *text* where a destination that begins at *start* ends: round brackets in pairs belong to it."""
    depth, position = 0, start
    while match := _STOP.search(text, position):
        character, position = match[0], match.end()
        if character == "\\":
            position += not text[position : position + 1].isspace()
        elif character == "(":
            depth += 1
        elif character == ")" and depth:
            depth -= 1
        else:
            return position if character == "\u2026" else match.start()
    return len(text)


def escapes(text: str, offset: int) -> bool:
    """Whether a backslash before *offset* in *text* would escape a mark that is inserted there."""
    count = 0
    while text[offset - count - 1 : offset - count] == "\\":
        count += 1
    return count % 2 == 1


def without_punctuation(text: str, start: int, end: int) -> int:
    """*end* of a destination without emphasis and punctuation that stood after the link; an ellipsis stays."""
    destination = text[start:end]
    return end if destination.endswith("...") else start + len(destination.rstrip(_TRAILING))

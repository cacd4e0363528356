"""Which further marks closed together with a link: brackets around it, emphasis that began before it."""

from __future__ import annotations

from awesome_lint.regex import regex
from awesome_lint.repair.scan import End, Lost

_BRACKET = regex(r"(?<!\\)[\[\]]")
_BOLD = ("**", "__")
_OPENING_QUOTE = regex(r"(?:^|[\s(|])([\"'])\[[^\[\]]*\]\([^()]*$")
"""A quotation mark right before the link that is cut off."""


def closers(before: str, lost: Lost, after: str) -> str:
    """What to put after the closing of *lost*, given the text *before* and *after* it in its cell.

    A bracket, a bold marker or a quotation mark that opened before the link and closes nowhere after it closes with it.
    """
    if lost.end != End.LINK:
        return ""
    marks = ""
    opened = _unclosed(before)
    if opened and _surplus(after) < opened:
        marks += "]"
    for bold in _BOLD:
        at = before.rfind(bold)
        if before.count(bold) % 2 and after.count(bold) % 2 == 0 and _opens_link(before[at + len(bold) :]):
            marks += bold
    opening = _OPENING_QUOTE.search(before)
    if opening and opening[1] not in after:
        marks += opening[1]
    return marks


def _unclosed(text: str) -> int:
    """How many brackets are open at the end of *text*, which stops within a link's destination."""
    depth = 0
    for match in _BRACKET.finditer(text):
        depth = depth + 1 if match[0] == "[" else max(0, depth - 1)
    return depth


def _surplus(text: str) -> int:
    """How many brackets *text* closes that it did not open."""
    depth = surplus = 0
    for match in _BRACKET.finditer(text):
        if match[0] == "[":
            depth += 1
        elif depth:
            depth -= 1
        else:
            surplus += 1
    return surplus


def _opens_link(text: str) -> bool:
    """Whether a bold marker stands right before the link (or its brackets), so that it ended with it."""
    return text.lstrip("!").startswith("[")

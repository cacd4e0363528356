"""Emoji and other symbols that stand for something by themselves."""

from __future__ import annotations

import unicodedata

_JOINER = "\u200d"
_PRESENTATION = "\ufe0f"
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)
"""Regional indicators: two of them make a flag."""


def is_symbol(text: str) -> bool:
    """Whether *text* is one symbol or several side by side, and nothing else: ``🔒``, ``⚠️``, ``✓``."""
    kinds = {unicodedata.category(character) for character in text}
    return "So" in kinds and kinds <= {"So", "Sk", "Mn", "Me", "Cf"}


def plain_symbol(text: str) -> str:
    """*text* without the selectors that only choose how a symbol is drawn: ``⚠️`` and ``⚠`` are one."""
    return text.replace(_PRESENTATION, "")


def split_symbols(text: str) -> list[str]:
    """The symbols of *text*, for which `is_symbol` holds: modifiers and joined ones belong to the one before them."""
    found: list[str] = []
    for character in text:
        if found and _belongs_to(character, found[-1]):
            found[-1] += character
        else:
            found.append(character)
    return found


def _belongs_to(character: str, symbol: str) -> bool:
    """Whether *character* is a part of the *symbol* before it."""
    if unicodedata.category(character) != "So" or symbol.endswith(_JOINER):
        return True
    return len(symbol) == 1 and ord(symbol) in _FLAG_LETTERS and ord(character) in _FLAG_LETTERS

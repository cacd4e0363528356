r"""The fragments under which GitHub links to headings.

The rule is github-slugger's (https://github.com/Flet/github-slugger), which mirrors GitHub's own
``/[^\p{Word}\- ]/u``: everything but alphabetic characters, marks, decimal digits, connector
punctuation, ``-`` and the space is dropped.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_KEPT_CATEGORIES = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Nl", "Mn", "Mc", "Me", "Nd", "Pc"})
_ALPHABETIC_SYMBOLS = (range(0x24B6, 0x24EA), range(0x1F130, 0x1F14A), range(0x1F150, 0x1F16A), range(0x1F170, 0x1F18A))
"""The circled and squared letters: symbols by category, yet Alphabetic (Unicode PropList.txt, Other_Alphabetic)."""


class Slugger:
    """Gives each heading of one document its anchor; ask once per heading, in document order."""

    def __init__(self) -> None:
        self._occurrences: dict[str, int] = {}

    def slug(self, text: str) -> str:
        """Give the next heading of the document its anchor, without ``#``.

        *text* is the heading's text content as GitHub sees it, untrimmed: an image adds nothing, not even its
        alternative text, while the space before it stays (``# Awesome [![badge](…)](…)`` is ``awesome-``), and
        ``:shortcode:`` stays as written.
        """
        base = slugify(text)
        anchor = base
        while anchor in self._occurrences:
            self._occurrences[base] += 1
            anchor = f"{base}-{self._occurrences[base]}"
        self._occurrences[anchor] = 0
        return anchor


def slugify(text: str) -> str:
    """Return the anchor of a heading with *text*, were it the only one."""
    return "".join(map(_slug_character, text.lower()))


@lru_cache(maxsize=4096)
def _slug_character(character: str) -> str:
    if character == " ":
        return "-"
    return character if character == "-" or _is_word(character) else ""


def _is_word(character: str) -> bool:
    return unicodedata.category(character) in _KEPT_CATEGORIES or any(
        ord(character) in symbols for symbols in _ALPHABETIC_SYMBOLS
    )

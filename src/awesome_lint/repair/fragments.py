"""Whether two neighbouring cells are one text that a stray pipe has cut."""

from __future__ import annotations

import re
from functools import lru_cache

from awesome_lint.regex import regex
from awesome_lint.repair.enclosed import is_whole
from awesome_lint.repair.forms import BLANK, WORDS, Forms, form_of
from awesome_lint.repair.value import read

_GOES_ON = regex(
    r"(?:[,(/]|\s[&+–-]|\b(?:a|an|and|as|at|but|by|for|from|in|into|is|are|of|on|or|over|than|that|the|their|to|under|via"
    r"|using|when|where|which|with|without))\s*$",
    re.IGNORECASE,
)
"""How a text ends that continues: with a word or mark that needs another after it."""
_CONTINUES = regex(
    r"\s*(?:[,;:.)!?](?!\w)|(?:and|as|at|by|for|from|in|into|is|are|of|on|or|than|that|to|under|via|which|with)\s)"
)
"""How a text begins that continues another."""
_PAIRS = (("(", ")"), ("“", "”"), ("「", "」"), ("（", "）"))


@lru_cache(maxsize=1 << 12)
def may_join(left: str, right: str) -> bool:
    """Whether two cells may be halves of one text; a link, an image, an address or a number stands for itself."""
    return all(_is_text(cell) for cell in (left, right)) or not (is_whole(left) and is_whole(right))


def _is_text(cell: str) -> bool:
    form = form_of(read(cell.strip()))
    return form == WORDS or (form != BLANK and form[0] not in "bdnmy" and "t" in form)


def is_cut(left: str, right: str, forms: Forms, column: int) -> bool:
    """Whether the form of *left* or *right* shows that it is no whole value, but half of one in *column*."""
    left, right = left.strip(), right.strip()
    if not may_join(left, right):
        return False
    if _complement(left, right) or goes_on(left, right):
        return True
    value = read(right)
    if not value.begins_small or forms.is_known(value):
        return False
    return not any(forms.begins_small(c) for c in range(forms.width) if c == column or not forms.is_foreign(c, value))


def goes_on(left: str, right: str) -> bool:
    """Whether *left* ends as a text does that continues, or *right* begins as one that continues another."""
    return bool(_CONTINUES.match(right) or _GOES_ON.search(left))


def are_too_short(left: str, right: str, forms: Forms, column: int) -> bool:
    """Whether both are texts that *column* has never held so short, and names of no other."""
    values = [read(cell.strip()) for cell in (left, right)]
    return may_join(left, right) and all(forms.is_too_short(column, v) and not forms.is_known(v) for v in values)


def _complement(left: str, right: str) -> bool:
    """Whether *right* closes what *left* opens."""
    for opening, closing in _PAIRS:
        if left.count(opening) > left.count(closing) and right.count(closing) > right.count(opening):
            return True
    return any(left.count(mark) % 2 and right.count(mark) % 2 for mark in ('"', "**", "__", "`"))

"""How cells say that there is nothing to say."""

from __future__ import annotations

import re

from awesome_lint.semantic.cells import Place

_DASH = re.compile(r"[-‐‑‒–—―−_]{1,4}")
_SLASH = re.compile(r"[/\\]{1,2}")
NOT_APPLICABLE = re.compile(r"n[./ ]?a\.?", re.IGNORECASE)
_WORD = re.compile(r"none|null|nil|nan|\.{1,3}|…|无|無|なし|нет", re.IGNORECASE)
FAMILIES = (_DASH, _SLASH, NOT_APPLICABLE)
"""Signs of one family never differ in meaning."""


def placeholder_of(place: Place) -> str | None:
    """How *place* says “nothing”, an empty text where it holds none at all; None where it says something."""
    text = place.text
    if not text:
        return "" if place.is_empty else None
    is_sign = any(family.fullmatch(text) for family in (*FAMILIES, _WORD))
    return text if is_sign and not place.cell.content.links else None


def is_word(sign: str) -> bool:
    """Whether *sign* is a word such as “none”, which may be a value as well."""
    return _WORD.fullmatch(sign) is not None

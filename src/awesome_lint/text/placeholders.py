"""How lists write that there is no value: signs such as `-` and `N/A`, words such as `none` and `TBD`."""

from __future__ import annotations

from enum import Enum, auto

from awesome_lint.regex import regex
from awesome_lint.text.patterns import fold_case


class Placeholder(Enum):
    """What kind of placeholder a text is; two of one kind never differ in meaning."""

    BLANK = auto()
    """No text at all"""
    DASH = auto()
    SLASH = auto()
    NOT_APPLICABLE = auto()
    """``N/A``"""
    ELLIPSIS = auto()
    """``...``, which may stand for something as well"""
    NONE = auto()
    """A word such as ``none`` or ``null``, which may be a value as well"""
    UNKNOWN = auto()
    """``TBD``, ``?``: there may be a value, but it is not written yet"""

    @property
    def is_sign(self) -> bool:
        """Whether it never is a value and says nothing but that there is none."""
        return self in (Placeholder.BLANK, Placeholder.DASH, Placeholder.SLASH, Placeholder.NOT_APPLICABLE)


_SIGNS = (
    (Placeholder.DASH, regex(r"[-‐‑‒–—―−_]{1,4}")),
    (Placeholder.SLASH, regex(r"[/\\]{1,2}")),
    (Placeholder.NOT_APPLICABLE, regex(r"n[./\\ -]?a\.?|н/п")),
    (Placeholder.ELLIPSIS, regex(r"\.{1,3}|…")),
    (Placeholder.UNKNOWN, regex(r"[?？]{1,3}")),
)
_NONE = "none null nil nan undefined 无 無 不适用 不適用 なし 該当なし 없음 해당없음 нет"
_UNKNOWN = """
tba tbc tbd todo unknown unspecified 暂无 暫無 暂缺 暫缺 未知 未定 待定 待补充 待補充 不明 不详 不詳 미정 미상
неизвестно н/д unbekannt inconnu desconocido desconhecido
"""
_PHRASES = (
    *("not available", "not applicable", "not known", "not specified"),
    *("to be announced", "to be confirmed", "to be defined", "to be determined"),
)
_WORDS = (
    dict.fromkeys(_NONE.split(), Placeholder.NONE)
    | dict.fromkeys(_UNKNOWN.split(), Placeholder.UNKNOWN)
    | dict.fromkeys(_PHRASES, Placeholder.UNKNOWN)
)


def find_placeholder(text: str) -> Placeholder | None:
    """Which placeholder *text* is as a whole; None where it is a value."""
    folded = fold_case(text)
    if not folded:
        return Placeholder.BLANK
    kind = next((kind for kind, pattern in _SIGNS if pattern.fullmatch(folded)), None)
    return kind or _WORDS.get(folded)

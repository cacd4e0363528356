"""How wide a text is shown."""

from __future__ import annotations

from awesome_lint.regex import regex

_NARROW = regex(r"[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e]*")
"""Latin letters, and punctuation such as quotes and dashes: one column each."""


def display_width(text: str) -> int:
    """How many columns of a terminal or editor *text* takes: wide characters two, combining marks none."""
    if _NARROW.fullmatch(text):
        return len(text)
    from wcwidth import wcswidth, wcwidth  # late: most texts are narrow

    width = wcswidth(text)
    return width if width >= 0 else sum(max(0, wcwidth(character)) for character in text)

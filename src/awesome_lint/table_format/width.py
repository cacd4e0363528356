"""How wide a text is shown."""

from __future__ import annotations


def display_width(text: str) -> int:
    """How many columns of a terminal or editor *text* takes: wide characters two, combining marks none."""
    if text.isascii() and text.isprintable():
        return len(text)
    from wcwidth import wcswidth, wcwidth  # late: most tables are never measured

    width = wcswidth(text)
    return width if width >= 0 else sum(max(0, wcwidth(character)) for character in text)

"""Colours for people, and nothing at all for everyone else."""

from __future__ import annotations

from msgspec import Struct

from awesome_lint.diagnostic import Severity

_CODES = {
    "bold": "1",
    "faint": "2",
    "cyan": "36",
    "added": "32",
    "removed": "31",
    Severity.ERROR: "1;31",
    Severity.WARNING: "1;33",
    Severity.INFO: "1;36",
}


class Style(Struct, frozen=True):
    """How a report looks: ``width`` is that of the terminal in columns, ``color`` whether to use ANSI colours."""

    width: int = 100
    color: bool = False

    def paint(self, text: str, kind: str) -> str:
        """*text* in the colour of *kind*: ``bold``, ``faint``, ``cyan``, ``added``, ``removed`` or a severity."""
        return f"\x1b[{_CODES[kind]}m{text}\x1b[0m" if self.color and text else text

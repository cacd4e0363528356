"""What a finding says beside its message: its other places, and all of it in one line."""

from __future__ import annotations

import re

from awesome_lint.diagnostic import Diagnostic, RelatedPlace

MOST_PLACES = 3
"""How many other places of a finding are shown; JSON has all."""


def places_of(diagnostic: Diagnostic) -> int:
    """The number of places of which what *diagnostic* says is true."""
    return 1 + sum(place.too for place in diagnostic.related)


def other_places(diagnostic: Diagnostic) -> tuple[RelatedPlace, ...]:
    """The related places that the message does not name."""
    return tuple(
        place for place in diagnostic.related if re.search(rf"\bline {place.start.line}\b", diagnostic.message) is None
    )


def also_lines(diagnostic: Diagnostic) -> str:
    """The other lines of which the same is true, such as ``also lines 4, 8, 9, … (13 in all)``; empty without any."""
    own = diagnostic.start.line
    lines = list(dict.fromkeys(each.start.line for each in diagnostic.related if each.too and each.start.line != own))
    if not lines:
        return ""
    listed = ", ".join(map(str, lines[:MOST_PLACES]))
    more = f", … ({places_of(diagnostic):,} in all)" if len(lines) > MOST_PLACES else ""
    return f"also line{'s' * (len(lines) > 1)} {listed}{more}"


def in_one_line(diagnostic: Diagnostic, *, with_advice: bool = True) -> str:
    """The message, what GitHub makes of it, the other lines and the advice."""
    also = also_lines(diagnostic)
    parts = (diagnostic.message, diagnostic.note, also[:1].upper() + also[1:], diagnostic.advice if with_advice else "")
    return ". ".join(filter(None, parts))

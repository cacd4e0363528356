"""Proving of a merge that it has lost no line and copied none."""

from __future__ import annotations

from collections import Counter

from awesome_lint.regex import regex

_MARGIN = " \t>"
_MARKER = regex(r"(?:[-*+]|\d{1,9}[.)])(?=\s)")


def is_proved(base: str, ours: str, theirs: str, merged: str, marker_size: int) -> bool:
    """Whether *merged* has each line as often as a merge of the other three may have it.

    Take a line that the sides have o and t times, and *base* b times.  If each side's additions and deletions are
    applied, the result has it o + t - b times; if both sides have added the same line, the larger of o and t is enough.
    It must be there at least as often as the smaller of the two numbers, and at most as often as the larger, not
    counting conflicts, which a person resolves.  White space, markers and outer pipes make no difference.
    """
    before, mine, other = (Counter(map(_said, text.split("\n"))) for text in (base, ours, theirs))
    settled, disputed = _lines(merged, marker_size)
    for line in mine.keys() | other.keys() | settled.keys():
        both, one = mine[line] + other[line] - before[line], max(mine[line], other[line])
        if line and (settled[line] + disputed[line] < min(both, one) or settled[line] > max(both, one)):
            return False
    return True


def _said(line: str) -> str:
    """What *line* says: its text without white space, the marker of a bullet and the outer pipes of a row."""
    text = line.strip(_MARGIN)
    if marker := _MARKER.match(text):
        text = text[marker.end() :]
    return "".join(text.split()).removeprefix("|").removesuffix("|")


def _lines(merged: str, marker_size: int) -> tuple[Counter[str], Counter[str]]:
    """The lines of *merged* outside of conflicts, and those within; each conflict has the lines of either side."""
    signs = {char * marker_size + " ": char for char in "<|>"} | {"=" * marker_size: "="}
    settled, disputed = Counter[str](), Counter[str]()
    sides: dict[str, Counter[str]] = {}
    side = ""
    for line in merged.split("\n"):
        sign = signs.get(line[: marker_size + 1])
        if sign == "<" and not side:
            sides = {"<": Counter(), "|": Counter(), "=": Counter()}
            side = sign
        elif sign and side:
            side = "" if sign == ">" else sign
            if not side:
                disputed.update(sides["<"] | sides["="])
        else:
            (sides[side] if side else settled)[_said(line)] += 1
    return settled, disputed

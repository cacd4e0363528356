"""How much it takes to call something a convention."""

from __future__ import annotations

LEAST = 10
"""How many times at least a convention has to be kept."""
_SHARE = 0.02
MOST_EXCEPTIONS = 2
"""Which share of the places, and how many, may break it: a few are slips, more are a habit of their own."""


def is_convention(places: int, exceptions: int) -> bool:
    """Whether what holds at *places* but for *exceptions* of them is a convention."""
    return places - exceptions >= LEAST and exceptions <= min(MOST_EXCEPTIONS, _SHARE * places)


def share(places: int, exceptions: int) -> str:
    """How often something holds, for a remark: ``all 40``, ``39 of 40``."""
    return f"{places - exceptions} of {places}" if exceptions else f"all {places}"

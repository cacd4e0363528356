"""How much evidence it takes to put a convention into a configuration."""

from __future__ import annotations

from awesome_lint.semantic.conventions import is_convention

LEAST = 10
"""The fewest times that a convention has to be kept."""
_SHARE = 0.98
MOST_EXCEPTIONS = 2
"""In which share of the places it has to be kept, and how many may break it: more are a convention of their own."""


def is_kept(places: int, exceptions: int) -> bool:
    """Whether what holds at *places* but for *exceptions* of them is a convention."""
    is_usual = is_convention(places - exceptions, places, least=LEAST, share=_SHARE)
    return is_usual and exceptions <= MOST_EXCEPTIONS


def share(places: int, exceptions: int) -> str:
    """How often something holds, for a remark: ``all 40``, ``39 of 40``."""
    return f"{places - exceptions} of {places}" if exceptions else f"all {places}"

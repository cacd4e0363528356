"""How much it takes to call something a convention of a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

_T = TypeVar("_T")


def is_convention(count: int, total: int, *, least: int, share: float) -> bool:
    """Whether what holds in *count* of *total* places is a convention: in *least* at least, and in that *share*."""
    return count >= max(least, share * total)


def convention(values: Iterable[_T], *, least: int, share: float) -> _T | None:
    """The one of *values* that is a convention, or None."""
    counts = Counter(values)
    for value, count in counts.most_common(1):
        if is_convention(count, counts.total(), least=least, share=share):
            return value
    return None

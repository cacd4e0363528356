"""The alphabetical order that names keep, and the place of a new one in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from awesome_lint.text.collations import collations
from awesome_lint.text.sorting import in_order

_LEAST_SORTED = 3
_SHARE_SORTED = 0.9
"""Names count as sorted if there are at least so many, and this share of them is in order."""


class NameOrder:
    """The order of *names*, in the collation that explains most; ``is_kept`` tells whether there is one."""

    def __init__(self, names: Sequence[str]) -> None:
        self._kept: list[int] = []
        self._keys: list[Any] = []
        self.is_kept = False
        if len(names) < _LEAST_SORTED:
            return
        for collation in collations(names):
            keys = [collation(name) for name in names]
            kept = in_order(keys)
            if len(kept) > len(self._kept):
                self._collation = collation
                self._kept = kept
                self._keys = [keys[index] for index in kept]
        self.is_kept = len(self._kept) >= _SHARE_SORTED * len(names) and self._keys[0] != self._keys[-1]

    def key(self, name: str) -> Any:
        """The key by which *name* is sorted."""
        return self._collation(name)

    def index_before(self, name: str) -> int | None:
        """The index of the name after which *name* belongs; None for the beginning."""
        index = bisect_right(self._keys, self.key(name))
        return self._kept[index - 1] if index else None

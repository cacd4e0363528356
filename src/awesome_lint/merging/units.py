"""Merging the rows of a table, or the bullets of a list, as sets."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from awesome_lint.merging.regions import Unit
from awesome_lint.semantic.matching import Way, all_of, match
from awesome_lint.text.collations import collations
from awesome_lint.text.sorting import in_order

_WAYS: tuple[Way[Unit], ...] = (
    Way(lambda unit: unit.said),
    Way(all_of(lambda unit: unit.title, lambda unit: unit.address)),
    Way(lambda unit: unit.address, alone=True),
    Way(lambda unit: unit.title, alone=True),
)
_LEAST_SORTED = 3
_SHARE_SORTED = 0.9
"""A list counts as sorted if at least so many names, and this share of them, are in order."""


class Piece(Struct, frozen=True, eq=False):
    """A row or bullet of the result: ``chosen``, or a conflict if that is None.

    ``ours`` or ``theirs`` is None if that side does not have it.
    """

    ours: Unit | None
    theirs: Unit | None
    chosen: Unit | None

    @property
    def unit(self) -> Unit:
        """One of its units, to compare it by."""
        unit = self.chosen or self.ours or self.theirs
        if unit is None:
            raise ValueError("a piece without a unit")
        return unit


def merge_units(base: Sequence[Unit], ours: Sequence[Unit], theirs: Sequence[Unit]) -> list[Piece]:
    """Merge the units of both sides; a deletion applies unless the other side has changed the unit.

    If only one side has changes, the result is that side.  Otherwise the units keep the order of *ours*, or that of
    *theirs* if only that side has reordered them.  Additions of the other side go to their place in alphabetical order,
    or after the same unit as before if the names are not sorted.
    """
    if _lines(base) == _lines(ours):
        return [Piece(None, unit, unit) for unit in theirs]
    if _lines(theirs) in (_lines(base), _lines(ours)):
        return [Piece(unit, None, unit) for unit in ours]
    if _is_reordered(base, theirs) and not _is_reordered(base, ours):
        return [Piece(piece.theirs, piece.ours, piece.chosen) for piece in _Merge(base, theirs, ours).pieces()]
    return _Merge(base, ours, theirs).pieces()


def _lines(units: Sequence[Unit]) -> list[tuple[str, tuple[str, ...]]]:
    return [(unit.text, unit.gap) for unit in units]


def _is_reordered(base: Sequence[Unit], side: Sequence[Unit]) -> bool:
    places = {id(unit): number for number, unit in enumerate(base)}
    kept = [places[id(before)] for before, _ in match(base, side, _WAYS).pairs]
    return kept != sorted(kept)


class _Merge:
    """A merge into the order of the *main* side."""

    def __init__(self, base: Sequence[Unit], main: Sequence[Unit], other: Sequence[Unit]) -> None:
        one, two = match(base, main, _WAYS), match(base, other, _WAYS)
        twins = match(one.added, two.added, _WAYS).pairs
        self._main, self._other = main, other
        self._base = {id(unit): before for before, unit in (*one.pairs, *two.pairs)}
        self._in_main = {id(before): unit for before, unit in one.pairs}
        self._in_other = {id(before): unit for before, unit in two.pairs} | {id(unit): twin for unit, twin in twins}

    def pieces(self) -> list[Piece]:
        """The pieces in their order."""
        found = [piece for unit in self._main if (piece := self._resolve(unit))]
        order = _Order(found)
        homes = {id(piece.theirs): piece for piece in found if piece.theirs}
        after: dict[int, list[Piece]] = {}
        last: Piece | None = None
        for unit in self._other:
            if id(unit) in homes:
                last = homes[id(unit)]
            elif piece := self._only_in_other(unit):
                place = order.place_of(unit) if piece.chosen and order.is_kept else last
                after.setdefault(id(place), []).append(piece)
        if order.is_kept:
            for pieces in after.values():
                pieces.sort(key=lambda piece: order.key(piece.unit))
        return [*after.get(id(None), ()), *(each for piece in found for each in (piece, *after.get(id(piece), ())))]

    def _resolve(self, unit: Unit) -> Piece | None:
        """The piece that a unit of the main side becomes; None if it is deleted."""
        before = self._base.get(id(unit))
        twin = self._in_other.get(id(before or unit))
        if before is None:
            is_agreed = twin is None or twin.said == unit.said
            return Piece(unit, twin, unit if is_agreed else None)
        if twin is None:
            return None if unit.said == before.said else Piece(unit, None, None)
        if unit.text == before.text or (unit.said == before.said and twin.said != before.said):
            return Piece(unit, twin, twin)
        return Piece(unit, twin, unit if twin.said in (before.said, unit.said) else None)

    def _only_in_other(self, unit: Unit) -> Piece | None:
        """The piece that a unit becomes that only the other side has; None if it is deleted."""
        before = self._base.get(id(unit))
        if before is None:
            return Piece(None, unit, unit)
        return None if unit.said == before.said else Piece(None, unit, None)


class _Order:
    """The order of the names of *pieces*, if there is one."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        names = [piece.unit.name for piece in pieces]
        self._pieces: list[Piece] = []
        self._keys: list[Any] = []
        self.is_kept = False
        if len(names) < _LEAST_SORTED:
            return
        for collation in collations(names):
            keys = [collation(name) for name in names]
            kept = in_order(keys)
            if len(kept) > len(self._pieces):
                self._collation = collation
                self._pieces = [pieces[index] for index in kept]
                self._keys = [keys[index] for index in kept]
        self.is_kept = len(self._pieces) >= _SHARE_SORTED * len(names) and self._keys[0] != self._keys[-1]

    def key(self, unit: Unit) -> Any:
        """The key by which *unit* is sorted."""
        return self._collation(unit.name)

    def place_of(self, unit: Unit) -> Piece | None:
        """The piece after which *unit* belongs; None for the beginning."""
        index = bisect_right(self._keys, self.key(unit))
        return self._pieces[index - 1] if index else None

"""Merging the rows of a table, or the bullets of a list, as sets."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from awesome_lint.merging.regions import Unit
from awesome_lint.semantic.matching import Way, all_of, match
from awesome_lint.semantic.name_order import NameOrder

_WAYS: tuple[Way[Unit], ...] = (
    Way(lambda unit: unit.said),
    Way(all_of(lambda unit: unit.title, lambda unit: unit.address)),
    Way(lambda unit: unit.address, alone=True),
    Way(lambda unit: unit.title, alone=True),
)


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
        order = NameOrder([piece.unit.name for piece in found])
        homes = {id(piece.theirs): piece for piece in found if piece.theirs}
        after: dict[int, list[Piece]] = {}
        last: Piece | None = None
        for unit in self._other:
            if id(unit) in homes:
                last = homes[id(unit)]
            elif piece := self._only_in_other(unit):
                place = _place_of(unit, found, order) if piece.chosen and order.is_kept else last
                after.setdefault(id(place), []).append(piece)
        if order.is_kept:
            for pieces in after.values():
                pieces.sort(key=lambda piece: order.key(piece.unit.name))
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


def _place_of(unit: Unit, pieces: Sequence[Piece], order: NameOrder) -> Piece | None:
    """The piece after which *unit* belongs; None for the beginning."""
    index = order.index_before(unit.name)
    return None if index is None else pieces[index]

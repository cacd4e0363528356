"""Three versions of a text become one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence, Set
from itertools import count

from msgspec import Struct

from awesome_lint.merging.proof import is_proved
from awesome_lint.merging.regions import Identity, Region, Unit, Version, common_regions
from awesome_lint.merging.units import Piece, merge_units

MergeLines = Callable[[str, str, str], "Merged"]
"""Merges base, ours and theirs line by line."""


class Merged(Struct, frozen=True):
    """A merged text, and the number of conflicts that are marked in it."""

    text: str
    conflicts: int


class Markers(Struct, frozen=True):
    """How conflicts are marked: the length of a marker, and the names of the two sides."""

    size: int = 7
    ours: str = "ours"
    theirs: str = "theirs"

    def around(self, ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
        """The lines of a conflict between *ours* and *theirs*."""
        begin, between, end = ("<" * self.size, "=" * self.size, ">" * self.size)
        return [f"{begin} {self.ours}", *ours, between, *theirs, f"{end} {self.theirs}"]


def merge(base: str, ours: str, theirs: str, merge_lines: MergeLines, markers: Markers) -> Merged:
    """Merge *ours* and *theirs*, which have come from *base*; all lines end with a line feed.

    Tables and lists that all three have are merged by their rows and bullets, the rest by *merge_lines*: in each of the
    texts such a table or list is one line, which is the same in all.  Everything is merged by lines if there is then no
    single place for one of them, because both sides have moved it, or if the result cannot be proved to be complete.
    """
    versions = [Version(text) for text in (base, ours, theirs)]
    regions = common_regions(*versions)
    stand_ins = _stand_ins(versions, len(regions))
    outlines = [
        _outline(version, [three[side] for three in regions], stand_ins) for side, version in enumerate(versions)
    ]
    merged = merge_lines(*outlines)
    if _places(merged.text, stand_ins, markers) != Counter(stand_ins):
        return merge_lines(base, ours, theirs)
    pieces = [merge_units(*(region.units for region in three)) for three in regions]
    allowed = Counter[Identity]()
    for side in (1, 2):
        units = (unit for three in regions for unit in three[side].units)
        allowed |= _identities(outlines[side], units)
    found = _identities(merged.text, (piece.unit for region in pieces for piece in region))
    pieces = _without_copies(pieces, (found - allowed).keys())
    contents = {
        stand_in: _lines(region, three, markers)
        for stand_in, region, three in zip(stand_ins, pieces, regions, strict=True)
    }
    text = "\n".join(line for outer in merged.text.split("\n") for line in contents.get(outer, [outer]))
    if not is_proved(base, ours, theirs, text, markers.size):
        return merge_lines(base, ours, theirs)
    conflicts = sum(piece.chosen is None for region in pieces for piece in region)
    return Merged(text, merged.conflicts + conflicts)


def _stand_ins(versions: Iterable[Version], number: int) -> list[str]:
    """Lines that none of the texts has, one for each region."""
    taken = {line for version in versions for line in version.lines}
    names = (f"<!-- awesome-lint merge {each} -->" for each in count())
    free = (name for name in names if name not in taken)
    return [next(free) for _ in range(number)]


def _outline(version: Version, regions: Sequence[Region], stand_ins: Sequence[str]) -> str:
    """The text with one line in place of each of *regions*."""
    lines: list[str] = []
    at = 0
    for region, stand_in in sorted(zip(regions, stand_ins, strict=True), key=lambda pair: (pair[0].start, pair[0].end)):
        lines += [*version.lines[at : region.start], stand_in]
        at = region.end
    return "\n".join([*lines, *version.lines[at:]])


def _places(text: str, stand_ins: Sequence[str], markers: Markers) -> Counter[str]:
    """How many places each of the lines has in the result; a conflict, where each side has it, is one place."""
    wanted = frozenset(stand_ins)
    begin, end = f"{'<' * markers.size} ", f"{'>' * markers.size} "
    places: set[tuple[str, int]] = set()
    conflict: int | None = None
    for number, line in enumerate(text.split("\n")):
        if line.startswith(begin):
            conflict = number
        elif line.startswith(end):
            conflict = None
        elif line in wanted:
            places.add((line, number if conflict is None else conflict))
    return Counter(line for line, _ in places)


def _identities(outline: str, units: Iterable[Unit]) -> Counter[Identity]:
    """How often each entry occurs in *outline*, a text without its regions, and among *units*, those of the regions."""
    rest = (unit for region in Version(outline).regions for unit in region.units)
    return Counter(unit.identity for unit in (*rest, *units) if unit.identity)


def _without_copies(pieces: Sequence[list[Piece]], copied: Set[Identity]) -> list[list[Piece]]:
    """*pieces* with a conflict for each addition of an entry that is *copied*: there more often than on either side.

    If both sides have added the entry, the conflict is where *theirs* has.
    """
    by_theirs = {piece.unit.identity for region in pieces for piece in region if piece.ours is None} & copied
    return [[_disputed(piece, copied - by_theirs, by_theirs) for piece in region] for region in pieces]


def _disputed(piece: Piece, by_ours: Set[object], by_theirs: Set[object]) -> Piece:
    """*piece* as a conflict if one side has added it, and it is a copy that this side has made."""
    copies = by_theirs if piece.ours is None else by_ours if piece.theirs is None else frozenset()
    return Piece(piece.ours, piece.theirs, None) if piece.unit.identity in copies else piece


def _lines(pieces: Sequence[Piece], three: tuple[Region, Region, Region], markers: Markers) -> list[str]:
    """The lines of a merged region."""
    usual = _usual_gap(three)
    last = [region.units[-1] for region in three if region.units]
    lines: list[str] = []
    for number, piece in enumerate(pieces):
        if piece.chosen:
            lines += piece.chosen.text.split("\n")
        else:
            lines += markers.around(*(unit.text.split("\n") if unit else [] for unit in (piece.ours, piece.theirs)))
        if number + 1 < len(pieces):
            known = (unit.gap for unit in (piece.ours, piece.theirs) if unit and unit not in last)
            lines += next(known, usual)
    return lines


def _usual_gap(three: Iterable[Region]) -> tuple[str, ...]:
    """The blank lines between two units."""
    gaps = Counter(unit.gap for region in three for unit in region.units[:-1])
    return gaps.most_common(1)[0][0] if gaps else ()

"""The tables and lists of a text whose rows and bullets can be merged one by one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from awesome_lint.markdown import Document, List, ListItem, Row, Table, parse
from awesome_lint.semantic.entries import Entry
from awesome_lint.semantic.matching import address_key, address_of, texts_of, title_key
from awesome_lint.semantic.model import ListModel
from awesome_lint.source import Source, Span

_MARGIN = " \t>"
"""What may precede a row or bullet on its line: indentation and the markers of block quotes."""


Identity = tuple[str, str]
"""What two copies of one entry share: its title and its address, as they are compared."""


class Unit(Struct, frozen=True, eq=False):
    """A row or a bullet: its lines, joined by line feeds.  Each is equal to itself only.

    ``said`` is the text without what makes no difference: white space, a bullet's marker, a row's outer pipes.
    ``name`` is its visible name, ``address`` the key of its link's address; ``gap`` are the blank lines after it.
    """

    text: str
    said: str
    name: str
    address: str | None
    gap: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The name as it is compared."""
        return title_key(self.name)

    @property
    def identity(self) -> Identity | None:
        """What two copies of one entry share; None if the unit has no address."""
        return (self.title, self.address) if self.address else None


class Region(Struct, frozen=True):
    """The lines of a table's rows, or of a list: from ``start`` to before ``end``, both counted from 0.

    ``kind`` is ``table`` and the header of the table, ``list`` or ``ordered list``; ``section`` the headings above it.
    """

    start: int
    end: int
    units: tuple[Unit, ...]
    kind: tuple[str, ...]
    section: tuple[str, ...]

    @property
    def has_header(self) -> bool:
        """Whether the line before the region is the delimiter row of its table."""
        return self.kind[0] == "table"


class Version(Struct, frozen=True, dict=True):
    """One version of a text, with its regions from the first to the last; none overlaps another."""

    text: str

    @cached_property
    def lines(self) -> list[str]:
        """The lines, without their endings."""
        return self.text.split("\n")

    @cached_property
    def regions(self) -> tuple[Region, ...]:
        """The tables and lists whose units have lines of their own."""
        document = parse(Source(self.text))
        entries = {entry.span: entry for entry in ListModel(document).entries}
        lists = (self._bullets(each, document, entries) for each in _lists(document.lists))
        tables = (self._rows(table, document, entries) for table in document.tables)
        found: list[Region] = []
        end = 0
        for region in sorted(filter(None, (*lists, *tables)), key=lambda region: (region.start, region.end)):
            if region.start - region.has_header >= end:
                found.append(region)
                end = region.end
        return tuple(found)

    def _rows(self, table: Table, document: Document, entries: Mapping[Span, Entry]) -> Region | None:
        line = document.source.position
        numbers = [line(row.span.start).line - 1 for row in table.rows]
        start = line(table.delimiter.span.start).line
        if numbers != [*range(start, start + len(numbers))]:
            return None
        units = [self._row(row, number, entries.get(row.span)) for row, number in zip(table.rows, numbers, strict=True)]
        header = tuple(" ".join(name.split()) for name in table.columns)
        return Region(start, start + len(units), tuple(units), ("table", *header), _section(document, table.span))

    def _row(self, row: Row, number: int, entry: Entry | None) -> Unit:
        text = self.lines[number]
        said = "".join(text.lstrip(_MARGIN).split()).removeprefix("|").removesuffix("|")
        name = entry.title if entry else row.cells[0].text if row.cells else ""
        return Unit(text, said, name or said, _address(entry, None))

    def _bullets(self, bullets: List, document: Document, entries: Mapping[Span, Entry]) -> Region | None:
        line = document.source.position
        starts = [line(item.marker.start) for item in bullets.items]
        if any(self.lines[place.line - 1][: place.column - 1].strip(_MARGIN) for place in starts):
            return None
        end = line(bullets.span.end).line
        while end > starts[-1].line and not self.lines[end - 1].strip(_MARGIN):
            end -= 1
        bounds = [*(place.line - 1 for place in starts), end]
        units = []
        for item, first, last in zip(bullets.items, bounds, bounds[1:], strict=False):
            if first >= last:
                return None
            units.append(self._bullet(item, self.lines[first:last], document, entries.get(item.span)))
        kind = ("ordered list",) if bullets.ordered else ("list",)
        return Region(bounds[0], end, tuple(units), kind, _section(document, bullets.span))

    def _bullet(self, item: ListItem, lines: Sequence[str], document: Document, entry: Entry | None) -> Unit:
        last = max((number for number, line in enumerate(lines) if line.strip(_MARGIN)), default=0)
        text = "\n".join(lines[: last + 1])
        _, _, after = text.lstrip(_MARGIN).partition(document.source[item.marker])
        said = "".join(after.split())
        name = entry.title if entry else item.content.text if item.content else ""
        return Unit(text, said, name or said, _address(entry, item), tuple(lines[last + 1 :]))


def _lists(lists: Iterable[List]) -> Iterator[List]:
    """The lists to merge: of those whose bullets mostly have lists below them, these."""
    for each in lists:
        nesting = [item for item in each.items if item.lists]
        if 2 * len(nesting) < len(each.items):
            yield each
        else:
            for item in nesting:
                yield from _lists(item.lists)


def _section(document: Document, span: Span) -> tuple[str, ...]:
    return texts_of(document.section_at(span.start))


def _address(entry: Entry | None, item: ListItem | None) -> str | None:
    if entry:
        return address_of(entry)
    links = item.content.links if item and item.content else ()
    return address_key(links[0].url) if links else None


def common_regions(base: Version, ours: Version, theirs: Version) -> list[tuple[Region, Region, Region]]:
    """The regions that all three versions have, in the order of *ours*; headers of tables must be the same."""
    left, right = _counterparts(base, ours), _counterparts(base, theirs)
    return [
        (base.regions[number], ours.regions[mine], theirs.regions[right[number]])
        for number, mine in sorted(left.items(), key=lambda item: item[1])
        if number in right
    ]


def _counterparts(base: Version, other: Version) -> dict[int, int]:
    """The region of *other* that each one of *base* has become, by their numbers.

    That is the one of its kind with which it shares the most entries.  If it shares none with any, it is the one at the
    same position in the same section.
    """
    homes: dict[Hashable, int] = {}
    for number, region in enumerate(base.regions):
        for unit in region.units:
            homes.setdefault(_key(unit, region), number)
    votes: Counter[tuple[int, int]] = Counter()
    for number, region in enumerate(other.regions):
        for unit in region.units:
            if (home := homes.get(_key(unit, region))) is not None:
                votes[home, number] += 1
    found: dict[int, int] = {}
    taken: set[int] = set()
    for home, number in [pair for pair, _ in votes.most_common()] + _same_places(base, other):
        if home not in found and number not in taken:
            found[home] = number
            taken.add(number)
    return found


def _key(unit: Unit, region: Region) -> Hashable:
    return (region.kind, unit.identity or unit.said)


def _same_places(base: Version, other: Version) -> list[tuple[int, int]]:
    """Pairs of regions that come at the same place among those of their kind in their section."""
    return [
        (home, number) for place, home in _places(base).items() if (number := _places(other).get(place)) is not None
    ]


def _places(version: Version) -> dict[Hashable, int]:
    counts: defaultdict[Hashable, int] = defaultdict(int)
    places: dict[Hashable, int] = {}
    for number, region in enumerate(version.regions):
        where = (region.kind, region.section)
        places[where, counts[where]] = number
        counts[where] += 1
    return places

"""Files that list the same entries, as translations do: which entries one of them lacks.

Entries are told by their addresses, as their names are translated.  Those without a web address are left out: a path
in the repository may lead to a translated file.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from awesome_lint.markdown import Document
from awesome_lint.semantic.entries import Entry
from awesome_lint.source import Span
from awesome_lint.text.canonical_urls import canonical_url

_WEB = ("http://", "https://")


class Place(Struct, frozen=True):
    """A section of another file, by its heading and the number of its line."""

    heading: str
    line: int


class Listing(Struct, frozen=True):
    """What another file lists.

    ``addresses`` are the keys of all its links, ``sections`` the sections of its entries by their keys.  ``is_base``
    tells whether it is the one that the others follow.
    """

    name: str
    is_base: bool
    addresses: frozenset[str]
    sections: Mapping[str, Place]


def listing_of(document: Document, entries: Iterable[Entry], name: str, *, is_base: bool) -> Listing:
    """What *document*, a file called *name* in messages, lists as its *entries*."""
    addresses = frozenset(canonical_url(link.url) for link in document.links if link.url.lower().startswith(_WEB))
    sections = {}
    for entry in entries:
        if entry.section and (key := key_of(entry)):
            heading = entry.section[-1]
            sections[key] = Place(heading.text.strip(), document.source.position(heading.span.start).line)
    return Listing(name, is_base, addresses, sections)


def key_of(entry: Entry) -> str | None:
    """What *entry* has in common with itself in another file; None where that cannot be known."""
    is_certain = entry.link and not entry.is_prose and entry.url.lower().startswith(_WEB)
    return canonical_url(entry.url) if is_certain else None


def entries_not_in(listing: Listing, entries: Iterable[Entry]) -> Iterator[tuple[Entry, Place | None]]:
    """Yield those of *entries* that *listing* lacks, each once, with the section there that is like its own.

    That is the one that has most of the entries of its section, if it has at least half of those that are there at all.
    """
    known = [(entry, key) for entry in entries if (key := key_of(entry))]
    pairs = _pairs(listing, known)
    seen = set[str]()
    for entry, key in known:
        if key not in listing.addresses and key not in seen:
            seen.add(key)
            yield entry, pairs.get(_section(entry))


def _pairs(listing: Listing, known: Iterable[tuple[Entry, str]]) -> dict[Span | None, Place]:
    places: defaultdict[Span | None, Counter[Place]] = defaultdict(Counter)
    for entry, key in known:
        if place := listing.sections.get(key):
            places[_section(entry)][place] += 1
    best = {section: counts.most_common(1)[0] for section, counts in places.items()}
    return {section: place for section, (place, count) in best.items() if 2 * count >= places[section].total()}


def _section(entry: Entry) -> Span | None:
    return entry.section[-1].span if entry.section else None

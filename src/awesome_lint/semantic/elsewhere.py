"""Where the entries of several files stand, so that each file can be told which of its entries another one has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from awesome_lint.semantic.comparable import comparable, is_selected
from awesome_lint.semantic.entries import Entry
from awesome_lint.semantic.titles import fold_title, is_long_title
from awesome_lint.source import Source
from awesome_lint.text.canonical_urls import canonical_url

_WEB = ("http://", "https://")
_ANY = "*"
"""Stands for any address, or for any title."""

_Key = tuple[str, str]


class Listed(Struct, frozen=True):
    """Where an entry is listed: the name of the file, the line, and the heading above it, or empty if there is none."""

    file: str
    line: int
    section: str


class Elsewhere(Struct, frozen=True):
    """The entries of several files.

    ``without`` are the names of the files that are not looked at: the one that is compared, and its siblings.
    """

    without: frozenset[str] = frozenset()
    _places: dict[_Key, dict[str, Listed]] = field(default_factory=dict)

    def add(self, name: str, source: Source, entries: Iterable[Entry]) -> None:
        """Take in the *entries* of *source*, a file called *name*; the first of several equal ones counts."""
        for entry, keys in _keyed(entries):
            place = None
            for key in keys.own:
                files = self._places.setdefault(key, {})
                if name not in files:
                    place = place or _listed(entry, name, source)
                    files[name] = place

    def seen_from(self, *names: str) -> Elsewhere:
        """The same entries, those of the files called *names* left out."""
        return replace(self, without=frozenset(names))

    def repeated(self, entries: Iterable[Entry], *, same_address: bool) -> Iterator[tuple[Entry, Listed]]:
        """Yield those of *entries* that another file has, each once, with the place in the first such file.

        With *same_address*, one address under another title is the same entry.
        """
        seen = set[_Key]()
        for entry, keys in _keyed(entries):
            asked = [*keys.sought, *(keys.address if same_address else ())]
            place = next((place for key in asked for place in self._at(key)), None)
            if place and seen.isdisjoint(asked):
                yield entry, place
                seen.update(asked)

    def _at(self, key: _Key) -> Iterator[Listed]:
        return (place for name, place in self._places.get(key, {}).items() if name not in self.without)


class _Keys(Struct, frozen=True):
    """By which keys an entry is found, and by which ones it finds equal entries; ``address`` is its address alone."""

    own: tuple[_Key, ...]
    sought: tuple[_Key, ...]
    address: tuple[_Key, ...]


def _keyed(entries: Iterable[Entry]) -> Iterator[tuple[Entry, _Keys]]:
    """Those of *entries* that can be compared, with their keys.

    Links into the repository lead to other places from other files, and often to the file that has the entries.
    """
    known = [entry for entry in entries if not (entry.is_prose or is_selected(entry) or _is_within(entry))]
    titled = {entry.span for entry in comparable(known)}
    for entry in known:
        url = canonical_url(entry.url) if entry.link else ""
        address = ((_ANY, url),) if url else ()
        if entry.span not in titled:
            if address:
                yield entry, _Keys(address, (), address)
            continue
        title = fold_title(entry.title)
        sought: tuple[_Key, ...] = ((title, url),) if url else ()
        if is_long_title(entry.title):
            sought += ((title, "" if url else _ANY),)
        yield entry, _Keys(((title, url), (title, _ANY), *address), sought, address)


def _is_within(entry: Entry) -> bool:
    """Whether the link of *entry* leads to no address in the web."""
    return entry.link is not None and not entry.url.lower().startswith(_WEB)


def _listed(entry: Entry, name: str, source: Source) -> Listed:
    section = entry.section[-1].text.strip() if entry.section else ""
    return Listed(name, source.position(entry.span.start).line, section)

"""Which entry of one version of a list is which of another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence

from msgspec import Struct

from awesome_lint.semantic.entries import Entry
from awesome_lint.semantic.titles import fold_title
from awesome_lint.text.canonical_urls import canonical_url

Key = Callable[[Entry], Hashable | None]
"""What two entries have in common that are one; None for an entry that lacks it."""


class Matching(Struct, frozen=True):
    """The entries of two versions: those that are in both, old and new side by side, and those that are in one.

    ``pairs`` and ``added`` are in the order of the new version, ``removed`` in that of the old one.
    """

    pairs: tuple[tuple[Entry, Entry], ...]
    removed: tuple[Entry, ...]
    added: tuple[Entry, ...]


def match_entries(old: Sequence[Entry], new: Sequence[Entry]) -> Matching:
    """Pair the entries of *old* with those of *new*, each with one at most.

    First those are paired that have everything in common, then those with name, address and section, then with two of
    these, then with one.  Where name or address differ, the other must be found once among what is left of either
    version: of several entries with one name, nobody can tell which has a new address.
    """
    pairs: dict[int, int] = {}
    for key, is_telling in _KEYS:
        _pair(old, new, key, pairs, alone=not is_telling)
    taken = set(pairs.values())
    return Matching(
        tuple((old[pairs[number]], entry) for number, entry in enumerate(new) if number in pairs),
        tuple(entry for number, entry in enumerate(old) if number not in taken),
        tuple(entry for number, entry in enumerate(new) if number not in pairs),
    )


def section_of(entry: Entry) -> tuple[str, ...]:
    """The headings above *entry*, the outermost first, their white space folded."""
    return tuple(" ".join(heading.text.split()) for heading in entry.section)


def address_of(entry: Entry) -> str | None:
    """A key that all spellings of the address of *entry* share; None where it has none."""
    return canonical_url(entry.url) if entry.url.strip() else None


def _title(entry: Entry) -> str:
    return fold_title(entry.title) or entry.title


def _address(entry: Entry) -> str:
    return address_of(entry) or ""


def _texts(entry: Entry) -> tuple[str, ...]:
    return (entry.description, *(cell.text for cell in entry.fields.values()))


def _all_of(*keys: Key) -> Key:
    """The key that is made of *keys*."""

    def key(entry: Entry) -> Hashable | None:
        values = tuple(each(entry) for each in keys)
        return None if None in values else values

    return key


_KEYS: tuple[tuple[Key, bool], ...] = (
    (_all_of(section_of, _title, _address, _texts), True),
    (_all_of(section_of, _title, _address), True),
    (_all_of(_title, address_of), True),
    (_all_of(section_of, address_of), False),
    (_all_of(section_of, _title), False),
    (address_of, False),
    (_title, False),
)
"""The keys in the order in which they are tried, each with whether entries that share it are one in any case."""


def _pair(old: Sequence[Entry], new: Sequence[Entry], key: Key, pairs: dict[int, int], *, alone: bool) -> None:
    """Add to *pairs*, numbers in *new* to numbers in *old*, the entries that share *key*; only *alone*, if it is so."""
    taken = set(pairs.values())
    before = _groups(old, key, taken)
    for value, numbers in _groups(new, key, pairs.keys()).items():
        others = before.get(value, [])
        if not alone or len(numbers) == len(others) == 1:
            pairs.update(zip(numbers, others, strict=False))


def _groups(entries: Iterable[Entry], key: Key, done: Iterable[int]) -> dict[Hashable, list[int]]:
    """The numbers of those *entries* that are not *done* yet, by their key."""
    groups: defaultdict[Hashable, list[int]] = defaultdict(list)
    finished = frozenset(done)
    for number, entry in enumerate(entries):
        if number not in finished and (value := key(entry)) is not None:
            groups[value].append(number)
    return groups

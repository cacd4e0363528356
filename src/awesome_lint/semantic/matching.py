"""Which entry of one version of a list is which of another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

from awesome_lint.markdown import Heading
from awesome_lint.semantic.entries import Entry
from awesome_lint.semantic.titles import fold_title
from awesome_lint.text.canonical_urls import canonical_url

T = TypeVar("T")


class Way(NamedTuple, Generic[T]):
    """A way to recognize things of two versions as one: they have the same ``key``; None fits nothing.

    Where they must be ``alone``, the key has to occur once among what is left of either version.
    """

    key: Callable[[T], Hashable | None]
    alone: bool = False


class Matching(NamedTuple, Generic[T]):
    """The things of two versions: those that are in both, old and new side by side, and those that are in one.

    ``pairs`` and ``added`` are in the order of the new version, ``removed`` in that of the old one.
    """

    pairs: tuple[tuple[T, T], ...]
    removed: tuple[T, ...]
    added: tuple[T, ...]


def match_entries(old: Sequence[Entry], new: Sequence[Entry]) -> Matching[Entry]:
    """Pair the entries of *old* with those of *new*, each with one at most.

    First those are paired that have everything in common, then those with name, address and section, then with two of
    these, then with one.  Where name or address differ, the other must be found once among what is left of either
    version: of several entries with one name, nobody can tell which has a new address.
    """
    return match(old, new, _WAYS)


def match(old: Sequence[T], new: Sequence[T], ways: Iterable[Way[T]]) -> Matching[T]:
    """Pair the things of *old* with those of *new*, each with one at most, trying the *ways* one after the other."""
    pairs: dict[int, int] = {}
    for way in ways:
        _pair(old, new, way, pairs)
    taken = set(pairs.values())
    return Matching(
        tuple((old[pairs[number]], each) for number, each in enumerate(new) if number in pairs),
        tuple(each for number, each in enumerate(old) if number not in taken),
        tuple(each for number, each in enumerate(new) if number not in pairs),
    )


def texts_of(headings: Iterable[Heading]) -> tuple[str, ...]:
    """The texts of *headings*, with single spaces."""
    return tuple(" ".join(heading.text.split()) for heading in headings)


def section_of(entry: Entry) -> tuple[str, ...]:
    """The texts of the headings above *entry*, the outermost first."""
    return texts_of(entry.section)


def title_key(title: str) -> str:
    """A key that titles share if they differ only in case, punctuation and white space."""
    return fold_title(title) or "".join(title.split())


def address_key(url: str) -> str | None:
    """A key that all spellings of the address *url* share; None for an empty one."""
    return canonical_url(url) if url.strip() else None


def address_of(entry: Entry) -> str | None:
    """The key of the address of *entry*; None if it has no address."""
    return address_key(entry.url)


def _title(entry: Entry) -> str:
    return title_key(entry.title)


def _address(entry: Entry) -> str:
    return address_of(entry) or ""


def _texts(entry: Entry) -> tuple[str, ...]:
    return (entry.description, *(cell.text for cell in entry.fields.values()))


def all_of(*keys: Callable[[T], Hashable | None]) -> Callable[[T], Hashable | None]:
    """A key made of *keys*; None if one of them is None."""

    def together(each: T) -> Hashable | None:
        values = tuple(key(each) for key in keys)
        return None if None in values else values

    return together


_WAYS = (
    Way(all_of(section_of, _title, _address, _texts)),
    Way(all_of(section_of, _title, _address)),
    Way(all_of(_title, address_of)),
    Way(all_of(section_of, address_of), alone=True),
    Way(all_of(section_of, _title), alone=True),
    Way(address_of, alone=True),
    Way(_title, alone=True),
)


def _pair(old: Sequence[T], new: Sequence[T], way: Way[T], pairs: dict[int, int]) -> None:
    """Add to *pairs*, numbers in *new* to numbers in *old*, what is recognized in this way."""
    before = _groups(old, way, set(pairs.values()))
    for value, numbers in _groups(new, way, pairs.keys()).items():
        others = before.get(value, [])
        if not way.alone or len(numbers) == len(others) == 1:
            pairs.update(zip(numbers, others, strict=False))


def _groups(things: Iterable[T], way: Way[T], done: Container[int]) -> dict[Hashable, list[int]]:
    """The numbers of those *things* that are not *done* yet, by their key."""
    groups: defaultdict[Hashable, list[int]] = defaultdict(list)
    for number, each in enumerate(things):
        if number not in done and (value := way.key(each)) is not None:
            groups[value].append(number)
    return groups

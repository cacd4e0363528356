"""What is out of order in a sequence: keys to sort by, and the fewest items that are in the wrong place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from awesome_lint.regex import regex
from awesome_lint.text.alphabets import Alphabet, by_base

_DIGITS = regex(r"(\d+)")


class Descending(Struct, frozen=True):
    """A key that sorts before those that are smaller."""

    key: Any

    def __lt__(self, other: Descending) -> bool:
        return bool(other.key < self.key)


def text_key(text: str, *, case: bool = False, natural: bool = True, alphabet: Alphabet = by_base) -> tuple[Any, ...]:
    """The key by which *text* is sorted: accents aside, small letters like capitals unless *case* counts.

    Where it is *natural*, digits count as numbers: ``v2`` before ``v10``.
    """
    plain = alphabet(" ".join(text.split()))
    plain = plain if case else plain.casefold()
    if not natural:
        return (plain,)
    return tuple(_number(part) if odd % 2 else part for odd, part in enumerate(_DIGITS.split(plain)))


def _number(digits: str) -> tuple[int, str]:
    """The key of a number of any length."""
    significant = digits.lstrip("0")
    return len(significant), significant


def in_order(keys: Sequence[Any]) -> list[int]:
    """The indices of the longest part of *keys* that never descends; all others are in the wrong place.

    Patience sorting: C. Schensted, Longest increasing and decreasing subsequences (1961).
    """
    ends: list[Any] = []
    places: list[int] = []
    before: list[int | None] = []
    for index, key in enumerate(keys):
        length = bisect_right(ends, key)
        before.append(places[length - 1] if length else None)
        if length == len(ends):
            ends.append(key)
            places.append(index)
        else:
            ends[length] = key
            places[length] = index
    found: list[int] = []
    last = places[-1] if places else None
    while last is not None:
        found.append(last)
        last = before[last]
    return found[::-1]

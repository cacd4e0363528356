"""Names that values are checked against, and the columns that use them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from awesome_lint.regex import regex
from awesome_lint.semantic.columns import Column
from awesome_lint.text.placeholders import find_placeholder
from awesome_lint.text.symbols import is_symbol, plain_symbol, split_symbols

_HAS_LETTER = regex(r"[^\W_]")
_NO_NAMES = frozenset({"yes", "no", "various", "etc", "etc."})
_REMARK = regex(r"\([^()]*\)|\[\^[^\]]*\]|（[^（）]*）")
_ALTERNATIVE = regex(r"[,;、，；\n]|\s(?:and|or|und|et|y|и)\s")
_COMBINATION = regex(r"[+/&|]")
_LONGEST_VALUE = 60
"""Longer values are prose."""
_MOST_WORDS = 3
"""How many words a name may have that is found within a value."""


def names_something(text: str) -> bool:
    """Whether *text* may be the name of something: no placeholder, no mark without letters, no word like “yes”."""
    return _HAS_LETTER.search(text) is not None and find_placeholder(text) is None and text.casefold() not in _NO_NAMES


class Vocabulary:
    """Names that values are checked against; case and a plural s make no difference."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {plain_symbol(name.casefold()): name for name in names}
        self._has_symbols = any(map(is_symbol, self._names))

    def __contains__(self, value: str) -> bool:
        return self.find(value) is not None

    def find(self, value: str) -> str | None:
        """The name that *value* spells."""
        folded = plain_symbol(" ".join(value.casefold().split()).strip(".*:"))
        return self._names.get(folded) or self._names.get(folded.removesuffix("s"))

    def parts(self, value: str) -> Iterator[tuple[str, str | None]]:
        """The parts of a compound value, each with the name that it spells.

        ``CNN+RNN``, ``US, CT`` and ``PET/CT`` are taken apart unless they are names as they stand; ``Diffusion MRI``
        spells ``MRI`` and ``RGB (Microscopy)`` spells ``RGB``.  Symbols are names where some of the names are.
        """
        if len(value) > _LONGEST_VALUE or not (self._has_symbols or names_something(value)):
            return
        if (name := self.find(value)) is not None:
            yield value.strip(), name
            return
        for alternative in _ALTERNATIVE.split(_REMARK.sub(" ", value)):
            yield from self._combination(" ".join(alternative.split()))

    def _combination(self, value: str) -> Iterator[tuple[str, str | None]]:
        if (name := self.find(value)) is not None:
            yield value, name
            return
        for part in _COMBINATION.split(value):
            text = part.strip()
            if names_something(text):
                yield text, self.find(text) or self._name_within(text.split())
            elif self._has_symbols:
                symbols = (symbol for word in text.split() if is_symbol(word) for symbol in split_symbols(word))
                yield from ((symbol, self.find(symbol)) for symbol in symbols)

    def _name_within(self, words: list[str]) -> str | None:
        """A name that some of *words* spell."""
        for length in range(min(_MOST_WORDS, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                if name := self.find(" ".join(words[start : start + length])):
                    return name
        return None


class Usage:
    """Which columns use a short value, compounds taken apart in every way that makes sense."""

    _MOST_COLUMNS = 50
    """How many columns are remembered for one value."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = columns

    @cached_property
    def _users(self) -> dict[str, list[int]]:
        users: defaultdict[str, list[int]] = defaultdict(list)
        for index, column in enumerate(self._columns):
            for value in {part for each in column.cells for part in _loose_parts(each.cell.text)}:
                if len(users[value]) < self._MOST_COLUMNS:
                    users[value].append(index)
        return users

    def of(self, names: Iterable[str]) -> list[tuple[Column, int]]:
        """The columns that use any of *names*, with how many they use."""
        folded = {name.casefold() for name in names}
        counts = Counter(index for name in folded for index in self._users.get(name, ()))
        return [(self._columns[index], count) for index, count in sorted(counts.items())]


def _loose_parts(value: str) -> Iterator[str]:
    """Everything in a short *value* that may be a name, in lower case: itself, its parts and their words."""
    if len(value) > _LONGEST_VALUE:
        return
    for part in (value, *_ALTERNATIVE.split(_REMARK.sub(" ", value))):
        folded = " ".join(part.casefold().split())
        yield folded
        for piece in _COMBINATION.split(folded):
            yield piece.strip()
            yield from piece.split()

"""Whether a column shows which of two spellings of a value is the right one: a mere majority does not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from awesome_lint.regex import regex
from awesome_lint.semantic.titles import is_label
from awesome_lint.text.names import is_misspelling
from awesome_lint.text.spelling import spelling_key

_MARKS = "._- "
_OWN_CAPITAL = regex(r"[a-z][A-Z]")
"""A capital after a small letter, as in “OneNote”, “arXiv” and “Hugging Face”."""
_LETTERS = regex(r"[^\W\d_]+")
_DIGITS = regex(r"\d+")


class Conventions:
    """The conventions of spelling that the values of one column follow."""

    def __init__(self, counts: Mapping[str, int], pairs: Iterable[tuple[str, str]]) -> None:
        """Take how often each spelling is in the column, and the *pairs* of spellings, the usual one first."""
        self._shapes: Counter[str] = Counter()
        self._initials: Counter[bool] = Counter()
        for text, count in counts.items():
            self._shapes[_shape(text)] += count
            self._initials[text[:1].isupper()] += count
        self._counts = counts
        self._directions: defaultdict[str, set[bool]] = defaultdict(set)
        for usual, rare in pairs:
            for kind, direction in _differences(usual, rare).items():
                self._directions[kind].add(direction)

    def prove(self, usual: str, rare: str, own: Sequence[str]) -> bool:
        """Whether they tell that *usual* is right and *rare* is not; *own* are all spellings of this value."""
        if is_misspelling(usual, rare):
            return False
        differences = _differences(usual, rare)
        # Capitals within a word are its own, and no convention.
        if any(len(self._directions[kind]) > 1 for kind in differences if kind != _INNER):
            return False
        if spelling_key(usual) == spelling_key(rare) and _is_doubtful(usual, rare):
            return False
        return not ((_FIRST in differences and self._begin_otherwise(usual, own)) or self._are_dotted(usual, rare, own))

    def _begin_otherwise(self, usual: str, own: Sequence[str]) -> bool:
        """Whether most other values begin with a capital where *usual* does not, or the other way round."""
        others = self._initials.copy()
        for text in own:
            others[text[:1].isupper()] -= self._counts[text]
        is_capital = usual[:1].isupper()
        return others[not is_capital] > others[is_capital]

    def _are_dotted(self, usual: str, rare: str, own: Sequence[str]) -> bool:
        """Whether more of the other values have the dots of *rare* than those of *usual*."""
        if usual.count(".") == rare.count("."):
            return False
        others = self._shapes.copy()
        for text in own:
            others[_shape(text)] -= self._counts[text]
        return others[_shape(rare)] > others[_shape(usual)]


def _is_doubtful(usual: str, rare: str) -> bool:
    """Whether *rare* has capitals of its own that *usual* lacks, or *usual* has one within a common word."""
    solid = ["".join(text.split()) for text in (usual, rare)]
    if _OWN_CAPITAL.search(solid[1]):
        return not _OWN_CAPITAL.search(solid[0]) or (solid[1][0].islower() and solid[0][0].isupper())
    parts = _OWN_CAPITAL.sub(lambda match: f"{match[0][0]} {match[0][1]}", solid[0]).split()
    return len(parts) > 1 and all(map(is_label, parts))


_FIRST, _WORD, _INNER = "first letter", "first letter of a later word", "other letters"


def _differences(one: str, other: str) -> dict[str, bool]:
    """In what two spellings differ, and whether *one* has it: a dot, a hyphen, a capital at the start."""
    found = {mark: one.count(mark) > other.count(mark) for mark in _MARKS if one.count(mark) != other.count(mark)}
    pairs = list(zip(_cased(one), _cased(other), strict=False))
    for (kind, letter), (_, counterpart) in pairs:
        if letter != counterpart and letter.casefold() == counterpart.casefold():
            found[kind] = letter.isupper()
    return found


def _cased(text: str) -> list[tuple[str, str]]:
    """The letters of *text*, each with its place: first of all, first of its word, or another one."""
    letters = [(match.start() == at, text[at]) for match in _LETTERS.finditer(text) for at in range(*match.span())]
    return [
        (_FIRST if not number else _WORD if is_initial else _INNER, letter)
        for number, (is_initial, letter) in enumerate(letters)
    ]


def _shape(text: str) -> str:
    """What *text* looks like, whatever its letters and digits: ``a.`` for “Mar.”, ``a 0`` for “Feb 2021”."""
    return _DIGITS.sub("0", _LETTERS.sub("a", text))

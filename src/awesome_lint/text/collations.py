"""The ways in which people sort names: with spaces or without, `v10` before or after `v2`, by any alphabet."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from awesome_lint.regex import regex
from awesome_lint.text.alphabets import ALPHABETS, Alphabet
from awesome_lint.text.sorting import text_key

Collation = Callable[[str], Any]
"""From a name to the key by which it is sorted."""

_SIGNS = regex(r"[\W_]+")
_ARTICLE = regex(r"(?:the|an?) ")


def _lower(text: str) -> str:
    return text.lower()


def _upper(text: str) -> str:
    return text.upper()


def _as_written(text: str) -> str:
    return text


def words(text: str) -> str:
    """The words of *text* in small letters, whatever stands between them."""
    return _SIGNS.sub(" ", unicodedata.normalize("NFKD", text).casefold()).strip()


def _words_and_numbers(text: str) -> tuple[Any, ...]:
    return text_key(words(text))


def _letters(text: str) -> str:
    return words(text).replace(" ", "")


def _letters_and_numbers(text: str) -> tuple[Any, ...]:
    return text_key(_letters(text))


def _file_name(text: str) -> str:
    """As the names of files are sorted that hold one entry each."""
    return f"{words(text).replace(' ', '-')}."


def _without_article(text: str) -> str:
    return _ARTICLE.sub("", words(text), count=1)


def _as_spoken(text: str) -> str:
    """As languages are sorted whose names end in signs: “C sharp”, “C plus plus”."""
    return words(text.replace("#", "sharp").replace("++", "plusplus"))


_COLLATIONS: tuple[Collation, ...] = (
    words,
    _lower,
    _upper,
    _as_written,
    _words_and_numbers,
    _letters,
    _letters_and_numbers,
    _file_name,
    _without_article,
    _as_spoken,
)


def collations(names: Sequence[str]) -> Iterator[Collation]:
    """The ways in which *names* may be sorted, the most usual first."""
    yield from _COLLATIONS
    if _end_in_digits(names):
        yield _digits_last
    if not all(map(str.isascii, names)):
        for alphabet in ALPHABETS:
            yield from (_in_alphabet(collation, alphabet) for collation in (words, _letters))


def _end_in_digits(names: Sequence[str]) -> bool:
    """Whether the names that begin with a digit are the last ones, as in an index from A to Z with “0–9” at its end.

    Elsewhere digits come first, and one at the end is out of order.
    """
    are_digits = [words(name)[:1].isdigit() for name in names]
    return any(are_digits) and not all(are_digits) and are_digits == sorted(are_digits)


def _digits_last(text: str) -> tuple[bool, str]:
    return words(text)[:1].isdigit(), words(text)


def _in_alphabet(collation: Collation, alphabet: Alphabet) -> Collation:
    return lambda text: collation(alphabet(text))

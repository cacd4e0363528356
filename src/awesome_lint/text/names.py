"""The spelling of well-known names: which forms of them are wrong, and where in a text these are words of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct

_DATA = Path(__file__).with_name("names.txt")
_LETTER = "A-Za-z0-9_\u00c0-\u024f"
_BEFORE = rf"(?<![{_LETTER}@#./:+~$\\-])"
_AFTER = rf"(?![{_LETTER}@/\\]|[-.:+#][{_LETTER}])"
"""What joins a form to a word, an address, a path or a tag; letters of other scripts do not."""


class Misspelling(Struct, frozen=True):
    """A wrong form of the name ``right``; one that is ``doubtful`` may be meant as something else."""

    wrong: str
    right: str
    doubtful: bool = False


class Misspellings:
    """The wrong forms of names, to be found in texts; a form is looked for in its own case."""

    def __init__(self, forms: Iterable[Misspelling]) -> None:
        self._forms = {form.wrong: form for form in forms}
        words = sorted(map(re.escape, self._forms), key=lambda word: (-len(word), word))
        self._pattern = re.compile(f"{_BEFORE}(?:{'|'.join(words)}){_AFTER}") if words else None

    def find(self, text: str, start: int, end: int) -> Iterator[tuple[int, Misspelling]]:
        """The forms between two offsets of *text*, each with its offset."""
        for match in self._pattern.finditer(text, start, end) if self._pattern else ():
            yield match.start(), self._forms[match[0]]


def misspellings(names: Mapping[str, Iterable[str]], ignore: Iterable[str]) -> Misspellings:
    """The known wrong forms and those that *names* adds, by right spelling, without the names and forms of *ignore*."""
    ignored = frozenset(ignore)
    own = [Misspelling(wrong, right) for right, forms in names.items() for wrong in forms if wrong != right]
    known = [form for form in _known() if form.right not in names and form.wrong not in names]
    return Misspellings(form for form in (*known, *own) if ignored.isdisjoint((form.wrong, form.right)))


def is_misspelling(text: str, right: str) -> bool:
    """Whether *text* is known as a wrong form of the name *right*."""
    return any(form.wrong == text and form.right == right for form in _known())


@cache
def _known() -> tuple[Misspelling, ...]:
    lines = _DATA.read_text(encoding="utf-8").splitlines()
    return tuple(form for line in lines if line and not line.startswith("#") for form in _read(line))


def _read(line: str) -> Iterator[Misspelling]:
    right, _, forms = line.partition(":")
    sure, _, doubtful = forms.partition(";")
    yield from (Misspelling(form.replace("_", " "), right) for form in sure.split())
    yield from (Misspelling(form.replace("_", " "), right, doubtful=True) for form in doubtful.split())

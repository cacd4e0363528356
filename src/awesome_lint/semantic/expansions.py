"""What an abbreviation stands for, where the list spells it out itself.

An expansion is believed in three places: before the abbreviation in brackets, or in brackets after it (Schwartz and
Hearst, A simple algorithm for identifying abbreviation definitions in biomedical text, 2003); in a heading; and in the
title of an entry that has the abbreviation. In the last two its words must begin with the letters of the abbreviation,
one by one, small words aside. Where the list spells it out in two ways, nothing is believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from awesome_lint.regex import regex

_NAME = regex(r"(?P<dimensions>\d(?:\.\d)?D-)?(?P<letters>[A-Z][A-Za-z]{1,7})")
"""An abbreviation; ``3D-CNN`` is spelled out with its ``3D``."""
_LEAST_INITIALS = 3
"""Two words begin with two given letters too often by chance."""
_WORD = regex(r"[^\W\d_]+")
_SMALL = frozenset({"a", "an", "and", "by", "for", "from", "in", "of", "on", "the", "to", "with"})
_MOST_EXTRA = 5
"""How many words more than its letters the long form may have, as Schwartz and Hearst allow."""


def find_expansion(name: str, headings: Iterable[str], titles: Iterable[str], texts: Iterable[str]) -> str | None:
    """What *name* stands for; None where that is unknown or not certain.

    *titles* are those of the entries that have the abbreviation, *texts* all texts of the list.
    """
    match = _NAME.fullmatch(name)
    if match is None or sum(map(str.isupper, match["letters"])) < 2:
        return None
    found = {*_beside(name, texts)}
    if not found and len(match["letters"]) >= _LEAST_INITIALS:
        found = {*_spelled(match, headings)} or {*_spelled(match, titles)}
    forms = {_folded(each) for each in found}
    return min(found, key=lambda each: (-len(each), each)) if len(forms) == 1 else None


def _folded(text: str) -> str:
    words = [word.casefold().removesuffix("s") for word in _WORD.findall(text)]
    return " ".join(words)


def _beside(name: str, texts: Iterable[str]) -> Iterator[str]:
    """The long forms that stand before *name* in brackets, or in brackets after it."""
    for text in texts:
        if name not in text:
            continue
        before, bracket, after = text.partition(f"({name})")
        if bracket and (long := _ending(name, before)):
            yield long
        _, opened, after = text.partition(f"{name} (")
        inside = after.partition(")")[0] if opened else ""
        if inside and _ending(name, inside) == inside.strip():
            yield inside.strip()


def _ending(name: str, text: str) -> str | None:
    """The shortest end of *text* that begins with the first letter of *name* and has the others in their order."""
    words = list(_WORD.finditer(text))[-(len(name) + _MOST_EXTRA) :]
    for word in reversed(words):
        long = text[word.start() :].strip()
        if word[0][0].casefold() == name[0].casefold() and len(_WORD.findall(long)) > 1 and _is_in_order(name, long):
            return long
    return None


def _is_in_order(name: str, text: str) -> bool:
    """Whether the letters of *name* are in *text* in their order."""
    rest = iter(text.casefold())
    return all(letter in rest for letter in name.casefold())


def _spelled(name: re.Match[str], texts: Iterable[str]) -> Iterator[str]:
    """The runs of words in *texts* whose initials are the letters of *name*, after the dimensions in it."""
    letters = name["letters"].removesuffix("s").casefold()
    dimensions = (name["dimensions"] or "").removesuffix("-")
    for text in texts:
        words = list(_WORD.finditer(text))
        for index, word in enumerate(words):
            start = _start_of_run(text, word.start(), dimensions)
            if start is not None and (end := _end_of_run(letters, words[index:])) is not None:
                yield text[start:end]


def _start_of_run(text: str, start: int, dimensions: str) -> int | None:
    """Where the run begins whose first word is at *start*; None where *dimensions* are missing or it begins small."""
    if not dimensions:
        return start if text[start].isupper() else None
    before = text[:start].rstrip(" -")
    own = len(before) - len(dimensions)
    is_there = before.endswith(dimensions) and not (own and (text[own - 1].isalnum() or text[own - 1] == "."))
    return own if is_there and len(before) < start else None


def _end_of_run(letters: str, words: Iterable[re.Match[str]]) -> int | None:
    """Where the run of *words* ends whose initials are *letters*, small words aside, or None if there is none."""
    left = letters
    for word in words:
        text = word[0].casefold()
        if text in _SMALL and left != letters:
            continue
        if text[0] != left[0]:
            return None
        left = left[1:]
        if not left:
            return word.end()
    return None

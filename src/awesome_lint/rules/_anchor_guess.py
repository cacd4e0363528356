"""Which heading a link means whose fragment no heading answers.

Both the fragment and the text of the link tell.  An item of the table of contents means a section that no other item
leads to, most likely one between the sections of its neighbours.  Where several headings may be meant, none is guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from sys import maxsize

from msgspec import Struct

from awesome_lint.markdown import Document, Heading
from awesome_lint.regex import regex
from awesome_lint.semantic.toc import Contents, fragment, outermost_units
from awesome_lint.source import Span

_ALIKE, _ALMOST_EQUAL, _AHEAD = 80, 88, 8
"""Likeness, of 100: worth a suggestion; hardly different; ahead of the next. The indel distance over both lengths."""
_IN_PLACE = 8
"""What the place between the sections of an item's neighbours adds to the likeness."""
_BEGINS_ALIKE = 90
"""The likeness of two names of which one is the beginning of the other, in whole words."""
_UNLIKE = 60
_FEWEST_LETTERS = 3
_LONGEST = 300
_MOST_COMPARED = 100_000
"""How many pairs of a link and a heading are compared; beyond that nothing is suggested."""
_LEAST_LINKS = 3
"""How many links to its own document make a list, table or text one that leads to each section once."""
_WORD = regex(r"[^\W_]+")
_NUMBERING = regex(r"[\W_]*(?:\d+(?:[.-]\d+)*[.):]?|[ivx]+[.)])\s+(?=\S)", re.IGNORECASE)
_NUMBER = regex(r"\d+")


class Guess(Struct, frozen=True):
    """An anchor that is meant, and whether that is beyond doubt."""

    anchor: str
    certain: bool


class _Candidate(Struct, frozen=True):
    """An anchor, and the title, the offset and the level of its heading: empty, -1 and 0 for a mere anchor.

    ``words`` are those of the title, case-folded and without the number of its chapter.
    """

    anchor: str
    title: str = ""
    place: int = -1
    level: int = 0
    words: tuple[str, ...] = ()


class _Likeness(Struct, frozen=True):
    """How much a candidate is like a link: by its fragment, by its text, and in all, of 100 (more in its place)."""

    candidate: _Candidate
    fragment: float
    text: float
    total: float


class AnchorGuesser:
    """Guesses the anchors that links of one document mean; *anchors* are all that it has, also of headings."""

    def __init__(self, document: Document, anchors: Iterable[str], contents: Contents | None) -> None:
        titles = {heading.anchor: heading for heading in document.headings}
        self._candidates = [
            _Candidate(anchor, each.text, each.span.start, each.level, _words(each.text))
            for anchor, each in titles.items()
        ]
        self._candidates += [_Candidate(anchor) for anchor in sorted(set(anchors) - titles.keys())]
        self._anchors = [letters(each.anchor) for each in self._candidates]
        self._titles = ["".join(each.words) for each in self._candidates]
        self._by_anchor = _by_name(self._anchors)
        self._by_title = _by_name(self._titles)
        self._by_first_word = _by_name(each.words[0] if each.words else "" for each in self._candidates)
        self._siblings = _Siblings(document, contents)
        self._gaps = dict(_gaps(contents)) if contents else {}
        self._budget = _MOST_COMPARED

    def guess(self, name: str, text: str, place: int) -> Guess | None:
        """What the link with *text* at the offset *place* means, if its decoded fragment is *name*; None if unclear."""
        self._budget -= len(self._candidates)
        if self._budget < 0 or max(len(name), len(text)) > _LONGEST:
            return None
        taken = self._siblings.targets_beside(place)
        by_anchor = self._by_anchor.get(letters(name), ())
        named = {*by_anchor, *self._by_title.get("".join(_words(text)), ())}
        equal = {index for index in named if self._candidates[index].anchor not in taken}
        in_place = {index for index in equal if self._is_in_place(place, index)}
        found = in_place if len(in_place) == 1 else equal
        if not found:
            return self._nearest(name, text, place, taken)
        if len(found) > 1:
            return None
        rivals = self._like(letters(name), self._anchors, _ALIKE) if not by_anchor else {}
        if any(index not in equal and self._candidates[index].anchor not in taken for index in rivals):
            return None
        return Guess(self._candidates[min(found)].anchor, certain=len(equal) == 1)

    def _nearest(self, name: str, text: str, place: int, taken: Container[str]) -> Guess | None:
        """The likest candidate whose anchor is not *taken*; None where it has a rival or other numbers."""
        by_name = self._like(letters(name), self._anchors, _UNLIKE)
        by_text = self._by_text(_words(text), place)
        found: list[_Likeness] = []
        for index in by_name.keys() | by_text.keys():
            if self._candidates[index].anchor not in taken:
                fragment, title = by_name.get(index, 0), by_text.get(index, 0)
                bonus = _IN_PLACE if self._is_in_place(place, index) else 0
                found.append(_Likeness(self._candidates[index], fragment, title, max(fragment, title) + bonus))
        found.sort(key=lambda each: -each.total)
        if not found or found[0].total < _ALIKE or (len(found) > 1 and found[1].total > found[0].total - _AHEAD):
            return None
        best = found[0]
        same_numbers = _numbers(name) == _numbers(best.candidate.anchor)
        if not same_numbers and _numbers(text) != _numbers(best.candidate.title):
            return None
        if _replaces_words(_words(name), _words(best.candidate.anchor)) and (
            not best.candidate.words or _replaces_words(_words(text), best.candidate.words)
        ):
            return None
        # Where fragment and text agree with each other, the section may have been removed.
        is_typo = best.fragment >= _ALMOST_EQUAL and letters(name) != "".join(_words(text))
        fits_text = best.text >= _ALIKE or not any(each.text for each in found)
        return Guess(best.candidate.anchor, certain=same_numbers and is_typo and fits_text)

    def _by_text(self, words: tuple[str, ...], place: int) -> dict[int, float]:
        """The candidates whose titles are like the *words* of a link's text.

        A heading often continues after the words of the link to it.  A shorter one is only a part of what is meant,
        unless it is where the heading should be.
        """
        if len("".join(words)) < _FEWEST_LETTERS:
            return {}
        found = self._like("".join(words), self._titles, _UNLIKE)
        for index in self._by_first_word.get(words[0], ()):
            title = self._candidates[index].words
            goes_on = title[: len(words)] == words
            if goes_on or (words[: len(title)] == title and self._is_in_place(place, index)):
                found[index] = max(found.get(index, 0), _BEGINS_ALIKE)
        return found

    def _is_in_place(self, place: int, index: int) -> bool:
        gap = self._gaps.get(place)
        return gap is not None and gap.holds(self._candidates[index])

    def _like(self, name: str, names: Sequence[str], cutoff: float) -> dict[int, float]:
        """The likeness of *name* to those of *names* where it reaches *cutoff*, by their places."""
        from rapidfuzz import fuzz, process  # only a dangling link needs it

        if not name:
            return {}
        found = process.extract(name, names, scorer=fuzz.ratio, score_cutoff=cutoff, limit=None)
        return {index: likeness for _, likeness, index in found}


def _by_name(names: Iterable[str]) -> dict[str, list[int]]:
    """The places of each of *names* that is not empty."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for index, name in enumerate(names):
        if name:
            found[name].append(index)
    return found


class _Siblings:
    """Where the links lead that are in one list, table or text, each to another place."""

    def __init__(self, document: Document, contents: Contents | None) -> None:
        items = contents.items if contents else ()
        self._contents = {item.link.span.start for item in items}
        self._of_contents = _targets_once(fragment(item.link) for item in items)
        self._spans: list[Span] = []
        self._targets: list[frozenset[str]] = []
        links = [link for link in document.links if fragment(link)]
        starts = [link.span.start for link in links]
        for unit in outermost_units(document):
            first, end = bisect_right(starts, unit.span.start - 1), bisect_right(starts, unit.span.end)
            if end - first >= _LEAST_LINKS:
                self._spans.append(unit.span)
                self._targets.append(_targets_once(fragment(link) for link in links[first:end]))

    def targets_beside(self, offset: int) -> frozenset[str]:
        """The targets to which exactly one link leads, of those beside the link at *offset*."""
        if offset in self._contents:
            return self._of_contents
        index = bisect_right(self._spans, offset, key=lambda span: span.start) - 1
        return self._targets[index] if index >= 0 and offset < self._spans[index].end else frozenset()


def _targets_once(names: Iterable[str | None]) -> frozenset[str]:
    counts = Counter(name for name in names if name)
    return frozenset(name for name, count in counts.items() if count == 1)


class _Gap(Struct, frozen=True):
    """Where the section of an item should be: between those of its neighbours, and of the level of one of them."""

    start: int
    end: int
    levels: frozenset[int]

    def holds(self, candidate: _Candidate) -> bool:
        """Whether *candidate* is in this place."""
        return self.start < candidate.place < self.end and candidate.level in self.levels


def _gaps(contents: Contents) -> Iterator[tuple[int, _Gap]]:
    """For the start of the link of each item without a heading: its place, where the order of its neighbours tells."""
    following: list[Heading | None] = [None]
    for item in reversed(contents.items):
        following.append(item.heading or following[-1])
    before: Heading | None = None
    for item, after in zip(contents.items, reversed(following[:-1]), strict=True):
        start = before.span.start if before else contents.span.end
        end = after.span.start if after else maxsize
        if item.heading is None and start < end:
            yield item.link.span.start, _Gap(start, end, frozenset(each.level for each in (before, after) if each))
        before = item.heading or before


def letters(text: str) -> str:
    """The letters and digits of *text*, case-folded."""
    return "".join(filter(str.isalnum, text.casefold()))


def _replaces_words(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether each of two names has a word that the other has nothing like: "audio tools" and "video tools"."""
    return _has_other_words(one, other) and _has_other_words(other, one)


def _has_other_words(one: Sequence[str], other: Sequence[str]) -> bool:
    from rapidfuzz import fuzz

    return any(all(fuzz.ratio(word, each) < _UNLIKE for each in other) for word in one)


def _without_number(title: str) -> str:
    """*title* without the number of its chapter."""
    return _NUMBERING.sub("", title, count=1) if _NUMBERING.match(title) else title


def _numbers(text: str) -> list[str]:
    return _NUMBER.findall(_without_number(text))


def _words(text: str) -> tuple[str, ...]:
    """The words of *text*, case-folded and without the number of its chapter."""
    return tuple(_WORD.findall(_without_number(text).casefold()))

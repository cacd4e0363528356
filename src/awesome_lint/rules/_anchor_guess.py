"""Which heading a link means whose fragment no heading answers.

Both the fragment and the text of the link tell.  An item of the table of contents means a section that no other item
leads to, most likely one between the sections of its neighbours.  Where several headings may be meant, none is guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from sys import maxsize

from msgspec import Struct

from awesome_lint.markdown import Document, Heading
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
_MOST_COMPARED = 1_000_000
"""How many pairs of a link and a heading are compared; beyond that nothing is suggested."""
_LEAST_LINKS = 3
"""How many links to its own document make a list, table or text one that leads to each section once."""
_WORD = re.compile(r"[^\W_]+")
_NUMBERING = re.compile(r"[\W_]*(?:\d+(?:[.-]\d+)*[.):]?|[ivx]+[.)])\s+(?=\S)", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")


class Guess(Struct, frozen=True):
    """An anchor that is meant, and whether that is beyond doubt."""

    anchor: str
    certain: bool


class _Candidate(Struct, frozen=True):
    """An anchor, and the title, the offset and the level of its heading: empty, -1 and 0 for a mere anchor."""

    anchor: str
    title: str = ""
    place: int = -1
    level: int = 0


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
            _Candidate(anchor, each.text, each.span.start, each.level) for anchor, each in titles.items()
        ]
        self._candidates += [_Candidate(anchor) for anchor in sorted(set(anchors) - titles.keys())]
        self._by_anchor: defaultdict[str, list[_Candidate]] = defaultdict(list)
        self._by_title: defaultdict[str, list[_Candidate]] = defaultdict(list)
        for candidate in self._candidates:
            self._by_anchor[letters(candidate.anchor)].append(candidate)
            self._by_title[letters(_without_number(candidate.title))].append(candidate)
        self._siblings = _Siblings(document, contents)
        self._gaps = dict(_gaps(contents)) if contents else {}
        self._budget = _MOST_COMPARED

    def guess(self, name: str, text: str, place: int) -> Guess | None:
        """What the link with *text* at the offset *place* means, if its decoded fragment is *name*; None if unclear."""
        self._budget -= len(self._candidates)
        if self._budget < 0 or max(len(name), len(text)) > _LONGEST:
            return None
        taken = self._siblings.targets_beside(place)
        by_anchor = self._by_anchor.get(letters(name), []) if letters(name) else []
        title = letters(_without_number(text))
        by_title = self._by_title.get(title, []) if title else []
        equal = {each.anchor: each for each in (*by_anchor, *by_title) if each.anchor not in taken}
        gap = self._gaps.get(place)
        in_place = [each for each in equal.values() if gap and gap.holds(each)]
        found = in_place if len(in_place) == 1 else [*equal.values()]
        free = [each for each in self._candidates if each.anchor not in taken]
        if not found:
            return self._nearest(name, text, place, free)
        if len(found) > 1:
            return None
        is_rivalled = not by_anchor and any(
            _likeness(letters(name), letters(each.anchor)) >= _ALIKE for each in free if each.anchor not in equal
        )
        return None if is_rivalled else Guess(found[0].anchor, certain=len(equal) == 1)

    def _nearest(self, name: str, text: str, place: int, free: Sequence[_Candidate]) -> Guess | None:
        """The likest of *free*; None where it has a rival or other numbers."""
        gap = self._gaps.get(place)
        found: list[_Likeness] = []
        for each in free:
            by_name = _likeness(letters(name), letters(each.anchor))
            in_place = gap is not None and gap.holds(each)
            by_text = _text_likeness(text, each.title, in_place=in_place)
            found.append(_Likeness(each, by_name, by_text, max(by_name, by_text) + (_IN_PLACE if in_place else 0)))
        found.sort(key=lambda each: -each.total)
        if not found or found[0].total < _ALIKE or (len(found) > 1 and found[1].total > found[0].total - _AHEAD):
            return None
        best = found[0]
        same_numbers = _numbers(name) == _numbers(best.candidate.anchor)
        if not same_numbers and _numbers(text) != _numbers(best.candidate.title):
            return None
        fits_text = best.text >= _ALIKE or all(each.text < _UNLIKE for each in found)
        return Guess(best.candidate.anchor, certain=same_numbers and best.fragment >= _ALMOST_EQUAL and fits_text)


class _Siblings:
    """Where the links lead that stand in one list, table or text, each to another place."""

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


def _without_number(title: str) -> str:
    """*title* without the number of its chapter."""
    return _NUMBERING.sub("", title, count=1) if _NUMBERING.match(title) else title


def _numbers(text: str) -> list[str]:
    return _NUMBER.findall(_without_number(text))


def _likeness(one: str, other: str) -> float:
    from rapidfuzz import fuzz  # only a dangling link needs it

    return fuzz.ratio(one, other)


def _text_likeness(text: str, title: str, *, in_place: bool) -> float:
    """How much a link's *text* is like a heading's *title*; both without the number of their chapter.

    A heading often goes on after the words of the link to it.  One that says less is only a part of what is meant,
    unless it stands where the heading should be.
    """
    one, other = _WORD.findall(_without_number(text).casefold()), _WORD.findall(_without_number(title).casefold())
    if min(len("".join(one)), len("".join(other))) < _FEWEST_LETTERS:
        return 0
    plain = _likeness("".join(one), "".join(other))
    is_beginning = other[: len(one)] == one or (in_place and one[: len(other)] == other)
    return max(plain, _BEGINS_ALIKE) if is_beginning else plain

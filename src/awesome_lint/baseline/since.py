"""Which findings are new: compared by rule and content, never by line number.

A row that only moved is not new; a row that was touched and is still faulty is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from awesome_lint.baseline.fingerprint import folded, identity
from awesome_lint.diagnostic import Diagnostic, RelatedPlace
from awesome_lint.source import Position, Source, Span


def new_diagnostics(
    now: Sequence[Diagnostic], source: Source, before: Sequence[Diagnostic], old_source: Source
) -> list[Diagnostic]:
    """Those of *now*, findings in *source*, that *before*, the findings in *old_source*, does not have.

    A finding about several places that are equally concerned, such as an entry that stands twice, is reported at the
    one that is new.
    """
    known = Counter(identity(diagnostic, old_source) for diagnostic in before)
    lines = _Lines(source, old_source)
    groups: defaultdict[str, list[Diagnostic]] = defaultdict(list)
    for diagnostic in now:
        groups[identity(diagnostic, source)].append(diagnostic)
    fresh: list[Diagnostic] = []
    for name, group in groups.items():
        surplus = len(group) - known[name]
        if surplus > 0:
            group.sort(key=lambda diagnostic: _age(diagnostic, lines))
            fresh += (_at_new_side(diagnostic, source, lines) for diagnostic in group[:surplus])
    return sorted(fresh, key=lambda diagnostic: (diagnostic.span, diagnostic.rule, diagnostic.message))


def new_lines(source: Source, old_source: Source) -> frozenset[int]:
    """The numbers, from 1, of the lines of *source* that *old_source* does not have; white space makes no line new."""
    lines = _Lines(source, old_source)
    return frozenset(filter(lines.is_new, range(1, len(source.line_starts) + 1)))


class _Lines:
    """Which lines of *source* the *old* one does not have; lines are compared as `folded`."""

    def __init__(self, source: Source, old: Source) -> None:
        self._lines = ["", *map(folded, source.text.split("\n")), ""]
        self._counts = Counter(self._lines)
        old_lines = ["", *map(folded, old.text.split("\n")), ""]
        self._old_counts = Counter(old_lines)
        self._old_pairs = set(pairwise(old_lines))

    def has_new(self, start: Position, end: Position) -> bool:
        """Whether one of the lines from *start* to *end* is new."""
        return any(map(self.is_new, range(start.line, end.line + 1)))

    def is_new(self, number: int) -> bool:
        """Whether the line is new; of several that are alike those are old that kept a neighbour."""
        before, line, after = self._lines[number - 1 : number + 2]
        if self._counts[line] <= self._old_counts[line]:
            return False
        pairs = ((before, line), (line, after))
        return not self._old_counts[line] or not any(pair in self._old_pairs for pair in pairs)


def _age(diagnostic: Diagnostic, lines: _Lines) -> int:
    """0 where a line of the finding's own is new, 1 where a related one is, 2 where all were there before."""
    if lines.has_new(diagnostic.start, diagnostic.end):
        return 0
    return 1 if any(lines.is_new(place.start.line) for place in diagnostic.related) else 2


def _at_new_side(diagnostic: Diagnostic, source: Source, lines: _Lines) -> Diagnostic:
    """*diagnostic*, reported at the first place equally concerned that is new, where its own lines are old."""
    if lines.has_new(diagnostic.start, diagnostic.end):
        return diagnostic
    equal = (place for place in diagnostic.related if place.mirrored or place.too)
    place = next((place for place in equal if lines.is_new(place.start.line)), None)
    if place is None:
        return diagnostic
    other = RelatedPlace(diagnostic.start, "This is the other one" if place.mirrored else place.message)
    whole = source.line_span(place.start.line)
    text = source[whole]
    span = Span(whole.start + len(text) - len(text.lstrip()), whole.start + len(text.rstrip()))
    return replace(
        diagnostic,
        message=place.mirrored or diagnostic.message,
        span=span,
        start=source.position(span.start),
        end=source.position(span.end),
        related=tuple(other if each is place else each for each in diagnostic.related),
        fix=None,
        home=diagnostic.start.line if place.too else None,
    )

"""Which fixes go together, and where everything stands once they are applied."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from awesome_lint.diagnostic import Applicability, Diagnostic, Edit, Fix
from awesome_lint.source import Source, Span


class Proposal(Struct, frozen=True):
    """A fix and the rules that propose it, one name for each diagnostic that it answers; ``entry`` is what it fixes."""

    fix: Fix
    rules: tuple[str, ...]
    entry: str = ""


class Patch(Struct, frozen=True, dict=True):
    """Fixes that are applied together: no edit of one overlaps or touches an edit of another."""

    proposals: tuple[Proposal, ...]

    @cached_property
    def edits(self) -> tuple[Edit, ...]:
        """All edits in ascending order."""
        edits = (edit for proposal in self.proposals for edit in proposal.fix.edits)
        return tuple(sorted(edits, key=lambda edit: edit.span))

    @cached_property
    def placed(self) -> tuple[Span, ...]:
        """Where the new text of each of `edits` stands afterwards."""
        spans = []
        shift = 0
        for edit in self.edits:
            start = edit.span.start + shift
            spans.append(Span(start, start + len(edit.text)))
            shift += len(edit.text) - (edit.span.end - edit.span.start)
        return tuple(spans)

    @property
    def rules(self) -> tuple[str, ...]:
        """The names of all rules concerned, sorted."""
        return tuple(sorted({rule for proposal in self.proposals for rule in proposal.rules}))

    @property
    def is_format(self) -> bool:
        """Whether the patch may change nothing that shows."""
        return all(proposal.fix.applicability is Applicability.FORMAT for proposal in self.proposals)

    def apply(self, source: Source) -> Source:
        """*source* with all edits made."""
        return source.replace((edit.span, edit.text) for edit in self.edits)

    def moved(self, offset: int) -> int:
        """Where the character at *offset* stands afterwards; it must not be within an edit."""
        index = bisect_right(self._ends, offset) - 1
        return offset if index < 0 else offset - self._ends[index] + self.placed[index].end

    def origin(self, span: Span) -> Span:
        """What became *span* of the patched text: an edit that it overlaps counts as a whole."""
        first = bisect_right(self._placed_ends, span.start)
        start = self._origin(span.start, first)
        if first < len(self.placed) and self.placed[first].start <= span.start:
            start = self.edits[first].span.start
        last = bisect_left(self._placed_ends, span.end)
        end = self._origin(span.end, last)
        if last < len(self.placed) and self.placed[last].start < span.end:
            end = self.edits[last].span.end
        return Span(start, max(start, end))

    def _origin(self, offset: int, passed: int) -> int:
        """Where *offset* of the patched text, after so many edits, stood before."""
        return offset - self.placed[passed - 1].end + self.edits[passed - 1].span.end if passed else offset

    def kept(self, length: int) -> Iterator[tuple[Span, Span]]:
        """What lies between the edits of a text of *length* characters: where it stood and where it is."""
        start = moved = 0
        for edit, place in zip(self.edits, self.placed, strict=True):
            yield Span(start, edit.span.start), Span(moved, place.start)
            start, moved = edit.span.end, place.end
        yield Span(start, length), Span(moved, moved + length - start)

    def touching(self, span: Span) -> Sequence[Edit]:
        """The edits that overlap or meet *span*."""
        return self.edits[bisect_left(self._ends, span.start) : bisect_right(self._starts, span.end)]

    @cached_property
    def _placed_ends(self) -> list[int]:
        return [span.end for span in self.placed]

    @cached_property
    def _starts(self) -> list[int]:
        return [edit.span.start for edit in self.edits]

    @cached_property
    def _ends(self) -> list[int]:
        return [edit.span.end for edit in self.edits]


def choose(diagnostics: Iterable[Diagnostic], source: Source, *, unsafe: bool) -> Patch:
    """The fixes of *diagnostics* to apply to *source* next; the patch is empty if there are none.

    What changes the content goes first, in the order of the text, and tidying waits until nothing is left of that:
    it would only have to be done again.  Of two fixes that overlap or touch, the later one waits for the next round;
    when tidying, the larger one.
    """
    proposals = _proposals(diagnostics, source, unsafe=unsafe)
    content = [proposal for proposal in proposals if proposal.fix.applicability is not Applicability.FORMAT]
    taken: list[Span] = []
    chosen = []
    for proposal in content or sorted(proposals, key=_extent):
        spans = [edit.span for edit in proposal.fix.edits]
        if not any(_meets(span, taken) for span in spans):
            chosen.append(proposal)
            for span in spans:
                insort(taken, span)
    return Patch(tuple(chosen))


def is_wanted(fix: Fix, source: Source, *, unsafe: bool) -> bool:
    """Whether *fix* may be applied to *source* and changes something."""
    if fix.applicability is Applicability.UNSAFE and not unsafe:
        return False
    return any(source[edit.span] != edit.text for edit in fix.edits)


def _proposals(diagnostics: Iterable[Diagnostic], source: Source, *, unsafe: bool) -> list[Proposal]:
    """Each fix that is allowed and changes something, once."""
    found: dict[tuple[Edit, ...], Proposal] = {}
    for diagnostic in diagnostics:
        fix = diagnostic.fix
        if fix is None or not is_wanted(fix, source, unsafe=unsafe):
            continue
        known = found.get(fix.edits, Proposal(fix, (), diagnostic.entry))
        found[fix.edits] = replace(known, rules=(*known.rules, diagnostic.rule))
    return list(found.values())


def _extent(proposal: Proposal) -> tuple[int, int]:
    first, last = proposal.fix.edits[0].span, proposal.fix.edits[-1].span
    return last.end - first.start, first.start


def _meets(span: Span, taken: list[Span]) -> bool:
    """Whether *span* overlaps or touches one of *taken*, which are sorted and do not overlap."""
    index = bisect_left(taken, span)
    return any(other.touches(span) for other in taken[max(0, index - 1) : index + 1])

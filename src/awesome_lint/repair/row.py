"""A damaged row as one text: its physical lines joined, its lost ends closed, the places where cells may end.

A `DamagedRow` is made from one or more lines of the source and turns a reading back into the row's new text and the
edits that make it from the source.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise

from msgspec import Struct

from awesome_lint.regex import regex
from awesome_lint.repair.align import Boundary
from awesome_lint.repair.constants import (
    CLOSED_COST,
    LOOSE_URL_COST,
    LOST_END_COST,
    OUTERMOST_GAPS,
    URL_COST,
    WORD_COST,
)
from awesome_lint.repair.enclosed import enclosed_pipes, open_spans
from awesome_lint.repair.scan import Lost, Scan, scan
from awesome_lint.source import Span

PIPE = regex(r"(?<!\\)\|")
_WORD_GAP = regex(r"(?<=[^\s|])[ \t]+(?=[^\s|])")
BAR = "¦"
"""What stands for a pipe that is text, so that nothing takes it for a separator."""
_COMMENT = regex(r"\[//\]:\s*#.*|<!--.*-->")
"""A cell that GitHub does not show, though it holds something."""


class Line(Struct, frozen=True):
    """One physical line of a row: its text without container prefix and surrounding white space, and its place.

    ``prefix`` is what a line in the same container has to begin with.
    """

    span: Span
    text: str
    prefix: str = ""


class DamagedRow(Struct, frozen=True, dict=True):
    """The lines that make one row; ``enclosed`` are the offsets of the pipes in its text that are read as text."""

    lines: tuple[Line, ...]
    enclosed: tuple[int, ...] = ()

    @cached_property
    def text(self) -> str:
        """The lines, joined by a space."""
        return " ".join(line.text for line in self.lines)

    @property
    def spans(self) -> tuple[Span, ...]:
        """The places of the lines."""
        return tuple(line.span for line in self.lines)

    @cached_property
    def scan(self) -> Scan:
        """What the row has lost."""
        return scan(self._masked)

    @cached_property
    def _masked(self) -> str:
        """The text, with the enclosed pipes as other characters."""
        if not self.enclosed:
            return self.text
        characters = list(self.text)
        for offset in self.enclosed:
            characters[offset] = BAR
        return "".join(characters)

    @cached_property
    def closed(self) -> str:
        """The text with every lost end closed, and enclosed pipes as other characters."""
        parts: list[str] = []
        done = 0
        for lost in self.scan.lost:
            parts += self._masked[done : lost.at], lost.marks
            done = lost.at
        return "".join((*parts, self._masked[done:]))

    @cached_property
    def with_enclosed(self) -> DamagedRow:
        """The row with the pipes in code, links and mathematics read as text."""
        pipes = [match.start() for match in PIPE.finditer(self.text)]
        return DamagedRow(self.lines, enclosed_pipes(self.text, pipes))

    @cached_property
    def closings(self) -> list[tuple[int, int, Lost]]:
        """Start and end of each closing in the closed text."""
        found, shift = [], 0
        for lost in self.scan.lost:
            found.append((lost.at + shift, lost.at + shift + len(lost.marks), lost))
            shift += len(lost.marks)
        return found

    @property
    def closing_ends(self) -> dict[int, Lost]:
        """Where each closing ends in the closed text."""
        return {end: lost for _, end, lost in self.closings}

    @property
    def lost_spans(self) -> tuple[Span, ...]:
        """The places of everything that is cut off."""
        return tuple(self.lost_span_at(end) for end in self.closing_ends)

    def lost_span_at(self, end: int) -> Span:
        """The place of what was closed before *end* in the closed text, from its beginning to where it stops."""
        lost = self.closing_ends[end]
        return Span(self._source_offset(lost.start), self._source_offset(lost.at))

    def place(self, start: int, end: int) -> Span:
        """The place in the source of a range of the closed text."""
        return Span(self._source_offset(self.from_closed(start)), self._source_offset(self.from_closed(end)))

    def text_at(self, span: Span) -> str:
        """The text of the row at a place in the source, within one line."""
        line = next(line for line in self.lines if line.span.start <= span.start <= line.span.end)
        return line.text[span.start - line.span.start : span.end - line.span.start]

    def _source_offset(self, offset: int) -> int:
        for line in self.lines:
            if offset <= len(line.text):
                return line.span.start + offset
            offset -= len(line.text) + 1
        return self.lines[-1].span.end

    def from_closed(self, offset: int) -> int:
        """The offset in the text of an *offset* in the closed text."""
        shift = 0
        for start, end, _ in self.closings:
            if offset <= start:
                break
            shift += min(offset, end) - start
        return offset - shift

    def _to_closed(self, offset: int) -> int:
        """The offset in the closed text of an *offset* in the text, after a closing that is there."""
        return offset + sum(len(lost.marks) for lost in self.scan.lost if lost.at <= offset)

    @cached_property
    def pipes(self) -> list[int]:
        """The pipes of the closed text."""
        return [match.start() for match in PIPE.finditer(self.closed)]

    @cached_property
    def opens(self) -> bool:
        """Whether the row begins with a pipe."""
        return self.closed.startswith("|")

    @cached_property
    def closes(self) -> bool:
        """Whether the row ends with a pipe."""
        return len(self.pipes) > self.opens and self.pipes[-1] == len(self.closed) - 1

    @property
    def edges(self) -> tuple[Boundary, Boundary]:
        """The left and the right edge of the row's cells."""
        right = len(self.closed) - self.closes
        return Boundary(0, int(self.opens)), Boundary(right, right)

    @cached_property
    def inner_pipes(self) -> list[int]:
        """The pipes that separate cells."""
        return self.pipes[int(self.opens) : len(self.pipes) - self.closes]

    @property
    def count(self) -> int:
        """How many cells GitHub sees."""
        return len(self.inner_pipes) + 1

    @property
    def cells(self) -> list[str]:
        """The cells as they stand, lost ends closed."""
        left, right = self.edges
        edges = [left.end, *(p + 1 for p in self.inner_pipes)]
        return [self.closed[a:b].strip() for a, b in zip(edges, [*self.inner_pipes, right.start], strict=True)]

    def without_last_cells(self, count: int) -> DamagedRow:
        """The row without its last *count* cells, none of which may have lost anything."""
        *others, line = self.lines
        pipes = [match.start() for match in PIPE.finditer(line.text) if match.start() not in self.enclosed]
        end = pipes[-1 - count] + 1 if self.closes else pipes[-count] + 1
        return DamagedRow(
            (*others, Line(Span(line.span.start, line.span.start + end), line.text[:end], line.prefix)), self.enclosed
        )

    @cached_property
    def hidden(self) -> int:
        """How many cells at the end are comments, which GitHub does not show."""
        if len(self.lines) > 1 or self.count < 2 or ("#" not in self.text and "<!--" not in self.text):
            return 0
        return next((n for n, cell in enumerate(reversed(self.cells)) if not _COMMENT.fullmatch(cell)), 0)

    def boundaries(self, words: bool = False) -> list[Boundary]:
        """The places where a cell may end, in order; with *words* also between any two words."""
        left, right = self.edges
        places = {pipe: Boundary(pipe, pipe + 1) for pipe in self.inner_pipes}
        for offset, cost in self._soft_places(words):
            if left.end < offset < right.start and offset not in places:
                places[offset] = Boundary(offset, offset, cost)
        return [left, *(places[offset] for offset in sorted(places)), right]

    @cached_property
    def ends(self) -> frozenset[int]:
        """The places where a cell may end that are not merely between words."""
        return frozenset(boundary.start for boundary in self.boundaries())

    def _soft_places(self, words: bool) -> Iterable[tuple[int, float]]:
        closed = self.closed
        yield from ((end, LOST_END_COST) for _, end, _ in self.closings)
        for offset in map(self._to_closed, self.scan.urls):
            after = closed[offset : offset + 2]
            if self.may_be_cut(offset):
                yield offset, LOOSE_URL_COST if len(after.strip()) == 0 and len(after) != 1 else URL_COST
        for offset in map(self._to_closed, self.scan.closed):
            is_inside = closed[offset : offset + 1].isspace() and closed[offset:].lstrip()[:1] not in ("|", "")
            if is_inside and self.may_be_cut(offset):
                yield offset, CLOSED_COST
        for offset in self._joins:
            yield offset, CLOSED_COST
        if words:
            yield from ((offset, WORD_COST) for offset in self.word_gaps)

    @cached_property
    def word_gaps(self) -> tuple[int, ...]:
        """Gaps between words near the ends of cells where a cell may be cut, in the closed text."""
        left, right = self.edges
        found: list[int] = []
        for start, end in pairwise([left.end, *self.inner_pipes, right.start]):
            gaps = [match.start() for match in _WORD_GAP.finditer(self.closed, start, end)]
            if len(gaps) > 2 * OUTERMOST_GAPS:
                gaps = [*gaps[:OUTERMOST_GAPS], *gaps[-OUTERMOST_GAPS:]]
            found += filter(self.may_be_cut, gaps)
        return tuple(found)

    @cached_property
    def _open_spans(self) -> list[tuple[int, int]]:
        left, right = self.edges
        edges = [left.end, *(pipe + 1 for pipe in self.inner_pipes)]
        cells = zip(edges, [*self.inner_pipes, right.start], strict=True)
        return [(a + start, b + start) for start, end in cells for a, b in open_spans(self.closed[start:end])]

    def may_be_cut(self, offset: int) -> bool:
        """Whether the closed text may be cut at *offset*: not within code, brackets, tags and destinations."""
        index = bisect_right(self._open_spans, (offset, -1)) - 1
        return index < 0 or offset >= self._open_spans[index][1]

    @property
    def _joins(self) -> list[int]:
        """Where two lines meet, in the closed text."""
        found, offset = [], -1
        for line in self.lines[:-1]:
            offset += len(line.text) + 1
            found.append(self._to_closed(offset))
        return found

"""A damaged row as one text: its physical lines joined, its lost ends closed, the places where cells may end.

A `Unit` is made from one or more lines of the source and turns a reading back into the row's new text and the
edits that make it from the source.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise

from msgspec import Struct

from awesome_lint.diagnostic import Edit
from awesome_lint.repair.align import Boundary, Change, Reading, Step
from awesome_lint.repair.closing import closers
from awesome_lint.repair.scan import Lost, Scan, scan
from awesome_lint.source import Span

PIPE = re.compile(r"(?<!\\)\|")
LOST_END_COST = 1.0
LOOSE_URL_COST = 1.5
URL_COST = 4.0
CLOSED_COST = 5.0
WORD_COST = 8.0
_WORD_GAP = re.compile(r"(?<=[^\s|])[ \t]+(?=[^\s|])")
_HIDDEN = re.compile(r"!?\[[^\[\]|]*\]\([^()|]*\)|<[^<>|]*>|`[^`|]*`")
_OUTERMOST = 6
"""So many gaps between words, from either end of a cell, are tried as places of a lost pipe."""


class Line(Struct, frozen=True):
    """One physical line of a row: its text without container prefix and surrounding white space, and its place.

    ``prefix`` is what a line in the same container has to begin with.
    """

    span: Span
    text: str
    prefix: str = ""


class Unit(Struct, frozen=True, dict=True):
    """The lines that make one row."""

    lines: tuple[Line, ...]

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
        return scan(self.text)

    @cached_property
    def closed(self) -> str:
        """The text with every lost end closed."""
        parts: list[str] = []
        done = 0
        for lost in self.scan.lost:
            parts += self.text[done : lost.at], lost.marks
            done = lost.at
        return "".join((*parts, self.text[done:]))

    @cached_property
    def _closings(self) -> list[tuple[int, int, Lost]]:
        """Start and end of each closing in the closed text."""
        found, shift = [], 0
        for lost in self.scan.lost:
            found.append((lost.at + shift, lost.at + shift + len(lost.marks), lost))
            shift += len(lost.marks)
        return found

    @property
    def closing_ends(self) -> dict[int, Lost]:
        """Where each closing ends in the closed text."""
        return {end: lost for _, end, lost in self._closings}

    @property
    def lost_spans(self) -> tuple[Span, ...]:
        """The places of all that lost its end."""
        return tuple(self.lost_span_at(end) for end in self.closing_ends)

    def lost_span_at(self, end: int) -> Span:
        """The place of what was closed before *end* in the closed text, from its beginning to where it stops."""
        lost = self.closing_ends[end]
        return Span(self._source_offset(lost.start), self._source_offset(lost.at))

    def place(self, start: int, end: int) -> Span:
        """The place in the source of a range of the closed text."""
        return Span(self._source_offset(self._from_closed(start)), self._source_offset(self._from_closed(end)))

    def _source_offset(self, offset: int) -> int:
        for line in self.lines:
            if offset <= len(line.text):
                return line.span.start + offset
            offset -= len(line.text) + 1
        return self.lines[-1].span.end

    def _from_closed(self, offset: int) -> int:
        """The offset in the text of an *offset* in the closed text."""
        shift = 0
        for start, end, _ in self._closings:
            if offset <= start:
                break
            shift += min(offset, end) - start
        return offset - shift

    def _to_closed(self, offset: int) -> int:
        """The offset in the closed text of an *offset* in the text, behind a closing that stands there."""
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

    def without_last_cell(self) -> Unit:
        """The row without its last cell, which must be closed and have lost nothing."""
        *others, line = self.lines
        text = line.text[: line.text.rindex("|", 0, -1) + 1]
        return Unit((*others, Line(Span(line.span.start, line.span.start + len(text)), text, line.prefix)))

    def boundaries(self, words: bool = False) -> list[Boundary]:
        """The places where a cell may end, in order; with *words* also between any two words."""
        left, right = self.edges
        places = {pipe: Boundary(pipe, pipe + 1) for pipe in self.inner_pipes}
        for offset, cost in self._soft_places(words):
            if left.end < offset < right.start and offset not in places:
                places[offset] = Boundary(offset, offset, cost)
        return [left, *(places[offset] for offset in sorted(places)), right]

    def _soft_places(self, words: bool) -> Iterable[tuple[int, float]]:
        closed = self.closed
        yield from ((end, LOST_END_COST) for _, end, _ in self._closings)
        for offset in map(self._to_closed, self.scan.urls):
            after = closed[offset : offset + 2]
            yield offset, LOOSE_URL_COST if len(after.strip()) == 0 and len(after) != 1 else URL_COST
        for offset in map(self._to_closed, self.scan.closed):
            if closed[offset : offset + 1].isspace() and closed[offset:].lstrip()[:1] not in ("|", ""):
                yield offset, CLOSED_COST
        for offset in self._joins:
            yield offset, CLOSED_COST
        if words:
            yield from ((offset, WORD_COST) for offset in self._word_gaps())

    def _word_gaps(self) -> Iterable[int]:
        """Gaps between words near the ends of cells, outside of links and tags."""
        hidden = [match.span() for match in _HIDDEN.finditer(self.closed)]
        left, right = self.edges
        edges = [left.end, *self.inner_pipes, right.start]
        for start, end in pairwise(edges):
            gaps = [match.start() for match in _WORD_GAP.finditer(self.closed, start, end)]
            for gap in gaps if len(gaps) <= 2 * _OUTERMOST else (*gaps[:_OUTERMOST], *gaps[-_OUTERMOST:]):
                if not any(a < gap < b for a, b in hidden):
                    yield gap

    @property
    def _joins(self) -> list[int]:
        """Where two lines meet, in the closed text."""
        found, offset = [], -1
        for line in self.lines[:-1]:
            offset += len(line.text) + 1
            found.append(self._to_closed(offset))
        return found

    def edits(self, reading: Reading | None) -> tuple[tuple[Edit, ...], str]:
        """The edits that turn the source into *reading* (or only close what is open), and the new row."""
        steps = reading.changes if reading else ()
        changes = list(self._closing_changes(steps))
        changes += (self._change(step) for step in steps)
        if any(step.change == Change.GAP and step.start == 0 for step in steps):
            changes.append((0, 0, 0, "| "))  # empty cells need the pipe that the row does without
        if reading and self.opens and not self.closes and len(self.pipes) > 1:
            changes.append((len(self.text), len(self.text), 2, " |"))
        changes.sort(key=lambda change: change[:3])
        return self._merge(changes), _apply(self.text, changes)

    def trimmed(self, columns: int) -> tuple[tuple[Edit, ...], str]:
        """The edits that take out the empty cells after the first *columns*, and the new row."""
        start = self._from_closed(self.inner_pipes[columns - 1])
        changes = [*self._closing_changes(()), (start, len(self.text), 2, "|" if self.closes else "")]
        return self._merge(changes), _apply(self.text, changes)

    def _change(self, step: Step) -> tuple[int, int, int, str]:
        start, end = self._from_closed(step.start), self._from_closed(step.end)
        if step.change == Change.PIPE:
            return start, end, 1, " |"
        if step.change == Change.ESCAPE:
            return start, start, 1, "\\"
        if step.change == Change.DROP:
            # the blank goes with the pipe behind it, or with the one before it at the right edge
            return (start, end + 1, 1, "") if end < len(self.text) else (start - 1, end, 1, "")
        if step.start >= self.edges[1].start and not self.closes:
            return start, end, 1, " | |"
        if step.start == 0:
            return 0, 0, 1, "| "
        if step.start >= self.edges[1].start:
            return len(self.text), len(self.text), 1, " |"
        return start, end, 1, " |"

    def _closing_changes(self, steps: Sequence[Step]) -> Iterable[tuple[int, int, int, str]]:
        cuts = [step.start for step in steps if step.change == Change.PIPE]
        escaped = {step.start for step in steps if step.change == Change.ESCAPE}
        edges = sorted({0, *(p for p in self.pipes if p not in escaped), *cuts, len(self.closed)})
        cell_of_last, done, before = -1, 0, ""
        for start, end, lost in self._closings:
            cell_start = edges[bisect_right(edges, start) - 1]
            cell_end = next((e for e in edges if e >= end), len(self.closed))
            if cell_start != cell_of_last:
                cell_of_last, done, before = cell_start, cell_start, ""
            before += self.closed[done:start]
            more = closers(before, lost, self.closed[end:cell_end])
            before, done = before + lost.marks + more, end
            yield lost.at, lost.at, 0, lost.marks + more

    def _merge(self, changes: Sequence[tuple[int, int, int, str]]) -> tuple[Edit, ...]:
        """*changes* and the joints between lines as edits of the source."""
        edits: list[Edit] = []
        offset = 0
        pieces: list[tuple[Span, str]] = []
        for line, following in zip(self.lines, (*self.lines[1:], None), strict=True):
            for start, end, _, text in changes:
                if offset <= start <= offset + len(line.text):
                    base = line.span.start - offset
                    pieces.append((Span(base + start, base + min(end, offset + len(line.text))), text))
            offset += len(line.text) + 1
            if following:
                pieces.append((Span(line.span.end, following.span.start), " "))
        for span, text in pieces:
            if edits and edits[-1].span.end == span.start:
                last = edits.pop()
                edits.append(Edit(Span(last.span.start, span.end), last.text + text))
            else:
                edits.append(Edit(span, text))
        return tuple(edits)


def _apply(text: str, changes: Iterable[tuple[int, int, int, str]]) -> str:
    parts: list[str] = []
    done = 0
    for start, end, _, new in changes:
        parts += text[done:start], new
        done = max(done, end)
    return "".join((*parts, text[done:]))

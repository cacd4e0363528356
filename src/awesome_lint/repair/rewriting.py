"""The edits that turn a damaged row into one of its readings, and the new row."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from awesome_lint.diagnostic import Edit
from awesome_lint.repair.align import Change, Reading, Step
from awesome_lint.repair.closing import closers
from awesome_lint.repair.row import DamagedRow
from awesome_lint.source import Span


class _Piece(NamedTuple):
    """A range of the row's text and what is put in its place; ``order`` decides between pieces at one place.

    ``drops`` marks a placeholder that is taken out on purpose.
    """

    start: int
    end: int
    order: int
    text: str
    drops: bool = False


def rewrite(row: DamagedRow, reading: Reading | None) -> tuple[tuple[Edit, ...], str]:
    """The edits that turn *row* into *reading* (or only close what is open), and the new row."""
    steps = reading.changes if reading else ()
    pieces = [*_closings(row, steps), *_escapes(row)]
    for step in steps:
        pieces += _pieces(row, step)
    if any(step.change == Change.GAP and step.start == 0 for step in steps):
        pieces.append(_Piece(0, 0, 0, "| "))  # empty cells need the pipe that the row does without
    end = len(row.text)
    ends_empty = any(step.change == Change.GAP and step.start >= row.edges[1].start for step in steps)
    if reading and not row.closes and (ends_empty or (row.opens and len(row.pipes) > 1)):
        pieces.append(_Piece(end, end, 2, " |"))
    return _edits(row, pieces)


def trim(row: DamagedRow, columns: int) -> tuple[tuple[Edit, ...], str]:
    """The edits that take out the empty cells of *row* after the first *columns*, and the new row."""
    start = row.from_closed(row.inner_pipes[columns - 1])
    last = _Piece(start, len(row.text), 2, "|" if row.closes else "")
    return _edits(row, [*_closings(row, ()), *_escapes(row), last])


def _escapes(row: DamagedRow) -> Iterator[_Piece]:
    return (_Piece(offset, offset, 1, "\\") for offset in row.enclosed)


def _pieces(row: DamagedRow, step: Step) -> Iterator[_Piece]:
    """What a change does to the text of *row*."""
    start, end = row.from_closed(step.start), row.from_closed(step.end)
    if step.change == Change.PIPE:
        yield _Piece(start, end, 1, " |")
    elif step.change == Change.ESCAPE:
        yield _Piece(start, start, 1, "\\")
    elif step.change == Change.DROP:
        yield from _drop(row, start, end)
    elif step.start == 0:
        yield _Piece(0, 0, 1, "| ")
    elif step.start >= row.edges[1].start:
        yield _Piece(len(row.text), len(row.text), 1, " |")
    else:
        yield _Piece(start, end, 1, " |")


def _drop(row: DamagedRow, start: int, end: int) -> Iterator[_Piece]:
    """A blank cell goes with the pipe after it, or with the one before it at the right edge."""
    first, last = (start, end + 1) if end < len(row.text) else (start - 1, end)
    text = row.text[start:end].strip()
    if not text:
        yield _Piece(first, last, 1, "")
        return
    at = row.text.index(text, start)
    yield _Piece(first, at, 1, "")
    yield _Piece(at, at + len(text), 1, "", drops=True)
    yield _Piece(at + len(text), last, 1, "")


def _closings(row: DamagedRow, steps: Sequence[Step]) -> Iterator[_Piece]:
    cuts = [step.start for step in steps if step.change == Change.PIPE]
    escaped = {step.start for step in steps if step.change == Change.ESCAPE}
    edges = sorted({0, *(p for p in row.pipes if p not in escaped), *cuts, len(row.closed)})
    cell_of_last, done, before = -1, 0, ""
    for start, end, lost in row.closings:
        cell_start = edges[bisect_right(edges, start) - 1]
        cell_end = next((e for e in edges if e >= end), len(row.closed))
        if cell_start != cell_of_last:
            cell_of_last, done, before = cell_start, cell_start, ""
        before += row.closed[done:start]
        more = closers(before, lost, row.closed[end:cell_end])
        before, done = before + lost.marks + more, end
        yield _Piece(lost.at, lost.at, 0, lost.marks + more)


def _edits(row: DamagedRow, pieces: Iterable[_Piece]) -> tuple[tuple[Edit, ...], str]:
    """*pieces* and the joints between lines as edits of the source, and the new row."""
    ordered = sorted(pieces, key=lambda piece: piece[:3])
    edits: list[Edit] = []
    for span, text, drops in _placed(row, ordered):
        joined = edits and edits[-1].span.end == span.start and not drops and edits[-1].replaces is None
        if joined:
            last = edits.pop()
            edits.append(Edit(Span(last.span.start, span.end), last.text + text))
        elif drops or text or span.start < span.end:
            edits.append(Edit(span, text, row.text_at(span) if drops else None))
    return tuple(edits), _apply(row.text, ordered)


def _placed(row: DamagedRow, pieces: Sequence[_Piece]) -> Iterator[tuple[Span, str, bool]]:
    """Each piece, and the break between two lines, with its place in the source."""
    offset = 0
    for line, following in zip(row.lines, (*row.lines[1:], None), strict=True):
        length = len(line.text)
        for piece in pieces:
            if offset <= piece.start <= offset + length:
                base = line.span.start - offset
                yield Span(base + piece.start, base + min(piece.end, offset + length)), piece.text, piece.drops
        offset += length + 1
        if following:
            yield Span(line.span.end, following.span.start), " ", False


def _apply(text: str, pieces: Iterable[_Piece]) -> str:
    parts: list[str] = []
    done = 0
    for piece in pieces:
        parts += text[done : piece.start], piece.text
        done = max(done, piece.end)
    return "".join((*parts, text[done:]))

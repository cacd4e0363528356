"""A Markdown text and the places in it.

Every offset in awesome-lint counts code points of the *normalised* text: ``\\n`` line endings, no byte
order mark.  `Source` remembers what was normalised away, so that edited text goes back byte for byte.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct

_BOM = "\ufeff"


class Span(NamedTuple):
    """A half-open range of code-point offsets, ``start`` included and ``end`` excluded."""

    start: int
    end: int

    def contains(self, other: Span) -> bool:
        """Whether *other* lies within this span."""
        return self.start <= other.start and other.end <= self.end

    def touches(self, other: Span) -> bool:
        """Whether the two spans overlap or meet at an edge."""
        return self.start <= other.end and other.start <= self.end


class Spans:
    """Spans by their places; of overlapping ones the last that begins before an offset is the one that holds it."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)

    def at(self, offset: int) -> Span | None:
        """The span that holds *offset*, or None."""
        index = bisect_right(self._spans, offset, key=_start) - 1
        if index < 0 or offset >= self._spans[index].end:
            return None
        return self._spans[index]

    def __contains__(self, offset: int) -> bool:
        """Whether one of the spans holds *offset*."""
        return self.at(offset) is not None

    def meet(self, span: Span) -> bool:
        """Whether *span* overlaps or meets one of the spans; these end in the order in which they begin."""
        index = bisect_right(self._spans, span.end, key=_start) - 1
        return index >= 0 and self._spans[index].touches(span)

    def contain(self, span: Span) -> bool:
        """Whether one of the spans holds all of *span*."""
        holder = self.at(span.start)
        return holder is not None and holder.contains(span)


def _start(span: Span) -> int:
    return span.start


class Position(NamedTuple):
    """A place as people count it: line and column both start at 1, columns are code points."""

    line: int
    column: int


class Source(Struct, frozen=True, dict=True):
    """The text of one file.

    ``raw`` is the decoded file as it stands, ``path`` the name that reports show.
    """

    raw: str
    path: str = "<stdin>"

    @cached_property
    def text(self) -> str:
        """The normalised text."""
        body = self.raw.removeprefix(_BOM)
        return body.replace("\r\n", "\n").replace("\r", "\n") if "\r" in body else body

    @cached_property
    def _carriage_returns(self) -> list[int]:
        """Normalised offsets at which the ``\\r`` of a ``\\r\\n`` was dropped, in ascending order."""
        body, found = self.raw.removeprefix(_BOM), -1
        dropped: list[int] = []
        while (found := body.find("\r\n", found + 1)) >= 0:
            dropped.append(found - len(dropped))
        return dropped

    @classmethod
    def from_bytes(cls, data: bytes, path: str = "<stdin>") -> Source:
        """Decode *data*, which must be UTF-8; raises `UnicodeDecodeError` where it is not."""
        return cls(data.decode("utf-8"), path)

    def to_bytes(self) -> bytes:
        """The file as it stood."""
        return self.raw.encode("utf-8")

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset at which each line starts."""
        starts, found = [0], -1
        while (found := self.text.find("\n", found + 1)) >= 0:
            starts.append(found + 1)
        return starts

    @cached_property
    def newline(self) -> str:
        """The line ending used most."""
        windows = len(self._carriage_returns)
        return "\r\n" if windows > self.text.count("\n") - windows else "\n"

    def position(self, offset: int) -> Position:
        """The line and column of *offset*."""
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def line_span(self, line: int) -> Span:
        """The span of *line* (the first is 1), without its line ending."""
        start = self.line_starts[line - 1]
        end = self.line_starts[line] - 1 if line < len(self.line_starts) else len(self.text)
        return Span(start, end)

    def __getitem__(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def replace(self, changes: Iterable[tuple[Span, str]]) -> Source:
        """A copy in which each span holds its new text; everything else keeps its bytes.

        *changes* must be in ascending order and must not overlap, else `ValueError` is raised.  New
        text uses ``\\n``; it is written with the file's own line ending.
        """
        parts: list[str] = []
        done = 0
        for span, text in changes:
            start, end = self._raw_offset(span.start), self._raw_offset(span.end)
            if start < done or end < start:
                raise ValueError(f"changes overlap or are not sorted at offset {span.start}")
            new = text.replace("\n", self.newline)
            if new.startswith("\n") and self.raw.endswith("\r", 0, start):
                rest = new.lstrip("\n")  # after a lone \r a \n would be no line ending of its own
                new = "\r" * (len(new) - len(rest)) + rest
            parts += self.raw[done:start], new
            done = end
        parts.append(self.raw[done:])
        return Source("".join(parts), self.path)

    def _raw_offset(self, offset: int) -> int:
        return offset + bisect_left(self._carriage_returns, offset) + self.raw.startswith(_BOM)

"""The text of a leaf block: pieces of the source's lines, joined, with the way back to the source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise

from awesome_lint.source import Span

Place = Callable[[int], int]
"""Maps an offset of some text to an offset of the document."""


class Text:
    """The slices *lines* of *source*, joined by line feeds: ``text`` is what they hold.

    Container markers and indentation lie between the slices, so ``at`` maps an offset of ``text`` to the source.
    """

    __slots__ = ("_origins", "_starts", "at", "text")

    def __init__(self, source: str, lines: Sequence[tuple[int, int]]) -> None:
        self.at: Place
        if not lines or all(before[1] + 1 == after[0] for before, after in pairwise(lines)):
            start, end = (lines[0][0], lines[-1][1]) if lines else (0, 0)
            self.text = source[start:end]
            self.at = start.__add__
            return
        self.text = "\n".join([source[start:end] for start, end in lines])
        self._starts = [0, *accumulate(end - start + 1 for start, end in lines[:-1])]
        self._origins = [start for start, _ in lines]
        self.at = self._at

    def _at(self, offset: int) -> int:
        line = bisect_right(self._starts, offset) - 1
        return self._origins[line] + offset - self._starts[line]


def place_span(at: Place, start: int, end: int) -> Span:
    """The document span of ``text[start:end]``: *at* may jump between lines, so the end follows the last character."""
    return Span(at(start), at(end - 1) + 1) if end > start else Span(at(start), at(start))


def without_pipe_escapes(text: str, at: Place) -> tuple[str, Place]:
    r"""*text* as GitHub reads it in a table, every ``\|`` a ``|``, and its places."""
    if "\\|" not in text:
        return text, at
    origins = [i for i, character in enumerate(text) if not (character == "\\" and text[i + 1 : i + 2] == "|")]
    origins.append(len(text))
    return "".join([text[i] for i in origins[:-1]]), lambda offset: at(origins[offset])

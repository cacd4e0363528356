"""Pipes that stand within code, brackets, mathematics or a link's destination, where no cell ends.

GitHub cuts a row at each of them all the same.  A cell that opens something and does not close it is no whole cell; it
continues to the one that closes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from awesome_lint.regex import regex

_TOKEN = regex(r"\\[\\\[\]()$<>]|(?P<code>(?<!\\)`+)|\]\((?P<url>\s*<?(?:https?:|[#./\w]))|[\[\]()$]|<(?=/?[A-Za-z])|>")
_TAG = regex(r"<(/?)([A-Za-z][A-Za-z0-9-]*)(?:\s[^<>]*)?>")
_MOST_CELLS = 40
"""A pipe so many cells on closes something else."""
_MATH = regex(r"[\\^_{}=|<>~]|\b[A-Za-z]\b")
_PRICE = regex(r"\$\s?\d[\d,.]*\s*(?:[kKmM]\b)?\s*(?:[^\w\s]|$|\s)")


class _State(Struct):
    """What is open at a place of a row: ``code`` is the run of backticks, the others count or flag."""

    code: str = ""
    brackets: int = 0
    url: bool = False
    math: bool = False
    tag: bool = False

    @property
    def is_open(self) -> bool:
        return bool(self.code or self.brackets or self.url or self.math or self.tag)


def enclosed_pipes(text: str, pipes: Sequence[int]) -> tuple[int, ...]:
    """Those of *pipes*, offsets in *text*, that stand within something that opens before and closes after them."""
    edges = [-1, *pipes, len(text)]
    found: list[int] = []
    first = 0
    while first < len(edges) - 1:
        last = _closing(text, edges, first)
        if last > first:
            found += edges[first + 1 : last + 1]
        first = last + 1
    return tuple(found)


def is_whole(cell: str) -> bool:
    """Whether *cell* closes all that it opens, and opens all that it closes."""
    state = _State()
    return _read(cell, state) and not state.is_open


def open_spans(cell: str) -> list[tuple[int, int]]:
    """The stretches of *cell* where it must not be cut, in order and apart from one another.

    They are what stands within code, brackets, tags, mathematics or destinations, and what is between the tags of an
    element.
    """
    merged: list[tuple[int, int]] = []
    for start, end in sorted([*_marked_spans(cell), *_elements(cell)]):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _elements(cell: str) -> Iterator[tuple[int, int]]:
    """From each opening tag to the closing one of its name."""
    opened: dict[str, int] = {}
    for match in _TAG.finditer(cell) if "</" in cell else ():
        name = match[2].lower()
        if not match[1]:
            opened.setdefault(name, match.start())
        elif name in opened:
            yield opened.pop(name), match.end()


def _marked_spans(cell: str) -> list[tuple[int, int]]:
    state, found, start, position = _State(), [], -1, 0
    while match := _TOKEN.search(cell, position):
        before = position
        position = match.end()
        if match.lastgroup == "code" and not state.is_open:
            position = _code(cell, match, state)
            if not state.is_open:
                found.append((match.start(), position))
        elif match.lastgroup == "code" or state.code:
            position = _code(cell, match, state) if match.lastgroup == "code" else position
        elif state.url:
            state.url = match[0] != ")"
        elif not _mark(match[0], match, state):
            state.brackets = 0
        if state.is_open and start < 0:
            start = match.start()
        elif not state.is_open and start >= 0:
            found.append((start, position))
            start = -1
        if position == before:
            position += 1
    return [*found, (start, len(cell))] if start >= 0 else found


def _closing(text: str, edges: Sequence[int], first: int) -> int:
    """The cell, counted by its left edge, that closes what the cell *first* leaves open; *first* if none does."""
    state = _State()
    cell = text[edges[first] + 1 : edges[first + 1]]
    if not _read(cell, state) or not state.is_open or (state.math and _PRICE.search(cell)):
        return first
    for last in range(first + 1, min(first + _MOST_CELLS, len(edges) - 1)):
        cell = text[edges[last] + 1 : edges[last + 1]]
        if state.url and (not cell or cell[0].isspace()):
            return first  # white space ends a destination
        if not _read(cell, state):
            return first
        if not state.is_open:
            whole = text[edges[first] + 1 : edges[last + 1]]
            return last if _is_plausible(whole) else first
    return first


def _is_plausible(whole: str) -> bool:
    """Whether what is put together is code, a link or mathematics, and not two prices or two remarks."""
    if "$" in whole and not _MATH.search(re.sub(r"[^$]*\$(.*)\$[^$]*", r"\1", whole, flags=re.DOTALL)):
        return "`" in whole or "](" in whole
    return True


def _read(cell: str, state: _State) -> bool:
    """Read *cell* on from *state*, which is changed; False where it closes what was not open."""
    position = 0
    while match := _TOKEN.search(cell, position):
        position = match.end()
        mark = match[0]
        if match.lastgroup == "code" or state.code:
            if match.lastgroup == "code":
                position = _code(cell, match, state)
        elif state.url:
            state.url = mark != ")"
        elif not _mark(mark, match, state):
            return False
    return True


def _code(cell: str, match: re.Match[str], state: _State) -> int:
    """Read a run of backticks, and return where to continue."""
    mark = match[0]
    if state.code:
        state.code = "" if mark == state.code else state.code
        return match.end()
    closing = re.compile(rf"(?<!`){mark}(?!`)").search(cell, match.end())
    if closing:
        return closing.end()
    state.code = mark
    return match.end()


def _mark(mark: str, match: re.Match[str], state: _State) -> bool:
    """Read a mark outside of code and destinations; False where it closes what was not open."""
    if mark[0] == "\\":
        return True
    if mark == "[":
        state.brackets += 1
    elif mark[0] == "]":
        state.brackets -= 1
        state.url = match["url"] is not None
    elif mark == "$":
        state.math = not state.math
    elif mark == "<":
        state.tag = True
    elif mark == ">":
        state.tag = False
    return state.brackets >= 0

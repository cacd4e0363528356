"""A line of source cut to the terminal around a span, with carets under the span."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate, dropwhile, takewhile

from awesome_lint.report.inert import inert_characters
from awesome_lint.source import Source, Span
from awesome_lint.text.width import display_width

_CUT = "…"
_TAB = "    "


def excerpt(source: Source, span: Span, width: int) -> tuple[str, str]:
    """The first line of *span* and the carets below it, neither wider than *width* terminal columns.

    The cost does not depend on the length of the line.
    """
    line = source.line_span(source.position(span.start).line)
    # A character can be without width; a line that consists of such is cut nevertheless.
    first = max(line.start, span.start - 4 * width)
    last = min(line.end, span.start + 4 * width)
    start, end = span.start - first, max(span.start, min(span.end, last)) - first
    shown = _show(source.text[first:last])
    before, marked, after = ("".join(part) for part in (shown[:start], shown[start:end], shown[end:]))

    context = min(display_width(before) + display_width(after), width // 3)
    marked = _cut_end(marked, width - context)
    room = width - display_width(marked)
    left = _cut_start(before, max(room // 3, room - display_width(after)))
    right = _cut_end(after, room - display_width(left))
    return left + marked + right, " " * display_width(left) + "^" * max(1, display_width(marked))


def _show(text: str) -> list[str]:
    return [_TAB if char == "\t" else shown for char, shown in zip(text, inert_characters(text), strict=True)]


def _cut_end(text: str, width: int) -> str:
    if display_width(text) <= width:
        return text
    return text[: _fitting(text, width - 1)] + _CUT


def _cut_start(text: str, width: int) -> str:
    if display_width(text) <= width:
        return text
    kept = text[len(text) - _fitting(reversed(text), width - 1) :]
    return _CUT + "".join(dropwhile(lambda char: display_width(char) == 0, kept))


def _fitting(characters: Iterable[str], width: int) -> int:
    """How many of *characters* fit into *width* columns."""
    widths = accumulate(display_width(char) for char in characters)
    return sum(1 for _ in takewhile(lambda total: total <= width, widths))

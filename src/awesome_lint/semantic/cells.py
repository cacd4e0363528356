"""A cell by itself: whether it holds a value, and where a text is in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from awesome_lint.markdown import Cell, Inline
from awesome_lint.regex import regex
from awesome_lint.source import Source, Span
from awesome_lint.text.placeholders import Placeholder, find_placeholder

_WORD = regex(r"\w")


def is_blank(cell: Cell) -> bool:
    """Whether a reader sees nothing in *cell*: no text, link or image, not even a broken one."""
    return not (cell.text.strip() or cell.content.links or cell.content.broken_links)


def placeholder_of(cell: Cell) -> Placeholder | None:
    """How *cell* says that it holds no value; None where it holds one."""
    if cell.content.links or cell.content.broken_links:
        return None
    return find_placeholder(cell.text)


def locate(text: str, content: Inline, source: Source) -> Span | None:
    """The one place where *text* is in *content* as words of its own, outside of addresses; else None."""
    hidden = [tag.span for tag in content.tags] + [*content.comments]
    hidden += (Span(link.text_span.end, link.span.end) for link in content.links if link.text_span.end < link.span.end)
    found = [span for span in _occurrences(text, content.span, source.text) if not _overlaps(span, hidden)]
    return found[0] if len(found) == 1 else None


def _occurrences(text: str, within: Span, source: str) -> Iterator[Span]:
    """Where *text* is in *source* between characters that are part of no word."""
    start = within.start
    while text and (at := source.find(text, start, within.end)) >= 0:
        start = end = at + len(text)
        if not _WORD.match(source, at - 1, at) and not _WORD.match(source, end, min(end + 1, within.end)):
            yield Span(at, end)


def _overlaps(span: Span, others: Iterable[Span]) -> bool:
    return any(other.start < span.end and span.start < other.end for other in others)

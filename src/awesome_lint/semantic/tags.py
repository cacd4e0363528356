"""Tags of bullets: what is in code at their ends, such as a licence and a platform: `` `MIT` `Go/Docker` ``."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from awesome_lint.markdown import Document, Inline, ListItem
from awesome_lint.semantic.conventions import is_convention
from awesome_lint.semantic.entries import Entry
from awesome_lint.source import Source, Span

_LEAST_BULLETS = 3
_SHARE = 0.8
"""How many bullets of a list have as many tags, and which share of them, before their ends are read as tags."""


class Tag(Struct, frozen=True):
    """A tag at the end of the bullet of ``entry``: its ``text``, and the ``span`` of its code, backticks included."""

    text: str
    span: Span
    entry: Entry


class TagColumn(Struct, frozen=True):
    """The tags at one place, counted from 0, of all bullets that have as many, in source order."""

    index: int
    tags: tuple[Tag, ...]


def find_tags(document: Document, entries: Iterable[Entry]) -> tuple[TagColumn, ...]:
    """The tags of the bullets among *entries*, in the lists in which most bullets have equally many."""
    lists: defaultdict[Span, list[tuple[Entry, list[Span]]]] = defaultdict(list)
    for entry in entries:
        if isinstance(entry.origin, ListItem) and entry.origin.content:
            spans = _trailing_code(entry.origin.content, document.source)
            lists[entry.container.span].append((entry, spans))
    found: defaultdict[tuple[int, int], list[Tag]] = defaultdict(list)
    for bullets in lists.values():
        for entry, spans in _alike(bullets):
            for index, span in enumerate(spans):
                found[len(spans), index].append(Tag(_text(span, document.source), span, entry))
    return tuple(TagColumn(index, tuple(tags)) for (_, index), tags in sorted(found.items()))


def _trailing_code(content: Inline, source: Source) -> list[Span]:
    """The code spans with which *content* ends, with nothing but white space in between."""
    found: list[Span] = []
    end = content.span.end
    for span in reversed(content.code_spans):
        if source[Span(span.end, end)].strip():
            break
        found.append(span)
        end = span.start
    return found[::-1]


def _alike(bullets: Sequence[tuple[Entry, list[Span]]]) -> Iterator[tuple[Entry, list[Span]]]:
    """Those of *bullets* that have as many tags as most of them."""
    counts = Counter(len(spans) for _, spans in bullets)
    width, count = counts.most_common(1)[0]
    if width and is_convention(count, len(bullets), least=_LEAST_BULLETS, share=_SHARE):
        yield from ((entry, spans) for entry, spans in bullets if len(spans) == width)


def _text(span: Span, source: Source) -> str:
    return " ".join(source[span].strip("`").split())

"""What a reader gets from a document, without any place in it: two documents read the same where this is equal."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator

from awesome_lint.markdown import (
    Block,
    CodeBlock,
    Document,
    Heading,
    HtmlBlock,
    Inline,
    Link,
    List,
    Paragraph,
    RejectedTable,
    Row,
    Table,
)
from awesome_lint.regex import regex
from awesome_lint.source import Source, Span

_HARD_BREAK = regex(r" {2,}\n|\\\n")
_BLANK_LINE = regex(r"\n[ \t>]*(?=\n)")


def reading(document: Document) -> Iterator[Hashable]:
    """The blocks, lists, definitions, footnotes and anchors of *document*; what GitHub drops from a row is left out."""
    source = document.source
    starts = [block.span.start for block in document.blocks]

    def held(span: Span) -> Hashable:
        """Which of the blocks stand within *span*."""
        return bisect_left(starts, span.start), bisect_left(starts, span.end)

    yield from (_block(block, source) for block in document.blocks)
    yield from (hashable for outer in document.lists for hashable in _list(outer, source, held))
    yield tuple(held(quote) for quote in document.quotes)
    yield from ((definition.label, definition.url) for definition in document.definitions)
    yield tuple((footnote.label, held(footnote.span)) for footnote in document.footnotes)
    yield document.anchors


def _block(block: Block, source: Source) -> Hashable:
    kind = type(block).__name__
    if isinstance(block, Heading):
        return kind, block.level, block.anchor, _inline(block.content, source)
    if isinstance(block, Paragraph | RejectedTable):
        return kind, _inline(block.content, source)
    if isinstance(block, Table):
        rows = (block.header, *block.rows)
        return kind, block.alignments, tuple(_row(row, len(block.alignments), source) for row in rows)
    if isinstance(block, HtmlBlock | CodeBlock):
        return kind, source[block.span]
    return kind


def _row(row: Row, width: int, source: Source) -> Hashable:
    """The cells that GitHub shows; empty ones at the end are there whether they are written or not."""
    cells = [_inline(cell.content, source) for cell in row.cells[:width]]
    while cells and not row.cells[len(cells) - 1].span.start < row.cells[len(cells) - 1].span.end:
        cells.pop()
    return tuple(cells)


def _inline(inline: Inline, source: Source) -> Hashable:
    return (
        " ".join(inline.text.split()),
        len(_HARD_BREAK.findall(source[inline.span])),
        tuple(_link(link) for link in inline.links),
        tuple(source[span] for span in inline.code_spans),
        tuple((tag.name, tag.closing, _attributes(tag.attributes)) for tag in inline.tags),
        tuple(source[span] for span in (*inline.comments, *inline.instructions)),
        tuple(source[span] for span in inline.footnote_references),
    )


def _link(link: Link) -> Hashable:
    return link.kind, link.image, link.text, link.url, link.title


def _attributes(attributes: dict[str, tuple[str, Span]]) -> Hashable:
    return tuple((name, value) for name, (value, _) in attributes.items())


def _list(outer: List, source: Source, held: Callable[[Span], Hashable]) -> Iterator[Hashable]:
    """The shape of a list and all within it, and how many blank lines there are: they can make it loose."""
    yield len(_BLANK_LINE.findall(source[outer.span]))
    waiting: list[Iterable[List]] = [[outer]]
    while waiting:
        for found in waiting.pop():
            yield found.ordered, found.depth, tuple((item.empty, held(item.span)) for item in found.items)
            waiting += (item.lists for item in found.items if item.lists)

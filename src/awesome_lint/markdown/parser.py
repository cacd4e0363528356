"""From a source to a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter

from msgspec import Struct

from awesome_lint.markdown._block import State, Token
from awesome_lint.markdown._broken import find_broken_links
from awesome_lint.markdown._detached import find_detached_rows
from awesome_lint.markdown._html import find_comments, find_tags, links_of_tags
from awesome_lint.markdown._inline import Environment, parse_inline, visible_text
from awesome_lint.markdown._table import RawRow, RawTable, block_parser, rows_between, table_span
from awesome_lint.markdown.document import (
    Alignment,
    Block,
    Cell,
    CodeBlock,
    Document,
    Heading,
    HtmlBlock,
    Inline,
    List,
    ListItem,
    Paragraph,
    RejectedTable,
    Row,
    Table,
    ThematicBreak,
)
from awesome_lint.markdown.slug import Slugger
from awesome_lint.source import Source, Span

_BLOCK_PARSER = block_parser()
_CONTAINERS = ("list_item", "block_quote")


def build(source: Source) -> Document:
    """Parse *source*."""
    state = State()
    state.process(source.text if source.text.endswith("\n") else source.text + "\n")
    state.env["length"] = len(source.text)
    _BLOCK_PARSER.parse(state)
    builder = _Builder(source, state.env)
    found, lists = builder.read(state, state.tokens, depth=0)
    blocks, anchors = _with_anchors(sorted(found, key=attrgetter("block.span")))
    return Document(
        source,
        blocks,
        lists,
        find_detached_rows(source, blocks, builder.row_at),
        tuple(state.env["definitions"]),
        anchors,
    )


class _Read(Struct, frozen=True):
    """A leaf block; ``anchor_text`` is what a heading's anchor is made from."""

    block: Block
    anchor_text: str = ""


class _Builder:
    def __init__(self, source: Source, env: Environment) -> None:
        self._source = source
        self._env = env

    def read(self, state: State, tokens: Iterable[Token], depth: int) -> tuple[list[_Read], tuple[List, ...]]:
        """The leaf blocks and the outermost lists of *tokens*, in mistune's order."""
        blocks: list[_Read] = []
        lists: list[List] = []
        for token in tokens:
            if token["type"] == "list":
                bullet_list, inner = self._list(token, depth)
                blocks += inner
                lists.append(bullet_list)
            elif token["type"] == "block_quote":
                inner, nested = self.read(self._child(token), token["children"], depth)
                blocks += inner
                lists += nested
            else:
                blocks += self._leaf(state, token)
        return blocks, tuple(sorted(lists, key=attrgetter("span")))

    def _child(self, token: Token) -> State:
        child: State = self._env["children"][id(token["children"])]
        return child

    def _list(self, token: Token, depth: int) -> tuple[List, list[_Read]]:
        blocks: list[_Read] = []
        items: list[ListItem] = []
        for child in token["children"]:
            item, inner = self._item(child, depth)
            items.append(item)
            blocks += inner
        span = Span(items[0].span.start, max(item.span.end for item in items))
        return List(span, token["attrs"]["ordered"], depth, tuple(items)), blocks

    def _item(self, token: Token, depth: int) -> tuple[ListItem, list[_Read]]:
        state = self._child(token)
        blocks, lists = self.read(state, token["children"], depth + 1)
        first = blocks[0].block if blocks else None
        leads = token["children"] and token["children"][0]["type"] in ("paragraph", "block_text")
        content = first.content if leads and isinstance(first, Paragraph) else None
        end = max([state.marker.end, *(read.block.span.end for read in blocks), *(inner.span.end for inner in lists)])
        item = ListItem(Span(state.marker.start, end), state.marker, depth, content, not blocks and not lists, lists)
        return item, blocks

    def _leaf(self, state: State, token: Token) -> Iterator[_Read]:
        kind = token["type"]
        if kind == "heading":
            yield self._heading(state, token)
        elif kind in ("paragraph", "block_text"):
            yield from self._paragraph(state, token)
        elif kind == "table":
            yield _Read(self._table(token["table"]))
        elif kind == "block_html":
            yield _Read(self._html(state, *token["place"]))
        elif kind == "block_code":
            yield _Read(CodeBlock(state.span(*token["place"])))
        elif kind == "thematic_break":
            yield _Read(ThematicBreak(state.span(*token["place"])))

    def _inline(self, state: State, start: int, end: int) -> tuple[Inline, str]:
        text = state.src[start:end]
        start += len(text) - len(text.lstrip())
        return parse_inline(text.strip(), lambda offset: state.at(start + offset), self._env)

    def _heading(self, state: State, token: Token) -> _Read:
        place: tuple[int, int] = token.get("text_place") or token["place"]
        content, anchor_text = self._inline(state, *place)
        span = state.span(*token["place"])
        start = span.start + len(self._source[span]) - len(self._source[span].lstrip())
        return _Read(Heading(Span(start, span.end), token["attrs"]["level"], content, ""), anchor_text)

    def _paragraph(self, state: State, token: Token) -> Iterator[_Read]:
        start, end = token["place"]
        rejected: RawTable | None = token.get("rejected")
        if rejected:
            yield _Read(self._rejected(state, rejected, token["rejected_at"], end))
            end = token["rejected_at"]
        if state.src[start:end].strip():
            content, _ = self._inline(state, start, end)
            yield _Read(Paragraph(content.span, content))

    def _rejected(self, state: State, table: RawTable, start: int, end: int) -> RejectedTable:
        content, _ = self._inline(state, start, end)
        start = state.find_line_end_at(state.find_line_end_at(start))
        rows = tuple(self._row(row) for row in rows_between(state, start, end))
        span = Span(table.header.span.start, (rows[-1] if rows else table.delimiter).span.end)
        return RejectedTable(span, self._row(table.header), self._row(table.delimiter), rows, content)

    def _table(self, table: RawTable) -> Table:
        rows = tuple(self._row(row) for row in table.rows)
        alignments = tuple(_alignment(self._source[cell]) for cell in table.delimiter.cells)
        return Table(table_span(table), self._row(table.header), self._row(table.delimiter), alignments, rows)

    def _row(self, row: RawRow) -> Row:
        return Row(row.span, tuple(Cell(span, self._cell(span)) for span in row.cells), row.pipes)

    def row_at(self, row: RawRow) -> Row:
        """*row* with its cells read."""
        return self._row(row)

    def _cell(self, span: Span) -> Inline:
        text = self._source[span]
        if "\\|" not in text:
            return parse_inline(text, lambda offset: span.start + offset, self._env)[0]
        # cmark-gfm unescapes pipes before it reads a cell, so that even code may hold one.
        origins = [i for i, character in enumerate(text) if not (character == "\\" and text[i + 1 : i + 2] == "|")]
        origins.append(len(text))
        unescaped = "".join(text[i] for i in origins[:-1])
        return parse_inline(unescaped, lambda offset: span.start + origins[offset], self._env)[0]

    def _html(self, state: State, start: int, end: int) -> HtmlBlock:
        text = state.src[start:end].rstrip()

        def at(offset: int) -> int:
            return state.at(start + offset)

        comments = find_comments(text)
        tags = find_tags(text, comments, at)
        links = links_of_tags(tags, self._visible_html)
        taken = [Span(*comment) for comment in comments]
        broken = tuple(link for link in find_broken_links(text, taken, at) if link.kind == "tag")
        spans = tuple(Span(at(a), at(b - 1) + 1) for a, b in comments)
        return HtmlBlock(state.span(start, end), tuple(links), broken, tuple(tags), spans)

    def _visible_html(self, span: Span) -> str:
        return " ".join(visible_text([{"type": "text", "raw": self._source[span]}]).split())


def _alignment(delimiter: str) -> Alignment | None:
    left, right = delimiter.startswith(":"), delimiter.endswith(":")
    if left and right:
        return Alignment.CENTER
    if left:
        return Alignment.LEFT
    return Alignment.RIGHT if right else None


def _with_anchors(found: Iterable[_Read]) -> tuple[tuple[Block, ...], frozenset[str]]:
    """The blocks, their headings given anchors, and all anchors of the document."""
    slugger = Slugger()
    anchors: set[str] = set()
    blocks: list[Block] = []
    for read in found:
        block = read.block
        if isinstance(block, Heading):
            block = Heading(block.span, block.level, block.content, slugger.slug(read.anchor_text))
            anchors.add(block.anchor)
        anchors.update(_named(block))
        blocks.append(block)
    return tuple(blocks), frozenset(anchors)


def _named(block: Block) -> Iterator[str]:
    """The ``id`` and ``name`` attributes in *block*."""
    if isinstance(block, HtmlBlock):
        tags = block.tags
    elif isinstance(block, Heading | Paragraph):
        tags = block.content.tags
    elif isinstance(block, Table | RejectedTable):
        tags = tuple(tag for row in (block.header, *block.rows) for cell in row.cells for tag in cell.content.tags)
    else:
        tags = ()
    for tag in tags:
        for name in ("id", "name"):
            if name in tag.attributes:
                yield tag.attributes[name][0]

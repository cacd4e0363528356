"""From a source to a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from msgspec import Struct, field
from msgspec.structs import replace

from awesome_lint.markdown._block import parse_blocks
from awesome_lint.markdown._broken import find_broken_links
from awesome_lint.markdown._detached import find_detached_rows
from awesome_lint.markdown._front_matter import front_matter_end
from awesome_lint.markdown._html import find_comments, find_tags, links_of_tags
from awesome_lint.markdown._inline import anchor_text, parse_inline
from awesome_lint.markdown._nodes import (
    Container,
    Node,
    RawBreak,
    RawCode,
    RawHeading,
    RawHtml,
    RawItem,
    RawList,
    RawNote,
    RawParagraph,
    RawQuote,
    RawTable,
    Rejection,
    Root,
)
from awesome_lint.markdown._references import References
from awesome_lint.markdown._syntax import normalized_label, unescape_references
from awesome_lint.markdown._table import RawRow, cut_row
from awesome_lint.markdown._text import Text, place_span, without_pipe_escapes
from awesome_lint.markdown.document import (
    Alignment,
    Block,
    Cell,
    CodeBlock,
    Document,
    Footnote,
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

_SPACE = " \t\n"


def build(source: Source) -> Document:
    """Parse *source*."""
    references = References()
    root = parse_blocks(source.text, front_matter_end(source.text), references)
    page = _Builder(source, references).read(root)
    blocks, anchors = _with_anchors(page.blocks)
    return Document(
        source,
        blocks,
        tuple(sorted(page.lists, key=attrgetter("span"))),
        find_detached_rows(source, blocks, lambda row: _row(source, row, references)),
        tuple(references.definitions),
        tuple(page.footnotes),
        anchors,
        tuple(sorted(page.quotes)),
    )


class _Read(Struct, frozen=True):
    """A leaf block; ``anchor_text`` is what a heading's anchor is made from."""

    block: Block
    anchor_text: str = ""


class _Content(Struct):
    """What a container holds; ``end`` is where all of it ends, footnotes included."""

    blocks: list[_Read] = field(default_factory=list)
    lists: list[List] = field(default_factory=list)
    items: list[ListItem] = field(default_factory=list)
    footnotes: list[Footnote] = field(default_factory=list)
    quotes: list[Span] = field(default_factory=list)
    end: int = 0

    def add(self, other: _Content) -> None:
        self.blocks += other.blocks
        self.quotes += other.quotes
        self.lists += other.lists
        self.items += other.items
        self.end = max(self.end, other.end)


class _Builder:
    def __init__(self, source: Source, references: References) -> None:
        self._source = source
        self._text = source.text
        self._references = references

    def read(self, root: Root) -> _Content:
        """All blocks, those that GitHub shows at the page's end last, in the order in which it shows them."""
        nodes = list(_walk(root))
        contents: dict[int, _Content] = {}
        for node, _ in nodes:  # all inline text is read before it is known which footnotes are used
            blocks = [] if isinstance(node, Container) else list(self._leaf(node))
            contents[id(node)] = _Content(blocks, end=max([read.block.span.end for read in blocks], default=0))
        notes: dict[str, _Content] = {}
        for node, depth in reversed(nodes):
            if not isinstance(node, Container):
                continue
            content = contents[id(node)]
            for child in node.children:
                content.add(contents[id(child)])
            if isinstance(node, RawQuote):
                content.end = max(content.end, node.start + 1)
                content.quotes.append(Span(node.start, content.end))
            elif isinstance(node, RawList):
                contents[id(node)] = self._list(node, content, depth)
            elif isinstance(node, RawItem):
                contents[id(node)] = self._item(node, content, depth)
            elif isinstance(node, RawNote):
                contents[id(node)] = self._note(node, content, notes)
        page = contents[id(root)]
        for label in self._references.used_notes:
            page.add(notes[label])
            page.footnotes += notes[label].footnotes
        return page

    def _list(self, node: RawList, content: _Content, depth: int) -> _Content:
        span = Span(content.items[0].span.start, max(item.span.end for item in content.items))
        ordered = node.kind in ".)"
        found = List(span, ordered, depth, tuple(content.items))
        return _Content(content.blocks, [found], quotes=content.quotes, end=content.end)

    def _item(self, node: RawItem, content: _Content, depth: int) -> _Content:
        first = content.blocks[0].block if content.blocks else None
        leads = node.children and isinstance(node.children[0], RawParagraph) and isinstance(first, Paragraph)
        inline = first.content if leads and isinstance(first, Paragraph) else None
        lists = tuple(sorted(content.lists, key=attrgetter("span")))
        span = Span(node.marker.start, max(node.marker.end, content.end, *(inner.span.end for inner in lists)))
        item = ListItem(span, node.marker, depth - 1, inline, not content.blocks and not lists, lists)
        return _Content(content.blocks, [], [item], quotes=content.quotes, end=span.end)

    def _note(self, node: RawNote, content: _Content, notes: dict[str, _Content]) -> _Content:
        """Put the content of a footnote aside; its place in the page holds nothing."""
        label = normalized_label(node.label)
        end = max(node.span.end, content.end)
        if self._references.notes.get(label) == node.span.start:
            content.footnotes.append(Footnote(Span(node.span.start, end), node.label))
            notes[label] = content
        return _Content(end=end)

    def _leaf(self, node: Node) -> Iterator[_Read]:
        if isinstance(node, RawParagraph):
            yield from self._paragraph(node)
        elif isinstance(node, RawTable):
            yield _Read(self._table(node))
        elif isinstance(node, RawHeading):
            yield self._heading(node)
        elif isinstance(node, RawHtml):
            yield _Read(self._html(node))
        elif isinstance(node, RawCode):
            span = Span(node.start, node.end) if node.open else _trimmed(self._text, node.start, node.end)
            yield _Read(CodeBlock(span, node.open))
        elif isinstance(node, RawBreak):
            yield _Read(ThematicBreak(node.span))

    def _heading(self, node: RawHeading) -> _Read:
        lines = node.lines or [(node.span.end, node.span.end)]
        text = Text(self._text, lines)
        shown = text.text.rstrip(_SPACE)
        content = parse_inline(shown, text.at, self._references)
        return _Read(Heading(node.span, node.level, content, ""), anchor_text(shown, self._references))

    def _paragraph(self, node: RawParagraph) -> Iterator[_Read]:
        lines, references, rejection = node.lines, self._references, node.rejection
        if rejection and rejection.line:
            whole = self._content(lines, references)  # to GitHub it is one text: its two parts use no other footnotes
            references = _unseen(references)
            if _holds(whole, lines[rejection.line][0]):
                yield _Read(Paragraph(whole.span, whole))
                return
        if rejection:
            yield _Read(self._rejected(rejection, lines[rejection.line :], references))
            lines = lines[: rejection.line]
        if lines:
            content = self._content(lines, references, above_table=node.above_table)
            yield _Read(Paragraph(content.span, content))

    def _content(
        self, lines: Sequence[tuple[int, int]], references: References, *, above_table: bool = False
    ) -> Inline:
        whole = Text(self._text, lines)
        text = whole.text.rstrip(_SPACE)
        read = without_pipe_escapes(text, whole.at) if above_table else (text, whole.at)
        return parse_inline(*read, references)

    def _rejected(
        self, rejection: Rejection, lines: Sequence[tuple[int, int]], references: References
    ) -> RejectedTable:
        """The table that *lines* would be."""
        # What they refer to is what their text refers to, not what their cells would.
        header, delimiter, *rows = (
            self._row(row, 0)
            for row in (rejection.header, rejection.delimiter, *(cut_row(self._text, *line) for line in lines[2:]))
        )
        span = Span(header.span.start, (rows or [delimiter])[-1].span.end)
        return RejectedTable(span, header, delimiter, tuple(rows), self._content(lines, references))

    def _table(self, table: RawTable) -> Table:
        width = len(table.header.cells)
        rows = tuple([self._row(row, width) for row in table.rows])
        alignments = tuple(_alignment(self._source[cell]) for cell in table.delimiter.cells)
        header, delimiter = self._row(table.header), self._row(table.delimiter)
        return Table(Span(header.span.start, (rows or (delimiter,))[-1].span.end), header, delimiter, alignments, rows)

    def _row(self, row: RawRow, width: int | None = None) -> Row:
        return _row(self._source, row, self._references, width)

    def _html(self, node: RawHtml) -> HtmlBlock:
        whole = Text(self._text, node.lines)
        text = whole.text.rstrip()
        comments = find_comments(text)
        tags = find_tags(text, comments, whole.at)
        links = links_of_tags(tags, self._visible_html)
        taken = [Span(*comment) for comment in comments]
        broken = tuple(link for link in find_broken_links(text, taken, whole.at) if link.kind == "tag")
        spans = tuple(place_span(whole.at, *comment) for comment in comments)
        return HtmlBlock(place_span(whole.at, 0, len(text)), tuple(links), broken, tuple(tags), spans)

    def _visible_html(self, span: Span) -> str:
        return " ".join(unescape_references(self._source[span]).split())


def _walk(root: Root) -> Iterator[tuple[Node, int]]:
    """All blocks in source order, each with the number of lists around it."""
    waiting: list[tuple[Node, int]] = [(root, 0)]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        if isinstance(node, Container):
            inner = depth + isinstance(node, RawList)
            waiting += [(child, inner) for child in reversed(node.children)]


def _holds(inline: Inline, place: int) -> bool:
    """Whether code, a link, a tag or a comment of *inline* continues from before *place* to after it."""
    links = (link.span for link in inline.links)
    tags = (tag.span for tag in inline.tags)
    spans = (*inline.code_spans, *inline.comments, *links, *tags)
    return any(span.start < place < span.end for span in spans)


def _unseen(references: References) -> References:
    """*references* for text of which GitHub shows nothing: what it refers to is not used by that."""
    return replace(references, used_notes={})


def _row(source: Source, row: RawRow, references: References, width: int | None = None) -> Row:
    """*row* with its cells read; the cells after *width* are none of GitHub's, and use no footnote."""
    cells = [Cell(span, _cell(source, span, references)) for span in row.cells[:width]]
    if width is not None and len(row.cells) > width:
        unseen = _unseen(references)
        cells += [Cell(span, _cell(source, span, unseen)) for span in row.cells[width:]]
    return Row(row.span, tuple(cells), row.pipes)


def _cell(source: Source, span: Span, references: References) -> Inline:
    text, at = without_pipe_escapes(source[span], span.start.__add__)
    return parse_inline(text, at, references)


def _trimmed(text: str, start: int, end: int) -> Span:
    return Span(start, start + len(text[start:end].rstrip()))


def _alignment(delimiter: str) -> Alignment | None:
    left, right = delimiter.startswith(":"), delimiter.endswith(":")
    if left and right:
        return Alignment.CENTER
    if left:
        return Alignment.LEFT
    return Alignment.RIGHT if right else None


def _with_anchors(found: Iterable[_Read]) -> tuple[tuple[Block, ...], frozenset[str]]:
    """The blocks in source order, their headings given anchors, and all anchors of the document."""
    slugger = Slugger()
    anchors: set[str] = set()
    blocks: list[Block] = []
    for read in found:
        block = read.block
        if isinstance(block, Heading):
            block = replace(block, anchor=slugger.slug(read.anchor_text))
            anchors.add(block.anchor)
        anchors.update(_named(block))
        blocks.append(block)
    return tuple(sorted(blocks, key=attrgetter("span"))), frozenset(anchors)


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

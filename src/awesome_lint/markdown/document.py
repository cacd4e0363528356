"""A parsed Markdown document: plain frozen data, every piece with its exact place.

Spans are code-point offsets into ``Document.source.text``.  The nouns are those of the GitHub Flavored
Markdown specification: *header row*, *delimiter row*, *data row*, *cell*, *link text*, *link destination*.
"""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum
from functools import cached_property

from msgspec import Struct, field

from awesome_lint.markdown.conflicts import Conflict, find_conflicts
from awesome_lint.markdown.links import BrokenLink, Link, LinkKind, UndefinedReference
from awesome_lint.source import Source, Span, Spans


class HtmlTag(Struct, frozen=True):
    """One HTML tag; ``name`` is in lower case, ``attributes`` maps lower-case names to (value, span of the value)."""

    name: str
    span: Span
    closing: bool
    attributes: dict[str, tuple[str, Span]]


class Inline(Struct, frozen=True):
    """Inline text: the content of a cell, a heading or a paragraph.

    ``text`` is what a reader sees: link texts, code, alternative texts of images, no markup and no footnote marks.
    """

    span: Span
    text: str
    links: tuple[Link, ...] = ()
    broken_links: tuple[BrokenLink, ...] = ()
    code_spans: tuple[Span, ...] = ()
    tags: tuple[HtmlTag, ...] = ()
    comments: tuple[Span, ...] = ()
    instructions: tuple[Span, ...] = ()
    """Processing instructions, declarations and CDATA sections, of which nothing is shown."""
    footnote_references: tuple[Span, ...] = ()
    undefined_references: tuple[UndefinedReference, ...] = ()


class Heading(Struct, frozen=True):
    """A heading.  ``anchor`` is the fragment under which GitHub links to it, without ``#``."""

    span: Span
    level: int
    content: Inline
    anchor: str

    @property
    def text(self) -> str:
        """What a reader sees."""
        return self.content.text


class Alignment(StrEnum):
    """How a column is aligned by its delimiter row."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Cell(Struct, frozen=True):
    """A table cell; ``span`` is trimmed of white space and empty for an empty cell."""

    span: Span
    content: Inline

    @property
    def text(self) -> str:
        """What a reader sees."""
        return self.content.text


class Row(Struct, frozen=True):
    """One line of a table.

    ``span`` excludes indentation, block quote markers, trailing white space and the line ending.
    ``pipes`` are the offsets of the pipes that separate cells, outer ones included.  ``cells`` are as
    written: a row may have more or fewer than its header.
    """

    span: Span
    cells: tuple[Cell, ...]
    pipes: tuple[int, ...]


class Table(Struct, frozen=True):
    """A table that GitHub shows as one.  ``span`` covers its lines from the header's start to the last row's end."""

    span: Span
    header: Row
    delimiter: Row
    alignments: tuple[Alignment | None, ...]
    rows: tuple[Row, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The header's cell texts."""
        return tuple(cell.text for cell in self.header.cells)


class RejectedTable(Struct, frozen=True):
    """A header and a delimiter row of another cell count: GitHub shows text.

    ``rows`` are the lines after them, cut into cells as those of a table would be; ``content`` is the text that GitHub
    shows instead.
    """

    span: Span
    header: Row
    delimiter: Row
    rows: tuple[Row, ...]
    content: Inline


class DetachedRows(Struct, frozen=True):
    """Rows that were cut off from ``table``, by a blank line or by a line of another kind in between.

    ``gap`` is what lies between the end of the table's (or the previous group's) last row and the first of ``rows``.
    ``whole`` tells whether the paragraph that GitHub shows consists of nothing but these rows.
    """

    table: Table
    gap: Span
    rows: tuple[Row, ...]
    whole: bool = True


class Paragraph(Struct, frozen=True):
    """A paragraph, also that of a list item or block quote."""

    span: Span
    content: Inline


class HtmlBlock(Struct, frozen=True):
    """A block of raw HTML as GitHub sees it; tables inside it are not tables."""

    span: Span
    links: tuple[Link, ...]
    broken_links: tuple[BrokenLink, ...]
    tags: tuple[HtmlTag, ...]
    comments: tuple[Span, ...]


class CodeBlock(Struct, frozen=True):
    """An indented or fenced code block.

    ``open`` tells that no fence ends a fenced one, but the document or a container; blank lines at its end are code.
    """

    span: Span
    open: bool = False


class ThematicBreak(Struct, frozen=True):
    """A thematic break."""

    span: Span


class LinkReferenceDefinition(Struct, frozen=True):
    """A link reference definition, ``[label]: destination``."""

    span: Span
    label: str
    destination_span: Span
    url: str


class Footnote(Struct, frozen=True):
    """A footnote that GitHub shows: ``[^label]: …`` with all of its blocks, which are among the document's."""

    span: Span
    label: str


Block = Heading | Paragraph | Table | RejectedTable | HtmlBlock | CodeBlock | ThematicBreak
"""A leaf block: what is in the document, containers flattened."""


class ListItem(Struct, frozen=True):
    """An item of a list; ``content`` is its first paragraph, None where it does not begin with one.

    ``marker`` covers the bullet or number, ``depth`` counts from 0, ``lists`` are the lists nested in it.
    """

    span: Span
    marker: Span
    depth: int
    content: Inline | None
    empty: bool
    lists: tuple[List, ...] = ()


class List(Struct, frozen=True):
    """A bullet list or an ordered list."""

    span: Span
    ordered: bool
    depth: int
    items: tuple[ListItem, ...]


class Document(Struct, frozen=True, dict=True):
    """A whole README.

    ``blocks`` are the leaf blocks in source order.  ``lists`` are the outermost lists, their nested ones
    inside them.  Footnotes without a reference are left out, as GitHub shows nothing of them.  ``anchors`` are
    all fragments that answer: heading anchors, ``id`` and ``name`` attributes.  ``quotes`` are all block quotes in
    source order, an outer one before those in it, each from its first marker to the end of what it holds.
    """

    source: Source
    blocks: tuple[Block, ...]
    lists: tuple[List, ...]
    detached_rows: tuple[DetachedRows, ...]
    definitions: tuple[LinkReferenceDefinition, ...]
    footnotes: tuple[Footnote, ...] = ()
    anchors: frozenset[str] = field(default_factory=frozenset)
    quotes: tuple[Span, ...] = ()

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables that GitHub shows, in source order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @cached_property
    def rejected_tables(self) -> tuple[RejectedTable, ...]:
        """What was meant as a table, but GitHub shows as text."""
        return tuple(block for block in self.blocks if isinstance(block, RejectedTable))

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """All headings in source order."""
        return tuple(block for block in self.blocks if isinstance(block, Heading))

    @cached_property
    def inlines(self) -> tuple[Inline, ...]:
        """All inline text in source order: of headings, paragraphs and cells (those of rejected tables included)."""
        return tuple(inline for block in self.blocks for inline in _inlines_of(block))

    @cached_property
    def _shown(self) -> tuple[Inline, ...]:
        """As `inlines`, but of a rejected table the text that GitHub shows instead of its cells."""
        found = ([block.content] if isinstance(block, RejectedTable) else _inlines_of(block) for block in self.blocks)
        return tuple(inline for inlines in found for inline in inlines)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """All links and images in source order, those in HTML blocks included."""
        found = [link for inline in self._shown for link in inline.links]
        found += (link for block in self.blocks if isinstance(block, HtmlBlock) for link in block.links)
        return tuple(sorted(found, key=lambda link: link.span))

    @cached_property
    def broken_links(self) -> tuple[BrokenLink, ...]:
        """All that was meant as a link but is not one, in source order."""
        found = [link for block in self.blocks for link in _broken_links_of(block)]
        found += (link for block in self.blocks if isinstance(block, HtmlBlock) for link in block.broken_links)
        return tuple(sorted(found, key=lambda link: link.span))

    @cached_property
    def undefined_references(self) -> tuple[UndefinedReference, ...]:
        """All references whose label nothing defines, in source order."""
        return tuple(reference for inline in self._shown for reference in inline.undefined_references)

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The merge conflicts in the text, those that code shows left out."""
        if "<<<<<<<" not in self.source.text:
            return ()
        return tuple(find_conflicts(self.source, Spans(block.span for block in self.blocks if _is_code(block))))

    @cached_property
    def comments(self) -> tuple[Span, ...]:
        """All HTML comments in source order, ``<!--`` and ``-->`` included."""
        found = [span for inline in self._shown for span in inline.comments]
        found += (span for block in self.blocks if isinstance(block, HtmlBlock) for span in block.comments)
        return tuple(sorted(found))

    @cached_property
    def instructions(self) -> tuple[Span, ...]:
        """All processing instructions, declarations and CDATA sections within text, in source order."""
        return tuple(sorted(span for inline in self._shown for span in inline.instructions))

    @cached_property
    def footnote_references(self) -> tuple[Span, ...]:
        """All references to footnotes that GitHub shows as such, in source order."""
        return tuple(sorted(span for inline in self._shown for span in inline.footnote_references))

    @cached_property
    def code_spans(self) -> tuple[Span, ...]:
        """All inline code that GitHub shows as such, in source order."""
        return tuple(sorted(span for inline in self._shown for span in inline.code_spans))

    @cached_property
    def inline_tags(self) -> tuple[HtmlTag, ...]:
        """All HTML tags within text, in source order."""
        return tuple(sorted((tag for inline in self._shown for tag in inline.tags), key=lambda tag: tag.span))

    def section_at(self, offset: int) -> tuple[Heading, ...]:
        """The headings above *offset*, from the outermost to the innermost; a heading is in its own section."""
        index = bisect_right(self._heading_starts, offset) - 1
        return self._sections[index] if index >= 0 else ()

    @cached_property
    def _heading_starts(self) -> list[int]:
        return [heading.span.start for heading in self.headings]

    @cached_property
    def _sections(self) -> list[tuple[Heading, ...]]:
        paths: list[tuple[Heading, ...]] = []
        path: tuple[Heading, ...] = ()
        for heading in self.headings:
            path = (*(h for h in path if h.level < heading.level), heading)
            paths.append(path)
        return paths


def _is_code(block: Block) -> bool:
    is_html = isinstance(block, HtmlBlock) and block.tags and block.tags[0].name in ("pre", "script", "style")
    return isinstance(block, CodeBlock) or bool(is_html)


def _inlines_of(block: Block) -> list[Inline]:
    if isinstance(block, Heading | Paragraph):
        return [block.content]
    if isinstance(block, Table | RejectedTable):
        return [cell.content for row in (block.header, *block.rows) for cell in row.cells]
    return []


def _broken_links_of(block: Block) -> list[BrokenLink]:
    """The broken links of *block*; what a cell of a rejected table cuts may be a link or code to GitHub."""
    found = [link for inline in _inlines_of(block) for link in inline.broken_links]
    if not found or not isinstance(block, RejectedTable):
        return found
    content = block.content
    taken = sorted([*(link.span for link in content.links if link.kind is not LinkKind.BARE), *content.code_spans])
    starts = [span.start for span in taken]

    def is_free(link: BrokenLink) -> bool:
        index = bisect_right(starts, link.span.end - 1)
        return not index or taken[index - 1].end <= link.span.start

    return [link for link in found if is_free(link)]

"""Block structure, by the algorithm of the CommonMark specification's appendix.

Each line first continues the open blocks, outermost first, then opens new ones, and what is left of it is text.
Where the specification is silent, cmark-gfm 0.29.0.gfm.13 decides.  All offsets are the document's.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from awesome_lint.markdown._cursor import Cursor
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
from awesome_lint.markdown._references import References, take_definitions
from awesome_lint.markdown._syntax import normalized_label
from awesome_lint.markdown._table import cut_header, cut_row, is_delimiter_row
from awesome_lint.regex import regex
from awesome_lint.source import Span
from awesome_lint.text.tags import TAG

_HEADING = regex(r"(#{1,6})(?:[ \t]+|\Z)")
_CLOSING_HASHES = regex(r"[ \t]+#+\Z")
_FENCE = regex(r"`{3,}(?=[^`]*\Z)|~{3,}")
_UNDERLINE = regex(r"(?:=+|-+)[ \t]*\Z")
_BREAK = regex(r"(?:(?:\*[ \t]*+){3,}|(?:-[ \t]*+){3,}|(?:_[ \t]*+){3,})\Z")
_NOTE = regex(r"\[\^([^\] \t]+)\]:[ \t]*")
_MARKER = regex(r"(?:[*+-]|([0-9]{1,9})[.)])(?=[ \t]|\Z)")
_BLANK = regex(r"[ \t]*\Z")
_SPACE = r"[ \t\v\f]"
_BLOCK_TAGS = (
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link "
    "main menu menuitem nav noframes ol optgroup option p param section source summary table tbody td tfoot th thead "
    "title tr track ul"
).replace(" ", "|")
_TEXT_TAG_END = regex(r"</(?:script|pre|textarea|style)>", re.IGNORECASE)
_HTML_STARTS = (
    (regex(rf"<(?:script|pre|textarea|style)(?:{_SPACE}|>|\Z)", re.IGNORECASE), _TEXT_TAG_END),
    (regex(r"<!--"), regex(r"-->")),
    (regex(r"<\?"), regex(r"\?>")),
    (regex(r"<![A-Z]"), regex(r">")),
    (regex(r"<!\[CDATA\[", re.IGNORECASE), regex(r"\]\]>")),
    (regex(rf"</?(?:{_BLOCK_TAGS})(?:{_SPACE}|/?>|\Z)", re.IGNORECASE), None),
)
"""How an HTML block of kinds 1 to 6 starts, and what its last line holds; None where a blank line ends it."""
_LONE_TAG = regex(rf"{TAG}[ \t\f]*\Z")
"""An HTML block of kind 7; it cannot interrupt a paragraph."""
_TRIMMED = " \t\r\n"
_CODE_INDENT = 4
_DEEPEST_LIST = 100
"""Lists and notes that one line can open, a limit of cmark-gfm's."""
_MOST_MISSING_CELLS = 0x80000
"""Cells that a table's rows may lack before cmark-gfm ends it."""


def parse_blocks(text: str, start: int, references: References) -> Root:
    """The blocks of *text* from *start* on; what they define goes to *references*."""
    parser = _Parser(text, references)
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        parser.read_line(start, end)
        start = end + 1
    return parser.finish()


class _Parser:
    def __init__(self, text: str, references: References) -> None:
        self._text = text
        self._references = references
        self._cursor = Cursor(text)
        self._root = Root(text)
        self._open: list[Node] = [self._root]
        self._at = 0
        """The index of the open block that takes the current line's next part."""
        self._level = 0
        """How many blocks the current line has opened."""
        self._openers: dict[str, tuple[Callable[[Node], bool], ...]] = {
            ">": (self._open_quote,),
            "#": (self._open_heading,),
            "`": (self._open_fence,),
            "~": (self._open_fence,),
            "<": (self._open_html,),
            "=": (self._underline,),
            "-": (self._underline, self._open_break, self._open_item),
            "*": (self._open_break, self._open_item),
            "_": (self._open_break,),
            "+": (self._open_item,),
            "[": (self._open_note,),
            **dict.fromkeys("0123456789", (self._open_item,)),
        }

    def finish(self) -> Root:
        """Close all blocks."""
        self._close(0)
        return self._root

    def read_line(self, start: int, end: int) -> None:
        """Read the line between these offsets."""
        cursor = self._cursor
        cursor.start_line(start, end)
        last = len(self._open) - 1
        self._at = 0
        while self._at < last:
            cursor.find_text()
            if not self._open[self._at + 1].continues(cursor):
                break
            self._at += 1
        if cursor.closes_fence:
            self._close(self._at)
            return
        matched = self._open[self._at]
        self._open_blocks()
        self._add_text(unchanged=self._open[self._at] is matched)

    def _open_blocks(self) -> None:
        cursor = self._cursor
        may_be_lazy = isinstance(self._open[-1], RawParagraph)
        self._level = 0
        container = self._open[self._at]
        while not container.is_literal:
            self._level += 1
            cursor.find_text()
            if cursor.blank:
                return
            if cursor.indent >= _CODE_INDENT:
                if not may_be_lazy:
                    self._push(RawCode(self._text, cursor.offset))
                    cursor.skip_columns(_CODE_INDENT)
                return
            openers = self._openers.get(self._text[cursor.text], ())
            if not any(opens(container) for opens in openers) and not self._table_part(container):
                return
            container = self._open[self._at]
            if container.takes_lines:
                return
            may_be_lazy = False

    def _add_text(self, *, unchanged: bool) -> None:
        cursor = self._cursor
        cursor.find_text()
        tip = self._open[-1]
        container = self._open[self._at]
        if unchanged and tip is not container and not cursor.blank and isinstance(tip, RawParagraph):
            tip.add_line(cursor.offset, cursor.end)  # a lazy line keeps its indentation
            return
        self._close(self._at)
        if container.is_literal:
            container.add_line(cursor.offset, cursor.end)
            if isinstance(container, RawHtml) and container.ends_with(cursor.text, cursor.end):
                self._close(self._at - 1)
        elif not cursor.blank:
            if not container.takes_lines:
                container = self._push(RawParagraph(self._text))
            container.add_line(cursor.text, cursor.end)

    def _push(self, node: Node) -> Node:
        """Open *node* in the current container or, where that cannot hold it, in the next outer one that can."""
        self._close(self._at)
        while not (parent := self._open[-1]).may_hold(node):
            self._close(len(self._open) - 2)
        if isinstance(parent, Container):
            parent.children.append(node)
        self._open.append(node)
        self._at = len(self._open) - 1
        return node

    def _close(self, last: int) -> None:
        """Close all open blocks inside the one with the index *last*."""
        while len(self._open) - 1 > last:
            node = self._open.pop()
            if isinstance(node, RawParagraph):
                self._take_definitions(node)
                if not node.lines:
                    self._children().pop()
            elif isinstance(node, RawNote) and (label := normalized_label(node.label)):
                self._references.notes.setdefault(label, node.span.start)

    def _children(self) -> list[Node]:
        """The blocks in the innermost open container."""
        parent = self._open[-1]
        return parent.children if isinstance(parent, Container) else []

    def _take_definitions(self, paragraph: RawParagraph) -> None:
        paragraph.drop_lines(take_definitions(self._text, paragraph.lines, self._references))

    def _replace_paragraph(self, *nodes: Node) -> None:
        """Put *nodes* in the place of the paragraph that is the innermost open block; the last one is open then."""
        self._open.pop()
        self._children()[-1:] = nodes
        self._open.append(nodes[-1])

    # --- what a line may open; each returns whether it does

    def _open_quote(self, _: Node) -> bool:
        cursor = self._cursor
        self._push(RawQuote(self._text, cursor.text))
        cursor.move_to(cursor.text + 1)
        cursor.skip_one_space()
        return True

    def _open_heading(self, _: Node) -> bool:
        cursor, text = self._cursor, self._text
        match = _HEADING.match(text, cursor.text, cursor.end)
        if match is None:
            return False
        start, end = match.end(), match.end() + len(text[match.end() : cursor.end].rstrip(_TRIMMED))
        span = Span(cursor.text, max(match.end(1), end))
        hashes = _CLOSING_HASHES.search(text, match.end(1), end)
        if hashes:
            end = hashes.start()
        self._push(RawHeading(text, span, len(match[1]), [(start, end)] if end > start else []))
        cursor.finish_line()
        return True

    def _open_fence(self, _: Node) -> bool:
        cursor = self._cursor
        match = _FENCE.match(self._text, cursor.text, cursor.end)
        if match:
            self._push(RawCode(self._text, cursor.offset, match[0], open=True))
        return match is not None

    def _open_html(self, container: Node) -> bool:
        cursor, text = self._cursor, self._text
        for opener, closer in _HTML_STARTS:
            if opener.match(text, cursor.text, cursor.end):
                self._push(RawHtml(text, closer))
                return True
        if isinstance(container, RawParagraph) or not _LONE_TAG.match(text, cursor.text, cursor.end):
            return False
        self._push(RawHtml(text, None))
        return True

    def _underline(self, container: Node) -> bool:
        cursor, text = self._cursor, self._text
        if not isinstance(container, RawParagraph) or not _UNDERLINE.match(text, cursor.text, cursor.end):
            return False
        self._take_definitions(container)
        if container.lines:
            level = 1 if text[cursor.text] == "=" else 2
            end = cursor.text + len(text[cursor.text : cursor.end].rstrip(_TRIMMED))
            span = Span(container.lines[0][0], end)
            self._replace_paragraph(RawHeading(text, span, level, container.lines))
            cursor.finish_line()
        return True

    def _open_break(self, _: Node) -> bool:
        cursor = self._cursor
        if not _BREAK.match(self._text, cursor.text, cursor.end):
            return False
        end = cursor.text + len(self._text[cursor.text : cursor.end].rstrip(_TRIMMED))
        self._push(RawBreak(self._text, Span(cursor.text, end)))
        cursor.finish_line()
        return True

    def _open_note(self, _: Node) -> bool:
        cursor = self._cursor
        match = _NOTE.match(self._text, cursor.text, cursor.end) if self._level < _DEEPEST_LIST else None
        if match is None:
            return False
        self._push(RawNote(self._text, Span(cursor.text, match.end()), match[1]))
        cursor.move_to(match.end())
        return True

    def _open_item(self, container: Node) -> bool:
        cursor, text = self._cursor, self._text
        match = _MARKER.match(text, cursor.text, cursor.end) if self._level < _DEEPEST_LIST else None
        if match is None:
            return False
        empty = _BLANK.match(text, match.end(), cursor.end) is not None
        if isinstance(container, RawParagraph) and (empty or (match[1] and int(match[1]) != 1)):
            return False
        indent = cursor.indent + len(match[0])
        cursor.move_to(match.end())
        cursor.find_text()
        indent += 1 if empty or cursor.indent > _CODE_INDENT else cursor.indent
        cursor.skip_columns(1 if empty or cursor.indent > _CODE_INDENT else cursor.indent)
        kind = text[match.end() - 1]
        if not isinstance(container, RawList) or container.kind != kind:
            self._push(RawList(text, kind))
        self._push(RawItem(text, Span(*match.span()), indent))
        return True

    def _table_part(self, container: Node) -> bool:
        """Read the line as a table's row, or as the delimiter row of a table whose header ends *container*."""
        cursor, text = self._cursor, self._text
        if isinstance(container, RawTable):
            if container.missing > _MOST_MISSING_CELLS:
                return False
            container.add_row(cut_row(text, cursor.text, cursor.end))
        elif not isinstance(container, RawParagraph) or not self._open_table(container):
            return False
        cursor.finish_line()
        return True

    def _open_table(self, paragraph: RawParagraph) -> bool:
        cursor, text = self._cursor, self._text
        if paragraph.rejection or not is_delimiter_row(text, cursor.text, cursor.end):
            return False
        *above, header_line = paragraph.lines
        header = cut_header(text, *header_line)
        delimiter = cut_row(text, cursor.text, cursor.end)
        if len(header.cells) != len(delimiter.cells):
            paragraph.rejection = Rejection(len(above), header, delimiter)
            return False
        table = RawTable(text, header, delimiter)
        if above:
            self._replace_paragraph(RawParagraph(text, above, above_table=True), table)
        else:
            self._replace_paragraph(table)
        return True

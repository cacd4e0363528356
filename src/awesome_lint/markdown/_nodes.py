"""The blocks as they are found: where they are, before their inline text is read.  All offsets are the document's."""

from __future__ import annotations

import re
from typing import ClassVar

from msgspec import Struct, field

from awesome_lint.markdown._cursor import Cursor
from awesome_lint.markdown._table import RawRow
from awesome_lint.regex import regex
from awesome_lint.source import Span

_CODE_INDENT = 4
_FENCE = regex(r"(`{3,}|~{3,})[ \t]*\Z")
_NO_CELLS = regex(r"(?:\|[ \t\v\f]*)?\Z")


class Node(Struct, eq=False):
    """A block.  ``source`` is the whole document's text."""

    source: str
    takes_lines: ClassVar[bool] = False
    """Whether what is left of a line is its text."""
    is_literal: ClassVar[bool] = False
    """Whether no line in it opens another block."""

    def continues(self, _cursor: Cursor, /) -> bool:
        """Whether the line at the cursor belongs to this block; moves the cursor past the block's marker."""
        return False

    def may_hold(self, _node: Node, /) -> bool:
        """Whether a node of this kind can be a child."""
        return False

    def add_line(self, _start: int, _end: int, /) -> None:
        """Take the line or the part of one between these offsets."""
        raise TypeError("this block has no text of its own")


class Container(Node, eq=False, kw_only=True):
    """A block of blocks."""

    children: list[Node] = field(default_factory=list)

    def may_hold(self, node: Node, /) -> bool:
        return not isinstance(node, RawItem)


class Root(Container):
    """The document."""


class RawQuote(Container, eq=False):
    """A block quote; ``start`` is where its first marker stands."""

    start: int

    def continues(self, cursor: Cursor, /) -> bool:
        if cursor.indent >= _CODE_INDENT or cursor.character() != ">":
            return False
        cursor.move_to(cursor.text + 1)
        cursor.skip_one_space()
        return True


class RawNote(Container, eq=False):
    """A footnote definition; ``label`` is written between ``[^`` and ``]``."""

    span: Span
    label: str

    def continues(self, cursor: Cursor, /) -> bool:
        if cursor.indent >= _CODE_INDENT:
            cursor.skip_columns(_CODE_INDENT)
            return True
        return cursor.start == cursor.end


class RawList(Container, eq=False):
    """A list; ``kind`` is its bullet, or what follows its numbers."""

    kind: str

    def continues(self, _cursor: Cursor, /) -> bool:
        return True

    def may_hold(self, node: Node, /) -> bool:
        return isinstance(node, RawItem)


class RawItem(Container, eq=False):
    """A list item; its content is indented by ``indent`` columns."""

    marker: Span
    indent: int

    def continues(self, cursor: Cursor, /) -> bool:
        if cursor.indent >= self.indent:
            cursor.skip_columns(self.indent)
            return True
        if cursor.blank and self.children:
            cursor.move_to(cursor.text)
            return True
        return False


class RawBreak(Node, eq=False):
    """A thematic break."""

    span: Span


class RawCode(Node, eq=False):
    """A code block; ``fence`` is what opens it, empty where it is indented; ``open`` until another one closes it."""

    start: int
    fence: str = ""
    end: int = 0
    open: bool = False
    takes_lines: ClassVar[bool] = True
    is_literal: ClassVar[bool] = True

    def continues(self, cursor: Cursor, /) -> bool:
        if not self.fence:
            if cursor.blank or cursor.indent < _CODE_INDENT:
                return cursor.blank
            cursor.skip_columns(_CODE_INDENT)
            return True
        fence = _FENCE.match(self.source, cursor.text, cursor.end) if cursor.indent < _CODE_INDENT else None
        if fence and fence[1][0] == self.fence[0] and len(fence[1]) >= len(self.fence):
            self.end = cursor.end
            self.open = False
            cursor.closes_fence = True
        return not cursor.closes_fence

    def add_line(self, _start: int, end: int, /) -> None:
        self.end = end


class RawHtml(Node, eq=False):
    """An HTML block; the line that holds ``closer`` ends it, a blank line if there is none."""

    closer: re.Pattern[str] | None
    lines: list[tuple[int, int]] = field(default_factory=list)
    is_literal: ClassVar[bool] = True

    def continues(self, cursor: Cursor, /) -> bool:
        return self.closer is not None or not cursor.blank

    def add_line(self, start: int, end: int, /) -> None:
        self.lines.append((start, end))

    def ends_with(self, start: int, end: int) -> bool:
        """Whether the line between these offsets is the last one."""
        return self.closer is not None and self.closer.search(self.source, start, end) is not None


class RawHeading(Node, eq=False):
    """A heading; ``span`` covers all of it, ``lines`` its text."""

    span: Span
    level: int
    lines: list[tuple[int, int]]


class Rejection(Struct, eq=False):
    """A header and a delimiter row that do not fit each other; ``line`` is the header's index among the lines."""

    line: int
    header: RawRow
    delimiter: RawRow


class RawParagraph(Node, eq=False):
    r"""A paragraph.  GitHub looks for a table's delimiter row in it until it has found one.

    In a paragraph that ends with a table's header GitHub reads ``\|`` as ``|``: ``above_table``.
    """

    lines: list[tuple[int, int]] = field(default_factory=list)
    rejection: Rejection | None = None
    above_table: bool = False
    takes_lines: ClassVar[bool] = True

    def continues(self, cursor: Cursor, /) -> bool:
        return not cursor.blank

    def add_line(self, start: int, end: int, /) -> None:
        self.lines.append((start, end))

    def drop_lines(self, count: int) -> None:
        """Take the first *count* lines away."""
        del self.lines[:count]
        if self.rejection:
            self.rejection.line -= count
            if self.rejection.line < 0:
                self.rejection = None


class RawTable(Node, eq=False):
    """A table; ``missing`` counts the cells that its rows lack."""

    header: RawRow
    delimiter: RawRow
    rows: list[RawRow] = field(default_factory=list)
    missing: int = 0

    def continues(self, cursor: Cursor, /) -> bool:
        return not cursor.blank and not _NO_CELLS.match(self.source, cursor.text, cursor.end)

    def add_row(self, row: RawRow) -> None:
        """Take *row* as the last one."""
        self.rows.append(row)
        self.missing += max(0, len(self.header.cells) - len(row.cells))

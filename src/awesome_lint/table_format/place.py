"""Where the lines of a table stand: how deep, and whether in their container."""

from __future__ import annotations

from awesome_lint.markdown import Row, Table
from awesome_lint.source import Source


def indentation(source: Source, row: Row) -> str:
    """The spaces before *row*, after the markers of its quote."""
    start = source.text.rfind("\n", 0, row.span.start) + 1
    return source.text[start : row.span.start].rpartition(">")[2]


def is_deep(spaces: str) -> bool:
    """Whether a line that begins with *spaces* is code, unless it continues a paragraph."""
    return len(spaces.expandtabs(4)) >= 4


def is_lazy(source: Source, table: Table, *, in_list: bool) -> bool:
    """Whether the header perhaps continues a paragraph without the markers or indentation of its container."""
    header, delimiter = (
        source.text[source.text.rfind("\n", 0, row.span.start) + 1 : row.span.start]
        for row in (table.header, table.delimiter)
    )
    if header.strip(" \t>"):
        return False  # the markers of the container itself
    deeper = len(delimiter.expandtabs(4)) - len(header.expandtabs(4))
    return header.count(">") < delimiter.count(">") or deeper > (0 if in_list else 3)

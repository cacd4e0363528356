"""The blank lines above and below a table."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from awesome_lint.diagnostic import Edit
from awesome_lint.markdown import CodeBlock, Document, Table
from awesome_lint.regex import regex
from awesome_lint.source import Source, Span
from awesome_lint.table_format.lines import line_end
from awesome_lint.table_format.place import indentation, is_deep, is_lazy

_QUOTE_MARKER = regex(r" {0,3}> ?")
_QUOTE_MARKERS = regex(rf"(?:{_QUOTE_MARKER.pattern})*")
_COMMENTED_ROW = regex(r"<!--[ \t]*(?:\||$)")
"""A row that is commented out and may come back: it stays beside the others."""


def missing_blank_lines(document: Document, table: Table) -> Iterator[Edit]:
    """What sets *table* off from its neighbours in the same block quote; *table* must not be in a list.

    (In a list item a blank line could make the whole list loose, which shows.)
    """
    source = document.source
    start = source.text.rfind("\n", 0, table.span.start) + 1
    end = line_end(source, table.span.end)
    # The header may lack the markers of its quote, as text that continues a paragraph; no other line of a table may.
    marked = source.text.rfind("\n", 0, table.delimiter.span.start) + 1
    markers = _QUOTE_MARKERS.match(source.text, marked, table.delimiter.span.start)
    quote = markers[0].rstrip() if markers else ""
    if source.text.find(">", marked + len(markers[0] if markers else ""), table.delimiter.span.start) >= 0:
        return  # tabs between the markers: they cannot be written again without knowing their columns
    if start:
        above = source.text.rfind("\n", 0, start - 1) + 1
        before = _neighbour(source.text[above : start - 1], quote)
        is_bound = before.startswith("<!--") and "next-line" in before
        stays = is_bound or is_deep(indentation(source, table.header)) or is_lazy(source, table, in_list=False)
        if (
            before
            and not stays
            and not _is_bound_by_paragraph(source, start)
            and not _is_after_open_code(document, start)
        ):
            yield Edit(Span(start, start), f"{quote}\n")
    if end < len(source.text):
        after = _neighbour(source.text[end + 1 : line_end(source, end + 1)], quote)
        if after.strip(" \t") == "|":
            return  # the pipe that the last row lacks
        if after and not _COMMENTED_ROW.match(after):
            yield Edit(Span(end, end), f"\n{quote}")


def _is_after_open_code(document: Document, start: int) -> bool:
    """Whether the block above *start* is fenced code that a list item ends and no fence: a blank line would be code."""
    before = bisect_left(document.blocks, start, key=lambda block: block.span.start) - 1
    above = document.blocks[before] if before >= 0 else None
    return isinstance(above, CodeBlock) and above.open


def _is_bound_by_paragraph(source: Source, start: int) -> bool:
    """Whether the paragraph that ends right above *start* would read otherwise with a blank line after it.

    Directly above a table GitHub shows definitions as text, and resolves escaped pipes a second time.
    """
    end = start - 1
    while end > 0:
        line_start = source.text.rfind("\n", 0, end) + 1
        line = source.text[line_start:end]
        if not line.strip(" \t>"):
            return False
        if "]:" in line or "\\|" in line:
            return True
        end = line_start - 1
    return False


def _neighbour(line: str, quote: str) -> str:
    """What is in *line*, above or below a table in *quote*; empty where it is blank or outside of the quote."""
    for _ in range(quote.count(">")):
        marker = _QUOTE_MARKER.match(line)
        if not marker:
            return ""
        line = line[marker.end() :]
    return line.strip(" \t")

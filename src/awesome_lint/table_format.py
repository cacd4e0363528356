"""The canonical form of tables: how a row is written, and where blank lines stand.

A row is written from the texts of its cells and nothing else, so no cell can change, and a row with too many or too
few of them keeps its count.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct

from awesome_lint.diagnostic import Edit
from awesome_lint.markdown import Alignment, CodeBlock, Document, Row, Table
from awesome_lint.source import Source, Span

_QUOTE_MARKER = re.compile(r" {0,3}> ?")
_QUOTE_MARKERS = re.compile(rf"(?:{_QUOTE_MARKER.pattern})*")
_COMMENTED_ROW = re.compile(r"<!--[ \t]*(?:\||$)")
"""A row that is commented out and may come back: it stays beside the others."""
_NARROWEST = 3


class TableStyle(StrEnum):
    """How the cells of a row are set off."""

    COMPACT = "compact"
    """One space on each side of a cell, and one in an empty cell: a changed entry is one changed line."""
    ALIGNED = "aligned"
    """The pipes of a column stand one below the other."""


class TableForm(Struct, frozen=True):
    """The form of a table."""

    style: TableStyle = TableStyle.COMPACT
    """`compact`: one space on each side of a cell; `aligned`: the pipes of a column stand one below the other."""
    max_width: int | None = None
    """In the aligned style, columns that are wider than this are not padded. Default: all are."""


def row_edits(source: Source, table: Table, form: TableForm, *, in_list: bool) -> Iterator[Edit]:
    """What writes the lines of *table* in canonical form, one edit for each line that differs.

    Outside of lists all lines are indented like the header, unless that goes on a paragraph and stands so deep that it
    would be code anywhere else.
    """
    common = _indentation(source, table.header)
    stays = in_list or _is_deep(common)
    for row, text in canonical_rows(source, table, form):
        if row is table.header and _is_lazy(source, table, in_list=in_list):
            continue
        own = common if stays else _indentation(source, row)
        indentation = "" if own == common else common
        span = Span(row.span.start - (len(own) if own != common else 0), _line_end(source, row.span.end))
        if source[span] != indentation + text:
            yield Edit(span, indentation + text)


def _indentation(source: Source, row: Row) -> str:
    """The spaces before *row*, after the markers of its quote."""
    start = source.text.rfind("\n", 0, row.span.start) + 1
    return source.text[start : row.span.start].rpartition(">")[2]


def _is_deep(indentation: str) -> bool:
    return len(indentation.expandtabs(4)) >= 4


def _is_lazy(source: Source, table: Table, *, in_list: bool) -> bool:
    """Whether the header perhaps goes on a paragraph without the markers or indentation of its container."""
    header, delimiter = (
        source.text[source.text.rfind("\n", 0, row.span.start) + 1 : row.span.start]
        for row in (table.header, table.delimiter)
    )
    if header.strip(" \t>"):
        return False  # the markers of the container itself
    deeper = len(delimiter.expandtabs(4)) - len(header.expandtabs(4))
    return header.count(">") < delimiter.count(">") or deeper > (0 if in_list else 3)


def canonical_rows(source: Source, table: Table, form: TableForm) -> Iterator[tuple[Row, str]]:
    """Header, delimiter row and rows of *table*, each with its canonical text, from where its span starts.

    Left out are lines that are perhaps no rows: see `_fragments`.  A table without outer pipes that holds such lines is
    left out as a whole: beside rows with outer pipes they would look as if they had lost theirs.
    """
    fragments = _fragments(source, table)
    if fragments and not _opens(table.header):
        return
    rows = [row for row in (table.header, *table.rows) if row.span not in fragments]
    texts = [[source[cell.span] for cell in row.cells] for row in rows]
    lines = write_table(texts, table.alignments, form)
    yield from zip((rows[0], table.delimiter, *rows[1:]), lines, strict=True)


def write_table(rows: Sequence[Sequence[str]], alignments: Sequence[Alignment | None], form: TableForm) -> list[str]:
    """The lines of a table: header, delimiter row, rows; *rows* are its cells as Markdown, the header first."""
    if form.style == TableStyle.COMPACT:
        widths = [0] * len(alignments)
    else:
        widths = _widths(rows, len(alignments), form.max_width)
    header, *others = [_row(cells, widths, alignments) for cells in rows]
    return [header, _delimiter_row(widths, alignments), *others]


def _fragments(source: Source, table: Table) -> frozenset[Span]:
    """The lines that tidying must not touch, since writing them anew would hide what happened to them.

    A row of the wrong cell count is damaged: its pipes may belong to code or to a text, which spaces would change.  A
    row without the outer pipes that the others have may be half a row, or text glued to the table; with them it would
    look intact.
    """
    columns = len(table.header.cells)
    found = {row.span for row in table.rows if len(row.cells) != columns or not row.pipes}
    opens, closes = _opens(table.header), _closes(table.header)
    for first, second in pairwise(table.rows):
        is_half = not _opens(second) if opens and closes else not second.pipes
        if not _closes(first) and (is_half or not any(cell.text for cell in second.cells)):
            found |= {first.span, second.span}
    after = source.text[table.span.end + 1 : _line_end(source, table.span.end + 1)]
    if table.rows and not _closes(table.rows[-1]) and after.strip(" \t>") == "|":
        found.add(table.rows[-1].span)  # its last pipe stands alone on the next line
    return frozenset(found)


def _opens(row: Row) -> bool:
    return row.pipes[:1] == (row.span.start,)


def _closes(row: Row) -> bool:
    return bool(row.pipes) and row.pipes[-1] == row.span.end - 1


def _row(cells: Sequence[str], widths: Sequence[int], alignments: Sequence[Alignment | None]) -> str:
    padded = [_pad(cell, width, alignment) for cell, width, alignment in zip(cells, widths, alignments, strict=False)]
    # An empty cell is one space: markdownlint and rumdl (MD060) take two of them for padding.
    return "".join(("|", *(f" {cell} |" if cell else " |" for cell in (*padded, *cells[len(padded) :]))))


def _pad(cell: str, width: int, alignment: Alignment | None) -> str:
    missing = width - display_width(cell) if width else 0
    if missing <= 0:
        return cell
    before = {Alignment.RIGHT: missing, Alignment.CENTER: missing // 2}.get(alignment or Alignment.LEFT, 0)
    return " " * before + cell + " " * (missing - before)


def _delimiter_row(widths: Sequence[int], alignments: Sequence[Alignment | None]) -> str:
    cells = []
    for width, alignment in zip(widths, alignments, strict=True):
        left = ":" if alignment in (Alignment.LEFT, Alignment.CENTER) else ""
        right = ":" if alignment in (Alignment.RIGHT, Alignment.CENTER) else ""
        cells.append(left + "-" * (max(_NARROWEST, width) - len(left + right)) + right)
    return "".join(("|", *(f" {cell} |" for cell in cells)))


def _widths(rows: Sequence[Sequence[str]], columns: int, limit: int | None) -> list[int]:
    """The width of each column; 0 where it is not padded."""
    widths = [_NARROWEST] * columns
    for row in rows:
        for column, cell in enumerate(row[:columns]):
            widths[column] = max(widths[column], display_width(cell))
    return [width if limit is None or width <= limit else 0 for width in widths]


def display_width(text: str) -> int:
    """How many columns of a terminal or editor *text* takes: wide characters two, combining marks none."""
    if text.isascii() and text.isprintable():
        return len(text)
    from wcwidth import wcswidth, wcwidth  # late: most tables are never measured

    width = wcswidth(text)
    return width if width >= 0 else sum(max(0, wcwidth(character)) for character in text)


def missing_blank_lines(document: Document, table: Table) -> Iterator[Edit]:
    """What sets *table* off from its neighbours in the same block quote; *table* must not stand in a list.

    (In a list item a blank line could make the whole list loose, which shows.)
    """
    source = document.source
    start = source.text.rfind("\n", 0, table.span.start) + 1
    end = _line_end(source, table.span.end)
    # The header may lack the markers of its quote, as text that goes on a paragraph; no other line of a table may.
    marked = source.text.rfind("\n", 0, table.delimiter.span.start) + 1
    markers = _QUOTE_MARKERS.match(source.text, marked, table.delimiter.span.start)
    quote = markers[0].rstrip() if markers else ""
    if source.text.find(">", marked + len(markers[0] if markers else ""), table.delimiter.span.start) >= 0:
        return  # tabs between the markers: they cannot be written again without knowing their columns
    if start:
        above = source.text.rfind("\n", 0, start - 1) + 1
        before = _neighbour(source.text[above : start - 1], quote)
        is_bound = before.startswith("<!--") and "next-line" in before
        stays = is_bound or _is_deep(_indentation(source, table.header)) or _is_lazy(source, table, in_list=False)
        if (
            before
            and not stays
            and not _is_bound_by_paragraph(source, start)
            and not _is_after_open_code(document, start)
        ):
            yield Edit(Span(start, start), f"{quote}\n")
    if end < len(source.text):
        after = _neighbour(source.text[end + 1 : _line_end(source, end + 1)], quote)
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
    """What stands in *line*, above or below a table in *quote*; empty where it is blank or outside of the quote."""
    for _ in range(quote.count(">")):
        marker = _QUOTE_MARKER.match(line)
        if not marker:
            return ""
        line = line[marker.end() :]
    return line.strip(" \t")


def _line_end(source: Source, offset: int) -> int:
    end = source.text.find("\n", offset)
    return len(source.text) if end < 0 else end

"""Tables that GitHub does not show because their header and their delimiter row disagree."""

from __future__ import annotations

from awesome_lint.diagnostic import Applicability, Edit, Fix
from awesome_lint.markdown import LinkKind, RejectedTable, Row
from awesome_lint.regex import regex
from awesome_lint.repair import rewriting
from awesome_lint.repair.align import Change, Reading, Step
from awesome_lint.repair.model import Cause, Repair
from awesome_lint.repair.rewriting import rewrite
from awesome_lint.repair.row import DamagedRow, Line
from awesome_lint.source import Source, Span

_ENDS_CELL = regex(r"(?<!\\)\||\n")
_CODE_INDENT = 4
_MOST = 0.8
"""The share of the rows that must have one cell count to decide which of the two lines is wrong."""


def repair_rejected(source: Source, table: RejectedTable) -> Repair | None:
    """How to make header and delimiter row agree.

    None where the rows do not tell which of the two is wrong, and where the table would hide a value, cut a link or
    code that GitHub shows in the text, or not hold a row: one that is indented like code, or lacks a quote's marker.
    """
    if _cuts_content(source, table) or any(_would_stay(source, row, table.delimiter) for row in table.rows):
        return None
    header, delimiter = len(table.header.cells), len(table.delimiter.cells)
    as_header = _share(table, header)
    as_delimiter = _share(table, delimiter)
    if as_delimiter >= _MOST and table.rows and not any(_is_cut(row, delimiter) for row in table.rows):
        return _repair_header(source, table)
    if as_header >= _MOST and not any(_is_cut(row, header) for row in table.rows):
        safe = bool(table.rows) and as_delimiter == 0
        return _repair_delimiter(source, table, Applicability.SAFE if safe else Applicability.UNSAFE)
    return None


def _share(table: RejectedTable, columns: int) -> float:
    """The share of the rows that have as many cells as there are *columns*; all of none."""
    return sum(len(row.cells) == columns for row in table.rows) / len(table.rows) if table.rows else 1.0


def _is_cut(row: Row, columns: int) -> bool:
    """Whether GitHub would hide a value of *row* in a table of so many *columns*."""
    return any(cell.span.start < cell.span.end for cell in row.cells[columns:])


def _would_stay(source: Source, row: Row, delimiter: Row) -> bool:
    """Whether *row*, which continues a paragraph, would stay outside a table: no row is lazy or indented as code."""
    own, others = (
        source.text[source.text.rfind("\n", 0, each.span.start) + 1 : each.span.start] for each in (row, delimiter)
    )
    return own.count(">") < others.count(">") or _indentation(own) >= _indentation(others) + _CODE_INDENT


def _indentation(before: str) -> int:
    """The columns of white space at the end of *before*, after the markers of a quote."""
    return len(before.rpartition(">")[2].expandtabs(4))


def _cuts_content(source: Source, table: RejectedTable) -> bool:
    """Whether a cell would end at a pipe or a line break within a link or within the header's code."""
    links = (link.span for link in table.content.links if link.kind is not LinkKind.BARE)
    code = (span for span in table.content.code_spans if span.start < table.header.span.end)
    return any(_ENDS_CELL.search(source.text, *span) for span in (*links, *code))


def _repair_delimiter(source: Source, table: RejectedTable, applicability: Applicability) -> Repair | None:
    """Give the delimiter row as many cells as the header has."""
    row, columns = table.delimiter, len(table.header.cells)
    missing = columns - len(row.cells)
    if missing > 0:
        last = row.cells[-1].span.end
        is_marker = source[Span(row.span.start, last)] == "-"  # `- | ---` would be a list item
        edit = Edit(Span(last, last), ("|---" if is_marker else " | ---") * missing)
        message = "Add the missing cells to the delimiter row"
    else:
        start, end = row.cells[columns - 1].span.end, row.cells[-1].span.end
        has_pipe = any(not start <= pipe < end for pipe in row.pipes)  # `---` would be the underline of a heading
        edit = Edit(Span(start, end), "" if has_pipe else "|")
        message = "Remove the extra cells of the delimiter row"
    text = source[Span(row.span.start, edit.span.start)] + edit.text + source[Span(edit.span.end, row.span.end)]
    return Repair(text, Fix(message, (edit,), applicability), lines=(row.span,))


def _repair_header(source: Source, table: RejectedTable) -> Repair | None:
    """Give the header as many cells as the delimiter damaged and the rows have."""
    row, columns = table.header, len(table.delimiter.cells)
    damaged = DamagedRow((Line(row.span, source[row.span]),))
    if damaged.count > columns and not any(damaged.cells[columns:]):
        edits, text = rewriting.trim(damaged, columns)
        fix = Fix("Remove the extra empty cells of the header", edits, Applicability.SAFE)
        return Repair(text, fix, Cause.EXTRA_CELL, damaged.spans)
    ends = list(damaged.closing_ends)
    if damaged.count < columns and len(ends) == columns - damaged.count:
        # each link that is cut off took a pipe along
        reading = Reading(0.0, (), tuple(Step(end, end, Change.PIPE) for end in ends))
        edits, text = rewrite(damaged, reading)
        fix = Fix("Add the missing `)` and `|`", edits, Applicability.SAFE)
        return Repair(text, fix, Cause.SWALLOWED_PIPE, damaged.spans, culprits=damaged.lost_spans)
    if damaged.count == columns - 1 and _has_label_column(table):
        edit = Edit(Span(row.span.start, row.span.start), "| " if damaged.opens else "| | ")
        fix = Fix("Add an empty cell to the header for the column of labels", (edit,), Applicability.UNSAFE)
        return Repair(edit.text + damaged.text, fix, Cause.MISSING_CELL, damaged.spans)
    return None


def _has_label_column(table: RejectedTable) -> bool:
    """Whether each row begins with a label of its own, as in a table of results whose corner is left blank."""
    firsts = [_first(row) for row in table.rows]
    return all(firsts) and len(set(firsts)) == len(firsts)


def _first(row: Row) -> str:
    return row.cells[0].text.strip() if row.cells else ""

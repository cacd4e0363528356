"""A row that is new to a table, in the form of the table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from awesome_lint.markdown import Alignment
from awesome_lint.table_format.lines import CellText, Line, cut_line, whole_rows
from awesome_lint.table_format.own_form import TableLines, own_form
from awesome_lint.table_format.row_form import RowForm, Spacing
from awesome_lint.table_format.writing import write_row
from awesome_lint.text.width import display_width

if TYPE_CHECKING:
    from awesome_lint.markdown import Table
    from awesome_lint.source import Source


def write_new_row(source: Source, table: Table, cells: Sequence[str]) -> str:
    """A row of *table* with *cells*, from its first pipe or cell to its last, without indentation.

    In an aligned table the cells are padded; else each has the white space that most cells of its column have, or the
    width.
    """
    header, *rows = [cut_line(source, row) for row in (table.header, *whole_rows(source, table))]
    delimiter = cut_line(source, table.delimiter)
    form = own_form(TableLines(header, delimiter, (header, *rows), table.alignments)) or RowForm()
    plain = Line(tuple(map(CellText, cells)))
    if form.spacing is Spacing.ALIGNED or not rows:
        return write_row(plain, form)
    opens, closes = form.pipes(plain)
    last = len(cells) - 1
    written = []
    for index, (text, alignment) in enumerate(zip(cells, table.alignments, strict=True)):
        before, after = _usual_sides([row.cells[index] for row in rows], text, form, alignment)
        written.append(before * (opens or index > 0) + text + after * (closes or index < last))
    return f"{'|' * opens}{'|'.join(written)}{'|' * closes}"


def _usual_sides(cells: Sequence[CellText], text: str, form: RowForm, alignment: Alignment | None) -> tuple[str, str]:
    """The white space to the left and right of *text* in a column of *cells*."""
    filled = Counter(_sides(cell) for cell in cells if cell.text)
    (before, after), count = filled.most_common(1)[0] if filled else ((form.gap, form.gap), 0)
    width, padded = Counter(cell.width for cell in cells).most_common(1)[0]
    if width and padded > count:
        return _padding(text, width - display_width(text), before, form, alignment)
    if not text:
        empty = Counter(_sides(cell) for cell in cells if not cell.text)
        return empty.most_common(1)[0][0] if empty else ("", form.gap)
    return before, after or form.gap_after(text)


def _padding(text: str, room: int, before: str, form: RowForm, alignment: Alignment | None) -> tuple[str, str]:
    """The white space that fills *room* columns beside *text*, which may be too wide for it."""
    if room < 2 * len(form.gap):
        return form.gap, form.gap_after(text)
    left = room // 2 if alignment is Alignment.CENTER else min(len(before), room)
    return " " * left, " " * (room - left)


def _sides(cell: CellText) -> tuple[str, str]:
    return cell.before or "", cell.after or ""

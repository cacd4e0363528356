"""Lines of a table, written in a form.

A row is written from the texts of its cells and nothing else, so no cell can change, and a row with too many or too
few of them keeps its count.
"""

from __future__ import annotations

from collections.abc import Sequence

from awesome_lint.markdown import Alignment
from awesome_lint.table_format.lines import CellText, Line
from awesome_lint.table_format.options import TableForm, TableStyle
from awesome_lint.table_format.row_form import ColumnForm, RowForm, Spacing, needs_opening
from awesome_lint.text.width import display_width

_NARROWEST = 3


def write_row(line: Line, form: RowForm) -> str:
    """*line* in *form*, with outer pipes that the form does not have where GitHub would read it otherwise."""
    opens, closes = form.pipes(line)
    last = len(line.cells) - 1
    cells = []
    for index, cell in enumerate(line.cells):
        before, after = opens or index > 0, closes or index < last
        if form.spacing is Spacing.ALIGNED:
            cells.append(_padded(cell.text, form.columns[index], form, before=before, after=after))
        else:
            cells.append(_spaced(cell, form))
    return _joined(cells, opens=opens, closes=closes)


def write_delimiter(line: Line, form: RowForm, *, realign: bool = False) -> str:
    """The delimiter row *line* with the outer pipes of *form*, and otherwise as it is, unless *realign* is true."""
    gap = " " if any(line.sides) else ""
    cells = []
    for index, cell in enumerate(line.cells):
        before, after = (gap if side is None else side for side in (cell.before, cell.after))
        width = form.columns[index].width if realign else None
        text = cell.text
        if width is not None:
            left, right = before * (form.opens or index > 0), after * (form.closes or index + 1 < len(line.cells))
            dashes = width - len(left) - len(right) - text.count(":")
            text = text.replace("-" * text.count("-"), "-" * max(1, dashes))
        cells.append(before + text + after)
    is_single = len(cells) == 1
    if not form.opens and not is_single and needs_opening(line):
        cells[0] = cells[0].replace("-", "-" * _NARROWEST, 1)  # one dash and a space begin a list
    return _joined(cells, opens=form.opens or is_single, closes=form.closes or is_single)


def write_table(rows: Sequence[Sequence[str]], alignments: Sequence[Alignment | None], form: TableForm) -> list[str]:
    """The lines of a table: header, delimiter row, rows; *rows* are its cells as Markdown, the header first.

    They are compact, unless *form* wants them aligned.
    """
    if form.style is TableStyle.ALIGNED:
        widths = _widths(rows, len(alignments), form.max_width)
    else:
        widths = [0] * len(alignments)
    header, *others = [_row(cells, widths, alignments) for cells in rows]
    return [header, _delimiter_row(widths, alignments), *others]


def _joined(cells: Sequence[str], *, opens: bool, closes: bool) -> str:
    whole = "|".join(cells)
    whole = f"|{whole}" if opens else whole.lstrip(" \t")
    return f"{whole}|" if closes else whole.rstrip(" \t")


def _spaced(cell: CellText, form: RowForm) -> str:
    """*cell* with its white space; what it has already stays where the form does not say how much there is."""
    if form.spacing in (Spacing.COMPACT, Spacing.TIGHT):
        return f"{form.gap}{cell.text}{form.gap_after(cell.text)}" if cell.text else form.gap
    if not cell.text:
        return cell.before or form.gap
    before, after = cell.before, cell.after
    if before is None or (form.spacing is Spacing.SPACED and not before):
        before = form.gap
    if after is None or (form.spacing is Spacing.SPACED and not after):
        after = form.gap_after(cell.text)
    return before + cell.text + after


def _padded(text: str, column: ColumnForm, form: RowForm, *, before: bool, after: bool) -> str:
    """*text* as wide as its *column*; *before* and *after* tell whether pipes stand on these sides."""
    left, right = form.gap * before, form.gap_after(text) * after
    if not text:
        return " " * (column.width or len(form.gap))
    missing = max(0, (column.width or 0) - display_width(text) - len(left) - len(right))
    room = {Alignment.RIGHT: missing, Alignment.CENTER: missing // 2}.get(column.place, 0)
    return left + " " * room + text + (" " * (missing - room) + right) * after


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

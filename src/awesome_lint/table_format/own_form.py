"""The form that a table has of its own, found by what its lines agree on.

- **Outer pipes**: those that the most lines have; in a tie those with more pipes win.
- **Spacing**: the one that the most rows have of *compact*, *tight* and *aligned*, if nearly all rows have it; else, if
  nearly all rows have at least one space on each side of a text, *spaced*.
- Where rows agree on none of these, spacing is *free* if two sides in three of all texts have a space, or if two in
  three have none.  Else the table has no form of its own.

Nearly all rows are all but a tenth of them; in a short table all but two, if these are fewer than half.  The header
is a row, but over compact rows its texts may be set off by any number of spaces, as it often follows the dashes of the
delimiter row, which may be of any length.  The delimiter row counts for outer pipes alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from awesome_lint.markdown import Alignment
from awesome_lint.table_format.lines import CellText, Line
from awesome_lint.table_format.row_form import ColumnForm, RowForm, Spacing, needs_closing, needs_opening
from awesome_lint.text.width import display_width

_FEW = 2
_NARROWEST = 3
"""The shortest delimiter that every reader of Markdown knows."""


class TableLines(Struct, frozen=True):
    """The lines of a table: those of ``rows`` that can be compared, the ``header`` first where it is one of them."""

    header: Line | None
    delimiter: Line
    rows: tuple[Line, ...]
    alignments: tuple[Alignment | None, ...]

    def count(self, form: RowForm) -> int:
        """How many rows are spaced as in *form*."""
        return sum(form.fits_spacing(row, is_header=row is self.header) for row in self.rows)

    def count_alike(self, form: RowForm) -> int:
        """How many rows are spaced as in *form*, the header like all others."""
        return sum(map(form.fits_spacing, self.rows))

    def agree_on(self, form: RowForm) -> bool:
        """Whether nearly all rows are spaced as in *form*."""
        return _are_nearly_all(self.count(form), len(self.rows))


def own_form(lines: TableLines) -> RowForm | None:
    """The form of the table that consists of *lines*; None where it has none."""
    opens, closes = _outer_pipes((*lines.rows, lines.delimiter))
    pipes = RowForm(opens, closes)
    tight = replace(pipes, spacing=Spacing.TIGHT, gap="")
    best = max((pipes, tight, aligned_form(lines, replace(pipes, gap=_usual_gap(lines)))), key=lines.count_alike)
    spaced = replace(pipes, spacing=Spacing.SPACED)
    return next(filter(lines.agree_on, (best, pipes, spaced)), None) or _free_form(lines, pipes)


def aligned_form(lines: TableLines, form: RowForm) -> RowForm:
    """As *form*, but aligned: the columns have the width that most of their cells have."""
    columns = zip(*(row.cells for row in lines.rows), strict=True)
    found = tuple(
        _column_form(form, cells, delimiter, alignment)
        for cells, delimiter, alignment in zip(columns, lines.delimiter.cells, lines.alignments, strict=True)
    )
    return replace(form, spacing=Spacing.ALIGNED, columns=found)


def realigned(lines: TableLines, form: RowForm) -> RowForm:
    """As the aligned *form*, but each padded column is as wide as its widest text needs."""
    columns = []
    for index, column in enumerate(form.columns):
        sides = (index > 0 or form.opens) + (index + 1 < len(form.columns) or form.closes)
        widest = max(display_width(row.cells[index].text) for row in lines.rows)
        columns.append(replace(column, width=column.width and max(_NARROWEST, widest) + len(form.gap) * sides))
    return replace(form, columns=tuple(columns))


def is_aligned(lines: TableLines, form: RowForm, max_width: int | None) -> bool:
    """Whether nearly all rows have the aligned *form*, and most of the cells in each column its width.

    A column may also go without padding where it has a text that is wider than *max_width*.
    """
    for index, column in enumerate(form.columns):
        cells = [row.cells[index] for row in lines.rows]
        has_width = sum(cell.width == column.width for cell in cells) * 2 > len(cells)
        is_free = column.width is None and max_width is not None and any((c.width or 0) > max_width for c in cells)
        if not (has_width or is_free):
            return False
    return lines.agree_on(form)


def _outer_pipes(lines: Sequence[Line]) -> tuple[bool, bool]:
    """Whether the most *lines* begin and whether they end with a pipe, but for those that GitHub needs there."""
    counts = Counter(
        (line.opens, line.closes)
        for line in lines
        if not (line.opens and needs_opening(line)) and not (line.closes and needs_closing(line))
    )
    return max(counts, key=lambda pipes: (counts[pipes], pipes), default=(True, True))


def _are_nearly_all(count: int, total: int) -> bool:
    others = total - count
    return others * 10 <= total or (others <= _FEW and others * 2 < total)


def _column_form(
    form: RowForm, cells: Sequence[CellText], delimiter: CellText, alignment: Alignment | None
) -> ColumnForm:
    widths = Counter(cell.width for cell in (*cells, delimiter) if cell.width is not None)
    unpadded = sum(cell.before in (None, form.gap) and cell.after in (None, form.gap) for cell in cells if cell.text)
    if not widths or unpadded > max(widths.values()):
        return ColumnForm(None)
    return ColumnForm(widths.most_common(1)[0][0], _place(cells, len(form.gap), alignment))


def _place(cells: Sequence[CellText], gap: int, alignment: Alignment | None) -> Alignment:
    """Where most of the texts stand that have room to stand elsewhere; without them, where GitHub shows them."""
    places: Counter[Alignment] = Counter()
    for cell in cells:
        before, after = len(cell.before or ""), len(cell.after or "")
        if cell.text and before + after > 2 * gap:
            is_middle = before > gap and after > gap
            places[Alignment.CENTER if is_middle else Alignment.LEFT if before <= gap else Alignment.RIGHT] += 1
    return places.most_common(1)[0][0] if places else alignment or Alignment.LEFT


def _free_form(lines: TableLines, pipes: RowForm) -> RowForm | None:
    spaced, tight = _count_sides(lines)
    if max(spaced, tight) * 3 < (spaced + tight) * 2:
        return None
    return replace(pipes, spacing=Spacing.FREE, gap=_usual_gap(lines))


def _usual_gap(lines: TableLines) -> str:
    spaced, tight = _count_sides(lines)
    return " " if spaced >= tight else ""


def _count_sides(lines: TableLines) -> tuple[int, int]:
    """On how many sides of a text there is white space, and on how many there is none."""
    sides = [side for row in lines.rows for side in row.sides]
    spaced = sum(map(bool, sides))
    return spaced, len(sides) - spaced

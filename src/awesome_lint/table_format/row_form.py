"""The form in which the rows of a table are written, and whether a row has it."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from awesome_lint.markdown import Alignment
from awesome_lint.regex import regex
from awesome_lint.table_format.lines import CellText, Line
from awesome_lint.text.width import display_width

_BLOCK_START = regex(
    r"[-+*](?:\s|$)|\d{1,9}[.)](?:\s|$)|#{1,6}(?:\s|$)|[><]|`{3}|~{3}|(?:[*_-][ \t]*){3,}$|=+\s*$|\[[^\]]*\]:"
)
"""What GitHub reads as the start of another block where no pipe stands before it."""


class Spacing(StrEnum):
    """How cells are set off from their pipes."""

    COMPACT = "compact"
    """By one space on each side."""
    TIGHT = "tight"
    """By nothing."""
    ALIGNED = "aligned"
    """By as much as pads them to the width of their column."""
    SPACED = "spaced"
    """By at least one space on each side."""
    FREE = "free"
    """In any way."""


class ColumnForm(Struct, frozen=True):
    """How the cells of a column of an aligned table are padded.

    ``width`` is that of a cell with the white space in it, None where the column is not padded; ``place`` is where the
    texts are in it.
    """

    width: int | None
    place: Alignment = Alignment.LEFT


class RowForm(Struct, frozen=True):
    """The form of the rows of a table.

    ``opens`` and ``closes`` tell whether they have the outer pipes.  ``gap`` is the white space beside a text that is
    not padded.  ``columns`` are those of an aligned table.
    """

    opens: bool = True
    closes: bool = True
    spacing: Spacing = Spacing.COMPACT
    gap: str = " "
    columns: tuple[ColumnForm, ...] = ()

    def fits(self, line: Line, *, is_header: bool = False) -> bool:
        """Whether *line* is written in this form."""
        return self.fits_ends(line) and self.fits_spacing(line, is_header=is_header)

    def fits_ends(self, line: Line) -> bool:
        """Whether *line* begins and ends as in this form."""
        return (line.opens, line.closes) == self.pipes(line)

    def pipes(self, line: Line) -> tuple[bool, bool]:
        """Whether *line* is to begin, and whether it is to end with a pipe.

        Where GitHub needs one that the form does not have, the line has both: with one alone it would look damaged.
        """
        is_bound = (not self.opens and needs_opening(line)) or (not self.closes and needs_closing(line))
        return self.opens or is_bound, self.closes or is_bound

    def fits_delimiter(self, line: Line) -> bool:
        """Whether the delimiter row *line* begins and ends as in this form; more is not asked of it."""
        is_single = len(line.cells) == 1
        return (line.opens, line.closes) == (self.opens or is_single, self.closes or is_single)

    def fits_spacing(self, line: Line, *, is_header: bool = False) -> bool:
        """Whether the cells of *line* are set off as in this form."""
        if is_header and self.spacing is Spacing.COMPACT:
            return all(line.sides)
        if self.spacing is Spacing.ALIGNED:
            return all(map(self._fits_column, line.cells, self.columns))
        return all(map(self._fits_cell, line.cells))

    def gap_after(self, text: str) -> str:
        """The white space between *text* and the pipe after it, which a backslash would escape."""
        return self.gap or (" " if text.endswith("\\") else "")

    def _fits_cell(self, cell: CellText) -> bool:
        if self.spacing is Spacing.FREE:
            return True
        return all(cell.sides) if self.spacing is Spacing.SPACED else self._has_gaps(cell)

    def _fits_column(self, cell: CellText, column: ColumnForm) -> bool:
        if column.width is None or self._is_too_wide(cell, column.width):
            return self._has_gaps(cell)
        is_padded = cell.width == column.width and all(len(side) >= len(self.gap) for side in cell.sides)
        return is_padded or (cell.after is None and self._has_gaps(cell))

    def _has_gaps(self, cell: CellText) -> bool:
        if not cell.text:
            return len(self.gap) <= len(cell.before or "") <= len(self.gap) + 1
        return cell.before in (None, self.gap) and cell.after in (None, self.gap_after(cell.text))

    def _is_too_wide(self, cell: CellText, width: int) -> bool:
        return bool(cell.text) and display_width(cell.text) + len(self.gap) * len(cell.sides) > width


def needs_opening(line: Line) -> bool:
    """Whether GitHub would read *line* otherwise if it did not begin with a pipe."""
    first = line.cells[0].text
    return not first or len(line.cells) == 1 or _BLOCK_START.match(first) is not None


def needs_closing(line: Line) -> bool:
    """Whether GitHub would read *line* otherwise if it did not end with a pipe."""
    return not line.cells[-1].text or len(line.cells) == 1

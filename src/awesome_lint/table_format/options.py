"""What a configuration says about the form of tables."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class TableStyle(StrEnum):
    """How the cells of a row are set off."""

    PRESERVE = "preserve"
    """The form that the table has already; a table without one becomes compact."""
    COMPACT = "compact"
    """One space on each side of a cell, and one in an empty cell."""
    ALIGNED = "aligned"
    """The pipes of a column are aligned."""


class TableForm(Struct, frozen=True):
    """The form of a table."""

    style: TableStyle = TableStyle.PRESERVE
    """`preserve`: each table keeps its own form; `compact`: one space on each side of a cell; `aligned`: the pipes of
    a column are aligned."""
    max_width: int | None = None
    """In the aligned style, columns wider than this are not padded. Default: no limit."""
    realign: bool = False
    """Whether a cell that is too wide for its column widens the column in all rows of an aligned table."""

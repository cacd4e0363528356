"""What a repair is."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from awesome_lint.diagnostic import Fix
from awesome_lint.source import Span


class Cause(StrEnum):
    """What happened to a row."""

    SWALLOWED_PIPE = "swallowed pipe"
    """A link, tag or URL is cut off, and the pipe that touched it is gone."""
    LOST_END = "lost end"
    """A link or tag is cut off; the cells are all there."""
    LOST_PIPE = "lost pipe"
    """Two cells run into one another."""
    MISSING_CELL = "missing cell"
    """An empty cell (or a value with its pipe) is not there."""
    MISSING_TAIL = "missing tail"
    """The last cells were left out."""
    STRAY_PIPE = "stray pipe"
    """A pipe that belongs to a text stands unescaped."""
    CODE_PIPE = "code pipe"
    """A pipe within code stands unescaped."""
    EXTRA_CELL = "extra cell"
    """An empty cell too many."""
    WRAPPED = "wrapped"
    """The row is broken over several lines."""
    DETACHED = "detached"
    """A blank line cuts the row off from its table."""
    PASTED = "pasted"
    """The row has one more column, like a row of another table, or like its neighbours."""
    COMMENT = "comment"
    """The last cells hold comments, which GitHub does not show."""
    SURPLUS_COLUMN = "surplus column"
    """The row has more cells than the header, as most rows of its table have."""
    JOINED = "joined rows"
    """Two rows are in one line."""
    UNKNOWN = "unknown"
    """Nothing explains the cell count."""


class Repair(Struct, frozen=True):
    """How a damaged row reads when it is put back together.

    ``row`` is the repaired line; ``fix`` is None where no reading wins, then ``readings`` lists the likely ones.
    ``losses`` says what is gone for good, each as a clause.  ``lines`` are the physical lines of the row in the source.
    ``cause`` is what happened to it, ``culprits`` the spans of the marks that explain it: what is cut off, or the
    stray pipe; ``gaps`` are the columns that stay empty because the row does not have them,
    ``columns`` those of the other table of the file that the row fits.
    """

    row: str
    fix: Fix | None
    cause: Cause = Cause.UNKNOWN
    lines: tuple[Span, ...] = ()
    readings: tuple[str, ...] = ()
    losses: tuple[str, ...] = ()
    culprits: tuple[Span, ...] = ()
    gaps: tuple[int, ...] = ()
    columns: tuple[str, ...] = ()

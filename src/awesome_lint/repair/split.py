"""Two rows in one line."""

from __future__ import annotations

from awesome_lint.diagnostic import Applicability, Edit, Fix
from awesome_lint.repair.constants import FEW_VALUES, POOREST_HALF
from awesome_lint.repair.knowledge import Knowledge
from awesome_lint.repair.model import Cause, Repair
from awesome_lint.repair.row import DamagedRow, Line
from awesome_lint.repair.value import read
from awesome_lint.source import Span

_TOO_NARROW = 2
"""With two columns a list of values looks like rows as well; only a mark between the rows tells them apart."""


def split_rows(row: DamagedRow, width: int, known: Knowledge) -> Repair | None:
    """The repair of a line that holds two rows of *width* cells, None if it does not.

    A row with pipes in code, brackets or tags is not cut: those end no cells.
    """
    if len(row.lines) > 1 or width < _TOO_NARROW or not 2 * width - 1 <= row.count <= 2 * width + 1 or row.scan.lost:
        return None
    line = row.lines[0]
    pipe = row.inner_pipes[width - 1]
    first = DamagedRow((Line(Span(line.span.start, line.span.start + pipe + 1), line.text[: pipe + 1]),))
    rest = line.text[pipe + 1 :].lstrip(" \t")
    start = line.span.end - len(rest)
    second = DamagedRow((Line(Span(start, line.span.end), rest),))
    if first.count != width or second.count != width or row.enclosed:
        return None
    if min(known.score_row(first.cells), known.score_row(second.cells)) - known.typical < POOREST_HALF:
        return None
    if width == _TOO_NARROW and not second.opens:
        return None
    lead = "| " if row.opens and not second.opens else ""
    edit = Edit(Span(line.span.start + pipe + 1, start), f"\n{line.prefix}{lead}")
    is_safe = _are_rows(first, second, known)
    fix = Fix("Put the second row on its own line", (edit,), Applicability.SAFE if is_safe else Applicability.UNSAFE)
    text = first.text.rstrip() + "\n" + lead + rest
    culprit = Span(line.span.start + pipe, line.span.start + pipe + 1)
    return Repair(text, fix, Cause.JOINED, row.spans, culprits=(culprit,))


def _are_rows(first: DamagedRow, second: DamagedRow, known: Knowledge) -> bool:
    """Whether both halves hold in each column a value of a form that it has held, and begin with one."""
    halves = [[read(cell) for cell in half.cells] for half in (first, second)]
    stand = all(known.forms.fits_in_place(half) and not half[0].empty for half in halves)
    return stand and known.rows >= FEW_VALUES

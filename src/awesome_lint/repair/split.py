"""Two rows in one line."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from awesome_lint.diagnostic import Applicability, Edit, Fix
from awesome_lint.repair.model import Cause, Repair
from awesome_lint.repair.unit import Line, Unit
from awesome_lint.source import Span

_POOREST = -12.0
"""The lowest score, against that of a typical row, at which a half still counts as a row."""


def split_rows(unit: Unit, width: int, score: Callable[[Sequence[str]], float]) -> Repair | None:
    """The repair of a line that holds two rows of *width* cells, None if it does not.

    *score* tells how well cells fit as a row; it is zero for a typical one.
    """
    if len(unit.lines) > 1 or width < 2 or unit.count < 2 * width - 1 or unit.count > 2 * width + 1 or unit.scan.lost:
        return None
    line = unit.lines[0]
    pipe = unit.inner_pipes[width - 1]
    first = Unit((Line(Span(line.span.start, line.span.start + pipe + 1), line.text[: pipe + 1]),))
    rest = line.text[pipe + 1 :].lstrip(" \t")
    start = line.span.end - len(rest)
    second = Unit((Line(Span(start, line.span.end), rest),))
    if first.count != width or second.count != width:
        return None
    if min(score(first.cells), score(second.cells)) < _POOREST:
        return None
    lead = "| " if unit.opens and not second.opens else ""
    fix = Fix(
        "Break the line between the two rows",
        (Edit(Span(line.span.start + pipe + 1, start), f"\n{line.prefix}{lead}"),),
        Applicability.SAFE,
    )
    row = first.text.rstrip() + "\n" + lead + rest
    return Repair(
        row, fix, Cause.JOINED, unit.spans, culprits=(Span(line.span.start + pipe, line.span.start + pipe + 1),)
    )

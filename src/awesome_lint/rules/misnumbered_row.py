"""The number of a row is out of sequence.

A row made by copying another often keeps that row's number: 13, 14, **13**, 15.  A typo gives 12, **31**, 14.

The rule checks only columns whose other numbers count up or down by one.  Gaps (12, 14) are fine, since rows get
removed; so are repeated numbers (ties in a ranking, parts of one entry), numbers that start again, and years.

## Wrong

```markdown
| No. | Title |
| --- | --- |
| 1 | [Alpha](https://example.org/alpha) |
| 2 | [Beta](https://example.org/beta) |
| 3 | [Gamma](https://example.org/gamma) |
| 2 | [Delta](https://example.org/delta) |
| 4 | [Epsilon](https://example.org/epsilon) |
| 5 | [Zeta](https://example.org/zeta) |
```

## Right

```markdown
| No. | Title |
| --- | --- |
| 1 | [Alpha](https://example.org/alpha) |
| 2 | [Beta](https://example.org/beta) |
| 3 | [Gamma](https://example.org/gamma) |
| 4 | [Delta](https://example.org/delta) |
| 6 | [Epsilon](https://example.org/epsilon) |
| 7 | [Zeta](https://example.org/zeta) |
```

## Fix

Where exactly one number is missing between the rows before and after, `--unsafe-fixes` writes it.  Numbering the rows
below again is left to you: other pages may refer to them.

## Related rules

`unsorted-entries`, `stale-count`

## When to switch it off

If the numbers of a column are the entries' own, such as those of a standard, and only happen to be in order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from awesome_lint.diagnostic import Applicability, Edit, Fix, Related, Severity, Violation
from awesome_lint.markdown import Cell, Table
from awesome_lint.rule import Context, Group, Rule

_FEWEST_ROWS = 5
"""How many numbers have to run on by one, apart from those that break the row."""
_REGULAR = 0.9
"""Which share of the steps between these has to be one."""
_LONGEST = 6
_YEARS = range(1900, 2101)


class _Numbered(Struct, frozen=True):
    """A cell with a number, and the row's place among the rows of its table."""

    row: int
    cell: Cell
    number: int


class _Fault(Struct, frozen=True):
    """A number that breaks the column; ``right`` is the only one that fits there, None if none or several do."""

    at: _Numbered
    before: _Numbered
    after: _Numbered
    right: int | None


def check(context: Context) -> Iterator[Violation]:
    """Yield the rows of *context* whose number does not fit between those of their neighbours."""
    for table in context.document.tables:
        for index in range(len(table.header.cells)):
            numbers = list(_numbers(table, index))
            yield from (_violation(fault, numbers, table, context) for fault in _faults(numbers))


def _numbers(table: Table, index: int) -> Iterator[_Numbered]:
    width = len(table.header.cells)
    for place, row in enumerate(table.rows):
        if len(row.cells) == width:
            text = row.cells[index].text.strip().removesuffix(".")
            if text.isascii() and text.isdigit() and len(text) <= _LONGEST:
                yield _Numbered(place, row.cells[index], int(text))


def _faults(numbers: Sequence[_Numbered]) -> list[_Fault]:
    """The numbers without which, or with the right ones, the others run on by one; none if they do not."""
    if len(numbers) <= _FEWEST_ROWS or all(each.number in _YEARS for each in numbers):
        return []
    steps = Counter(after.number - before.number for before, after in pairwise(numbers))
    direction = 1 if steps[1] >= steps[-1] else -1
    places = range(1, len(numbers) - 1)
    found = [fault for place in places if (fault := _fault(numbers[place - 1 : place + 2], direction))]
    # Where two rows changed places, neither number fits; the first finding stands for both.
    rows = {fault.at.row for fault in found}
    faults = [fault for fault in found if fault.at.row - 1 not in rows]
    swapped = {fault.at.row: fault.after.number for fault in faults if fault.at.row + 1 in rows}
    swapped |= {fault.after.row: fault.at.number for fault in faults if fault.at.row + 1 in rows}
    right = {fault.at.row: fault.right for fault in found} | swapped
    mended = [number for each in numbers if (number := right.get(each.row, each.number)) is not None]
    regular = sum(after - before == direction for before, after in pairwise(mended))
    is_running = len(mended) >= _FEWEST_ROWS and regular >= _REGULAR * (len(mended) - 1)
    return faults if is_running and len(faults) <= max(1, len(numbers) // 10) else []


def _fault(three: Sequence[_Numbered], direction: int) -> _Fault | None:
    before, at, after = three
    step, whole = (at.number - before.number) * direction, (after.number - before.number) * direction
    if at.row - before.row != 1 or after.row - at.row != 1 or whole not in (1, 2) or step in (0, 1, whole):
        return None
    return _Fault(at, before, after, before.number + direction if whole == 2 else None)


def _violation(fault: _Fault, numbers: Sequence[_Numbered], table: Table, context: Context) -> Violation:
    before, at, after = fault.before.number, fault.at.number, fault.after.number
    span = fault.at.cell.span
    twins = [each for each in numbers if each.number == at and each is not fault.at]
    text = context.document.source[span]
    edit = Edit(span, str(fault.right), text) if fault.right is not None and text == str(at) else None
    return Violation(
        span,
        f"This row is number {at}, but it is between {before} and {after}",
        help=f"Write {fault.right}" if fault.right is not None else "Renumber it",
        entry=context.entry_names.get(table.rows[fault.at.row].span, ""),
        severity=Severity.WARNING,
        related=tuple(Related(twin.cell.span, f"Number {at} is here") for twin in twins[:1]),
        fix=Fix(f"Write {fault.right}", (edit,), Applicability.UNSAFE) if edit else None,
    )


RULE = Rule("misnumbered-row", Group.COLUMN, check, severity=Severity.WARNING)

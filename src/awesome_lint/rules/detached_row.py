"""Rows are cut off from their table, so GitHub shows them as text full of pipes.

A blank line ends a table, and so does a line of another kind, like a comment or a list item.  The rows behind it
stand there as one long paragraph.

## Wrong

```markdown
| Title | Year |
| --- | --- |
| AggNet | 2016 |

| DeepLung | 2018 |
| DeepEM | 2018 |
```

## Right

```markdown
| Title | Year |
| --- | --- |
| AggNet | 2016 |
| DeepLung | 2018 |
| DeepEM | 2018 |

| is a character like any other here.
```

## Fix

A blank line between the table and its rows is taken out; a row that is broken over several lines is joined.
"""

from __future__ import annotations

from collections.abc import Iterator

from awesome_lint.diagnostic import Applicability, Edit, Fix, Related, Violation
from awesome_lint.markdown import DetachedRows
from awesome_lint.repair import Cause, Repair
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.source import Source

_BLANK = " \t\n>"


def check(context: Context) -> Iterator[Violation]:
    """Yield each group of rows that is cut off from its table."""
    source = context.document.source
    if not context.document.detached_rows:
        return
    broken = _broken_rows(context)
    for group in context.document.detached_rows:
        gap = source[group.gap]
        repair = broken.get(source.position(group.rows[0].span.start).line)
        count = len(group.rows)
        what = f"{count} rows are" if count > 1 else "A row is"
        by = "a blank line" if not gap.strip(_BLANK) else "what stands between"
        by = "a row that is broken over several lines" if repair else by
        yield Violation(
            group.rows[0].span,
            f"{what} cut off from the table above by {by}, so GitHub shows {'them' if count > 1 else 'it'} as text",
            help="Write the row in one line" if repair else "Let the rows follow the table without a line between",
            entry=next((cell.text for cell in group.rows[0].cells if cell.text), ""),
            related=(Related(group.table.span, "The table"),),
            fix=repair.fix if repair else _fix(source, group),
        )


def _broken_rows(context: Context) -> dict[int, Repair]:
    """For the number of each line that continues a row, the row's repair."""
    position = context.document.source.position
    return {
        position(span.start).line: repair
        for repair in context.repairs.values()
        if repair.cause is Cause.WRAPPED
        for span in repair.lines[1:]
    }


def _fix(source: Source, group: DetachedRows) -> Fix | None:
    """Take out the blank lines between the table and its rows, where no row would lose a cell in the table."""
    gap = source[group.gap]
    columns = len(group.table.header.cells)
    hidden = any(cell.span.start < cell.span.end for row in group.rows for cell in row.cells[columns:])
    if hidden or gap.strip(_BLANK) or "\n" not in gap:
        return None
    fit = all(len(row.cells) == columns for row in group.rows)
    last_line = gap.rindex("\n")
    return Fix(
        "Take out the blank line",
        (Edit(group.gap, gap[last_line:]),),
        Applicability.SAFE if fit else Applicability.UNSAFE,
    )


RULE = Rule("detached-row", Group.TABLE, check)

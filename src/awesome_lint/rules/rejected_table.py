"""A header and its delimiter row differ in their number of cells: GitHub shows the table as text.

One missing `---` or `|` is enough to turn hundreds of rows into a paragraph full of pipes.

## Wrong

```markdown
| Title | Data | Year |
| --- | --- |
| AggNet | AMIDA | 2016 |
```

## Right

```markdown
| Title | Data | Year |
| --- | --- | --- |
| AggNet | AMIDA | 2016 |
```

## Fix

The rows tell which of the two lines is wrong: the delimiter row gets as many cells as the header, or a header that
lost a `|` with the end of a link gets it back.
"""

from __future__ import annotations

from collections.abc import Iterator

from awesome_lint.diagnostic import Related, Violation
from awesome_lint.repair import repair_rejected
from awesome_lint.rule import Context, Group, Rule


def check(context: Context) -> Iterator[Violation]:
    """Yield the tables that GitHub shows as text."""
    source = context.document.source
    for table in context.document.rejected_tables:
        repair = repair_rejected(source, table)
        header, delimiter, rows = len(table.header.cells), len(table.delimiter.cells), len(table.rows)
        hidden = f" and its {rows} rows" if rows > 1 else ""
        yield Violation(
            table.header.span,
            f"This header has {header} cell{'s' * (header != 1)} and the delimiter row below it {delimiter}, so GitHub "
            "shows the table"
            f"{hidden} as text",
            help=f"Write: {repair.row}" if repair else "Give the header, the delimiter row and the rows as many cells",
            related=(Related(table.delimiter.span, "The delimiter row"),),
            fix=repair.fix if repair else None,
        )


RULE = Rule("rejected-table", Group.TABLE, check)

"""A table is not written in canonical form.

Where every row is written in the same way, a changed entry is one changed line, and it shows at a glance when a cell
is missing.

The form is compact: `| a | b |`, one space around each cell and one in an empty cell, pipes on both sides, `---` in
the delimiter row, no white space at the end, and a blank line before and after the table.  A long table is not padded
to the width of its longest cell unless the configuration wants it so.  GitHub shows the same table either way, so
this is only worth knowing.

Rows of the wrong cell count and lines that look like parts of a row are left alone, and with them a table without outer
pipes; other rules report them.  In lists blank lines are not required.

## Wrong

```markdown
|Name|Year|
|:-------|:-------|
|Alpha   |2017|
```

```markdown
Name | Year
--- | ---
Alpha | 2017
```

## Right

```markdown
| Name | Year |
| :-- | --: |
| Alpha | 2017 |
| | 2018 |
```

## Options

Under `[format]`:

`style`
: `"compact"`, or `"aligned"`: cells are padded until the pipes of a column stand one below the other, wide
  characters and emoji counted as an editor shows them.

`max-width`
: in the aligned style, columns that are wider than this are not padded.

## Fix

Rows that differ are written anew from their cells; no cell is changed, cut, or added.
"""

from __future__ import annotations

from collections.abc import Iterator

from awesome_lint.diagnostic import Applicability, Edit, Fix, Severity, Violation
from awesome_lint.markdown import Table
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.source import Spans
from awesome_lint.table_format import TableForm, TableStyle, missing_blank_lines, row_edits


def check(context: Context, form: TableForm) -> Iterator[Violation]:
    """Yield each table that has lines to be written otherwise."""
    document = context.document
    lists = Spans(outer.span for outer in document.lists)
    for table in document.tables:
        in_list = lists.contain(table.span)
        rows = list(row_edits(document.source, table, form, in_list=in_list))
        blanks = [] if in_list else list(missing_blank_lines(document, table))
        if rows or blanks:
            yield _violation(table, rows, blanks, form)


def _violation(table: Table, rows: list[Edit], blanks: list[Edit], form: TableForm) -> Violation:
    edits = tuple(sorted((*rows, *blanks), key=lambda edit: edit.span))
    key = f"table {' | '.join(table.columns)}"
    fix = Fix(f"Write the table in {form.style} form", edits, Applicability.FORMAT)
    if not rows:
        sides = {"above" if edit.span.start <= table.span.start else "below": edit for edit in blanks}
        place = table.header if "above" in sides else (table.delimiter, *table.rows)[-1]
        message = f"There is no blank line {' and '.join(sides)} this table"
        return Violation(place.span, message, help="Insert a blank line", fix=fix, key=key)
    lines = len(table.rows) + 2
    count = f"{len(rows)} of the {lines} lines" if len(rows) < lines else f"All {lines} lines"
    how = "in compact form" if form.style == TableStyle.COMPACT else "aligned"
    message = f"{count} of this table {'is' if len(rows) == 1 else 'are'} not {how}"
    first = next(row for row in (table.header, table.delimiter, *table.rows) if row.span.end >= rows[0].span.start)
    return Violation(first.span, message, help=f"Write {rows[0].text.strip()}", fix=fix, key=key)


RULE = Rule("untidy-table", Group.TABLE, check, severity=Severity.INFO, options=TableForm, options_table="format")

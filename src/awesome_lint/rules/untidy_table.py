"""A row is formatted differently from the rest of its table.

If all rows are formatted alike, changing an entry changes one line, and a missing cell is easy to spot.  GitHub shows
the same table either way.

Each table keeps its own form: cells set off by one space (`| a | b |`) or by none (`|a|b|`), columns padded so
that their pipes are aligned, with or without outer pipes.  [Fixing](../fixing.md#the-form-of-tables) explains how the
form of a table is determined.  A table whose rows have no form in common becomes compact: `| a | b |`, one space around
each cell and one in an empty cell, pipes on both sides.  The dashes of the delimiter row may be of any length.  A blank
line belongs before and after each table.

Rows of the wrong cell count and lines that look like parts of a row are left alone; other rules report them.  In lists
blank lines are not required.

## Wrong

```markdown
| Name | Year |
|-------|-------|
| Alpha | 2017 |
| Beta | 2018 |
|Gamma |2019
```

```markdown
Name | Year
--- | ---
| Alpha | 2017 |
| Beta | 2018 |
```

## Right

```markdown
Name | Year
--- | ---
Alpha | 2017
Beta | 2018
```

```markdown
| Name  | Year |
| :---- | ---: |
| Alpha | 2017 |
| A longer name | 2018 |
|       | 2019 |
```

## Options

Under `[format]`:

`style`
: `"preserve"`: each table keeps its own form; `"compact"`: one space around each cell; `"aligned"`: cells are padded
  until the pipes of a column are aligned, with wide characters and emoji counted as an editor shows them.

`realign`
: in an aligned table a cell that is too wide for its column sticks out, and no other row changes; with
  `realign = true` the whole column becomes as wide as it needs.

`max-width`
: with `style = "aligned"`, columns that are wider than this are not padded.

## Fix

Rows that differ are reformatted; no cell is changed, dropped or added.

## Related rules

`column-count`

## When to switch it off

If another formatter formats the tables.  Its findings are info by default and never fail a run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from awesome_lint.diagnostic import Applicability, Edit, Fix, Severity, Shared, Violation
from awesome_lint.markdown import Table
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.source import Spans
from awesome_lint.table_format.blank_lines import missing_blank_lines
from awesome_lint.table_format.options import TableForm, TableStyle
from awesome_lint.table_format.row_edits import row_edits

_DIFFER = {
    TableStyle.PRESERVE: "formatted differently from the rest",
    TableStyle.COMPACT: "not in compact form",
    TableStyle.ALIGNED: "not aligned",
}
_WANTED = {
    TableStyle.PRESERVE: "to match the table",
    TableStyle.COMPACT: "in compact form",
    TableStyle.ALIGNED: "with aligned pipes",
}
_MIX = {
    TableStyle.PRESERVE: "mix styles",
    TableStyle.COMPACT: "are not in compact form",
    TableStyle.ALIGNED: "are not aligned",
}


def check(context: Context, form: TableForm) -> Iterator[Violation]:
    """Yield each table that has lines to be written otherwise."""
    document = context.document
    lists = Spans(outer.span for outer in document.lists)
    found = []
    for table in document.tables:
        in_list = lists.contain(table.span)
        rows = sorted(row_edits(document.source, table, form, in_list=in_list), key=lambda edit: edit.span)
        blanks = [] if in_list else list(missing_blank_lines(document, table))
        if rows or blanks:
            found.append((table, rows, blanks))
    shared = _shared([bool(rows) for _, rows, _ in found], len(document.tables), form)
    for table, rows, blanks in found:
        violation = _about_rows(table, rows, form) if rows else _about_blank_lines(table, blanks)
        edits = tuple(sorted((*rows, *blanks), key=lambda edit: edit.span))
        lines = "1 line" if len(rows) == 1 else f"{len(rows)} lines"
        message = f"Reformat {lines} {_WANTED[form.style]}" if rows else "Insert a blank line"
        fix = Fix(message, edits, Applicability.FORMAT, separable=True)
        yield replace(violation, fix=fix, key=f"table {' | '.join(table.columns)}", shared=shared)


def _shared(have_rows: Sequence[bool], tables: int, form: TableForm) -> Shared:
    """What is said of several tables at once; *have_rows* tells of each whether rows are to be written otherwise."""
    faults = []
    if any(have_rows):
        faults.append(_MIX[form.style])
    if not all(have_rows):
        faults.append("have no blank line above or below")
    return Shared("untidy", f"{{count}} of {tables} tables {' or '.join(faults)}; --fix tidies {{edits}} lines", 1)


def _about_rows(table: Table, rows: Sequence[Edit], form: TableForm) -> Violation:
    lines = len(table.rows) + 2
    count = f"{len(rows)} of the {lines} lines" if len(rows) < lines else f"All {lines} lines"
    message = f"{count} of this table {'is' if len(rows) == 1 else 'are'} {_DIFFER[form.style]}"
    if form.style is TableStyle.PRESERVE and len(rows) == lines:
        message = "The lines of this table have no consistent format"
    first = next(row for row in (table.header, table.delimiter, *table.rows) if row.span.end >= rows[0].span.start)
    text = rows[0].text.strip()
    return Violation(first.span, message, help=f"Write {text}" if text else "Indent the line like the header")


def _about_blank_lines(table: Table, blanks: Sequence[Edit]) -> Violation:
    sides = {"above" if edit.span.start <= table.span.start else "below": edit for edit in blanks}
    place = table.header if "above" in sides else (table.delimiter, *table.rows)[-1]
    return Violation(place.span, f"There is no blank line {' and '.join(sides)} this table", help="Insert a blank line")


RULE = Rule("untidy-table", Group.TABLE, check, severity=Severity.INFO, options=TableForm, options_table="format")

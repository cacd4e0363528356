"""GitHub does not show a table, because its delimiter row is wrong, missing or misplaced.

One missing `---` or `|` is enough to turn hundreds of rows into a paragraph full of pipes: the delimiter row must have
as many cells as the header and come right below it.  Lines that all begin and end with a pipe and have the same number
of cells are treated as rows.

A second delimiter row among the rows is a row of dashes to GitHub.

## Wrong

```markdown
| Title | Data | Year |
| --- | --- |
| AggNet | AMIDA | 2016 |
```

```markdown
| Title | Year |
| AggNet | 2016 |
| DeepLung | 2018 |
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

## Related rules

`column-count`, `detached-row`

## When to switch it off

If the lines with pipes are not meant as a table; in code they are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from awesome_lint.diagnostic import Related, Violation
from awesome_lint.markdown import Document, Paragraph, Table
from awesome_lint.regex import regex
from awesome_lint.repair import repair_rejected
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.source import Span

_PIPE = regex(r"(?<!\\)\|")
_DASHES = regex(r":?-{3,}:?|:-+:?|-+:")
_QUOTE = regex(r"(?m)^[ \t]*(?:>[ \t]*)*")


def check(context: Context) -> Iterator[Violation]:
    """Yield the tables that GitHub shows as text."""
    source = context.document.source
    for table in context.document.rejected_tables:
        repair = repair_rejected(source, table)
        header, delimiter, rows = len(table.header.cells), len(table.delimiter.cells), len(table.rows)
        hidden = f" and its {rows} rows" if rows > 1 else ""
        yield Violation(
            table.header.span,
            f"This header has {header} cell{'s' * (header != 1)}, but its delimiter row has {delimiter}",
            help="Write the line as"
            if repair
            else "Give the header, the delimiter row and the rows the same number of cells",
            rows=(repair.row,) if repair else (),
            note=f"GitHub shows the table{hidden} as text",
            related=(Related(table.delimiter.span, "The delimiter row"),),
            fix=repair.fix if repair else None,
        )
    for shown in context.document.tables:
        yield from _second_delimiters(shown)
    yield from _bare_rows(context.document)


def _second_delimiters(table: Table) -> Iterator[Violation]:
    """The rows of *table* that look like delimiter rows."""
    for row in table.rows:
        if len(row.cells) == len(table.header.cells) and all(_DASHES.fullmatch(cell.text) for cell in row.cells):
            yield Violation(
                row.span,
                "There is a second delimiter row in this table",
                help="Remove it; if a second table begins here, add a blank line and its header above it",
                note="GitHub shows it as a row of dashes",
                related=(Related(table.delimiter.span, "The delimiter row of the table"),),
            )


def _bare_rows(document: Document) -> Iterator[Violation]:
    """The paragraphs that consist of rows without a header and a delimiter row above them."""
    detached = {row.span.start for group in document.detached_rows for row in group.rows}
    above: Paragraph | None = None
    for block in document.blocks:
        if not isinstance(block, Paragraph):
            above = None
            continue
        cells = _cells(document.source[block.span])
        if block.span.start in detached or not cells:
            above = block
            continue
        lines = document.source[block.span].count("\n") + 1
        begins = _is_delimiter(document.source[block.span].partition("\n")[0])
        if begins and above and _cells(document.source[above.span]) == cells:
            yield _apart(above.span, block.span)
        elif lines > 1 and not begins:
            yield _without_delimiter(block.span, lines, cells)
        above = block


def _cells(text: str) -> int:
    """How many cells each line of *text* has, 0 where not all have as many, at least two, and pipes on both sides."""
    lines = [line.strip() for line in _QUOTE.sub("", text).split("\n")]
    counts = {len(_PIPE.findall(line)) - 1 if line[:1] == "|" and line[-1:] == "|" else 0 for line in lines}
    return max(0, counts.pop()) if len(counts) == 1 and min(counts) > 1 else 0


def _is_delimiter(line: str) -> bool:
    return all(_DASHES.fullmatch(cell.strip()) for cell in _PIPE.split(line.strip(" \t>"))[1:-1])


def _apart(header: Span, delimiter: Span) -> Violation:
    return Violation(
        header,
        "There is a blank line between this header and its delimiter row",
        help="Remove the blank line",
        note="GitHub shows the table as text",
        related=(Related(delimiter, "The delimiter row"),),
    )


def _without_delimiter(span: Span, lines: int, cells: int) -> Violation:
    return Violation(
        span,
        f"These {lines} lines are table rows without a delimiter row",
        help="Add this line below the first one, if that is the header",
        rows=(f"|{' --- |' * cells}",),
        note="GitHub shows them as text",
    )


RULE = Rule("rejected-table", Group.TABLE, check)

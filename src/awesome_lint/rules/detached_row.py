"""Rows are cut off from their table, so GitHub shows them as text full of pipes.

A blank line ends a table, and so does a line of another kind, like a comment or a list item.  The rows after it
are shown as one long paragraph.

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

A blank line between the table and its rows is removed; a row that is broken across several lines is joined.

## Related rules

`column-count`, `rejected-table`

## When to switch it off

If lines with pipes after a table are meant as text; a comment in the list switches the rule off for just those lines.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from awesome_lint.diagnostic import Applicability, Edit, Fix, Related, Violation
from awesome_lint.markdown import DetachedRows, Document, LinkKind, Paragraph
from awesome_lint.regex import regex
from awesome_lint.repair import Cause, Repair
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.source import Source, Span

_BLANK = " \t\n>"
_ENDS_CELL = regex(r"(?<!\\)\||\n")


def check(context: Context) -> Iterator[Violation]:
    """Yield each group of rows that is cut off from its table."""
    source = context.document.source
    if not context.document.detached_rows:
        return
    broken = _broken_rows(context)
    cut = _cut_links(context.document)
    reaches: dict[Span, bool] = {}
    for group in context.document.detached_rows:
        gap = source[group.gap]
        # What stands above a group keeps the next ones away as well.
        reach = reaches.get(group.table.span, True) and not gap.strip(_BLANK) and group.whole
        fix = _fix(source, group, cut) if reach else None
        reaches[group.table.span] = fix is not None and fix.applicability is Applicability.SAFE
        repair = broken.get(source.position(group.rows[0].span.start).line)
        count = len(group.rows)
        what = f"{count} rows are" if count > 1 else "A row is"
        by = "a blank line" if not gap.strip(_BLANK) else "a line that is not a row"
        by = "a row that is broken across several lines" if repair else by
        yield Violation(
            group.rows[0].span,
            f"{what} cut off from the table above by {by}",
            help=_advice(group, gap) if repair is None else "Write the row on one line",
            note=f"GitHub shows {'them' if count > 1 else 'it'} as text",
            entry=next((cell.text for cell in group.rows[0].cells if cell.text), ""),
            related=(Related(group.table.span, "The table"),),
            fix=repair.fix if repair else fix,
        )


def _advice(group: DetachedRows, gap: str) -> str:
    """What to do about rows that no fix brings back."""
    if not gap.strip(_BLANK) and not group.whole:
        return "Write each row on one line, and remove the blank line above this row"
    if not gap.strip(_BLANK):
        return "Remove the blank line above this row"
    return "Move the row up, so that it follows the table"


def _broken_rows(context: Context) -> dict[int, Repair]:
    """For the number of each line that continues a row, the row's repair."""
    position = context.document.source.position
    return {
        position(span.start).line: repair
        for repair in context.repairs.values()
        if repair.cause is Cause.WRAPPED
        for span in repair.lines[1:]
    }


def _cut_links(document: Document) -> list[int]:
    """Where the links of paragraphs start that hold a pipe or a line break, which ends a cell; sorted."""
    return sorted(
        link.span.start
        for block in document.blocks
        if isinstance(block, Paragraph)
        for link in block.content.links
        if link.kind is not LinkKind.BARE and _ENDS_CELL.search(document.source.text, *link.span)
    )


def _fix(source: Source, group: DetachedRows, cut: Sequence[int]) -> Fix | None:
    """Take out the blank lines between the table and its rows, where no row would lose a cell or a link there."""
    gap = source[group.gap]
    columns = len(group.table.header.cells)
    hidden = any(cell.span.start < cell.span.end for row in group.rows for cell in row.cells[columns:])
    first, last = bisect_left(cut, group.rows[0].span.start), bisect_left(cut, group.rows[-1].span.end)
    is_html = source.text.startswith("<!--", group.rows[0].span.start)  # which ends the table all the same
    if hidden or is_html or first < last or "\n" not in gap:
        return None
    fit = all(len(row.cells) == columns for row in group.rows)
    last_line = gap.rindex("\n")
    return Fix(
        "Remove the blank line above this row",
        (Edit(group.gap, gap[last_line:]),),
        Applicability.SAFE if fit else Applicability.UNSAFE,
    )


RULE = Rule("detached-row", Group.TABLE, check)

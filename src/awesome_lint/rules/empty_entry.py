"""A bullet or row is empty although the others are not.

It is what remains of an entry that was removed, or a template line that was never filled in.  GitHub shows a bullet
without text, or a gap in the table.

If most bullets or rows are empty, they are there to be filled in, and nothing is reported.

## Wrong

```markdown
- [Alpha](https://example.org/alpha)
-
- [Beta](https://example.org/beta)
```

## Right

```markdown
- [Alpha](https://example.org/alpha)
- [Beta](https://example.org/beta)

| Name | Year |
| --- | --- |
| | |
```

## Related rules

`empty-section`, `missing-value`

## When to switch it off

If empty bullets or rows are there for readers to fill in, and there are fewer of them than filled ones.
"""

from __future__ import annotations

from collections.abc import Iterator

from awesome_lint.diagnostic import Severity, Violation
from awesome_lint.markdown import Cell, Document
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.semantic.toc import lists_of


def check(context: Context) -> Iterator[Violation]:
    """Yield the empty bullets and rows of *context*."""
    yield from _bullets(context.document)
    yield from _rows(context.document)


def _bullets(document: Document) -> Iterator[Violation]:
    for bullets in (inner for outer in document.lists for inner in lists_of(outer)):
        empty = [item for item in bullets.items if item.empty]
        if 2 * len(empty) < len(bullets.items):
            for item in empty:
                yield Violation(item.marker, "This bullet is empty", "Remove it, or write the entry")


def _rows(document: Document) -> Iterator[Violation]:
    for table in document.tables:
        empty = [row for row in table.rows if all(map(_is_empty, row.cells))]
        if 2 * len(empty) < len(table.rows):
            for row in empty:
                yield Violation(row.span, "This row is empty", "Remove it, or write the entry", severity=Severity.INFO)


def _is_empty(cell: Cell) -> bool:
    """Whether GitHub shows nothing of *cell*; a comment in it may be a note to those who write the list."""
    content = cell.content
    return not (content.text.strip() or content.links or content.tags or content.comments)


RULE = Rule("empty-entry", Group.ENTRY, check, severity=Severity.WARNING)

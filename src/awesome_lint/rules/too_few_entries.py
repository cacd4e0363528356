"""A section has fewer entries than the configuration requires.

Many lists open a section only once there is enough for it: a table with one row is better merged into another.

Only the configuration says how many entries are needed.

## Configuration

`min-rows` in a schema of `[[tables]]`, `min-items` in one of `[[lists]]`; bullets below an entry belong to it and are
not counted.

## Wrong

```toml
[[lists]]
min-items = 3
```

```markdown
## Editors

- [Ada](https://example.org/ada) - Edits.
- [Bea](https://example.org/bea) - Edits, too.
```

## Right

```toml
[[lists]]
min-items = 3
```

```markdown
## Editors

- [Ada](https://example.org/ada) - Edits.
- [Bea](https://example.org/bea) - Edits, too.
- [Cyd](https://example.org/cyd) - Edits as well.
```

## Related rules

`empty-section`, `stale-count`

## When to switch it off

It reports nothing without a configuration.  For one section, set the number lower there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from awesome_lint.diagnostic import Violation
from awesome_lint.markdown import ListItem
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.source import Span


def check(context: Context) -> Iterator[Violation]:
    """Yield the tables and lists of *context* with too few entries."""
    for table, schema in context.tables_with_schema:
        if schema.min_rows is not None and len(table.rows) < schema.min_rows:
            yield _violation(table.header.span, "table", len(table.rows), schema.min_rows)
    sizes = Counter(entry.container.span for entry in context.entries)
    parts = {
        inner.span for entry in context.entries if isinstance(entry.origin, ListItem) for inner in entry.origin.lists
    }
    for bullets, list_schema in context.lists_with_schema:
        count, least = sizes[bullets.span], list_schema.min_items
        if least is not None and count < least and bullets.span not in parts:
            yield _violation(bullets.items[0].marker, "list", count, least)


def _violation(span: Span, kind: str, count: int, least: int) -> Violation:
    entries = "entry" if count == 1 else "entries"
    return Violation(
        span,
        f"This {kind} has {count} {entries}, fewer than the minimum of {least}",
        "Add entries, or move them to another section",
    )


RULE = Rule("too-few-entries", Group.ENTRY, check)

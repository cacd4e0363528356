"""An entry lacks something that the configuration requires.

A paper without a venue or a tool without a description leaves readers guessing.  Only empty cells are reported: a
placeholder such as `-` or `N/A` says that there is no value.  An empty row is one finding, and a row that sums up the
others (`Total`) needs no values.

Only the configuration says what is required.

## Configuration

`required` in the schema of a column of `[[tables]]`, or of the `description` of `[[lists]]`.  If a value is required
only for certain values of another column, write a condition for the table; there, a placeholder does not count as a
value:

```toml
[[tables]]
conditions = [{ when = { Status = "closed" }, require = ["Closed"] }]
```

## Wrong

```toml
[[tables]]
columns.Venue = { required = true }
```

```markdown
| Paper | Venue |
| --- | --- |
| U-Net | MICCAI |
| V-Net |  |
```

## Right

```toml
[[tables]]
columns.Venue = { required = true }
```

```markdown
| Paper | Venue |
| --- | --- |
| U-Net | MICCAI |
| V-Net | - |
```

## Related rules

`invalid-value`, `mixed-placeholder`, `empty-entry`

## When to switch it off

It reports nothing without a schema.  If the value is optional after all, take `required` out of the schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from awesome_lint.diagnostic import Violation
from awesome_lint.regex import regex
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._bullets import holds_words, read_bullet
from awesome_lint.rules._conditions import missing_values
from awesome_lint.rules._messages import fitted
from awesome_lint.semantic.cells import is_blank
from awesome_lint.semantic.columns import ColumnCell
from awesome_lint.semantic.entries import Entry
from awesome_lint.source import Source, Span

_SUMMARY = regex(
    r"(?:(?:grand|sub)[- ]?)?totals?|sum|average|avg\.?|mean|合计|总计|總計|合計|итого|всего", re.IGNORECASE
)
"""How a row is called that sums up the others."""


def check(context: Context) -> Iterator[Violation]:
    """Yield the places of *context* where a required value is missing."""
    required = (place for place, schema in context.cells_with_schema if schema.required)
    names = context.entry_names
    for _, places in groupby(required, key=lambda place: place.row.span):
        yield from _check_row([*places], names)
    for found in missing_values(context):
        header = found.place.header
        subject = found.subject[0].upper() + found.subject[1:]
        yield Violation(
            found.place.cell.span,
            fitted("{} needs a {} when {}", subject, header, found.reason),
            f"Fill in the {header}",
            entry=found.entry,
        )
    wanted = {bullets.span for bullets, schema in context.lists_with_schema if schema.description.required}
    for entry in context.entries:
        if entry.container.span in wanted and not _is_described(entry, context.document.source):
            yield Violation(
                entry.place,
                fitted("“{}” has no description", entry.title),
                "Describe it in a few words",
                entry=entry.title,
            )


def _is_described(entry: Entry, source: Source) -> bool:
    """Whether words follow the name of *entry*: badges, notes and tags are none."""
    bullet = read_bullet(entry, source) if entry.description else None
    return bool(entry.description) and (bullet is None or bullet.names_links or holds_words(bullet, source))


def _check_row(places: Sequence[ColumnCell], names: Mapping[Span, str]) -> Iterator[Violation]:
    """What the row of *places* lacks, which are its required cells."""
    empty = [place for place in places if is_blank(place.cell)]
    row = places[0].row
    if not empty or any(_SUMMARY.fullmatch(cell.text.strip()) for cell in row.cells):
        return
    if all(map(is_blank, row.cells)):
        yield Violation(empty[0].cell.span, "This row is empty", "Fill it in, or remove it")
        return
    name = names.get(row.span, "")
    for place in empty:
        yield Violation(
            place.cell.span,
            fitted("“{}” has no {}", name, place.header) if name else f"This row has no {place.header}",
            f"Fill in the {place.header}, or write “-” if there is none",
            entry=name,
        )


RULE = Rule("missing-value", Group.COLUMN, check)

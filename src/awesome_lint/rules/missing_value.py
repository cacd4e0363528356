"""An entry lacks something that the configuration requires.

A paper without a venue, a tool without a description: whoever looks for it finds a gap.  An empty cell is a gap; a
placeholder such as `-` or `N/A` says that there is nothing to say, and passes.

The rule knows what is required from the configuration alone.

## Configuration

`required` in the schema of a column of `[[tables]]`, or of the `description` of `[[lists]]`.

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
"""

from __future__ import annotations

from collections.abc import Iterator

from awesome_lint.diagnostic import Violation
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._columns import Place, entry_names
from awesome_lint.rules._schemas import lists_with_schema, places_with_schema


def check(context: Context) -> Iterator[Violation]:
    """Yield the places of *context* where a required value is missing."""
    names = entry_names(context)
    for place, schema in places_with_schema(context):
        if schema.required and _is_empty(place):
            name = names.get(place.row.span, "")
            yield Violation(
                place.cell.span,
                f"“{name}” has no {place.header}" if name else f"This row has no {place.header}",
                f"Fill in the {place.header}, or “-” if there is none",
                entry=name,
            )
    wanted = {bullets.span for bullets, schema in lists_with_schema(context) if schema.description.required}
    for entry in context.entries:
        if entry.container.span in wanted and not entry.description:
            yield Violation(
                entry.place, f"“{entry.title}” has no description", "Say in a few words what it is", entry=entry.title
            )


def _is_empty(place: Place) -> bool:
    return not place.text and not place.cell.content.links and not place.cell.content.broken_links


RULE = Rule("missing-value", Group.COLUMN, check)

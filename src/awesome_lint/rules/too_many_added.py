"""A change adds more entries than the configuration allows.

A pull request with one entry is quick to review and merge; one with ten is held up by the worst of them.  Many lists
accept only one entry at a time.

It runs with `--since`, which names the commit to compare with, and counts the entries that are new since then: an entry
that was moved, renamed, reformatted or given another address is not new.  A list that did not exist then is skipped.

## Wrong

```toml
[rules.too-many-added]
max-added = 1
```

```earlier
- [Alpha](https://example.org/alpha) - Draws maps.
```

```markdown
- [Alpha](https://example.org/alpha) - Draws maps.
- [Beta](https://example.org/beta) - Draws charts.
- [Gamma](https://example.org/gamma) - Draws plans.
```

## Right

```toml
[rules.too-many-added]
max-added = 1
```

```earlier
- [Alpha](https://example.org/alpha) - Draws maps.
- [Beta](https://example.org/beta) - Draws charts.
```

```markdown
- [Beta](https://example.org/beta) - Draws charts.
- [Alpha](https://example.org/alpha/) - Draws many maps.
- [Gamma](https://example.org/gamma) - Draws plans.
```

## Options

- `max-added`: how many entries may be added.  Without it nothing is reported.

## Related rules

`too-few-entries`, `duplicate-entry`

## When to switch it off

It reports nothing without the option.  For one pull request, leave it out with `--ignore too-many-added`.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from awesome_lint.diagnostic import Related, Violation
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.schema.columns import require
from awesome_lint.semantic.matching import match_entries


class Options(Struct, frozen=True, kw_only=True):
    """How many entries may be added."""

    max_added: int | None = None
    """The maximum number of entries that a change may add to a list, compared with the commit that `--since` names."""

    def __post_init__(self) -> None:
        require(self.max_added is None or self.max_added >= 0, "max-added", "must be 0 or more")


def check(context: Context, options: Options) -> Iterator[Violation]:
    """Yield the first entry of *context* that is one too many, with the others that are added."""
    earlier, limit = context.facts.earlier, options.max_added
    if earlier is None or limit is None:
        return
    added = sorted(match_entries(earlier, context.entries).added, key=lambda entry: entry.span)
    if len(added) <= limit:
        return
    excess = added[limit]
    yield Violation(
        excess.place,
        f"This change adds {_counted(len(added))}; the limit is {limit}",
        help="Remove the extra entries and propose them separately" if limit else "Remove the added entries",
        entry=excess.title,
        related=tuple(Related(entry.place, "Also added here", too=True) for entry in added if entry is not excess),
        key="added entries",
    )


def _counted(number: int) -> str:
    return "1 entry" if number == 1 else f"{number:,} entries"


RULE = Rule("too-many-added", Group.ENTRY, check, options=Options)

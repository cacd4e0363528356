"""An entry is missing from another file that lists the same entries, such as a translation.

A list in several languages is kept in step by hand, and entries are added to the original alone.  `[[siblings]]` in the
configuration names the files, the original first.

Entries are told by their addresses, as their names are translated; one whose address the other file has anywhere is
there.  Entries without a web address are left alone.  The message names the section of the other file that has most of
the entries of this one.

## Wrong

```toml
[[siblings]]
files = ["README.md", "README-fr.md"]
```

```sibling
# Cartes

## Éditeurs

- [Alpha](https://example.org/alpha) - Dessine des cartes.
```

```markdown
# Maps

## Editors

- [Alpha](https://example.org/alpha) - Draws maps.
- [Beta](https://example.org/beta) - Draws plans.
```

## Right

```toml
[[siblings]]
files = ["README.md", "README-fr.md"]
```

```sibling
# Cartes

## Éditeurs

- [Alpha](https://example.org/alpha) - Dessine des cartes.
```

```markdown
# Maps

## Editors

- [Alpha](https://example.org/alpha) - Draws maps.
```

## Related rules

`extra-in-sibling`, `duplicate-entry`

## When to switch it off

It says nothing unless the configuration has `[[siblings]]`.  If a file follows later than others, leave it out there.
"""

from __future__ import annotations

from collections.abc import Iterator

from awesome_lint.diagnostic import Severity, Violation
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._siblings import not_in


def check(context: Context) -> Iterator[Violation]:
    """Yield the entries of *context* that a file that follows this one lacks."""
    for listing in context.facts.siblings:
        if not listing.is_base:
            yield from not_in(listing, context.entries)


RULE = Rule("missing-in-sibling", Group.ENTRY, check, severity=Severity.WARNING)

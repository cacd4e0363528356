"""An entry is missing from another file that lists the same entries, such as a translation.

A list in several languages is synchronised by hand, and some entries are added only to the original.  `[[siblings]]` in
the configuration names the files, the original first.

Entries are compared by their addresses, because their names may be translated; the address may be anywhere in the other
file.  Entries without a web address are ignored.  The message names the section of the other file that corresponds to
the section of the entry.

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

It runs only if the configuration has `[[siblings]]`.  If a file lags behind the others, leave it out there.
"""

from __future__ import annotations

from collections.abc import Iterator

from awesome_lint.diagnostic import Severity, Violation
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._siblings import not_in


def check(context: Context) -> Iterator[Violation]:
    """Yield the entries of *context* that are missing from a file that follows this one."""
    for listing in context.facts.siblings:
        if not listing.is_base:
            yield from not_in(listing, context.entries)


RULE = Rule("missing-in-sibling", Group.ENTRY, check, severity=Severity.WARNING)

"""A translation, or another file that follows a list, has an entry that the list itself does not have.

Either the entry was added only to the translation, or it was removed only from the original.  `[[siblings]]` in the
configuration names the files, the original first; `missing-in-sibling` explains how entries are compared.

## Wrong

```toml
[[siblings]]
files = ["README.md", "README-fr.md"]
```

```base
# Maps

## Editors

- [Alpha](https://example.org/alpha) - Draws maps.
```

```markdown
# Cartes

## Éditeurs

- [Alpha](https://example.org/alpha) - Dessine des cartes.
- [Bêta](https://example.org/beta) - Dessine des plans.
```

## Right

```toml
[[siblings]]
files = ["README.md", "README-fr.md"]
```

```base
# Maps

## Editors

- [Alpha](https://example.org/alpha) - Draws maps.
```

```markdown
# Cartes

## Éditeurs

- [Alpha](https://example.org/alpha) - Dessine des cartes.
```

## Related rules

`missing-in-sibling`

## When to switch it off

It runs only if the configuration has `[[siblings]]`.  If a file lags behind the others, leave it out there.
"""

from __future__ import annotations

from collections.abc import Iterator

from awesome_lint.diagnostic import Severity, Violation
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._siblings import not_in


def check(context: Context) -> Iterator[Violation]:
    """Yield the entries of *context* that are missing from the file that it follows."""
    for listing in context.facts.siblings:
        if listing.is_base:
            yield from not_in(listing, context.entries)


RULE = Rule("extra-in-sibling", Group.ENTRY, check, severity=Severity.WARNING)

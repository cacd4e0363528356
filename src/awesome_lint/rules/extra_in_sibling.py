"""A translation, or another file that follows a list, has an entry that the list itself lacks.

Either the entry was added to the translation alone, or it was removed from the original alone.  `[[siblings]]` in the
configuration names the files, the original first.

Entries are told by their addresses, as their names are translated; one whose address the other file has anywhere is
there.  Entries without a web address are left alone.  The message names the section of the other file that has most of
the entries of this one.

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

It says nothing unless the configuration has `[[siblings]]`.  If a file follows later than others, leave it out there.
"""

from __future__ import annotations

from collections.abc import Iterator

from awesome_lint.diagnostic import Severity, Violation
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._siblings import not_in


def check(context: Context) -> Iterator[Violation]:
    """Yield the entries of *context* that the file that it follows lacks."""
    for listing in context.facts.siblings:
        if listing.is_base:
            yield from not_in(listing, context.entries)


RULE = Rule("extra-in-sibling", Group.ENTRY, check, severity=Severity.WARNING)

"""A link label is defined but never used.

Such a leftover does no harm, but it has to be read and maintained for nothing.  If the reference to it is misspelled,
`undefined-reference` reports that.

Definitions used as comments, such as `[//]: # (words)`, are left alone, and so are those with an address that is not
on the web.

## Wrong

```markdown
- [Alpha][alpha] - Draws maps.

[alpha]: https://example.org/alpha
[beta]: https://example.org/beta
```

## Right

```markdown
- [Alpha] - Draws maps.

[alpha]: https://example.org/alpha
[//]: # (Beta is gone since May.)
```

## Related rules

`undefined-reference`, `duplicate-definition`

## When to switch it off

If the definitions come from a generator, or are kept for later.
"""

from __future__ import annotations

from collections.abc import Iterator

from awesome_lint.diagnostic import Severity, Violation
from awesome_lint.markdown import LinkKind
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._links import fold_label
from awesome_lint.text.urls import Target, classify


def check(context: Context) -> Iterator[Violation]:
    """Yield the first definition of each label that no link refers to."""
    document = context.document
    links = (link for link in document.links if link.kind is LinkKind.REFERENCE)
    known = {fold_label(document.source[link.destination_span]) for link in links}
    for definition in document.definitions:
        label = fold_label(definition.label)
        if label not in known and classify(definition.url) is Target.WEB:
            message = f"Nothing refers to the label “{definition.label}”"
            yield Violation(definition.span, message, help="Remove the definition, or refer to it")
        known.add(label)


RULE = Rule("unused-definition", Group.LINK, check, severity=Severity.INFO)

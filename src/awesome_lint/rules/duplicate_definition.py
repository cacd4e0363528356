"""A link label is defined twice with different addresses.

GitHub uses the first `[label]: address` and ignores the others, so every link with that label leads to the first
address, and editing the second one has no effect.

Labels match regardless of case and white space.  A second definition with the same address is harmless and is not
reported.

## Wrong

```markdown
- [Alpha][alpha] - Draws maps.

[alpha]: https://example.org/alpha
[Alpha]: https://example.org/alpha/v2
```

## Right

```markdown
- [Alpha][alpha] - Draws maps.
- [Alpha 2][alpha 2] - Draws plans.

[alpha]: https://example.org/alpha
[alpha 2]: https://example.org/alpha/v2
```

## Related rules

`undefined-reference`, `unused-definition`

## When to switch it off

There is hardly a reason: the second definition has no effect.  A generated file that cannot be changed is better
excluded.
"""

from __future__ import annotations

from collections.abc import Iterator

from awesome_lint.diagnostic import Related, Severity, Violation
from awesome_lint.markdown import LinkReferenceDefinition
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._links import fold_label
from awesome_lint.text.canonical_urls import canonical_url


def check(context: Context) -> Iterator[Violation]:
    """Yield the definitions that GitHub ignores because an earlier one has another address."""
    document = context.document
    first: dict[str, LinkReferenceDefinition] = {}
    for definition in document.definitions:
        known = first.setdefault(fold_label(definition.label), definition)
        if canonical_url(known.url) != canonical_url(definition.url):
            line = document.source.position(known.span.start).line
            yield Violation(
                definition.span,
                f"“{definition.label}” is defined on line {line} with another address, so GitHub ignores this one",
                "Remove the one that is wrong, or give this one a different label",
                related=(Related(known.span, "GitHub uses this definition"),),
            )


RULE = Rule("duplicate-definition", Group.LINK, check, severity=Severity.WARNING)

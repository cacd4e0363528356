"""A repository is archived or disabled: it is no longer maintained.

Only runs with `--links`, and only where GitHub is queried with a token (`GITHUB_TOKEN`).

An archived repository may still be worth its entry; many lists mark such entries, or keep them in a section of their
own.

## Wrong

```markdown
- [Tool](https://github.com/old/tool) - Does things.
```

when the check says

```links
"https://github.com/old/tool" = { verdict = "archived", reason = "archived", advisories = ["archived"] }
```

## Right

```markdown
- [Tool](https://github.com/new/tool) - Does things.
```

when the check says

```links
"https://github.com/new/tool" = { verdict = "ok", status = 200 }
```

## Related rules

`moved-link`, `dead-link`

## When to switch it off

If the list keeps archived projects on purpose, say so once: `severity.archived-repository = "info"`, or ignore the
rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from awesome_lint.diagnostic import Severity, Violation
from awesome_lint.link_status import Advisory
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._online import addresses, checked, placed, subject

_STATES = {
    Advisory.DISABLED: "GitHub has disabled",
    Advisory.ARCHIVED: "its owner has archived",
}


def check(context: Context) -> Iterator[Violation]:
    """Yield each link to a repository that its host says is archived or disabled."""
    found = []
    for destination, status in checked(context):
        state = next((text for advisory, text in _STATES.items() if advisory in status.advisories), None)
        if state:
            violation = Violation(
                destination.place,
                f"{subject(destination)} leads to a repository that {state}",
                help="Say so in the entry, replace it with a successor, or remove it",
                addresses=addresses(destination, status),
            )
            found.append(violation)
    yield from placed(context, found)


RULE = Rule("archived-repository", Group.LINK, check, severity=Severity.WARNING, online=True)

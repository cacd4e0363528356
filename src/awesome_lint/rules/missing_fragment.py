"""A link points to an anchor that its page does not have.

Only runs with `--links` and `--links-fragments`.

The page opens, but at its top instead of at the intended place. It is only reported if the whole page is known and has
other anchors; pages that are built by scripts are left alone.

## Wrong

```markdown
- [Usage](https://docs.site/guide.html#usgae)
```

when the check says

```links
"https://docs.site/guide.html#usgae" = { verdict = "fragment-missing", reason = "no-such-fragment", status = 200 }
```

## Right

```markdown
- [Usage](https://docs.site/guide.html#usage)
```

when the check says

```links
"https://docs.site/guide.html#usage" = { verdict = "ok", status = 200 }
```

## Related rules

`dead-link`, `dangling-anchor`

## When to switch it off

It only runs with `--links-fragments`.  Leave that out if many links lead to pages that are built by scripts.
"""

from __future__ import annotations

from collections.abc import Iterator

from awesome_lint.diagnostic import Severity, Violation
from awesome_lint.link_status import Verdict
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._links import shorten
from awesome_lint.rules._online import addresses, checked, placed, subject


def check(context: Context) -> Iterator[Violation]:
    """Yield each link whose page has no such anchor."""
    found = [
        Violation(
            destination.place,
            f"{subject(destination)} points to the anchor “#{shorten(destination.url.partition('#')[2])}”, "
            "which is not on that page",
            help="Find the heading on the page, and copy its address",
            addresses=addresses(destination, status),
        )
        for destination, status in checked(context)
        if status.verdict is Verdict.FRAGMENT_MISSING
    ]
    yield from placed(context, found)


RULE = Rule("missing-fragment", Group.LINK, check, severity=Severity.WARNING, online=True)

"""A link leads nowhere: its page or its host does not exist, or has failed for a long time.

Only runs with `--links`.

A page is dead if its server says so (404, 410), a host if its name does not exist, each confirmed by a second try.
Sites that block programs (403, 429, challenges) are not dead, and a server that is down today may be up tomorrow: such
failures are info at first, and a warning once they have been seen on three days, the last at least three days after the
first. A refused connection and an invalid certificate become an error once they have been seen on four days within at
least ten; timeouts, resets and 5xx never do, since some servers give them only to programs. The link cache remembers
failures between runs.

## Wrong

```markdown
- [Paper](https://papers.site/2016/lost.pdf)
- [Demo](http://demo.site)
```

when the check says

```links
"https://papers.site/2016/lost.pdf" = { verdict = "dead", reason = "not-found", status = 404 }
"http://demo.site" = { verdict = "refused", reason = "refused", bad-runs = 5, bad-days = 14 }
```

## Right

```markdown
- [Paper](https://papers.site/2016/found.pdf)
- [Journal](https://journal.site/article)
```

when the check says

```links
"https://papers.site/2016/found.pdf" = { verdict = "ok", status = 200 }
"https://journal.site/article" = { verdict = "blocked", reason = "forbidden", status = 403 }
```

## Suggestions

With `--suggest` copies of dead pages are looked up in the web archive; the help text names them.

## Related rules

`moved-link`, `missing-fragment`, `unsafe-target`

## When to switch it off

It only runs with `--links`.  Addresses that are dead on purpose, as in a memorial list, belong under `[[allow]]`.
"""

from __future__ import annotations

from collections.abc import Iterator

from awesome_lint.diagnostic import Severity, Violation
from awesome_lint.link_status import TRANSIENT, LinkStatus, Persistence, Verdict
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._links import Destination
from awesome_lint.rules._online import addresses, checked, placed, subject

_SEVERITIES = {
    Persistence.FRESH: Severity.INFO,
    Persistence.LASTING: Severity.WARNING,
    Persistence.SETTLED: Severity.ERROR,
}


def check(context: Context) -> Iterator[Violation]:
    """Yield each link whose page does not exist, or has not answered."""
    found = []
    for destination, status in checked(context):
        if status.verdict is Verdict.DEAD:
            found.append(_dead(destination, status))
        elif status.verdict is Verdict.INVALID:
            found.append(_invalid(destination, status))
        elif status.verdict in TRANSIENT:
            found.append(_failing(destination, status))
    yield from placed(context, found)


def _dead(destination: Destination, status: LinkStatus) -> Violation:
    way = f"it redirects to {status.final}, and " if status.hops else ""
    copy = f"; the web archive has a copy: {status.snapshot}" if status.snapshot else ""
    return Violation(
        destination.place,
        f"{subject(destination)} is dead: {way}{status.explanation}",
        help=f"Find the new address of the page, or remove the link{copy}",
        addresses=addresses(destination, status),
    )


def _invalid(destination: Destination, status: LinkStatus) -> Violation:
    return Violation(
        destination.place,
        f"{subject(destination)} has an address that no browser can open: {status.explanation}",
        help="Write the address as the browser shows it",
        explained_by=destination.place,
        addresses=addresses(destination, status),
    )


def _failing(destination: Destination, status: LinkStatus) -> Violation:
    persistence = status.persistence
    if persistence is Persistence.FRESH:
        state = "does not answer properly"
        advice = "Wait: this may be temporary, and becomes a warning or an error only if it lasts for days"
    else:
        state = f"has failed on {status.bad_runs} different days within {status.bad_days} days"
        advice = "Find another address for the page, or remove the link"
    return Violation(
        destination.place,
        f"{subject(destination)} {state}: {status.explanation}",
        help=advice,
        severity=_SEVERITIES[persistence],
        addresses=addresses(destination, status),
    )


RULE = Rule("dead-link", Group.LINK, check, online=True)

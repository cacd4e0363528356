"""A link leads into a private network, or to something that is no web page.

Only runs with `--links`.

Such an address works for its author at most, and for others it may open a device in their own network. Private,
link-local and reserved addresses, local names, and ports that do not belong to the web are never requested, whether the
list names them, a redirect or a name server.

## Wrong

```markdown
- [Demo](http://192.168.0.12:8080/)
- [Dashboard](https://short.site/x)
```

when the check says

```links
"http://192.168.0.12:8080/" = { verdict = "unsafe-target", reason = "private-address" }
"https://short.site/x" = { verdict = "unsafe-target", reason = "private-address", hops = ["http://10.0.0.1/admin"] }
```

## Right

```markdown
- [Demo](https://demo.site/)
```

when the check says

```links
"https://demo.site/" = { verdict = "ok", status = 200 }
```

## Options

`--allow-private` lets links of a private list lead to private addresses; it works on the command line only.
"""

from __future__ import annotations

from collections.abc import Iterator

from awesome_lint.diagnostic import Violation
from awesome_lint.link_status import Verdict
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._online import checked, placed, subject


def check(context: Context) -> Iterator[Violation]:
    """Yield each link whose target was refused."""
    found = [
        Violation(
            destination.place,
            f"{subject(destination)} {f'is redirected to {status.final}' if status.hops else 'is no link to the web'}: "
            f"{status.reason.phrase}",
            help="Write the public address of the page, or take the link out",
        )
        for destination, status in checked(context)
        if status.verdict is Verdict.UNSAFE_TARGET
    ]
    yield from placed(context, found)


RULE = Rule("unsafe-target", Group.LINK, check, online=True)

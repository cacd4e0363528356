"""A link leads to a private network, or to something that is not a web page.

Only runs with `--links`.

Such an address works only for its author, if at all, and for others it may open a device in their own network. Private,
link-local and reserved addresses, local names, and ports that do not belong to the web are never requested, whether the
list names them, a redirect or a name server.

Where a name server gives such an address to a public name, the fault may lie with the network in which the check runs:
filters such as Pi-hole, split DNS and some proxies do that to sites that work. So that is only info, and the
link counts as not checked. A redirect that opens an application (`mailto:`, an app store) is only info, too.

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

## Related rules

`dead-link`, `mixed-script-host`

## When to switch it off

It only runs with `--links`.  For a list of addresses within a company, `--allow-private` is the better way.
"""

from __future__ import annotations

from collections.abc import Iterator

from awesome_lint.diagnostic import Severity, Violation
from awesome_lint.link_status import LinkStatus, Reason, Verdict
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._links import Destination
from awesome_lint.rules._online import addresses, checked, placed, subject


def check(context: Context) -> Iterator[Violation]:
    """Yield each link whose target was refused."""
    found = [
        violation for destination, status in checked(context) if (violation := _judge(destination, status)) is not None
    ]
    yield from placed(context, found)


def _judge(destination: Destination, status: LinkStatus) -> Violation | None:
    way = f"redirects to {status.final}" if status.hops else "is not a link to the web"
    if status.reason is Reason.PRIVATE_NAME:
        way = f"redirects to {status.final}, which was not checked" if status.hops else "was not checked"
        advice, severity = "Check it from another network: this one may filter host names", Severity.INFO
    elif status.reason is Reason.OPENS_APP:
        advice, severity = "Link to a web page instead, if there is one", Severity.INFO
    elif status.verdict is Verdict.UNSAFE_TARGET:
        advice, severity = "Write the public address of the page, or remove the link", None
    else:
        return None
    message = f"{subject(destination)} {way}: {status.reason.phrase}"
    return Violation(
        destination.place, message, help=advice, severity=severity, addresses=addresses(destination, status)
    )


RULE = Rule("unsafe-target", Group.LINK, check, online=True)

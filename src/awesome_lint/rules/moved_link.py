"""A link's page has moved for good, and the list still has the old address.

Only runs with `--links`.

Redirects rot: the old server goes away one day, and an old name of a repository can be registered by anyone. Temporary
redirects are left alone, unless they end at a seller of domain names, at an error page, or at the home page of a site
whose deeper page the list meant: then the page is probably gone.

## Wrong

```markdown
- [Tool](http://tool.site/docs)
- [Library](https://github.com/old/library)
- [Startup](https://startup.site/product)
```

when the check says

```links
["http://tool.site/docs"]
verdict = "moved-permanently"
hops = ["https://tool.site/docs"]
replacement = { url = "https://tool.site/docs", safe = true }

["https://github.com/old/library"]
verdict = "moved-permanently"
reason = "renamed"
hops = ["https://github.com/new/library"]
replacement = { url = "https://github.com/new/library", safe = true }

["https://startup.site/product"]
verdict = "moved-temporarily"
hops = ["https://sedo.com/startup.site"]
advisories = ["parked"]
```

## Right

```markdown
- [Tool](https://tool.site/docs)
- [Latest](https://tool.site/latest)
```

when the check says

```links
"https://tool.site/docs" = { verdict = "ok", status = 200 }
"https://tool.site/latest" = { verdict = "moved-temporarily", hops = ["https://tool.site/v2.1"] }
```

## Fix

The new address is written where it is the same page of the same host except for `https`, `www.` or a final slash, and
where GitHub says that the repository was renamed. Another path or host of the same owner is an unsafe fix. Nothing else
is changed: redirects to other sites, home pages, logins, languages and versions need a person, and short links, DOIs
and the like are meant to redirect. Cached results are not fixed: run with `--refresh` for that.

## Related rules

`dead-link`, `archived-repository`, `proxied-link`

## When to switch it off

It only runs with `--links`.  If the list keeps addresses as its sources give them, as a bibliography does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awesome_lint.diagnostic import Applicability, Edit, Fix, Related, Severity, Violation
from awesome_lint.link_status import Advisory, LinkStatus, Verdict
from awesome_lint.markdown import LinkKind
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._links import Destination
from awesome_lint.rules._online import addresses, checked, placed, subject, written_urls
from awesome_lint.source import Span
from awesome_lint.text.urls import as_destination

_GONE = {
    Advisory.PARKED: "its domain is for sale",
    Advisory.HOME_PAGE: "the page itself is probably gone",
    Advisory.ERROR_PAGE: "that is an error page, so the page itself is probably gone",
}


def check(context: Context) -> Iterator[Violation]:
    """Yield each link that redirects for good, or to where its page is not."""
    places = {destination.url: destination.place for destination in written_urls(context.document)}
    found = [
        violation
        for destination, status in checked(context)
        if (violation := _judge(destination, status, places)) is not None
    ]
    yield from placed(context, found)


def _judge(destination: Destination, status: LinkStatus, places: Mapping[str, Span]) -> Violation | None:
    if status.verdict not in (Verdict.MOVED_PERMANENTLY, Verdict.MOVED_TEMPORARILY):
        return None
    for advisory, meaning in _GONE.items():
        if advisory in status.advisories:
            return Violation(
                destination.place,
                f"{subject(destination)} is redirected to {status.final}: {meaning}",
                help="Find the new address of the page, or remove the link",
                addresses=addresses(destination, status),
            )
    if status.verdict is Verdict.MOVED_TEMPORARILY or Advisory.LOGIN in status.advisories:
        return None
    return _moved(destination, status, places)


def _moved(destination: Destination, status: LinkStatus, places: Mapping[str, Span]) -> Violation:
    new = status.replacement.url if status.replacement else status.final
    message = f"{subject(destination)} has moved permanently to {new}"
    if Advisory.DOWNGRADED in status.advisories:
        message += ", without https"
    if new in places:
        return Violation(
            destination.place,
            message,
            help="Keep one of them: the list has that link already",
            related=(Related(places[new], "the link to the new address"),),
            addresses=addresses(destination, status),
        )
    fix = _fix(destination, status)
    advice = f"Write {new}" if status.replacement else f"Check that {new} is the same page, and write its address"
    return Violation(destination.place, message, help=advice, fix=fix, addresses=addresses(destination, status))


def _fix(destination: Destination, status: LinkStatus) -> Fix | None:
    if status.replacement is None or destination.kind is LinkKind.REFERENCE:
        return None
    applicability = Applicability.SAFE if status.replacement.safe else Applicability.UNSAFE
    text = as_destination(status.replacement.url)
    return Fix(f"Write {status.replacement.url}", (Edit(destination.span, text),), applicability)


RULE = Rule("moved-link", Group.LINK, check, severity=Severity.WARNING, online=True)

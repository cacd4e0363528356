"""A link's address begins with a host name, but without `https://`.

GitHub treats `example.org/page` as a file next to the README and shows its “404” page.

Names that could be files are left alone: `README.md`, `main.rs` and `setup.py` also end in top-level domains.  Mail
addresses without `mailto:` are reported as well.

## Wrong

```markdown
- [AMIDA](amida13.example.org)
- [Paper](arxiv.org/abs/1706.03762)
- [Author](author@example.org)
```

## Right

```markdown
- [AMIDA](https://amida13.example.org)
- [Paper](https://arxiv.org/abs/1706.03762)
- [Author](mailto:author@example.org)
- [Guide](docs/guide.md), [licence](LICENSE.md), [script](setup.py)
```

## Fix

`https://` (or `mailto:`) is written before the address.

## Related rules

`missing-file`, `malformed-link`

## When to switch it off

If files beside the README have names that end like host names; `[[allow]]` leaves out one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import unquote

from awesome_lint.diagnostic import Applicability, Violation
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._links import Destination, ListIndex, describe_link, destinations, rewrite
from awesome_lint.text.urls import Target, classify


def check(context: Context) -> Iterator[Violation]:
    """Yield each link that names a host or a mailbox where GitHub sees a file."""
    source = context.document.source
    found = [
        _violation(destination, source[destination.span].strip(), "https://" if target is Target.HOST else "mailto:")
        for destination in destinations(context.document)
        if (target := classify(destination.url)) in (Target.HOST, Target.MAIL)
        and "](" not in destination.url
        and not _is_there(context.facts.exists, destination.url)
    ]
    if found:
        index = ListIndex(context)
        yield from (index.name(violation) for violation in found)


def _is_there(exists: Callable[[str], bool] | None, url: str) -> bool:
    return exists is not None and exists(unquote(url.partition("#")[0].partition("?")[0]))


def _violation(destination: Destination, written: str, prefix: str) -> Violation:
    name = describe_link(destination.text, image=destination.image)
    right = prefix + written
    return Violation(
        destination.place,
        f"{name} has no `{prefix}` before its address",
        help=f"Write {right}",
        note="GitHub links to a file of that name in the repository",
        fix=rewrite(destination, right, Applicability.SAFE),
    )


RULE = Rule("schemeless-link", Group.LINK, check)

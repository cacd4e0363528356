"""A host name mixes scripts whose letters look alike.

The Cyrillic `а` and the Latin `a` look alike, so `exаmple.org` with one is a different site from `example.org` with the
other, and readers cannot see which one a link leads to.

Each part of a host name is judged by itself, as Unicode advises (Technical Standard 39, *Moderately Restrictive*): it
may be written in any one script, in those of Japanese, Chinese or Korean together with Latin, or in Latin with one
other script, except Cyrillic and Greek.  Host names that are written in ASCII, as `xn--exmple-4nf.org`, are read as a
browser would show them.

## Wrong

```markdown
- [Alpha](https://exаmple.org/alpha) - Draws maps.
```

## Right

```markdown
- [Alpha](https://example.org/alpha) - Draws maps.
- [Бета](https://пример.example.org/) - Draws plans.
- [日本語](https://日本語abc.example.org/) - Draws letters.
```

## Related rules

`schemeless-link`, `unsafe-target`

## When to switch it off

There is hardly a reason; a host name that is intended belongs under `[[allow]]`.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from awesome_lint.diagnostic import Severity, Violation
from awesome_lint.markdown import Document, LinkKind
from awesome_lint.regex import regex
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._links import ListIndex
from awesome_lint.source import Span
from awesome_lint.text.scripts import mixed_scripts
from awesome_lint.text.urls import host_of

_ENCODED = "xn--"
_DOT = regex(r"[.。．｡]")
"""What browsers take for the dot of a host name (UTS 46)."""


def check(context: Context) -> Iterator[Violation]:
    """Yield the links and definitions whose host mixes scripts."""
    found = [violation for place, url in _addresses(context.document) if (violation := _judge(place, url))]
    if found:
        index = ListIndex(context)
        yield from (index.name(violation) for violation in found)


def _addresses(document: Document) -> Iterator[tuple[Span, str]]:
    for link in document.links:
        if link.kind is not LinkKind.REFERENCE:
            yield link.span, link.url
    yield from ((definition.span, definition.url) for definition in document.definitions)


def _judge(place: Span, url: str) -> Violation | None:
    if url.isascii() and _ENCODED not in url and "%" not in url:
        return None
    labels = [_decoded(label) for label in _DOT.split(unquote(host_of(url)))]
    mixed = next(filter(None, map(mixed_scripts, labels)), None)
    if mixed is None:
        return None
    usual, *others = mixed
    letters = ", ".join(f"“{''.join(dict.fromkeys(mixed[script]))}” ({script})" for script in others)
    return Violation(
        place,
        f"The host “{'.'.join(labels)}” mixes scripts: {letters} among {usual} letters",
        help=f"Check that {'.'.join(map(_encoded, labels))} is the intended site",
    )


def _decoded(label: str) -> str:
    """*label* as a browser shows it, in lower case."""
    if not label.startswith(_ENCODED):
        return label
    try:
        return label.removeprefix(_ENCODED).encode("ascii").decode("punycode")
    except UnicodeError:
        return label


def _encoded(label: str) -> str:
    return label if label.isascii() else _ENCODED + label.encode("punycode").decode("ascii")


RULE = Rule("mixed-script-host", Group.LINK, check, severity=Severity.WARNING)

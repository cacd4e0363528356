"""A link has no address or no text.

`[pdf]()` looks like a link but leads back to the page it is on; `[](https://example.org)` is invisible.  Such links
are often left as placeholders, and readers click on them in vain.

An image needs no text, and a link around an image has one.  `[back to top](#)` does lead somewhere, and
`### [](#name)Name` is a convention: the invisible link gives the heading an anchor.  An `<a href="…">` without `</a>`
is reported by `truncated-link`.

## Wrong

```markdown
- Alpha [[pdf]]()
- [](https://example.org/beta)
- [Gamma](#)
- ![](<>)
```

## Right

```markdown
- Alpha (no pdf yet)
- [Beta](https://example.org/beta)
- [![](https://example.org/badge.svg)](https://example.org/gamma)
- [Back to top](#)
```

## Related rules

`truncated-link`, `missing-value`

## When to switch it off

If `[pdf]()` is the list's way to say that there is no paper yet; a placeholder such as `-` says so without a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from awesome_lint.diagnostic import Violation
from awesome_lint.markdown import Document, Link, LinkKind
from awesome_lint.regex import regex
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._links import ListIndex, describe_link, invisible_anchors
from awesome_lint.rules._messages import fitted
from awesome_lint.text.urls import Target, classify

_UPWARDS = regex(
    r"\b(?:top|up|home|toc|contents?|index|start|begin(?:ning)?)\b|[\u2191\u21e7\u2b06\u2b61\u25b2\u25b4\U0001f51d\U0001f53c]"
    r"|[\u2934\u23eb\u261d]|顶|頂|返回|回到|トップ|上へ|上に|맨\s*위|위로|наверх|вверх|oben|arriba|inicio|haut|topo|início|inizio",
    re.IGNORECASE,
)
_HTML_SPACE = regex(r"(?:\s|&nbsp;|<!--.*?-->)*", re.DOTALL)


def check(context: Context) -> Iterator[Violation]:
    """Yield each link without an address or without a text, once."""
    document = context.document
    hidden = invisible_anchors(document)
    found = [v for link in document.links if link.span not in hidden and (v := _empty(document, link))]
    if found:
        index = ListIndex(context)
        yield from (index.name(violation) for violation in found)


def _empty(document: Document, link: Link) -> Violation | None:
    is_unclosed = link.kind is LinkKind.HTML and not link.image and link.text_span.start == link.span.end
    if link.kind not in (LinkKind.INLINE, LinkKind.HTML) or is_unclosed:
        return None
    without_text = not link.image and _HTML_SPACE.fullmatch(document.source[link.text_span]) is not None
    name = describe_link(link.text, image=link.image)
    if classify(link.url) is Target.NOTHING:
        if link.url.strip() and _UPWARDS.search(link.text):
            return None
        if without_text:
            return Violation(link.span, "This link has no text and no address", help="Fill it in, or remove it")
        where = "leads nowhere: its address is only `#`" if link.url.strip() else "has no address"
        advice = f"Write the address, or remove the {'image' if link.image else 'link'}"
        return Violation(link.span, f"{name} {where}", help=advice)
    if without_text and not _is_target(link):
        return Violation(
            link.span,
            fitted("This link to {} has no text, so readers cannot see it", link.url),
            help="Write its text between [ and ]",
        )
    return None


def _is_target(link: Link) -> bool:
    """Whether *link* is an anchor of a heading, which HTML may leave empty."""
    return link.kind is LinkKind.HTML and link.url.startswith("#")


RULE = Rule("empty-link", Group.LINK, check)

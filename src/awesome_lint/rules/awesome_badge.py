"""The list has no Awesome badge next to its title.

A list that is on, or wants to be on, the [list of awesome lists](https://github.com/sindresorhus/awesome) shows its
badge next to the title.  Any variant will do (`badge.svg`, `badge-flat.svg`, `badge-flat2.svg`), as long as it comes
before the first section and from `awesome.re`: copies in repositories and caches are not kept up to date.

## Wrong

```markdown
# Awesome Maps

> Programs that draw maps.
```

```markdown
# Awesome Maps [![Awesome](https://cdn.rawgit.com/sindresorhus/awesome/d7305f3/media/badge.svg)](https://awesome.re)
```

## Right

```markdown
# Awesome Maps [![Awesome](https://awesome.re/badge.svg)](https://awesome.re)

> Programs that draw maps.
```

## Fix

The badge is inserted after the title, unless a link points to the title, whose anchor the badge would change.  The
address of a badge from elsewhere is replaced.

## Related rules

`ci-badge`, `single-title`, `missing-community-file`, `license-section`

## When to switch it off

It is off unless it is named, or the configuration has `extends = "awesome"`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from awesome_lint.diagnostic import Applicability, Edit, Fix, Violation
from awesome_lint.markdown import Document, Heading, Link, LinkKind
from awesome_lint.regex import regex
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._messages import fitted
from awesome_lint.rules._whole_file import may_be_badge, required, top_of
from awesome_lint.source import Span

_BADGE = regex(r"https?://(?:www\.)?awesome\.re/badge(?:-flat2?)?(?:\.svg)?", re.IGNORECASE)
_COPY = regex(
    r"https?://([^/\s]+)/(?:\S*/)?sindresorhus/awesome[@/]\S*/(badge(?:-flat2?)?\.svg)(?:\?\S*)?", re.IGNORECASE
)
_REQUIREMENT = "the Awesome badge next to the title"
_MARKDOWN = " [![Awesome](https://awesome.re/badge.svg)](https://awesome.re)"


def check(context: Context) -> Iterator[Violation]:
    """Yield the title, or the start, of a document without the badge, or the badge where it is a copy."""
    document = context.document
    headings = document.headings
    end = next((each.span.start for each in headings[1:]), len(document.source.text))
    images = [each for each in document.links if may_be_badge(each) and each.span.start < end]
    if any(_BADGE.fullmatch(each.url) for each in images):
        return
    for image in images:
        if copy := _COPY.fullmatch(image.url):
            yield _replaced(image, copy[1], f"https://awesome.re/{copy[2].lower()}")
            return
    title = headings[0] if headings and headings[0].level == 1 else None
    yield Violation(
        top_of(document),
        "The list has no Awesome badge next to its title",
        help="Add after the title: [![Awesome](https://awesome.re/badge.svg)](https://awesome.re)",
        note=required(_REQUIREMENT),
        fix=_inserted(title, document) if title else None,
    )


def _replaced(image: Link, host: str, url: str) -> Violation:
    edit = Edit(image.destination_span, url, replaces=image.url)
    return Violation(
        image.span,
        fitted("The Awesome badge is loaded from {}, not from awesome.re", host),
        help=f"Write the address {url}",
        note=required(_REQUIREMENT),
        fix=Fix(f"Write {url}", (edit,), Applicability.SAFE) if image.kind is LinkKind.INLINE else None,
        addresses=(image.url,),
    )


def _inserted(title: Heading, document: Document) -> Fix | None:
    end = title.content.span.end
    if not title.text or any(each.url == f"#{title.anchor}" for each in document.links):
        return None
    return Fix("Add the badge", (Edit(Span(end, end), _MARKDOWN),), Applicability.SAFE)


RULE = Rule("awesome-badge", Group.FILE, check, default=False)

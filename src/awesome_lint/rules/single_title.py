"""The document has no title, or more than one.

A list has one level-1 heading, its title, which comes before all others; sections start at level 2.  GitHub's outline,
search engines and screen readers treat the title as the name of the page.

The title may be an image instead of a heading: a paragraph or an HTML block with an image before the first heading.

## Wrong

```markdown
# Awesome Maps

# Editors

- [Alpha](https://example.org/alpha) - Draws maps.
```

```markdown
## Awesome Maps

- [Alpha](https://example.org/alpha) - Draws maps.
```

## Right

```markdown
# Awesome Maps

## Editors
```

## Related rules

`awesome-badge`, `stale-contents`

## When to switch it off

It is off unless it is named, or the configuration has `extends = "awesome"`.
"""

from __future__ import annotations

from collections.abc import Iterator

from awesome_lint.diagnostic import Shared, Violation
from awesome_lint.markdown import Document, HtmlBlock
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._messages import fitted
from awesome_lint.rules._whole_file import required, top_of
from awesome_lint.source import Span

_ONE = "one title, a level-1 heading"


def check(context: Context) -> Iterator[Violation]:
    """Yield the place where the title is missing, and each heading of level 1 after the first."""
    document = context.document
    titles = sorted(_titles(document))
    for place, name in titles[1:]:
        subject = "“{}”" if name else "This heading"
        yield Violation(
            place,
            fitted(f"{subject} is another title; a list should have only one", *([name] if name else [])),
            help="Make it a level-2 heading",
            note=required(_ONE),
            shared=Shared("", "{count} headings are additional titles; a list should have only one"),
        )
    first = document.headings[0] if document.headings else None
    if not titles and not _has_image(document, before=first.span.start if first else len(document.source.text)):
        yield Violation(
            top_of(document),
            "The list has no title (a level-1 heading)",
            help="Add a title line: # Title",
            note=required(_ONE),
        )


def _titles(document: Document) -> Iterator[tuple[Span, str]]:
    """The places of the headings of level 1, in Markdown or HTML, each with its text, if that is known."""
    yield from ((each.content.span, each.text) for each in document.headings if each.level == 1)
    for block in document.blocks:
        if isinstance(block, HtmlBlock):
            yield from ((tag.span, "") for tag in block.tags if tag.name == "h1" and not tag.closing)


def _has_image(document: Document, before: int) -> bool:
    return any(link.image and link.span.start < before for link in document.links)


RULE = Rule("single-title", Group.FILE, check, default=False)

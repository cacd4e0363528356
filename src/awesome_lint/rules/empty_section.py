"""A heading has nothing under it, or no text.

Readers who follow the table of contents to such a section find nothing.  Often its entries were moved, or someone
meant to fill it later.

A heading that is followed by a deeper one is not empty, and neither is one that is itself a link, also to
another section, or a sentence ("Want more?").  Comments, dividers, bare anchors (`<a name="x"></a>`) and an empty
bullet do not count as content, except for comments that tell a generator to include something.  `#### ****` is a
heading whose bold text is missing: GitHub shows the asterisks.

## Wrong

```markdown
## Recurrent networks

-

#### ****

## Generative networks

- [StarGAN](https://example.org/stargan)
```

## Right

```markdown
## Networks

### Generative networks

- [StarGAN](https://example.org/stargan)

### [Recurrent networks](recurrent.md)

### Graph networks

*Nothing yet.*
```

## Related rules

`too-few-entries`, `empty-entry`

## When to switch it off

While a list is being built and its sections are opened before they have entries.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from awesome_lint.diagnostic import Severity, Violation
from awesome_lint.markdown import Block, Heading, HtmlBlock, Link, Paragraph, ThematicBreak
from awesome_lint.regex import regex
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._messages import fitted
from awesome_lint.source import Source, Span

_VISIBLE_TAGS = frozenset({"audio", "embed", "iframe", "img", "input", "object", "picture", "svg", "video"})
_EMPTY_BULLET = regex(r"^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]*$", re.MULTILINE)
_INCLUSION = regex(r"\b(?:auto|begin|embed|generated?|include|insert|start|toc)\b", re.IGNORECASE)
_OFTEN = 3
_SENTENCE_ENDS = ("?", "!", "…", "...", ":", "？", "！", "：", "。")
_SENTENCE = 4
"""How many words before a full stop make a sentence; "Misc." and "Libraries etc." are titles."""
_WITHOUT_TEXT = regex(r"\*{4}|_{4}")


def check(context: Context) -> Iterator[Violation]:
    """Yield the headings of *context* with nothing under them."""
    source = context.document.source
    headings = context.document.headings
    repeated = _repeated(headings)
    bare: Heading | None = None
    for block in context.document.blocks:
        if isinstance(block, Heading):
            if _has_only_marks(block):
                yield _without_text(block)
            if bare and block.level <= bare.level and not _is_title(bare, block, headings[0]):
                below = source[Span(bare.span.end, block.span.start)]
                is_divided = block.level == bare.level and block.text in repeated and not _EMPTY_BULLET.search(below)
                if not is_divided:
                    yield _violation(bare, below)
            bare = None if _is_complete(block, source) else block
        elif _is_visible(block, source):
            bare = None
    if bare:
        yield _violation(bare, source.text[bare.span.end :])


def _is_title(heading: Heading, following: Heading, first: Heading) -> bool:
    """Whether *heading* names the list, or is a line above its name: everything is under it, whatever its level."""
    return heading is first and (heading.level == 1 or following.level < heading.level)


def _violation(heading: Heading, below: str) -> Violation:
    content = "only an empty bullet" if _EMPTY_BULLET.search(below) else "nothing"
    return Violation(
        heading.span,
        fitted("The section “{}” has {} under it", heading.text.strip(), content),
        help="Add its entries, or remove the heading and its item in the table of contents",
    )


def _has_only_marks(heading: Heading) -> bool:
    """Whether all that *heading* shows are the marks of bold text with nothing between them."""
    return _WITHOUT_TEXT.fullmatch(heading.text.strip()) is not None and not heading.content.code_spans


def _without_text(heading: Heading) -> Violation:
    return Violation(
        heading.span,
        f"This heading has no text, only `{heading.text.strip()}`",
        help="Write its text between the marks, or remove the heading",
    )


def _repeated(headings: Iterable[Heading]) -> frozenset[str]:
    """The headings that occur often: they divide the section before them, even if their level is wrong."""
    counts = Counter(heading.text for heading in headings)
    return frozenset(text for text, count in counts.items() if count >= _OFTEN)


def _is_complete(heading: Heading, source: Source) -> bool:
    """Whether the heading is all there is to show: a link to another page, a badge, a sentence, no text at all."""
    text = heading.text.strip()
    is_link = any(link.image or _leads_away(link, heading) for link in heading.content.links)
    # Who writes "---" below a line without an empty line in between wants a thematic break.
    is_accident = heading.level == 2 and source[heading.span].endswith("-") and not source[heading.span].startswith("#")
    is_sentence = text.endswith(_SENTENCE_ENDS) or (text.endswith(".") and len(text.split()) >= _SENTENCE)
    return not text or is_link or is_accident or is_sentence or _has_only_marks(heading)


def _leads_away(link: Link, heading: Heading) -> bool:
    """Whether *link* leads to another page, or is all of *heading* and leads to another section."""
    is_whole = link.text.strip() == heading.text.strip()
    return not link.url.startswith("#") or (is_whole and unquote(link.url[1:]) != heading.anchor)


def _is_visible(block: Block, source: Source) -> bool:
    if isinstance(block, ThematicBreak):
        return False
    if isinstance(block, Paragraph):
        return bool(block.content.text.strip() or block.content.links)
    if isinstance(block, HtmlBlock):
        is_shown = any(tag.name in _VISIBLE_TAGS for tag in block.tags) or bool(_html_text(block, source).strip())
        return is_shown or any(_INCLUSION.search(source[comment]) for comment in block.comments)
    return True


def _html_text(block: HtmlBlock, source: Source) -> str:
    """What stands between the tags and comments of *block*."""
    parts: list[str] = []
    done = block.span.start
    for span in sorted((*block.comments, *(tag.span for tag in block.tags))):
        parts.append(source.text[done : span.start])
        done = max(done, span.end)
    return "".join((*parts, source.text[done : block.span.end])).replace("&nbsp;", " ")


RULE = Rule("empty-section", Group.SECTION, check, severity=Severity.WARNING)

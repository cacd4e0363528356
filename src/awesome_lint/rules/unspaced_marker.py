"""A `-` or `##` at the start of a line has no space after it, so GitHub shows no bullet or heading.

`-[Name](address)` is text.  After a bullet it becomes part of the entry above, and is missing when entries
are counted or sorted.  `##Papers` is shown with its number signs, and no table of contents can link to it.

The rule reports:

- `-`, `+` and `1.` directly before a link or a task box, and between bullets of the same kind also `*`;
- between bullets of the same kind, any bullet directly before bold text, code or a word, unless that starts with a
  lower-case letter (as `-v` does);
- two to six `#` directly before a word; a single `#` only at the start of the document, since `#topic` is a hashtag.

`*[Name](address)*` is emphasis.

## Wrong

```markdown
- [Alpha](https://example.org/alpha)
-[Beta](https://example.org/beta)
```

```markdown
##Papers

- [Alpha](https://example.org/alpha)
```

## Right

```markdown
## Papers

- [Alpha](https://example.org/alpha)
- [Beta](https://example.org/beta)

*[Gamma](https://example.org/gamma)* is #1 of all.
```

## Fix

The space is inserted.  That is safe before links and task boxes between bullets of the same kind and where
`##Papers` is all of its paragraph, and unsafe otherwise.

## Related rules

`entry-style`, `broken-emphasis`

## When to switch it off

If lines begin with `-` or `#` and are meant as text; a backslash before the marker tells GitHub so as well.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TypeVar

from awesome_lint.diagnostic import Applicability, Edit, Fix, Severity, Violation
from awesome_lint.markdown import Document, List, ListItem, Paragraph
from awesome_lint.regex import regex
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._links import shorten
from awesome_lint.source import Span, Spans

_LINE_START = regex(r"^[ \t>]*", re.MULTILINE)
_BULLET = regex(r"(?P<marker>[-*+]|\d{1,4}[.)])(?=\[)")
_TASK = regex(r"\[[ xX]\][ \t]+\S")
_TEXT = regex(r"(?P<marker>[-*+])(?=[^\W\d_]|\*\*[\w\[]|`|!\[|[^\x00-\x7f])")
_HEADING = regex(r"(?P<marker>#{1,6})(?=[^\W_]|[*\[]|[^\x00-\x7f])")
_INDENTED_CODE = 4
_INDENTED = regex(r"\n[ \t>]*(?:\t| {4})")


def check(context: Context) -> Iterator[Violation]:
    """Yield the lines of text that begin with a marker without a space."""
    document = context.document
    has_title = any(heading.level == 1 for heading in document.headings)
    for block in document.blocks:
        if isinstance(block, Paragraph):
            text = _Text(document, block)
            for place in text.line_starts():
                may_be_title = block is document.blocks[0] and not has_title
                if heading := text.heading_at(place, may_be_title=may_be_title):
                    yield _unspaced_heading(document, block, heading)
                elif bullet := text.bullet_at(place):
                    yield from _unspaced_bullet(text, bullet)


class _Text:
    """A paragraph, and what has to be known about it to tell markers from text."""

    def __init__(self, document: Document, block: Paragraph) -> None:
        self.source = document.source
        self.document = document
        self.content = block.content

    def line_starts(self) -> Iterator[int]:
        """Where the text of each line begins, save those within code, links and comments."""
        content = self.content
        taken = Spans((*content.code_spans, *content.comments, *(link.span for link in content.links)))
        yield content.span.start
        for match in _LINE_START.finditer(self.source.text, content.span.start + 1, content.span.end):
            if match.start() not in taken:
                yield match.end()

    @cached_property
    def names(self) -> dict[int, str]:
        """The texts of the links, also of broken ones, by their offsets."""
        found = {link.span.start: link.text for link in self.content.links}
        return found | {link.span.start: link.text for link in self.content.broken_links}

    @cached_property
    def item(self) -> ListItem | None:
        """The innermost item of a list in which the paragraph stands."""
        found, lists = None, self.document.lists
        while (outer := _last_at(lists, self.content.span.start)) and (
            item := _last_at(outer.items, self.content.span.start)
        ):
            found, lists = item, item.lists
        return found

    def heading_at(self, place: int, *, may_be_title: bool) -> Span | None:
        """The number signs at *place* that were meant for a heading."""
        match = _HEADING.match(self.source.text, place, self.content.span.end)
        if match is None:
            return None
        whole = self.source[self.content.span]
        is_hashtag = len(match["marker"]) == 1 and not (may_be_title and "\n" not in whole and "#" not in whole[1:])
        return None if is_hashtag else Span(*match.span("marker"))

    def bullet_at(self, place: int) -> re.Match[str] | None:
        """The marker at *place*, if what follows it would be an entry."""
        match = _BULLET.match(self.source.text, place, self.content.span.end)
        match = match or _TEXT.match(self.source.text, place, self.content.span.end)
        if match is None or (match["marker"] == "*" and self.line_after(place).count("*") > 1):
            return None  # nothing, or emphasis
        if match.re.pattern == _TEXT.pattern:
            return match
        is_task = _TASK.match(self.source.text, match.end(), self.content.span.end) is not None
        return match if is_task or match.end() in self.names else None

    def line_after(self, place: int) -> str:
        """The rest of the line from *place* on."""
        line = self.source.line_span(self.source.position(place).line)
        return self.source[Span(place, min(self.content.span.end, line.end))]


_Spanned = TypeVar("_Spanned", List, ListItem)


def _last_at(spanned: Sequence[_Spanned], place: int) -> _Spanned | None:
    """The one of *spanned*, which are in source order and apart, that holds *place*."""
    index = bisect_right(spanned, place, key=lambda each: each.span.start) - 1
    return spanned[index] if index >= 0 and place < spanned[index].span.end else None


def _unspaced_bullet(text: _Text, match: re.Match[str]) -> Iterator[Violation]:
    source, item, marker = text.source, text.item, Span(*match.span("marker"))
    is_first = item is not None and item.content is not None and item.content.span.start == marker.start
    column = source.position(marker.start).column
    is_between = (
        item is not None
        and not is_first
        and source.position(item.marker.start).column == column
        and _kind(source[item.marker]) == _kind(match["marker"])
    )
    is_text = match.re.pattern == _TEXT.pattern and (not is_between or source.text[marker.end].islower())
    # A star before a link may be the mark of a footnote.
    if is_first or is_text or (match["marker"] == "*" and not is_between):
        return
    # A dash and a name may attribute the quotation above.
    is_safe = is_between and match.re.pattern != _TEXT.pattern
    applicability = Applicability.SAFE if is_safe else Applicability.UNSAFE
    # Only a list that begins with 1 can interrupt a paragraph (https://github.github.com/gfm/#list-items).
    can_interrupt = not match["marker"][0].isdigit() or match["marker"][:-1] == "1"
    may_begin = marker.start == text.content.span.start or can_interrupt
    can_begin_list = is_between or (item is None and column <= _INDENTED_CODE and may_begin)
    fix = Fix("Add the space", (Edit(Span(marker.end, marker.end), " "),), applicability)
    name = text.names.get(marker.end) or text.line_after(marker.end)
    yield Violation(
        marker,
        f"The `{match['marker']}` before “{shorten(name)}” has no space after it",
        help=f"Write `{match['marker']} ` with a space",
        note="GitHub shows no bullet",
        # The entry is lost: GitHub shows its text within the entry above.
        severity=Severity.ERROR if is_safe else None,
        fix=fix if can_begin_list else None,
    )


def _kind(marker: str) -> str:
    """What bullets of one list share: the bullet, or what follows the number."""
    return marker.strip()[-1]


def _unspaced_heading(document: Document, block: Paragraph, marker: Span) -> Violation:
    source = document.source
    line = source.line_span(source.position(marker.start).line)
    is_alone = block.content.span.start == marker.start and block.content.span.end <= line.end
    title = shorten(source[Span(marker.end, min(line.end, block.span.end))])
    applicability = Applicability.SAFE if is_alone else Applicability.UNSAFE
    fix = Fix("Add the space", (Edit(Span(marker.end, marker.end), " "),), applicability)
    return Violation(
        marker,
        f"The `{source[marker]}` before “{title}” has no space after it",
        help=f"Write `{source[marker]} ` with a space",
        note="GitHub shows no heading",
        # After a heading, an indented line is no longer text but code.
        fix=None if not is_alone and _INDENTED.match(source.text, line.end, block.span.end) else fix,
    )


RULE = Rule("unspaced-marker", Group.SECTION, check, severity=Severity.WARNING)

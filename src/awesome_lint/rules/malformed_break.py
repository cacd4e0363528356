"""A line break is not written as `<br>`.

`</br>` is an end tag without a start tag: browsers show a line break, but other programs drop it.  `<br/ >` and
`< br>` are not tags, so GitHub shows them as text.

There is one finding per table or text, as some lists have hundreds.

## Wrong

```markdown
| Title | Authors |
| --- | --- |
| Alpha </br> Beta | Gamma<br/ >Delta |
```

## Right

```markdown
| Title | Authors |
| --- | --- |
| Alpha <br> Beta | Gamma<br/>Delta |
| Epsilon<br />Zeta | `</br>` |
```

## Fix

`<br>` is written in its place.

## Related rules

`broken-emphasis`

## When to switch it off

If the README is only rendered by programs that accept `</br>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from awesome_lint.diagnostic import Applicability, Edit, Fix, Related, Severity, Violation
from awesome_lint.markdown import Block, Document, Heading, HtmlBlock, Inline, Paragraph, RejectedTable, Table
from awesome_lint.regex import regex
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.source import Span, Spans

_BREAK = "<br>"
_MISSPELT = regex(
    r"<(?:[ \t]{1,4}[/\\]?|[/\\])[ \t]{0,4}br[ \t]{0,4}[/\\]?[ \t]{0,4}>|<br[ \t]{0,4}(?:\\|/[ \t]{1,4})>",
    re.IGNORECASE,
)
"""Spellings that are no tags of CommonMark, save ``</br>``."""


def check(context: Context) -> Iterator[Violation]:
    """Yield the misspelt line breaks of each block."""
    document = context.document
    for block in document.blocks:
        places = list(_misspelt(document, block))
        if places:
            written = document.source[places[0]]
            yield Violation(
                places[0],
                f"The line break is written as `{written}`",
                help=f"Write {_BREAK}",
                severity=Severity.WARNING,
                related=tuple(Related(place, "Here too", too=True) for place in places[1:]),
                fix=Fix(
                    f"Write {_BREAK}",
                    tuple(Edit(place, _BREAK, document.source[place]) for place in places),
                    Applicability.SAFE,
                ),
            )


def _misspelt(document: Document, block: Block) -> Iterator[Span]:
    if isinstance(block, HtmlBlock):
        yield from (tag.span for tag in block.tags if tag.name == "br" and tag.closing)
    elif isinstance(block, Heading | Paragraph):
        yield from _in_text(document, block.content)
    elif isinstance(block, Table | RejectedTable):
        for row in (block.header, *block.rows):
            for cell in row.cells:
                yield from _in_text(document, cell.content)


def _in_text(document: Document, inline: Inline) -> Iterator[Span]:
    hidden = Spans((*inline.code_spans, *inline.comments, *(link.destination_span for link in inline.links)))
    for match in _MISSPELT.finditer(document.source.text, *inline.span):
        if document.source.text[match.start() - 1] != "\\" and match.start() not in hidden:
            yield Span(*match.span())


RULE = Rule("malformed-break", Group.ENTRY, check, severity=Severity.WARNING)

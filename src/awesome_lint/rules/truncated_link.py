"""A link is cut off: its `)`, its `]`, a quotation mark or the rest of its address is missing.

GitHub shows such a link as text, with its brackets.  In a table it is worse: the `|` after the link is often
gone as well, and then every value to the right is in the wrong column.

The rule reports links that are never closed, addresses that a space breaks off, addresses that end in `…` or in the
middle of a percent escape, and `<a href="…">` or `<img src="…">` whose quote, `>` or `</a>` is missing.

## Wrong

```markdown
| Title | Data | Year |
| --- | --- | --- |
| AggNet [pdf](https://example.org/aggnet.pdf | AMIDA | 2016 |
| DeepLung [pdf](https://example.org/deeplung.pdf) | [LIDC](https://example.org/lidc  2018 |
```

```markdown
- [Alpha](https://example.org/a-long-addr…)
- [Beta](https://example.org/caf%C3%A)
- <a href="https://example.org/gamma>Gamma</a>
```

## Right

```markdown
| Title | Data | Year |
| --- | --- | --- |
| AggNet [pdf](https://example.org/aggnet.pdf) | AMIDA | 2016 |
| DeepLung [pdf](https://example.org/deeplung.pdf) | [LIDC](https://example.org/lidc) | 2018 |
```

```markdown
- [Alpha](https://example.org/a-long-address)
- [Beta](https://example.org/caf%C3%A9)
- <a href="https://example.org/gamma">Gamma</a>
- [Function](https://en.wikipedia.org/wiki/Function_(mathematics))
```

## Fix

The missing `)`, `]` or quotation mark is inserted where the address ends.  If a `|` is gone as well, the whole table
row is restored.  Missing parts of an address cannot be restored.

## Related rules

`malformed-link`, `column-count`, `proxied-link`

## When to switch it off

Never for links.  Text that has an open `[` or `(` on purpose belongs in code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from awesome_lint.diagnostic import Applicability, Edit, Fix, Violation
from awesome_lint.markdown import BrokenKind, BrokenLink, Document, HtmlBlock, HtmlTag, Link, LinkKind
from awesome_lint.markdown.destination import escapes
from awesome_lint.regex import regex
from awesome_lint.repair import Repair
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._links import (
    ListIndex,
    RowShape,
    describe_link,
    holds_link,
    is_truncated,
    shorten,
    stolen_parens,
)
from awesome_lint.source import Span, Spans
from awesome_lint.text.urls import Target, classify

_CUT = regex(r"(?:\.{3}|\u2026)\Z|%[0-9A-Fa-f]?\Z")
_EMPHASIS = regex(r"(?<![*_\\])(?:\*{1,3}|_{1,3})\Z")
_LONGEST_EMPHASIS = 4
_SWALLOWED = regex(r"[<>]|\s[a-z-]+=", re.IGNORECASE)
_ATTRIBUTES = regex(r"\s*/?>|\s+[A-Za-z][\w:-]*\s*=")


def check(context: Context) -> Iterator[Violation]:
    """Yield every link that is cut off."""
    document = context.document
    broken = [link for link in document.broken_links if is_truncated(link)]
    cut = list(_cut_links(document))
    stolen = stolen_parens(document)
    unclosed = list(_unclosed_tags(document))
    if not (broken or cut or stolen or unclosed):
        return
    index = ListIndex(context)
    explained: set[Span] = set()
    for link in broken:
        row = index.row_at(link.span.start)
        is_first = row is not None and row.span not in explained
        if row:
            explained.add(row.span)
        yield _broken(context, link, row, is_first=is_first, entry=index.entry_at(link.span.start))
    for whole in cut:
        yield _cut(whole, index.entry_at(whole.span.start))
    for whole in stolen:
        yield _stolen(document, whole, index.entry_at(whole.span.start))
    for tag in unclosed:
        yield Violation(
            tag.span,
            "This `<a href=…>` is never closed: its `</a>` is missing",
            help="Add `</a>` where the text of the link ends",
            entry=index.entry_at(tag.span.start),
            note="The link includes the text that follows",
        )


def _broken(context: Context, link: BrokenLink, row: RowShape | None, *, is_first: bool, entry: str) -> Violation:
    message, advice = _describe(context.document, link)
    notes = ["GitHub shows it as text"] if link.kind is BrokenKind.SPACED else []
    is_short = row is not None and row.cells < row.columns
    if row and is_short and is_first:
        message += ", and so is the `|` after it"
        notes.append(f"the row has only {row.cells} of its {row.columns} cells")
    repair = context.repairs.get(row.span) if row else None
    if repair is None:
        fix = None if is_short else _closing(context.document, link)
        return Violation(link.span, message, help=advice, entry=entry, fix=fix, note=_sentence(notes))
    advice, rows = _advise(repair, advice)
    if is_first:
        notes += repair.losses
    else:
        rows = ()  # the row is offered once
    return Violation(link.span, message, advice, entry, fix=repair.fix, note=_sentence(notes), rows=rows)


def _sentence(clauses: Sequence[str]) -> str:
    joined = "; ".join(clauses)
    return joined[:1].upper() + joined[1:]


def _advise(repair: Repair, otherwise: str) -> tuple[str, tuple[str, ...]]:
    """What to do, and the rows that may have been meant."""
    if repair.fix:
        return "Write the row as", (repair.row,)
    return ("Choose the row that was meant", repair.readings) if repair.readings else (otherwise, ())


def _describe(document: Document, link: BrokenLink) -> tuple[str, str]:
    """The message and the help."""
    name = describe_link(link.text, image=link.image)
    if link.kind is BrokenKind.TAG:
        tag = "<img src=…>" if link.image else "<a href=…>"
        return f"This `{tag}` is missing the quote or the `>` after its address", "Add the quote after the address"
    if link.kind is BrokenKind.SPACED:
        return (
            f"{name} is broken by a space in its address",
            "Add `)` where the address ends, or write `%20` for a space that belongs to it",
        )
    if _has_lost_bracket(document, link):
        return f"{name} is missing the `]` between its text and its address", "Write it as [text](address)"
    if not link.destination:
        return f"{name} is missing its address and its `)`", f"Write the address: [{shorten(link.text)}](https://…)"
    if _CUT.search(link.destination):
        return f"{name} is cut off in the middle of its address, and its `)` is missing", "Write the full address"
    return f"{name} is never closed: its `)` is missing", "Add the missing `)`"


def _has_lost_bracket(document: Document, link: BrokenLink) -> bool:
    return document.source[Span(link.text_span.end, link.text_span.end + 1)] != "]"


def _closing(document: Document, link: BrokenLink) -> Fix | None:
    """Insert what closes *link*; None where a part of its address is lost or it would be no link even then."""
    source, end = document.source, link.destination_span.end
    is_lost = link.kind is BrokenKind.SPACED or not link.destination or _CUT.search(link.destination)
    if is_lost or escapes(source.text, end) or holds_link(document, link.text_span):
        return None
    if link.kind is BrokenKind.TAG:
        quote = source[Span(link.destination_span.start - 1, link.destination_span.start)]
        if quote not in ('"', "'") or not _ATTRIBUTES.match(source.text, end):
            return None
        return Fix("Add the missing quote", (Edit(Span(end, end), quote),), Applicability.SAFE)
    if not link.text.strip() and not link.image:
        return None  # GitHub would show nothing
    if _has_lost_bracket(document, link):
        edit = Edit(Span(link.text_span.end, link.text_span.end), "]")
        return Fix("Add the missing `]`", (edit,), Applicability.SAFE)
    edit = Edit(Span(end, end), ")" + _open_emphasis(document, link))
    return Fix(f"Add the missing `{edit.text}`", (edit,), Applicability.SAFE)


def _open_emphasis(document: Document, link: BrokenLink) -> str:
    """The emphasis that opens right before *link* and is not closed on its line: its end was lost with the link's."""
    text, start = document.source.text, link.span.start
    match = _EMPHASIS.search(text, max(0, start - _LONGEST_EMPHASIS), start)
    if not match:
        return ""
    line_end = document.source.line_span(document.source.position(start).line).end
    return "" if text.find(match[0], link.destination_span.end, line_end) >= 0 else match[0]


def _cut_links(document: Document) -> Iterator[Link]:
    """Links that GitHub shows although a part of their address is gone."""
    broken = Spans(link.span for link in document.broken_links)
    for link in document.links:
        if link.kind is LinkKind.HTML and _SWALLOWED.search(link.url):
            yield link
        elif link.kind is LinkKind.REFERENCE or link.span.start in broken:
            continue
        elif _CUT.search(link.url):
            is_title = "/wiki/" in link.url and link.url.endswith("...")
            if classify(link.url) is Target.WEB and not is_title:
                yield link
        elif link.url[:4].lower() == "http" and classify(link.url) is Target.SCHEME_ONLY:
            yield link


def _cut(link: Link, entry: str) -> Violation:
    name = describe_link("" if link.kind is LinkKind.BARE else link.text, image=link.image)
    if link.kind is LinkKind.HTML and _SWALLOWED.search(link.url):
        message, advice = f"{name} is missing the quote after its address", "Add the quote after the address"
    elif _CUT.search(link.url):
        what = "in the middle of a percent escape" if "%" in link.url[-2:] else "in “…”"
        message, advice = f"{name} has an address that ends {what}", "Write the full address"
    else:
        message, advice = f"{name} is missing its address: nothing follows `{link.url}`", "Write the full address"
    return Violation(link.span, message, help=advice, entry=entry)


def _stolen(document: Document, link: Link, entry: str) -> Violation:
    gap = Span(link.destination_span.end, link.span.end - 1)
    if document.source[gap].startswith(">"):
        gap = Span(gap.start + 1, gap.end)
    # As the destination of another link it would be a link no longer.
    is_destination = document.source.text.endswith("](", 0, link.span.start)
    name = describe_link(link.text, image=link.image)
    return Violation(
        link.span,
        f"{name} is missing its `)`: it ends at a `)` that belongs to the text around it",
        help="Add another `)` right after the address",
        entry=entry,
        fix=None if is_destination else Fix("Add the missing `)`", (Edit(gap, ")"),), Applicability.SAFE),
    )


def _unclosed_tags(document: Document) -> Iterator[HtmlTag]:
    """Each ``<a href=…>`` that another one follows before any ``</a>``."""
    opened: HtmlTag | None = None
    for tag in _anchor_tags(document):
        if opened and not tag.closing:
            yield opened
        opened = None if tag.closing or document.source[tag.span].endswith("/>") else tag
    if opened:
        yield opened


def _anchor_tags(document: Document) -> list[HtmlTag]:
    tags = [tag for inline in document.inlines for tag in inline.tags]
    tags += (tag for block in document.blocks if isinstance(block, HtmlBlock) for tag in block.tags)
    anchors = [tag for tag in tags if tag.name == "a" and (tag.closing or "href" in tag.attributes)]
    return sorted(anchors, key=lambda tag: tag.span)


RULE = Rule("truncated-link", Group.LINK, check)

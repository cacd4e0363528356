"""The name of a well-known product or format is not spelled as its owners write it.

It is `GitHub`, `JavaScript` and `macOS`; reviewers of lists ask for it again and again.

The rule checks descriptions, prose, headings, and cells that hold a sentence.  It skips code, addresses, link texts,
the names of entries, quotations, titles in italics, and parts of longer words such as `github-tools` or `@github`.
Lower-case spellings, and others that may mean something else, are only info.

## Wrong

```markdown
- [Alpha](https://example.org/alpha) - Shows issues of Github in Javascript.
```

## Right

```markdown
- [Alpha](https://example.org/alpha) - Shows issues of GitHub in JavaScript, like github-tools.
- [Github Rocket](https://example.org/rocket) - Runs `javascript`.
```

## Options

`names`
: additional names, each with its misspellings: `{ "Acme.js" = ["AcmeJS", "acmejs"] }`.  For a built-in
  name, they replace its misspellings.

`ignore`
: names or spellings that are left alone: `["Github", "macOS"]`.

## Fix

The name is corrected.  In headings, and for spellings that may mean something else, that is unsafe.

## Related rules

`inconsistent-value`, `entry-style`

## When to switch it off

If the list is about the spellings themselves; the option `ignore` leaves out single names.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from awesome_lint.diagnostic import Applicability, Edit, Fix, Severity, Shared, Violation
from awesome_lint.markdown import Document, Heading, Inline, LinkKind, Paragraph, Table
from awesome_lint.regex import regex
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._messages import fitted
from awesome_lint.semantic.entries import Entry
from awesome_lint.source import Source, Span
from awesome_lint.text.names import Misspelling, misspellings

_QUOTED = regex(
    r"“[^“”]*”|\"[^\"\n]*\"|‘[^‘’]*’|«[^«»]*»|「[^「」]*」|『[^『』]*』|《[^《》]*》"
    r"|(?<![*\w])\*(?![*\s])[^*\n]+\*(?!\*)|(?<![_\w])_(?![_\s])[^_\n]+_(?!\w)"
)
"""Quotations and titles in italics, which stay as they were written."""
_SENTENCE = 4
"""How many words make a cell a sentence; a shorter one is a value, and `inconsistent-value` looks after these."""


class Options(Struct, frozen=True, kw_only=True):
    """Which names are known."""

    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Additional names, each with its misspellings."""
    ignore: tuple[str, ...] = ()
    """Names or spellings to leave alone."""


def check(context: Context, options: Options) -> Iterator[Violation]:
    """Yield the wrong forms of names in what a reader of *context* sees as running text."""
    known = misspellings(options.names, options.ignore)
    document = context.document
    entries = sorted(context.entries, key=lambda entry: entry.span)
    starts = [entry.span.start for entry in entries]
    for content, is_heading in _prose(document):
        index = bisect_right(starts, content.span.start) - 1
        entry = entries[index] if index >= 0 and entries[index].span.contains(content.span) else None
        for start, end in _running_text(content, entry, document.source):
            for offset, form in known.find(document.source.text, start, end):
                if entry is None or form.wrong not in entry.title:
                    yield _violation(offset, form, entry, is_heading=is_heading)


def _prose(document: Document) -> Iterator[tuple[Inline, bool]]:
    """The texts that may be prose, each with whether it is a heading."""
    for block in document.blocks:
        if isinstance(block, Heading | Paragraph):
            yield block.content, isinstance(block, Heading)
        elif isinstance(block, Table):
            cells = (cell.content for row in block.rows for cell in row.cells)
            yield from ((content, False) for content in cells if len(content.text.split()) >= _SENTENCE)


def _running_text(content: Inline, entry: Entry | None, source: Source) -> Iterator[Span]:
    """The parts of *content* that are neither code, link, tag, comment or quotation, nor the name of *entry*."""
    text = source.text
    taken = [*content.code_spans, *content.comments, *(tag.span for tag in content.tags)]
    taken += (link.span for link in content.links)
    taken += (link.span for link in content.broken_links)
    taken += (Span(*match.span()) for match in _QUOTED.finditer(text, *content.span))
    if entry and entry.place == content.span:
        taken.append(_name(content, entry, source))
    at = content.span.start
    for start, end in sorted(taken):
        if start > at:
            yield Span(at, start)
        at = max(at, end)
    if at < content.span.end:
        yield Span(at, content.span.end)


def _name(content: Inline, entry: Entry, source: Source) -> Span:
    """Where *entry* is named: the whole cell of a row, the beginning of a bullet up to the end of its name."""
    if isinstance(entry.container, Table):
        return content.span
    place = source.text.find(entry.title, content.span.start, content.span.end)
    if place >= 0:
        return Span(content.span.start, place + len(entry.title))
    link = entry.link
    is_named_by_link = link is not None and link.kind is not LinkKind.BARE and content.span.contains(link.span)
    return Span(content.span.start, link.span.end) if link and is_named_by_link else content.span


def _violation(offset: int, form: Misspelling, entry: Entry | None, *, is_heading: bool) -> Violation:
    span = Span(offset, offset + len(form.wrong))
    applicability = Applicability.UNSAFE if form.doubtful or is_heading else Applicability.SAFE
    edit = Edit(span, form.right, replaces=form.wrong)
    return Violation(
        span,
        fitted("“{}” should be “{}”", form.wrong, form.right),
        help=f"Write “{form.right}”",
        entry=entry.title if entry else "",
        severity=Severity.INFO if form.doubtful else Severity.WARNING,
        fix=Fix(f"Write “{form.right}”", (edit,), applicability),
        key=form.wrong,
        shared=Shared(form.wrong, f"“{form.wrong}” should be “{form.right}” ({{count}} times)", most_apart=1),
    )


RULE = Rule("misspelt-name", Group.ENTRY, check, severity=Severity.WARNING, options=Options)

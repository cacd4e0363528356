"""A number of entries in the text is no longer right.

“A list of 160+ papers” is true when it is written.  The number can be kept right: between two comments,

```text
<!-- awesome-lint count -->160<!-- /count --> papers,
<!-- awesome-lint count section="Surveys" -->12<!-- /count --> of them surveys
```

or wherever a pattern of the configuration finds it, as in the address of a badge.  The rule counts the same rows and
bullets as `awesome-lint stats`, in the whole list or in the sections that match a glob.  `160+` is right for 160 to
169 entries, and `200+` for 200 to 299.

Nothing is reported if there is nothing to count, as in a section that does not exist.

## Wrong

```toml
[[counts]]
pattern = "badge/Tools-{n}-"
```

```markdown
![count](https://img.shields.io/badge/Tools-3-blue)

- [Alpha](https://example.org/alpha)
- [Beta](https://example.org/beta)
```

## Right

```toml
[[counts]]
pattern = "badge/Tools-{n}-"
```

```markdown
![count](https://img.shields.io/badge/Tools-2-blue)

- [Alpha](https://example.org/alpha)
- [Beta](https://example.org/beta)
```

## Configuration

In `[[counts]]`: `pattern`, a piece of text with `{n}` in place of the number, and `section`.

## Fix

The number is replaced.  In a heading that is unsafe, because links to the heading would have to change as well.

## Related rules

`misnumbered-row`, `too-few-entries`

## When to switch it off

If a number in the text only looks like a count of entries; remove its pattern or its comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from awesome_lint.diagnostic import Applicability, Edit, Fix, Violation
from awesome_lint.markdown import CodeBlock, Document, Heading
from awesome_lint.regex import regex
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.schema import CountSchema
from awesome_lint.source import Span, Spans

_NUMBER = r"(?P<number>\d{1,3}(?:(?P<mark>[,.'’\u00a0\u202f])\d{3})(?:(?P=mark)\d{3})*|\d+)(?P<more>\+?)"
_OPENING = regex(r"<!--\s*awesome-lint\s+count(?:\s+section\s*=\s*\"(?P<section>[^\"]*)\")?\s*-->")
_CLOSING = regex(r"<!--\s*/count\s*-->")


class _Place(Struct, frozen=True):
    """A number in the text: where it is, with a ``+`` after it or not, and what it counts."""

    span: Span
    mark: str
    more: bool
    schema: CountSchema


def check(context: Context) -> Iterator[Violation]:
    """Yield the numbers of *context* that differ from what they count."""
    document = context.document
    places = sorted({place.span: place for place in (*_in_comments(document), *_by_patterns(context))}.items())
    headings = Spans(block.span for block in document.blocks if isinstance(block, Heading))
    counts: dict[CountSchema, int] = {}
    for span, place in places:
        scope = replace(place.schema, pattern="{n}")
        if scope not in counts:
            counts[scope] = sum(scope.selects(entry.section) for entry in context.entries)
        count = counts[scope]
        text = document.source[span]
        wanted = _written(count, place, text)
        if count and wanted != text:
            edit = Edit(span, wanted, replaces=text)
            applicability = Applicability.UNSAFE if span.start in headings else Applicability.SAFE
            yield Violation(
                span,
                f"The count says {text}, but there {'is 1 entry' if count == 1 else f'are {count} entries'}",
                help=f"Write {wanted}",
                fix=Fix(f"Write {wanted}", (edit,), applicability),
            )


def _in_comments(document: Document) -> Iterator[_Place]:
    source = document.source
    opened: tuple[int, str] | None = None
    for comment in document.comments:
        text = source[comment]
        if match := _OPENING.fullmatch(text):
            opened = comment.end, match["section"] or ""
        elif opened and _CLOSING.fullmatch(text):
            numbers = list(re.finditer(_NUMBER, source.text[opened[0] : comment.start]))
            if len(numbers) == 1:
                section = (opened[1],) if opened[1] else ()
                yield _place(numbers[0], opened[0], CountSchema(pattern="{n}", section=section))
            opened = None


def _by_patterns(context: Context) -> Iterator[_Place]:
    document = context.document
    code = Spans(block.span for block in document.blocks if isinstance(block, CodeBlock))
    for schema in context.schemas.counts:
        before, _, after = schema.pattern.partition("{n}")
        number = _NUMBER.removesuffix(r"\+?)") + r"\+)" if after.startswith("+") else _NUMBER
        start = r"(?<![\w.,])" if not before else r"\b" if before[0].isalnum() else ""
        end = r"\b" if after[-1:].isalnum() else ""
        pattern = re.compile(f"{start}{re.escape(before)}{number}{re.escape(after.removeprefix('+'))}{end}")
        for match in pattern.finditer(document.source.text):
            if match.start() not in code:
                yield _place(match, 0, schema)


def _place(match: re.Match[str], offset: int, schema: CountSchema) -> _Place:
    span = Span(offset + match.start("number"), offset + match.end("more"))
    return _Place(span, match["mark"] or "", bool(match["more"]), schema)


def _written(count: int, place: _Place, text: str) -> str:
    """How *count* is written in the manner of *text*; the zeros before a ``+`` say how exact it is."""
    old = re.sub(r"\D", "", text)
    if not place.more:
        return _grouped(count, place.mark)
    step = 10 ** (len(old) - len(old.rstrip("0"))) if old.strip("0") else 1
    while step > count:
        step //= 10
    if step * (int(old) // step) == int(old) <= count < int(old) + step:
        return text
    return _grouped(count // step * step, place.mark) + "+"


def _grouped(number: int, mark: str) -> str:
    return f"{number:,}".replace(",", mark) if mark else str(number)


RULE = Rule("stale-count", Group.SECTION, check)

"""A `**` that was meant for bold text is shown as text.

`** Title **` is not bold: the first `**` must come directly before a word and the last directly after one, or
GitHub shows the asterisks.  `**标题：**内容` is not bold either: after punctuation, the last `**` needs a space or
punctuation after it.

The rule reports pairs of `**` that GitHub shows as text because of a space on the inner side, or punctuation before
the last one.  Powers (`2 ** 3`), code and a lone `**` are left alone.

## Wrong

```markdown
- ** Alpha** edits text
- **Beta:**edits images
```

## Right

```markdown
- **Alpha** edits text
- **Beta:** edits images
- Computes `2 ** 3` and 2 ** 4
```

## Fix

With `--unsafe-fixes` the spaces are moved out of the bold text, or a space is inserted after it.

## Related rules

`malformed-break`, `unspaced-marker`

## When to switch it off

If the list writes about markup and shows many lone asterisks outside code, put them into code or ignore the rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from unicodedata import category, east_asian_width

from awesome_lint.diagnostic import Applicability, Edit, Fix, Severity, Violation
from awesome_lint.markdown import Inline
from awesome_lint.regex import regex
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._links import ListIndex, shorten
from awesome_lint.rules._messages import fitted, literal
from awesome_lint.source import Source, Span

_RUN = regex(r"\\.|\*+", re.DOTALL)
_MARK = "**"
_LONGEST = 200


def check(context: Context) -> Iterator[Violation]:
    """Yield the pairs of ``**`` that GitHub shows as text."""
    source = context.document.source
    found = [
        violation
        for inline in context.document.inlines
        if inline.text.count(_MARK) > 1
        for pair in _broken_pairs(source, inline)
        if (violation := _violation(source, inline, *pair))
    ]
    if found:
        index = ListIndex(context)
        yield from (index.name(violation) for violation in found)


def _broken_pairs(source: Source, inline: Inline) -> Iterator[tuple[Span, Span]]:
    """Each two ``**`` in a row that GitHub shows; nothing where it is not certain which ones it shows."""
    runs = _runs(source, inline)
    if any(run.end - run.start != len(_MARK) for run in runs):
        return
    shown = _unmatched(source, inline, runs)
    in_code = sum(source[span].count(_MARK) for span in inline.code_spans)
    if len(shown) + in_code == inline.text.count(_MARK):
        yield from list(pairwise(shown))[::2] if len(shown) % 2 == 0 else ()


def _runs(source: Source, inline: Inline) -> list[Span]:
    """The runs of asterisks of *inline* outside of code, tags, comments and the destinations of links."""
    hidden = [*inline.code_spans, *inline.comments, *(tag.span for tag in inline.tags)]
    hidden += (Span(link.text_span.end, link.span.end) for link in inline.links if link.text_span.end < link.span.end)
    hidden += (link.span for link in inline.links if link.text_span == link.span)
    runs: list[Span] = []
    start = inline.span.start
    for span in (*sorted(hidden), Span(inline.span.end, inline.span.end)):
        matches = _RUN.finditer(source.text, start, max(start, span.start))
        runs += (Span(*match.span()) for match in matches if match[0][0] == "*")
        start = max(start, span.end)
    return runs


def _unmatched(source: Source, inline: Inline, runs: Sequence[Span]) -> list[Span]:
    """Those of *runs* that make no bold text (https://github.github.com/gfm/#delimiter-run)."""
    openers: list[Span] = []
    unmatched: list[Span] = []
    for run in runs:
        before, after = _around(source, inline, run)
        left = not after.isspace() and (not _is_punctuation(after) or before.isspace() or _is_punctuation(before))
        right = not before.isspace() and (not _is_punctuation(before) or after.isspace() or _is_punctuation(after))
        if right and openers:
            openers.pop()
        elif left:
            openers.append(run)
        else:
            unmatched.append(run)
    return sorted((*unmatched, *openers))


def _around(source: Source, inline: Inline, run: Span) -> tuple[str, str]:
    """The characters before and after *run*; a space stands for the ends of *inline*."""
    before = source.text[run.start - 1] if run.start > inline.span.start else " "
    return before, source.text[run.end] if run.end < inline.span.end else " "


def _is_punctuation(character: str) -> bool:
    return category(character)[0] in "PS"


def _violation(source: Source, inline: Inline, first: Span, last: Span) -> Violation | None:
    outer_left, inner_left = _around(source, inline, first)
    inner_right, outer_right = _around(source, inline, last)
    content = source[Span(first.end, last.start)]
    if not content.strip() or len(content) > _LONGEST or not _may_begin(outer_left):
        return None
    is_edge = first.start == inline.span.start and last.end == inline.span.end
    apart = outer_left.isspace() and inner_left.isspace() and inner_right.isspace() and outer_right.isspace()
    if inner_left.isspace() or inner_right.isspace():
        if (apart and not is_edge) or not (outer_right.isspace() or _is_punctuation(outer_right)):
            return None
        reason = "there is a space inside the `**`"
    elif category(inner_right) in ("Po", "Pe", "Pf") and outer_right.isalnum():
        reason = f"`{inner_right}` precedes the closing `**` and no space follows it"
    else:
        return None
    words = content.strip()
    before = " " if _is_punctuation(words[0]) and not (outer_left.isspace() or _is_punctuation(outer_left)) else ""
    after = "" if outer_right.isspace() or _is_punctuation(outer_right) else " "
    leading, trailing = len(content) - len(content.lstrip()), len(content) - len(content.rstrip())
    edits = (
        Edit(Span(first.start, first.start), before),
        Edit(Span(first.end, first.end + leading), ""),
        Edit(Span(last.start - trailing, last.start), ""),
        Edit(Span(last.end, last.end), after),
    )
    fix = Fix("Make the text bold", tuple(filter(_changes, edits)), Applicability.UNSAFE)
    return Violation(
        Span(first.start, last.end),
        fitted(f"“{{}}” is not bold: {literal(reason)}", shorten(content)),
        help=f"Write **{shorten(content)}**{' with a space after it' if after else ''}",
        note="GitHub shows the `**`",
        severity=Severity.WARNING,
        fix=None if _MARK in words else fix,
    )


def _changes(edit: Edit) -> bool:
    return edit.text != "" or edit.span.start < edit.span.end


def _may_begin(outer: str) -> bool:
    """Whether bold text may begin after *outer*: white space, an opening bracket, or a script without spaces."""
    return outer.isspace() or category(outer) in ("Ps", "Pi") or east_asian_width(outer) in "WF"


RULE = Rule("broken-emphasis", Group.ENTRY, check, severity=Severity.WARNING)

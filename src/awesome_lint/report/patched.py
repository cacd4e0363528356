"""What a fix makes of the text around it."""

from __future__ import annotations

from awesome_lint.diagnostic import Fix
from awesome_lint.source import Source, Span


def patched(source: Source, fix: Fix, span: Span) -> str:
    """The text of *span*, which holds all edits of *fix*, as it reads after them; line endings are ``\\n``."""
    parts: list[str] = []
    done = span.start
    for edit in fix.edits:
        parts += source[Span(done, edit.span.start)], edit.text
        done = edit.span.end
    return "".join([*parts, source[Span(done, span.end)]])


def edited(fix: Fix) -> Span:
    """The span from the first edit of *fix* to its last."""
    return Span(fix.edits[0].span.start, fix.edits[-1].span.end)


def edited_lines(source: Source, fix: Fix) -> Span:
    """The span of the lines, whole, that *fix* touches."""
    span = edited(fix)
    first, last = source.position(span.start).line, source.position(span.end).line
    return Span(source.line_span(first).start, source.line_span(last).end)

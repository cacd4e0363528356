"""Which fixes keep within given lines of a text, such as those that a pull request has added or changed."""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import takewhile

from msgspec.structs import replace

from awesome_lint.diagnostic import Diagnostic, Edit
from awesome_lint.fixing.patch import Patch
from awesome_lint.source import Source, Span


class Scope:
    """The *lines* of the text *source*, as it was given, that fixes may change; None stands for all."""

    def __init__(self, source: Source, lines: Container[int] | None) -> None:
        self._source = source
        self._lines = lines

    def narrow(self, diagnostic: Diagnostic, source: Source, patches: Sequence[Patch]) -> Diagnostic:
        """*diagnostic*, found in *source*, which *patches* have made, with what of its fix keeps within the lines."""
        fix = diagnostic.fix
        if fix is None or self._lines is None:
            return diagnostic
        kept = tuple(edit for edit in fix.edits if self._allows(edit, source, patches))
        if len(kept) == len(fix.edits):
            return diagnostic
        return replace(diagnostic, fix=replace(fix, edits=kept) if kept and fix.separable else None)

    def _allows(self, edit: Edit, source: Source, patches: Sequence[Patch]) -> bool:
        """Whether *edit* changes allowed lines only; one of white space between lines must border on an allowed one."""
        span, text = _trimmed(edit, source)
        is_blank = not (source[span] + text).strip()
        is_break = "\n" in source[span] + text
        for patch in reversed(patches):
            span = patch.origin(span)
        first, last = (self._source.position(offset).line for offset in span)
        if is_blank and is_break:
            first -= self._source.text[span.start - 1 : span.start] == "\n"
            last += self._source.text[span.end : span.end + 1] == "\n"
            return any(self._has(line) for line in range(first, last + 1))
        if span.start < span.end and self._source.text[span.end - 1] == "\n":
            last -= 1
        return all(self._has(line) for line in range(first, last + 1))

    def _has(self, line: int) -> bool:
        return self._lines is None or line in self._lines


def _trimmed(edit: Edit, source: Source) -> tuple[Span, str]:
    """What *edit* really replaces: its span and its text without what both begin and end with."""
    old, new = source[edit.span], edit.text
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    return Span(edit.span.start + start, edit.span.end - end), new[start : len(new) - end]


def _common(one: str, other: str) -> int:
    """How many characters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))

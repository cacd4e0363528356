"""What the report on the text as given promised of each line, so that no later round promises more.

A repair can look surer once another round has rewritten the row or those around it; but what an earlier round wrote is
no evidence.  So a fix is worth at most what the best fix of the same rule and kind for the same lines was worth in the
first report, and one that moves cells at most what the best such fix of any rule was worth.  Where it was reported on a
line without any fix, a later one is unsafe.  Lines are those of the text as given: places are traced back to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from awesome_lint.diagnostic import Applicability, Diagnostic, Fix
from awesome_lint.fixing.patch import Patch
from awesome_lint.source import Source, Span

_WORTH = {Applicability.UNSAFE: 1, Applicability.SAFE: 2, Applicability.FORMAT: 3}
_CELLS = "|"
"""Stands for all fixes that move cells, where else a rule's name stands."""


class Promises:
    """The fixes of the *first* report, which is about the text *source* as it was given."""

    def __init__(self, first: Iterable[Diagnostic], source: Source) -> None:
        self._source = source
        self._worth: dict[tuple[str, int], int] = {}
        for each in first:
            spans = [edit.span for edit in each.fix.edits] if each.fix else []
            for line in {each.start.line, *self._lines(spans)}:
                self._promise(each.name, line, each.fix)
                if each.fix and _moves_cells(each.fix, source):
                    self._promise(_CELLS, line, each.fix)

    def kept(self, found: list[Diagnostic], source: Source, patches: Sequence[Patch]) -> list[Diagnostic]:
        """The diagnostics *found* in *source*, which *patches* have made, each fix lowered to what was promised."""
        return [self._lowered(each, source, patches) for each in found] if patches else found

    def _promise(self, name: str, line: int, fix: Fix | None) -> None:
        worth = _WORTH[fix.applicability] if fix else 0
        self._worth[name, line] = max(worth, self._worth.get((name, line), 0))

    def _lowered(self, diagnostic: Diagnostic, source: Source, patches: Sequence[Patch]) -> Diagnostic:
        fix = diagnostic.fix
        if fix is None or fix.applicability is Applicability.FORMAT:
            return diagnostic
        names = (diagnostic.name, _CELLS) if _moves_cells(fix, source) else (diagnostic.name,)
        lines = set(self._lines(_origin(edit.span, patches) for edit in fix.edits))
        promised = [self._worth[name, line] for line in lines for name in names if (name, line) in self._worth]
        if fix.applicability is Applicability.UNSAFE or not promised or min(promised) >= _WORTH[fix.applicability]:
            return diagnostic
        return replace(diagnostic, fix=replace(fix, applicability=Applicability.UNSAFE))

    def _lines(self, spans: Iterable[Span]) -> Iterator[int]:
        """The lines of the text as given that *spans* cover."""
        for start, end in spans:
            yield from range(self._source.position(start).line, self._source.position(end).line + 1)


def _origin(span: Span, patches: Sequence[Patch]) -> Span:
    for patch in reversed(patches):
        span = patch.origin(span)
    return span


def _moves_cells(fix: Fix, source: Source) -> bool:
    """Whether *fix* adds, removes or moves a pipe or a line break."""
    return any("|" in text or "\n" in text for edit in fix.edits for text in (edit.text, source[edit.span]))

"""Which findings are new: compared by rule and content, never by line number.

A row that only moved is not new; a row that was touched and is still faulty is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from awesome_lint.baseline.fingerprint import identity, lines_of
from awesome_lint.diagnostic import Diagnostic
from awesome_lint.source import Source, Span


def new_diagnostics(
    now: Sequence[Diagnostic], source: Source, before: Sequence[Diagnostic], old_source: Source
) -> list[Diagnostic]:
    """Those of *now*, findings in *source*, that *before*, the findings in *old_source*, does not have.

    A finding about several places, such as an entry that stands twice, is reported at the one that is new.
    """
    known = Counter(identity(diagnostic, old_source) for diagnostic in before)
    old_lines = frozenset(" ".join(line.split()) for line in old_source.text.split("\n"))
    groups: defaultdict[str, list[Diagnostic]] = defaultdict(list)
    for diagnostic in now:
        groups[identity(diagnostic, source)].append(diagnostic)
    fresh: list[Diagnostic] = []
    for name, group in groups.items():
        surplus = len(group) - known[name]
        if surplus > 0:
            group.sort(key=lambda diagnostic: _age(diagnostic, source, old_lines))
            fresh += (_at_new_side(diagnostic, source, old_lines) for diagnostic in group[:surplus])
    return sorted(fresh, key=lambda diagnostic: (diagnostic.span, diagnostic.rule, diagnostic.message))


def _age(diagnostic: Diagnostic, source: Source, old_lines: frozenset[str]) -> int:
    """0 where the finding's own line is new, 1 where a related one is, 2 where all were there before."""
    if lines_of(diagnostic, source) not in old_lines:
        return 0
    return 1 if _new_line(diagnostic, source, old_lines) else 2


def _new_line(diagnostic: Diagnostic, source: Source, old_lines: frozenset[str]) -> int | None:
    """The first line of a related place that is new."""
    for place in diagnostic.related:
        if " ".join(source[source.line_span(place.start.line)].split()) not in old_lines:
            return place.start.line
    return None


def _at_new_side(diagnostic: Diagnostic, source: Source, old_lines: frozenset[str]) -> Diagnostic:
    line = _new_line(diagnostic, source, old_lines)
    if line is None or lines_of(diagnostic, source) not in old_lines:
        return diagnostic
    whole = source.line_span(line)
    text = source[whole]
    span = Span(whole.start + len(text) - len(text.lstrip()), whole.start + len(text.rstrip()))
    return replace(diagnostic, span=span, start=source.position(span.start), end=source.position(span.end), fix=None)

"""The last line of a report, and the counts of each rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from awesome_lint.diagnostic import Applicability, Diagnostic, Severity
from awesome_lint.report.style import Style


def summarize(diagnostics: Sequence[Diagnostic], files: int, style: Style) -> str:
    """One or two lines that count the findings in *files* checked files, and those that can be fixed."""
    checked = _count(files, "file")
    if not diagnostics:
        return f"No findings in {checked}\n"
    by_severity = Counter(diagnostic.severity for diagnostic in diagnostics)
    counts = [
        style.paint(_count(by_severity[severity], severity), severity) for severity in Severity if by_severity[severity]
    ]
    return f"{', '.join(counts)} in {checked}\n{_fixable(diagnostics)}"


def summarize_fixed(counts: Mapping[str, int]) -> str:
    """A line that counts the fixed findings of each rule; empty where there are none."""
    if not counts:
        return ""
    rules = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    listed = ", ".join(f"{count:,} {rule}" for rule, count in rules)
    return f"Fixed {_count(sum(counts.values()), 'finding')}: {listed}\n"


def _fixable(diagnostics: Iterable[Diagnostic]) -> str:
    fixes = [diagnostic.fix for diagnostic in diagnostics if diagnostic.fix]
    unsafe = sum(fix.applicability is Applicability.UNSAFE for fix in fixes)
    parts = []
    if len(fixes) > unsafe:
        parts.append(f"{len(fixes) - unsafe} can be fixed with --fix")
    if unsafe:
        parts.append(f"{unsafe}{' more' if parts else ' can be fixed'} with --fix --unsafe-fixes")
    return f"{', '.join(parts)}\n" if parts else ""


def _count(number: int, noun: str) -> str:
    plural = "" if number == 1 or noun == Severity.INFO else "s"
    return f"{number:,} {noun}{plural}"


def count_rules(diagnostics: Iterable[Diagnostic]) -> list[tuple[str, int]]:
    """Each rule with the number of its findings, the most frequent first."""
    counts = Counter(diagnostic.rule for diagnostic in diagnostics)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def render_counts(diagnostics: Iterable[Diagnostic]) -> str:
    """A line for each rule: how many findings it has, and its name."""
    counts = count_rules(diagnostics)
    width = max((len(str(count)) for _, count in counts), default=0)
    return "".join(f"{count:>{width}}  {rule}\n" for rule, count in counts)

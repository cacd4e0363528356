"""The last line of a report, and the counts of each rule."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from awesome_lint.diagnostic import Applicability, AppliedFix, Diagnostic, Severity
from awesome_lint.report.inert import inert, inert_line
from awesome_lint.report.style import Style


def summarize(diagnostics: Sequence[Diagnostic], files: int, style: Style) -> str:
    """One or two lines that count the findings in *files* checked files, and those that can be fixed."""
    return _counted(diagnostics, files, style) + _fixable(diagnostics)


def summarize_first_run(diagnostics: Sequence[Diagnostic], files: int, style: Style) -> str:
    """As `summarize`, for so many findings that a reader wants to know how to continue."""
    safe, unsafe = _split_by_safety(diagnostics)
    fix = f"To fix {safe:,} of them: --fix (--diff shows the changes first)" if safe else "None can be fixed with --fix"
    if unsafe:
        fix += f"; {unsafe:,} more: --fix --unsafe-fixes"
    accept = "To accept the rest: --write-baseline FILE, then --baseline FILE; or check only what is new: --since REF"
    return f"{_counted(diagnostics, files, style)}{fix}\n{accept}\n"


def summarize_hidden(hidden: Iterable[Diagnostic]) -> str:
    """A line that counts the findings that are not shown, with their rules, or empty if there are none."""
    counts = Counter(diagnostic.rule for diagnostic in hidden)
    if not counts:
        return ""
    return f"{Severity.INFO.counted(counts.total())} hidden (shown with --info): {_listed(counts)}\n"


def list_fixed(fixed: Iterable[AppliedFix]) -> str:
    """A line for each fix that was applied, ``path:line:column: fixed[rule] what it did``."""
    lines = []
    for each in fixed:
        rules = ", ".join(dict.fromkeys(each.rules))
        entry = f" (“{each.entry}”)" if each.entry else ""
        place = f"{inert_line(each.path)}:{each.position.line}:{each.position.column}"
        lines.append(f"{place}: fixed[{rules}] {inert(each.message)}{inert(entry)}\n")
    return "".join(lines)


def summarize_fixed(fixed: Iterable[AppliedFix]) -> str:
    """A line that counts the fixed findings of each rule, or empty if there are none."""
    counts = Counter(rule for each in fixed for rule in each.rules)
    if not counts:
        return ""
    return f"Fixed {_count(sum(counts.values()), 'finding')}: {_listed(counts)}\n"


def _counted(diagnostics: Sequence[Diagnostic], files: int, style: Style) -> str:
    checked = _count(files, "file")
    if not diagnostics:
        return f"No findings in {checked}\n"
    by_severity = Counter(diagnostic.severity for diagnostic in diagnostics)
    counts = [
        style.paint(severity.counted(by_severity[severity]), severity) for severity in Severity if by_severity[severity]
    ]
    return f"{', '.join(counts)} in {checked}\n"


def _split_by_safety(diagnostics: Iterable[Diagnostic]) -> tuple[int, int]:
    """How many findings ``--fix`` fixes, and how many more ``--unsafe-fixes`` does."""
    fixes = [diagnostic.fix for diagnostic in diagnostics if diagnostic.fix]
    unsafe = sum(fix.applicability is Applicability.UNSAFE for fix in fixes)
    return len(fixes) - unsafe, unsafe


def _fixable(diagnostics: Iterable[Diagnostic]) -> str:
    safe, unsafe = _split_by_safety(diagnostics)
    parts = []
    if safe:
        parts.append(f"{safe:,} can be fixed with --fix")
    if unsafe:
        parts.append(f"{unsafe:,}{' more' if parts else ' can be fixed'} with --fix --unsafe-fixes")
    return f"{', '.join(parts)}\n" if parts else ""


def _listed(counts: Mapping[str, int]) -> str:
    rules = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{count:,} {rule}" for rule, count in rules)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


class RuleCounts(Struct, frozen=True):
    """How many findings of each severity a rule has, and how many of them ``--fix`` fixes."""

    rule: str
    errors: int
    warnings: int
    infos: int
    fixable: int

    @property
    def total(self) -> int:
        """The number of findings."""
        return self.errors + self.warnings + self.infos


def count_rules(diagnostics: Iterable[Diagnostic]) -> list[RuleCounts]:
    """The counts of each rule, those with the most findings first."""
    by_rule: defaultdict[str, list[Diagnostic]] = defaultdict(list)
    for diagnostic in diagnostics:
        by_rule[diagnostic.rule].append(diagnostic)
    counts = [_counts(rule, found) for rule, found in by_rule.items()]
    return sorted(counts, key=lambda count: (-count.total, count.rule))


def _counts(rule: str, found: Sequence[Diagnostic]) -> RuleCounts:
    severities = Counter(diagnostic.severity for diagnostic in found)
    errors, warnings, infos = (severities[severity] for severity in Severity)
    return RuleCounts(rule, errors, warnings, infos, _split_by_safety(found)[0])


def render_counts(diagnostics: Iterable[Diagnostic]) -> str:
    """A table with a line for each rule and one for all of them."""
    counts = count_rules(diagnostics)
    if not counts:
        return ""
    numbers = [(each.errors, each.warnings, each.infos, each.fixable) for each in counts]
    totals = [sum(column) for column in zip(*numbers, strict=True)]
    shown = [0, 1, 2, *([3] if totals[2] else []), 4]
    cells = [
        ["rule", "errors", "warnings", "info", "fixable"],
        *([each.rule, *map(str, row)] for each, row in zip(counts, numbers, strict=True)),
        ["total", *map(str, totals)],
    ]
    widths = [max(len(row[index]) for row in cells) for index in range(5)]
    lines = (
        "  ".join(row[index].rjust(widths[index]) if index else row[0].ljust(widths[0]) for index in shown)
        for row in cells
    )
    return "".join(f"{line}\n" for line in lines)

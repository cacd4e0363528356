"""The reports of a run: one or several, each in its format, each to its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, TextIO

from msgspec import Struct

from awesome_lint.cli.console import notify, terminal_width, wants_color, write
from awesome_lint.cli.formats import FOR_PEOPLE, Report

if TYPE_CHECKING:
    from awesome_lint.diagnostic import FileFindings


class ReportStyle(Struct, frozen=True):
    """How to report: counts instead of findings, without a summary, in colour (None: on a terminal)."""

    statistics: bool = False
    quiet: bool = False
    color: bool | None = None


def write_reports(
    reports: Sequence[Report],
    files: Sequence[FileFindings],
    fixed: Counter[str],
    style: ReportStyle,
    stream: TextIO | None,
) -> None:
    """Write each of *reports* about what was found in *files* and *fixed*; those without a file go to *stream*."""
    for report in reports:
        if report.format in FOR_PEOPLE:
            text = _for_people(report, files, fixed, style, stream)
        else:
            if fixed and not style.quiet:
                from awesome_lint.report.summary import summarize_fixed

                notify(summarize_fixed(fixed).strip())
            text = _for_programs(report.format, files, style)
        write(text, report.output, stream)


def _for_people(
    report: Report, files: Sequence[FileFindings], fixed: Counter[str], style: ReportStyle, stream: TextIO | None
) -> str:
    from awesome_lint.diagnostic import all_diagnostics
    from awesome_lint.report import concise, summary, text
    from awesome_lint.report.style import Style

    look = Style(terminal_width(), wants_color(None if report.output else stream, style.color))
    diagnostics = all_diagnostics(files)
    if style.statistics:
        body = summary.render_counts(diagnostics)
    elif report.format == "concise":
        body = concise.render(files, look)
    else:
        body = text.render(files, look)
    if style.quiet:
        return body
    return body + summary.summarize_fixed(fixed) + summary.summarize(diagnostics, len(files), look)


def _for_programs(name: str, files: Sequence[FileFindings], style: ReportStyle) -> str:
    """The report in the format *name*, whose module has that name as well."""
    if name == "json" and style.statistics:
        from awesome_lint.diagnostic import all_diagnostics
        from awesome_lint.report.json import render_counts

        return render_counts(all_diagnostics(files))
    if name == "sarif":
        from awesome_lint.report import sarif
        from awesome_lint.rules import RULES

        return sarif.render(files, {rule.name: rule.page for rule in RULES})
    text: str = import_module(f"awesome_lint.report.{name}").render(files)
    return text

"""The reports of a run: one or several, each in its format, each to its place."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, TextIO

from msgspec import Struct

from awesome_lint.cli.console import notify, terminal_width, wants_color, write
from awesome_lint.cli.formats import FOR_PEOPLE, Report

if TYPE_CHECKING:
    from awesome_lint.diagnostic import AppliedFix, FileFindings


_MANY = 20
"""A first run with more findings than that ends with how to continue."""


class ReportStyle(Struct, frozen=True):
    """How to report.

    ``statistics`` counts findings instead of listing them, ``quiet`` leaves out the summary, ``color`` tells whether
    to use colours (None: on a terminal), ``info`` shows findings of that severity.  ``first_run`` tells that nothing
    limits the report to what is new, so that a long one ends with how to continue; ``show_fixes`` lists what was fixed.
    """

    statistics: bool = False
    quiet: bool = False
    color: bool | None = None
    info: bool = False
    first_run: bool = False
    show_fixes: bool = False


def write_reports(
    reports: Sequence[Report],
    files: Sequence[FileFindings],
    fixed: Sequence[AppliedFix],
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


def without_info(files: Sequence[FileFindings]) -> list[FileFindings]:
    """*files* without the findings that are only worth knowing."""
    from awesome_lint.diagnostic import FileFindings, Severity

    return [
        FileFindings(file.source, [each for each in file.diagnostics if each.severity is not Severity.INFO])
        for file in files
    ]


def _for_people(
    report: Report,
    files: Sequence[FileFindings],
    fixed: Sequence[AppliedFix],
    style: ReportStyle,
    stream: TextIO | None,
) -> str:
    from awesome_lint.diagnostic import Severity, all_diagnostics
    from awesome_lint.report import concise, summary, text
    from awesome_lint.report.merging import merge_files
    from awesome_lint.report.style import Style

    look = Style(terminal_width(), wants_color(None if report.output else stream, style.color))
    merged = merge_files(files)
    shown = merged if style.info else without_info(merged)
    diagnostics = all_diagnostics(shown)
    if style.statistics:
        body = summary.render_counts(diagnostics)
    elif report.format == "concise":
        body = concise.render(files if style.info else without_info(files), look)
    else:
        body = text.render(shown, look)
    if style.quiet:
        return body
    is_long = len(diagnostics) > _MANY and style.first_run and report.format == "text"
    summarize = summary.summarize_first_run if is_long else summary.summarize
    hidden = [] if style.info else [each for each in all_diagnostics(merged) if each.severity is Severity.INFO]
    return (
        body
        + (summary.list_fixed(fixed) if style.show_fixes else "")
        + summary.summarize_fixed(fixed)
        + summarize(diagnostics, len(files), look)
        + summary.summarize_hidden(hidden)
    )


def _for_programs(name: str, files: Sequence[FileFindings], style: ReportStyle) -> str:
    """The report in the format *name*, whose module has that name as well.

    JSON has all findings.  A reviewer applies suggestions one by one, so rdjson gets each finding by itself.
    """
    from awesome_lint.report.merging import merge_files

    shown = files if style.info or name == "json" else without_info(files)
    if name == "json" and style.statistics:
        from awesome_lint.diagnostic import all_diagnostics
        from awesome_lint.report.json import render_counts

        return render_counts(all_diagnostics(merge_files(shown)))
    shown = shown if name in ("rdjson", "markdown", "comment") else merge_files(shown)
    if name == "sarif":
        from awesome_lint.report import sarif
        from awesome_lint.rules import RULES

        return sarif.render(shown, {rule.name: rule.page for rule in RULES})
    text: str = import_module(f"awesome_lint.report.{name}").render(shown)
    return text

"""The reports of a run: one or several, each in its format, each to its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click
from msgspec import Struct

from awesome_lint.cli.console import notify, terminal_width, wants_color, write
from awesome_lint.text.nearest import nearest

if TYPE_CHECKING:
    from awesome_lint.diagnostic import Diagnostic
    from awesome_lint.report.style import Style
    from awesome_lint.source import Source

FORMATS = ("text", "concise", "json", "github", "sarif", "gitlab", "junit", "rdjson", "markdown")


class Report(Struct, frozen=True):
    """A report: its format, and the file that takes it (None: standard output)."""

    format: str
    output: Path | None = None


class Findings(Struct, frozen=True):
    """What a run has to report: findings, the texts of their files by path, and how many findings of which rules were
    fixed.
    """

    diagnostics: Sequence[Diagnostic]
    sources: Mapping[str, Source]
    fixed: Counter[str]


class Manner(Struct, frozen=True):
    """How to report."""

    statistics: bool
    quiet: bool
    color: bool | None


def parse_reports(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[Report, ...]:
    """Read ``FORMAT`` and ``FORMAT=FILE``; two reports to one place would spoil each other."""
    reports = []
    for value in values:
        name, _equals, file = value.partition("=")
        if name not in FORMATS:
            guess = nearest(name, FORMATS)
            hint = f"; did you mean {guess!r}?" if guess else f"; there are {', '.join(FORMATS)}"
            raise click.BadParameter(f"no report format {name!r}{hint}")
        reports.append(Report(name, Path(file) if file else None))
    if len({report.output for report in reports}) < len(reports):
        raise click.BadParameter("each report needs a place of its own; write FORMAT=FILE")
    return tuple(reports)


def write_reports(reports: Sequence[Report], findings: Findings, manner: Manner, stream: TextIO | None) -> None:
    """Write each of *reports*; those without a file go to *stream*."""
    for report in reports:
        write(_render(report, findings, manner, stream), report.output, stream)


def _render(report: Report, findings: Findings, manner: Manner, stream: TextIO | None) -> str:
    if report.format in ("text", "concise"):
        return _for_people(report, findings, manner, stream)
    if findings.fixed and not manner.quiet:
        from awesome_lint.report.summary import summarize_fixed

        notify(summarize_fixed(findings.fixed).strip())
    if report.format == "json" and manner.statistics:
        from awesome_lint.report.json import render_counts

        return render_counts(findings.diagnostics)
    return _FOR_PROGRAMS[report.format](findings)


def _for_people(report: Report, findings: Findings, manner: Manner, stream: TextIO | None) -> str:
    from awesome_lint.report import concise, summary, text
    from awesome_lint.report.style import Style

    style = Style(terminal_width(), wants_color(None if report.output else stream, manner.color))
    if manner.statistics:
        body = summary.render_counts(findings.diagnostics)
    elif report.format == "concise":
        body = concise.render(findings.diagnostics, style)
    else:
        body = text.render(findings.diagnostics, findings.sources, style)
    return body if manner.quiet else body + _summary(findings, style)


def _summary(findings: Findings, style: Style) -> str:
    from awesome_lint.report import summary

    fixed = summary.summarize_fixed(findings.fixed)
    return fixed + summary.summarize(findings.diagnostics, len(findings.sources), style)


def _json(findings: Findings) -> str:
    from awesome_lint.report import json

    return json.render(findings.diagnostics, findings.sources)


def _github(findings: Findings) -> str:
    from awesome_lint.report import github

    return github.render(findings.diagnostics)


def _sarif(findings: Findings) -> str:
    from awesome_lint.report import sarif
    from awesome_lint.rules import RULES

    return sarif.render(findings.diagnostics, findings.sources, {rule.name: rule.page for rule in RULES})


def _gitlab(findings: Findings) -> str:
    from awesome_lint.report import gitlab

    return gitlab.render(findings.diagnostics, findings.sources)


def _junit(findings: Findings) -> str:
    from awesome_lint.report import junit

    return junit.render(findings.diagnostics, findings.sources)


def _rdjson(findings: Findings) -> str:
    from awesome_lint.report import rdjson

    return rdjson.render(findings.diagnostics, findings.sources)


def _markdown(findings: Findings) -> str:
    from awesome_lint.report import markdown

    return markdown.render(findings.diagnostics, findings.sources)


_FOR_PROGRAMS: dict[str, Callable[[Findings], str]] = {
    "json": _json,
    "github": _github,
    "sarif": _sarif,
    "gitlab": _gitlab,
    "junit": _junit,
    "rdjson": _rdjson,
    "markdown": _markdown,
}

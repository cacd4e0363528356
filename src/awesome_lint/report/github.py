"""Findings as workflow commands, which GitHub shows as annotations beside the lines.

The escapes are those of the toolkit of GitHub Actions: ``%``, carriage return and line feed everywhere, colon and comma
in properties.  Without them a README could write commands of its own into the log.
"""

from __future__ import annotations

from collections.abc import Iterable

from awesome_lint.diagnostic import Diagnostic, FileFindings, Severity, all_diagnostics
from awesome_lint.report.inert import inert
from awesome_lint.report.sentences import in_one_line

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_LONGEST_MESSAGE = 16_000  # GitHub takes 64 KiB, and a character may be four bytes


def render(files: Iterable[FileFindings]) -> str:
    """A workflow command for each diagnostic."""
    return "".join(f"{_command(diagnostic)}\n" for diagnostic in all_diagnostics(files))


def _command(diagnostic: Diagnostic) -> str:
    properties = {
        "file": diagnostic.path.removeprefix("./"),
        "line": str(diagnostic.start.line),
        "endLine": str(diagnostic.end.line),
        "title": f"awesome-lint {diagnostic.name}",
    }
    if diagnostic.start.line == diagnostic.end.line:  # columns of several lines are refused
        properties |= {"col": str(diagnostic.start.column), "endColumn": str(diagnostic.end.column)}
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    message = in_one_line(diagnostic)[:_LONGEST_MESSAGE]
    return f"::{_COMMANDS[diagnostic.severity]} {listed}::{_data(message)}"


def _data(text: str) -> str:
    return inert(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

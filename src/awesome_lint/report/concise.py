"""One line per finding, for a quick look and for other programs' line matchers."""

from __future__ import annotations

from collections.abc import Iterable

from awesome_lint.diagnostic import Diagnostic, FileFindings, all_diagnostics
from awesome_lint.report.inert import inert
from awesome_lint.report.style import Style


def render(files: Iterable[FileFindings], style: Style) -> str:
    """A line for each diagnostic, ``path:line:column: severity[rule] message``."""
    return "".join(f"{headline(diagnostic, style)}\n" for diagnostic in all_diagnostics(files))


def headline(diagnostic: Diagnostic, style: Style) -> str:
    """Where the finding is, how bad it is and what it is, in one line."""
    place = f"{shown_path(diagnostic)}:{diagnostic.start.line}:{diagnostic.start.column}:"
    kind = style.paint(f"{diagnostic.severity}[{diagnostic.name}]", diagnostic.severity)
    return f"{style.paint(place, 'bold')} {kind} {inert(diagnostic.message)}"


def shown_path(diagnostic: Diagnostic) -> str:
    """The path of its file, as it may begin a line that a colon follows."""
    path = inert(diagnostic.path)
    # Two colons that open a line are a command for GitHub.
    return f"./{path}" if path.lstrip().startswith(":") else path

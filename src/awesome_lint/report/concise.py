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
    path = inert(diagnostic.path)
    if path.lstrip().startswith(":"):
        path = f"./{path}"  # a colon follows, and two that open a line are a command for GitHub
    place = f"{path}:{diagnostic.start.line}:{diagnostic.start.column}:"
    kind = style.paint(f"{diagnostic.severity}[{diagnostic.name}]", diagnostic.severity)
    return f"{style.paint(place, 'bold')} {kind} {inert(diagnostic.message)}"

"""Findings for people: what, where, the line itself, and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awesome_lint.diagnostic import Applicability, Diagnostic, FileFindings, all_diagnostics
from awesome_lint.report.concise import headline
from awesome_lint.report.excerpt import excerpt
from awesome_lint.report.inert import inert
from awesome_lint.report.style import Style
from awesome_lint.source import Source

_OPTIONS = {
    Applicability.FORMAT: "--fix",
    Applicability.SAFE: "--fix",
    Applicability.UNSAFE: "--fix --unsafe-fixes",
}


def render(files: Sequence[FileFindings], style: Style) -> str:
    """A block of lines for each diagnostic."""
    gutter = len(str(max((diagnostic.start.line for diagnostic in all_diagnostics(files)), default=0)))
    return "".join(
        f"{line}\n"
        for file in files
        for diagnostic in file.diagnostics
        for line in (*_lines(diagnostic, file.source, gutter, style), "")
    )


def _lines(diagnostic: Diagnostic, source: Source, gutter: int, style: Style) -> Iterator[str]:
    yield headline(diagnostic, style)
    shown, carets = excerpt(source, diagnostic.span, max(20, style.width - gutter - 4))
    yield style.paint(f" {diagnostic.start.line:>{gutter}} │ ", "faint") + shown
    yield style.paint(f" {'':>{gutter}} │ ", "faint") + style.paint(carets, diagnostic.severity)
    for label, text in _notes(diagnostic):
        yield f" {'':>{gutter}} {style.paint(f'= {label}:', 'cyan')} {inert(text)}"


def _notes(diagnostic: Diagnostic) -> Iterator[tuple[str, str]]:
    for place in diagnostic.related:
        yield f"line {place.start.line}", place.message
    if diagnostic.help:
        yield "help", diagnostic.help
    if diagnostic.fix:
        yield "fix", f"{diagnostic.fix.message} ({_OPTIONS[diagnostic.fix.applicability]})"

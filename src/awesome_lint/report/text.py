"""Findings for people: what, where, the line itself, and what to do.

A rule with many findings in a file gets one block, in which each finding takes one line; a row that is offered stands
on a line of its own, ready to be pasted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from awesome_lint.diagnostic import Applicability, Diagnostic, FileFindings, all_diagnostics
from awesome_lint.regex import regex
from awesome_lint.report.concise import headline, shown_path
from awesome_lint.report.excerpt import excerpt
from awesome_lint.report.inert import inert, inert_line
from awesome_lint.report.patched import edited_lines, patched
from awesome_lint.report.sentences import MOST_PLACES, also_lines, other_places
from awesome_lint.report.style import Style
from awesome_lint.source import Source, Span

_OPTIONS = {
    Applicability.FORMAT: "--fix",
    Applicability.SAFE: "--fix",
    Applicability.UNSAFE: "--fix --unsafe-fixes",
}
_MARKER = regex(r"^[ \t>]*(?:[-*+][ \t]+|\d{1,9}[.)][ \t]+)?")
"""What comes before the text of a line: quotes, indents, the marker of a list item."""
_MOST_SINGLE = 3
"""A rule with more findings than that in a file gets one block for all of them."""


def render(files: Sequence[FileFindings], style: Style) -> str:
    """A block of lines for each diagnostic, or for all of one rule in a file where there are many."""
    gutter = len(str(max((diagnostic.start.line for diagnostic in all_diagnostics(files)), default=0)))
    return "".join(f"{line}\n" for file in files for block in _blocks(file, gutter, style) for line in (*block, ""))


def _blocks(file: FileFindings, gutter: int, style: Style) -> Iterator[Iterable[str]]:
    by_name: defaultdict[str, list[Diagnostic]] = defaultdict(list)
    for diagnostic in file.diagnostics:
        by_name[diagnostic.name].append(diagnostic)
    for diagnostic in file.diagnostics:
        alike = by_name[diagnostic.name]
        if len(alike) > _MOST_SINGLE:
            yield _many(alike, file.source, style)
            by_name[diagnostic.name] = []
        elif alike:
            yield _single(diagnostic, file.source, gutter, style)


def _single(diagnostic: Diagnostic, source: Source, gutter: int, style: Style) -> Iterator[str]:
    yield headline(diagnostic, style)
    shown, carets = excerpt(source, diagnostic.span, max(20, style.width - gutter - 4))
    yield style.paint(f" {diagnostic.start.line:>{gutter}} │ ", "faint") + shown
    if not _covers_lines(diagnostic, source):
        yield style.paint(f" {'':>{gutter}} │ ", "faint") + style.paint(carets, diagnostic.severity)
    for label, text in (*_places(diagnostic), *_notes(diagnostic), *_remedy(diagnostic)):
        yield f" {'':>{gutter}} {style.paint(f'= {label}', 'cyan')}{inert(text)}"
    yield from _offered_rows(diagnostic, source)


def _many(alike: Sequence[Diagnostic], source: Source, style: Style) -> Iterator[str]:
    """The findings *alike*, which are of one rule: those with the same remedy together, and the remedy below them."""
    counts = Counter(diagnostic.severity for diagnostic in alike)
    label = ", ".join(style.paint(severity.counted(count), severity) for severity, count in counts.items())
    yield f"{style.paint(f'{shown_path(alike[0])}: {alike[0].name}:', 'bold')} {label}"
    width = max(len(_place(diagnostic)) for diagnostic in alike)
    by_remedy: defaultdict[tuple[tuple[str, str], ...], list[Diagnostic]] = defaultdict(list)
    for diagnostic in alike:
        by_remedy[tuple(_remedy(diagnostic))].append(diagnostic)
    for remedy, members in by_remedy.items():
        for diagnostic in members:
            severity = style.paint(f"{diagnostic.severity} ", diagnostic.severity) if len(counts) > 1 else ""
            places = list(_places(diagnostic))
            message = inert(diagnostic.message)
            if len(places) == 1 and len(message) + len(places[0][1]) + width + 6 <= style.width and not places[0][0]:
                message += f", {places.pop()[1]}"
            yield f"  {style.paint(f'{_place(diagnostic):<{width}}', 'bold')}  {severity}{message}"
            for name, text in (*places, *_notes(diagnostic)):
                yield f"  {'':<{width}}  {style.paint(f'= {name}', 'cyan')}{inert(text)}"
            yield from _offered_rows(diagnostic, source)
        for name, text in remedy:
            yield f"  {'':<{width}}  {style.paint(f'= {name}', 'cyan')}{inert(text)}"


def _place(diagnostic: Diagnostic) -> str:
    return f"{diagnostic.start.line}:{diagnostic.start.column}"


def _covers_lines(diagnostic: Diagnostic, source: Source) -> bool:
    """Whether the finding is about whole lines, so that carets would point at nothing."""
    line = source.line_span(diagnostic.start.line)
    text = _MARKER.sub("", source[line])
    return source[Span(diagnostic.span.start, min(diagnostic.span.end, line.end))].strip() == text.strip()


def _places(diagnostic: Diagnostic) -> Iterator[tuple[str, str]]:
    """The other places of a finding: their lines alone, where there is nothing else to say of them."""
    related = other_places(diagnostic)
    if len({place.message for place in related}) == 1 and all(place.too for place in related):
        if also := also_lines(diagnostic):
            yield "", also
        return
    for place in related[:MOST_PLACES]:
        # Of several places in one line, only the column tells them apart.
        column = f":{place.start.column}" if place.start.line == diagnostic.start.line else ""
        yield f"line {place.start.line}{column}: ", place.message
    if len(related) > MOST_PLACES:
        yield "", f"and {len(related) - MOST_PLACES:,} more; --format concise lists all"


def _notes(diagnostic: Diagnostic) -> Iterator[tuple[str, str]]:
    if diagnostic.note:
        yield "note: ", diagnostic.note


def _remedy(diagnostic: Diagnostic) -> Iterator[tuple[str, str]]:
    """What ``--fix`` does, else what to do."""
    if diagnostic.fix:
        yield "fix: ", f"{diagnostic.fix.message} ({_OPTIONS[diagnostic.fix.applicability]})"
    elif diagnostic.help:
        yield "help: ", diagnostic.help


def _offered_rows(diagnostic: Diagnostic, source: Source) -> Iterator[str]:
    """The rows that may have been meant, as they are to be pasted."""
    rows = diagnostic.rows
    if rows and diagnostic.fix:
        rows = (patched(source, diagnostic.fix, edited_lines(source, diagnostic.fix)),)
    yield from (inert_line(line.rstrip()) for row in rows for line in row.split("\n"))

"""Findings as Markdown, for a job's summary or a comment: a table, and the corrected rows to copy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from awesome_lint.diagnostic import Diagnostic, Fix, Severity
from awesome_lint.report.inert import inert
from awesome_lint.source import Source, Span

_SIGNS = {Severity.ERROR: "❌ error", Severity.WARNING: "⚠️ warning", Severity.INFO: "ℹ️ info"}
_MARKUP = re.compile(r"[\\`*_\[\]#!|~<>&@:]")
_MOST_ROWS = 200
_MOST_CORRECTED = 50
_LONGEST_ROW = 4_000


def render(diagnostics: Sequence[Diagnostic], sources: Mapping[str, Source]) -> str:
    """A heading with the counts, a table of the findings, and in a block each line that a fix corrects."""
    if not diagnostics:
        return "## awesome-lint\n\nNo findings.\n"
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    counted = ", ".join(f"{counts[severity]} {severity}" for severity in Severity if counts[severity])
    lines = ["## awesome-lint", "", f"{counted}.", ""]
    lines += ["| Place | Severity | Rule | Finding |", "| --- | --- | --- | --- |"]
    lines += (_row(diagnostic) for diagnostic in diagnostics[:_MOST_ROWS])
    if len(diagnostics) > _MOST_ROWS:
        lines += ["", f"{len(diagnostics) - _MOST_ROWS} more are left out here."]
    return "\n".join([*lines, *_corrections(diagnostics, sources)]) + "\n"


def _row(diagnostic: Diagnostic) -> str:
    place = _text(f"{diagnostic.path}:{diagnostic.start.line}")
    message = ". ".join(part for part in (diagnostic.message, diagnostic.help) if part)
    return f"| {place} | {_SIGNS[diagnostic.severity]} | {_text(diagnostic.rule)} | {_text(message)} |"


def _text(text: str) -> str:
    """*text* as Markdown that shows just that: no markup, no mention, no HTML."""
    return _MARKUP.sub(_reference, inert(text))


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def _corrections(diagnostics: Sequence[Diagnostic], sources: Mapping[str, Source]) -> Iterator[str]:
    shown: set[tuple[str, str]] = set()
    for diagnostic in diagnostics:
        if diagnostic.fix is None or len(shown) == _MOST_CORRECTED:
            continue
        text = corrected(sources[diagnostic.path], diagnostic.fix)
        if not text.strip() or len(text) > _LONGEST_ROW or (diagnostic.path, text) in shown:
            continue
        if not shown:
            yield from ("", "### Corrected lines")
        shown.add((diagnostic.path, text))
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
        yield from ("", f"{_text(diagnostic.path)}, line {diagnostic.start.line}:", "", f"{fence}markdown")
        yield from (inert(line) for line in text.split("\n"))
        yield fence


def corrected(source: Source, fix: Fix) -> str:
    """The lines that *fix* touches, as they read afterwards."""
    first, last = fix.edits[0].span.start, fix.edits[-1].span.end
    start = source.line_span(source.position(first).line).start
    end = source.line_span(source.position(last).line).end
    parts: list[str] = []
    done = start
    for edit in fix.edits:
        parts += source[Span(done, edit.span.start)], edit.text
        done = edit.span.end
    return "".join([*parts, source[Span(done, end)]]).strip("\n")

"""Findings as Markdown, for a job's summary or a comment: a table, and the corrected rows to copy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from awesome_lint.diagnostic import Diagnostic, FileFindings, Severity, all_diagnostics
from awesome_lint.report.inert import inert, inert_line
from awesome_lint.report.merging import merge_files
from awesome_lint.report.patched import edited_lines, patched
from awesome_lint.report.sentences import in_one_line

_SIGNS = {Severity.ERROR: "❌ error", Severity.WARNING: "⚠️ warning", Severity.INFO: "ℹ️ info"}
_MARKUP = re.compile(r"[\\`*_\[\]#!|~<>&@:$]|(?<=www)\.", re.IGNORECASE)
_CALLING = "@#"  # GitHub looks for names and issues in the rendered text, where an escape is one no more
_ROOM = 900_000  # GitHub takes 1 MiB of summary, and none that is larger
_LONGEST_MESSAGE = 600
_LONGEST_CORRECTION = 4_000


def render(files: Sequence[FileFindings]) -> str:
    """A heading with the counts, a table of the findings, and in a block each line that a fix corrects.

    What is too much for a job's summary is left out, and a line tells how much that is.  Findings with one cause take
    one row of the table, but each has its corrected line.
    """
    diagnostics = all_diagnostics(merge_files(files))
    if not diagnostics:
        return "## awesome-lint\n\nNo findings.\n"
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    counted = ", ".join(severity.counted(counts[severity]) for severity in Severity if counts[severity])
    head = [
        "## awesome-lint",
        "",
        f"{counted}.",
        "",
        "| Place | Severity | Rule | Finding |",
        "| --- | --- | --- | --- |",
    ]
    rows = _fitting(map(_row, diagnostics), _ROOM // 2)
    if len(rows) < len(diagnostics):
        rows += ["", f"{len(diagnostics) - len(rows)} more are left out here."]
    corrections = _fitting(_corrections(files), _ROOM // 2)
    if corrections:
        corrections.insert(0, "\n### Corrected lines")
    return "\n".join([*head, *rows, *corrections]) + "\n"


def _fitting(parts: Iterable[str], room: int) -> list[str]:
    """The first of *parts*, as many as take no more than *room* bytes."""
    found = []
    for part in parts:
        room -= len(part.encode()) + 1
        if room < 0:
            break
        found.append(part)
    return found


def _row(diagnostic: Diagnostic) -> str:
    place = _text(f"{diagnostic.path}:{diagnostic.start.line}")
    message = in_one_line(diagnostic)
    if len(message) > _LONGEST_MESSAGE:
        message = f"{message[:_LONGEST_MESSAGE]}…"
    return f"| {place} | {_SIGNS[diagnostic.severity]} | {_text(diagnostic.name)} | {_text(message)} |"


def _text(text: str) -> str:
    """*text* as Markdown that shows just that: no markup, no mention, no HTML."""
    return _MARKUP.sub(_reference, inert(text))


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};" + ("&#8203;" if match[0] in _CALLING else "")


def _corrections(files: Iterable[FileFindings]) -> Iterator[str]:
    """A block of lines for each different correction."""
    shown: set[tuple[str, str]] = set()
    for source, diagnostic in ((file.source, diagnostic) for file in files for diagnostic in file.diagnostics):
        if diagnostic.fix is None:
            continue
        span = edited_lines(source, diagnostic.fix)
        if span.end - span.start > _LONGEST_CORRECTION:
            continue
        text = patched(source, diagnostic.fix, span).strip("\n")
        if not text.strip() or (diagnostic.path, text) in shown:
            continue
        shown.add((diagnostic.path, text))
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
        block = "\n".join(map(inert_line, text.split("\n")))
        yield f"\n{_text(diagnostic.path)}, line {diagnostic.start.line}:\n\n{fence}markdown\n{block}\n{fence}"

"""Findings in the Reviewdog Diagnostic Format, with suggestions that a reviewer can apply."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from awesome_lint.diagnostic import Diagnostic, FileFindings, Fix
from awesome_lint.report.inert import inert
from awesome_lint.report.inert_markdown import escaped
from awesome_lint.report.json import dumps
from awesome_lint.report.patched import edited, patched
from awesome_lint.report.sentences import in_one_line
from awesome_lint.source import Source, Span


def render(files: Iterable[FileFindings]) -> str:
    """A JSON object; lines start at 1, columns count UTF-8 bytes and start at 1, as the format demands.

    Messages are Markdown in which nothing acts: reviewdog puts them into comments as they are.
    """
    return dumps(
        {
            "source": {"name": "awesome-lint"},
            "diagnostics": [_diagnostic(each, file.source) for file in files for each in file.diagnostics],
        }
    )


def _diagnostic(diagnostic: Diagnostic, source: Source) -> dict[str, Any]:
    data: dict[str, Any] = {
        "message": escaped(in_one_line(diagnostic)),
        "location": {"path": inert(diagnostic.path), "range": _range(diagnostic.span, source)},
        "severity": diagnostic.severity.upper(),
        "code": {"value": diagnostic.rule},
    }
    if diagnostic.fix:
        data["suggestions"] = [_suggestion(diagnostic.fix, source)]
    return data


def _suggestion(fix: Fix, source: Source) -> dict[str, Any]:
    """One suggestion for all edits of *fix*: a reviewer applies suggestions one by one, and these belong together."""
    span = edited(fix)
    return {"range": _range(span, source), "text": patched(source, fix, span)}


def _range(span: Span, source: Source) -> dict[str, dict[str, int]]:
    return {"start": _position(span.start, source), "end": _position(span.end, source)}


def _position(offset: int, source: Source) -> dict[str, int]:
    line = source.position(offset).line
    before = source[Span(source.line_span(line).start, offset)]
    return {"line": line, "column": len(before.encode("utf-8")) + 1}

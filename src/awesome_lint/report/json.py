"""Findings as JSON, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from awesome_lint.diagnostic import Diagnostic, FileFindings, Fix
from awesome_lint.report.summary import count_rules
from awesome_lint.source import Source, Span


def render(files: Iterable[FileFindings]) -> str:
    """A JSON array with an object for each diagnostic; lines and columns start at 1, columns are code points.

    ``kind`` is only there for rules that have kinds.
    """
    return dumps([_as_data(diagnostic, file.source) for file in files for diagnostic in file.diagnostics])


def render_counts(diagnostics: Iterable[Diagnostic]) -> str:
    """A JSON array with the counts of each rule: all findings, those of each severity, and those that can be fixed."""
    return dumps(
        [
            {
                "rule": each.rule,
                "count": each.total,
                "errors": each.errors,
                "warnings": each.warnings,
                "info": each.infos,
                "fixable": each.fixable,
            }
            for each in count_rules(diagnostics)
        ]
    )


def dumps(data: Any, indent: int | None = 2) -> str:
    """*data* as JSON in ASCII, with a final newline; nothing in it acts on a terminal, a CI system or a page."""
    text = json.dumps(data, indent=indent, ensure_ascii=True)
    # A doubled number sign opens a command of some CI systems wherever it is in a line, and ``</script>`` ends a
    # script into which a page puts the report; in JSON both characters are in strings only.
    return text.replace("##", "#\\u0023").replace("<", "\\u003c") + "\n"


def storable(path: str) -> str:
    """*path* with the bytes that are no text as escapes: strict readers of JSON refuse lone surrogates."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def _as_data(diagnostic: Diagnostic, source: Source) -> dict[str, Any]:
    return {
        "rule": diagnostic.rule,
        **({"kind": diagnostic.kind} if diagnostic.kind else {}),
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "path": storable(diagnostic.path),
        **_place(diagnostic.span, source),
        "help": diagnostic.advice,
        "note": diagnostic.note,
        "rows": list(diagnostic.rows),
        "section": list(diagnostic.section),
        "entry": diagnostic.entry,
        "related": [
            {"line": place.start.line, "column": place.start.column, "message": place.message}
            for place in diagnostic.related
        ],
        "fix": _fix_as_data(diagnostic.fix, source) if diagnostic.fix else None,
    }


def _fix_as_data(fix: Fix, source: Source) -> dict[str, Any]:
    return {
        "applicability": fix.applicability,
        "message": fix.message,
        "edits": [{**_place(edit.span, source), "text": edit.text} for edit in fix.edits],
    }


def _place(span: Span, source: Source) -> dict[str, int]:
    start, end = source.position(span.start), source.position(span.end)
    return {"line": start.line, "column": start.column, "end_line": end.line, "end_column": end.column}

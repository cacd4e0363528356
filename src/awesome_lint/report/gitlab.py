"""Findings as a GitLab code quality report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from awesome_lint.baseline.fingerprint import fingerprint
from awesome_lint.diagnostic import Diagnostic, FileFindings, Severity
from awesome_lint.report.inert import inert
from awesome_lint.report.json import dumps
from awesome_lint.report.sentences import in_one_line
from awesome_lint.source import Source

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(files: Iterable[FileFindings]) -> str:
    """A JSON array with an object for each diagnostic; fingerprints are unique, GitLab drops what has the same."""
    seen: Counter[str] = Counter()
    return dumps([_issue(diagnostic, file.source, seen) for file in files for diagnostic in file.diagnostics])


def _issue(diagnostic: Diagnostic, source: Source, seen: Counter[str]) -> dict[str, Any]:
    """*diagnostic* as data; *seen* counts how often each fingerprint was there before."""
    path = inert(diagnostic.path.removeprefix("./"))
    print_ = sha256(f"{path}\n{fingerprint(diagnostic, source)}".encode()).hexdigest()[:32]
    seen[print_] += 1
    return {
        "check_name": diagnostic.rule,
        "description": inert(in_one_line(diagnostic, with_advice=False)),
        "fingerprint": f"{print_}{seen[print_]:04x}",
        "severity": _SEVERITIES[diagnostic.severity],
        "location": {"path": path, "lines": {"begin": diagnostic.start.line, "end": diagnostic.end.line}},
    }

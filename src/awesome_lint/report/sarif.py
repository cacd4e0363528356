"""Findings in the Static Analysis Results Interchange Format 2.1.0, for code scanning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from awesome_lint import __version__
from awesome_lint.baseline.fingerprint import fingerprint
from awesome_lint.diagnostic import Diagnostic, FileFindings, Fix, Severity, all_diagnostics
from awesome_lint.regex import regex
from awesome_lint.report.inert import inert
from awesome_lint.report.json import dumps
from awesome_lint.report.sentences import in_one_line
from awesome_lint.source import Source, Span

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_LINK = regex(r"\[(?=[^\[\]]*\]\()")


def render(files: Sequence[FileFindings], pages: Mapping[str, str]) -> str:
    """A SARIF log with one run; *pages* maps the rules' names to their pages in Markdown."""
    names = sorted({diagnostic.rule for diagnostic in all_diagnostics(files)})
    driver = {
        "name": "awesome-lint",
        "semanticVersion": __version__,
        "rules": [_rule(name, pages.get(name, "")) for name in names],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": list(_results(files, names)),
    }
    return dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(name: str, page: str) -> dict[str, Any]:
    summary = page.partition("\n")[0] or name
    return {
        "id": name,
        "shortDescription": {"text": summary},
        "help": {"text": page or summary, "markdown": page or summary},
    }


def _results(files: Iterable[FileFindings], names: Sequence[str]) -> Iterator[dict[str, Any]]:
    seen: Counter[tuple[str, str]] = Counter()
    for file in files:
        for diagnostic in file.diagnostics:
            print_ = fingerprint(diagnostic, file.source)
            seen[diagnostic.path, print_] += 1
            unique = f"{print_}:{seen[diagnostic.path, print_]}"
            yield _result(diagnostic, file.source, names.index(diagnostic.rule), unique)


def _result(diagnostic: Diagnostic, source: Source, rule_index: int, print_: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": diagnostic.rule,
        "ruleIndex": rule_index,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": _text(in_one_line(diagnostic))},
        "locations": [_location(diagnostic.path, diagnostic.span, source)],
        "partialFingerprints": {"awesomeLint/v1": print_},
    }
    if diagnostic.related:
        result["relatedLocations"] = [_related(number, diagnostic) for number in range(len(diagnostic.related))]
    if diagnostic.kind:
        result["properties"] = {"kind": diagnostic.kind}
    if diagnostic.fix:
        result["fixes"] = [_fix(diagnostic.fix, diagnostic.path, source)]
    return result


def _related(index: int, diagnostic: Diagnostic) -> dict[str, Any]:
    place = diagnostic.related[index]
    return {
        "id": index + 1,
        "message": {"text": _text(place.message)},
        "physicalLocation": {
            "artifactLocation": _artifact(diagnostic.path),
            "region": {"startLine": place.start.line, "startColumn": place.start.column},
        },
    }


def _text(text: str) -> str:
    """*text* as a plain text message: what would be an embedded link (SARIF 2.1.0, section 3.11.6) is none."""
    return _LINK.sub(r"\\[", inert(text))


def _location(path: str, span: Span, source: Source) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _artifact(path), "region": _region(span, source)}}


def _artifact(path: str) -> dict[str, str]:
    return {"uri": quote(path.replace("\\", "/").removeprefix("./").encode("utf-8", "surrogateescape"), safe="/")}


def _region(span: Span, source: Source) -> dict[str, int]:
    start, end = source.position(span.start), source.position(span.end)
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def _fix(fix: Fix, path: str, source: Source) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _region(edit.span, source), "insertedContent": {"text": edit.text}} for edit in fix.edits
    ]
    return {
        "description": {"text": _text(f"{fix.message} ({fix.applicability})")},
        "artifactChanges": [{"artifactLocation": _artifact(path), "replacements": replacements}],
    }

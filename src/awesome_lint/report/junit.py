"""Findings as JUnit XML: one test suite per file, one test case per finding."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from awesome_lint.diagnostic import Diagnostic, FileFindings, Severity
from awesome_lint.report.inert import inert_xml
from awesome_lint.report.sentences import in_one_line


def render(files: Iterable[FileFindings]) -> str:
    """A suite for each of *files*; errors and warnings are failures, a file without any has one test that passes."""
    root = Element("testsuites", name="awesome-lint")
    for file in files:
        path, found = file.source.path, file.diagnostics
        failures = sum(diagnostic.severity is not Severity.INFO for diagnostic in found)
        suite = SubElement(
            root, "testsuite", name=inert_xml(path), tests=str(max(1, len(found))), failures=str(failures), errors="0"
        )
        for diagnostic in found:
            _case(suite, diagnostic)
        if not found:
            SubElement(suite, "testcase", name="no findings", classname=inert_xml(path))
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _case(suite: Element, diagnostic: Diagnostic) -> None:
    place = f"{diagnostic.start.line}:{diagnostic.start.column}"
    case = SubElement(suite, "testcase", name=f"{diagnostic.name} {place}", classname=inert_xml(diagnostic.path))
    text = f"{diagnostic.path}:{place}: {in_one_line(diagnostic)}"
    if diagnostic.severity is Severity.INFO:
        SubElement(case, "system-out").text = inert_xml(text)
        return
    failure = SubElement(case, "failure", type=diagnostic.severity, message=inert_xml(diagnostic.message))
    failure.text = inert_xml(text)

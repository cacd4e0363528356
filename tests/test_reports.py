"""The reports for programs: held against schemas and parsers, on any list and on one that means harm."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from junitparser import Failure, JUnitXml

from awesome_lint.diagnostic import Applicability, Diagnostic, Edit, FileFindings, Fix, RelatedPlace, Severity
from awesome_lint.linter.engine import check
from awesome_lint.report import github, gitlab, junit, markdown, rdjson, sarif
from awesome_lint.report import json as plain_json
from awesome_lint.rules import RULES
from awesome_lint.source import Source, Span

ROOT = Path(__file__).parent.parent
PAGES = {rule.name: rule.page for rule in RULES}
FORMATS = ("json", "github", "sarif", "gitlab", "junit", "rdjson", "markdown")
HOSTILE = [
    "::error file=README.md::forged",
    "##[error]forged",
    "##vso[task.setvariable variable=PATH]forged",
    "##teamcity[buildStop comment='forged']",
    "a%0A::warning::forged",
    "a%0D%0A::warning::forged",
    "\x1b[31mred\x1b[0m \x1b]8;;https://example.org\x07link\x1b]8;;\x07 \x9b2J",
    "\u202egnp.exe \u2066hidden\u2069 \u2028 \u2029",
    "</script><script>alert(1)</script> <img src=x onerror=alert(1)>",
    "]]> <!-- ]]> & &amp; &#x41;",
    "@everyone #1 [click](https://example.org) ![](https://example.org/x.png) $a$ www.example.org",
    "``` ~~~ | \\| `x`",
    "GH-26 gh-1 XGH-1 wwww.x owner/name#1 owner@8c2f7d1 user@example.org",
    "\ufffe \uffff \ufeff \x7f",
    "x" * 100_000,
]
ACTIVE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]|##\\w*\\[")
"""What acts on a terminal, on a line matcher or on the log of a CI system wherever it stands."""


@cache
def validator(name: str) -> Any:
    """A validator for the schema *name*."""
    schema = json.loads((ROOT / "tests" / "schemas" / f"{name}.json").read_text(encoding="utf-8"))
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema, format_checker=kind.FORMAT_CHECKER)


def loads(text: str) -> Any:
    """Parse JSON as strict readers do: no lone surrogates, which UTF-8 cannot hold."""
    data = json.loads(text)
    json.dumps(data, ensure_ascii=False).encode("utf-8")
    return data


def all_reports(files: list[FileFindings]) -> dict[str, str]:
    return {
        "json": plain_json.render(files),
        "github": github.render(files),
        "sarif": sarif.render(files, PAGES),
        "gitlab": gitlab.render(files),
        "junit": junit.render(files),
        "rdjson": rdjson.render(files),
        "markdown": markdown.render(files),
    }


def commands(log: str) -> list[tuple[str, dict[str, str], str]]:
    """The workflow commands in *log*, read as the runner of GitHub Actions reads them."""

    def data(text: str) -> str:
        return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")

    def value(text: str) -> str:
        return data(text.replace("%3A", ":").replace("%2C", ","))

    found = []
    for line in re.split("\r\n|\r|\n", log):
        assert "##[" not in line  # the runner looks for this older form anywhere in a line
        if match := re.match(r"\s*::([^ :]+)(?: (.*?))?::(.*)", line):
            listed = [part.partition("=") for part in (match[2] or "").split(",") if part]
            found.append((match[1], {name: value(text) for name, _, text in listed}, data(match[3])))
    return found


def assert_inert(name: str, text: str) -> None:
    """That nothing in a report acts, and that no line is a command but those of the report itself."""
    assert not ACTIVE.search(text)
    if name != "github":
        assert commands(text) == []


def assert_valid(reports: dict[str, str], findings: int) -> None:
    """That each report is what its readers expect, and holds all findings."""
    assert len(loads(reports["json"])) == findings
    assert len(commands(reports["github"])) == findings == reports["github"].count("\n")
    assert {command for command, _, _ in commands(reports["github"])} <= {"error", "warning", "notice"}
    for name in ("sarif", "gitlab", "rdjson"):
        validator(name).validate(loads(reports[name]))
    assert len(loads(reports["sarif"])["runs"][0]["results"]) == findings
    prints = [issue["fingerprint"] for issue in loads(reports["gitlab"])]
    assert len(prints) == findings == len(set(prints))
    assert len(loads(reports["rdjson"])["diagnostics"]) >= findings, "here those with one cause stay apart"
    cases = [case for suite in JUnitXml.fromstring(reports["junit"].encode()) for case in suite]
    assert sum(case.name != "no findings" for case in cases) == findings


def finding(source: Source, span: Span, text: str, **changes: Any) -> Diagnostic:
    """A finding that says *text* wherever it can."""
    values: dict[str, Any] = {
        "rule": "truncated-link",
        "severity": Severity.ERROR,
        "message": text or "x",
        "path": source.path,
        "span": span,
        "start": source.position(span.start),
        "end": source.position(span.end),
        "help": text,
        "section": (text,),
        "entry": text,
        "related": (RelatedPlace(source.position(0), text),),
        "fix": Fix(text, (Edit(Span(0, 1), text),), Applicability.SAFE),
        **changes,
    }
    return Diagnostic(**values)


def example() -> tuple[Source, list[Diagnostic]]:
    path = ROOT / "examples" / "papers.md"
    source = Source.from_bytes(path.read_bytes(), "examples/papers.md")
    return source, check(source)


def test_reports_of_the_example() -> None:
    source, found = example()
    assert len(found) > 8
    reports = all_reports([FileFindings(source, found)])
    assert_valid(reports, len(found))
    for name, text in reports.items():
        assert_inert(name, text)


def test_reports_of_the_same_finding_in_two_files() -> None:
    sources = {name: Source("x\n", name) for name in ("a.md", "b.md")}
    files = [FileFindings(source, [finding(source, Span(0, 1), "x")] * 2) for source in sources.values()]
    reports = all_reports(files)
    assert_valid(reports, 4)
    assert [len(suite) for suite in JUnitXml.fromstring(reports["junit"].encode())] == [2, 2]


def test_reports_of_nothing() -> None:
    source = Source("# List\n", "README.md")
    reports = all_reports([FileFindings(source, [])])
    assert_valid(reports, 0)
    (suite,) = JUnitXml.fromstring(reports["junit"].encode())
    assert (suite.tests, suite.failures) == (1, 0)
    assert reports["markdown"] == "## awesome-lint\n\nNo findings.\n"


@pytest.mark.parametrize("severity", Severity)
def test_every_severity_has_its_name_in_each_format(severity: Severity) -> None:
    source = Source("one\n", "README.md")
    reports = all_reports([FileFindings(source, [finding(source, Span(0, 1), "x", severity=severity)])])
    assert_valid(reports, 1)
    names = {
        Severity.ERROR: ("error", "error", "major", "ERROR", True),
        Severity.WARNING: ("warning", "warning", "minor", "WARNING", True),
        Severity.INFO: ("notice", "note", "info", "INFO", False),
    }
    ((case,),) = JUnitXml.fromstring(reports["junit"].encode())
    assert names[severity] == (
        commands(reports["github"])[0][0],
        loads(reports["sarif"])["runs"][0]["results"][0]["level"],
        loads(reports["gitlab"])[0]["severity"],
        loads(reports["rdjson"])["diagnostics"][0]["severity"],
        any(isinstance(result, Failure) for result in case.result),
    )


def test_annotations_say_what_was_found() -> None:
    source, found = example()
    shown = commands(github.render([FileFindings(source, found)]))
    for diagnostic, (_, properties, message) in zip(found, shown, strict=True):
        assert message.startswith(diagnostic.message)
        assert properties["file"] == "examples/papers.md"
        assert int(properties["line"]) == diagnostic.start.line
        assert properties["title"] == f"awesome-lint {diagnostic.rule}"


def test_an_annotation_of_several_lines_has_no_columns() -> None:
    source = Source("one\ntwo\n", "README.md")
    ((_, properties, _),) = commands(github.render([FileFindings(source, [finding(source, Span(0, 5), "x")])]))
    assert {"line": "1", "endLine": "2"}.items() <= properties.items()
    assert not {"col", "endColumn"} & properties.keys()


def apply_sarif(text: str, replacements: list[dict[str, Any]]) -> str:
    """*text* after the replacements of a SARIF fix, whose columns count code points."""
    lines = text.split("\n")

    def offset(line: int, column: int) -> int:
        return sum(len(other) + 1 for other in lines[: line - 1]) + column - 1

    for replacement in reversed(replacements):
        region = replacement["deletedRegion"]
        start = offset(region["startLine"], region["startColumn"])
        end = offset(region["endLine"], region["endColumn"])
        text = text[:start] + replacement["insertedContent"]["text"] + text[end:]
    return text


def apply_rdjson(text: str, suggestion: dict[str, Any]) -> str:
    """*text* after a suggestion, whose columns count bytes."""
    lines = text.encode().split(b"\n")

    def offset(position: dict[str, int]) -> int:
        return sum(len(other) + 1 for other in lines[: position["line"] - 1]) + position["column"] - 1

    data = text.encode()
    start, end = (offset(suggestion["range"][name]) for name in ("start", "end"))
    fixed: str = (data[:start] + suggestion["text"].encode() + data[end:]).decode()
    return fixed


def assert_fixes_agree(source: Source, found: list[Diagnostic]) -> None:
    """That the fixes in SARIF and rdjson do what the fixes of the findings do."""
    files = [FileFindings(source, found)]
    results = loads(sarif.render(files, PAGES))["runs"][0]["results"]
    remarks = loads(rdjson.render(files))["diagnostics"]
    for diagnostic, result, remark in zip(found, results, remarks, strict=True):
        if diagnostic.fix is None:
            assert "fixes" not in result
            assert "suggestions" not in remark
            continue
        expected = source.replace((edit.span, edit.text) for edit in diagnostic.fix.edits).text
        ((change,),) = (fix["artifactChanges"] for fix in result["fixes"])
        assert apply_sarif(source.text, change["replacements"]) == expected
        (suggestion,) = remark["suggestions"]
        assert apply_rdjson(source.text, suggestion) == expected


def test_fixes_do_in_other_programs_what_they_do_here() -> None:
    source, found = example()
    assert sum(diagnostic.fix is not None for diagnostic in found) > 5
    assert_fixes_agree(source, found)


def test_fixes_count_code_points_in_sarif_and_bytes_in_rdjson() -> None:
    source = Source("日本 𐐀 [x](y) e\u0301\n𐐀𐐀\n", "README.md")
    fix = Fix("fix", (Edit(Span(5, 6), "é"), Edit(Span(8, 8), "𐐀"), Edit(Span(15, 17), "")), Applicability.SAFE)
    assert_fixes_agree(source, [finding(source, Span(5, 6), "x", fix=fix)])


def test_a_fingerprint_stays_when_lines_move() -> None:
    source, found = example()
    moved = Source("\n\n" + source.text, source.path)

    def prints(source: Source) -> list[tuple[str, str]]:
        log = loads(sarif.render([FileFindings(source, check(source))], PAGES))
        return [(result["ruleId"], *result["partialFingerprints"].values()) for result in log["runs"][0]["results"]]

    assert prints(source) == prints(moved)
    assert len(set(prints(source))) == len(found)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_inert_wherever_it_stands(text: str) -> None:
    path = text[:200]
    source = Source(f"x {text}\n", path)
    found = [finding(source, Span(0, 3), text), finding(source, Span(0, 3), text, severity=Severity.INFO)]
    reports = all_reports([FileFindings(source, found)])
    assert_valid(reports, 2)
    for name, report in reports.items():
        assert_inert(name, report)
        assert name in ("github", "markdown", "junit") or "<" not in report
    for _, properties, message in commands(reports["github"]):
        assert "\n" not in message + "".join(properties.values())
        assert set(properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}


@given(st.text(alphabet=st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("#[]():%\n\r\x1b<>|`"))))
def test_any_text_stays_inert(text: str) -> None:
    source = Source(f"x {text}", text or "x")
    reports = all_reports([FileFindings(source, [finding(source, Span(0, 1), text)])])
    assert_valid(reports, 1)
    for name, report in reports.items():
        assert_inert(name, report)


def test_sarif_messages_hold_no_links() -> None:
    source = Source("x\n", "README.md")
    text = "Write: | [[pdf]](https://example.org) | [a](1) | [b] (c) |"
    found = [finding(source, Span(0, 1), "x", help=text)]
    (result,) = loads(sarif.render([FileFindings(source, found)], PAGES))["runs"][0]["results"]
    shown = result["message"]["text"]
    assert not re.search(r"(?<!\\)\[(?:\\.|[^\[\]\\])*\]\(", shown)
    assert "[b] (c)" in shown


def run_all(folder: Path, name: str) -> tuple[dict[str, str], subprocess.CompletedProcess[bytes]]:
    """All reports of the file *name* at once, by the real program."""
    options = [option for report in FORMATS for option in ("--report", f"{report}={folder / report}.out")]
    command = [sys.executable, "-m", "awesome_lint", "--isolated", "--info", *options, "--report", "text", "--", name]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=120)
    assert done.returncode == 1, done.stderr
    return {name: (folder / f"{name}.out").read_text(encoding="utf-8") for name in FORMATS}, done


def hostile_list() -> str:
    rows = [
        f"| {text} | [{text}](https://example.org/{number} | 2020 |\n| {text} | [](<{text}>) | 20 | {text} |"
        for number, text in enumerate(HOSTILE)
    ]
    return "\n".join(["# List", "", "| Name | Link | Year |", "| --- | --- | --- |", *rows, ""])


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [b"::error::forged,file=x.md", b"%0A::error::%3A.md", b"lone \xff \xed\xa0\x80.md", b"a\nb\x1b[31m ##[x].md"],
)
def test_a_hostile_list_cannot_act_through_any_report(tmp_path: Path, name: bytes) -> None:
    file = os.fsdecode(name)
    try:
        (tmp_path / file).write_text(hostile_list(), encoding="utf-8")
    except OSError:
        pytest.skip("this file system does not take the name")
    reports, done = run_all(tmp_path, file)
    found = len(loads(reports["json"]))
    assert found > 10
    assert_valid(reports, found)
    for report, text in reports.items():
        assert_inert(report, text)
    shown = done.stdout.decode("utf-8")
    assert_inert("text", shown)
    results = loads(reports["sarif"])["runs"][0]["results"]
    (uri,) = {location["physicalLocation"]["artifactLocation"]["uri"] for r in results for location in r["locations"]}
    assert unquote_to_bytes(uri) == name


def test_junit_is_xml_for_other_parsers() -> None:
    source = Source("x\n", "a\ufffe.md")
    root = ElementTree.fromstring(junit.render([FileFindings(source, [finding(source, Span(0, 1), "\uffff")])]))
    assert [suite.get("failures") for suite in root] == ["1"]

"""Findings with one cause become one, in reports alone."""

from __future__ import annotations

from awesome_lint.diagnostic import Applicability, Diagnostic, FileFindings, Severity, Shared
from awesome_lint.linter.engine import check
from awesome_lint.report import json, rdjson, text
from awesome_lint.report.merging import merge_files
from awesome_lint.report.patched import edited, patched
from awesome_lint.report.sentences import also_lines, places_of
from awesome_lint.report.style import Style
from awesome_lint.source import Position, Source, Span


def found(content: str, rule: str) -> FileFindings:
    source = Source(content, "README.md")
    return FileFindings(source, [each for each in check(source) if each.rule == rule])


def merged(content: str, rule: str) -> list[Diagnostic]:
    return list(merge_files([found(content, rule)])[0].diagnostics)


def test_what_says_the_same_is_said_once() -> None:
    content = "# List\n\n" + "- [Soon]()\n" * 4
    (only,) = merged(content, "empty-link")
    assert only.message == "The link “Soon” has no address (4 times)"
    assert [place.start.line for place in only.related] == [4, 5, 6]
    assert (places_of(only), also_lines(only)) == (4, "also lines 4, 5, 6")
    assert len(merged(content + "- [Later]()\n", "empty-link")) == 2


def test_three_are_still_told_apart() -> None:
    assert len(merged("- [Soon]()\n" * 3, "empty-link")) == 3


def test_a_rule_says_what_different_messages_have_in_common() -> None:
    content = "# Stop\n\n" + "".join(f"- [Item {number}](#Stop)\n" for number in range(5))
    (only,) = merged(content, "dangling-anchor")
    assert only.message == "5 links have capitals in their anchor, but anchors are in lower case"
    assert only.related[0].message.startswith("The link “Item 0” leads to `#Stop`")
    assert (len(only.related), places_of(only)) == (5, 5), "the first place is told of, too, and counted once"
    shown = text.render([FileFindings(Source(content, "README.md"), [only])], Style(100))
    assert "= line 5: The link “Item 2”" in shown
    assert "= and 2 more; --format concise lists all" in shown


def test_one_fix_mends_all_places() -> None:
    file = found("# Stop\n\n" + "".join(f"- [Item {number}](#Stop)\n" for number in range(5)), "dangling-anchor")
    (only,) = merge_files([file])[0].diagnostics
    assert only.fix
    assert only.fix.applicability is Applicability.SAFE
    assert patched(file.source, only.fix, edited(only.fix)).count("#stop") == 5


def test_braces_of_a_list_are_text() -> None:
    shared = Shared("x", "{count} links lead into `{x}/`")
    start, end = Position(1, 1), Position(1, 2)
    each = Diagnostic("missing-file", Severity.ERROR, "x", "README.md", Span(0, 1), start, end, shared=shared)
    (only,) = merge_files([FileFindings(Source("x\n", "README.md"), [each] * 5)])[0].diagnostics
    assert only.message == "5 links lead into `{x}/`"


def test_rows_that_are_offered_stay_apart() -> None:
    rows = "".join(f"| Row {number} | a | b\n" for number in range(5))
    content = f"| Name | One | Two | Three |\n| --- | --- | --- | --- |\n| x | 1 | 2 | 3 |\n{rows}"
    assert [each.severity for each in merged(content, "column-count")] == [Severity.INFO]
    broken = "".join(f"| [pdf](https://example.org/{number} | 201{number} |\n" for number in range(5))
    kept = merged(
        f"| Paper | Year |\n| --- | --- |\n| [pdf](https://example.org/) | 2009 |\n{broken}", "truncated-link"
    )
    assert len(kept) == 5
    assert all(len(each.rows) == 1 for each in kept)


def test_json_has_all_places_and_reviewers_get_each_finding() -> None:
    file = found("- [Soon]()\n" * 9, "empty-link")
    assert json.render(merge_files([file])).count('"message": "Here too"') == 8
    assert rdjson.render([file]).count("has no address") == 9

"""The reports: what they look like, and that nothing in a README can act through them."""

from __future__ import annotations

import json as standard_json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from awesome_lint.diagnostic import Applicability, Diagnostic, Edit, FileFindings, Fix, RelatedPlace, Severity
from awesome_lint.report import concise, json, summary, text
from awesome_lint.report.excerpt import excerpt
from awesome_lint.report.inert import inert
from awesome_lint.report.style import Style
from awesome_lint.source import Source, Span

ROW = "| [Alpha](http://example.org/a | MRI | 2016 |"
SOURCE = Source(f"# List\n\n| Paper | Modality | Year |\n| --- | --- | --- |\n{ROW}\n", "README.md")
PLAIN = Style(width=80)
ACTIVE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]|##\\w*\\[")


def diagnostic(source: Source = SOURCE, marked: str = "http://example.org/a", **changes: object) -> Diagnostic:
    """A finding at *marked* in *source*."""
    span = Span(source.text.index(marked), source.text.index(marked) + len(marked))
    values: dict[str, object] = {
        "rule": "truncated-link",
        "severity": Severity.ERROR,
        "message": "The link of “Alpha” is never closed",
        "path": source.path,
        "span": span,
        "start": source.position(span.start),
        "end": source.position(span.end),
        **changes,
    }
    return Diagnostic(**values)  # type: ignore[arg-type] # loose on purpose


FIX = Fix(
    "Close the link", (Edit(Span(SOURCE.text.index(" | MRI"), SOURCE.text.index(" | MRI")), ")"),), Applicability.SAFE
)
FULL = diagnostic(
    help="write `)` after the address",
    section=("List",),
    entry="Alpha",
    related=(RelatedPlace(SOURCE.position(0), "the list begins here"),),
    fix=FIX,
)


def test_text() -> None:
    assert text.render([FileFindings(SOURCE, [FULL])], PLAIN) == (
        "README.md:5:11: error[truncated-link] The link of “Alpha” is never closed\n"
        " 5 │ | [Alpha](http://example.org/a | MRI | 2016 |\n"
        "   │           ^^^^^^^^^^^^^^^^^^^^\n"
        "   = line 1: the list begins here\n"
        "   = fix: Close the link (--fix)\n"
        "\n"
    )


def test_text_in_colour_says_the_same() -> None:
    colored = text.render([FileFindings(SOURCE, [FULL])], Style(80, color=True))
    assert "\x1b[1;31merror[truncated-link]\x1b[0m" in colored
    assert re.sub(r"\x1b\[[\d;]*m", "", colored) == text.render([FileFindings(SOURCE, [FULL])], PLAIN)


def test_concise() -> None:
    assert concise.render([FileFindings(SOURCE, [FULL, FULL])], PLAIN) == (
        "README.md:5:11: error[truncated-link] The link of “Alpha” is never closed\n" * 2
    )


def test_json() -> None:
    assert standard_json.loads(json.render([FileFindings(SOURCE, [FULL])])) == [
        {
            "rule": "truncated-link",
            "severity": "error",
            "message": "The link of “Alpha” is never closed",
            "path": "README.md",
            "line": 5,
            "column": 11,
            "end_line": 5,
            "end_column": 31,
            "help": "write `)` after the address",
            "note": "",
            "rows": [],
            "section": ["List"],
            "entry": "Alpha",
            "related": [{"line": 1, "column": 1, "message": "the list begins here"}],
            "fix": {
                "applicability": "safe",
                "message": "Close the link",
                "edits": [{"line": 5, "column": 31, "end_line": 5, "end_column": 31, "text": ")"}],
            },
        }
    ]


def test_json_without_findings_and_without_extras() -> None:
    assert json.render([]) == "[]\n"
    (found,) = standard_json.loads(json.render([FileFindings(SOURCE, [diagnostic()])]))
    assert (found["help"], found["section"], found["entry"], found["related"], found["fix"]) == ("", [], "", [], None)


def test_columns_are_code_points() -> None:
    source = Source("\ufeff日本 🧑‍🔬 e\u0301 x\r\n", "README.md")
    (found,) = standard_json.loads(json.render([FileFindings(source, [diagnostic(source, "x")])]))
    assert (found["line"], found["column"], found["end_column"]) == (1, 11, 12)


@pytest.mark.parametrize(
    ("severities", "files", "expected"),
    [
        ([], 1, "No findings in 1 file\n"),
        ([], 3, "No findings in 3 files\n"),
        ([Severity.ERROR], 1, "1 error in 1 file\n"),
        ([Severity.ERROR, Severity.WARNING, Severity.INFO], 2, "1 error, 1 warning, 1 info finding in 2 files\n"),
        ([Severity.WARNING] * 2, 1, "2 warnings in 1 file\n"),
        ([Severity.INFO] * 2, 1, "2 info findings in 1 file\n"),
    ],
)  # fmt: skip
def test_summary(severities: list[Severity], files: int, expected: str) -> None:
    found = [diagnostic(severity=severity) for severity in severities]
    assert summary.summarize(found, files, PLAIN) == expected


@pytest.mark.parametrize(
    ("applicabilities", "expected"),
    [
        ([Applicability.SAFE, Applicability.FORMAT], "2 can be fixed with --fix\n"),
        ([Applicability.UNSAFE], "1 can be fixed with --fix --unsafe-fixes\n"),
        (
            [Applicability.SAFE, Applicability.UNSAFE],
            "1 can be fixed with --fix, 1 more with --fix --unsafe-fixes\n",
        ),
    ],
)
def test_summary_of_fixes(applicabilities: list[Applicability], expected: str) -> None:
    found = [diagnostic(fix=Fix("Fix it", (), applicability)) for applicability in applicabilities]
    assert summary.summarize(found, 1, PLAIN).splitlines(keepends=True)[1:] == [expected]


def test_statistics() -> None:
    found = [diagnostic(rule=rule) for rule in [*["c"] * 10, "a"]]
    found.append(diagnostic(rule="b", severity=Severity.WARNING, fix=FIX))
    assert summary.render_counts(found) == (
        "rule   errors  warnings  fixable\n"
        "c          10         0        0\n"
        "a           1         0        0\n"
        "b           0         1        1\n"
        "total      11         1        1\n"
    )
    assert summary.render_counts([]) == ""
    with_info = summary.render_counts([*found, diagnostic(rule="d", severity=Severity.INFO)])
    assert with_info.splitlines()[0] == "rule   errors  warnings  info  fixable"
    assert standard_json.loads(json.render_counts(found))[2] == {
        "rule": "b", "count": 1, "errors": 0, "warnings": 1, "info": 0, "fixable": 1
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "marked", "width", "expected"),
    [
        ("one two three", "two", 40, ("one two three", "    ^^^")),
        ("one\ttwo", "two", 40, ("one    two", "       ^^^")),
        ("日本語 list", "list", 40, ("日本語 list", "       ^^^^")),
        ("日本語 list", "本", 40, ("日本語 list", "  ^^")),
        ("e\u0301\u0302 x", "x", 40, ("e\u0301\u0302 x", "  ^")),
        ("🧑‍🔬 x", "x", 40, ("🧑‍🔬 x", "   ^")),
        ("a\x1b[31mb", "b", 40, ("a\\x1b[31mb", "         ^")),
        ("abc", "", 40, ("abc", "^")),
        ("a" * 100 + "HERE" + "b" * 100, "HERE", 24, ("…aaaaaHERE" + "b" * 13 + "…", "      ^^^^")),
        ("HERE" + "b" * 100, "HERE", 20, ("HERE" + "b" * 15 + "…", "^^^^")),
        ("a" * 100 + "HERE", "HERE", 20, ("…" + "a" * 15 + "HERE", " " * 16 + "^^^^")),
        ("x" + "H" * 100 + "y", "H" * 100, 30, ("x" + "H" * 27 + "…y", " " + "^" * 28)),
        ("x" * 50 + "H" * 100 + "y" * 50, "H" * 100, 30, ("…xx" + "H" * 19 + "…" + "y" * 6 + "…", " " * 3 + "^" * 20)),
    ],
)
def test_excerpt(line: str, marked: str, width: int, expected: tuple[str, str]) -> None:
    source = Source(f"first\n{line}\nlast")
    start = source.text.index(marked, 6)
    assert excerpt(source, Span(start, start + len(marked)), width) == expected


def test_excerpt_of_several_lines_shows_the_first() -> None:
    assert excerpt(Source("one two\nthree"), Span(4, 13), 40) == ("one two", "    ^^^")


def test_excerpt_at_the_end_of_the_file() -> None:
    assert excerpt(Source("one\n"), Span(4, 4), 40) == ("", "^")


def test_a_command_cannot_be_put_together_from_the_parts_of_an_excerpt() -> None:
    shown, _ = excerpt(Source("##[error]"), Span(2, 9), 40)
    assert shown == "\\x23#[error]"


@given(st.text(max_size=300), st.data(), st.integers(20, 120))
def test_an_excerpt_fits_and_points_into_its_line(content: str, data: st.DataObject, width: int) -> None:
    source = Source(content)
    start = data.draw(st.integers(0, len(source.text)))
    end = data.draw(st.integers(start, len(source.text)))
    shown, carets = excerpt(source, Span(start, end), width)
    assert max(wcswidth(shown), len(carets) - 1) <= width
    assert not ACTIVE.search(shown)
    assert re.fullmatch(r" *\^+", carets)


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("#[:\x1b\u202e\n\r\x9b")), max_size=100))
def test_inert_text_is_one_inert_line(content: str) -> None:
    shown = inert(content)
    assert not ACTIVE.search(shown)
    assert "\n" not in shown


def test_inert_text_stays_readable() -> None:
    assert inert("Żółw 日本 🧑‍🔬 🏴󠁧󠁢󠁥󠁮󠁧󠁿 عربي \u200f # [x] ## A") == "Żółw 日本 🧑‍🔬 🏴󠁧󠁢󠁥󠁮󠁧󠁿 عربي \u200f # [x] ## A"
    assert inert("\x1b]0;t\x07 \u202eabc \x9b2J \udcff") == "\\x1b]0;t\\x07 \\u202eabc \\x9b2J \\udcff"


@given(
    st.text(alphabet=st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("#[:\x1b\u202e")), min_size=1)
)
def test_no_report_lets_hostile_text_act(hostile: str) -> None:
    source = Source(f"x {hostile}", hostile)
    fix = Fix(hostile, (Edit(Span(0, 1), hostile),), Applicability.SAFE)
    related = (RelatedPlace(source.position(0), hostile),)
    texts = {"message": hostile, "help": hostile, "entry": hostile, "section": (hostile,)}
    found = [diagnostic(source, "x", fix=fix, related=related, **texts)]
    files = [FileFindings(source, found)]
    for report in (text.render(files, PLAIN), concise.render(files, PLAIN), json.render(files)):
        assert not ACTIVE.search(report)
        assert not any(line.lstrip().startswith("::") for line in report.splitlines())
    (data,) = standard_json.loads(json.render(files))
    assert (data["message"], data["path"], data["fix"]["edits"][0]["text"]) == (hostile, hostile, hostile)


def test_a_long_line_costs_no_more_than_a_short_one() -> None:
    source = Source("[" * 3_000_000, "README.md")
    found = [diagnostic(source, "[")] * 3_000
    assert len(text.render([FileFindings(source, found)], PLAIN)) < 1_000_000

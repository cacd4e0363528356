"""Inline comments: what they hide, and what is reported about them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awesome_lint.diagnostic import Violation
from awesome_lint.markdown import parse
from awesome_lint.source import Source, Span
from awesome_lint.suppression.comments import FaultKind, Suppressed, suppress

CATALOGUE = {
    "alpha": frozenset({"alpha"}),
    "beta": frozenset({"beta"}),
    "gamma": frozenset({"gamma"}),
    "greek": frozenset({"alpha", "beta"}),
    "": frozenset({"alpha", "beta", "gamma"}),
}
ALL = CATALOGUE[""]


def run(text: str, ran: frozenset[str] = ALL) -> Suppressed:
    """Suppress in *text*, where the words ALPHA, BETA and GAMMA are findings of the rules of that name."""
    findings = []
    for rule in sorted(ALL):
        at = -1
        while (at := text.find(rule.upper(), at + 1)) >= 0:
            findings.append((rule, Violation(Span(at, at + len(rule)), f"{rule} at {at}")))
    return suppress(findings, parse(Source(text)), CATALOGUE, ran)


def left(text: str) -> list[str]:
    return [name for name, _ in run(text).findings]


def faults(text: str, ran: frozenset[str] = ALL) -> list[tuple[FaultKind, str]]:
    return [(fault.kind, text[fault.span.start : fault.span.end]) for fault in run(text, ran).faults]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ALPHA BETA <!-- awesome-lint disable-line alpha -->", ["beta"]),
        ("ALPHA BETA <!-- awesome-lint disable-line alpha, gamma -->", ["beta"]),
        ("ALPHA BETA GAMMA <!-- awesome-lint disable-line greek -->", ["gamma"]),
        ("ALPHA BETA GAMMA <!-- awesome-lint disable-line -->", []),
        ("ALPHA <!-- awesome-lint disable-line alpha: ALPHA is gamma beta --> BETA", ["beta"]),
        ("<!-- awesome-lint disable-next-line alpha -->\nALPHA\nALPHA", ["alpha"]),
        ("<!-- awesome-lint disable-next-line alpha\nfor a reason -->\nALPHA BETA", ["beta"]),
        ("ALPHA\n\n<!-- awesome-lint disable-file alpha -->", []),
        ("ALPHA\n\n<!-- awesome-lint disable alpha -->\n\nALPHA BETA\n\n# ALPHA", ["alpha", "beta"]),
        ("<!-- awesome-lint disable -->\nALPHA\n<!-- awesome-lint enable -->\nALPHA", ["alpha"]),
        ("<!-- awesome-lint disable -->\nALPHA\n<!-- awesome-lint enable alpha -->\nALPHA BETA", ["alpha"]),
        ("<!-- awesome-lint disable alpha --><!-- awesome-lint disable alpha -->\n<!-- awesome-lint enable -->\nALPHA",
         ["alpha"]),
        ("| a | b |\n| - | - |\n| ALPHA | x <!-- awesome-lint disable-line alpha --> |\n| ALPHA | y |\n", ["alpha"]),
        ("<!--awesome-lint disable-line alpha-->ALPHA", []),
    ],
)  # fmt: skip
def test_what_is_hidden(text: str, expected: list[str]) -> None:
    assert left(text) == expected


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_any_line_ending(newline: str) -> None:
    text = "ALPHA\n\nALPHA <!-- awesome-lint disable-line alpha -->\n\nALPHA\n"
    source = Source(text.replace("\n", newline))
    spans = [Span(at, at + 5) for at in (0, 7, text.rfind("ALPHA"))]
    found = suppress([("alpha", Violation(span, "")) for span in spans], parse(source), CATALOGUE, ALL)
    assert [violation.span for _, violation in found.findings] == [spans[0], spans[2]]


def test_code_is_no_comment() -> None:
    assert left(
        "ALPHA `<!-- awesome-lint disable-line alpha -->`\n\n    <!-- awesome-lint disable-file alpha -->\n"
    ) == ["alpha"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ALPHA <!-- awesome-lint disable-line alpha -->", []),
        ("ALPHA <!-- awesome-lint disable-line greek -->", []),
        ("ALPHA <!-- awesome-lint disable-line alpha beta -->", [(FaultKind.UNUSED, "beta")]),
        ("x <!-- awesome-lint disable-line -->", [(FaultKind.UNUSED, "<!-- awesome-lint disable-line -->")]),
        ("<!-- awesome-lint disable alpha -->\nALPHA\n<!-- awesome-lint enable alpha -->", []),
        ("<!-- awesome-lint disable alpha -->\nALPHA\n<!-- awesome-lint enable beta -->", [(FaultKind.UNUSED, "beta")]),
        ("ALPHA <!-- awesome-lint disable-line alpah -->", [(FaultKind.UNKNOWN_NAME, "alpah")]),
        ("ALPHA <!-- awesome-lint disable-lien alpha -->", [(FaultKind.UNKNOWN_VERB, "awesome-lint disable-lien")]),
        ("ALPHA <!-- awesome-lint-disable alpha -->", [(FaultKind.UNKNOWN_VERB, "awesome-lint-disable")]),
        ("<!-- awesome-lint runs in CI, see below -->", []),
    ],
)
def test_what_is_reported_about_comments(text: str, expected: list[tuple[FaultKind, str]]) -> None:
    assert faults(text) == expected


def test_suggestions() -> None:
    assert [fault.suggestion for fault in run("<!-- awesome-lint disable alhpa xyz -->").faults] == ["alpha", ""]


def test_not_judged_where_a_rule_did_not_run() -> None:
    text = "<!-- awesome-lint disable-line alpha beta greek --><!-- awesome-lint disable-file -->"
    assert faults(text, ran=frozenset({"alpha"})) == [(FaultKind.UNUSED, "alpha")]


COMMENTS = st.lists(
    st.one_of(
        st.sampled_from(["ALPHA\n\n", "BETA\n\n", "text\n\n"]),
        st.builds(
            "<!-- awesome-lint {} {} -->\n\n".format,
            st.sampled_from(["disable", "enable", "disable-line", "disable-next-line", "disable-file"]),
            st.sampled_from(["", "alpha", "beta", "greek", "alpha beta"]),
        ),
    )
).map("".join)


@given(COMMENTS)
def test_a_comment_without_any_effect_is_exactly_the_one_called_unused(text: str) -> None:
    """Taking out every comment in which all is unused changes nothing of what is left."""
    result = run(text)
    comments = parse(Source(text)).comments
    idle = []
    for comment in comments:
        names = text[comment.start : comment.end].split()[3:-1]
        unused = [f for f in result.faults if f.kind is FaultKind.UNUSED and comment.contains(f.span)]
        if len(unused) == max(1, len(names)):
            idle.append(comment)
    kept = Source(text).replace((comment, "<!-- - -->") for comment in idle)
    assert left(kept.text) == [name for name, _ in result.findings]


def test_many_comments_cost_little() -> None:
    text = "<!-- awesome-lint disable -->\nALPHA\n<!-- awesome-lint enable -->\n\n" * 5_000
    result = run(text)
    assert result.findings == []
    assert result.faults == ()

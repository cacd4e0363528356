"""Whatever a README contains, a check ends well and says only what reports can show."""

from __future__ import annotations

import json as standard_json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from awesome_lint.diagnostic import Diagnostic, FileFindings
from awesome_lint.linter.engine import check
from awesome_lint.report import json, text
from awesome_lint.report.inert import inert
from awesome_lint.report.style import Style
from awesome_lint.semantic.facts import Facts
from awesome_lint.source import Source

pytestmark = pytest.mark.slow

PIECES = [
    "# List\n", "## Contents\n", "## Shortcuts\n", "\n", "\n\n", "text ", "  ", "- ", "* ", "1. ", "> ", "\t", "|",
    "| ", " | ", "| --- | --- |\n", "|:-:|-|\n", "| Paper | Technique | Year |\n| --- | --- | --- |\n",
    "| [Alpha](https://example.org/a) | CNN | 2016 |\n", "| [Alpha](https://example.org/a | CNN | 2016 |\n",
    "| Beta | CNN+RNN |\n", "| Gamma | NN | 2017 | x |\n", "- CNN: Convolutional Neural Network\n", "- NN: Neural\n",
    "*Technique:*\n\n", "- [List](#list)\n", "- [Gone](#gone)\n", "[x]()", "[](y)", "[x](http://a b)", "[x](http://a…)",
    "(x)[http://a]", "[x] (http://a)", "[x](example.org)", "[x](docs/y.md)", "https:/x ", "http://example.org/?a=%2",
    "<https://example.org>", '<a href="http://a', '<img src="b.png">', "<br>", "<details>\n", "</details>\n", "`a|b`",
    "\\|", "**", "_", "[", "]", "(", ")", "![", "`", "```\n", "<!--", "-->", "<!-- awesome-lint disable -->",
    "<!-- awesome-lint disable-line column-count nope -->", "<!-- awesome-lint enable -->", "[a]: http://b\n", "[a]",
    "&amp;", "&#0;", "\x1b[31m", "\u202e", "\u200b", "日本", "🧑‍🔬", "e\u0301", "\ufeff", "\r", "\x00",
    "\x0c", "\x85", "\u2028",
]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=40).map("".join)


def assert_sound(found: list[Diagnostic], source: Source) -> None:
    """Assert what every list of diagnostics has to be."""
    assert [d.span.start for d in found] == sorted(d.span.start for d in found)
    end = len(source.text)
    for diagnostic in found:
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= end
        assert diagnostic.start == source.position(diagnostic.span.start)
        assert diagnostic.message
        assert not diagnostic.message.endswith(".")
        edits = diagnostic.fix.edits if diagnostic.fix else ()
        places = [place for edit in edits for place in edit.span]
        assert places == sorted(places)
        assert all(0 <= place <= end for place in places)
        if diagnostic.fix:
            assert edits
            source.replace((edit.span, edit.text) for edit in edits)
    shown = text.render([FileFindings(source, found)], Style(60))
    assert all(inert(each.message) in shown and f"{each.start.line}:{each.start.column}" in shown for each in found)
    assert len(standard_json.loads(json.render([FileFindings(source, found)]))) == len(found)


@given(TEXTS)
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text(content: str) -> None:
    source = Source(content, "README.md")
    found = check(source, facts=Facts(exists=lambda _: False))
    assert_sound(found, source)
    lines = Source("\ufeff" + source.text.replace("\n", "\r\n"), "README.md")
    assert lines.text == source.text
    assert [(d.rule, d.span, d.message) for d in check(lines, facts=Facts(exists=lambda _: False))] == [
        (d.rule, d.span, d.message) for d in found
    ]


def test_real_lists(corpus: Path) -> None:
    paths = sorted(corpus.glob("*.md"))
    assert paths
    for path in paths:
        source = Source.from_bytes(path.read_bytes(), path.name)
        assert_sound(check(source, facts=Facts(exists=lambda _: False)), source)


@pytest.mark.parametrize("depth", [100, 3_000])
@pytest.mark.parametrize("piece", ["> ", "- ", "[", "*a ", "(", "<b>", "| ", "[a](b", "![", "http://", "www.a.", "a."])
def test_deep_nesting_is_no_recursion(piece: str, depth: int) -> None:
    for content in (piece * depth, f"| a | b |\n| - | - |\n| {piece * depth}"):
        source = Source(content, "README.md")
        assert_sound(check(source), source)

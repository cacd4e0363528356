"""The Markdown report: inert whatever a README contains, and no longer than its place takes."""

from __future__ import annotations

import json
import re
from html import unescape

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options

from awesome_lint.diagnostic import Applicability, Edit, FileFindings, Fix
from awesome_lint.report import markdown, rdjson
from awesome_lint.report.inert import inert
from awesome_lint.report.sentences import in_one_line
from awesome_lint.source import Source, Span
from tests.test_reports import HOSTILE, commands, example, finding


def test_corrected_rows_can_be_copied() -> None:
    source, found = example()
    summary = markdown.render([FileFindings(source, found)])
    blocks = re.findall(r"^```markdown\n(.*?)^```$", summary, re.MULTILINE | re.DOTALL)
    row = "| FCN | MS | Clouds Are Labels Too [[pdf]](https://papers.example.org/1804.02256) | "
    assert any(block.startswith(row) for block in blocks)
    assert sum(line.startswith("| examples/papers.md&#58;") for line in summary.splitlines()) == len(found)


def test_a_tab_in_a_corrected_row_stays_one() -> None:
    source = Source("|\ta\t|\n", "README.md")
    fix = Fix("x", (Edit(Span(2, 3), "b"),), Applicability.SAFE)
    assert "|\tb\t|" in markdown.render([FileFindings(source, [finding(source, Span(0, 1), "x", fix=fix)])])


def test_markdown_shows_hostile_text_as_text() -> None:
    options = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_GITHUB_PRE_LANG
    for text in HOSTILE:
        source = Source(f"x {text}\n", text[:200])
        shown = markdown.render([FileFindings(source, [finding(source, Span(0, 1), text)])])
        html = cmarkgfm.github_flavored_markdown_to_html(shown, options)
        prose = re.sub(r"<pre.*?</pre>", "", html, flags=re.DOTALL)
        assert set(re.findall(r"<(\w+)", prose)) <= {"h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td"}
        assert len(re.findall("<td>", prose)) == 4
        assert not re.search(r"[@#]\w|\bGH-\d", prose, re.IGNORECASE)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_messages_of_rdjson_show_hostile_text_as_text(text: str) -> None:
    """reviewdog puts a message into a comment as it is, after a line break."""
    source = Source("x\n", "README.md")
    found = finding(source, Span(0, 1), text)
    (remark,) = json.loads(rdjson.render([FileFindings(source, [found])]))["diagnostics"]
    html = cmarkgfm.github_flavored_markdown_to_html(f"<br>{remark['message']}", Options.CMARK_OPT_UNSAFE)
    assert set(re.findall(r"<([^\s/>]+)", html)) == {"p", "br"}
    shown = unescape(html.removeprefix("<p><br>").removesuffix("</p>\n"))
    assert shown.replace("\u200b", "") == inert(in_one_line(found))
    assert not re.search(r"[@#]\w|\bGH-\d", shown, re.IGNORECASE)


@pytest.mark.parametrize(
    "text",
    [
        "| ```` | `x` |\n````\n# out\n```",
        "~~~\n~~~~ out\n</code></pre><img src=x>",
        "::error::forged\n  ::warning::forged",
        "@user <!-- ![](x.png) -->\n\n    - [a](b)",
    ],
)
def test_corrected_lines_cannot_leave_their_block(text: str) -> None:
    source = Source("a\n", "README.md")
    fix = Fix("x", (Edit(Span(0, 1), text),), Applicability.SAFE)
    summary = markdown.render([FileFindings(source, [finding(source, Span(0, 1), "x", fix=fix)])])
    html = cmarkgfm.github_flavored_markdown_to_html(summary, Options.CMARK_OPT_UNSAFE)
    (block,) = re.findall(r'<pre lang="markdown"><code>(.*?)</code></pre>', html, re.DOTALL)
    shown = re.sub(r"^( *)::", r"\1\\x3a:", text, flags=re.MULTILINE)
    assert unescape(block) == f"{shown}\n"
    assert html.rstrip().endswith("</pre>")
    assert commands(summary) == []


def test_markdown_fits_into_a_job_summary() -> None:
    source = Source("".join(f"@row {number}\n" for number in range(20_000)), "README.md")
    found = []
    for start in source.line_starts[:-1]:
        fix = Fix("x", (Edit(Span(start, start), "😀"),), Applicability.SAFE)
        found.append(finding(source, Span(start, start + 1), f"{start}{'@' * 5_000}", fix=fix))
    summary = markdown.render([FileFindings(source, found)])
    assert len(summary.encode()) < 2**20
    counts = re.findall(r"^([\d,]+) more are left out here\.$", summary, re.MULTILINE)
    rows, corrections = (int(count.replace(",", "")) for count in counts)
    table, _, blocks = summary.partition("### Corrected lines")
    assert len(re.findall(r"^\| README", table, re.MULTILINE)) + rows == 20_000
    assert blocks.count("```markdown\n") + corrections == 20_000


def test_markdown_tells_how_many_corrections_are_too_long() -> None:
    source = Source(f"short\n{'long ' * 2_000}\n", "README.md")
    fixes = [Fix("x", (Edit(Span(start, start), "fixed "),), Applicability.SAFE) for start in source.line_starts[:2]]
    found = [finding(source, Span(0, 1), "x", fix=fix) for fix in fixes]
    summary = markdown.render([FileFindings(source, found)])
    assert "```markdown\nfixed short\n```\n\n1 more is left out here.\n" in summary


@pytest.mark.parametrize("applicability", list(Applicability))
def test_markdown_says_which_corrections_want_a_look(applicability: Applicability) -> None:
    source = Source("a\n", "README.md")
    found = finding(source, Span(0, 1), "x", fix=Fix("x", (Edit(Span(0, 1), "b"),), applicability))
    summary = markdown.render([FileFindings(source, [found])])
    assert ("line 1 (probably right, but check it):" in summary) == (applicability is Applicability.UNSAFE)
    assert "```markdown\nb\n```" in summary

"""The parser agrees with cmark-gfm, on generated documents and on real lists."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awesome_lint.markdown import Document, parse
from awesome_lint.source import Source, Span
from tests.markdown import oracle
from tests.markdown.comparison import differences
from tests.markdown.documents import document

pytestmark = pytest.mark.slow

EXAMPLES = 4 * int(os.environ.get("AWESOME_LINT_EXAMPLES", "100"))
INLINES = (
    "a", "b c", "`x|y`", "`x`", "[l](http://u)", "[l](u v)", "![i](p.png)", "**b**", "*e*", "~~s~~", "~s~", "\\|",
    "\\\\|", "http://e.org/a_b_", "http://e.org/?a&amp;b;", "<b>", "</b>", "<!-- c -->", "&amp;", "&lt;", "&ampx",
    "<http://z>", "a@b.co", "[x](<a b>)", "[x](u 'title')", "_u_", "\\*", "<br>", "[a [b](c) d](e)", "[![i](p)](u)", "",
    "<a href='q'>t</a>", "]", "[", "(", ")", "é", "中文", "x\u00a0y", "$", "`", "[r]", "[r][]", "[t][r]", "![r]",
)  # fmt: skip
OTHER_BLOCKS = (
    "# heading", "## `code` & more", "text", "text\nmore | text", "- item", "* a\n* b", "- a\n  - b\n\n    c", "1. one",
    "> quote\nlazy", "---", "Title\n===", "```\n| a | b |\n|---|---|\n```", "    code", "<div>\n\n</div>",
    "<details>\n<summary>s</summary>", "<!-- | a | b |\n|---|---| -->", "***", "[r]: http://ref 'title'",
)  # fmt: skip


@st.composite
def rows(draw: st.DrawFn) -> str:
    cells = draw(st.lists(st.lists(st.sampled_from(INLINES), max_size=2).map(" ".join), min_size=1, max_size=4))
    return draw(st.sampled_from(["", "|", "| "])) + " | ".join(cells) + draw(st.sampled_from(["", " |", "|"]))


delimiters = st.builds(
    lambda cells: "|" + "|".join(cells) + "|",
    st.lists(st.sampled_from(["---", ":-:", " - ", "--:", ":--"]), min_size=1, max_size=4),
)


@st.composite
def tables(draw: st.DrawFn) -> str:
    return "\n".join([draw(rows()), draw(delimiters), *draw(st.lists(rows(), max_size=4))])


@st.composite
def documents(draw: st.DrawFn) -> str:
    blocks = draw(st.lists(st.one_of(tables(), tables(), st.sampled_from(OTHER_BLOCKS)), min_size=1, max_size=5))
    lines = "\n\n".join(blocks).split("\n")
    first, rest = draw(st.sampled_from([("", ""), ("> ", "> "), ("- ", "  "), ("1. ", "   "), ("> - ", ">   ")]))
    return first + lines[0] + "".join(f"\n{rest}{line}" if line else "\n" + rest.rstrip() for line in lines[1:])


def read(text: str) -> Document:
    return parse(Source(text))


@given(documents())
def test_tables_are_cut_as_github_cuts_them(text: str) -> None:
    assert oracle.tables_read(read(text)) == oracle.tables_shown(text)


@given(documents())
def test_links_are_those_that_github_shows(text: str) -> None:
    document = read(text)
    if not document.rejected_tables:  # their lines are one paragraph to GitHub, rows to us
        assert oracle.destinations_read(document) == oracle.destinations_shown(text)


@given(documents())
def test_every_span_points_at_what_it_names(text: str) -> None:
    document = read(text)
    source = document.source
    for link in document.links:
        if link.kind == "inline":
            assert source[link.span].startswith("![" if link.image else "[")
            assert source[link.span].endswith(")")
            assert link.span.contains(link.text_span)
            assert link.span.contains(link.destination_span)
            assert source[link.destination_span] == link.url
    for table in document.tables:
        for row in (table.header, table.delimiter, *table.rows):
            assert all(source.text[pipe] == "|" for pipe in row.pipes)
            assert all(row.span.contains(cell.span) for cell in row.cells)
            assert "\n" not in source[row.span]
            between = [source[Span(a.span.end, b.span.start)].strip() for a, b in pairwise(row.cells)]
            assert between == ["|"] * (len(row.cells) - 1)


@given(documents())
def test_blocks_stand_in_source_order_and_do_not_overlap(text: str) -> None:
    spans = [block.span for block in read(text).blocks]
    assert all(before.end <= after.start for before, after in pairwise(spans))


@given(st.text(alphabet=st.sampled_from("|-:[]()!<>&;`*_~#> \t\nab.1\\\"'=/")))
def test_any_text_is_a_document(text: str) -> None:
    document = read(text)
    assert all(0 <= block.span.start <= block.span.end <= len(text) for block in document.blocks)


@pytest.mark.parametrize("start", range(0, EXAMPLES, 100))
def test_documents_that_mix_everything_are_read_as_github_reads_them(start: int) -> None:
    for seed in range(start, start + 100):
        assert differences(document(seed)) == [], (seed, document(seed))


def test_real_lists_are_read_as_github_reads_them(real_list: Path) -> None:
    source = Source.from_bytes(real_list.read_bytes())
    document = parse(source)
    assert oracle.tables_read(document) == oracle.tables_shown(source.text)
    assert oracle.headings_read(document) == oracle.headings_shown(source.text)


@pytest.mark.parametrize(
    "text",
    [
        "| a | b |\n| - | - |\n| 1 |\n| 1 | 2 | 3 |\n",
        "| a | b |\n - | -\n",
        "> | a |\n> | - |\n| lazy |\n",
        "| a |\n| - |\n| b |\n> quote\n",
        "text\n| a | b |\n| - | - |\n| 1 | 2 |\ntail\n\nafter\n",
        "| a | b |\n| - | - |\n| `x|y` | 2 |\n| `x\\|y` | 2 |\n",
        "\ta | b\n\t- | -\n",
        "<details>\n<summary>s</summary>\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n</details>\n",
        "| a | b |\r\n| - | - |\r\n| 1 | 2 |\r\n",
        "| a | b |\n| - | - | - |\n| 1 | 2 |\n",
        "a\n-\n| b |\n| - |",
        "| a |\n| - |\n| b |\n\u00a0\n",
        "| a |\n| - |\n| b |\n\x0c\n",
    ],
)
def test_corner_cases_of_tables(text: str) -> None:
    assert oracle.tables_read(read(text)) == oracle.tables_shown(text.replace("\r\n", "\n"))


@pytest.mark.parametrize(
    "text",
    [
        "a[^1] b[^n] c[^1]\n\n[^1]: http://e.org\n[^2]: [un](u)\n[^N]: # h\n    | a |\n    |---|\n\n\n        code\n",
        "[^1]: [a](b)\n  \n    c\n\nx[^1]",
        "[^1]: a\n\n    [^1]: b\n\n[^1]: c\n\n[^1]",
        "> [^1]: a\n>\n>     b\n\n[^1]",
        "[^1]: a [^2]\n[^2]: b\n",
        "text\n[^1]: note\n\n[^1] [^ 1] [^*x*] [\\^1] ![^1] [^1](u) [^1][] [^a\nb]\n",
        "| a | b |\n|---|---|\n| [^1] | x | [^2] |\n[^1]: n\n[^2]: dropped with its cell\n",
        "<p>a | b</p>\n--- | ---\n1 | 2\n",
        "| a | b |\n|---|---|\n| 1 | 2 |\n<details><summary>x | y</summary>\n| 3 | 4 |\n",
        "</details><br>\na | b\n-|-\n",
        "<br/>\na | b\n-|-\n",
        "| a |\n|---|\n| b |\n<a b=>\n</a b>\n",
        "- [a](b)\n</details>\n## Heading\n\n## Heading\n",
        "> # q\n| a | b |\n|---|---|\n| 1 | 2 |\n",
        "> ```\n> x\n| a | b |\n|---|---|\n",
        "- ```\n  x\n  ```\n| a | b |\n|---|---|\n",
        "> # q\nTitle\n===\n",
        "> a\n===\n",
        "- a\n\n      x\n===\n",
        "[x]: http://y\na | b\n-|-\n[x]\n",
        "[x]: http://y\n===\n[x]\n",
        "AT\\&amp;T and [a](b\\&amp;c)",
        "*a\u2028* ~b\u2028~ _c\x0b_",
        "a | b\n-\x0b|\x0c-\n",
        "a | b\n-|-\n\x0cwww.e.org | x\n|\x0cwww.e.org | x\n",
        "text\n    a | b\n-|-\n",
        "```a``` | b\n---|---\n",
        "---\ntitle: a\nb:\n  - c\n---\n# h\n",
        "---\ntext\n---\n",
        "---\n\nNote: text\n\nmore\n\n---\n",
        "\u00a0\n\n# h\n",
        "# #\n## a #\n###\tb\t##\t\n",
        "[a](b \"c\\\" d) [a](b 'c\\'') [a](b (c\\)) [a](b(c) [a](<b\\>c>)",
        "``` `a` ` `b`",
        "http://中_x http://\u2028_. http://a_中.b",
        "[^y]:t\n    -|-\nhttp://1|[^1]\n[^1]:_",
        "[^N]:# \n2. `|[^n]\n   |-\n`",
        "[^n]:o||)\n    -|-|-\n`\n|\n|-\n[^n]`",
        "[^[][^1]]\n[^1]:a@.c",
        "a@b@c.de &#64; a&#64;b.co mailto:a@b.co x-mailto:a@b.co xmpp:a@b.co/c **a**@b.co",
    ],
)
def test_corner_cases(text: str) -> None:
    assert differences(text) == []

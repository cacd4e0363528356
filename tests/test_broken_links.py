"""What was meant as a link, and what only looks like one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awesome_lint.markdown import BrokenLink, LinkKind, parse
from awesome_lint.markdown._broken import find_broken_links
from awesome_lint.source import Source, Span
from tests.calls import calls


def find(text: str, *taken: Span) -> tuple[BrokenLink, ...]:
    return find_broken_links(text, taken, lambda offset: offset)


def describe(text: str) -> list[str]:
    return [f"{link.kind} {link.text} -> {link.destination}" for link in parse(Source(text)).broken_links]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[[pdf]](http://a.org/f00d  | IEEE", ["unclosed [pdf] -> http://a.org/f00d"]),
        ("**[Journal (X)](http://a.org/08e1 ", ["unclosed Journal (X) -> http://a.org/08e1"]),
        ("[A](http://a.org  [B](http://b.org)  ", ["unclosed A -> http://a.org"]),
        ("[A](http://a.org[B](http://b.org)", ["unclosed A -> http://a.org"]),
        ("[A](http://a.org, [B](http://b.org, C", ["unclosed A -> http://a.org", "unclosed B -> http://b.org"]),
        ("[LIDC](http://a.org  IPMI", ["unclosed LIDC -> http://a.org"]),
        ("[A](http://a.org/…rest | B", ["unclosed A -> http://a.org/…"]),
        ("[A](http://a.org/b… and c", ["unclosed A -> http://a.org/b…"]),
        ("[A](http://a.org/b... and c", ["unclosed A -> http://a.org/b..."]),
        ("[A](http://a.org/f_(x) ", ["unclosed A -> http://a.org/f_(x)"]),
        ("[A](http://a.org** b", ["unclosed A -> http://a.org"]),
        ("[A](http://a.org<br>b", ["unclosed A -> http://a.org"]),
        ("[A](docs/a.md ", ["unclosed A -> docs/a.md"]),
        ("[A](#usage and", ["unclosed A -> #usage"]),
        ("[A](arxiv.org/abs/1 and", ["unclosed A -> arxiv.org/abs/1"]),
        ("![A](http://a.org/a.png ", ["unclosed A -> http://a.org/a.png"]),
        ("[![a](http://a.org/a.png)](http://a.org ", ["unclosed ![a](http://a.org/a.png) -> http://a.org"]),
        ("[pdf](", ["unclosed pdf -> "]),
        ("[LIDC(http://a.org)", ["unclosed LIDC -> http://a.org"]),
        ("[A](http://a.org http://b.org)", ["spaced A -> http://a.org http://b.org"]),
        ("[A](http://a.org/b c.pdf)", ["spaced A -> http://a.org/b c.pdf"]),
        ("[A](http://a.org/\nb)", ["spaced A -> http://a.org/\nb"]),
        ("([A](http://a.org b c) d", ["unclosed A -> http://a.org"]),
        ("([A](http://a.org b.pdf))", ["spaced A -> http://a.org b.pdf"]),
        ("[A](http://a.org b (c) d)", ["unclosed A -> http://a.org"]),
        ("[AB](my guide.pdf)", ["spaced AB -> my guide.pdf"]),
        ("(A)[http://a.org/b]", ["reversed A -> http://a.org/b"]),
        ("[A][http://a.org]", ["reversed A -> http://a.org"]),
        ("[A] (http://a.org)", ["detached A -> http://a.org"]),
        ("[A]\n(http://a.org)", ["detached A -> http://a.org"]),
        ("[[a](http://a.org)](http://b.org)", ["nested [a](http://a.org) -> http://b.org"]),
        ("[A](http://a.org](http://b.org)", ["nested A -> http://a.org](http://b.org"]),
        ("[A]([ http://a.org](http://b.org))", ["nested A -> [ http://a.org](http://b.org)"]),
        ("A, B (c)](http://a.org)", ["nested A, B (c) -> http://a.org"]),
        ("[A]http://a.org)", ["nested A -> http://a.org"]),
        ("[A]\uff08http://a.org\uff09", ["nested A -> http://a.org"]),
        ('x <img src="http://a.org/a width=20> y', ["tag  -> http://a.org/a"]),
        ('x <a href="http://a.org>A</a>', ["tag  -> http://a.org"]),
        ('x <A HREF="http://a.org', ["tag  -> http://a.org"]),
        ('<p><a href="http://a.org>A</a></p>', ["tag  -> http://a.org"]),
        ('<p><img src="http://a.org/a width="20"></p>', ["tag  -> http://a.org/a"]),
    ],
)
def test_broken(text: str, found: list[str]) -> None:
    assert describe(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "[A](http://a.org)",
        "[A](http://a.org )",
        "[A]( <http://a.org/b c> 'title' )",
        "[A][a]\n\n[a]: http://a.org",
        "[A] and [B] (see http://a.org)",
        "[[paper](http://a.org)](extension of [X](#x))",
        "[[paper](http://a.org)] (http://b.org)",
        "RV32I[M][N] f[i](x y) [0, 1) (http://a.org) [0-9](a b)",
        "\\[A\\](http://a.org) \\[B](http://b.org)",
        "`[A](http://a.org` <!-- [B](http://b.org -->",
        "[ ] (http://a.org)",
        "[^1](http://a.org b)\n\n[^1]: note",
        "[see A (http://a.org)] and [B(http://b.org)]",
        "x[80][http-post-form]",
        "![](a.png) [](http://a.org)",
        "<a href='http://a.org' title='a > b'>A</a> <img src=\"a b.png\">",
        'a < b, <a, <img and <a name="x">',
        "(a)[b] (a) [b] (see)",
        "<table><tr><td>[A](http://a.org</td></tr></table>",
        "    [A](http://a.org",
    ],
)
def test_whole(text: str) -> None:
    assert describe(text) == []


def test_places_are_those_of_the_document() -> None:
    text = "x [A](http://a.org  y"
    (link,) = find_broken_links(text, [], lambda offset: offset + 100)
    assert link.span == (102, 118)
    assert link.text_span == (103, 104)
    assert link.destination_span == (106, 118)


def test_what_is_taken_is_left_alone() -> None:
    text = "`[A](http://a.org` [B](http://b.org "
    assert [link.text for link in find(text, Span(0, 18))] == ["B"]
    assert [link.text for link in find(text)] == ["A", "B"]


def test_a_cell_with_an_escaped_pipe() -> None:
    text = "| a | b |\n| --- | --- |\n| x \\| y [A](http://a.org | z |\n"
    (link,) = parse(Source(text)).broken_links
    assert text[slice(*link.span)] == "[A](http://a.org"


PIECES = st.sampled_from(
    [
        "[",
        "]",
        "(",
        ")",
        "](",
        "] (",
        ")[",
        "![",
        " ",
        "\n",
        "a",
        "…",
        "\\",
        "|",
        "`",
        '<a href="',
        "<img src='",
        ">",
        '"',
        "http://a.org/b",
        "docs/x.md",
        "**",
        "#a",
        "\uff08",
        "\uff09",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_brackets(text: str) -> None:
    source = Source(text)
    document = parse(source)
    links = document.broken_links
    for link in links:
        assert source[link.destination_span] == link.destination or "\\|" in source[link.span]
        assert link.span.contains(link.text_span)
        assert link.span.start < link.span.end <= len(source.text)
        assert link.destination == link.destination.strip()
    for one, other in pairwise(links):
        assert one.span.end <= other.span.start or one.span.contains(other.span)
    shown = {link.span.start for link in document.links if link.kind is LinkKind.INLINE and not link.image}
    assert not shown & {link.span.start for link in links if not link.image}


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "](",
        "[a](http://x ",
        "[a](http",
        "(http",
        "a](http://x ",
        "](http://x)",
        "[a(http://x",
        "[a] (http://x ",
        ")[http://x",
        "()[http://x]",
        "<a ",
        "<a href='x ",
        '<a href="',
        "[ab](cd ef (",
        "[ab](http://x ((",
        "[a](http://x b)",
        "\\[",
        "[a]( ",
        "[a](a/",
        "[a](a.b.c",
        "[a](\n\n",
        "[a]([b",
    ],
)
def test_cost_is_linear(piece: str) -> None:
    def work(size: int) -> int:
        return calls(lambda: find(piece * (size // len(piece))))

    work(1_000)
    assert work(160_000) < 10 * work(20_000) + 1000, "eight times the text is eight times the work"

"""Every piece of a document has its exact place, whatever stands around it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import pairwise

import pytest

from awesome_lint.markdown import CodeBlock, Document, Heading, HtmlBlock, Link, List, ListItem, Paragraph, Table, parse
from awesome_lint.source import Source, Span
from tests.markdown.documents import document

COUNT = 3 * int(os.environ.get("AWESOME_LINT_EXAMPLES", "100"))


def read(text: str) -> Document:
    return parse(Source(text))


def starts(link: Link) -> tuple[str, ...]:
    """How a link of this kind may begin."""
    if link.kind == "html":
        return ("<a", "<A", "<img", "<IMG")
    if link.kind == "autolink":
        return ("<",)
    if link.kind == "bare":
        return (link.text[:1], "\\", "&")
    return ("![",) if link.image else ("[",)


def items_of(lists: tuple[List, ...]) -> Iterator[ListItem]:
    for each in lists:
        for item in each.items:
            yield item
            yield from items_of(item.lists)


def faults(found: Document) -> Iterator[str]:
    """What does not stand where it should stand."""
    yield from faults_of_links(found)
    yield from faults_of_text(found)
    yield from faults_of_blocks(found)
    source = found.source
    for item in items_of(found.lists):
        if source[item.marker].strip("0123456789") not in ("-", "*", "+", ".", ")"):
            yield f"marker {source[item.marker]!r}"
    for definition in found.definitions:
        if not (source[definition.span].startswith("[") and definition.span.contains(definition.destination_span)):
            yield f"definition {source[definition.span]!r}"
    for footnote in found.footnotes:
        if not source[footnote.span].startswith(f"[^{footnote.label}]:"):
            yield f"footnote {source[footnote.span]!r}"


def faults_of_links(found: Document) -> Iterator[str]:
    source = found.source
    for link in found.links:
        if not source[link.span].startswith(starts(link)):
            yield f"link {source[link.span]!r}"
        if link.kind == "inline" and not source[link.span].endswith(")"):
            yield f"link {source[link.span]!r}"
        if link.kind != "html" and not link.span.contains(link.text_span):
            yield f"text of {source[link.span]!r}"
        if not link.span.contains(link.destination_span):
            yield f"destination of {source[link.span]!r}"


def faults_of_text(found: Document) -> Iterator[str]:
    source = found.source
    for inline in found.inlines:
        parts = [(inline.code_spans, "`", "`"), (inline.comments, "<!--", ">"), (inline.footnote_references, "[^", "]")]
        for spans, start, end in parts:
            for span in spans:
                if not (source[span].startswith(start) and source[span].endswith(end)):
                    yield f"{start} {source[span]!r}"
        yield from (f"tag {tag.name}" for tag in inline.tags if tag.name not in source[tag.span].lower())


def faults_of_blocks(found: Document) -> Iterator[str]:
    source = found.source
    for block in found.blocks:
        if isinstance(block, Heading | Paragraph) and not block.span.contains(block.content.span):
            yield f"content of {block!r}"
        if isinstance(block, HtmlBlock) and not source[block.span].lstrip().startswith("<"):
            yield f"HTML {source[block.span]!r}"
        if isinstance(block, Table):
            yield from faults_of_table(block, source)
    for before, after in pairwise(found.blocks):
        if before.span.end > after.span.start:
            yield f"{before!r} reaches into {after!r}"


def faults_of_table(table: Table, source: Source) -> Iterator[str]:
    for row in (table.header, table.delimiter, *table.rows):
        if any(source.text[pipe] != "|" for pipe in row.pipes):
            yield f"pipes of {source[row.span]!r}"
        if not all(row.span.contains(cell.span) for cell in row.cells[1:]):
            yield f"cells of {source[row.span]!r}"
        between = [source[Span(a.span.end, b.span.start)].strip(" \t\v\f") for a, b in pairwise(row.cells)]
        if between != ["|"] * (len(row.cells) - 1):
            yield f"between the cells of {source[row.span]!r}: {between}"


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, COUNT, 100))
def test_everything_stands_where_it_should(start: int) -> None:
    for seed in range(start, start + 100):
        assert list(faults(read(document(seed)))) == [], (seed, document(seed))


def test_footnotes_and_their_references() -> None:
    found = read("a[^1], b[^Note], c[^none]\n\n[^1]: http://e.org\n\n    more\n\n[^unused]: x\n\n[^note]: y\n")
    source = found.source
    assert [source[span] for span in found.inlines[0].footnote_references] == ["[^1]", "[^Note]"]
    assert found.inlines[0].text == "a, b, c[^none]"
    assert [(each.label, source[each.span]) for each in found.footnotes] == [
        ("1", "[^1]: http://e.org\n\n    more"),
        ("note", "[^note]: y"),
    ]
    assert [inline.text for inline in found.inlines[1:]] == ["http://e.org", "more", "y"]
    assert not found.definitions


def test_a_footnote_that_only_a_dropped_cell_refers_to_is_not_shown() -> None:
    found = read("| a |\n|---|\n| b | c[^1] |\n\n[^1]: note\n")
    assert found.footnotes == ()
    assert [type(block) for block in found.blocks] == [Table]


def test_the_anchors_of_footnotes_come_last() -> None:
    found = read("[^1]\n\n[^1]: # Title\n\n# Title\n")
    assert [(heading.anchor, heading.text) for heading in found.headings] == [("title-1", "Title"), ("title", "Title")]


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("---\ntitle: List\ntags:\n  - a\n# comment\n---\n# H\n", ["H"]),
        ('---\n"a b": c\n...\n# H\n', ["H"]),
        ("---\na: b\n\n# H\n", ["H"]),
        ("---\nText\n---\n", ["Text"]),
        ("---\na: b\nText\n---\n", ["a: b Text"]),
        ("\n---\na: b\n---\n", ["a: b"]),
        ("---\n---\n# H\n", ["H"]),
    ],
)
def test_front_matter(text: str, headings: list[str]) -> None:
    assert [heading.text for heading in read(text).headings] == headings


def test_quotes() -> None:
    """Outer ones come first; one ends with what it holds."""
    text = "> a\n> > b\n\n>\n- > x\n  > y\n\n[^1]\n\n[^1]: > z\n"
    document = parse(Source(text))
    assert [document.source[span] for span in document.quotes] == ["> a\n> > b", "> b", ">", "> x\n  > y", "> z"]


def test_code_that_no_fence_ends() -> None:
    """Blank lines at its end are code."""
    document = parse(Source("- ```\n  a\n\n# b\n\n```\nc\n```\n\n    d\n\n# e\n\n~~~\nf\n\n"))
    code = [(document.source[b.span], b.open) for b in document.blocks if isinstance(b, CodeBlock)]
    assert code == [("```\n  a\n", True), ("```\nc\n```", False), ("    d", False), ("~~~\nf\n", True)]


def test_a_setext_heading_spans_its_underline() -> None:
    found = read("> a\n> b\n> ===\n")
    (heading,) = found.headings
    assert found.source[heading.span] == "a\n> b\n> ==="
    assert heading.text == "a b"

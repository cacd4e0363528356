"""Texts, places and edits: whatever is not replaced keeps its bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awesome_lint.source import Position, Source, Span, Spans

PIECES = ["a", "b|", "é", "😀", "\n", "\r\n", "\u2028", "\x0c"]
RAW = st.lists(st.sampled_from([*PIECES, "\r"]), max_size=12).map("".join)
WITHOUT_LONE_RETURNS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
NEW = st.lists(st.sampled_from(["x", "日", "\n"]), max_size=3).map("".join)
Changes = list[tuple[Span, str]]


@st.composite
def edited(draw: st.DrawFn, raw: st.SearchStrategy[str], *, only_insert: bool) -> tuple[Source, Changes]:
    source = Source(draw(st.sampled_from(["", "\ufeff"])) + draw(raw))
    places = draw(st.lists(st.integers(0, len(source.text)), max_size=6, unique=True).map(sorted))
    ends = places if only_insert else places[1::2]
    spans = [Span(*pair) for pair in zip(places if only_insert else places[::2], ends, strict=False)]
    return source, [(span, draw(NEW)) for span in spans]


def spliced(text: str, changes: Changes) -> str:
    for span, new in reversed(changes):
        text = text[: span.start] + new + text[span.end :]
    return text


@given(RAW)
def test_a_source_is_written_as_it_was_read(raw: str) -> None:
    source = Source.from_bytes(raw.encode("utf-8"))
    assert source.to_bytes() == raw.encode("utf-8")
    assert source.replace([]).raw == raw
    assert "\r" not in source.text


@given(st.one_of(edited(WITHOUT_LONE_RETURNS, only_insert=False), edited(RAW, only_insert=True)))
def test_replacing_changes_what_it_names_and_nothing_else(case: tuple[Source, Changes]) -> None:
    source, changes = case
    result = source.replace(changes)
    assert result.text == spliced(source.text, changes)
    assert result.raw.startswith("\ufeff") == source.raw.startswith("\ufeff")
    for ending in ("\n", "\r\n", "\r"):
        if ending not in source.raw and source.newline != ending:
            assert ending not in result.raw


@pytest.mark.parametrize(
    ("raw", "newline"),
    [("a\nb", "\n"), ("a\r\nb", "\r\n"), ("a\r\nb\nc", "\n"), ("a\r\nb\r\nc\n", "\r\n"), ("a", "\n")],
)
def test_new_lines_end_as_most_lines_do(raw: str, newline: str) -> None:
    assert Source(raw).replace([(Span(1, 1), "\nx")]).raw == raw[:1] + newline + "x" + raw[1:]


def test_edits_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap or are not sorted at offset 1"):
        Source("abc").replace([(Span(2, 3), ""), (Span(1, 2), "")])
    with pytest.raises(ValueError, match="overlap or are not sorted at offset 1"):
        Source("abc").replace([(Span(0, 2), ""), (Span(1, 3), "")])


def test_lines_and_columns() -> None:
    source = Source("\ufeffa\r\n😀b\rc")
    assert [source.position(offset) for offset in (0, 2, 3, 5)] == [
        Position(1, 1), Position(2, 1), Position(2, 2), Position(3, 1),
    ]  # fmt: skip
    assert [source[source.line_span(line)] for line in (1, 2, 3)] == ["a", "😀b", "c"]


def test_spans_find_the_one_that_holds_an_offset() -> None:
    spans = Spans([Span(8, 10), Span(2, 5)])
    assert [spans.at(offset) for offset in (1, 2, 4, 5, 8, 10)] == [None, (2, 5), (2, 5), None, (8, 10), None]
    assert 9 in spans
    assert 5 not in spans
    assert spans.contain(Span(3, 5))
    assert not spans.contain(Span(3, 6))
    assert 0 not in Spans([])

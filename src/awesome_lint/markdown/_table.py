"""Tables of the GitHub Flavored Markdown specification, cut exactly as cmark-gfm cuts them."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import cast

from mistune import BlockParser, BlockState
from msgspec import Struct, field

from awesome_lint.markdown._block import Parser, State
from awesome_lint.source import Span

_SPACE = " \t\v\f"
_PIPE = re.compile(r"(?<!\\)\|")
"""cmark-gfm: a pipe after any backslash, even an escaped one, never separates cells."""

_DELIMITER_ROW = r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*"
_TABLE = (
    rf"^(?!{BlockParser.BLOCK_HTML[1:]})(?! {{0,3}}(?:=+|-+)[ \t]*\n) {{0,3}}[^\s][^\n]*\n"
    rf"(?! {{0,3}}-(?:-*[ \t]*(?:\n|$)|[ \t])| {{4}}| {{0,3}}\t) {{0,3}}{_DELIMITER_ROW}(?:\n|$)"
)
_BLOCK_STARTS = ("atx_heading", "thematic_break", "block_quote", "list", "block_html")
_LONE_TAG = r"^ {0,3}</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>\n]*)?/?>[ \t]*$"
"""An HTML block of type 7; it cannot interrupt a paragraph."""
_OPENS_HTML = re.compile(_LONE_TAG, re.MULTILINE)
_ENDS_TABLE = re.compile(
    "|".join(
        (
            r"^(?: {4}| {0,3}\t)",
            *(re.sub(r"\(\?P<\w+>", "(?:", BlockParser.SPECIFICATION[name]) for name in _BLOCK_STARTS),
            r"^ {0,3}(?:`{3,}[^`\n]*|~{3,}[^\n]*)$",
            _LONE_TAG,
        )
    ),
    re.MULTILINE,
)


class RawRow(Struct, frozen=True):
    """A row whose cells are not read yet; all offsets are the document's."""

    span: Span
    cells: tuple[Span, ...]
    pipes: tuple[int, ...]


class RawTable(Struct, frozen=True):
    """A table whose cells are not read yet."""

    header: RawRow
    delimiter: RawRow
    rows: list[RawRow] = field(default_factory=list)


def split_row(text: str, start: int, at: Callable[[int], int]) -> RawRow:
    """Cut the line of *text* that starts at *start* into cells."""
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    line = text[start:end]
    first = start + len(line) - len(line.lstrip(_SPACE))
    last = max(first, start + len(line.rstrip(_SPACE)))
    shift = at(first) - first if first < last else at(start) - start
    pipes = [match.start() for match in _PIPE.finditer(text, first, last)]
    edges = [first - 1, *pipes, last]
    if pipes and pipes[0] == first:
        del edges[0]
    if pipes and pipes[-1] == last - 1 and len(edges) > 1:
        del edges[-1]
    cells = tuple(_trimmed(text, left + 1, right, shift) for left, right in pairwise(edges))
    return RawRow(Span(first + shift, last + shift), cells, tuple(pipe + shift for pipe in pipes))


def _trimmed(text: str, start: int, end: int, shift: int) -> Span:
    while start < end and text[start] in _SPACE:
        start += 1
    while start < end and text[end - 1] in _SPACE:
        end -= 1
    return Span(start + shift, end + shift)


def _parse_table(parser: Parser, m: re.Match[str], block_state: BlockState) -> int | None:
    state = cast("State", block_state)
    delimiter_start = state.find_line_end_at(m.start())
    last = state.last_token()
    paragraph = last if last and last["type"] == "paragraph" else None
    if delimiter_start in state.lazy_line_starts or (paragraph and "rejected" in paragraph):
        return None
    if m.start() in state.lazy_line_starts and state.src[m.start()] in _SPACE:
        return None  # cmark-gfm takes the indentation of a lazy line for a cell of its own
    if not paragraph and _OPENS_HTML.match(state.src, m.start()):
        tag = parser.compile_sc(["raw_html"]).match(state.src, m.start())
        return parser.parse_method(tag, state) if tag else None
    table = RawTable(split_row(state.src, m.start(), state.at), split_row(state.src, delimiter_start, state.at))
    if len(table.header.cells) != len(table.delimiter.cells):
        return _reject(state, m.start(), delimiter_start, table)
    position = state.find_line_end_at(delimiter_start)
    while position < state.cursor_max:
        line_end = state.find_line_end_at(position)
        if position in state.lazy_line_starts or not state.src[position:line_end].strip(" \t\n"):
            break
        row = split_row(state.src, position, state.at)
        if _ENDS_TABLE.match(state.src, position) or not row.cells:
            break
        table.rows.append(row)
        position = line_end
    state.append_token({"type": "table", "table": table})
    return position


def _reject(state: State, start: int, delimiter_start: int, table: RawTable) -> int:
    """GitHub shows a paragraph instead, and no later line of it opens a table."""
    state.add_paragraph(state.src[start:delimiter_start])
    state.tokens[-1]["rejected"] = table
    state.tokens[-1]["rejected_at"] = start
    return delimiter_start


def rows_between(state: State, start: int, end: int) -> list[RawRow]:
    """The lines from *start* to *end* of the state's text, each cut into cells."""
    rows: list[RawRow] = []
    while start < end:
        rows.append(split_row(state.src, start, state.at))
        start = state.find_line_end_at(start)
    return rows


def table_span(table: RawTable) -> Span:
    """From the header row's start to the last row's end."""
    last = table.rows[-1] if table.rows else table.delimiter
    return Span(table.header.span.start, last.span.end)


def block_parser() -> Parser:
    """A block parser that knows tables, also in lists and block quotes."""
    parser = Parser()
    parser.register("table", _TABLE, _parse_table, before="ref_link")
    for rules in (parser.list_rules, parser.block_quote_rules):
        parser.insert_rule(rules, "table", before="ref_link")
    return parser

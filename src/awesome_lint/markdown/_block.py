"""Block structure with places, on mistune's block parser.

mistune parses list items and block quotes from copies of their lines with the markers cut off.  Only the
*left* of a line is ever cut or re-tabbed, so a copy and its original agree at the right edge: one shift per
line maps any column of the copy back to the document.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import Any, cast

from mistune import BlockParser, BlockState
from mistune.helpers import parse_link_href, unescape_char
from mistune.list_parser import LIST_PATTERN
from mistune.util import unikey

from awesome_lint.markdown._html import place_span, unescape_references
from awesome_lint.markdown.document import LinkReferenceDefinition
from awesome_lint.source import Span

Token = dict[str, Any]

_MARKER = re.compile(LIST_PATTERN, re.MULTILINE)
_QUOTE_LINE = re.compile(r" {0,3}>")
_BLANK_QUOTE_LINE = re.compile(r" {0,3}>[ \t]*\n?\Z")


class State(BlockState):
    """A block state that knows where each of its lines lies in the document.

    A token gets a ``place``: ``(start, end)`` in this state's own text.
    """

    def process(self, src: str) -> None:
        """Take *src* as the text to parse."""
        super().process(src)
        self.line_starts = [0, *accumulate(len(line) + 1 for line in src.split("\n"))][:-1]
        if self.parent is None:
            self.shifts = [0] * len(self.line_starts)
            self.floors = self.line_starts
            self.env.update(children={}, destinations={}, definitions=[])
        self.container_start = 0
        self.marker = Span(0, 0)

    def at(self, offset: int) -> int:
        """The document offset of *offset* in this state's text."""
        line = bisect_right(self.line_starts, offset) - 1
        # mistune expands tabs: what it put in their place may lie outside the line as it is written.
        return max(self.floors[line], min(offset + self.shifts[line], cast("int", self.env["length"])))

    def span(self, start: int, end: int) -> Span:
        """The document span of a range of this state's text, white space at its end left out."""
        return place_span(self.at, start, start + len(self.src[start:end].rstrip()))

    def child_state(self, src: str, lazy_line_starts: set[int] | None = None) -> State:
        """A state for the content of the list item or block quote that starts at ``container_start``."""
        child = cast("State", super().child_state(src, lazy_line_starts))
        marker = _MARKER.match(self.src, self.container_start)
        if marker:
            child.marker = place_span(self.at, *marker.span("list_2"))
            if not marker["list_3"].strip():  # the text of an empty marker line starts a line later
                self.container_start = self.find_line_end_at(self.container_start)
        first = bisect_right(self.line_starts, self.container_start) - 1
        child.shifts, child.floors = [], []
        ours_of_child = self.line_starts[first : first + len(child.line_starts)]
        for ours, theirs in zip(ours_of_child, child.line_starts, strict=False):
            text, cut = self.get_line(ours).rstrip("\n"), child.get_line(theirs).rstrip("\n")
            child.shifts.append(self.at(ours + len(text)) - (theirs + len(cut)))
            child.floors.append(self.at(ours))
            # mistune marks lazy continuation lines in quotes only; in a list item they are those left whole.
            if ours in self.lazy_line_starts or (marker and theirs and text == cut != ""):
                child.lazy_line_starts.add(theirs)
        missing = len(child.line_starts) - len(child.shifts)
        child.shifts += (child.shifts or [0])[-1:] * missing
        child.floors += (child.floors or [0])[-1:] * missing
        self.env["children"][id(child.tokens)] = child
        # The next item of this list, if there is one, starts on the line just consumed.
        self.container_start = self.src.rfind("\n", 0, max(self.cursor - 1, 0)) + 1
        return child

    def add_paragraph(self, text: str) -> None:
        """Note *text*, which stands at the cursor, as a paragraph or as the open paragraph's next lines."""
        self._extend_paragraph(self.cursor, self.cursor + len(text))

    def append_paragraph(self) -> int | None:
        """Continue the open paragraph with the current line; None where no paragraph is open."""
        last = self.last_token()
        if not last or last["type"] != "paragraph":
            return None
        end = self.find_line_end()
        self._extend_paragraph(self.cursor, end)
        return end

    def _extend_paragraph(self, start: int, end: int) -> None:
        # A paragraph is a range of the text: joining its lines one by one would cost the square of their number.
        last = self.last_token()
        if last and last["type"] == "paragraph":
            last["place"] = (last["place"][0], end)
        else:
            self.tokens.append({"type": "paragraph", "text": "", "place": (start, end)})


class Parser(BlockParser):
    """mistune's block parser, every token stamped with its place."""

    state_cls = State

    def parse_method(self, m: re.Match[str], state: BlockState) -> int | None:
        """Run one block rule; all of them pass through here, nested ones too."""
        state = cast("State", state)
        outer, count = state.container_start, len(state.tokens)
        state.container_start = m.start()
        end = super().parse_method(m, state)
        state.container_start = outer
        if end is None:
            return None
        for token in state.tokens[count:]:
            token.setdefault("place", (m.start(), end))
            if m.lastgroup == "atx_heading" and token["type"] == "heading":
                start = m.end("atx_2") - len(m["atx_2"].lstrip(" \t"))
                token["text_place"] = (start, start + len(token["text"]))
        return end

    def extract_block_quote(self, m: re.Match[str], state: BlockState) -> tuple[str, int | None, set[int]]:
        """The text of a block quote, its end, and where its lazy lines start.

        mistune allows no lazy lines in a quote that begins with a blank one, so these are read here.
        """
        blank = ""
        while _BLANK_QUOTE_LINE.match(state.get_line(state.cursor)):
            blank += "\n"
            state.cursor += len(state.get_line(state.cursor))
        if not _QUOTE_LINE.match(state.get_line(state.cursor)):
            return blank, None, set()
        text, end, lazy = super().extract_block_quote(m, state)
        return blank + text, end, {len(blank) + start for start in lazy}

    def _parse_indent_code_fast(self, state: BlockState) -> int | None:
        # mistune's short cut for indented code is the one rule that does not pass through parse_method.
        count = len(state.tokens)
        end = super()._parse_indent_code_fast(state)
        for token in state.tokens[count:]:
            token.setdefault("place", (state.cursor, end))
        return end

    def parse_ref_link(self, m: re.Match[str], state: BlockState) -> int | None:
        """Read a link reference definition; mistune keeps only its encoded destination."""
        state = cast("State", state)
        end = super().parse_ref_link(m, state)
        last = state.last_token()
        if end is None or (last and last["type"] == "paragraph"):
            return end
        href, stop = parse_link_href(state.src, m.end(), block=True)
        if href is not None and stop is not None:
            stop -= state.src[stop - 1] == ">"
            place = place_span(state.at, stop - len(href), stop)
            label, url = m["reflink_1"], unescape_references(unescape_char(href))
            state.env["destinations"].setdefault(unikey(label), url)
            state.env["definitions"].append(LinkReferenceDefinition(state.span(m.start(), end), label, place, url))
        return end

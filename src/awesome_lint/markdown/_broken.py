"""What was meant as a link, but GitHub shows as text.

One pass over the brackets of a text, links and code left out.  A pair of brackets is treated as a link only
where what follows it reads like a destination, so that prose, code and mathematics stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from awesome_lint.markdown._text import place_span
from awesome_lint.markdown.destination import destination_end, without_punctuation
from awesome_lint.markdown.links import BrokenKind, BrokenLink
from awesome_lint.regex import regex
from awesome_lint.source import Span
from awesome_lint.text.tags import TAG

_HINT = regex(r"\]\s?[(\[\uff08]|\]http|\)\[|\(http|<(?:a|img)\s", re.IGNORECASE)
_TOKEN = regex(r"\\[\[\]()<\\]|!?\[|[\]()]|<(?:a|img)(?=\s)", re.IGNORECASE)
_ADDRESS = regex(r"<(?:a|img)\s[^<>]*?\b(?:href|src)\s*=\s*(?P<quote>[\"']?)(?P<value>[^\s\"'<>]+)", re.IGNORECASE)
_ANGLE = regex(r"[<>]")
_VALUE_END = regex(r"[\"'<>=]")

_WEB = regex(r"(?:https?|ftp)(?::|//)|www\.[^\s.]", re.IGNORECASE)
_PATH = regex(
    r"#[\w-]|\.{0,2}/[\w.-]|mailto:\S|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/\S|[\w./-]*/[\w-]+\.[a-z]\w{1,4}(?!\w)",
    re.IGNORECASE,
)
_BRACKET = regex(r"[()\[\]<|]")
_SPACE = regex(r"\s*")
_HTML_TAG = regex(TAG)
_APART = regex(r"(?: {1,2}|\n)\((?=https?://|www\.)", re.IGNORECASE)
_TWO_LETTERS = regex(r"[^\W\d_]{2}")
_LONGEST_REMARK = 200
"""Characters after a space that can still belong to one destination; beyond that the ``)`` is another one's."""


class _Opener(Struct):
    """A ``[`` that waits for its ``]``.

    ``lost`` is a URL in round brackets that follows the text directly: should no ``]`` come, it was lost there.
    """

    start: int
    end: int
    escaped: bool = False
    spoilt: bool = False
    lost: Span | None = None


class _Found(Struct, frozen=True):
    kind: BrokenKind
    span: Span
    text: Span
    destination: Span
    image: bool = False


def find_broken_links(text: str, taken: Sequence[Span], at: Callable[[int], int]) -> tuple[BrokenLink, ...]:
    """The broken links of one piece of inline text, in source order.

    *taken* are the spans of *text* that are links, code or HTML already, sorted (bare URLs are not among them: they
    lie in the debris of broken links); *at* maps an offset of *text* to one of the document.
    """
    if not _HINT.search(text):
        return ()
    return tuple(
        BrokenLink(
            found.kind,
            place_span(at, *found.span),
            place_span(at, *found.text),
            place_span(at, *found.destination),
            text[slice(*found.text)],
            text[slice(*found.destination)],
            found.image,
        )
        for found in sorted(_Scanner(text, taken).scan(), key=lambda found: found.span)
    )


class _Scanner:
    """One pass over the brackets of a text."""

    def __init__(self, text: str, taken: Sequence[Span]) -> None:
        self._text = text
        self._taken = taken
        self._next_taken = 0
        self._covered_to = 0
        self._last_link = self._last_link_before = -1
        self._boundary = 0
        self._openers: list[_Opener] = []
        self._parens: list[int] = []

    def scan(self) -> Iterator[_Found]:
        position = 0
        while match := _TOKEN.search(self._text, position):
            start = match.start()
            position = self._cover(start)
            if position > start:
                self._boundary = position
                continue
            found = self._read(match)
            position = match.end()
            if found is not None:
                position = self._boundary = max(position, found.span.end)
                yield found
        yield from self._without_bracket()

    def _cover(self, offset: int) -> int:
        """The end of what is taken at *offset*; *offset* grows from call to call."""
        while self._next_taken < len(self._taken) and self._taken[self._next_taken][0] <= offset:
            start, end = self._taken[self._next_taken]
            self._next_taken += 1
            self._covered_to = max(self._covered_to, end)
            if self._text[start] == "[":
                self._last_link, self._last_link_before = start, self._last_link
        return self._covered_to

    def _read(self, match: re.Match[str]) -> _Found | None:
        mark, start, end = match[0], match.start(), match.end()
        if mark[0] == "\\":
            self._escape(mark, start, end)
        elif mark[-1] == "[":
            self._openers.append(_Opener(start, end))
        elif mark == "(":
            self._open_paren(start)
        elif mark == ")":
            return self._close_paren(start)
        elif mark == "]":
            return self._close(start)
        else:
            return self._tag(start)
        return None

    def _escape(self, mark: str, start: int, end: int) -> None:
        if mark == "\\[":
            self._openers.append(_Opener(start, end, escaped=True))
        elif mark == "\\]" and self._openers and self._openers[-1].escaped:
            self._openers.pop()

    def _open_paren(self, start: int) -> None:
        self._parens.append(start)
        if not self._openers or self._openers[-1].spoilt:
            return
        opener = self._openers[-1]
        opener.spoilt = True
        directly = start > opener.end and not self._text[start - 1].isspace() and self._last_link < opener.start
        if directly and not opener.escaped and _WEB.match(self._text, start + 1):
            end = destination_end(self._text, start + 1)
            if self._text.startswith(")", end):
                opener.lost = Span(start + 1, end)

    def _close_paren(self, start: int) -> _Found | None:
        """``(text)[http://a]``: the brackets of the two parts are swapped."""
        if self._openers:
            self._openers[-1].spoilt = True
        opening = self._parens.pop() if self._parens else None
        if opening is None or not self._text.startswith("[", start + 1) or self._cover(start + 1) > start + 1:
            return None
        return self._in_square_brackets(Span(opening + 1, start), opening, start + 2)

    def _in_square_brackets(self, text: Span, start: int, destination: int) -> _Found | None:
        if not _WEB.match(self._text, destination):
            return None
        end = destination_end(self._text, destination)
        if not self._text.startswith("]", end):
            return None
        return _Found(BrokenKind.REVERSED, Span(start, end + 1), text, Span(destination, end))

    def _close(self, start: int) -> _Found | None:
        """What follows a ``]``, if it was meant to follow it."""
        opener = self._openers.pop() if self._openers else None
        if opener is None:
            return self._without_opener(start)
        if opener.escaped or self._text.startswith("^", opener.end):
            return None
        text = Span(opener.end, start)
        if self._text.startswith("(", start + 1):
            return self._inline(opener, text)
        if self._last_link > opener.start or not self._text[slice(*text)].strip():
            return None
        if self._text.startswith("[", start + 1) and self._cover(start + 1) <= start + 1:
            return self._in_square_brackets(text, opener.start, start + 2)
        return self._apart(opener, text)

    def _without_opener(self, close: int) -> _Found | None:
        """``text](http://a)``: the ``[`` was lost."""
        if not self._text.startswith("(", close + 1) or not _WEB.match(self._text, close + 2):
            return None
        end = destination_end(self._text, close + 2)
        if not self._text.startswith(")", end):
            return None
        line = max(self._boundary, self._text.rfind("\n", self._boundary, close) + 1)
        words = self._text[line:close]
        start = line + len(words) - len(words.lstrip(" ,;:|.-*_"))
        if start >= close:
            return None
        return self._found(BrokenKind.NESTED, start, end + 1, Span(start, close), Span(close + 2, end))

    def _apart(self, opener: _Opener, text: Span) -> _Found | None:
        """``[text] (http://a)``, ``[text]http://a)`` and brackets of another width."""
        after = text.end + 1
        match = _APART.match(self._text, after)
        wide = self._text.startswith("\uff08", after)
        destination = match.end() if match else after + wide
        if not _WEB.match(self._text, destination):
            return None
        end = destination_end(self._text, destination)
        closed = self._text.startswith((")", "\uff09"), end)
        if not closed or (not match and not wide and self._parens):
            return None
        kind = BrokenKind.DETACHED if match else BrokenKind.NESTED
        return self._found(kind, opener.start, end + 1, text, Span(destination, end))

    def _inline(self, opener: _Opener, text: Span) -> _Found | None:
        """``[text](…`` that GitHub does not take for a link."""
        start = self._skip_space(text.end + 2)
        if _HTML_TAG.match(self._text, start):
            return None
        start += self._text.startswith("<", start)
        if start == len(self._text) or self._text[start] == "|":
            named = _TWO_LETTERS.search(self._text, *text) and self._last_link < opener.start
            end = text.end + 2
            return self._found(BrokenKind.UNCLOSED, opener.start, end, text, Span(end, end)) if named else None
        if self._text[start] == "[":
            return self._pasted(opener, text, start)
        web = bool(_WEB.match(self._text, start))
        if not web and not _PATH.match(self._text, start):
            return self._remark(opener, text, start)
        end = destination_end(self._text, start)
        after = self._skip_space(end)
        if self._text.startswith(")", after):
            if not web or self._last_link < opener.start:
                return None
            return self._found(BrokenKind.NESTED, opener.start, after + 1, text, Span(start, end))
        if self._text.startswith("](", end):
            return self._glued(opener, text, start, end + 2)
        closing = self._remark_end(end, balanced=False) if after > end else None
        if closing is not None:
            return self._found(BrokenKind.SPACED, opener.start, closing + 1, text, Span(start, closing))
        end = without_punctuation(self._text, start, end)
        return self._found(BrokenKind.UNCLOSED, opener.start, end, text, Span(start, end))

    def _pasted(self, opener: _Opener, text: Span, start: int) -> _Found | None:
        """``[text]([ http://a](http://b))``: a whole link in place of the destination."""
        end = self._cover(start)
        outer = self._last_link == start and self._last_link_before < opener.start
        if not outer or not _WEB.match(self._text, self._skip_space(start + 1)) or not self._text.startswith(")", end):
            return None
        return self._found(BrokenKind.NESTED, opener.start, end + 1, text, Span(start, end))

    def _glued(self, opener: _Opener, text: Span, start: int, second: int) -> _Found | None:
        """``[text](http://a](http://b)``."""
        end = destination_end(self._text, second)
        closed = self._text.startswith(")", end)
        return self._found(BrokenKind.NESTED, opener.start, end + closed, text, Span(start, end))

    def _remark(self, opener: _Opener, text: Span, start: int) -> _Found | None:
        """``[text](some words)``: no destination, yet brackets like a link's."""
        before = self._text[opener.start - 1 : opener.start]
        if self._last_link > opener.start or before.isalnum() or before in ("]", ")", "$"):
            return None
        closing = self._remark_end(start, balanced=True)
        if closing is None or not _TWO_LETTERS.search(self._text, *text):
            return None
        words = self._text[start:closing].split()
        if len(words) < 2 or not _TWO_LETTERS.match(words[0]):
            return None
        return self._found(BrokenKind.SPACED, opener.start, closing + 1, text, Span(start, closing))

    def _remark_end(self, start: int, *, balanced: bool) -> int | None:
        """The ``)`` that closes what begins at *start*; None where another bracket comes first or it closes another."""
        depth = 0
        for match in _BRACKET.finditer(self._text, start):
            if match[0] == "(" and balanced:
                depth += 1
            elif match[0] == ")" and depth:
                depth -= 1
            elif match[0] == ")" and self._is_ours(start, match.end()):
                return match.start()
            else:
                return None
        return None

    def _is_ours(self, start: int, end: int) -> bool:
        """Whether a ``)`` that ends at *end* closes a destination that was interrupted at *start*."""
        between = self._text[start:end]
        if len(between) > _LONGEST_REMARK or ("\n" in between.strip() and len(between.split()) > 1):
            return False
        another = _BRACKET.search(self._text, end)
        return not self._parens or (another is not None and another[0] == ")")

    def _found(self, kind: BrokenKind, start: int, end: int, text: Span, destination: Span) -> _Found:
        words = self._text[slice(*destination)]
        trimmed = Span(destination.start, destination.start + len(words.rstrip()))
        return _Found(kind, Span(start, end), text, trimmed, image=self._text.startswith("!", start))

    def _skip_space(self, offset: int) -> int:
        match = _SPACE.match(self._text, offset)
        return match.end() if match else offset

    def _tag(self, start: int) -> _Found | None:
        """``<a href="http://a`` or ``<img src="http://a``: a value or tag that is never closed."""
        match = _ADDRESS.match(self._text, start)
        if match is None or self._is_closed(match["quote"], match.end()):
            return None
        value = Span(*match.span("value"))
        empty = Span(value.end, value.end)
        image = match[0][1] in "iI"
        return _Found(BrokenKind.TAG, Span(start, value.end), empty, value, image)

    def _is_closed(self, quote: str, end: int) -> bool:
        if quote and not self._text.startswith(quote, end):
            following = _VALUE_END.search(self._text, end)
            return following is not None and following[0] == quote  # a value with spaces
        closing = _ANGLE.search(self._text, end)
        return closing is not None and closing[0] == ">"

    def _without_bracket(self) -> Iterator[_Found]:
        """``[text(http://a)``: the ``]`` was lost."""
        for opener in self._openers:
            if opener.lost and self._boundary <= opener.start:
                text = Span(opener.end, opener.lost.start - 1)
                yield self._found(BrokenKind.UNCLOSED, opener.start, opener.lost.end + 1, text, opener.lost)

"""Reading inline text into pieces."""

from __future__ import annotations

import re
from bisect import bisect_left

from msgspec import Struct

from awesome_lint.markdown._autolink import URL_START, bare_url_end
from awesome_lint.markdown._delimiters import Delimiters
from awesome_lint.markdown._html import HtmlScanner
from awesome_lint.markdown._pieces import Kind, LinkParts, Piece
from awesome_lint.markdown._references import References
from awesome_lint.markdown._syntax import (
    clean,
    clean_destination,
    find_destination,
    find_label,
    find_title,
    is_escapable,
    match_reference,
    resolve_reference,
    skip_spaces,
    unescape_references,
)
from awesome_lint.markdown.links import LinkKind
from awesome_lint.regex import regex

_SPECIAL = regex(rf"[\n`\\&<*_\[\]~]|!\[(?!\^)|{URL_START}")
_RUN = regex(r"`+|\*+|_+|~+")
_BACKTICKS = regex(r"`+")
_MOST_BACKTICKS = 80
_LONGEST = 1000
"""Characters of a label that matter."""
_AUTOLINK = regex(r"<([A-Za-z][A-Za-z0-9.+-]{1,31}:[^\x00-\x20<>]*)>")
_AUTOLINK_ADDRESS = regex(
    r"<([a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
    r"(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*)>"
)


class _Bracket(Struct, eq=False):
    """A ``[`` or ``![`` that waits for its ``]``: the index of its piece, where it starts and ends."""

    piece: int
    start: int
    end: int
    image: bool
    line_start: int
    bracket_after: bool = False


class _Target(Struct, frozen=True):
    """What follows a link's text, up to *end*."""

    kind: LinkKind
    destination: tuple[int, int]
    url: str
    title: str
    end: int


def read_pieces(text: str, references: References) -> tuple[list[Piece], list[LinkParts]]:
    """The pieces of *text*, which neither starts nor ends with white space, and its references without a definition."""
    reader = _Reader(text, references)
    return reader.read(), sorted(reader.undefined, key=lambda link: link.start)


class _Reader:
    def __init__(self, text: str, references: References) -> None:
        self._text = text
        self._references = references
        self._pieces: list[Piece] = []
        self.undefined: list[LinkParts] = []
        self._brackets: list[_Bracket] = []
        self._link_may_open = False
        """False after a link, until the next bracket: links hold no links (but for what cmark-gfm misses)."""
        self._delimiters = Delimiters()
        self._backticks: list[tuple[int, int]] | None = None
        self._last_seen: dict[int, int] = {}
        self._searched_in_vain = False
        self._html = HtmlScanner(text)
        self._line_start = 0
        self._readers = {
            "\n": self._line_ending,
            "`": self._code,
            "\\": self._backslash,
            "&": self._ampersand,
            "<": self._angle,
            "*": self._run,
            "_": self._run,
            "~": self._run,
            "[": self._open_bracket,
            "!": self._open_bracket,
            "]": self._close_bracket,
        }

    def read(self) -> list[Piece]:
        """Read all of the text."""
        text, position = self._text, 0
        while match := _SPECIAL.search(text, position):
            start = match.start()
            if start > position:
                before_line_end = text[start] == "\n"
                self._add(position, start, text[position:start].rstrip(" \t") if before_line_end else None)
            read = self._readers.get(text[start])
            position = read(start) if read else self._bare_url(match)
        if position < len(text):
            self._add(position, len(text))
        self._delimiters.match(0)
        for piece in self._pieces:  # those that are left: a bracket around them may have made text of a reference
            if piece.kind is Kind.NOTE:
                self._references.use_note(piece.shown)
        return self._pieces

    def _add(self, start: int, end: int, shown: str | None = None, kind: Kind = Kind.TEXT) -> int:
        self._pieces.append(Piece(kind, start, end, self._text[start:end] if shown is None else shown))
        return end

    def _line_ending(self, start: int) -> int:
        end = start + 1
        while self._text.startswith((" ", "\t"), end):
            end += 1
        self._line_start = start + 1
        return self._add(start, end, " ", Kind.BREAK)

    def _code(self, start: int) -> int:
        text = self._text
        ticks = _run_end(text, start) - start
        inner = start + ticks
        closer = self._find_backticks(inner, ticks)
        if closer is None:
            return self._add(start, inner)
        code = text[inner:closer].replace("\n", " ")
        if code.strip(" ") and code[0] == code[-1] == " ":
            code = code[1:-1]
        return self._add(start, closer + ticks, code, Kind.CODE)

    def _find_backticks(self, start: int, count: int) -> int | None:
        """The offset of the next run of *count* backticks.

        After a search in vain cmark-gfm trusts its memory of where it saw each length last, though later searches
        overwrite it with earlier places; so it misses some code, and so do we.
        """
        if count > _MOST_BACKTICKS or (self._searched_in_vain and self._last_seen.get(count, 0) <= start):
            return None
        if self._backticks is None:
            self._backticks = [match.span() for match in _BACKTICKS.finditer(self._text)]
        for index in range(bisect_left(self._backticks, (start, start)), len(self._backticks)):
            run_start, run_end = self._backticks[index]
            self._last_seen[run_end - run_start] = run_start
            if run_end - run_start == count:
                return run_start
        self._searched_in_vain = True
        return None

    def _backslash(self, start: int) -> int:
        following = self._text[start + 1 : start + 2]
        if following == "\n":
            return self._add(start, start + 2, " ", Kind.BREAK)
        if is_escapable(following):
            return self._add(start, start + 2, following)
        return self._add(start, start + 1)

    def _ampersand(self, start: int) -> int:
        match = match_reference(self._text, start)
        shown = resolve_reference(match) if match else None
        return self._add(start, match.end(), shown) if match and shown else self._add(start, start + 1)

    def _angle(self, start: int) -> int:
        text = self._text
        for pattern, scheme in ((_AUTOLINK, ""), (_AUTOLINK_ADDRESS, "mailto:")):
            if match := pattern.match(text, start):
                shown = unescape_references(match[1])
                return self._add_url(LinkKind.AUTOLINK, match.span(), match.span(1), shown, scheme + shown)
        end = self._html.end_at(start)
        return self._add(start, end, None, Kind.HTML) if end else self._add(start, start + 1)

    def _bare_url(self, match: re.Match[str]) -> int:
        start = match.start()
        bare = match[0] == "www."
        end = None if self._brackets else bare_url_end(self._text, start, start if bare else match.end())
        if end is None:
            return self._add(start, match.end())
        shown = self._text[start:end]
        return self._add_url(LinkKind.BARE, (start, end), (start, end), shown, f"http://{shown}" if bare else shown)

    def _add_url(self, kind: LinkKind, whole: tuple[int, int], inner: tuple[int, int], shown: str, url: str) -> int:
        link = LinkParts(kind, *whole, inner, inner, url)
        self._pieces.append(Piece(Kind.BARE, *whole, shown, link))
        return whole[1]

    def _run(self, start: int) -> int:
        end = self._add(start, _run_end(self._text, start))
        self._delimiters.add(self._text, self._pieces[-1])
        return end

    def _open_bracket(self, start: int) -> int:
        image = self._text[start] == "!"
        end = start + 1 + image
        if self._brackets:
            self._brackets[-1].bracket_after = True
        self._brackets.append(_Bracket(len(self._pieces), start, end, image, self._line_start))
        self._link_may_open = self._link_may_open or not image
        return self._add(start, end)

    def _close_bracket(self, start: int) -> int:
        end = start + 1
        if not self._brackets:
            return self._add(start, end)
        opener = self._brackets[-1]
        if not opener.image and not self._link_may_open:
            self._brackets.pop()
            return self._add(start, end)
        target = self._inline_target(end) or self._reference_target(opener, start)
        if target is None and self._make_note(opener, start):
            return end
        self._brackets.pop()
        if target is None:
            self._note_undefined(opener, start)
            return self._add(start, end)
        piece = self._pieces[opener.piece]
        piece.kind, piece.shown = Kind.OPEN, ""
        text = (opener.end, start)
        piece.link = LinkParts(
            target.kind, opener.start, target.end, text, target.destination, target.url, target.title, opener.image
        )
        self._delimiters.match(opener.end)
        self._link_may_open = self._link_may_open and opener.image
        self._pieces.append(Piece(Kind.CLOSE, start, target.end, "", piece.link))
        return target.end

    def _inline_target(self, start: int) -> _Target | None:
        """``(destination "title")`` at *start*."""
        text = self._text
        if not text.startswith("(", start):
            return None
        found = find_destination(text, skip_spaces(text, start + 1))
        if found is None:
            return None
        title_start = skip_spaces(text, found[2])
        title_end = find_title(text, title_start) if title_start > found[2] else title_start
        end = skip_spaces(text, title_end)
        if not text.startswith(")", end):
            return None
        destination = found[:2]
        title = clean(text[title_start + 1 : title_end - 1])
        return _Target(LinkKind.INLINE, destination, clean_destination(text[slice(*destination)]), title, end + 1)

    def _reference_target(self, opener: _Bracket, close: int) -> _Target | None:
        """The label after the ``]`` at *close*, or the text before it as a label."""
        label = find_label(self._text, close + 1)
        end = label.end() if label else close + 1
        place = label.span(1) if label else (0, 0)
        if (label is None or not label[1].strip(" \t\n")) and not opener.bracket_after:
            place = (opener.end, close)
        link = self._references.link(self._text[slice(*place)])
        return _Target(LinkKind.REFERENCE, place, *link, end) if link else None

    def _note_undefined(self, opener: _Bracket, close: int) -> None:
        """Take down ``[text][label]`` and ``[label][]``, of which nothing defines the label, for those who ask."""
        label = find_label(self._text, close + 1)
        text = (opener.end, close)
        if label is None or not self._text[slice(*text)].strip():
            return
        place = label.span(1) if label[1].strip(" \t\n") else text
        link = LinkParts(LinkKind.REFERENCE, opener.start, label.end(), text, place, "", image=opener.image)
        self.undefined.append(link)

    def _make_note(self, opener: _Bracket, close: int) -> bool:
        """Make ``[^label]`` with its ``]`` at *close* a reference to a footnote, where it looks like one."""
        following = self._pieces[opener.piece + 1 : opener.piece + 3]
        if not following or following[0].kind is not Kind.TEXT or following[0].shown[:1] != "^":
            return False
        if len(following) < 2 and len(following[0].shown) == 1:
            return False
        self._delimiters.match(opener.end)
        self._brackets.pop()
        del self._pieces[opener.piece :]
        label = self._note_label(opener, following[0], close)
        if self._references.has_note(label):
            self._add(opener.start, close + 1, label, Kind.NOTE)
        else:
            self._add(opener.start, close + 1, f"[^{label}]")
        return True

    def _note_label(self, opener: _Bracket, caret: Piece, close: int) -> str:
        """What cmark-gfm takes for the label: where the line ends in between, it counts wrong."""
        text = self._text
        start = caret.start + (2 if text[caret.start] == "\\" else 1)
        if self._line_start == opener.line_start:
            return text[start : start + close - opener.start - 2]
        before = len(text[opener.line_start : opener.start].encode())
        length = len(text[self._line_start : close].encode()) - before - 2
        return text[start : start + 2 * _LONGEST].encode()[: max(0, length)].decode(errors="replace")


def _run_end(text: str, start: int) -> int:
    """Where the run of the character at *start* ends."""
    match = _RUN.match(text, start)
    return match.end() if match else start + 1

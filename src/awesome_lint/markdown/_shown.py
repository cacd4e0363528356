"""What a reader sees of inline text, and what else is in it: links, code, HTML, footnote references."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from awesome_lint.markdown._autolink import find_addresses
from awesome_lint.markdown._html import parse_tag
from awesome_lint.markdown._pieces import Kind, LinkParts, Piece
from awesome_lint.markdown.links import LinkKind


class Shown:
    """The pieces of *text* put together; all offsets are those of *text*.

    ``text`` is what a reader sees, with the alternative texts of images unless *images* is false.  ``links`` are
    the links and images with what is shown of them, ``code``, ``html`` and ``notes`` the places of the rest.
    An image's alternative text is text alone, whatever is written in it.
    """

    def __init__(self, text: str, pieces: Sequence[Piece], *, images: bool = True) -> None:
        self._source = text
        self._images = images
        self._parts: list[str] = []
        self._length = 0
        self._places: list[tuple[int, int]] = []
        self._run: list[Piece] = []
        self._run_start = 0
        self._may_hold_addresses = "@" in text or "&" in text
        self._links: list[tuple[LinkParts, int, int]] = []
        self._image_depth = 0
        self._in_link = False
        self.code: list[tuple[int, int]] = []
        self.html: list[tuple[int, int]] = []
        self.notes: list[tuple[int, int]] = []
        self._put_together(pieces)
        self._places.append((len(text), self._length))
        self.text = "".join(self._parts)
        self._links.sort(key=lambda found: found[0].start)
        self.links = [(link, self.text[start:end]) for link, start, end in self._links]

    def between(self, start: int, end: int) -> str:
        """What a reader sees between two offsets at which pieces start or end."""
        return self.text[self._shown_offset(start) : self._shown_offset(end)]

    def _shown_offset(self, offset: int) -> int:
        return self._places[bisect_left(self._places, (offset, -1))][1]

    def _put_together(self, pieces: Sequence[Piece]) -> None:
        opened: list[int] = []
        for piece in pieces:
            self._places.append((piece.start, self._length))
            if piece.kind is Kind.TEXT:
                self._text(piece)
                continue
            self._end_run()
            if piece.kind is Kind.OPEN:
                opened.append(self._length)
                self._enter(piece)
            elif piece.kind is Kind.CLOSE:
                self._leave(piece, opened.pop())
            else:
                self._other(piece)
        self._end_run()

    def _show(self, shown: str) -> None:
        if self._images or not self._image_depth:
            self._parts.append(shown)
            self._length += len(shown)

    def _text(self, piece: Piece) -> None:
        if not (piece.left or piece.right):
            if self._may_hold_addresses:
                self._extend_run(piece)
            self._show(piece.shown)
            return
        if piece.left:
            self._end_run()
        rest = Piece(
            Kind.TEXT,
            piece.start + piece.left,
            piece.end - piece.right,
            piece.shown[piece.left : len(piece.shown) - piece.right],
        )
        self._extend_run(rest)
        self._show(rest.shown)
        if piece.right:
            self._end_run()

    def _enter(self, piece: Piece) -> None:
        if piece.link and piece.link.image:
            self._image_depth += 1
        else:
            self._in_link = True

    def _leave(self, piece: Piece, start: int) -> None:
        if piece.link is None:
            return
        if piece.link.image:
            self._image_depth -= 1
        else:
            self._in_link = False  # in cmark-gfm's view the outer of two nested links ends here, too
        if not self._image_depth:
            self._links.append((piece.link, start, self._length))

    def _other(self, piece: Piece) -> None:
        in_image = self._image_depth > 0
        start = self._length
        if piece.kind is Kind.HTML and not in_image:
            self._show(_visible_html(piece.shown, self._images))
            self.html.append((piece.start, piece.end))
            return
        if piece.kind is not Kind.NOTE:
            self._show(piece.shown)
        if in_image:
            return
        if piece.kind is Kind.CODE:
            self.code.append((piece.start, piece.end))
        elif piece.kind is Kind.NOTE:
            self.notes.append((piece.start, piece.end))
        elif piece.link:
            self._links.append((piece.link, start, self._length))

    def _extend_run(self, piece: Piece) -> None:
        if not self._run:
            self._run_start = self._length
        self._run.append(piece)

    def _end_run(self) -> None:
        """Look for e-mail addresses in the text since the last markup."""
        if not self._run:
            return
        run, self._run = self._run, []
        text = "".join([piece.shown for piece in run])
        if "@" not in text or self._in_link or self._image_depth:
            return
        offsets = [0, *accumulate(len(piece.shown) for piece in run)]
        for start, end, url in find_addresses(text):
            place = (self._source_offset(run, offsets, start), self._source_offset(run, offsets, end - 1) + 1)
            link = LinkParts(LinkKind.BARE, *place, place, place, url)
            self._links.append((link, self._run_start + start, self._run_start + end))

    def _source_offset(self, run: Sequence[Piece], offsets: Sequence[int], offset: int) -> int:
        index = bisect_right(offsets, offset) - 1
        piece = run[index]
        is_literal = self._source.startswith(piece.shown, piece.start)
        return piece.start + (offset - offsets[index] if is_literal else 0)


def _visible_html(raw: str, images: bool) -> str:
    tag = parse_tag(raw, 0, lambda offset: offset)
    if tag is None:
        return ""
    if tag.name == "img" and images:
        return tag.attributes.get("alt", ("", None))[0]
    return " " if tag.name == "br" else ""

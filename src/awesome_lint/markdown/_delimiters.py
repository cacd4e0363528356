"""Runs of ``*``, ``_`` and ``~``: which of them are emphasis or strikethrough.

The algorithm is that of the CommonMark specification's appendix, with the strikethrough of cmark-gfm: runs of one
or two tildes, opener and closer of one length.
"""

from __future__ import annotations

from msgspec import Struct

from awesome_lint.markdown._pieces import Piece
from awesome_lint.markdown._syntax import is_punctuation, is_space

_LONGEST_STRIKETHROUGH = 2


class _Run(Struct, eq=False):
    """A run of one character that may open or close; ``position`` is where it ends, ``left`` what is left of it."""

    piece: Piece
    character: str
    position: int
    length: int
    opens: bool
    closes: bool
    left: int
    previous: _Run | None
    next: _Run | None = None


class Delimiters:
    """The runs of one text that wait for their match."""

    def __init__(self) -> None:
        self._last: _Run | None = None

    def add(self, text: str, piece: Piece) -> None:
        """Note the run that *piece* is, unless it can be no markup."""
        character, length = text[piece.start], piece.end - piece.start
        if character == "~" and length > _LONGEST_STRIKETHROUGH:
            return
        opens, closes = _sides(text, piece.start, piece.end)
        if opens or closes:
            run = _Run(piece, character, piece.end, length, opens, closes, length, self._last)
            if self._last:
                self._last.next = run
            self._last = run

    def match(self, bottom: int) -> None:
        """Match the runs from offset *bottom* on, and forget them."""
        closer = self._first(bottom)
        bottoms: dict[tuple[str, int], int] = {}
        while closer:
            if not closer.closes:
                closer = closer.next
                continue
            key = (closer.character, closer.length % 3)
            opener = _find_opener(closer, max(bottom, bottoms.get(key, 0)))
            if opener is None:
                bottoms[key] = closer.position
                following = closer.next
                if not closer.opens:
                    self._remove(closer)
                closer = following
            elif closer.character == "~":
                closer = self._strike(opener, closer)
            else:
                closer = self._emphasize(opener, closer)
        while self._last and self._last.position >= bottom:
            self._remove(self._last)

    def _first(self, bottom: int) -> _Run | None:
        first, run = None, self._last
        while run and run.position >= bottom:
            first, run = run, run.previous
        return first

    def _emphasize(self, opener: _Run, closer: _Run) -> _Run | None:
        used = 2 if closer.left >= 2 and opener.left >= 2 else 1
        opener.left -= used
        closer.left -= used
        opener.piece.right += used
        closer.piece.left += used
        self._remove_between(opener, closer)
        if opener.left == 0:
            self._remove(opener)
        if closer.left:
            return closer
        following = closer.next
        self._remove(closer)
        return following

    def _strike(self, opener: _Run, closer: _Run) -> _Run | None:
        following = closer.next
        if opener.length == closer.length:
            opener.piece.right = opener.length
            closer.piece.left = closer.length
        self._remove_between(opener, closer)
        self._remove(opener)
        self._remove(closer)
        return following

    def _remove_between(self, opener: _Run, closer: _Run) -> None:
        opener.next, closer.previous = closer, opener

    def _remove(self, run: _Run) -> None:
        if run.next:
            run.next.previous = run.previous
        else:
            self._last = run.previous
        if run.previous:
            run.previous.next = run.next


def _find_opener(closer: _Run, bottom: int) -> _Run | None:
    run = closer.previous
    while run and run.position >= bottom:
        if run.opens and run.character == closer.character and _may_match(run, closer):
            return run
        run = run.previous
    return None


def _may_match(opener: _Run, closer: _Run) -> bool:
    """The specification's rule of three: a run that both opens and closes may not add up to a multiple of three."""
    both = closer.opens or opener.closes
    return not both or closer.length % 3 == 0 or (opener.length + closer.length) % 3 != 0


def _sides(text: str, start: int, end: int) -> tuple[bool, bool]:
    """Whether the run ``text[start:end]`` can open and whether it can close."""
    character = text[start]
    skipped = "" if character == "~" else "~"  # cmark-gfm looks past tildes beside emphasis
    before = _before(text, start, skipped)
    after = _after(text, end, skipped)
    mark_before, mark_after = is_punctuation(before), is_punctuation(after)
    space_before, space_after = is_space(before), is_space(after)
    left = not space_after and (not mark_after or space_before or mark_before)
    right = not space_before and (not mark_before or space_after or mark_after)
    if character == "_":
        return left and (not right or mark_before), right and (not left or mark_after)
    return left, right


def _before(text: str, start: int, skipped: str) -> str:
    place = start - 1
    while place > 0 and text[place] in skipped:
        place -= 1
    return text[place] if place >= 0 and text[place] not in skipped else "\n"


def _after(text: str, end: int, skipped: str) -> str:
    while end < len(text) and text[end] in skipped:
        end += 1
    return text[end] if end < len(text) else "\n"

"""Inline text in pieces: each a stretch of the text with what a reader sees of it."""

from __future__ import annotations

from enum import Enum, auto

from msgspec import Struct

from awesome_lint.markdown.links import LinkKind


class Kind(Enum):
    """What a piece is."""

    TEXT = auto()
    CODE = auto()
    HTML = auto()
    BREAK = auto()
    """A line ending, hard or soft."""
    NOTE = auto()
    """A reference to a footnote; ``shown`` is its label, which is not shown."""
    OPEN = auto()
    """The opening bracket of a link or an image."""
    CLOSE = auto()
    """All that follows a link's or an image's text: the closing bracket, the destination or label."""
    BARE = auto()
    """A bare URL or an autolink."""


class LinkParts(Struct, eq=False, gc=False):
    """A link or an image; all offsets are those of the text that is read."""

    kind: LinkKind
    start: int
    end: int
    text: tuple[int, int]
    destination: tuple[int, int]
    url: str
    title: str = ""
    image: bool = False


class Piece(Struct, eq=False, gc=False):
    """``text[start:end]`` and what is ``shown`` of it.

    Of a run of ``*``, ``_`` or ``~`` some characters are markup: ``left`` of them at its start, ``right`` at its end.
    """

    kind: Kind
    start: int
    end: int
    shown: str
    link: LinkParts | None = None
    left: int = 0
    right: int = 0

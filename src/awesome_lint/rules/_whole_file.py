"""What findings about a file as a whole share: their place, and what is required of awesome lists."""

from __future__ import annotations

from awesome_lint.markdown import Document, Link
from awesome_lint.source import Span

_LONGEST_BADGE = 500


def may_be_badge(link: Link) -> bool:
    """Whether *link* is an image whose address is short enough to be compared with those of badges."""
    return link.image and len(link.url) <= _LONGEST_BADGE


def required(what: str) -> str:
    """The note of a finding that names the requirement for awesome lists: *what* they must have, or must not."""
    return f"Requirement for awesome lists: {what}"


def top_of(document: Document) -> Span:
    """The text of the first heading; without one, the place where the first block begins."""
    if document.headings:
        return document.headings[0].content.span
    start = document.blocks[0].span.start if document.blocks else 0
    return Span(start, start)

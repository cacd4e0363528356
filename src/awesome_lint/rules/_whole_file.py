"""Where a finding about a file as a whole is reported."""

from __future__ import annotations

from awesome_lint.markdown import Document
from awesome_lint.source import Span


def top_of(document: Document) -> Span:
    """The text of the first heading; without one, the place where the first block begins."""
    if document.headings:
        return document.headings[0].content.span
    start = document.blocks[0].span.start if document.blocks else 0
    return Span(start, start)

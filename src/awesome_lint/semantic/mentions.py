"""Which of some names a document uses as words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from awesome_lint.markdown import Document, HtmlBlock
from awesome_lint.source import Span, Spans


def used_names(document: Document, names: Iterable[str], without: Sequence[Span]) -> set[str]:
    """Those of *names* that *document* uses outside of the spans *without*: as a word, never as a part of one.

    Where several fit, the longest counts: ``AGPL-3.0`` is no use of ``GPL-3.0``.
    """
    by_length: defaultdict[str, dict[int, set[str]]] = defaultdict(dict)
    for name in filter(None, names):
        by_length[name[0]].setdefault(len(name), set()).add(name)
    if not by_length:
        return set()
    start = re.compile("[" + re.escape("".join(by_length)) + "]")
    found = {
        _name_at(text, match.start(), by_length[match[0]])
        for text in _texts(document, Spans(without))
        for match in start.finditer(text)
    }
    return {name for name in found if name}


def _texts(document: Document, without: Spans) -> Iterator[str]:
    pieces = [(inline.span, inline.text) for inline in document.inlines]
    pieces += ((block.span, document.source[block.span]) for block in document.blocks if isinstance(block, HtmlBlock))
    for span, text in pieces:
        if not without.contain(span):
            yield text


def _name_at(text: str, start: int, by_length: dict[int, set[str]]) -> str | None:
    """The longest name that stands at *start* as a word."""
    if start and text[start - 1].isalnum() and text[start].isalnum():
        return None
    for length in sorted(by_length, reverse=True):
        end = start + length
        is_word = end >= len(text) or not (text[end].isalnum() and text[end - 1].isalnum())
        if is_word and text[start:end] in by_length[length]:
            return text[start:end]
    return None

"""Rows that say the same, and lead to the same places, as an earlier row of their table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from awesome_lint.markdown import Document, Row
from awesome_lint.regex import regex
from awesome_lint.source import Span
from awesome_lint.text.canonical_urls import canonical_url

BARE_URL = regex(r"(?:https?://|www\.)\S+")
"""A web address in what a reader sees."""


def copied_rows(document: Document) -> Iterator[tuple[Span, Span]]:
    """The spans of rows that say what an earlier row of their table says, each with that row's span."""
    detached: dict[Span, list[Row]] = {}
    for group in document.detached_rows:
        detached.setdefault(group.table.span, []).extend(group.rows)
    tables = [[*table.rows, *detached.get(table.span, ())] for table in document.tables]
    tables += (list(table.rows) for table in document.rejected_tables)
    for rows in tables:
        seen: dict[tuple[str, ...], Span] = {}
        above = ""
        for row in rows:
            above = _named_by(row, above)
            key = _row_key(row)
            key = (*key, above) if key else ()
            if key and key in seen:
                yield row.span, seen[key]
            elif key:
                seen[key] = row.span


def _named_by(row: Row, above: str) -> str:
    """What *row* is about: its first cell, or that of the rows *above* where it holds a mere sign such as ``↳``."""
    text = row.cells[0].text.strip() if row.cells else ""
    return above if text and not re.search(r"\w", text) else text


def _row_key(row: Row) -> tuple[str, ...]:
    """What *row* says, and where it leads; empty if that is too little to tell two rows apart."""
    texts = [" ".join(BARE_URL.sub("", cell.text).split()) for cell in row.cells]
    words = [text for text in texts if re.search(r"\w", text)]
    links = [link for cell in row.cells for link in cell.content.links]
    if not any(link.url and not link.image for link in links) and (len(words) < 2 or len("".join(words)) < 8):
        return ()
    return (*texts, *(address_key(link.url) for link in links))


def address_key(url: str) -> str:
    """The key of *url*; of a link pasted as a destination, ``[text]([a](b))``, that of what it leads to."""
    return canonical_url(url.rpartition("](")[2].rstrip(")") if "](" in url else url)

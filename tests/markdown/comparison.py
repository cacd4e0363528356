"""In what our reading of a document differs from GitHub's."""

from __future__ import annotations

from collections import Counter

from awesome_lint.markdown import parse
from awesome_lint.source import Source
from tests.markdown import oracle


def differences(text: str) -> list[str]:
    """What differs in tables, cells, links, headings and text, one line each; empty where nothing does.

    The lines of a rejected table are one paragraph to GitHub and rows to us: with one, only tables and headings count.
    """
    document = parse(Source(text))
    source = document.source.text
    pairs: list[tuple[str, object, object]] = [
        ("tables", oracle.tables_read(document), oracle.tables_shown(source)),
        ("headings", oracle.headings_read(document), oracle.headings_shown(source)),
    ]
    if not document.rejected_tables:
        pairs.append(("links", oracle.links_read(document), oracle.links_shown(source)))
        pairs.append(("text", Counter(oracle.text_read(document)), Counter(oracle.text_shown(source))))
    return [f"{name}: {ours!r}, GitHub {theirs!r}" for name, ours, theirs in pairs if ours != theirs]

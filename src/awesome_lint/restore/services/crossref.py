"""Crossref's REST interface: https://api.crossref.org, https://github.com/CrossRef/rest-api-doc."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from awesome_lint.links import Question
from awesome_lint.restore.likeness import plain_title
from awesome_lint.restore.model import IdentifierKind, Source, Work
from awesome_lint.restore.services.asking import (
    Batch,
    Query,
    address,
    grouped,
    identifiers_of,
    inside,
    items,
    load,
    read_doi,
    text,
    years,
)

_SELECT = "DOI,title,subtitle,author,issued,published-print,published-online,container-title,type"
_ROWS = 8
_IDENTIFIERS = 20
_PARTS = frozenset({"component", "database", "grant", "journal", "journal-issue", "journal-volume", "peer-review"})
"""Types of records that are parts of works, or hold them."""


class Crossref:
    """Works by their titles, one at a time; by their DOIs, many at once, as a filter."""

    source = Source.CROSSREF

    def __init__(self, base: str, email: str = "") -> None:
        self._base = base
        self._email = email

    def batches(self, queries: Sequence[Query]) -> Iterator[Batch]:
        """See `Service`."""
        for query in queries:
            if query.title:
                yield self._batch({"query.bibliographic": plain_title(query.title), "rows": str(_ROWS)}, (query,))
        # A comma ends a filter, so a DOI that holds one cannot be asked for here.
        named = (each for each in queries if each.identifier and "," not in each.identifier.value)
        for group in grouped(named, _IDENTIFIERS):
            if names := identifiers_of(group, IdentifierKind.DOI):
                fields = {"filter": ",".join(f"doi:{name}" for name in names), "rows": str(len(names))}
                yield self._batch(fields, group)

    def _batch(self, fields: dict[str, str], group: tuple[Query, ...]) -> Batch:
        fields = {**fields, "select": _SELECT, "mailto": self._email}
        return Batch(Question(address(self._base, "/works", fields)), group)

    def read(self, data: bytes) -> list[Work]:
        """See `Service`."""
        found = inside(load(data), "message", "items")
        if not isinstance(found, list):
            raise ValueError("no list of works")
        return [work for item in items(found) if (work := _work(item))]


def _work(item: Any) -> Work | None:
    identifiers = read_doi(inside(item, "DOI"))
    title, subtitle = text(inside(item, "title")), text(inside(item, "subtitle"))
    if not identifiers or not title or inside(item, "type") in _PARTS:
        return None
    if subtitle and subtitle.casefold() not in title.casefold():
        title = f"{title}: {subtitle}"
    dates = (inside(item, name, "date-parts") for name in ("issued", "published-print", "published-online"))
    return Work(
        Source.CROSSREF,
        title,
        years(*(text(text_list) for parts in dates for text_list in items(parts)[:1])),
        tuple(name for each in items(inside(item, "author")) if (name := text(inside(each, "family")))),
        text(inside(item, "container-title")),
        identifiers,
    )

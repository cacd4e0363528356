"""Open Library's books: https://openlibrary.org/dev/docs/api/books."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from awesome_lint.links import Question
from awesome_lint.restore.identifiers import is_isbn
from awesome_lint.restore.model import Identifier, IdentifierKind, Source, Work
from awesome_lint.restore.services.asking import (
    Batch,
    Query,
    address,
    family_names,
    grouped,
    identifiers_of,
    inside,
    items,
    load,
    text,
    years,
)

_IDENTIFIERS = 50
_PREFIX = "ISBN:"


class OpenLibrary:
    """Books by their ISBNs, many at once."""

    source = Source.OPEN_LIBRARY

    def __init__(self, base: str, email: str = "") -> None:  # noqa: ARG002 - all services are made alike
        self._base = base

    def batches(self, queries: Sequence[Query]) -> Iterator[Batch]:
        """See `Service`."""
        for group in grouped((each for each in queries if each.identifier), _IDENTIFIERS):
            if names := identifiers_of(group, IdentifierKind.ISBN):
                keys = ",".join(f"{_PREFIX}{name}" for name in names)
                fields = {"bibkeys": keys, "format": "json", "jscmd": "data"}
                yield Batch(Question(address(self._base, "/api/books", fields)), group)

    def read(self, data: bytes) -> list[Work]:
        """See `Service`."""
        found = load(data)
        if not isinstance(found, dict):
            raise ValueError("no books")
        books = ((name.removeprefix(_PREFIX), book) for name, book in found.items() if name.startswith(_PREFIX))
        return [_work(isbn, book) for isbn, book in books if is_isbn(isbn)]


def _work(isbn: str, book: Any) -> Work:
    title, subtitle = text(inside(book, "title")), text(inside(book, "subtitle"))
    return Work(
        Source.OPEN_LIBRARY,
        f"{title}: {subtitle}" if subtitle else title,
        years(inside(book, "publish_date")),
        family_names(inside(each, "name") for each in items(inside(book, "authors"))),
        identifiers=(Identifier(IdentifierKind.ISBN, isbn),),
    )

"""DBLP's search: https://dblp.org/faq/13501473."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from awesome_lint.links import Question
from awesome_lint.regex import regex
from awesome_lint.restore.likeness import words
from awesome_lint.restore.model import Source, Work
from awesome_lint.restore.services.asking import (
    Batch,
    Query,
    address,
    family_names,
    inside,
    items,
    load,
    read_arxiv,
    read_doi,
    text,
    years,
)

_HITS = "8"
_ABSTRACT_PAGE = regex(r"https?://arxiv\.org/abs/(\S+)")


class Dblp:
    """Papers by the words of their titles."""

    source = Source.DBLP

    def __init__(self, base: str, email: str = "") -> None:  # noqa: ARG002 - all services are made alike
        self._base = base

    def batches(self, queries: Sequence[Query]) -> Iterator[Batch]:
        """See `Service`."""
        for query in queries:
            if query.title:
                fields = {"q": words(query.title), "format": "json", "h": _HITS, "c": "0"}
                yield Batch(Question(address(self._base, "/search/publ/api", fields)), (query,))

    def read(self, data: bytes) -> list[Work]:
        """See `Service`."""
        hits = inside(load(data), "result", "hits")
        if not isinstance(hits, dict):
            raise ValueError("no list of hits")
        return [_work(inside(hit, "info")) for hit in items(hits.get("hit"))]


def _work(info: Any) -> Work:
    editions = [text(each) for each in items(inside(info, "ee"))]
    papers = (match[1] for each in editions if (match := _ABSTRACT_PAGE.fullmatch(each)))
    identifiers = read_doi(inside(info, "doi")) or next(map(read_arxiv, papers), ())
    authors = (inside(each, "text") or each for each in items(inside(info, "authors", "author")))
    return Work(
        Source.DBLP,
        text(inside(info, "title")).removesuffix("."),
        years(inside(info, "year")),
        family_names(authors),
        text(inside(info, "venue")),
        identifiers,
        next(iter(editions), ""),
    )

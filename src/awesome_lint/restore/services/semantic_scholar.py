"""Semantic Scholar's academic graph: https://api.semanticscholar.org/api-docs/graph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from awesome_lint.links import Question
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

_PAPERS = "8"
_FIELDS = "title,year,venue,authors,externalIds,url"


class SemanticScholar:
    """Papers by the words of their titles."""

    source = Source.SEMANTIC_SCHOLAR

    def __init__(self, base: str, email: str = "") -> None:  # noqa: ARG002 - all services are made alike
        self._base = base

    def batches(self, queries: Sequence[Query]) -> Iterator[Batch]:
        """See `Service`."""
        for query in queries:
            if query.title:
                fields = {"query": words(query.title), "fields": _FIELDS, "limit": _PAPERS}
                yield Batch(Question(address(self._base, "/graph/v1/paper/search", fields)), (query,))

    def read(self, data: bytes) -> list[Work]:
        """See `Service`; where nothing is found there is no list."""
        answer = load(data)
        if not isinstance(answer, dict):
            raise ValueError("no answer of the graph")
        return [_work(paper) for paper in items(answer.get("data"))]


def _work(paper: Any) -> Work:
    names = inside(paper, "externalIds")
    return Work(
        Source.SEMANTIC_SCHOLAR,
        text(inside(paper, "title")),
        years(inside(paper, "year")),
        family_names(inside(each, "name") for each in items(inside(paper, "authors"))),
        text(inside(paper, "venue")),
        tuple(dict.fromkeys(read_doi(inside(names, "DOI")) + read_arxiv(inside(names, "ArXiv")))),
        text(inside(paper, "url")),
    )

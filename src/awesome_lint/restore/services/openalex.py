"""OpenAlex: https://docs.openalex.org/api-entities/works/search-works."""

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

_WORKS = "8"
_SELECT = "doi,display_name,publication_year,authorships,primary_location,locations"
_ABSTRACT_PAGE = regex(r"https?://arxiv\.org/abs/(\S+)")


class OpenAlex:
    """Works by the words of their titles."""

    source = Source.OPENALEX

    def __init__(self, base: str, email: str = "") -> None:
        self._base = base
        self._email = email

    def batches(self, queries: Sequence[Query]) -> Iterator[Batch]:
        """See `Service`."""
        for query in queries:
            if query.title:
                fields = {
                    "filter": f"title.search:{words(query.title)}",
                    "per-page": _WORKS,
                    "select": _SELECT,
                    "mailto": self._email,
                }
                yield Batch(Question(address(self._base, "/works", fields)), (query,))

    def read(self, data: bytes) -> list[Work]:
        """See `Service`."""
        found = inside(load(data), "results")
        if not isinstance(found, list):
            raise ValueError("no list of works")
        return [_work(item) for item in items(found)]


def _work(item: Any) -> Work:
    pages = [text(inside(each, "landing_page_url")) for each in items(inside(item, "locations"))]
    home = text(inside(item, "primary_location", "landing_page_url"))
    papers = (match[1] for each in [home, *pages] if (match := _ABSTRACT_PAGE.fullmatch(each)))
    doi = read_doi(inside(item, "doi"))
    preprint = next(map(read_arxiv, papers), ())
    return Work(
        Source.OPENALEX,
        text(inside(item, "display_name")),
        years(inside(item, "publication_year")),
        family_names(inside(each, "author", "display_name") for each in items(inside(item, "authorships"))),
        text(inside(item, "primary_location", "source", "display_name")),
        tuple(dict.fromkeys(doi + preprint)),
        home,
    )

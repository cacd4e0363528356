"""PubMed's summaries, by NCBI's E-utilities: https://www.ncbi.nlm.nih.gov/books/NBK25499/."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from awesome_lint.links import Question
from awesome_lint.restore.model import Identifier, IdentifierKind, Source, Work
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

_IDENTIFIERS = 100


class PubMed:
    """Articles by their PMIDs, many at once."""

    source = Source.PUBMED

    def __init__(self, base: str, email: str = "") -> None:
        self._base = base
        self._email = email

    def batches(self, queries: Sequence[Query]) -> Iterator[Batch]:
        """See `Service`."""
        for group in grouped((each for each in queries if each.identifier), _IDENTIFIERS):
            if names := identifiers_of(group, IdentifierKind.PMID):
                fields = {"db": "pubmed", "id": ",".join(names), "retmode": "json"}
                fields |= {"tool": "awesome-lint", "email": self._email}
                yield Batch(Question(address(self._base, "/entrez/eutils/esummary.fcgi", fields)), group)

    def read(self, data: bytes) -> list[Work]:
        """See `Service`."""
        found = inside(load(data), "result")
        if not isinstance(found, dict):
            raise ValueError("no summaries")
        summaries = (found.get(name) for name in map(text, items(found.get("uids"))))
        return [_work(each) for each in summaries if text(inside(each, "uid")).isdigit()]


def _work(summary: Any) -> Work:
    dois = (inside(each, "value") for each in items(inside(summary, "articleids")) if inside(each, "idtype") == "doi")
    names = (text(inside(each, "name")) for each in items(inside(summary, "authors")))
    return Work(
        Source.PUBMED,
        text(inside(summary, "title")).removesuffix("."),
        years(inside(summary, "pubdate"), inside(summary, "epubdate")),
        tuple(name.rpartition(" ")[0] or name for name in names if name),  # “Setio AA”: initials come last
        text(inside(summary, "fulljournalname")),
        (Identifier(IdentifierKind.PMID, text(inside(summary, "uid"))), *next(map(read_doi, dois), ())),
    )

"""The services that know addresses: how each is asked, and what its answers say.

A module for each; none of them sends anything.
"""

from __future__ import annotations

from collections.abc import Mapping

from awesome_lint.restore.model import IdentifierKind, Source
from awesome_lint.restore.services.arxiv import Arxiv
from awesome_lint.restore.services.asking import Batch, Query, Service
from awesome_lint.restore.services.crossref import Crossref
from awesome_lint.restore.services.dblp import Dblp
from awesome_lint.restore.services.github import GitHub
from awesome_lint.restore.services.open_library import OpenLibrary
from awesome_lint.restore.services.openalex import OpenAlex
from awesome_lint.restore.services.pubmed import PubMed
from awesome_lint.restore.services.semantic_scholar import SemanticScholar

__all__ = ["AUTHORITIES", "FIRST_ASKED", "SERVICES", "THEN_ASKED", "Batch", "Query", "Service"]

SERVICES: Mapping[Source, type[Service]] = {
    Source.ARXIV: Arxiv,
    Source.CROSSREF: Crossref,
    Source.DBLP: Dblp,
    Source.GITHUB: GitHub,
    Source.OPEN_LIBRARY: OpenLibrary,
    Source.OPENALEX: OpenAlex,
    Source.PUBMED: PubMed,
    Source.SEMANTIC_SCHOLAR: SemanticScholar,
}

FIRST_ASKED = (Source.ARXIV, Source.CROSSREF)
"""Those that are asked for every title."""
THEN_ASKED = (Source.OPENALEX, Source.DBLP, Source.SEMANTIC_SCHOLAR)
"""Those that are asked for the titles that the first ones leave open."""
AUTHORITIES: Mapping[IdentifierKind, Source] = {
    IdentifierKind.ARXIV: Source.ARXIV,
    IdentifierKind.DOI: Source.CROSSREF,
    IdentifierKind.PMID: Source.PUBMED,
    IdentifierKind.ISBN: Source.OPEN_LIBRARY,
    IdentifierKind.REPOSITORY: Source.GITHUB,
}
"""Who tells what an identifier names."""

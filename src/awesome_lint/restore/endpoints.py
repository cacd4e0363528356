"""Where the services live, and how a user who knows another place says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from awesome_lint.restore.model import Source

ENDPOINTS: Mapping[Source, str] = {
    Source.ARXIV: "https://export.arxiv.org",
    Source.CROSSREF: "https://api.crossref.org",
    Source.DBLP: "https://dblp.org",
    Source.GITHUB: "https://api.github.com",
    Source.OPEN_LIBRARY: "https://openlibrary.org",
    Source.OPENALEX: "https://api.openalex.org",
    Source.PUBMED: "https://eutils.ncbi.nlm.nih.gov",
    Source.SEMANTIC_SCHOLAR: "https://api.semanticscholar.org",
}
"""The services that are asked, and their base addresses: what stands before the path of each of their interfaces."""


class EndpointError(ValueError):
    """An endpoint that cannot be used; the text says why."""


def parse_endpoints(texts: Iterable[str]) -> dict[Source, str]:
    """`ENDPOINTS` with those of *texts*, each ``NAME=URL``, in their places; ``NAME=`` leaves a service out.

    Raises `EndpointError`.
    """
    found = dict(ENDPOINTS)
    for text in texts:
        name, equals, url = text.partition("=")
        if not equals or name not in ENDPOINTS:
            raise EndpointError(f"{text!r} is not NAME=URL with one of {', '.join(sorted(ENDPOINTS))}")
        source = Source(name)
        if not url:
            del found[source]
        elif not url.startswith(("http://", "https://")) or "?" in url or "#" in url:
            raise EndpointError(f"{url!r} is not the base address of a service, such as {ENDPOINTS[source]}")
        else:
            found[source] = url.rstrip("/")
    return found

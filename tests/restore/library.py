"""Services that know papers, on this machine's loopback interface.

Each answers in the form that its public documentation gives: arXiv's user manual, Crossref's REST API, OpenAlex's and
Semantic Scholar's references, DBLP's FAQ, NCBI's E-utilities, Open Library's and GitHub's documentation.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from rapidfuzz import fuzz

from tests.links.servers import Received, response


@dataclass(frozen=True)
class Paper:
    """A paper and where it is known; ``known_to`` names the services that have it."""

    title: str
    year: int
    authors: tuple[str, ...] = ("Ada Example",)
    doi: str = ""
    arxiv: str = ""
    venue: str = "Journal of Examples"
    known_to: frozenset[str] = frozenset({"arxiv", "crossref"})
    kind: str = "journal-article"
    subtitle: str = ""


@dataclass(frozen=True)
class Repository:
    """A repository on GitHub."""

    full_name: str
    fork: bool = False
    description: str = ""


@dataclass
class Library:
    """All papers and repositories, and the servers' answers about them; what fails is answered by its status."""

    papers: Sequence[Paper] = ()
    repositories: Sequence[Repository] = ()
    books: dict[str, dict[str, Any]] = field(default_factory=dict)
    articles: dict[str, dict[str, Any]] = field(default_factory=dict)
    failing: dict[str, int] = field(default_factory=dict)

    def answering(self, name: str) -> Callable[[Received], bytes]:
        """What the server of the service *name* answers."""
        answer: Callable[[dict[str, str], str], bytes] = getattr(self, name.replace("-", "_"))

        def reply(request: Received) -> bytes:
            if name in self.failing:
                return response(self.failing[name])
            parts = urlsplit(request.target)
            fields = {key: values[0] for key, values in parse_qs(parts.query).items()}
            return answer(fields, parts.path)

        return reply

    def _known(self, name: str) -> list[Paper]:
        return [paper for paper in self.papers if name in paper.known_to]

    def _ranked(self, name: str, query: str) -> list[Paper]:
        """As search engines do: what has most words of *query* comes first, and there is always something."""
        return sorted(self._known(name), key=lambda paper: -fuzz.token_set_ratio(paper.title, query))[:8]

    def arxiv(self, fields: dict[str, str], path: str) -> bytes:
        """The query interface: phrases of titles, or identifiers."""
        assert path == "/api/query"
        known = [paper for paper in self._known("arxiv") if paper.arxiv]
        if "id_list" in fields:
            wanted = fields["id_list"].split(",")
            found = [paper for paper in known if paper.arxiv in wanted]
        else:
            phrases = [plain(phrase) for phrase in re.findall(r'ti:"([^"]*)"', fields["search_query"])]
            assert phrases
            found = [paper for paper in known if any(phrase in plain(paper.title) for phrase in phrases)]
        entries = "".join(map(_atom_entry, found[: int(fields["max_results"])]))
        feed = f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n{_ABOUT}{entries}</feed>\n'
        return response(body=feed.encode(), content_type="application/atom+xml; charset=UTF-8")

    def crossref(self, fields: dict[str, str], path: str) -> bytes:
        """The route ``/works``, by bibliographic query or by a filter of DOIs."""
        assert path == "/works"
        if "filter" in fields:
            wanted = [each.removeprefix("doi:").lower() for each in fields["filter"].split(",")]
            found = [paper for paper in self._known("crossref") if paper.doi.lower() in wanted]
        else:
            found = [paper for paper in self._ranked("crossref", fields["query.bibliographic"]) if paper.doi]
        items = [_crossref_item(paper) for paper in found[: int(fields["rows"])]]
        message = {"facets": {}, "total-results": len(items), "items": items, "items-per-page": int(fields["rows"])}
        return _json({"status": "ok", "message-type": "work-list", "message-version": "1.0.0", "message": message})

    def openalex(self, fields: dict[str, str], path: str) -> bytes:
        """The route ``/works`` with a filter on titles."""
        assert path == "/works"
        name, _, words = fields["filter"].partition(":")
        assert name == "title.search"
        found = [paper for paper in self._known("openalex") if plain(words) in plain(paper.title)]
        return _json({"meta": {"count": len(found), "page": 1}, "results": [_openalex_work(paper) for paper in found]})

    def dblp(self, fields: dict[str, str], path: str) -> bytes:
        """The search for publications."""
        assert (path, fields["format"]) == ("/search/publ/api", "json")
        words = set(plain(fields["q"]).split())
        found = [paper for paper in self._known("dblp") if words <= set(plain(paper.title).split())]
        hits: dict[str, Any] = {"@total": str(len(found)), "@computed": str(len(found)), "@sent": str(len(found))}
        if found:
            hits["hit"] = [{"@score": "9", "@id": str(n), "info": _dblp_info(paper)} for n, paper in enumerate(found)]
        return _json({"result": {"query": fields["q"], "status": {"@code": "200", "text": "OK"}, "hits": hits}})

    def semantic_scholar(self, fields: dict[str, str], path: str) -> bytes:
        """The relevance search of the graph."""
        assert path == "/graph/v1/paper/search"
        words = set(plain(fields["query"]).split())
        found = [paper for paper in self._known("semantic-scholar") if words <= set(plain(paper.title).split())]
        data = [_graph_paper(paper) for paper in found]
        return _json({"total": len(data), "offset": 0, **({"data": data} if data else {})})

    def pubmed(self, fields: dict[str, str], path: str) -> bytes:
        """Summaries."""
        assert (path, fields["db"], fields["retmode"]) == ("/entrez/eutils/esummary.fcgi", "pubmed", "json")
        uids = [uid for uid in fields["id"].split(",") if uid in self.articles]
        result = {"uids": uids, **{uid: {"uid": uid, **self.articles[uid]} for uid in uids}}
        return _json({"header": {"type": "esummary", "version": "0.3"}, "result": result})

    def open_library(self, fields: dict[str, str], path: str) -> bytes:
        """The books interface."""
        assert (path, fields["jscmd"]) == ("/api/books", "data")
        return _json({key: self.books[key] for key in fields["bibkeys"].split(",") if key in self.books})

    def github(self, fields: dict[str, str], path: str) -> bytes:
        """Repositories by name, and the search for them."""
        if path.startswith("/repos/"):
            wanted = path.removeprefix("/repos/").lower()
            found = next((each for each in self.repositories if each.full_name.lower() == wanted), None)
            return _json(_repository(found)) if found else _json({"message": "Not Found"}, 404)
        assert path == "/search/repositories"
        name = fields["q"].removesuffix(" in:name").lower()
        hits = [_repository(each) for each in self.repositories if name in each.full_name.rpartition("/")[2].lower()]
        return _json({"total_count": len(hits), "incomplete_results": False, "items": hits})

    def handles(self, request: Received) -> bytes:
        """The handle service of doi.org, which the link check asks."""
        doi = unquote(urlsplit(request.target).path.removeprefix("/api/handles/")).lower()
        is_known = any(paper.doi.lower() == doi for paper in self.papers)
        return _json({"responseCode": 1 if is_known else 100, "handle": doi}, 200 if is_known else 404)


SERVICES = ("arxiv", "crossref", "openalex", "dblp", "semantic-scholar", "pubmed", "open-library", "github")

_ABOUT = (
    '  <link href="http://arxiv.org/api/query" rel="self" type="application/atom+xml"/>\n'
    '  <title type="html">ArXiv Query: search_query=&amp;id_list=&amp;start=0&amp;max_results=10</title>\n'
    "  <id>http://arxiv.org/api/cHxbiOdZaP56ODnBPIenZhzg5f8</id>\n"
)


def plain(text: str) -> str:
    """*text* as indexes see it: words in lower case."""
    return " ".join(re.findall(r"\w+", text.lower()))


def _json(data: Any, status: int = 200) -> bytes:
    return response(status, body=json.dumps(data).encode(), content_type="application/json;charset=utf-8")


def _atom_entry(paper: Paper) -> str:
    authors = "".join(f"    <author>\n      <name>{escape(name)}</name>\n    </author>\n" for name in paper.authors)
    doi = f'    <arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">{paper.doi}</arxiv:doi>\n' if paper.doi else ""
    return (
        f"  <entry>\n    <id>http://arxiv.org/abs/{paper.arxiv}v1</id>\n"
        f"    <published>{paper.year}-03-01T12:00:00Z</published>\n    <title>{escape(paper.title)}</title>\n"
        f"    <summary>  An abstract.\n</summary>\n{authors}{doi if paper.kind == 'linked' else ''}"
        f'    <link href="http://arxiv.org/abs/{paper.arxiv}v1" rel="alternate" type="text/html"/>\n  </entry>\n'
    )


def _crossref_item(paper: Paper) -> dict[str, Any]:
    names = [name.rpartition(" ") for name in paper.authors]
    return {
        "DOI": paper.doi,
        "type": paper.kind,
        "title": [paper.title],
        **({"subtitle": [paper.subtitle]} if paper.subtitle else {}),
        "author": [{"given": given, "family": family, "sequence": "first"} for given, _, family in names],
        "issued": {"date-parts": [[paper.year, 5]]},
        "container-title": [paper.venue],
    }


def _openalex_work(paper: Paper) -> dict[str, Any]:
    return {
        "doi": f"https://doi.org/{paper.doi}" if paper.doi else None,
        "display_name": paper.title,
        "publication_year": paper.year,
        "authorships": [{"author_position": "first", "author": {"display_name": name}} for name in paper.authors],
        "primary_location": {"landing_page_url": None, "source": {"display_name": paper.venue}},
        "locations": [{"landing_page_url": f"http://arxiv.org/abs/{paper.arxiv}"}] if paper.arxiv else [],
    }


def _dblp_info(paper: Paper) -> dict[str, Any]:
    authors = [{"@pid": "1/1", "text": name} for name in paper.authors]
    return {
        "authors": {"author": authors if len(authors) > 1 else authors[0]},
        "title": f"{paper.title}.",
        "venue": paper.venue,
        "year": str(paper.year),
        "type": "Journal Articles",
        **({"doi": paper.doi, "ee": f"https://doi.org/{paper.doi}"} if paper.doi else {}),
        "url": "https://dblp.org/rec/journals/je/Example16",
    }


def _graph_paper(paper: Paper) -> dict[str, Any]:
    names = {"DOI": paper.doi, "ArXiv": paper.arxiv, "CorpusId": 1}
    return {
        "paperId": "649def34f8be52c8b66281af98ae884c09aef38b",
        "externalIds": {name: value for name, value in names.items() if value},
        "url": "https://www.semanticscholar.org/paper/649def34f8be52c8b66281af98ae884c09aef38b",
        "title": paper.title,
        "venue": paper.venue,
        "year": paper.year,
        "authors": [{"authorId": "1", "name": name} for name in paper.authors],
    }


def _repository(each: Repository) -> dict[str, Any]:
    name = each.full_name.rpartition("/")[2]
    url = f"https://github.com/{each.full_name}"
    return {
        "id": 1,
        "name": name,
        "full_name": each.full_name,
        "html_url": url,
        "fork": each.fork,
        "description": each.description,
    }


def titled(papers: Iterable[Paper], title: str) -> Paper:
    """The one of *papers* with this *title*."""
    return next(paper for paper in papers if paper.title == title)

"""Services that know about many links at once, or better than the pages themselves.

A list of papers and code has thousands of links to three or four hosts.  These say through their programming
interfaces, in a few requests, what thousands of requests for pages would only get us blocked for.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from awesome_lint.links.examine import Examiner
from awesome_lint.links.finding import Service
from awesome_lint.links.policy import Secret
from awesome_lint.links.special.arxiv import Arxiv
from awesome_lint.links.special.doi import Doi
from awesome_lint.links.special.github import GitHub
from awesome_lint.links.special.youtube import YouTube


class Endpoints(Struct, frozen=True):
    """Where the services live; other places are for tests."""

    github: str = "https://api.github.com"
    doi: str = "https://doi.org"
    arxiv: str = "https://export.arxiv.org"
    youtube: str = "https://img.youtube.com"
    archive: str = "https://web.archive.org"
    raw: str = "https://raw.githubusercontent.com"
    youtube_pages: str = "https://www.youtube.com"


def services_for(
    examiner: Examiner, endpoints: Endpoints, token: Secret, note: Callable[[str], None]
) -> tuple[Service, ...]:
    """All services; GitHub's only with a *token*.  *note* takes a sentence for the user."""
    found: list[Service] = [
        Doi(examiner, endpoints.doi),
        Arxiv(examiner, endpoints.arxiv),
        YouTube(examiner, endpoints.youtube, endpoints.youtube_pages),
    ]
    if token:
        found.append(GitHub(examiner, endpoints.github, token, note))
    return tuple(found)

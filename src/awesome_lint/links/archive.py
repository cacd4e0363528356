"""Copies of dead pages in the web archive, as a suggestion for the reader."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from awesome_lint.links.classify import Result
from awesome_lint.links.examine import Examiner
from awesome_lint.links.request import HttpRequest
from awesome_lint.links.requestable import NotCheckedError, checked, printable

LIMIT = 50
"""How many pages are looked up in one run; the archive is a charity."""


async def snapshots(examiner: Examiner, endpoint: str, urls: Sequence[str]) -> AsyncIterator[tuple[str, str]]:
    """Each of *urls* that has a copy, with its newest one; whatever goes wrong leaves a URL out."""
    for text in urls[:LIMIT]:
        try:
            url = checked(f"{endpoint}/web/{text}")
        except NotCheckedError:
            continue
        called = await examiner.call(HttpRequest(url, "GET"), retries=0)
        if isinstance(called.answer, Result) or called.answer.status not in (301, 302, 307):
            continue
        location = called.answer.headers.get("location", "")
        if location.startswith(f"{endpoint}/web/") and len(location) < 8192:
            yield text, printable(location)

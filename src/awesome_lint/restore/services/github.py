"""GitHub's repositories, by name and by search: https://docs.github.com/en/rest/search/search#search-repositories.

Without a token ten searches a minute are allowed, so only that many are made in one run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from awesome_lint.links import Question
from awesome_lint.regex import regex
from awesome_lint.restore.likeness import words
from awesome_lint.restore.model import Identifier, IdentifierKind, Source, Work
from awesome_lint.restore.services.asking import Batch, Query, address, inside, items, load, text

_SEARCHES = 10
_REPOSITORIES = "10"
_FULL_NAME = regex(r"[\w-]{1,39}/[\w.-]{1,100}", re.ASCII)
_LONGEST_NAME = 3
"""Words of a name; what is longer is a title, and no repository is called so."""


class GitHub:
    """Repositories that have a name, or one like the name with which a title begins."""

    source = Source.GITHUB

    def __init__(self, base: str, email: str = "") -> None:  # noqa: ARG002 - all services are made alike
        self._base = base

    def batches(self, queries: Sequence[Query]) -> Iterator[Batch]:
        """See `Service`."""
        for query in queries:
            if query.identifier and query.identifier.kind is IdentifierKind.REPOSITORY:
                yield Batch(Question(f"{self._base}/repos/{query.identifier.value}"), (query,))
        named = ((name, query) for query in queries if query.title and (name := repository_name(query.title)))
        for name, query in islice(named, _SEARCHES):
            fields = {"q": f"{name} in:name", "per_page": _REPOSITORIES}
            yield Batch(Question(address(self._base, "/search/repositories", fields)), (query,))

    def read(self, data: bytes) -> list[Work]:
        """See `Service`; forks are left out, as they have the name of what they were made from."""
        answer = load(data)
        if not isinstance(answer, dict):
            raise ValueError("no repositories")
        found = answer.get("items", answer)
        own = (each for each in items(found) if not inside(each, "fork"))
        named = ((text(inside(each, "full_name")), text(inside(each, "description"))) for each in own)
        return [_work(name, description) for name, description in named if _FULL_NAME.fullmatch(name)]


def repository_name(title: str) -> str:
    """The name with which *title* begins, such as “DeepLung” in “DeepLung: Deep 3D …”; empty where it has none."""
    name = words(title.partition(":")[0])
    return name if 0 < len(name.split()) <= _LONGEST_NAME else ""


def _work(name: str, description: str) -> Work:
    identifiers = (Identifier(IdentifierKind.REPOSITORY, name),)
    return Work(Source.GITHUB, name.rpartition("/")[2], identifiers=identifiers, description=description)

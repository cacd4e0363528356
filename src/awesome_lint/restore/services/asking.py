"""What all services share: queries, batches of them, and reading answers that may hold anything."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Protocol
from urllib.parse import urlencode

from msgspec import Struct

from awesome_lint.links import Question
from awesome_lint.regex import regex
from awesome_lint.restore.likeness import family_name, plain_title
from awesome_lint.restore.model import Identifier, IdentifierKind, Source, Work
from awesome_lint.text.dates import find_years

_LONGEST_TEXT = 1000
_MOST_ITEMS = 200
"""Works, authors and other items of an answer that are read."""
_ARXIV_DOI = regex(r"10\.48550/arxiv\.(?P<id>\S+)", re.IGNORECASE)
_DOI = regex(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?(?P<doi>10\.\d{4,9}/[^\s\"<>]+)", re.IGNORECASE)
_ARXIV = regex(r"(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?", re.IGNORECASE)


class Query(Struct, frozen=True):
    """What a service is asked for: a title, or what an identifier names."""

    title: str = ""
    identifier: Identifier | None = None


class Batch(Struct, frozen=True):
    """A question, and the queries that its answer answers."""

    question: Question
    queries: tuple[Query, ...]


class Service(Protocol):
    """A service at a base address; *email* is told to those that ask for one, if it is given."""

    source: Source

    def __init__(self, base: str, email: str = "") -> None: ...

    def batches(self, queries: Sequence[Query]) -> Iterator[Batch]:
        """The questions by which it is asked for *queries*; those that it cannot answer are left out."""
        ...

    def read(self, data: bytes) -> list[Work]:
        """The works in an answer; raises `ValueError` if it is not one."""
        ...


def address(base: str, path: str, fields: dict[str, str]) -> str:
    """The address of a question: the *fields* of its query that are not empty, encoded."""
    return f"{base}{path}?{urlencode({name: value for name, value in fields.items() if value})}"


def grouped(queries: Iterable[Query], size: int) -> Iterator[tuple[Query, ...]]:
    """*queries* in groups of at most *size*."""
    rest = iter(queries)
    while group := tuple(islice(rest, size)):
        yield group


def identifiers_of(queries: Iterable[Query], kind: IdentifierKind) -> list[str]:
    """The values of those identifiers of *queries* that are of *kind*."""
    return [each.identifier.value for each in queries if each.identifier and each.identifier.kind is kind]


def load(data: bytes) -> Any:
    """The JSON in *data*; raises `ValueError` if there is none."""
    try:
        return json.loads(data)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def inside(value: Any, *path: str) -> Any:
    """What is in *value* under the names of *path*; None if there is nothing."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def items(value: Any) -> list[Any]:
    """The items of *value*: of a list, or itself, as some services write a list of one."""
    if value is None:
        return []
    return value[:_MOST_ITEMS] if isinstance(value, list) else [value]


def text(value: Any) -> str:
    """*value* as text, empty if it is not one; of a list the first item."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return plain_title(value[:_LONGEST_TEXT]) if isinstance(value, str) else ""


def years(*values: Any) -> tuple[int, ...]:
    """The years that are in *values*, numbers or texts, each once."""
    found = (year for value in values for year in find_years(text(value)))
    return tuple(sorted({int(year) for year in found}))


def family_names(names: Iterable[Any]) -> tuple[str, ...]:
    """The family names in full *names*."""
    found = (family_name(text(name)) for name in names)
    return tuple(name for name in found if name)


def read_doi(value: Any) -> tuple[Identifier, ...]:
    """The DOI in *value*, as one identifier; that of a paper on arXiv becomes its arXiv identifier."""
    match = _DOI.fullmatch(text(value))
    if match is None:
        return ()
    preprint = _ARXIV_DOI.fullmatch(match["doi"])
    return read_arxiv(preprint["id"]) if preprint else (Identifier(IdentifierKind.DOI, match["doi"]),)


def read_arxiv(value: Any) -> tuple[Identifier, ...]:
    """The arXiv identifier in *value*, without its version."""
    match = _ARXIV.fullmatch(text(value))
    return (Identifier(IdentifierKind.ARXIV, match["id"]),) if match else ()

"""Identifiers of papers, books and repositories that are in the text of an entry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from awesome_lint.regex import regex
from awesome_lint.restore.model import Identifier, IdentifierKind
from awesome_lint.schema import ColumnType
from awesome_lint.semantic.values import parse_value
from awesome_lint.text.canonical_urls import canonical_url

_CUT = ("\u2026", "...")
_DOI = regex(r"(?<![\w./])10\.\d{4,9}/[^\s\"<>|\\\[\]`*]+", re.ASCII)
_ARXIV = regex(r"arxiv(?:\.org/\w+/|[\s:]{1,3})(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?!\d)", re.IGNORECASE)
_PMID = regex(
    r"(?:\bPMID[\s:]{1,3}|pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/)(\d{4,8})(?!\d)", re.IGNORECASE
)
_ISBN = regex(r"\bISBN(?:-1[03])?[\s:]{1,3}([\dX](?:[\s-]?[\dX]){9,12})(?![\dX])", re.IGNORECASE)
_ENDS = ".,;:!?)}'"


def identifiers_in(text: str, urls: Iterable[str]) -> tuple[Identifier, ...]:
    """The identifiers in the *text* of an entry and in the addresses *urls* of its links, each once."""
    return tuple(dict.fromkeys((*_in_text(text), *(found for url in urls for found in _in_url(url)))))


def _in_text(text: str) -> Iterator[Identifier]:
    for match in _DOI.finditer(text):
        if not match[0].endswith(_CUT):
            yield _doi(_without_end(match[0]))
    yield from (Identifier(IdentifierKind.ARXIV, match[1].lower()) for match in _ARXIV.finditer(text))
    yield from (Identifier(IdentifierKind.PMID, match[1]) for match in _PMID.finditer(text))
    for match in _ISBN.finditer(text):
        digits = re.sub(r"[\s-]", "", match[1]).upper()
        if is_isbn(digits):
            yield Identifier(IdentifierKind.ISBN, digits)


def _in_url(url: str) -> Iterator[Identifier]:
    if url.endswith(_CUT):
        return
    name = canonical_url(url).partition("#")[0]
    if name.startswith("arxiv:"):
        yield Identifier(IdentifierKind.ARXIV, name.removeprefix("arxiv:"))
    elif name.startswith("doi:"):
        yield Identifier(IdentifierKind.DOI, name.removeprefix("doi:"))
    elif match := _PMID.search(url):
        yield Identifier(IdentifierKind.PMID, match[1])
    elif repository := parse_value(ColumnType.GITHUB, "", [url]):
        yield Identifier(IdentifierKind.REPOSITORY, str(repository))


def _doi(value: str) -> Identifier:
    name = canonical_url(f"https://doi.org/{value}")
    if name.startswith("arxiv:"):
        return Identifier(IdentifierKind.ARXIV, name.removeprefix("arxiv:"))
    return Identifier(IdentifierKind.DOI, value)


def _without_end(doi: str) -> str:
    """*doi* without the punctuation of the sentence around it; a bracket that it opens itself is its own."""
    while doi.endswith(tuple(_ENDS)) and not (doi.endswith(")") and doi.count("(") >= doi.count(")")):
        doi = doi[:-1]
    return doi


def is_isbn(digits: str) -> bool:
    """Whether *digits* end in the right check digit (https://www.isbn-international.org, users' manual)."""
    if len(digits) == 10 and digits[:9].isdigit():
        values = [10 if digit == "X" else int(digit) for digit in digits]
        return sum(weight * value for weight, value in zip(range(10, 0, -1), values, strict=True)) % 11 == 0
    if len(digits) == 13 and digits.isdigit():
        return sum(int(digit) * (3 if index % 2 else 1) for index, digit in enumerate(digits)) % 10 == 0
    return False

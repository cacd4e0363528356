"""The nouns of the search for lost addresses: plain data."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from awesome_lint.source import Span


class Loss(StrEnum):
    """How a link has lost its address."""

    PROXIED = "proxied"
    """It leads to a proxy whose addresses do not tell where they lead, or to a known redirect service"""
    EMPTY = "empty"
    """It has no address"""
    TRUNCATED = "truncated"
    """A part of its address is gone"""
    MALFORMED = "malformed"
    """It has words in place of an address, or an address that no browser can open"""
    DEAD = "dead"
    """Its page does not exist"""


class Source(StrEnum):
    """Where an address comes from."""

    WRAPPER = "wrapper"
    """It is written out in the address of the redirect service"""
    REDIRECT = "redirect"
    """The proxy leads there"""
    SAME_LINK = "same-link"
    """Another link of the list with the same text leads there"""
    ARXIV = "arxiv"
    CROSSREF = "crossref"
    OPENALEX = "openalex"
    DBLP = "dblp"
    SEMANTIC_SCHOLAR = "semantic-scholar"
    GITHUB = "github"
    PUBMED = "pubmed"
    OPEN_LIBRARY = "open-library"


class IdentifierKind(StrEnum):
    """What an identifier names something by."""

    DOI = "doi"
    ARXIV = "arxiv"
    PMID = "pmid"
    ISBN = "isbn"
    REPOSITORY = "repository"


class Identifier(Struct, frozen=True, order=True):
    """A name that a service knows: ``value`` is in the form that its address has."""

    kind: IdentifierKind
    value: str

    @property
    def url(self) -> str:
        """The address of what it names."""
        return _ADDRESSES[self.kind] + self.value


_ADDRESSES = {
    IdentifierKind.DOI: "https://doi.org/",
    IdentifierKind.ARXIV: "https://arxiv.org/abs/",
    IdentifierKind.PMID: "https://pubmed.ncbi.nlm.nih.gov/",
    IdentifierKind.ISBN: "https://openlibrary.org/isbn/",
    IdentifierKind.REPOSITORY: "https://github.com/",
}


class Subject(Struct, frozen=True):
    """What the list says about what a link leads to.

    ``title`` is empty where nothing says what it is called; ``sentence`` is its first sentence where it has several, as
    the authors of a bullet often are there as well.  ``years`` are those that the entry gives, ``authors`` the text
    that names its authors, ``beside`` what a bullet says besides.  ``venue`` is where it was published.
    ``identifiers`` are in the entry.
    """

    title: str = ""
    sentence: str = ""
    years: frozenset[int] = frozenset()
    authors: str = ""
    beside: str = ""
    venue: str = ""
    identifiers: tuple[Identifier, ...] = ()
    wants_code: bool = False
    """The link is said to lead to source code"""
    wants_preprint: bool = False
    """The link is said to lead to a text that anybody can read: “pdf”, “arXiv”"""
    promise: IdentifierKind | None = None
    """What the link says that it leads to: “arXiv”, “DOI”"""


class LostLink(Struct, frozen=True):
    """A link that has lost its address.

    ``span`` is where it is in the list as it is read (see `read`), ``destination`` the place of its address,
    ``line`` and ``column`` count from 1.  ``closed`` tells whether it is known where its address is to end: an address
    can only be written there.
    """

    loss: Loss
    text: str
    url: str
    span: Span
    destination: Span
    line: int
    column: int
    subject: Subject = Subject()
    entry: str = ""
    closed: bool = True

    @property
    def key(self) -> tuple[int, str, str]:
        """What tells the link from others, also in a text in which other links have got new addresses."""
        return self.line, self.text, self.url


class Work(Struct, frozen=True):
    """What a service knows under a title: a paper, a book, a repository.

    ``years`` are all in which it was published in some form, ``authors`` their family names.  ``identifiers`` name it,
    ``url`` is its address where none of them does, ``description`` what its authors say of it.
    """

    source: Source
    title: str
    years: tuple[int, ...] = ()
    authors: tuple[str, ...] = ()
    venue: str = ""
    identifiers: tuple[Identifier, ...] = ()
    url: str = ""
    description: str = ""


class Candidate(Struct, frozen=True):
    """An address for a lost link.

    ``confidence`` is between 0 and 1: the likeness of the titles, lowered for each thing that could not be compared.
    ``evidence`` says in a clause what agrees and what does not.  ``others`` are more addresses of the same work.
    """

    url: str
    sources: tuple[Source, ...]
    confidence: float
    evidence: str
    title: str = ""
    others: tuple[str, ...] = ()


class Outcome(StrEnum):
    """What became of a lost link."""

    CERTAIN = "certain"
    """One address, and all that is known agrees"""
    PROBABLE = "probable"
    """One address; something could not be compared"""
    AMBIGUOUS = "ambiguous"
    """Several addresses, or evidence against the only one"""
    UNKNOWN = "unknown"
    """No address was found"""


class Finding(Struct, frozen=True):
    """What was found out about a lost link; the candidates with the best first, ``why`` says why there are none."""

    link: LostLink
    outcome: Outcome
    candidates: tuple[Candidate, ...] = ()
    why: str = ""

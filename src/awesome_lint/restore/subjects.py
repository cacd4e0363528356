"""What the list says about what each of its links leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from awesome_lint.markdown import BrokenLink, Document, Link, LinkKind, Row, Table
from awesome_lint.regex import regex
from awesome_lint.restore.identifiers import identifiers_in
from awesome_lint.restore.model import Identifier, IdentifierKind, Subject
from awesome_lint.restore.roles import Role, is_free, promise_of, role_of
from awesome_lint.semantic.entries import Entry
from awesome_lint.semantic.headers import Meaning, meanings, says_date, says_venue
from awesome_lint.semantic.model import ListModel
from awesome_lint.semantic.titles import is_label, is_long_title
from awesome_lint.source import Span, Spans
from awesome_lint.text.dates import find_years
from awesome_lint.text.placeholders import find_placeholder

_SENTENCE = regex(r"(.+?[.?!])\s+(?=[A-Z])(.+)")
_VENUE = regex(r"(?P<title>.{20,}?)\s*[(\[](?P<venue>[A-Z][\w&'’-]*[A-Z][\w&'’-]*(?:[ ,]+[\w'’-]+){0,2})[)\]]")
"""A title and the short name of a venue, perhaps with a year: “… (CVPR 2019)”."""
_LONGEST_TITLE = 500
"""What is longer is a text and no title."""
_MOST_YEARS = 2
"""A sentence that names more years does not say when something was published."""


class _Said(Struct, frozen=True):
    """What one entry says: the subject of the links that stand for it, what it names, each with its link if any."""

    subject: Subject
    named: tuple[tuple[Span | None, Identifier], ...]
    links: tuple[Link, ...]


class Subjects:
    """The subjects of the links of one document."""

    def __init__(self, document: Document) -> None:
        self._source = document.source
        self._entries = {entry.span: entry for entry in ListModel(document).entries}
        self._spans = Spans(self._entries)
        self._said: dict[Span, _Said] = {}

    def entry_at(self, offset: int) -> Entry | None:
        """The entry in which *offset* stands."""
        span = self._spans.at(offset)
        return self._entries[span] if span else None

    def of(self, link: Link | BrokenLink, *, trusts_address: bool) -> Subject:
        """What the list says about where *link* leads; its own address counts only where *trusts_address*."""
        entry = self.entry_at(link.span.start)
        own = identifiers_in("", [link.url] if isinstance(link, Link) and trusts_address else [])
        if entry is None:
            return Subject(link.text if _is_title(link.text) else "", identifiers=own)
        said = self._of(entry)
        role = role_of(link, entry, said.links, self._source)
        if role is Role.CODE:
            return Subject(_title(entry), identifiers=_named(said, link, own, code=True), wants_code=True)
        if role is Role.OTHER:
            return Subject(link.text if _is_title(link.text) else "", identifiers=own)
        named = _named(said, link, own, code=False)
        free, promise = is_free(link.text), promise_of(link.text)
        return replace(said.subject, identifiers=named, wants_preprint=free, promise=promise)

    def _of(self, entry: Entry) -> _Said:
        if entry.span not in self._said:
            links, broken = _content(entry)
            named = tuple(self._named_in(entry, links, broken))
            self._said[entry.span] = _Said(_subject(entry), named, tuple(links))
        return self._said[entry.span]

    def _named_in(
        self, entry: Entry, links: list[Link], broken: list[BrokenLink]
    ) -> Iterator[tuple[Span | None, Identifier]]:
        """The identifiers that are in the text of *entry*, outside of the addresses of its links, and in those."""
        words, done = [], entry.span.start
        for start, end in sorted(
            [*(each.destination_span for each in links), *(each.destination_span for each in broken)]
        ):
            words.append(self._source[Span(done, max(done, start))])
            done = max(done, end)
        words.append(self._source[Span(done, entry.span.end)])
        yield from ((None, each) for each in identifiers_in(" ".join(words), ()))
        for link in links:
            yield from ((link.span, each) for each in identifiers_in("", [link.url]))
        names = (cell.text.strip() for cell in entry.fields.values())
        addresses = (f"https://github.com/{name}" for name in names if name.count("/") == 1)
        yield from ((None, each) for each in identifiers_in("", addresses))


def _named(said: _Said, link: Link | BrokenLink, own: tuple[Identifier, ...], *, code: bool) -> tuple[Identifier, ...]:
    """What an entry names beside the address of *link*, which names *own*: repositories, or anything but those."""
    found = (*own, *(each for span, each in said.named if span != link.span))
    return tuple(dict.fromkeys(each for each in found if (each.kind is IdentifierKind.REPOSITORY) is code))


def _subject(entry: Entry) -> Subject:
    """The subject of the links that stand for *entry*."""
    title, venue = _without_venue(_title(entry))
    sentence, beside = (
        ("", venue) if isinstance(entry.origin, Row) else _first_sentence(title, f"{venue} {entry.description}")
    )
    return Subject(
        title,
        sentence,
        frozenset(_years(entry, beside)),
        _filled(entry, lambda name: Meaning.AUTHOR in meanings(name)),
        beside,
        _filled(entry, says_venue) or venue,
    )


def _without_venue(title: str) -> tuple[str, str]:
    """*title* without the venue that follows it in brackets, and that venue."""
    match = _VENUE.fullmatch(title)
    return (match["title"], match["venue"]) if match else (title, "")


def _title(entry: Entry) -> str:
    return entry.title if len(entry.title) <= _LONGEST_TITLE else ""


def _is_title(text: str) -> bool:
    """Whether the *text* of a link is a title by itself."""
    return len(text) <= _LONGEST_TITLE and is_long_title(text) and not is_label(text)


def _content(entry: Entry) -> tuple[list[Link], list[BrokenLink]]:
    """The links of *entry*, and its broken ones."""
    parts = [cell.content for cell in entry.origin.cells] if isinstance(entry.origin, Row) else [entry.origin.content]
    inlines = [part for part in parts if part]
    links = [link for part in inlines for link in part.links if link.kind is not LinkKind.REFERENCE]
    return links, [broken for part in inlines for broken in part.broken_links]


def _is_whole(entry: Entry) -> bool:
    """Whether the values of *entry* stand under their own headers, as far as their number tells."""
    row, table = entry.origin, entry.container
    return isinstance(row, Row) and isinstance(table, Table) and len(row.cells) == len(table.header.cells)


def _filled(entry: Entry, wanted: Callable[[str], bool]) -> str:
    """The first text under a header that is *wanted*."""
    return next(iter(_texts(entry, wanted)), "")


def _texts(entry: Entry, wanted: Callable[[str], bool]) -> list[str]:
    if not _is_whole(entry):
        return []
    texts = (" ".join(cell.text.split()) for name, cell in entry.fields.items() if wanted(name))
    return [text for text in texts if text and find_placeholder(text) is None]


def _first_sentence(title: str, beside: str) -> tuple[str, str]:
    """The first sentence of a bullet's *title*, if that has several, and what the bullet says beside its title."""
    match = _SENTENCE.match(title)
    return (match[1], f"{match[2]} {beside}") if match and is_long_title(match[1]) else ("", beside)


def _years(entry: Entry, beside: str) -> Iterator[int]:
    """The years that *entry* gives for itself: in a column of years, else of venues, else beside its name."""
    for texts in (_texts(entry, says_date), _texts(entry, says_venue), [beside]):
        found = {int(year) for text in texts for year in find_years(text)}
        if found:
            yield from found if len(found) <= _MOST_YEARS else ()
            return

"""What is in a list, in numbers: entries a section and year, hosts, what entries offer, gaps in columns."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from msgspec import Struct

from awesome_lint.markdown import Document, Heading, Link, ListItem, Row
from awesome_lint.regex import regex
from awesome_lint.semantic import labels
from awesome_lint.semantic.cells import placeholder_of
from awesome_lint.semantic.entries import Entry, fold_title
from awesome_lint.semantic.headers import Meaning, is_called, says_date, says_venue
from awesome_lint.semantic.model import ListModel
from awesome_lint.semantic.passages import Passage, Shape
from awesome_lint.stats.unread import Unread, find_unread
from awesome_lint.text.dates import find_years
from awesome_lint.text.urls import Target, classify, host_of, split_url

_HEADING_OF_YEAR = regex(r"\W*(?P<year>(?:19|20)\d\d)\W*(?:年|г\.?)?\W*|\w+\W+(?P<other>(?:19|20)\d\d)\W*")
_FORGES = ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "gitee.com", "git.sr.ht", "sourceforge.net")
_OFFERS = {
    "code": (labels.CODE, Meaning.CODE),
    "pdf": (labels.PDF, Meaning.PDF),
    "dataset": (labels.DATASET, Meaning.DATASET),
}
"""What a link may offer: the folded texts and the header that say so."""


class Gaps(Struct, frozen=True):
    """A column: how many cells it has, and how many of these say nothing."""

    column: str
    cells: int
    empty: int


class Statistics(Struct, frozen=True):
    """The numbers of one document.

    ``sections`` are in source order, ``years`` in order of time, ``hosts`` and ``gaps`` from the most to the least.
    ``shapes`` tells how many entries of each other shape there are than rows and bullets.
    ``offers`` tells how many entries have a link to code, a PDF and a dataset, ``unread`` what looks like further
    entries and is not counted.
    """

    path: str
    entries: int
    tables: int
    rows: int
    bullets: int
    shapes: tuple[tuple[Shape, int], ...]
    sections: tuple[tuple[tuple[str, ...], int], ...]
    years: tuple[tuple[str, int], ...]
    hosts: tuple[tuple[str, int], ...]
    offers: tuple[tuple[str, int], ...]
    gaps: tuple[Gaps, ...]
    unread: tuple[Unread, ...] = ()


def take_statistics(document: Document) -> Statistics:
    """Count what is in *document*."""
    model = ListModel(document)
    entries = model.entries
    sections = Counter(tuple(_plain(heading.text) for heading in entry.section) for entry in entries)
    years = Counter(year for entry in entries if (year := _year(entry)))
    hosts = Counter(host for link in document.links if not link.image and (host := host_of(link.url)))
    offers = Counter(offer for entry in entries for offer in _offers(entry))
    shapes = Counter(entry.origin.shape for entry in entries if isinstance(entry.origin, Passage))
    return Statistics(
        path=document.source.path,
        entries=len(entries),
        tables=len(document.tables),
        rows=sum(isinstance(entry.origin, Row) for entry in entries),
        bullets=sum(isinstance(entry.origin, ListItem) for entry in entries),
        shapes=tuple(sorted(shapes.items())),
        sections=tuple(sections.items()),
        years=tuple(sorted(years.items())),
        hosts=_ranked(hosts),
        offers=tuple((offer, offers[offer]) for offer in _OFFERS),
        gaps=tuple(sorted(_gaps(document), key=lambda gaps: (-gaps.empty / gaps.cells, gaps.column))),
        unread=find_unread(model),
    )


def _ranked(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _plain(text: str) -> str:
    return " ".join(text.split())


def _year(entry: Entry) -> str:
    """The year of *entry*: that of its date, of its venue, or of the section in which it stands."""
    texts = [cell.text for wanted in (says_date, says_venue) for name, cell in entry.fields.items() if wanted(name)]
    found = next((years[0] for text in texts if (years := find_years(text))), "")
    return found or next(filter(None, map(_year_of_heading, reversed(entry.section))), "")


def _year_of_heading(heading: Heading) -> str:
    match = _HEADING_OF_YEAR.fullmatch(_plain(heading.text))
    return (match["year"] or match["other"]) if match else ""


def _offers(entry: Entry) -> set[str]:
    """What *entry* has a link to."""
    found: set[str] = set()
    for header, link in _links(entry):
        text = fold_title(link.text).rstrip("0123456789")
        # The link of a title says nothing by standing in a column "Paper".
        is_title = link is entry.link
        found.update(
            offer
            for offer, (words, meaning) in _OFFERS.items()
            if text in words or (not is_title and is_called(header, meaning))
        )
        found.update(_offers_of_host(link.url))
    return found


def _offers_of_host(url: str) -> Iterator[str]:
    """What the address of a link says about what it offers."""
    host = host_of(url)
    if host in _FORGES:
        yield "code"
    if host in ("arxiv.org", "openreview.net") or _path(url).endswith(".pdf"):
        yield "pdf"


def _links(entry: Entry) -> Iterator[tuple[str, Link]]:
    """The links of *entry* that lead to the web, each with the header of its column."""
    if isinstance(entry.origin, Row):
        pairs = [(name, link) for name, cell in entry.fields.items() for link in cell.content.links]
    else:
        pairs = [("", link) for link in _links_of(entry.origin)]
    yield from ((name, link) for name, link in pairs if not link.image and classify(link.url) is Target.WEB)


def _links_of(origin: ListItem | Passage) -> Iterator[Link]:
    if isinstance(origin, Passage):
        yield from origin.content.links
        return
    waiting = [origin]
    while waiting:
        found = waiting.pop()
        yield from found.content.links if found.content else ()
        waiting += (inner for bullets in found.lists for inner in bullets.items)


def _path(url: str) -> str:
    parts = split_url(url)
    return parts.path.lower() if parts else ""


def _gaps(document: Document) -> Iterator[Gaps]:
    """The columns of all tables, those with one header together; rows with too few or too many cells are left out."""
    columns: defaultdict[str, list[bool]] = defaultdict(list)
    names: dict[str, str] = {}
    for table in document.tables:
        for index, header in enumerate(table.columns):
            key = names.setdefault(fold_title(header) or header, _plain(header))
            columns[key] += (
                placeholder_of(row.cells[index]) is not None
                for row in table.rows
                if len(row.cells) == len(table.columns)
            )
    yield from (Gaps(name, len(empty), sum(empty)) for name, empty in columns.items() if empty)

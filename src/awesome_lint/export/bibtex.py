"""Rows as BibTeX entries: one for each paper that a table names.

What a list knows of a paper is its title, its year, its venue and its links; authors would have to be guessed, so they
are left out.  What the row lacks stays out, too.  Text is UTF-8 with LaTeX's own characters escaped; titles keep their
capitals.  Addresses are verbatim, as biblatex and the url package read them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256

from msgspec import Struct

from awesome_lint.export.selection import Selection
from awesome_lint.markdown import Row, Table
from awesome_lint.regex import regex
from awesome_lint.report.inert import inert
from awesome_lint.schema import ColumnType
from awesome_lint.semantic.entries import Entry, fold_title
from awesome_lint.semantic.headers import says_conference, says_date, says_journal, says_venue
from awesome_lint.semantic.values import parse_value
from awesome_lint.text.dates import find_years
from awesome_lint.text.placeholders import find_placeholder
from awesome_lint.text.urls import Target, classify

_PREPRINT = regex(r"\W*arxiv(?:\W*preprint)?\W*(?:\d{4})?\W*", re.IGNORECASE)
_KEY_WORDS = 4
"""How many words of a title make its key."""
_SMALL_WORDS = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "via", "with"])
_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "&%$#_"},
}
"""Braces as commands: BibTeX counts escaped braces, too."""
_UNFIT_FOR_URL = regex(r"""[\s{}\\"<>^`|\x00-\x1f\x7f]""")


class _Work(Struct, frozen=True):
    """A paper: the kind of its BibTeX entry, and its fields with their values escaped."""

    kind: str
    stem: str
    identity: str
    fields: tuple[tuple[str, str], ...]


def render_bibtex(selections: Sequence[Selection]) -> str:
    """An entry for each row that names something; what is listed twice is written once.

    A key is made of the first words of the title and the year, so it stays when rows come, go or move.  Where two
    works would have one key, all but one of them get a suffix that depends on what they are, not on where they are.
    """
    works = {work.identity: work for selection in selections for work in _works(selection)}
    return "\n".join(_entry(key, work) for key, work in _with_keys(list(works.values())))


def _works(selection: Selection) -> Iterator[_Work]:
    wanted = {row.span for part in selection.parts for row in part.rows}
    for entry in selection.model.entries:
        if entry.span in wanted and isinstance(entry.origin, Row) and fold_title(entry.title):
            yield _work(entry, entry.origin)


def _work(entry: Entry, row: Row) -> _Work:
    links = [entry.url, *(link.url for cell in row.cells for link in cell.content.links if not link.image)]
    eprint = _identifier(ColumnType.ARXIV, links)
    venue_name, venue = _venue(entry)
    year = _year(entry)
    if eprint and _PREPRINT.fullmatch(venue):
        venue = ""
    kind, venue_field = _kind(venue_name) if venue else ("misc", "")
    fields = {
        "title": f"{{{_escape(entry.title)}}}",
        venue_field: _escape(venue),
        "year": year,
        "eprint": eprint,
        "archiveprefix": "arXiv" if eprint else "",
        "doi": _identifier(ColumnType.DOI, links),
        "url": _verbatim(entry.url) if classify(entry.url) is Target.WEB else "",
    }
    words = [word for word in _words(entry.title) if word not in _SMALL_WORDS] or _words(entry.title)
    # A title without a single Latin letter still has a key that stays.
    stem = "-".join(words[:_KEY_WORDS]) or f"entry-{_digest(fold_title(entry.title))}"
    identity = " ".join((fold_title(entry.title), year, fields["eprint"] or fields["doi"] or fields["url"]))
    written = tuple((name, value) for name, value in fields.items() if name and value)
    return _Work(kind, f"{stem}-{year}" if year else stem, identity, written)


def _kind(header: str) -> tuple[str, str]:
    """The kind of entry for a work whose venue stands under *header*, and the field that takes the venue."""
    if says_journal(header):
        return "article", "journal"
    return ("inproceedings", "booktitle") if says_conference(header) else ("misc", "howpublished")


def _venue(entry: Entry) -> tuple[str, str]:
    """The header and the text of the venue's cell; empty if the row lacks cells, since others may be misplaced."""
    if not isinstance(entry.container, Table) or not isinstance(entry.origin, Row):
        return "", ""
    is_whole = len(entry.origin.cells) == len(entry.container.header.cells)
    return next(_filled(entry, says_venue), ("", "")) if is_whole else ("", "")


def _year(entry: Entry) -> str:
    texts = [*_filled(entry, says_date), *_filled(entry, says_venue)]
    return next((years[0] for _, text in texts if (years := find_years(text))), "")


def _filled(entry: Entry, wanted: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    for name, cell in entry.fields.items():
        text = " ".join(cell.text.split())
        if wanted(name) and find_placeholder(text) is None:
            yield name, text


def _identifier(kind: ColumnType, urls: Sequence[str]) -> str:
    found = (parse_value(kind, "", [url]) for url in urls)
    return next((_verbatim(str(name)) for name in found if name), "")


def _words(title: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.findall(r"[a-z0-9]+", re.sub(r"(?<=\w)[-'](?=\w)", "", plain))


def _with_keys(works: Sequence[_Work]) -> Iterator[tuple[str, _Work]]:
    """Each work with its key, in their order."""
    plain: dict[str, str] = {}
    for work in works:
        plain[work.stem] = min(work.identity, plain.get(work.stem, work.identity))
    for work in works:
        is_first = plain[work.stem] == work.identity
        yield (work.stem if is_first else f"{work.stem}-{_digest(work.identity)}"), work


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:8]


def _entry(key: str, work: _Work) -> str:
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in work.fields)
    return f"@{work.kind}{{{key},\n{fields}}}\n"


def _escape(text: str) -> str:
    """*text* so that LaTeX shows it as it is."""
    return "".join(_LATEX.get(character, character) for character in inert(" ".join(text.split())))


def _verbatim(url: str) -> str:
    return _UNFIT_FOR_URL.sub(
        lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace")), url
    )

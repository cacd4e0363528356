"""What a link is to its entry: does it lead to the work itself, to code, or to something beside them?"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from awesome_lint.markdown import BrokenLink, Link
from awesome_lint.regex import regex
from awesome_lint.restore.model import IdentifierKind
from awesome_lint.semantic.entries import Entry
from awesome_lint.semantic.headers import Meaning, meanings
from awesome_lint.semantic.labels import CODE, DATASET, LABELS, PDF
from awesome_lint.semantic.titles import fold_title, is_label
from awesome_lint.source import Source, Span


class Role(Enum):
    """What a link leads to."""

    WORK = auto()
    """What the entry is about"""
    CODE = auto()
    OTHER = auto()


_ANYTHING = frozenset(
    """
    details here link links text textlink url view web page
    链接 连接 地址 リンク こちら 링크 الرابط ссылка enlace lien hier
    """.split()
)
"""Labels that say nothing: the header of their column does."""
_WORK = (PDF - {"openreview"}) | frozenset(
    """
    abs abstract article chapter conference doi html journal officialpaper preprint publication pub pubmed
    статья artículo
    """.split()
)
"""Labels of links that lead to the work itself."""
_FREE = frozenset("arxiv fulltext pdf pdfs preprint".split())
"""Labels that promise a text that anybody can read."""
_PROMISES = {"arxiv": IdentifierKind.ARXIV, "doi": IdentifierKind.DOI, "pubmed": IdentifierKind.PMID}
_OF_WORKS = frozenset({Meaning.PDF, Meaning.WORK, Meaning.TITLE, Meaning.ADDRESS})
_WORD = regex(r"[^\W\d_]+")
_LABEL_BEFORE = regex(r"(?P<label>[^\W\d_]+)\s*[:\uff1a]\s*[\[(]{0,2}\Z")
_LINK = regex(r"!?\[[^\[\]]*\]\([^()]*\)")
_LOOK_BACK = 300
_OTHER_TITLE = 3
"""From this number of words between two links with one label on, the second belongs to what these words name."""


def promise_of(text: str) -> IdentifierKind | None:
    """What a link of this *text* promises to lead to; None where it is content with any page of its work."""
    return _PROMISES.get(fold_title(text))


def is_free(text: str) -> bool:
    """Whether a link of this *text* promises a text that anybody can read."""
    return fold_title(text) in _FREE


def role_of(link: Link | BrokenLink, entry: Entry, others: Sequence[Link], source: Source) -> Role:
    """What *link* is to *entry*, whose links are *others*."""
    label, header = fold_title(link.text), _header(link, entry)
    said = _LABEL_BEFORE.search(source.text, max(entry.span.start, link.span.start - _LOOK_BACK), link.span.start)
    if said and _is_of_something_else(said["label"]):
        return Role.CODE if fold_title(said["label"]) in CODE else Role.OTHER
    if label in CODE or Meaning.CODE in meanings(header):
        return Role.CODE
    if label in DATASET or (header and _is_of_something_else(header)):
        return Role.OTHER
    if label == fold_title(entry.title):
        return Role.WORK
    if label in _WORK or (label in _ANYTHING and (not header or _is_for_works(header))):
        return Role.OTHER if _follows_another_title(link, label, others, source) else Role.WORK
    is_first = entry.link is not None and entry.link.span == link.span and entry.place.contains(link.span)
    return Role.WORK if is_first and not is_label(link.text) and not entry.is_prose else Role.OTHER


def _header(link: Link | BrokenLink, entry: Entry) -> str:
    """The header of the column in which *link* stands, if that is not the column of names; empty in a bullet."""
    if entry.place.contains(link.span):
        return ""
    return next((name for name, cell in entry.fields.items() if cell.span.contains(link.span)), "")


def _is_of_something_else(header: str) -> bool:
    """Whether the words of *header* announce something beside the work: slides, a video, data."""
    words = {fold_title(word) for word in _WORD.findall(header)}
    is_of_works = bool(meanings(header) & _OF_WORKS)
    return not is_of_works and bool((words | {fold_title(header)}) & (LABELS - _WORK - _ANYTHING))


def _is_for_works(header: str) -> bool:
    words = {fold_title(word) for word in _WORD.findall(header)}
    return bool(meanings(header) & _OF_WORKS) or bool(words & (_WORK | _ANYTHING))


def _follows_another_title(link: Link | BrokenLink, label: str, others: Sequence[Link], source: Source) -> bool:
    """Whether a link of the same *label* comes before, and words between them that may be the title of another work."""
    first = next((each for each in others if fold_title(each.text) == label), None)
    if first is None or first.span.start >= link.span.start:
        return False
    between = source[Span(max(first.span.end, link.span.start - _LOOK_BACK), link.span.start)]
    return len(_WORD.findall(_LINK.sub(" ", between))) >= _OTHER_TITLE

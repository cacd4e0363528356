"""Entries that are neither rows nor bullets: what they are made of, and how one way of writing them is recognized.

A paragraph with a link is no entry by itself.  It is one where the section repeats its form: several siblings that
begin alike, each with a title and with a link that stands for it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from msgspec import Struct, field

from awesome_lint.markdown import Cell, Document, Heading, Inline, Link, Paragraph
from awesome_lint.regex import regex
from awesome_lint.semantic.titles import bold_name, find_name, fold_title, is_label
from awesome_lint.source import Span, Spans
from awesome_lint.text.dates import parse_date
from awesome_lint.text.urls import Target, classify

LEAST_SIBLINGS = 3
"""How many passages of one form a section holds at least, before each of them is an entry."""
_NAME_FIRST = regex(
    r"(?::[a-z0-9_+-]+:|[^\w*\[<])*+(?:\d+[.)]\s*)?(?P<form>(?:\*\*|__)\[?|\[(?:\*\*|__)?(?!!)|<(?:a|b|strong)\b)"
)
"""The start of a paragraph that begins with a link or bold text, emoji and numbers aside; how it does is its form."""
_NEARBY = regex(r"(?:[\s\\.,:;|–—-]|<br\s*/?>)*[\[(（【]*")
"""What may stand between a title and the link that stands for it."""
_BEFORE_LABEL = regex(r"(?:^|[\[(（【|.,;:，。\n>\\*_`)\]])\s*$")
"""The end of what stands before a link that offers something, rather than being a part of a sentence."""
_LOOK_BACK = 8


_PEOPLE = regex(
    r"\W*(?:(?:our|the|special|and|to|all|acknowledge?ments?|authors?|backers?|contributors?|credits?|maintainers?|sponsors?"
    r"|thanks?|贡献者?|致谢|鸣谢|赞助商?|作者)\W*)+",
    re.IGNORECASE,
)
"""A heading of a section that thanks people rather than listing entries."""


class Shape(StrEnum):
    """What an entry is that is neither a row nor a bullet."""

    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    DETAILS = "details"
    HTML_ROW = "html-row"
    GRID = "grid-cell"


class Passage(Struct, frozen=True):
    """A piece of a document that may be an entry; ``content`` is all of its text, links included."""

    span: Span
    shape: Shape
    content: Inline


class Passages(Struct, frozen=True):
    """The passages of one form in one section; ``span`` reaches from the first to the last of them."""

    span: Span
    shape: Shape
    members: tuple[Passage, ...]


class Candidate(Struct, frozen=True):
    """A passage with what it would be as an entry.

    ``form`` tells how it begins.  ``title`` stands in ``place`` and is empty where it names nothing; ``link`` is the
    one that stands for the entry, None where none certainly does.
    """

    passage: Passage
    form: str
    title: str
    place: Span
    link: Link | None
    fields: dict[str, Cell] = field(default_factory=dict)

    @property
    def is_telling(self) -> bool:
        """Whether it has a link and a title that is neither a label nor a date."""
        return self.link is not None and names_an_entry(self.title)


class Group(Struct, frozen=True):
    """Candidates that are entries, and the passages that they make up."""

    passages: Passages
    section: tuple[Heading, ...]
    members: tuple[Candidate, ...]


def names_an_entry(title: str) -> bool:
    """Whether *title* names something: it has a letter, and is neither a label such as "pdf" nor a date."""
    return any(map(str.isalpha, title)) and not is_label(title) and parse_date(title) is None


def names_people(section: Sequence[Heading]) -> bool:
    """Whether the innermost heading of *section* says that people are named below, as in “Contributors”."""
    return bool(section) and _PEOPLE.fullmatch(section[-1].text) is not None


def find_candidates(document: Document) -> list[Candidate]:
    """The paragraphs of *document*, in quotes or not, that begin with a name and lead to the web, in source order.

    Those of lists and footnotes, the remains of damaged tables and the names of contributors are left out.
    """
    lists, rows = Spans(bullets.span for bullets in document.lists), _detached(document)
    notes = Spans(note.span for note in document.footnotes)
    quotes = Spans(_outermost(document.quotes))
    found = []
    for block in document.blocks:
        start = block.span.start
        if isinstance(block, Paragraph) and not any(start in spans for spans in (lists, rows, notes)):
            match = _NAME_FIRST.match(document.source.text, *block.content.span)
            if match and _may_be_entry(block, document):
                shape = Shape.QUOTE if start in quotes else Shape.PARAGRAPH
                found.append(_candidate(Passage(block.span, shape, block.content), match, document))
    return found


def _may_be_entry(block: Paragraph, document: Document) -> bool:
    """Whether *block* leads to the web and does not introduce the text after it or name people."""
    introduces = block.content.text.rstrip().endswith((":", "："))
    of_people = names_people(document.section_at(block.span.start))
    return not introduces and not of_people and any(map(leads_to_web, block.content.links))


def find_groups(document: Document, candidates: Iterable[Candidate], apart: Iterable[Span]) -> list[Group]:
    """Those of *candidates* that are entries: what is of one form in one section of *document*.

    There are at least `LEAST_SIBLINGS` of them, most with titles of their own, and no more passages of that shape in
    the section lead to the web without beginning so.  Those that lie within what is *apart*, such as the table
    of contents, are left out.
    """
    left_out = Spans(apart)
    alike: defaultdict[tuple[Span | None, Shape, str], list[Candidate]] = defaultdict(list)
    telling: Counter[tuple[Span | None, Shape]] = Counter()
    for each in candidates:
        if each.is_telling and not left_out.contain(each.passage.span):
            key = _section(document, each.passage.span)
            alike[key, each.passage.shape, each.form].append(each)
            telling[key, each.passage.shape] += 1
    linking = _linking(document)
    groups = []
    for (key, shape, _), members in alike.items():
        titles = {fold_title(each.title) for each in members}
        is_usual = 2 * telling[key, shape] >= linking.get((key, shape), 0)
        if len(members) >= LEAST_SIBLINGS and 3 * len(titles) >= 2 * len(members) and is_usual:
            groups.append(_group(document, shape, members))
    return groups


def _group(document: Document, shape: Shape, members: Sequence[Candidate]) -> Group:
    passages = tuple(each.passage for each in members)
    whole = Span(passages[0].span.start, passages[-1].span.end)
    return Group(Passages(whole, shape, passages), document.section_at(whole.start), tuple(members))


def _section(document: Document, span: Span) -> Span | None:
    path = document.section_at(span.start)
    return path[-1].span if path else None


def _linking(document: Document) -> Counter[tuple[Span | None, Shape]]:
    """How many paragraphs outside of lists lead to the web, by their section and shape."""
    lists, quotes = Spans(bullets.span for bullets in document.lists), Spans(_outermost(document.quotes))
    counts: Counter[tuple[Span | None, Shape]] = Counter()
    for block in document.blocks:
        start = block.span.start
        if isinstance(block, Paragraph) and start not in lists and any(map(leads_to_web, block.content.links)):
            counts[_section(document, block.span), Shape.QUOTE if start in quotes else Shape.PARAGRAPH] += 1
    return counts


def _candidate(passage: Passage, start: re.Match[str], document: Document) -> Candidate:
    """What *passage* would be as an entry, which begins as *start* tells."""
    content, source, form = passage.content, document.source, start["form"]
    name = find_name(content, source)
    bold = bold_name(content, source, start.start("form"))
    link = name.link if isinstance(name.link, Link) and leads_to_web(name.link) else None
    if bold is None:
        is_named = link is not None and not name.is_mention
        return Candidate(passage, form, name.text if is_named else "", content.span, link)
    title, end = bold
    inner = [each for each in content.links if leads_to_web(each) and each.span.start < end]
    if inner:
        return Candidate(passage, form, title, content.span, inner[0])
    return Candidate(passage, form, title, content.span, _link_after(content, end, source.text))


def _link_after(content: Inline, end: int, text: str) -> Link | None:
    """The link that stands for the title that ends at *end*: one that is a label by itself, or the one beside it.

    The first link is often that of an author.
    """
    links = [link for link in content.links if leads_to_web(link) and link.span.start >= end]
    label = next((link for link in links if is_label(link.text) and stands_alone(link, content, text)), None)
    beside = next(iter(links), None)
    return label or (beside if beside and _NEARBY.fullmatch(text, end, beside.span.start) else None)


def stands_alone(link: Link, content: Inline, text: str) -> bool:
    """Whether *link*, a label in *content*, is no part of a sentence of the document's *text*."""
    start = max(content.span.start, link.span.start - _LOOK_BACK)
    is_bracketed = link.text.lstrip().startswith(("[", "(", "（", "【"))
    return is_bracketed or _BEFORE_LABEL.search(text[start : link.span.start]) is not None


def leads_to_web(link: Link) -> bool:
    """Whether *link* is no image and leads to the web."""
    return not link.image and classify(link.url) is Target.WEB


def _detached(document: Document) -> Spans:
    """Where the rows stand that were cut off from tables."""
    return Spans(row.span for group in document.detached_rows for row in group.rows)


def _outermost(spans: Iterable[Span]) -> Iterator[Span]:
    end = 0
    for span in spans:
        if span.start >= end:
            yield span
            end = span.end

"""The list as data: every table row and every bullet that names something is an entry.

So are the passages of other shapes that a section repeats; `passages` tells which.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter

from msgspec import Struct

from awesome_lint.markdown import Cell, Document, Heading, Inline, Link, List, ListItem, Row, Table
from awesome_lint.regex import regex
from awesome_lint.semantic.html_shapes import Html, find_folded, find_in_tables
from awesome_lint.semantic.legends import Legend
from awesome_lint.semantic.passages import Group, Passage, Passages, find_candidates, find_groups
from awesome_lint.semantic.titles import (
    Name,
    find_name,
    first_link,
    fold_title,
    is_label,
    link_column,
    link_of,
    title_column,
)
from awesome_lint.semantic.toc import Contents, fragment, lists_of
from awesome_lint.source import Source, Span

__all__ = ["Entry", "find_entries", "fold_title"]

_DASH = regex(r"\s+[-–—]+\s")
_LEAST_ALIKE = 2
"""How many bullets of a list begin with their name as a link before one is believed that might be a label."""


class Entry(Struct, frozen=True):
    """A row, a bullet or a passage of another shape.

    ``title`` is the name of the entry and ``place`` the cell or the text in which it stands.  ``link`` is the link that
    stands for the entry (None where it has none) and ``url`` its destination, which is known even where GitHub sees no
    link because its end is lost; it may be empty.  ``description`` is what follows the name where that is no row's.
    ``fields`` maps a table's column names to the row's cells; it is empty for a bullet.  ``container`` is the table or
    list in which the entry stands, or all passages of its form in its section; ``section`` are the headings above.
    ``is_prose`` marks a bullet that is a sentence with a link in it, or that stands among such: its title is a guess.
    """

    span: Span
    title: str
    place: Span
    link: Link | None
    url: str
    description: str
    fields: dict[str, Cell]
    container: Table | List | Passages
    origin: Row | ListItem | Passage
    section: tuple[Heading, ...]
    is_prose: bool = False

    @property
    def content(self) -> Inline | None:
        """The text of an entry that is no row; None where a bullet begins with something else."""
        return None if isinstance(self.origin, Row) else self.origin.content


def find_entries(document: Document, contents: Contents | None, legends: Iterable[Legend]) -> tuple[Entry, ...]:
    """The entries of *document* in source order; those of its *contents* and its *legends* are none.

    Rows that were cut off from their table are entries of it.
    """
    defined = {legend.span for legend in legends}
    entries: list[Entry] = []
    for table in document.tables:
        if table.span not in defined and not (contents and contents.span.contains(table.span)):
            entries += _rows(table, table.rows, document)
    for group in document.detached_rows:
        entries += _rows(group.table, group.rows, document)
    for outer in document.lists:
        if not (contents and contents.span.contains(outer.span)):
            for bullets in lists_of(outer):
                entries += _bullets(bullets, document) if bullets.span not in defined else ()
    apart = [*defined, *([contents.span] if contents else ())]
    html = Html(document)
    in_tables = list(_passages(find_groups(document, find_in_tables(html), apart)))
    within = [*apart, *(entry.span for entry in in_tables)]
    entries += in_tables
    entries += _passages(find_groups(document, find_candidates(document), within))
    starts = sorted(entry.span.start for entry in entries)
    entries += _passages(find_groups(document, find_folded(html, starts), apart))
    return tuple(sorted(entries, key=attrgetter("span")))


def _rows(table: Table, rows: tuple[Row, ...], document: Document) -> Iterator[Entry]:
    column = title_column(table)
    if column is None:
        return
    links = link_column(table)
    section = document.section_at(table.span.start)
    for row in rows:
        if column >= len(row.cells):
            continue
        name = find_name(row.cells[column].content, document.source, in_table=True)
        if not name.text:
            continue
        link = _row_link(row, name, links)
        fields: dict[str, Cell] = {}
        for header, cell in zip(table.columns, row.cells, strict=False):
            fields.setdefault(header, cell)
        yield Entry(
            row.span, name.text, row.cells[column].span, link, _url(link, name), "", fields, table, row, section
        )


def _row_link(row: Row, name: Name, column: int | None) -> Link | None:
    """The link of a row: that of its name, or else that of the column of links, or else the first one."""
    if isinstance(name.link, Link) and name.link.url:
        return name.link
    if name.link is not None and not isinstance(name.link, Link):
        return None
    beside = link_of(row.cells[column]) if column is not None and column < len(row.cells) else None
    return beside or first_link(row)


def _url(link: Link | None, name: Name) -> str:
    if link:
        return link.url
    return name.link.destination if name.link and not isinstance(name.link, Link) else ""


def _bullets(bullets: List, document: Document) -> Iterator[Entry]:
    """The entries of one list, none if most of its items lead nowhere or only name kinds of links."""
    source = document.source
    found = _named_alike([(item, find_name(item.content, source)) for item in bullets.items if item.content], source)
    leading = [name for item, name in found if _leads_somewhere(item, name)]
    if 2 * len(leading) < len(found):
        return
    if bullets.depth and 2 * sum(is_label(name.text) for name in leading) > len(leading):
        return
    section = document.section_at(bullets.span.start)
    is_prose = 2 * sum(not name.is_mention for name in leading) < len(found)
    for item, name in found:
        if (
            item.content is None
            or not name.text
            or (item.lists and not _leads_somewhere(item, name))
            or _is_internal(name)
        ):
            continue
        link = name.link if isinstance(name.link, Link) and name.link.url else _link_below(item, source)
        place, url, description = item.content.span, _url(link, name), _description(item.content, name.text)
        yield Entry(
            item.span,
            name.text,
            place,
            link,
            url,
            description,
            {},
            bullets,
            item,
            section,
            is_prose=is_prose or name.is_mention,
        )


def _named_alike(found: list[tuple[ListItem, Name]], source: Source) -> list[tuple[ListItem, Name]]:
    """The items and their names; among bullets ``[Name](url) - Description`` that of ``[GitHub](url) - Hosts code``."""
    own = [_own_label(item, source) for item, _ in found]
    others = [name for label, (_, name) in zip(own, found, strict=True) if not label]
    linked = sum(isinstance(name.link, Link) and name.link.text.strip() == name.text for name in others)
    if linked < _LEAST_ALIKE or 2 * linked <= max(len(others), len(found) - len(others)):
        return found
    return [(item, label or name) for label, (item, name) in zip(own, found, strict=True)]


def _own_label(item: ListItem, source: Source) -> Name | None:
    """The link with which *item* begins, as its name, if it might be treated as a label and a dash follows."""
    content = item.content
    link = next(iter(content.links), None) if content else None
    if content is None or link is None or link.image or link.span.start != content.span.start:
        return None
    is_followed = _DASH.match(source.text, link.span.end, content.span.end)
    return Name(link.text.strip(), link) if is_label(link.text) and is_followed else None


def _leads_somewhere(item: ListItem, name: Name) -> bool:
    return (name.link is not None and not _is_internal(name)) or _has_labels_below(item)


def _is_internal(name: Name) -> bool:
    return isinstance(name.link, Link) and fragment(name.link) is not None


def _has_labels_below(item: ListItem) -> bool:
    """Whether the lists nested in *item* hold its links: ``- Title`` and below it ``- [code](url)``."""
    below = [inner.content for bullets in item.lists for inner in bullets.items if inner.content]
    return bool(below) and any(is_label(link.text) for content in below for link in content.links)


def _link_below(item: ListItem, source: Source) -> Link | None:
    below = (inner.content for bullets in item.lists for inner in bullets.items if inner.content)
    names = (find_name(content, source) for content in below)
    return next((name.link for name in names if isinstance(name.link, Link) and is_label(name.text)), None)


def _passages(groups: Iterable[Group]) -> Iterator[Entry]:
    for alike, each in ((group, each) for group in groups for each in group.members):
        passage, url = each.passage, each.link.url if each.link else ""
        description = "" if each.fields else _description(passage.content, each.title)
        yield Entry(
            passage.span,
            each.title,
            each.place,
            each.link,
            url,
            description,
            each.fields,
            alike.passages,
            passage,
            alike.section,
        )


def _description(content: Inline, title: str) -> str:
    """What a reader sees of *content* after the *title*."""
    text = " ".join(content.text.split())
    before, found, after = text.partition(title)
    return (after if found else before).lstrip(" \t-–—:：|,;.)]").rstrip()

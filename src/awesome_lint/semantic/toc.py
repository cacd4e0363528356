"""The table of contents of a README: what lists its own headings, each with a link.

Mostly that is one nested bullet list.  Some READMEs spread it over several lists with labels or headings in
between, or write it as a table, as a line of links or as HTML; all of these count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from urllib.parse import unquote

from msgspec import Struct

from awesome_lint.markdown import (
    CodeBlock,
    Document,
    Heading,
    HtmlBlock,
    HtmlTag,
    Link,
    List,
    ListItem,
    Paragraph,
    RejectedTable,
    Table,
    ThematicBreak,
)
from awesome_lint.regex import regex
from awesome_lint.source import Span

_LETTER = regex(r"[^\W\d_]")
_MARKUP = regex(r"<[^<>]*>|:[a-z0-9_+-]+:|!?\[[^\[\]]*\]\([^()]*\)")
_TITLE = regex(r"\W*(?:table of )?contents?\W*|\W*toc\W*", re.IGNORECASE)
_LEAST_LINKS = 3
"""How many links make a table, a paragraph or HTML a part of the contents; bullets need one fewer."""


class ContentsItem(Struct, frozen=True):
    """A link of the contents.

    ``item`` is the bullet in which it stands, None in a table, a paragraph or HTML.  ``heading`` is where it
    leads, None where nothing answers or where something else does.
    """

    link: Link
    item: ListItem | None
    heading: Heading | None


class Contents(Struct, frozen=True):
    """The table of contents: the lists it is made of, and its items in source order."""

    span: Span
    lists: tuple[List, ...]
    items: tuple[ContentsItem, ...]


_Unit = List | Heading | Paragraph | Table | RejectedTable | HtmlBlock | CodeBlock | ThematicBreak


class _Part(Struct, frozen=True):
    """A unit that lists headings.  Unless it ``is_whole``, its items are too few to be a contents by themselves."""

    unit: _Unit
    items: tuple[ContentsItem, ...]
    is_whole: bool


def find_contents(document: Document) -> Contents | None:
    """The table of contents of *document*, None where it has none.

    Of several, as when sections have contents of their own, it is the longest.
    """
    groups = _groups(document)
    if not groups:
        return None
    parts = max(groups, key=lambda group: sum(len(part.items) for part in group))
    return Contents(
        Span(parts[0].unit.span.start, parts[-1].unit.span.end),
        tuple(part.unit for part in parts if isinstance(part.unit, List)),
        tuple(item for part in parts for item in part.items),
    )


def is_contents_title(text: str) -> bool:
    """Whether a heading *text* calls what follows it the table of contents."""
    return _TITLE.fullmatch(text.strip()) is not None


def fragment(link: Link) -> str | None:
    """The anchor of this document to which *link* leads, percent escapes resolved; None where it leads elsewhere."""
    if link.image or not link.url.startswith("#") or len(link.url) == 1:
        return None
    return unquote(link.url[1:])


def outermost_units(document: Document) -> Iterator[_Unit]:
    """The outermost lists and the blocks outside of lists, in source order."""
    lists = iter(document.lists)
    following = next(lists, None)
    end = 0
    for block in document.blocks:
        while following is not None and following.span.start <= block.span.start:
            yield following
            end, following = following.span.end, next(lists, None)
        if block.span.start >= end:
            yield block
    while following is not None:
        yield following
        following = next(lists, None)


def _groups(document: Document) -> list[list[_Part]]:
    """The parts of each table of contents: what stands together, with nothing but labels in between."""
    targets = targets_of(document)
    groups: list[list[_Part]] = []
    linked: set[str] = set()
    is_open = False
    for unit in outermost_units(document):
        part = _part(unit, document, targets)
        if part:
            if not is_open:
                groups.append([])
                linked = set()
            groups[-1].append(part)
            linked.update(item.heading.anchor for item in part.items if item.heading)
            is_open = True
        elif _ends_contents(unit, linked):
            is_open = False
    return [group for group in groups if any(part.is_whole for part in group) or _is_called_so(group[0].unit, document)]


def _is_called_so(unit: _Unit, document: Document) -> bool:
    """Whether *unit* stands under a heading that calls it the contents; then one item is enough."""
    path = document.section_at(unit.span.start)
    return bool(path) and is_contents_title(path[-1].text)


def _ends_contents(unit: _Unit, linked: set[str]) -> bool:
    if isinstance(unit, Heading):
        return unit.anchor in linked
    return not isinstance(unit, Paragraph | HtmlBlock | ThematicBreak)


def targets_of(document: Document) -> Mapping[str, Heading]:
    """The headings by their anchors: GitHub's own, and those of ``id`` and ``name`` in or directly before them."""
    targets: dict[str, Heading] = {}
    waiting: list[str] = []
    for block in document.blocks:
        if isinstance(block, Heading):
            for name in (*waiting, *_names(block.content.tags), block.anchor):
                targets.setdefault(name, block)
            waiting = []
        elif isinstance(block, HtmlBlock):
            waiting += _names(block.tags)
        elif isinstance(block, Paragraph) and not block.content.text.strip():
            waiting += _names(block.content.tags)
        elif not isinstance(block, ThematicBreak):
            waiting = []
    return targets


def _names(tags: Iterable[HtmlTag]) -> Iterator[str]:
    for tag in tags:
        for attribute in ("id", "name"):
            if attribute in tag.attributes:
                yield tag.attributes[attribute][0]


def _part(unit: _Unit, document: Document, targets: Mapping[str, Heading]) -> _Part | None:
    links = list(_list_links(unit, document)) if isinstance(unit, List) else list(_block_links(unit))
    local = [(link, item) for link, item in links if fragment(link)]
    elsewhere = sum(link.url.startswith(("http:", "https:")) for link, _ in links)
    least = _LEAST_LINKS - isinstance(unit, List)
    if not local or len(local) < 2 * elsewhere:
        return None
    items = tuple(ContentsItem(link, item, _heading(link, targets)) for link, item in local)
    others = sum(item.heading is None and fragment(item.link) in document.anchors for item in items)
    if 2 * others > len(items):
        return None  # Links to places in the text (a leaderboard's to its papers) are no contents.
    is_whole = len(local) >= least
    leads_on = all(item.heading and item.heading.span.start > unit.span.end for item in items)
    return _Part(unit, items, is_whole) if is_whole or (isinstance(unit, List) and leads_on) else None


def _heading(link: Link, targets: Mapping[str, Heading]) -> Heading | None:
    name = fragment(link) or ""
    return targets.get(name) or targets.get(name.lower())


def _block_links(unit: _Unit) -> Iterator[tuple[Link, None]]:
    if isinstance(unit, Paragraph):
        links = unit.content.links
    elif isinstance(unit, HtmlBlock):
        links = unit.links
    elif isinstance(unit, Table):
        rows = (unit.header, *unit.rows)
        links = tuple(link for row in rows for cell in row.cells for link in cell.content.links)
    else:
        links = ()
    return ((link, None) for link in links if not link.image)


def _list_links(bullets: List, document: Document) -> Iterator[tuple[Link, ListItem]]:
    """The links of all items that begin with one; those after a link to the document itself belong to it."""
    for item in items_of(bullets):
        links = [link for link in item.content.links if not link.image] if item.content else []
        if not links or not item.content:
            continue
        lead = document.source[Span(item.content.span.start, links[0].span.start)]
        if fragment(links[0]) is None:
            yield links[0], item
        elif not _LETTER.search(_MARKUP.sub("", lead)):
            yield from ((link, item) for link in links if fragment(link))


def lists_of(bullets: List) -> Iterator[List]:
    """*bullets* and all lists nested in it, in no particular order."""
    waiting = [bullets]
    while waiting:
        found = waiting.pop()
        yield found
        waiting += (nested for item in found.items for nested in item.lists)


def items_of(bullets: List) -> list[ListItem]:
    """All items of *bullets* and of the lists nested in it, in source order."""
    items = [item for found in lists_of(bullets) for item in found.items]
    return sorted(items, key=attrgetter("span"))

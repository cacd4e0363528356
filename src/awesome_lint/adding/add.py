"""Adding an entry to a list, and the proof that nothing else changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from awesome_lint.adding.addition import AddError, Addition, DuplicateError
from awesome_lint.adding.bullets import write_bullet
from awesome_lint.adding.place import index_after, index_of
from awesome_lint.adding.rows import write_table_row
from awesome_lint.adding.target import Target, find_target
from awesome_lint.markdown import Cell, Document, List, ListItem, Row, parse
from awesome_lint.semantic.entries import Entry, fold_title
from awesome_lint.semantic.matching import address_key
from awesome_lint.semantic.model import ListModel
from awesome_lint.source import Source, Span


class Added(Struct, frozen=True, dict=True):
    """A list with a new entry: the whole text, the number of the new line, and that line."""

    source: Source
    line: int
    written: str

    @cached_property
    def document(self) -> Document:
        """The list as it reads with the new entry."""
        return parse(self.source)

    @cached_property
    def entry(self) -> Row | ListItem | None:
        """The row or bullet on the new line; None if GitHub shows none there."""
        line = self.source.line_span(self.line)
        rows = (row for table in self.document.tables for row in table.rows if line.contains(row.span))
        items = (item for item in _items(self.document.lists) if line.contains(item.marker))
        return next(rows, None) or next(items, None)


def add(source: Source, addition: Addition) -> Added:
    """*source* with *addition* inserted and all other bytes unchanged.

    Raises `DuplicateError` if the entry is already in the list, and `AddError` if it cannot be added, or if GitHub
    would show anything else differently.
    """
    document = parse(source)
    model = ListModel(document)
    _refuse_duplicate(model.entries, None, addition.name, addition.url, source)
    target = find_target(model, addition)
    last = len(target.entries)
    draft = _insert(source, target, addition, last)
    new = draft.entry
    if new is None:
        raise AddError("the entry cannot be written so that GitHub shows it among the others")
    name, url = _identity(target, new)
    _refuse_duplicate(model.entries, target, name, url, source)
    if addition.after is None:
        index = index_of(target.entries, name, new.cells if isinstance(new, Row) else ())
    else:
        index = index_after(target.entries, addition.after)
    added = draft if index == last else _insert(source, target, addition, index)
    _prove(document, added)
    return added


def _insert(source: Source, target: Target, addition: Addition, index: int) -> Added:
    """*source* with *addition* before the entry of *target* with this *index*, or after the last one."""
    neighbour = target.entries[max(0, index - 1)].origin
    gap: list[str] = []
    if isinstance(target.container, List):
        written = write_bullet(source, target.container, target.entries, addition)
        gap = [""] if _is_loose(source, target.container.items) else []
    elif isinstance(neighbour, Row):
        written = write_table_row(source, target.container, target.entries, addition, neighbour)
    else:
        raise AddError("the entries of the table are not rows")
    if index == 0:
        line = source.position(neighbour.span.start).line
        place = source.line_span(line).start
        return Added(_with(source, place, "\n".join([written, *gap, ""])), line, written)
    end = neighbour.span.start + len(source[neighbour.span].rstrip())
    line = source.position(end).line
    return Added(
        _with(source, source.line_span(line).end, "\n".join(["", *gap, written])), line + 1 + len(gap), written
    )


def _with(source: Source, place: int, text: str) -> Source:
    return source.replace([(Span(place, place), text)])


def _is_loose(source: Source, items: Sequence[ListItem]) -> bool:
    """Whether a blank line comes before most of *items*."""
    lines = [source.position(item.marker.start).line for item in items[1:]]
    blank = sum(not source[source.line_span(line - 1)].strip(" \t>") for line in lines)
    return 2 * blank > len(lines)


def _identity(target: Target, new: Row | ListItem) -> tuple[str, str]:
    """The name and the address of the *new* entry, each empty where it has none."""
    if isinstance(new, ListItem):
        links = new.content.links if new.content else ()
        text = new.content.text if new.content else ""
        return (links[0].text, links[0].url) if links else (text, "")
    title = new.cells[_title_column(target)]
    found = [link for cell in (title, *new.cells) for link in cell.content.links if link.url and not link.image]
    return title.text.strip(), found[0].url if found else ""


def _title_column(target: Target) -> int:
    first = target.entries[0]
    cells: tuple[Cell, ...] = first.origin.cells if isinstance(first.origin, Row) else ()
    return [cell.span for cell in cells].index(first.place)


def _refuse_duplicate(entries: Iterable[Entry], target: Target | None, name: str, url: str, source: Source) -> None:
    """Raise `DuplicateError` if one of *entries* leads to *url*, or is in *target* and called *name*."""
    key = address_key(url)
    for entry in entries:
        is_near = target is not None and entry.container.span == target.container.span
        same_address = key is not None and address_key(entry.url) == key
        same_name = is_near and fold_title(entry.title) == fold_title(name) and not (key and entry.url)
        if same_address or (same_name and fold_title(name)):
            line = source.position(entry.span.start).line
            raise DuplicateError(f"“{entry.title}” is already in the list, on line {line}")


def _prove(document: Document, added: Added) -> None:
    """Raise `AddError` unless *added* differs from *document* by one row or bullet only."""
    new = added.entry
    if new is None or list(_shown(added.document, new.span)) != list(_shown(document, None)):
        raise AddError("the entry cannot be added without changing what GitHub shows of the others")


def _items(lists: Iterable[List]) -> Iterator[ListItem]:
    for each in lists:
        for item in each.items:
            yield item
            yield from _items(item.lists)


def _shown(document: Document, new: Span | None) -> Iterator[tuple[object, ...]]:
    """All headings, rows, bullets and links in the order of each kind, except for the *new* entry and its links."""
    source = document.source
    for heading in document.headings:
        yield "heading", heading.level, heading.text
    for table in document.tables:
        for row in (table.header, *table.rows):
            if row.span != new:
                yield "row", *(source[cell.span] for cell in row.cells)
    for item in _items(document.lists):
        if item.span != new:
            yield "bullet", item.depth, source[item.content.span] if item.content else ""
    for link in document.links:
        if new is None or not new.contains(link.span):
            yield "link", link.text, link.url

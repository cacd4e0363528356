"""Finding the damaged rows of a document, and for each what it was most likely meant to be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from awesome_lint.markdown import DetachedRows, Document
from awesome_lint.regex import regex
from awesome_lint.repair.constants import RELATED_ROWS
from awesome_lint.repair.group import Group
from awesome_lint.repair.lines import TableLines, read_body
from awesome_lint.repair.model import Repair
from awesome_lint.repair.value import Value
from awesome_lint.source import Span

_LINE_BREAK = regex("\n")


def find_repairs(document: Document) -> Mapping[Span, Repair]:
    """For the span of each damaged row of *document*, how to repair it.

    The lines of a row that is broken over several are all keys of the same repair; a line after its table is known by
    its span without surrounding white space.
    """
    detached: dict[Span, list[DetachedRows]] = defaultdict(list)
    for rows in document.detached_rows:
        detached[rows.table.span].append(rows)
    groups: dict[tuple[str, ...], list[TableLines]] = defaultdict(list)
    limits = [*(table.span.start for table in document.tables), len(document.source.text)][1:]
    breaks = _breaks(document) if document.tables else []
    for table, limit in zip(document.tables, limits, strict=True):
        body = read_body(document.source, table, limit, detached[table.span], breaks)
        groups[body.header].append(body)
    found: dict[Span, Repair] = {}
    for header, bodies in groups.items():
        if any(body.is_damaged for body in bodies):
            found.update(Group(bodies, _relatives(header, groups), _wider(header, groups)).repair())
    return found


def _breaks(document: Document) -> list[int]:
    """Where a link continues in the next line."""
    text = document.source.text
    links = [link.span for link in document.links if text.find("\n", link.span.start, link.span.end) >= 0]
    return sorted(match.start() for span in links for match in _LINE_BREAK.finditer(text, span.start, span.end))


def _wider(
    header: tuple[str, ...], groups: Mapping[tuple[str, ...], Sequence[TableLines]]
) -> list[Sequence[TableLines]]:
    """The tables that have all columns of *header* in their order, and more."""
    found = []
    for other, bodies in groups.items():
        names = iter(other)
        if len(other) > len(header) and all(name in names for name in header):
            found.append(bodies)
    return found


def _relatives(
    header: tuple[str, ...], groups: Mapping[tuple[str, ...], Sequence[TableLines]]
) -> Iterator[tuple[int, Value]]:
    """The values in columns of other tables that are called like one of *header*, with the column's index."""
    columns = {name: index for index, name in enumerate(header) if name}
    for other, bodies in groups.items():
        shared = [(columns[name], index) for index, name in enumerate(other) if name in columns and other != header]
        if shared:
            for body in bodies:
                for row in islice(body.intact_rows(), RELATED_ROWS):
                    yield from ((ours, row[theirs]) for ours, theirs in shared)

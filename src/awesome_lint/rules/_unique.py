"""What the configuration calls unique: the values that stand where an equal one stood before."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from operator import attrgetter

from msgspec import Struct

from awesome_lint.markdown import Document
from awesome_lint.rule import Context
from awesome_lint.schema import BulletPart, ColumnSchema, ColumnType, Scope
from awesome_lint.semantic.columns import ColumnCell
from awesome_lint.source import Span
from awesome_lint.text.canonical_urls import canonical_url
from awesome_lint.text.patterns import fold_case

OF_LINKS = frozenset(
    {ColumnType.LINK, ColumnType.URL, ColumnType.EMAIL, ColumnType.ARXIV, ColumnType.DOI, ColumnType.GITHUB}
)
"""Types whose values may be in a link's destination."""


class UniqueValue(Struct, frozen=True):
    """A value that must be unique: ``origin`` is its row or bullet, ``label`` its column, ``name`` its entry.

    ``text`` is what a reader sees; values with one ``key`` are equal, those ``by_link`` because their links are.
    """

    span: Span
    origin: Span
    label: str
    name: str
    text: str
    key: Hashable
    by_link: bool


class Repetition(Struct, frozen=True):
    """A value that must be unique, and the first one that is equal."""

    later: UniqueValue
    first: UniqueValue


def repetitions(context: Context) -> Iterator[Repetition]:
    """Yield the values of *context* that repeat an earlier one within the scope that the configuration names."""
    seen: dict[Hashable, UniqueValue] = {}
    for value in sorted((*_cells(context), *_bullets(context)), key=attrgetter("span")):
        first = seen.setdefault(value.key, value)
        if first.origin != value.origin:
            yield Repetition(value, first)


def _cells(context: Context) -> Iterator[UniqueValue]:
    for place, schema in context.cells_with_schema:
        if schema.scope and place.placeholder is None:
            name = context.entry_names.get(place.row.span, "")
            urls = _targets(place, schema)
            value = " ".join(urls) or fold_case(place.text)
            kind = BulletPart.URL if urls else fold_case(place.header)
            key = (*_within(place, schema.scope, context.document), kind, value)
            yield UniqueValue(place.cell.span, place.row.span, place.header, name, place.text, key, bool(urls))


def _targets(place: ColumnCell, schema: ColumnSchema) -> list[str]:
    """Where the links in a cell of a column of links lead."""
    links = place.cell.content.links if schema.type in OF_LINKS else ()
    return [canonical_url(link.url) for link in links if not link.image]


def _within(place: ColumnCell, scope: Scope, document: Document) -> tuple[Hashable, ...]:
    """That within which the value in *place* is unique."""
    if scope is Scope.TABLE:
        return scope, place.table.span, place.index
    sections = document.section_at(place.row.span.start) if scope is Scope.SECTION else ()
    return scope, tuple(heading.span for heading in sections)


def _bullets(context: Context) -> Iterator[UniqueValue]:
    schemas = {bullets.span: schema for bullets, schema in context.lists_with_schema if schema.unique}
    for entry in context.entries if schemas else ():
        schema = schemas.get(entry.container.span)
        values = {
            BulletPart.NAME: fold_case(entry.title),
            BulletPart.URL: canonical_url(entry.url) if entry.url else "",
        }
        for part in schema.unique if schema else ():
            if values[part]:
                text = entry.title if part is BulletPart.NAME else entry.url
                key = (Scope.LIST, (), part, values[part])
                yield UniqueValue(entry.place, entry.span, part, entry.title, text, key, part is BulletPart.URL)

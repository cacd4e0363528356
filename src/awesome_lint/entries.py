"""The list as data: every table row and every bullet that names something is an entry."""

from __future__ import annotations

from dataclasses import dataclass

from awesome_lint.markdown import BulletList, Cell, Document, Heading, Link, ListItem, Row, Table
from awesome_lint.source import Span


@dataclass(frozen=True, slots=True)
class Entry:
    """A row or a bullet.

    ``title`` is the name of the entry, ``link`` the link that stands for it (None where it has none),
    ``description`` what follows a bullet's name.  ``fields`` maps a table's column names to the row's cells;
    it is empty for a bullet.  ``container`` is the table or list in which it stands, ``section`` its headings.
    """

    span: Span
    title: str
    link: Link | None
    description: str
    fields: dict[str, Cell]
    container: Table | BulletList
    origin: Row | ListItem
    section: tuple[Heading, ...]


def find_entries(document: Document) -> tuple[Entry, ...]:
    """The entries of *document* in source order; tables of contents and legends are none."""
    raise NotImplementedError


def fold_title(title: str) -> str:
    return "".join(c for c in title.casefold() if c.isalnum())

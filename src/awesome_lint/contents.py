"""The table of contents of a README: a list whose items link to the document's own headings."""

from __future__ import annotations

from dataclasses import dataclass

from awesome_lint.markdown import BulletList, Document, Heading, Link, ListItem


@dataclass(frozen=True, slots=True)
class ContentsItem:
    """One line of the contents: its link to a heading, and that heading where there is one."""

    item: ListItem
    link: Link
    heading: Heading | None


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents: the lists it is made of, and their items in source order."""

    lists: tuple[BulletList, ...]
    items: tuple[ContentsItem, ...]


def find_contents(document: Document) -> Contents | None:
    """The table of contents of *document*, None where it has none."""
    raise NotImplementedError

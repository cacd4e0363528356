"""What a document is as a list."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from awesome_lint.markdown import Document
from awesome_lint.semantic.columns import Column, find_columns
from awesome_lint.semantic.entries import Entry, find_entries
from awesome_lint.semantic.legends import Legend, find_legends
from awesome_lint.semantic.tags import TagColumn, find_tags
from awesome_lint.semantic.toc import Contents, find_contents
from awesome_lint.source import Span


class ListModel:
    """The list that a document holds; each part of it is found once, when it is needed first."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def contents(self) -> Contents | None:
        """The table of contents, if there is one."""
        return find_contents(self.document)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns of all tables, those with one header together."""
        return find_columns(self.document)

    @cached_property
    def legends(self) -> tuple[Legend, ...]:
        """The lists and tables that define abbreviations, in source order."""
        return find_legends(self.document, self.columns)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The table rows and bullets that name something, in source order."""
        return find_entries(self.document, self.contents, self.legends)

    @cached_property
    def tags(self) -> tuple[TagColumn, ...]:
        """What is in code at the ends of bullets, place by place."""
        return find_tags(self.document, self.entries)

    @cached_property
    def entry_names(self) -> Mapping[Span, str]:
        """The name of the entry in each row and bullet that has one, by the span of the row or bullet."""
        return {entry.span: entry.title for entry in self.entries}

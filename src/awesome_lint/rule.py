"""What a rule is, and what it is given.

A rule is one module in `awesome_lint.rules`: its docstring is its page, ``check`` reads a `Context` and yields
violations, ``RULE`` names it.  A rule is pure: it touches no files, no network and no other rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from awesome_lint.diagnostic import Severity, Violation, full_name
from awesome_lint.schema import Schemas
from awesome_lint.semantic.facts import Facts
from awesome_lint.source import Span

if TYPE_CHECKING:
    from awesome_lint.markdown import Document, List, Table
    from awesome_lint.repair import Repair
    from awesome_lint.schema import ColumnSchema, ListSchema, TableSchema
    from awesome_lint.semantic.columns import Column, ColumnCell
    from awesome_lint.semantic.entries import Entry
    from awesome_lint.semantic.legend_binding import Binding
    from awesome_lint.semantic.legends import Legend
    from awesome_lint.semantic.model import ListModel
    from awesome_lint.semantic.toc import Contents
    from awesome_lint.suppression.comments import SuppressionFault


class Group(StrEnum):
    """What a rule is about; groups are selected like names."""

    TABLE = "table"
    LINK = "link"
    ENTRY = "entry"
    COLUMN = "column"
    ABBREVIATION = "abbreviation"
    SECTION = "section"
    FILE = "file"
    SUPPRESSION = "suppression"


class Context(Struct, frozen=True, dict=True):
    """One document, what is known about it, and what can be derived from it, computed once and only on demand.

    ``schemas`` is what the configuration says about tables and lists.  ``suppression_faults`` is what is wrong with the
    inline comments; it is known once all other rules have run, so only rules of the suppression group see it.
    """

    document: Document
    facts: Facts = field(default_factory=Facts)
    schemas: Schemas = field(default_factory=Schemas)
    suppression_faults: tuple[SuppressionFault, ...] = ()

    def with_schemas(self, schemas: Schemas) -> Context:
        """The same document under other schemas; what has been derived from the document is kept."""
        return self._changed("schemas", schemas)

    def with_suppression_faults(self, faults: tuple[SuppressionFault, ...]) -> Context:
        """The same document, with what is wrong with its comments; what has been derived from it is kept."""
        return self._changed("suppression_faults", faults)

    def _changed(self, name: str, value: Any) -> Context:
        self.model  # noqa: B018 (made before the copy, so that both share it)
        twin = replace(self, **{name: value})
        twin.__dict__.update(self.__dict__)
        for derived in ("tables_with_schema", "lists_with_schema", "cells_with_schema") if name == "schemas" else ():
            twin.__dict__.pop(derived, None)
        return twin

    @cached_property
    def model(self) -> ListModel:
        """The list as data."""
        from awesome_lint.semantic.model import ListModel

        return ListModel(self.document)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Table rows and bullets, in source order."""
        return self.model.entries

    @property
    def entry_names(self) -> Mapping[Span, str]:
        """The name of the entry in each row and bullet that has one, by the span of the row or bullet."""
        return self.model.entry_names

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of all tables, those with one header together."""
        return self.model.columns

    @property
    def legends(self) -> tuple[Legend, ...]:
        """The lists and tables that define abbreviations."""
        return self.model.legends

    @property
    def contents(self) -> Contents | None:
        """The table of contents, if there is one."""
        return self.model.contents

    @cached_property
    def bindings(self) -> tuple[Binding, ...]:
        """The columns of which the legends speak, damaged rows as they were most likely meant."""
        if not self.legends:
            return ()
        from awesome_lint.semantic.columns import complete_columns
        from awesome_lint.semantic.legend_binding import bind_legends

        repaired = {span: repair.row for span, repair in self.repairs.items() if repair.fix}
        spans = [legend.span for legend in self.legends]
        return bind_legends(
            self.legends, complete_columns(self.columns, self.document, without=spans, repaired=repaired)
        )

    @cached_property
    def tables_with_schema(self) -> tuple[tuple[Table, TableSchema], ...]:
        """The tables about which the configuration says something, with what it says."""
        from awesome_lint.semantic.schema_binding import bind_tables

        return tuple(bind_tables(self.document, self.schemas))

    @cached_property
    def lists_with_schema(self) -> tuple[tuple[List, ListSchema], ...]:
        """The lists of entries about which the configuration says something, with what it says."""
        from awesome_lint.semantic.schema_binding import bind_lists

        return tuple(bind_lists(self.document, self.schemas, self.entries if self.schemas.lists else ()))

    @cached_property
    def cells_with_schema(self) -> tuple[tuple[ColumnCell, ColumnSchema], ...]:
        """The cells about whose column the configuration says something; rows with a wrong count are left out."""
        from awesome_lint.semantic.schema_binding import bind_cells

        return tuple(bind_cells(self.tables_with_schema))

    @cached_property
    def repairs(self) -> Mapping[Span, Repair]:
        """For the span of each damaged row: what it was most likely meant to be."""
        from awesome_lint.repair import find_repairs

        return find_repairs(self.document)


class Kind(Struct, frozen=True):
    """One of the kinds of findings that a rule has: its ``name``, and a ``summary`` that follows "a link with"."""

    name: str
    summary: str


class Rule(Struct, frozen=True):
    """A rule: its name, its group, how bad its findings are, and the function that finds them.

    ``check`` takes a `Context`, and the options as a second argument if the rule has any: ``options`` is then their
    frozen struct.  They stand under ``[rules.<name>]`` in the configuration, or in the table of its own that
    ``options_table`` names.  A rule that is not ``default`` only runs where its own name is selected, an ``online`` one
    where the links were checked.  If a rule has ``kinds``, each of its findings is of one of them.
    """

    name: str
    group: Group
    check: Callable[..., Iterator[Violation]]
    severity: Severity = Severity.ERROR
    options: type[Any] | None = None
    options_table: str = ""
    default: bool = True
    online: bool = False
    kinds: tuple[Kind, ...] = ()

    @property
    def finding_names(self) -> tuple[str, ...]:
        """The full names of what it finds: ``rule.kind`` for each kind, or its own name where it has none."""
        return tuple(full_name(self.name, kind.name) for kind in self.kinds) or (self.name,)

    def find(self, context: Context, options: Any = None) -> Iterator[Violation]:
        """What the rule finds; without *options* it has its defaults."""
        if self.options is None:
            return self.check(context)
        return self.check(context, options if options is not None else self.options())

    @property
    def page(self) -> str:
        """The rule's documentation in Markdown: its module's docstring."""
        import inspect

        module = inspect.getmodule(self.check)
        return inspect.cleandoc((module.__doc__ if module else None) or "")

    @property
    def summary(self) -> str:
        """The first line of its page."""
        return self.page.partition("\n")[0]

"""What to add, and why it may be refused."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from awesome_lint.semantic.headers import Meaning


class Addition(Struct, frozen=True, kw_only=True):
    """An entry to add.

    ``section`` is the heading above the table or list, None where there is only one.  ``after`` is the name of the
    entry after which it goes, None for where it belongs.  ``values`` are cells by the name of their column, as
    Markdown; ``name``, ``url`` and ``description`` are those of a bullet, or of the columns of a table that hold them.
    ``known`` is Markdown for the columns with a meaning, left out where the table has no such column.
    """

    section: str | None = None
    after: str | None = None
    name: str = ""
    url: str = ""
    description: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[Meaning, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing except where to add it."""
        return not (self.name or self.url or self.description or self.values or self.known)


class AddError(Exception):
    """Why an entry cannot be added, as a sentence without a full stop."""


class DuplicateError(AddError):
    """The entry is already in the list; the message says where."""

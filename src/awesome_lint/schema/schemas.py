"""What a configuration says about tables and lists as wholes, and which of its schemas are about which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import reduce
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct, field
from msgspec.structs import fields, replace

from awesome_lint.schema.columns import (
    ColumnSchema,
    LinkCount,
    NameStyle,
    SortKey,
    TextSchema,
    require,
    require_plain,
    several,
)
from awesome_lint.text.patterns import fold_case, glob_matches

if TYPE_CHECKING:
    from awesome_lint.markdown import Heading

_BULLET_PARTS = ("name", "description", "url")


class BulletPart(StrEnum):
    """What of a bullet is to be unique."""

    NAME = "name"
    URL = "url"


class Layout(StrEnum):
    """How the header of a table must agree with the columns of its schema."""

    ANY = "any"
    """Only the required columns must be there."""
    MINIMUM = "minimum"
    """All columns of the schema must be there, others may be."""
    EXACT = "exact"
    """The columns of the schema in their order, and no other."""


class Condition(Struct, frozen=True, kw_only=True):
    """What some cells of a row say about others."""

    when: Mapping[str, str | tuple[str, ...]]
    """Columns, each with one or more globs for its cells, ignoring case; an empty text matches an empty cell."""
    require: tuple[str, ...] = ()
    """Columns that must have a value in rows that match all of `when`. A placeholder such as `-` does not count."""
    forbid: tuple[str, ...] = ()
    """Columns that must have no value in rows that match all of `when`."""

    def __post_init__(self) -> None:
        require(bool(self.when), "when", "must name a column")
        require(bool(self.require or self.forbid), "when", "needs columns to require or to forbid")

    def fits(self, texts: Mapping[str, str]) -> bool:
        """Whether it is about a row with these *texts* by the names of their columns, which are case-folded."""
        return all(
            fold_case(name) in texts and any(glob_matches(glob, texts[fold_case(name)]) for glob in several(globs))
            for name, globs in self.when.items()
        )


class TableSchema(Struct, frozen=True, kw_only=True):
    """What the tables of some sections hold.

    A table may be selected by several schemas; the values of a later one count more.
    """

    section: str | tuple[str, ...] = ()
    """Globs for the headings above a table, ignoring case; one that begins with `!` excludes sections. Default: all."""
    header: tuple[str, ...] = ()
    """Columns that a table must have to match. Default: at least half of the columns of this schema."""
    layout: Layout = Layout.ANY
    """How the header must match `columns`: `any`, `minimum` (all of them), `exact` (all, in order, no others)."""
    columns: Mapping[str, ColumnSchema] = field(default_factory=dict)
    """The schema of each column by its name in the header, ignoring case."""
    sort: tuple[str | SortKey, ...] = ()
    """The columns by which the rows are sorted, in order of precedence."""
    conditions: tuple[Condition, ...] = ()
    """Which columns must, or must not, have a value if others have a certain value."""
    min_rows: int | None = None
    """The minimum number of rows."""
    placeholder: str | None = None
    """How a missing value is written; an empty text means a blank cell."""

    @property
    def sort_keys(self) -> tuple[SortKey, ...]:
        """The criteria of the order."""
        return _sort_keys(self.sort)

    def __post_init__(self) -> None:
        require(self.min_rows is None or self.min_rows > 0, "min_rows", "must be more than 0")
        require_plain(self.placeholder, "placeholder")

    def selects(self, headers: Sequence[str], section: Iterable[Heading]) -> bool:
        """Whether a table with these *headers* under these headings is meant."""
        return self.fits_header(headers) and self.fits_section(section)

    def fits_header(self, headers: Sequence[str]) -> bool:
        """Whether a table with these *headers* is meant, wherever it is."""
        found = {fold_case(header) for header in headers}
        if self.header:
            return all(fold_case(name) in found for name in self.header)
        return 2 * sum(fold_case(name) in found for name in self.columns) >= len(self.columns)

    def fits_section(self, section: Iterable[Heading]) -> bool:
        """Whether tables under these headings are meant, whatever their header."""
        return _selects_section(several(self.section), section)

    def bind(self, headers: Sequence[str]) -> dict[int, ColumnSchema]:
        """The schema of each column by its index in *headers*; columns without one are left out."""
        schemas = {fold_case(name): schema for name, schema in self.columns.items()}
        return {index: schemas[name] for index, name in enumerate(map(fold_case, headers)) if name in schemas}

    def over(self, other: TableSchema) -> TableSchema:
        """A copy that takes from *other* what it leaves open; columns count as wholes."""
        names = {fold_case(name): name for name in self.columns}
        columns = {name: schema for name, schema in other.columns.items() if fold_case(name) not in names}
        return replace(_over(self, other), columns={**columns, **self.columns})


class DescriptionSchema(TextSchema, frozen=True, kw_only=True):
    """What follows the name of a bullet."""

    required: bool = False
    """Whether every entry must have one."""
    repeats_name: bool = True
    """Whether it may begin with the name of its entry and a verb: `Ada is an editor`."""


class ListSchema(Struct, frozen=True, kw_only=True):
    """What the bullets of some sections look like.

    A list may be selected by several schemas; the values of a later one count more.
    """

    section: str | tuple[str, ...] = ()
    """Globs for the headings above a list, ignoring case; one that begins with `!` excludes sections. Default: all."""
    name: NameStyle | None = None
    """How a bullet begins: with its name as a `link`, in `bold`, as `code` or as plain `text`."""
    exclude: tuple[NameStyle, ...] = ()
    """Ways to begin that exempt a bullet: `["text"]` for remarks among entries that begin with a link."""
    links: LinkCount | None = None
    """How many links a bullet contains: `none`, exactly `one`, or `some` (at least one)."""
    separator: str | None = None
    """What separates name and description, such as `-`, without the spaces around it."""
    description: DescriptionSchema = DescriptionSchema()
    """The style of the description."""
    sort: tuple[str | SortKey, ...] = ()
    """What the bullets are sorted by, in order of precedence: `name`, `description` or `url`."""
    unique: tuple[BulletPart, ...] = ()
    """What must be unique among these bullets and columns with `unique = "list"`: `name` or `url`."""
    min_items: int | None = None
    """The minimum number of bullets."""

    @property
    def sort_keys(self) -> tuple[SortKey, ...]:
        """The criteria of the order."""
        return _sort_keys(self.sort)

    def __post_init__(self) -> None:
        require(self.min_items is None or self.min_items > 0, "min_items", "must be more than 0")
        require(self.separator != "", "separator", "must not be empty")
        require_plain(self.separator, "separator")
        for key in self.sort_keys:
            require(key.column in _BULLET_PARTS, "sort", f"bullets have no {key.column!r}: {', '.join(_BULLET_PARTS)}")

    def selects(self, section: Iterable[Heading]) -> bool:
        """Whether a list under these headings is meant."""
        return _selects_section(several(self.section), section)

    def over(self, other: ListSchema) -> ListSchema:
        """A copy that takes from *other* what it leaves open."""
        return replace(_over(self, other), description=_over(self.description, other.description))


class CountSchema(Struct, frozen=True, kw_only=True):
    """A number of entries in the text."""

    pattern: str
    """A piece of the text with `{n}` where the number is, such as `"badge/Papers-{n}-"`."""
    section: str | tuple[str, ...] = ()
    """Globs for the headings above the entries to count, ignoring case; `!` excludes sections. Default: all."""

    def __post_init__(self) -> None:
        require(self.pattern.count("{n}") == 1, "pattern", "must contain {n} once, where the number is")

    def selects(self, section: Iterable[Heading]) -> bool:
        """Whether entries under these headings are counted."""
        return _selects_section(several(self.section), section)


class Schemas(Struct, frozen=True):
    """All schemas of a configuration, in its order."""

    tables: tuple[TableSchema, ...] = ()
    lists: tuple[ListSchema, ...] = ()
    counts: tuple[CountSchema, ...] = ()

    def of_table(self, headers: Sequence[str], section: Iterable[Heading]) -> TableSchema | None:
        """What the schemas say about a table with these *headers* under these headings; None where nothing is."""
        path = tuple(section)
        found = [schema for schema in self.tables if schema.selects(headers, path)]
        return reduce(lambda earlier, later: later.over(earlier), found) if found else None

    def of_list(self, section: Iterable[Heading]) -> ListSchema | None:
        """What the schemas say about a list under these headings; None where nothing is."""
        path = tuple(section)
        found = [schema for schema in self.lists if schema.selects(path)]
        return reduce(lambda earlier, later: later.over(earlier), found) if found else None


_Schema = TypeVar("_Schema", TableSchema, ListSchema, DescriptionSchema)


def _over(schema: _Schema, other: _Schema) -> _Schema:
    """*schema*, with each attribute that still has its default taken from *other*."""
    default = type(schema)()
    mine = {item.name: getattr(schema, item.name) for item in fields(schema)}
    own: dict[str, Any] = {name: value for name, value in mine.items() if value != getattr(default, name)}
    return replace(other, **own)


def _sort_keys(sort: Iterable[str | SortKey]) -> tuple[SortKey, ...]:
    return tuple(SortKey(column=key) if isinstance(key, str) else key for key in sort)


def _selects_section(globs: Sequence[str], section: Iterable[Heading]) -> bool:
    """Whether *globs* mean a section: one of them fits one of its headings, and none that begins with ``!`` does."""
    headings = [heading.text for heading in section]
    chosen = [glob for glob in globs if not glob.startswith("!")]
    excluded = [glob[1:] for glob in globs if glob.startswith("!")]
    return (not chosen or _fits(chosen, headings)) and not _fits(excluded, headings)


def _fits(globs: Iterable[str], headings: Sequence[str]) -> bool:
    return any(glob_matches(glob, heading) for glob in globs for heading in headings)

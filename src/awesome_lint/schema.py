"""What a list's maintainer says about its tables and bullets: the schemas that the rules hold entries against.

Plain frozen data, written in a configuration as ``[[tables]]`` and ``[[lists]]``.  The docstring of an attribute is
its description in the reference and in the JSON Schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import reduce
from math import isfinite
from typing import Any, TypeVar

from msgspec import Struct, field
from msgspec.structs import fields, replace

from awesome_lint.markdown import Heading
from awesome_lint.text.patterns import PatternError, compile_pattern, fold_case, glob_matches


class SchemaError(ValueError):
    """A schema that makes no sense; ``attribute`` is what of it."""

    def __init__(self, attribute: str, message: str) -> None:
        super().__init__(message)
        self.attribute = attribute


def _require(condition: bool, attribute: str, message: str) -> None:
    if not condition:
        raise SchemaError(attribute, message)


_MARKUP = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029|\\`\[\]<]")
"""What would make cells, links, code or tags of the text around it, or break its line."""


def is_plain(text: str) -> bool:
    """Whether *text* can be written into a cell or a bullet as it stands: in one line, and without markup."""
    return text == text.strip() and not _MARKUP.search(text)


def _require_plain(text: str | None, attribute: str) -> None:
    if text is not None:
        _require(not _MARKUP.search(text), attribute, "must be plain text in one line, without | \\ ` [ ] <")
        _require(text == text.strip(), attribute, "must not begin or end with a space")


class ColumnType(StrEnum):
    """What kind of value the cells of a column hold."""

    TEXT = "text"
    LINK = "link"
    URL = "url"
    YEAR = "year"
    DATE = "date"
    NUMBER = "number"
    BOOLEAN = "boolean"
    EMAIL = "email"
    ARXIV = "arxiv"
    DOI = "doi"
    GITHUB = "github"


_ORDERED = (ColumnType.YEAR, ColumnType.DATE, ColumnType.NUMBER)


class LinkCount(StrEnum):
    """How many links something holds."""

    NONE = "none"
    ONE = "one"
    SOME = "some"


class Layout(StrEnum):
    """How the header of a table must agree with the columns of its schema."""

    ANY = "any"
    """Only the required columns must be there."""
    MINIMUM = "minimum"
    """All columns of the schema must be there, others may be."""
    EXACT = "exact"
    """The columns of the schema in their order, and no other."""


class Direction(StrEnum):
    """Which way entries are sorted."""

    ASCENDING = "ascending"
    DESCENDING = "descending"


class FinalPunctuation(StrEnum):
    """Whether a text ends in a full stop or another mark that ends a sentence."""

    REQUIRED = "required"
    FORBIDDEN = "forbidden"


class NameStyle(StrEnum):
    """How a bullet begins: with its name as a link, in bold, as code, or as plain text."""

    LINK = "link"
    BOLD = "bold"
    CODE = "code"
    TEXT = "text"


_BULLET_PARTS = ("name", "description", "url")


class ValuesFrom(StrEnum):
    """Where the allowed values of a column are written down."""

    LEGEND = "legend"
    """In the list's own legend whose label names the column."""


class SortKey(Struct, frozen=True, kw_only=True):
    """One criterion of an order; later ones decide where earlier ones are equal."""

    column: str
    """The column (of a table), or `name`, `description` or `url` (of a bullet)."""
    direction: Direction = Direction.ASCENDING
    """`ascending` or `descending`."""
    case: bool = False
    """Whether capitals come before small letters."""
    natural: bool = True
    """Whether numbers within a text count as numbers: `v2` before `v10`."""


class TextSchema(Struct, frozen=True, kw_only=True):
    """The style of a text."""

    max_length: int | None = None
    """The largest number of characters that a reader sees."""
    capital: bool = False
    """Whether it must begin with a capital letter; digits and scripts without capitals will do."""
    small: tuple[str, ...] = ()
    """Words that may begin it in small letters, such as names, besides widely known ones like `npm` and `curl`."""
    final_punctuation: FinalPunctuation | None = None
    """Whether it must (`required`) or must not (`forbidden`) end with `.`, `!`, `?` or another mark of their kind."""
    banned_words: tuple[str, ...] = ()
    """Words and phrases that it must not hold, case aside."""

    def __post_init__(self) -> None:
        _require(self.max_length is None or self.max_length > 0, "max_length", "must be more than 0")
        _require(all(map(str.strip, self.banned_words)), "banned_words", "must not hold an empty text")
        _require(all(map(str.strip, self.small)), "small", "must not hold an empty text")


class ColumnSchema(TextSchema, frozen=True, kw_only=True):
    """What the cells of one column hold."""

    required: bool = False
    """Whether every row must say something here; a placeholder such as `-` or `N/A` does, an empty cell does not."""
    type: ColumnType | None = None
    """The type of the values. Placeholders are allowed in any column."""
    min: float | date | None = None
    """The smallest value of a `year`, `number` or `date`."""
    max: float | date | None = None
    """The largest value of a `year`, `number` or `date`."""
    values: tuple[str, ...] = ()
    """The allowed values, spelt like this."""
    values_from: ValuesFrom | None = None
    """`legend`: what the list's own legend for this column defines is allowed, besides `values`."""
    separator: str | tuple[str, ...] = ()
    """What stands between several values in one cell, such as `,`; each value is then checked by itself."""
    pattern: str | None = None
    """A regular expression (RE2 syntax) that each value must match as a whole."""
    links: LinkCount | None = None
    """How many links a cell holds: `none`, exactly `one`, or `some` (at least one). An empty cell passes."""
    unique: bool = False
    """Whether no two rows of a table may have the same value."""

    def __post_init__(self) -> None:
        TextSchema.__post_init__(self)
        self._check_bound("min", self.min)
        self._check_bound("max", self.max)
        if self.min is not None and self.max is not None:
            _require(_rank(self.min) <= _rank(self.max), "max", "must not be less than min")
        _require(all(self.separators), "separator", "must not be empty")
        if self.pattern is not None:
            try:
                compile_pattern(self.pattern)
            except PatternError as error:
                raise SchemaError("pattern", str(error)) from None

    def _check_bound(self, name: str, bound: float | date | None) -> None:
        if bound is None:
            return
        _require(self.type in _ORDERED, name, f"needs a type with an order: {', '.join(_ORDERED)}")
        kind = "a date" if self.type is ColumnType.DATE else "a number"
        _require(isinstance(bound, date) or isfinite(bound), name, "must be a number")
        _require(isinstance(bound, date) == (self.type is ColumnType.DATE), name, f"must be {kind}, as the type says")

    @property
    def separators(self) -> tuple[str, ...]:
        """The separators."""
        return _several(self.separator)

    @property
    def restricts_values(self) -> bool:
        """Whether only certain values are allowed."""
        return bool(self.values or self.values_from)


class TableSchema(Struct, frozen=True, kw_only=True):
    """What the tables of some sections hold.

    A table may be selected by several schemas; the values of a later one count more.
    """

    section: str | tuple[str, ...] = ()
    """Globs for the headings above a table, case aside; one that begins with `!` leaves sections out. Default: all."""
    header: tuple[str, ...] = ()
    """Columns that a table must have to be meant. Default: at least half of the columns of this schema."""
    layout: Layout = Layout.ANY
    """How the header must agree with `columns`: `any`, `minimum` (all of them), `exact` (all, in order, no other)."""
    columns: Mapping[str, ColumnSchema] = field(default_factory=dict)
    """The schema of each column by its name in the header, case aside."""
    sort: tuple[str | SortKey, ...] = ()
    """The columns by which the rows are sorted, first things first."""
    min_rows: int | None = None
    """The smallest number of rows."""
    placeholder: str | None = None
    """How an empty cell is written; an empty text stands for a cell with nothing in it."""

    @property
    def sort_keys(self) -> tuple[SortKey, ...]:
        """The criteria of the order."""
        return _sort_keys(self.sort)

    def __post_init__(self) -> None:
        _require(self.min_rows is None or self.min_rows > 0, "min_rows", "must be more than 0")
        _require_plain(self.placeholder, "placeholder")

    def selects(self, headers: Sequence[str], section: Iterable[Heading]) -> bool:
        """Whether a table with these *headers* under these headings is meant."""
        found = {fold_case(header) for header in headers}
        if self.header:
            fits = all(fold_case(name) in found for name in self.header)
        else:
            fits = 2 * sum(fold_case(name) in found for name in self.columns) >= len(self.columns)
        return fits and _selects_section(_several(self.section), section)

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
    """Whether there must be one."""
    repeats_name: bool = True
    """Whether it may begin with the name of its entry and a verb: `Ada is an editor`."""


class ListSchema(Struct, frozen=True, kw_only=True):
    """What the bullets of some sections look like.

    A list may be selected by several schemas; the values of a later one count more.
    """

    section: str | tuple[str, ...] = ()
    """Globs for the headings above a list, case aside; one that begins with `!` leaves sections out. Default: all."""
    name: NameStyle | None = None
    """How a bullet begins: with its name as a `link`, in `bold`, as `code` or as plain `text`."""
    links: LinkCount | None = None
    """How many links a bullet holds: `none`, exactly `one`, or `some` (at least one)."""
    separator: str | None = None
    """What stands between name and description, such as `-`; spaces around it are not part of it."""
    description: DescriptionSchema = DescriptionSchema()
    """The style of the description."""
    sort: tuple[str | SortKey, ...] = ()
    """By what the bullets are sorted: `name`, `description` or `url`, first things first."""
    min_items: int | None = None
    """The smallest number of bullets."""

    @property
    def sort_keys(self) -> tuple[SortKey, ...]:
        """The criteria of the order."""
        return _sort_keys(self.sort)

    def __post_init__(self) -> None:
        _require(self.min_items is None or self.min_items > 0, "min_items", "must be more than 0")
        _require(self.separator != "", "separator", "must not be empty")
        _require_plain(self.separator, "separator")
        for key in self.sort_keys:
            _require(key.column in _BULLET_PARTS, "sort", f"bullets have no {key.column!r}: {', '.join(_BULLET_PARTS)}")

    def selects(self, section: Iterable[Heading]) -> bool:
        """Whether a list under these headings is meant."""
        return _selects_section(_several(self.section), section)

    def over(self, other: ListSchema) -> ListSchema:
        """A copy that takes from *other* what it leaves open."""
        return replace(_over(self, other), description=_over(self.description, other.description))


class Schemas(Struct, frozen=True):
    """All schemas of a configuration, in its order."""

    tables: tuple[TableSchema, ...] = ()
    lists: tuple[ListSchema, ...] = ()

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


def _rank(bound: float | date) -> float:
    return bound.toordinal() if isinstance(bound, date) else bound


def _several(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


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

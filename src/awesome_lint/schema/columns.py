"""What a configuration says about texts and columns, and the words in which it says it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from math import isfinite

from msgspec import Struct

from awesome_lint.regex import regex
from awesome_lint.text.patterns import PatternError, compile_pattern


class SchemaError(ValueError):
    """A schema that makes no sense; ``attribute`` is what of it."""

    def __init__(self, attribute: str, message: str) -> None:
        super().__init__(message)
        self.attribute = attribute


def require(condition: bool, attribute: str, message: str) -> None:
    """Raise `SchemaError` with these two where *condition* is false."""
    if not condition:
        raise SchemaError(attribute, message)


_MARKUP = regex(r"[\x00-\x1f\x7f-\x9f\u2028\u2029|\\`\[\]<]")
"""What would make cells, links, code or tags of the text around it, or break its line."""


def is_plain(text: str) -> bool:
    """Whether *text* can be written into a cell or a bullet as it stands: in one line, and without markup."""
    return text == text.strip() and not _MARKUP.search(text)


def require_plain(text: str | None, attribute: str) -> None:
    """Raise `SchemaError` where *text* cannot be written into a cell as it stands."""
    if text is not None:
        require(not _MARKUP.search(text), attribute, "must be plain text in one line, without | \\ ` [ ] <")
        require(text == text.strip(), attribute, "must not begin or end with a space")


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


class ValuesFrom(StrEnum):
    """Where the allowed values of a column are written down."""

    LEGEND = "legend"
    """In the list's own legend whose label names the column."""


class Scope(StrEnum):
    """Within what something is unique."""

    TABLE = "table"
    SECTION = "section"
    LIST = "list"


class SortKey(Struct, frozen=True, kw_only=True):
    """One criterion of an order; later ones decide where earlier ones are equal."""

    column: str
    """The column (of a table), or `name`, `description` or `url` (of a bullet)."""
    direction: Direction = Direction.ASCENDING
    """`ascending` or `descending`."""
    case: bool = False
    """Whether upper case is sorted before lower case."""
    natural: bool = True
    """Whether numbers within a text are sorted as numbers: `v2` before `v10`."""


class TextSchema(Struct, frozen=True, kw_only=True):
    """The style of a text."""

    max_length: int | None = None
    """The maximum number of visible characters."""
    capital: bool = False
    """Whether it must begin with a capital letter; digits and scripts without capitals are accepted."""
    small: tuple[str, ...] = ()
    """Words that may begin it in lower case, such as names, in addition to well-known ones like `npm` and `curl`."""
    final_punctuation: FinalPunctuation | None = None
    """Whether it must (`required`) or must not (`forbidden`) end with `.`, `!`, `?` or a similar mark."""
    banned_words: tuple[str, ...] = ()
    """Words and phrases that it must not contain, ignoring case."""

    def __post_init__(self) -> None:
        require(self.max_length is None or self.max_length > 0, "max_length", "must be more than 0")
        require(all(map(str.strip, self.banned_words)), "banned_words", "must not contain an empty text")
        require(all(map(str.strip, self.small)), "small", "must not contain an empty text")


class ColumnSchema(TextSchema, frozen=True, kw_only=True):
    """What the cells of one column hold."""

    required: bool = False
    """Whether every row must have a value here; a placeholder such as `-` or `N/A` counts, an empty cell does not."""
    type: ColumnType | None = None
    """The type of the values. Placeholders are allowed in any column."""
    min: float | date | None = None
    """The smallest value of a `year`, `number` or `date`."""
    max: float | date | None = None
    """The largest value of a `year`, `number` or `date`."""
    values: tuple[str, ...] = ()
    """The allowed values, exactly as they are to be written, including markup such as `` `apiKey` ``."""
    values_from: ValuesFrom | None = None
    """`legend`: values that the list's legend for this column defines are allowed, in addition to `values`."""
    separator: str | tuple[str, ...] = ()
    """What separates several values in one cell, such as `,`; each value is then checked separately."""
    pattern: str | None = None
    """A regular expression (RE2 syntax) that each value must match as a whole."""
    pattern_not: str | None = None
    """A regular expression (RE2 syntax) that no part of a value may match."""
    message: str | None = None
    """What to report if `pattern` or `pattern-not` is violated, in words instead of the expression."""
    links: LinkCount | None = None
    """How many links a cell contains: `none`, exactly `one`, or `some` (at least one). An empty cell passes."""
    unique: bool | Scope = False
    """Whether values must be unique in a table (`true` or `"table"`), a section or the whole list."""

    def __post_init__(self) -> None:
        TextSchema.__post_init__(self)
        self._check_bound("min", self.min)
        self._check_bound("max", self.max)
        if self.min is not None and self.max is not None:
            require(_rank(self.min) <= _rank(self.max), "max", "must not be less than min")
        require(all(self.separators), "separator", "must not be empty")
        for name in ("pattern", "pattern_not"):
            if (pattern := getattr(self, name)) is not None:
                try:
                    compile_pattern(pattern)
                except PatternError as error:
                    raise SchemaError(name, str(error)) from None
        is_used = self.message is None or self.pattern is not None or self.pattern_not is not None
        require(is_used, "message", "needs the pattern or pattern-not that it explains")

    def _check_bound(self, name: str, bound: float | date | None) -> None:
        if bound is None:
            return
        require(self.type in _ORDERED, name, f"needs a type that can be ordered: {', '.join(_ORDERED)}")
        kind = "a date" if self.type is ColumnType.DATE else "a number"
        require(isinstance(bound, date) or isfinite(bound), name, "must be a number")
        require(isinstance(bound, date) == (self.type is ColumnType.DATE), name, f"must be {kind}, as the type says")

    @property
    def separators(self) -> tuple[str, ...]:
        """The separators."""
        return several(self.separator)

    @property
    def scope(self) -> Scope | None:
        """Within what the values are unique."""
        return Scope.TABLE if self.unique is True else self.unique or None

    @property
    def restricts_values(self) -> bool:
        """Whether only certain values are allowed."""
        return bool(self.values or self.values_from)


def _rank(bound: float | date) -> float:
    return bound.toordinal() if isinstance(bound, date) else bound


def several(value: str | tuple[str, ...]) -> tuple[str, ...]:
    """What a key holds that takes one text or several."""
    return (value,) if isinstance(value, str) else value

"""How two entries of one name differ: whether they are variants of one thing, or one entry listed twice."""

from __future__ import annotations

from enum import Enum, auto

from awesome_lint.markdown import Cell, Link, ListItem, Row, Table
from awesome_lint.regex import regex
from awesome_lint.rules._counters import is_counter
from awesome_lint.schema import ColumnType
from awesome_lint.semantic.entries import Entry, fold_title
from awesome_lint.semantic.headers import Meaning, meanings
from awesome_lint.semantic.titles import is_label, is_long_title
from awesome_lint.semantic.values import parse_value
from awesome_lint.semantic.vocabulary import names_something
from awesome_lint.source import Span
from awesome_lint.text.canonical_urls import canonical_url

_FEW_VALUES = 0.5
"""A column with at most this share of different values among its filled cells tells variants apart."""
_CHANGING = frozenset(
    {Meaning.DATE, Meaning.CHECKED, Meaning.VENUE, Meaning.JOURNAL, Meaning.CONFERENCE, Meaning.STARS, Meaning.NOTE}
)
"""What may differ in two rows about one thing that were written at different times."""
_QUANTITY = regex(r"\W{0,2}\d")


class Difference(Enum):
    """What tells two rows of one name apart."""

    LINK = auto()
    """Another link in the same column, or after the name of a bullet: another position, or another paper."""
    QUANTITY = auto()
    """A number: a size, a score, a rank."""
    CHOICE = auto()
    """One of few values: a category, a backbone."""


class Tables:
    """The tables of a document, each with the columns whose values tell variants apart."""

    def __init__(self) -> None:
        self._columns: dict[Span, dict[int, Difference]] = {}

    def difference(self, later: Entry, first: Entry) -> Difference | None:
        """What tells two entries of one table or list apart; None where nothing does."""
        table, rows = later.container, (later.origin, first.origin)
        if isinstance(rows[0], ListItem) and isinstance(rows[1], ListItem):
            return Difference.LINK if _name_other_works(later, first) else None
        if not isinstance(table, Table) or not isinstance(rows[0], Row) or not isinstance(rows[1], Row):
            return None
        pairs = list(enumerate(zip(rows[0].cells, rows[1].cells, strict=False)))
        if any(_lead_elsewhere(here, there, {later.url, first.url}) for _, (here, there) in pairs):
            return Difference.LINK
        if table.span not in self._columns:
            self._columns[table.span] = _telling_columns(table)
        columns = self._columns[table.span]
        found = {columns[index] for index, (here, there) in pairs if index in columns and _differ(here, there)}
        return next((kind for kind in Difference if kind in found), None)


def _lead_elsewhere(here: Cell, there: Cell, own: set[str]) -> bool:
    """Whether both cells hold links beside the entries' *own*, and not one in common."""
    links = [
        {canonical_url(link.url) for link in cell.content.links if not link.image and link.url not in own}
        for cell in (here, there)
    ]
    return all(links) and links[0].isdisjoint(links[1])


def _name_other_works(later: Entry, first: Entry) -> bool:
    """Whether two bullets link to different works after their name: `[tool](…): [A](…)` and `[tool](…): [B](…)`.

    Only long titles tell: `[docs](…)` here and `[demo](…)` there may belong to one thing.
    """
    works = [
        {fold_title(link.text): canonical_url(link.url) for link in _links_after_name(each) if is_long_title(link.text)}
        for each in (later, first)
    ]
    return all(works) and works[0].keys().isdisjoint(works[1]) and {*works[0].values()}.isdisjoint({*works[1].values()})


def _links_after_name(entry: Entry) -> list[Link]:
    content = entry.content
    return [] if content is None else [link for link in content.links if not link.image and link != entry.link]


def _differ(here: Cell, there: Cell) -> bool:
    texts = [cell.text for cell in (here, there)]
    return all(names_something(text) and not is_label(text) for text in texts) and len({*map(fold_title, texts)}) > 1


def _telling_columns(table: Table) -> dict[int, Difference]:
    """The columns of *table* that hold quantities or few values; row numbers and what changes in time are neither."""
    found: dict[int, Difference] = {}
    for index, header in enumerate(table.columns):
        texts = [row.cells[index].text.strip() for row in table.rows if index < len(row.cells)]
        texts = [text for text in texts if names_something(text)]
        if not texts or not meanings(header).isdisjoint(_CHANGING) or is_counter(header, texts):
            continue
        dates = sum(parse_value(ColumnType.DATE, text) is not None for text in texts)
        if 2 * dates > len(texts):
            continue
        if 2 * sum(_QUANTITY.match(text) is not None for text in texts) > len(texts):
            found[index] = Difference.QUANTITY
        elif len({fold_title(text) for text in texts}) <= _FEW_VALUES * len(texts):
            found[index] = Difference.CHOICE
    return found

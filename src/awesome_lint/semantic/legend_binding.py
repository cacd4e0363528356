"""Which columns a legend is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct

from awesome_lint.semantic.columns import Column
from awesome_lint.semantic.legends import Legend, names_match
from awesome_lint.semantic.tags import TagColumn
from awesome_lint.semantic.vocabulary import Usage, Vocabulary

_LEAST_KNOWN = 0.2
"""Which share of a column's values a legend must define if its label is about the column."""
_LEAST_KNOWN_UNNAMED = 0.8
_LEAST_VALUES = 8
_LEAST_NAMES = 3
"""Which share of at least how many values, by how many different names, if its label does not."""
_MOST_LEGENDS = 100
_MOST_VALUES = 1000
"""How many legends are compared with how many values of a column; no list comes near."""


class Binding(Struct, frozen=True):
    """A column and the legends that define its values."""

    column: Column
    legends: tuple[Legend, ...]


def bind_legends(legends: Sequence[Legend], columns: Sequence[Column]) -> tuple[Binding, ...]:
    """Those of *columns* of which *legends* speak; the tables of the legends must not be among the columns."""
    usage = Usage(columns)
    bound: defaultdict[int, list[Legend]] = defaultdict(list)
    found: dict[int, Column] = {}
    for legend in legends[:_MOST_LEGENDS]:
        for column, count in usage.of(abbreviation.name for abbreviation in legend.abbreviations):
            if count > 1 and _speaks_of(legend, column):
                found[id(column)] = column
                bound[id(column)].append(legend)
    return tuple(Binding(found[key], tuple(each)) for key, each in bound.items())


def legends_of_tags(legends: Sequence[Legend], tags: TagColumn) -> tuple[Legend, ...]:
    """Those of *legends* that define nearly all of *tags*."""
    values = [tag.text for tag in tags.tags[:_MOST_VALUES]]
    return tuple(legend for legend in legends[:_MOST_LEGENDS] if _is_evident(legend.vocabulary, values))


def _is_evident(vocabulary: Vocabulary, values: Sequence[str]) -> bool:
    names = [name for value in values for _, name in vocabulary.parts(value)]
    known = [name for name in names if name is not None]
    is_much = len(names) >= _LEAST_VALUES and len(set(known)) >= _LEAST_NAMES
    return is_much and len(known) >= _LEAST_KNOWN_UNNAMED * len(names)


def _speaks_of(legend: Legend, column: Column) -> bool:
    values = [each.cell.text for each in column.cells[:_MOST_VALUES]]
    if not names_match(legend.label, column.header):
        return _is_evident(legend.vocabulary, values)
    names = [name for value in values for _, name in legend.vocabulary.parts(value)]
    return sum(name is not None for name in names) >= _LEAST_KNOWN * len(names)

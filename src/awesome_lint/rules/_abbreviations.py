"""What the rules about abbreviations share: which columns a legend speaks of, and which names are used at all."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from awesome_lint.markdown import Document, HtmlBlock
from awesome_lint.rule import Context
from awesome_lint.semantic.columns import Column, Usage, find_columns
from awesome_lint.semantic.legends import Legend, names_match
from awesome_lint.source import Span

_LEAST_KNOWN = 0.2
"""Which share of a column's values a legend must define if its label speaks of the column."""
_LEAST_KNOWN_UNNAMED = 0.8
_LEAST_VALUES = 8
_LEAST_NAMES = 3
"""Which share of at least how many values, by how many different names, if its label does not."""
_MOST_LEGENDS = 100
_MOST_VALUES = 1000
"""How many legends are compared with how many values of a column; no list comes near."""


@dataclass(frozen=True, slots=True)
class Binding:
    """A column and the legends that define its values."""

    column: Column
    legends: tuple[Legend, ...]


def find_bindings(context: Context) -> list[Binding]:
    """The columns of which the legends of *context* speak."""
    legends = context.legends
    if not legends:
        return []
    repaired = {span: repair.row for span, repair in context.repairs.items() if repair.fix}
    usage = Usage(find_columns(context.document, without=[legend.span for legend in legends], repaired=repaired))
    bound: defaultdict[int, list[Legend]] = defaultdict(list)
    columns: dict[int, Column] = {}
    for legend in legends[:_MOST_LEGENDS]:
        for column, count in usage.of(abbreviation.name for abbreviation in legend.abbreviations):
            if count > 1 and _speaks_of(legend, column):
                columns[id(column)] = column
                bound[id(column)].append(legend)
    return [Binding(columns[key], tuple(found)) for key, found in bound.items()]


def _speaks_of(legend: Legend, column: Column) -> bool:
    vocabulary = legend.vocabulary
    values = [value.text for value in column.values[:_MOST_VALUES]]
    names = [name for value in values for _, name in vocabulary.parts(value)]
    known = [name for name in names if name is not None]
    if names_match(legend.label, column.header):
        return len(known) >= _LEAST_KNOWN * len(names)
    is_evident = len(names) >= _LEAST_VALUES and len(set(known)) >= _LEAST_NAMES
    return is_evident and len(known) >= _LEAST_KNOWN_UNNAMED * len(names)


def used_names(document: Document, names: Iterable[str], without: Sequence[Span]) -> set[str]:
    """Those of *names* that *document* uses outside of the spans *without*: as a word, never as a part of one.

    Where several fit, the longest counts: ``AGPL-3.0`` is no use of ``GPL-3.0``.
    """
    by_length: defaultdict[str, dict[int, set[str]]] = defaultdict(dict)
    for name in filter(None, names):
        by_length[name[0]].setdefault(len(name), set()).add(name)
    if not by_length:
        return set()
    start = re.compile("[" + re.escape("".join(by_length)) + "]")
    found = {
        _name_at(text, match.start(), by_length[match[0]])
        for text in _texts(document, sorted(without))
        for match in start.finditer(text)
    }
    return {name for name in found if name}


def _texts(document: Document, without: list[Span]) -> Iterator[str]:
    starts = [span.start for span in without]
    pieces = [(inline.span, inline.text) for inline in document.inlines]
    pieces += ((block.span, document.source[block.span]) for block in document.blocks if isinstance(block, HtmlBlock))
    for span, text in pieces:
        place = bisect_right(starts, span.start) - 1
        if place < 0 or not without[place].contains(span):
            yield text


def _name_at(text: str, start: int, by_length: dict[int, set[str]]) -> str | None:
    """The longest name that stands at *start* as a word."""
    if start and text[start - 1].isalnum() and text[start].isalnum():
        return None
    for length in sorted(by_length, reverse=True):
        end = start + length
        is_word = end >= len(text) or not (text[end].isalnum() and text[end - 1].isalnum())
        if is_word and text[start:end] in by_length[length]:
            return text[start:end]
    return None

"""Legends: the lists and tables that define a README's abbreviations.

A list of entries looks much like one, so a legend must show it: its names are short and mostly upper case, nearly
all of its items have one shape, and where that is not enough, the document's tables must use what it defines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from awesome_lint.markdown import Cell, Document, Inline, List, Paragraph, Table
from awesome_lint.regex import regex
from awesome_lint.semantic.columns import Column, complete_columns
from awesome_lint.semantic.conventions import is_convention
from awesome_lint.semantic.headers import says_abbreviation
from awesome_lint.semantic.toc import lists_of
from awesome_lint.semantic.vocabulary import Usage, Vocabulary
from awesome_lint.source import Source, Span
from awesome_lint.text.symbols import is_symbol


class Abbreviation(Struct, frozen=True):
    """One definition: ``span`` covers the abbreviation as written, ``meaning`` is what it stands for.

    ``is_nested`` marks one from a bullet below another definition, which may be a word or a mere remark.
    """

    name: str
    meaning: str
    span: Span
    is_nested: bool = False


class Legend(Struct, frozen=True):
    """A group of abbreviations under one label ("Imaging Modality"); the label is empty if there is none."""

    label: str
    span: Span
    abbreviations: tuple[Abbreviation, ...]

    @property
    def vocabulary(self) -> Vocabulary:
        """What it defines."""
        return Vocabulary(abbreviation.name for abbreviation in self.abbreviations)


class _Shape(Enum):
    """How an item defines its abbreviation."""

    PLAIN = auto()
    """``NN: Neural Networks``"""
    CODE = auto()
    """`` `MIT` - MIT License``, the meaning linked or not"""
    TRAILING = auto()
    """``Medical Image Analysis (MedIA)``, linked or not"""
    LINKED = auto()
    """``[MIT](https://…): what it allows``"""
    SYMBOL = auto()
    """``🔒: Closed``"""


_LEAST_ITEMS = 3
_SHARE = 0.8
"""The fewest items of a legend, and which share of them must have its shape."""
_LONGEST_NAME = 24
_MOST_WORDS = 3
_LONGEST_LABEL = 120
_LEAST_USED = 0.3
"""Which share of the names a column must use before it proves a doubtful legend."""
_WELL_USED = 0.5

_SEPARATOR = regex(r"\s*(?::|：|=|→|\s[-–—]+\s)\s*")
_TRAILING = regex(r"(?P<meaning>\S.*?)\s*[(（](?P<name>[^()（）]{2,24})[)）]\W*")
_EDGES = " \t*_~`\"'.,;:"
_TALKS_OF_LEGENDS = regex(
    r"abbr|acronym|legend|glossary|notation|shortcut|shorthand|缩写|图例|凡例|略語", re.IGNORECASE
)


def find_legends(document: Document, columns: Sequence[Column]) -> tuple[Legend, ...]:
    """The legends of *document* in source order; *columns* are those of its tables."""
    tables = [candidate for table in document.tables if (candidate := _from_table(table, document))]
    labels = _Labels(document)
    lists = [
        candidate
        for outer in document.lists
        for bullets in lists_of(outer)
        if (candidate := _from_list(bullets, document.source, labels))
    ]
    legends = _proven(document, columns, tables, [candidate.legend for candidate in tables])
    legends += _proven(document, columns, lists, legends)
    return tuple(sorted(legends, key=attrgetter("span")))


def _proven(
    document: Document, columns: Sequence[Column], candidates: Sequence[_Candidate], legends: Sequence[Legend]
) -> list[Legend]:
    """The legends among *candidates*; what *legends* say is no use of a name."""
    if not candidates:
        return []
    usage = Usage(complete_columns(columns, document, without=[legend.span for legend in legends]))
    return [found.legend for found in candidates if found.is_certain or _is_used(found, usage)]


class _Candidate(Struct, frozen=True):
    """What may be a legend.

    Unless ``is_certain``, it is one only if a column uses that share of its names; ``is_named`` also requires that
    the label is about that column.
    """

    legend: Legend
    is_certain: bool
    share: float = 0.0
    is_named: bool = False


def _is_used(candidate: _Candidate, usage: Usage) -> bool:
    """Whether a column uses enough of what *candidate* defines."""
    names = [abbreviation.name for abbreviation in candidate.legend.abbreviations]
    return any(
        count >= max(2, candidate.share * len(names))
        and (not candidate.is_named or names_match(candidate.legend.label, column.header))
        for column, count in usage.of(names)
    )


def _from_list(bullets: List, source: Source, labels: _Labels) -> _Candidate | None:
    items = [item for item in bullets.items if not item.empty]
    if len(items) < _LEAST_ITEMS:
        return None
    found = [definition for item in items if item.content and (definition := _definition(item.content, source))]
    shapes = Counter(shape for shape, _ in found)
    shape = next((each for each, count in shapes.items() if _is_usual(count, len(items))), None)
    if shape is None or (shape is _Shape.SYMBOL and not _are_different(found)):
        return None
    abbreviations = tuple(each for found_shape, names in found if found_shape is shape for each in names)
    abbreviations += tuple(_nested(bullets, source))
    label = labels.above(bullets)
    legend = Legend(label, bullets.span, abbreviations)
    if shape in (_Shape.PLAIN, _Shape.CODE) or (shape is _Shape.TRAILING and _TALKS_OF_LEGENDS.search(label)):
        return _Candidate(legend, is_certain=True)
    if shape in (_Shape.TRAILING, _Shape.SYMBOL):
        return _Candidate(legend, is_certain=False, share=_LEAST_USED)
    return _Candidate(legend, is_certain=False, share=_WELL_USED, is_named=True)


def _nested(bullets: List, source: Source) -> Iterator[Abbreviation]:
    """The names that the lists within *bullets* define: ``Dialog: each entry is a conversation``."""
    contents = (item.content for inner in lists_of(bullets) if inner is not bullets for item in inner.items)
    for content in contents:
        name, separator, meaning = _split(_text(content, source)) if content else ("", "", "")
        if content and separator and meaning and 0 < len(name.split()) <= _MOST_WORDS:
            yield replace(_abbreviation(name, meaning, content.span, source), is_nested=True)


def _are_different(found: Iterable[_Definition]) -> bool:
    """Whether no name is defined twice; a symbol before each item is a mere ornament."""
    counts = Counter(each.name for _, names in found for each in names)
    return max(counts.values()) == 1


def _is_usual(count: int, total: int) -> bool:
    return is_convention(count, total, least=_LEAST_ITEMS, share=_SHARE)


_Definition = tuple[_Shape, list[Abbreviation]]
"""How an item defines its names, and which"""


def _definition(content: Inline, source: Source) -> _Definition | None:
    """The abbreviations that an item with *content* defines, and how."""
    text = _text(content, source)
    name, separator, meaning = _split(text)
    names_first = _leading(content, name) if separator and meaning else None
    if names_first:
        shape, names = names_first
        return shape, [_abbreviation(each, meaning, content.span, source) for each in names]
    match = _TRAILING.fullmatch(text)
    if match and is_abbreviation(match["name"].strip()) and len(match["meaning"]) > len(match["name"]):
        return _Shape.TRAILING, [_abbreviation(match["name"].strip(), match["meaning"], content.span, source)]
    return None


def _leading(content: Inline, name: str) -> tuple[_Shape, list[str]] | None:
    """The names that stand before a separator, *name*, and how they are written."""
    is_code = bool(content.code_spans) and content.code_spans[0].start == content.span.start
    if is_code and re.fullmatch(r"\S+", name) and re.search(r"[A-Z0-9]", name):
        return _Shape.CODE, [name]
    if not (content.links or content.broken_links):
        names = [name] if is_code else [part.strip() for part in re.split(r"[/,]", name)]
        if all(len(part) > 1 and is_abbreviation(part) for part in names):
            return _Shape.PLAIN, names
        if is_symbol(name):
            return _Shape.SYMBOL, [name]
    is_linked = bool(content.links) and content.links[0].text_span.start <= content.span.start + 3
    return (_Shape.LINKED, [name]) if is_linked and len(name) <= _LONGEST_NAME else None


def _text(content: Inline, source: Source) -> str:
    """What a reader would see of *content* if its first link were not broken."""
    if content.broken_links:
        first = content.broken_links[0]
        return _label(source[Span(content.span.start, first.span.start)] + first.text)
    return _label(content.text)


def _split(text: str) -> tuple[str, str, str]:
    match = _SEPARATOR.search(text)
    if match is None or match.start() > _LONGEST_NAME:
        return text, "", ""
    return text[: match.start()].strip(_EDGES), match[0], text[match.end() :].strip(_EDGES)


def _abbreviation(name: str, meaning: str, span: Span, source: Source) -> Abbreviation:
    start = source.text.find(name, span.start, span.end)
    return Abbreviation(name, meaning, Span(start, start + len(name)) if start >= 0 else span)


def is_abbreviation(name: str) -> bool:
    """Whether *name* is short and for the most part upper case."""
    letters = [character for character in name if character.isalnum()]
    large = sum(character.isupper() or character.isdigit() for character in letters)
    is_short = len(name) <= _LONGEST_NAME and len(name.split()) <= 2 and name[:1].isalnum()
    return is_short and any(letter.isupper() for letter in letters) and 2 * large >= len(letters)


def _from_table(table: Table, document: Document) -> _Candidate | None:
    pairs = [(_label(name.text), name, _label(meaning.text)) for name, meaning in _pairs(table)]
    names = [name for name, _, _ in pairs]
    if not _may_be_defined(names) or not all(meaning and not cell.content.links for _, cell, meaning in pairs):
        return None
    section = document.section_at(table.span.start)
    heading = section[-1].text if section else ""
    is_called_so = says_abbreviation(table.columns[0]) or _TALKS_OF_LEGENDS.search(heading)
    are_clear = all(is_abbreviation(name) or is_symbol(name) for name in names)
    is_certain = len(table.columns) == 2 and bool(is_called_so) and are_clear
    label = _label(heading if is_certain else table.columns[0])
    abbreviations = tuple(Abbreviation(name, meaning, cell.span) for name, cell, meaning in pairs)
    return _Candidate(Legend(label, table.span, abbreviations), is_certain=is_certain, share=_WELL_USED, is_named=True)


def _pairs(table: Table) -> list[tuple[Cell, Cell]]:
    """The cells of *table* that may hold a name and its meaning: beside each other, or one below the other."""
    if len(table.rows) == 1 and len(table.columns) > 2:
        return list(zip(table.header.cells[1:], table.rows[0].cells[1:], strict=False))
    if len(table.rows) > 1 and len(table.columns) == 2:
        return [(row.cells[0], row.cells[1]) for row in table.rows if len(row.cells) == 2]
    return []


def _may_be_defined(names: Sequence[str]) -> bool:
    """Whether *names* are several, different, short, and for the most part abbreviations, numbers or symbols."""
    likely = sum(is_abbreviation(name) or name.isdigit() or is_symbol(name) for name in names)
    are_short = all(0 < len(name) <= _LONGEST_NAME for name in names)
    return len(names) >= 2 and are_short and len({*names}) == len(names) and 2 * likely >= len(names)


def names_match(label: str, header: str) -> bool:
    """Whether a legend's *label* is about the column *header*: "Imaging Modality" of "Modality"."""
    short = " ".join(header.casefold().split())
    if short and short in (remark.casefold().strip() for remark in re.findall(r"\(([^()]*)\)", label)):
        return True
    words = _words(header)
    return bool(words) and words <= _words(label)


def _words(text: str) -> set[str]:
    words = re.findall(r"[^\W_]+", text.casefold().replace("licence", "license"))
    return {word.removesuffix("s") for word in words}


class _Labels:
    """The labels above lists: a line that ends in a colon or is emphasised as a whole, or else the heading."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._lines = {block.span.end: block for block in document.blocks if isinstance(block, Paragraph)}
        self._parents = {
            inner.span: item.content
            for outer in document.lists
            for bullets in lists_of(outer)
            for item in bullets.items
            for inner in item.lists
        }

    def above(self, bullets: List) -> str:
        """The label of *bullets*."""
        text = self._document.source.text
        before = bullets.span.start
        while before and text[before - 1] in " \t\n>":
            before -= 1
        line = self._lines.get(before)
        if line and not line.content.links and self._is_label(line.content):
            return _label(line.content.text)
        parent = self._parents.get(bullets.span)
        return _label(parent.text) if parent else self.section(bullets.span)

    def section(self, span: Span) -> str:
        """The innermost heading above *span*."""
        path = self._document.section_at(span.start)
        return _label(path[-1].text) if path else ""

    def _is_label(self, content: Inline) -> bool:
        written = self._document.source[content.span]
        if len(written) > _LONGEST_LABEL:
            return False
        return content.text.rstrip().endswith((":", "：")) or (written[:1] in "*_" and written[-1:] in "*_")


def _label(text: str) -> str:
    return " ".join(text.split()).strip(_EDGES)

"""The columns of a document: all values under one header, whichever table they stand in, and their parts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from awesome_lint.markdown import Document, Row, Table, parse
from awesome_lint.semantic.titles import fold_title
from awesome_lint.source import Source, Span

_NOTHING = re.compile(
    r"[\W_]*|n\W?a\W?|none|null|nil|nan|tb[ad]|todo|unknown|various|etc\W?|no|yes|无|暂无|未知|なし|不明|нет",
    re.IGNORECASE,
)
_REMARK = re.compile(r"\([^()]*\)|\[\^[^\]]*\]|（[^（）]*）")
_ALTERNATIVE = re.compile(r"[,;、，；\n]|\s(?:and|or|und|et|y|и)\s")
_COMBINATION = re.compile(r"[+/&|]")
_LONGEST_VALUE = 60
"""Longer values are prose."""
_MOST_WORDS = 3
"""How many words a name may have that is found within a value."""


@dataclass(frozen=True, slots=True)
class Value:
    """What a reader sees in a cell; ``span`` is the cell, or the whole row where the row had to be repaired."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Column:
    """The values under one header in source order."""

    header: str
    values: tuple[Value, ...]


def find_columns(
    document: Document, *, without: Sequence[Span] = (), repaired: Mapping[Span, str] | None = None
) -> list[Column]:
    """The columns of all tables of *document* but those at the spans *without*.

    Tables whose headers are spelled alike share their columns, and rows that were cut off from a table are its rows.
    A damaged row counts as *repaired* has it; without that, rows with another cell count than their header's and
    cells with broken links are left out.
    """
    found: dict[str, tuple[str, list[Value]]] = {}
    left_out = frozenset(without)
    detached: defaultdict[Span, list[Row]] = defaultdict(list)
    for group in document.detached_rows:
        detached[group.table.span] += group.rows
    for table in document.tables:
        if table.span not in left_out:
            rows = list(_values(table, (*table.rows, *detached[table.span]), document, repaired or {}))
            for index, header in enumerate(table.columns):
                _, values = found.setdefault(fold_title(header) or header, (header, []))
                values += (value for row in rows if (value := row[index]))
    return [Column(header, tuple(values)) for header, values in found.values()]


def _values(
    table: Table, rows: Sequence[Row], document: Document, repaired: Mapping[Span, str]
) -> Iterator[list[Value | None]]:
    """The values of each of *rows*, None for a cell that cannot be trusted."""
    width = len(table.header.cells)
    mended = iter(_mended(table, document, [repaired[row.span] for row in rows if row.span in repaired]))
    for row in rows:
        if row.span in repaired:
            cells = next(mended).cells
            values = [Value(cell.text, row.span) for cell in cells]
        else:
            cells = row.cells
            values = [Value(cell.text, cell.span) for cell in cells]
        if len(cells) == width:
            pairs = zip(cells, values, strict=True)
            yield [None if cell.content.broken_links else value for cell, value in pairs]


def _mended(table: Table, document: Document, lines: Sequence[str]) -> tuple[Row, ...]:
    """The rows that *lines* are under the header of *table*."""
    if not lines:
        return ()
    head = (document.source[table.header.span], document.source[table.delimiter.span])
    return parse(Source("\n".join((*head, *lines)))).tables[0].rows


def is_nothing(value: str) -> bool:
    """Whether *value* only says that there is none: ``-``, ``N/A``, ``TBD``."""
    return _NOTHING.fullmatch(value.strip()) is not None


_EMPTY = re.compile(r"[-‐‑‒–—―−_/\\.…?*~\s]*|n\W?a\W?|none|null|nil|nan|tb[ad]|todo|无|暂无|なし|нет", re.IGNORECASE)


def is_empty(value: str) -> bool:
    """Whether *value* says nothing at all; unlike `is_nothing`, yes, no and marks such as ``✓`` say something."""
    return _EMPTY.fullmatch(value.strip()) is not None


class Vocabulary:
    """Names that values are checked against; case and a plural s make no difference."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {name.casefold(): name for name in names}

    def __contains__(self, value: str) -> bool:
        return self.find(value) is not None

    def find(self, value: str) -> str | None:
        """The name that *value* spells."""
        folded = " ".join(value.casefold().split()).strip(".*:")
        return self._names.get(folded) or self._names.get(folded.removesuffix("s"))

    def parts(self, value: str) -> Iterator[tuple[str, str | None]]:
        """The parts of a compound value, each with the name that it spells.

        ``CNN+RNN``, ``US, CT`` and ``PET/CT`` are taken apart unless they are names as they stand; ``Diffusion MRI``
        spells ``MRI`` and ``RGB (Microscopy)`` spells ``RGB``.
        """
        if is_nothing(value) or len(value) > _LONGEST_VALUE:
            return
        if (name := self.find(value)) is not None:
            yield value.strip(), name
            return
        for alternative in _ALTERNATIVE.split(_REMARK.sub(" ", value)):
            yield from self._combination(" ".join(alternative.split()))

    def _combination(self, value: str) -> Iterator[tuple[str, str | None]]:
        if (name := self.find(value)) is not None:
            yield value, name
            return
        for part in _COMBINATION.split(value):
            text = part.strip()
            if not is_nothing(text):
                yield text, self.find(text) or self._name_within(text.split())

    def _name_within(self, words: list[str]) -> str | None:
        """A name that some of *words* spell."""
        for length in range(min(_MOST_WORDS, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                if name := self.find(" ".join(words[start : start + length])):
                    return name
        return None


class Usage:
    """Which columns use a short value, compounds taken apart in every way that makes sense."""

    _MOST_COLUMNS = 50
    """How many columns are remembered for one value."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = columns

    @cached_property
    def _users(self) -> dict[str, list[int]]:
        users: defaultdict[str, list[int]] = defaultdict(list)
        for index, column in enumerate(self._columns):
            for value in {part for each in column.values for part in _loose_parts(each.text)}:
                if len(users[value]) < self._MOST_COLUMNS:
                    users[value].append(index)
        return users

    def of(self, names: Iterable[str]) -> list[tuple[Column, int]]:
        """The columns that use any of *names*, with how many they use."""
        folded = {name.casefold() for name in names}
        counts = Counter(index for name in folded for index in self._users.get(name, ()))
        return [(self._columns[index], count) for index, count in sorted(counts.items())]


def _loose_parts(value: str) -> Iterator[str]:
    """Everything in a short *value* that may be a name, in lower case: itself, its parts and their words."""
    if len(value) > _LONGEST_VALUE:
        return
    for part in (value, *_ALTERNATIVE.split(_REMARK.sub(" ", value))):
        folded = " ".join(part.casefold().split())
        yield folded
        for piece in _COMBINATION.split(folded):
            yield piece.strip()
            yield from piece.split()

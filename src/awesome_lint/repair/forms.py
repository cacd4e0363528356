"""What forms of values each column has held, and so in which columns a value of a damaged row may stand.

Where a `Profile` weighs, this decides: a value is *foreign* to a column that has never held one of its form.
A form is what the value is made of (a link, text and a link, a year, a date, a number, words, a mark) and, for names
that recur, the name itself: a venue that is in its column again and again has never been a data set.  Numbers,
years and marks recur everywhere, so their text proves nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice

from msgspec import Struct, field

from awesome_lint.regex import regex
from awesome_lint.repair.constants import (
    ALL_FORMS_SEEN,
    FEW_VALUES,
    LENGTHS_APART,
    LONGEST_NAME,
    MANY_VALUES,
    NEVER_EMPTY,
    NOISE,
    PREVAILING,
    RECURRING,
    RECURS,
    SOME_VALUES,
    USUAL,
)
from awesome_lint.repair.value import Value
from awesome_lint.text.placeholders import find_placeholder

BLANK = "blank"
WORDS = "words"
_SPACE = regex(" ")
_COUNTED = ("year", "date", "number")
_CLASSES = {"word": WORDS, "phrase": WORDS, "text": WORDS, "flag": WORDS}
_ALSO = {"year": ("number", "date")}
"""A column of numbers or dates may hold a year, but a column of years no other number."""


def form_of(value: Value) -> str:
    """The form of *value*: coarser than `Value.form`, since a column of phrases may as well hold a word."""
    if value.empty or (not value.is_marked_up and find_placeholder(value.text)):
        return BLANK
    form = value.form.removeprefix("*")
    if form in _CLASSES:
        return _CLASSES[form]
    if form.islower() and len(form) > 2:
        return form
    return form[0] + "".join(sorted(set(form[1:].replace(".", "")) - {form[0]}))


def is_blank(cell: str) -> bool:
    """Whether nothing but a placeholder is in *cell*, not even a tag: then it can be taken out."""
    return find_placeholder(cell.strip()) is not None


class _ColumnForms(Struct, dict=True):
    values: int = 0
    """How many values that are not blank it has held."""
    blanks: int = 0
    """How many cells were empty or held a placeholder."""
    empties: int = 0
    """How many of these were empty."""
    forms: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    shapes: Counter[str] = field(default_factory=Counter)
    sizes: Counter[int] = field(default_factory=Counter)
    texts_seen: Counter[str] = field(default_factory=Counter)
    lengths: list[int] = field(default_factory=list)
    begun: int = 0
    """How many values begin with a letter, and how many of them with a small one."""
    small: int = 0
    texts: int = 0

    def holds(self, form: str) -> bool:
        return any(self.forms[one] > NOISE * self.values for one in (form, *_ALSO.get(form, ())))

    @cached_property
    def is_uniform(self) -> bool:
        """Whether one form prevails, or there are so many values that each form of the column has been seen."""
        return self.values >= ALL_FORMS_SEEN or max(self.forms.values(), default=0) >= PREVAILING * self.values

    def is_of_length(self, size: int) -> bool:
        """Whether a text of this *size* is not much longer and not much shorter than all that the column holds."""
        sizes = [one for one, count in self.sizes.items() if count > NOISE * self.texts]
        if self.texts < SOME_VALUES or not sizes:
            return True
        return min(sizes) - LENGTHS_APART < size < max(sizes) + LENGTHS_APART

    @cached_property
    def least_length(self) -> int:
        """The fewest words of any value; 0 if there are too few values to tell."""
        return sorted(self.lengths)[int(NOISE * self.values)] if self.values >= MANY_VALUES else 0

    @cached_property
    def suffixes(self) -> set[str]:
        """What its texts end with, without their first words."""
        return {text[match.end() :] for text in self.texts_seen for match in _SPACE.finditer(text)}

    @cached_property
    def prefixes(self) -> set[str]:
        """What its texts begin with, without their last words."""
        return {text[: match.start()] for text in self.texts_seen for match in _SPACE.finditer(text)}

    @cached_property
    def common_shape(self) -> str:
        """The shape that most values have, empty where they have none in common."""
        shape, count = self.shapes.most_common(1)[0] if self.shapes else ("", 0)
        return shape if count * 2 > self.values and any(map(str.isdigit, shape)) else ""


class Forms:
    """The forms that the columns of a table have held, in its intact rows."""

    def __init__(self, width: int, rows: Iterable[Sequence[Value]]) -> None:
        self._columns = [_ColumnForms() for _ in range(width)]
        self._homes: defaultdict[str, Counter[int]] = defaultdict(Counter)
        for row in rows:
            for index, value in enumerate(row):
                self._count(index, value)

    def _count(self, index: int, value: Value) -> None:
        column, form = self._columns[index], form_of(value)
        if form == BLANK:
            column.blanks += 1
            column.empties += value.empty
            return
        column.values += 1
        column.forms[form] += 1
        column.texts_seen[value.text] += 1
        for name in _names(value, form):
            self._homes[name][index] += 1
        column.shapes[value.shape] += 1
        if form == WORDS:
            column.sizes[value.size] += 1
            column.texts += 1
        column.lengths.append(value.length)
        if form not in _COUNTED:
            column.begun += 1
            column.small += value.begins_small

    @cached_property
    def _titles(self) -> int:
        """The first column of which hardly a value recurs: names of entries, which may be any; -1 if there is none."""
        for column, one in enumerate(self._columns):
            if one.values >= SOME_VALUES and len(one.texts_seen) >= (1 - RECURRING) * one.values:
                return column
        return -1

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self._columns)

    def may_be_blank(self, column: int) -> bool:
        """Whether the column has been blank, or has shown too few values to tell."""
        one = self._columns[column]
        return one.blanks > NOISE * one.values or one.values < NEVER_EMPTY

    def may_be_left_empty(self, column: int) -> bool:
        """Whether nothing at all may be in the column: where a list writes `-`, it does not leave cells empty."""
        one = self._columns[column]
        return one.empties > NOISE * (one.values + one.blanks) or one.values + one.blanks < NEVER_EMPTY

    def is_foreign(self, column: int, value: Value) -> bool:
        """Whether the column has shown enough values to rule *value* out."""
        one, form = self._columns[column], form_of(value)
        if form == BLANK:
            return not self.may_be_blank(column)
        if one.values < FEW_VALUES or not one.is_uniform:
            return False
        if not one.holds(form) or (form == WORDS and not one.is_of_length(value.size)):
            return True
        return self._lives_elsewhere(column, value, form)

    def _lives_elsewhere(self, column: int, value: Value, form: str) -> bool:
        """Whether *value* is a name that recurs in another column and has never been in this one, linked or not."""
        one = self._columns[column]
        if one.values < SOME_VALUES or column == self._titles or value.text in one.texts_seen:
            return False
        return any(
            self._homes[name][column] == 0 and max(self._homes[name].values()) >= RECURS
            for name in _names(value, form)
            if name in self._homes
        )

    def is_homeless(self, value: Value) -> bool:
        """Whether no column has held a value of this form: then it says nothing about where it is."""
        return all(self.is_foreign(column, value) for column in range(self.width))

    def is_home(self, column: int, value: Value) -> bool:
        """Whether the column has held this very name, or often values of this form and, if words share one, shape.

        Numbers and dates are told by their form: `9` and `10` have shapes of their own.
        """
        if self.is_name(column, value):
            return True
        one, form = self._columns[column], form_of(value)
        if form == WORDS and one.common_shape and one.common_shape != value.shape:
            return False
        return form != BLANK and one.values >= FEW_VALUES and one.forms[form] >= USUAL * one.values

    def shows_move(self, before: int, after: int, value: Value) -> bool:
        """Whether *value* may not be in the column *before*, but in the column *after*, where it is telling.

        A text without a link may well be in a column of links; a mere text tells only by its length.
        """
        if not self.is_foreign(before, value) or self.is_foreign(after, value):
            return False
        return self.is_telling(after, value) or self._columns[before].holds(form_of(value))

    def is_name(self, column: int, value: Value) -> bool:
        """Whether the column has held this very name, or a value of the same telling shape."""
        names = _names(value, form_of(value))
        return any(name in self._homes and self._homes[name][column] for name in names)

    def is_whole_name(self, column: int, value: Value, *, at_end: bool) -> bool:
        """Whether *value* is a name that recurs in the column, and no longer one ends (or else begins) with it.

        Nor may a longer one end with another name of the column: then the next name may be longer as well.
        """
        one = self._columns[column]
        if one.values < MANY_VALUES or one.texts_seen[value.text] < RECURS:
            return False
        parts = one.suffixes if at_end else one.prefixes
        return value.text not in parts and len(parts.intersection(one.texts_seen)) <= NOISE * len(one.texts_seen)

    def is_part(self, column: int, value: Value, *, at_end: bool) -> bool:
        """Whether a longer value of *column* ends (or else begins) with the text of *value*."""
        one = self._columns[column]
        return value.text in (one.suffixes if at_end else one.prefixes)

    def writes_blanks(self, column: int) -> bool:
        """Whether the column marks missing values with a placeholder."""
        one = self._columns[column]
        return one.blanks > one.empties

    def is_telling(self, column: int, value: Value) -> bool:
        """Whether *value* is not any text that might be in *column*, but one of its names, or no mere text."""
        return form_of(value) not in (WORDS, BLANK) or self.is_name(column, value)

    def accept(self, values: Sequence[Value], stood: Sequence[int]) -> bool:
        """Whether *values* may be in the columns with their own index, where they were in the columns *stood*.

        A value that may be in neither, or in no column at all, says nothing about where it belongs.
        """
        for column, (value, before) in enumerate(zip(values, stood, strict=True)):
            if value.empty or column == before or not self.is_foreign(column, value):
                continue
            could_stay = not 0 <= before < self.width or not self.is_foreign(before, value)
            if could_stay and not self.is_homeless(value):
                return False
        return True

    def fits_in_place(self, values: Sequence[Value]) -> bool:
        """Whether each of *values* may be in the column with its own index."""
        return not any(self.is_foreign(column, value) for column, value in enumerate(values[: self.width]))

    def is_too_short(self, column: int, value: Value) -> bool:
        """Whether *value* has fewer words than all that *column* has held."""
        return 0 < value.length < self._columns[column].least_length

    def is_longer(self, column: int, value: Value) -> bool:
        """Whether *value* is longer than all texts that *column* has held."""
        one = self._columns[column]
        return all(size < value.size for size, count in one.sizes.items() if count > NOISE * one.texts)

    def takes_words(self, column: int, value: Value) -> bool:
        """Whether *value*, some words, is a name of *column*, or the column's values are mostly new ones."""
        one = self._columns[column]
        return self.is_name(column, value) or 2 * len(one.texts_seen) > one.values

    def is_known(self, value: Value) -> bool:
        """Whether any column has held this very name."""
        return any(name in self._homes for name in _names(value, form_of(value)))

    def begins_small(self, column: int) -> bool:
        """Whether a text in *column* may begin with a small letter, which then says nothing about a fragment."""
        one = self._columns[column]
        return one.small > NOISE * one.begun or one.begun < SOME_VALUES


def _names(value: Value, form: str) -> Iterator[str]:
    """What *value* may recur by: its text, its shape, the texts and hosts of its links."""
    if form in _COUNTED or form in (BLANK, "mark"):
        return
    if value.text and len(value.text) <= LONGEST_NAME:
        yield f"={value.text}"
    if form == WORDS and any(character.isdigit() for character in value.shape):
        yield f"~{value.shape}"
    if len(value.labels) == 1:
        yield f"[{value.labels[0]}"


def alignments(
    values: Sequence[Value],
    forms: Forms,
    most: int,
    *,
    free: Collection[int] = frozenset(),
    anywhere: bool = False,
) -> list[tuple[int, ...]]:
    """The ways to place *values*, fewer than the columns, in their order so that each may be where it is.

    Each way is the column of each value; at most *most* of them are found.  Columns that stay empty must be ones that
    may be left empty, or with *anywhere* any.  The values with the indices *free* may be in any column.  Two ways
    that only differ in which of two neighbouring blanks was there count once.
    """
    return list(islice(_Placements(values, forms, frozenset(free), anywhere).find(), most))


class _Placements(Struct, dict=True):
    values: Sequence[Value]
    forms: Forms
    free: frozenset[int]
    anywhere: bool
    _dead: set[tuple[int, int]] = field(default_factory=set)

    def find(self) -> Iterator[tuple[int, ...]]:
        """The column of each value, for each placement."""
        return self._from(0, 0, blank_before=False)

    def _from(self, index: int, column: int, *, blank_before: bool) -> Iterator[tuple[int, ...]]:
        """The placements of the values from *index* on in the columns from *column* on."""
        left = self.forms.width - column
        if index == len(self.values):
            if all(map(self._may_be_empty, range(column, self.forms.width))):
                yield ()
            return
        if len(self.values) - index > left or (index, column) in self._dead:
            return
        is_dead = True
        value = self.values[index]
        if index in self.free or not self.forms.is_foreign(column, value):
            for rest in self._from(index + 1, column + 1, blank_before=value.empty):
                is_dead = False
                yield (column, *rest)
        if not blank_before and self._may_be_empty(column):
            for rest in self._from(index, column + 1, blank_before=False):
                is_dead = False
                yield rest
        if is_dead and not blank_before:
            self._dead.add((index, column))

    def _may_be_empty(self, column: int) -> bool:
        return self.anywhere or self.forms.may_be_left_empty(column)

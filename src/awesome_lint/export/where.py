"""Conditions on rows: ``Year >= 2017 and (Modality = MRI or not Code)``.

A condition compares the value of a column with a word: ``=``, ``!=``, ``<``, ``<=``, ``>``, ``>=``, or ``~`` for "holds
this text".  The name of a column alone tests whether it has a value.  Names and words with spaces or operators in them
are in quotes; ``and``, ``or``, ``not`` and brackets work as in Python.  Case makes no difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NoReturn, Protocol

from msgspec import Struct

from awesome_lint.regex import regex
from awesome_lint.schema import ColumnType
from awesome_lint.semantic.values import parse_value
from awesome_lint.text.patterns import fold_case
from awesome_lint.text.placeholders import find_placeholder

Values = Callable[[str], Sequence[str]]
"""For the name of a column the text of its cell and, where that holds several values, each of them."""


class WhereError(ValueError):
    """A text that is no condition; ``position`` is where in it, counted from 0."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position


class Condition(Protocol):
    """Something that holds for a row or not."""

    def holds(self, values: Values) -> bool:
        """Whether it holds for the row with these *values*."""

    def columns(self) -> Iterator[tuple[str, int]]:
        """The names of the columns in it, each with its position in the text."""


class _Filled(Struct, frozen=True):
    column: str
    position: int

    def holds(self, values: Values) -> bool:
        return any(find_placeholder(text) is None for text in values(self.column))

    def columns(self) -> Iterator[tuple[str, int]]:
        yield self.column, self.position


class _Comparison(Struct, frozen=True):
    column: str
    operator: str
    word: str
    position: int

    def holds(self, values: Values) -> bool:
        texts = values(self.column)
        if self.operator == "~":
            return any(fold_case(self.word) in fold_case(text) for text in texts)
        if self.operator in ("=", "!="):
            equal = any(_order(text, self.word) == 0 for text in texts)
            return equal is (self.operator == "=")
        orders = (_order(text, self.word) for text in texts[:1] if find_placeholder(text) is None)
        return any(order is not None and _HOLDS[self.operator](order) for order in orders)

    def columns(self) -> Iterator[tuple[str, int]]:
        yield self.column, self.position


class _Not(Struct, frozen=True):
    inner: Condition

    def holds(self, values: Values) -> bool:
        return not self.inner.holds(values)

    def columns(self) -> Iterator[tuple[str, int]]:
        yield from self.inner.columns()


class _Several(Struct, frozen=True):
    """All or any of some conditions."""

    parts: tuple[Condition, ...]
    combine: Callable[[Iterator[bool]], bool]

    def holds(self, values: Values) -> bool:
        return self.combine(part.holds(values) for part in self.parts)

    def columns(self) -> Iterator[tuple[str, int]]:
        for part in self.parts:
            yield from part.columns()


_HOLDS: dict[str, Callable[[int], bool]] = {
    "<": lambda order: order < 0,
    "<=": lambda order: order <= 0,
    ">": lambda order: order > 0,
    ">=": lambda order: order >= 0,
}


def _order(text: str, word: str) -> int | None:
    """Whether *text* comes before (-1) or after (1) *word* or is equal to it (0); None where they are of two kinds.

    Numbers are compared as such, and dates as far as both are known: ``2017-05`` equals ``2017``.
    """
    numbers = [parse_value(ColumnType.NUMBER, each) for each in (text, word)]
    if isinstance(numbers[0], int | float) and isinstance(numbers[1], int | float):
        return (numbers[0] > numbers[1]) - (numbers[0] < numbers[1])
    dates = [parse_value(ColumnType.DATE, each) for each in (text, word)]
    if isinstance(dates[0], str) and isinstance(dates[1], str):
        length = min(map(len, dates))  # type: ignore[arg-type]  # both are texts here
        one, other = dates[0][:length], dates[1][:length]
    elif numbers[1] is not None or dates[1] is not None:
        return None
    else:
        one, other = fold_case(text), fold_case(word)
    return (one > other) - (one < other)


_SPACE = regex(r"\s*")
_TOKEN = regex(r"""(?P<operator><=|>=|!=|==|[=<>~()])|(?P<quoted>"[^"]*"|'[^']*')|(?P<word>[^\s=<>!~()"']+)""")
_DEEPEST = 50
"""How many brackets and "not" may stand within each other."""


class _Token(Struct, frozen=True):
    kind: str
    text: str
    position: int

    @property
    def keyword(self) -> str:
        return self.text.lower() if self.kind == "word" else ""


def parse_where(text: str) -> Condition:
    """The condition that *text* is; raises `WhereError`."""
    parser = _Parser(text)
    condition = parser.alternatives(0)
    parser.end()
    return condition


class _Parser:
    """Recursive descent: alternatives of conjunctions of terms."""

    def __init__(self, text: str) -> None:
        self._tokens = [*_tokens(text), _Token("end", "", len(text))]
        self._next = 0

    def alternatives(self, depth: int) -> Condition:
        return self._joined("or", lambda: self._joined("and", lambda: self._term(depth), all), any)

    def end(self) -> None:
        if self._peek.kind != "end":
            self._fail(f"expected “and”, “or” or the end, not “{self._peek.text}”")

    @property
    def _peek(self) -> _Token:
        return self._tokens[self._next]

    def _take(self) -> _Token:
        token = self._peek
        self._next += 1
        return token

    def _joined(
        self, keyword: str, parse: Callable[[], Condition], combine: Callable[[Iterator[bool]], bool]
    ) -> Condition:
        parts = [parse()]
        while self._peek.keyword == keyword:
            self._take()
            parts.append(parse())
        return parts[0] if len(parts) == 1 else _Several(tuple(parts), combine)

    def _term(self, depth: int) -> Condition:
        token = self._peek
        if depth > _DEEPEST:
            self._fail("the condition is nested too deeply")
        if token.keyword == "not":
            self._take()
            return _Not(self._term(depth + 1))
        if token.text == "(" and token.kind == "operator":
            self._take()
            inner = self.alternatives(depth + 1)
            if self._peek.text != ")":
                self._fail("expected “)”")
            self._take()
            return inner
        return self._comparison()

    def _comparison(self) -> Condition:
        column = self._word("the name of a column")
        operator = self._peek
        if operator.kind != "operator" or operator.text in "()":
            return _Filled(column.text, column.position)
        self._take()
        word = self._word(f"a value after {operator.text}")
        return _Comparison(column.text, operator.text.replace("==", "="), word.text, column.position)

    def _word(self, what: str) -> _Token:
        token = self._peek
        if token.kind not in ("word", "quoted") or token.keyword in ("and", "or", "not"):
            self._fail(f"expected {what}")
        return self._take()

    def _fail(self, message: str) -> NoReturn:
        raise WhereError(message, self._peek.position)


def _tokens(text: str) -> Iterator[_Token]:
    position = 0
    while (start := _SPACE.match(text, position).end()) < len(text):  # type: ignore[union-attr]  # it matches anywhere
        match = _TOKEN.match(text, start)
        if match is None or match.lastgroup is None:
            what = "unclosed quotation mark" if text[start] in "\"'" else f"unexpected “{text[start]}”"
            raise WhereError(what, start)
        word = match[match.lastgroup]
        yield _Token(match.lastgroup, word[1:-1] if match.lastgroup == "quoted" else word, start)
        position = match.end()

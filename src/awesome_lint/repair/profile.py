"""What the intact rows of a table teach about each of its columns.

A `Profile` scores how well a cell's value fits a column, in natural logarithms.  The structure of a value
(its form and length) is scored by its probability in the column; its vocabulary (words, link texts, hosts,
shape, the whole text) by the ratio between its probability in the column and in all columns together, so that readings
that cut the same text differently stay comparable.  Unseen vocabulary gets the Witten-Bell estimate: a column
that has shown many different words expects new ones, a column that repeats a few does not
(Witten and Bell, 1991, "The zero-frequency problem", method C).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from math import exp, log

from msgspec import Struct, field

from awesome_lint.repair.kinds import Expectation, expect
from awesome_lint.repair.value import EMPTY, Value

_GROUPS = ("words", "stems", "labels", "hosts", "shape", "text")
WEIGHTS = {"form": 1.0, "size": 0.5, "words": 0.6, "stems": 0.3, "labels": 0.8, "hosts": 0.6, "shape": 0.6, "text": 0.5}
FAULT = 2.5
"""Cost of a mark that is out of balance within a cell: an intact cell rarely has one."""
_RELATED = 0.3
"""How much a value of a column of the same name in another table counts."""
_ENOUGH = 5
"""A cell's vocabulary counts as much as that of this many words, however long it is."""

_MOST = 6.0
"""No vocabulary of one cell speaks louder than this for or against a column: its words depend on one another."""


class _Vocabulary(Struct):
    counts: Counter[str] = field(default_factory=Counter)
    total: float = 0

    def add(self, tokens: Iterable[str], weight: float = 1) -> None:
        for token in tokens:
            self.counts[token] += weight  # type: ignore[assignment]  # counts of backed-off cells are fractions
            self.total += weight
            if self.counts[token] <= 0:
                del self.counts[token]


class ColumnProfile(Struct):
    """The values seen in one column."""

    expectation: Expectation
    seen: float = 0
    forms: Counter[str] = field(default_factory=Counter)
    sizes: Counter[int] = field(default_factory=Counter)
    faulty: float = 0
    vocabularies: dict[str, _Vocabulary] = field(default_factory=lambda: {name: _Vocabulary() for name in _GROUPS})

    def add(self, value: Value, weight: float = 1) -> None:
        """Count *value*."""
        self.seen += weight
        self.forms[value.form] += weight  # type: ignore[assignment]  # as above
        if value.empty:
            return
        self.sizes[value.size] += weight  # type: ignore[assignment]  # as above
        self.faulty += weight * bool(value.faults)
        for name in _GROUPS:
            self.vocabularies[name].add(_tokens(value, name), weight)


def _tokens(value: Value, name: str) -> tuple[str, ...]:
    if name == "text":
        return (value.text,) if value.text else ()
    if name == "shape":
        return (value.shape,) if value.shape else ()
    tokens: tuple[str, ...] = getattr(value, name)
    return tokens


class Profile(Struct):
    """The columns of a table, and what all of them have in common."""

    names: tuple[str, ...]
    columns: list[ColumnProfile]
    together: ColumnProfile
    rows: int = 0
    masks: Counter[tuple[bool, ...]] = field(default_factory=Counter)
    """Which columns of the learned rows are empty, and how often together."""
    _scores: dict[tuple[int, Value], float] = field(default_factory=dict)

    def score(self, column: int, value: Value) -> float:
        """How well *value* fits *column*: a log-likelihood, higher is better."""
        key = (column, value)
        if key not in self._scores:
            self._scores[key] = sum(WEIGHTS.get(n, 1.0) * x for n, x in self.features(column, value).items())
        return self._scores[key]

    def surprise(self, column: int, value: Value) -> float:
        """How little the make-up and the length of *value* are like what the column has shown, in nats."""
        here = self.columns[column]
        return -self._form(here, value.form) - (0.0 if value.empty else _size(here, value.size))

    def features(self, column: int, value: Value) -> dict[str, float]:
        """The parts of the score, before they are weighted."""
        here = self.columns[column]
        parts = {"form": self._form(here, value.form)}
        if value.empty:
            return parts
        parts["size"] = _size(here, value.size)
        for name in _GROUPS:
            tokens = _tokens(value, name)
            if tokens:
                parts[name] = self._vocabulary(here, name, tokens)
        if value.faults:
            parts["fault"] = -FAULT * value.faults * (1 - here.faulty / (here.seen + 1))
        return parts

    def _form(self, column: ColumnProfile, form: str) -> float:
        common = (self.together.forms[form] + 0.5) / (self.together.seen + 8)
        prior = column.expectation.forms.get(form, 0.0) * 0.7 + common * 0.3 if column.expectation.forms else common
        if form == EMPTY and not column.expectation.forms:
            prior = min(common, 0.05)
        strength = 1 + 0.5 * min(len(column.forms), 4)
        return log((column.forms[form] + strength * max(prior, 1e-3)) / (column.seen + strength))

    def _vocabulary(self, column: ColumnProfile, name: str, tokens: Sequence[str]) -> float:
        here, everywhere = column.vocabularies[name], self.together.vocabularies[name]
        total = 0.0
        kinds = len(here.counts)
        for token in tokens:
            common = (everywhere.counts[token] + 0.5) / (everywhere.total + 0.5 * len(everywhere.counts) + 1)
            known = 1.0 if name == "words" and token in column.expectation.words else 0.0
            if here.total + known:
                estimate = (here.counts[token] + known + kinds * common) / (here.total + known + kinds)
                total += log(estimate / common)
        return max(-_MOST, min(_MOST, total * min(1.0, _ENOUGH / len(tokens))))

    def score_row(self, values: Sequence[Value]) -> float:
        """How well a whole row fits."""
        return sum(self.score(column, value) for column, value in enumerate(values)) + self.coupling(values)

    def coupling(self, values: Sequence[Value]) -> float:
        """How much more likely these columns are empty together than each by itself.

        The probability of a row's empty columns is estimated from the rows with just the same ones empty, backed
        off to that of independent columns.
        """
        mask = tuple(value.empty for value in values)
        alone = 0.0  # a logarithm: in a table of many columns the probability itself would be zero
        for column, empty in zip(self.columns, mask, strict=True):
            share = (column.forms[EMPTY] + 0.3) / (column.seen + 1.0)
            alone += log(share if empty else 1 - share)
        seen = self.masks[mask]
        together = log(seen + 2 * exp(alone)) - alone if seen else log(2)
        return max(-_MOST, min(_MOST, together - log(self.rows + 2)))

    def typical(self, rows: Sequence[Sequence[Value]]) -> float:
        """The median score of intact *rows*, each judged by the others alone."""
        step = max(1, len(rows) // 40)
        scores = sorted(self._score_left_out(row) for row in rows[::step])
        return scores[len(scores) // 2] if scores else -2.0 * len(self.columns)

    def _score_left_out(self, row: Sequence[Value]) -> float:
        with self.without(row):
            return self.score_row(row)

    @contextmanager
    def without(self, row: Sequence[Value]) -> Iterator[None]:
        """Forget *row*, one of those that were learned from, for as long as the context lasts."""
        kept, self._scores = self._scores, {}
        self.count(row, -1)
        yield
        self.count(row, 1)
        self._scores = kept

    def count(self, row: Sequence[Value], weight: int = 1) -> None:
        """Learn from *row*, or forget it where *weight* is -1."""
        for column, value in zip(self.columns, row, strict=True):
            column.add(value, weight)
            self.together.add(value, weight)
        self.rows += weight
        self.masks[tuple(value.empty for value in row)] += weight


def _size(column: ColumnProfile, size: int) -> float:
    sizes = column.sizes
    near = 0.6 * sizes[size] + 0.2 * (sizes[size - 1] + sizes[size + 1])
    return log((near + 0.2) / (sum(sizes.values()) + 2))


def learn(
    header: Sequence[str], rows: Iterable[Sequence[Value]], relatives: Iterable[tuple[int, Value]] = ()
) -> Profile:
    """A profile from the intact *rows* of tables with this *header*.

    *relatives* are values, each with its column, of columns of the same name in other tables; they count less.
    """
    profile = Profile(tuple(header), [ColumnProfile(expect(name)) for name in header], ColumnProfile(expect("")))
    for row in rows:
        profile.count(row)
    for index, value in relatives:
        profile.columns[index].add(value, _RELATED)
        profile.together.add(value, _RELATED)
    return profile

"""The conventions of the columns of one kind of table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from awesome_lint.inference.evidence import LEAST, MOST_EXCEPTIONS, is_kept, share
from awesome_lint.inference.probe import TableProbe
from awesome_lint.rule import Rule
from awesome_lint.rules import invalid_value, missing_value
from awesome_lint.schema import ColumnSchema, ColumnType, FinalPunctuation, LinkCount, ValuesFrom
from awesome_lint.semantic.columns import ColumnCell
from awesome_lint.semantic.conventions import is_convention
from awesome_lint.semantic.titles import fold_title
from awesome_lint.semantic.values import EXPECTED, parse_value
from awesome_lint.text.patterns import fold_case
from awesome_lint.text.spelling import spelling_key

_TYPES = (ColumnType.BOOLEAN, ColumnType.YEAR, ColumnType.DATE, ColumnType.NUMBER, ColumnType.EMAIL, ColumnType.URL)
_NAMED_TYPES = (ColumnType.ARXIV, ColumnType.DOI, ColumnType.GITHUB)
"""Types that a column may have by chance, so its header must name them."""
_ORDERED = (ColumnType.YEAR, ColumnType.DATE, ColumnType.NUMBER)
_SAMPLE = 50
"""How many values are looked at before the rules check all of them."""
_LEAST_OF_ONE_LINK = 50
"""How many cells hold exactly one link before two of them in one cell count as a mistake."""
_LEAST_OF_VOCABULARY = 20
_LEAST_REPEATED = 5
_MOST_NAMES = 20
_LONGEST_NAME = 30
"""How many values a column has at least, how often each is used on average, how many there are at most, and how long
one is at most, before they are treated as all that there can be."""
_SEPARATORS = ("", ",", "/", "+", ";")
_LEAST_OF_PROSE = 20
_WORDS_OF_PROSE = 4
"""The fewest values of a column whose style is examined, and how many words they have on average."""
_LEAST_DEFINED = 0.75
"""In which share of the cells the legend defines all values before the others are called faults."""


class ColumnInference:
    """What is known about the columns of a kind of table; each step adds to it.

    ``bound`` are the folded headers of the columns of which a legend speaks.
    """

    def __init__(self, probe: TableProbe, bound: frozenset[str]) -> None:
        self._probe = probe
        self._bound = bound
        self.schemas = dict.fromkeys(probe.names, ColumnSchema())
        self.remarks: dict[str, list[str]] = {name: [] for name in probe.names}

    def infer(self) -> None:
        """Take all steps."""
        self._infer_required()
        self._infer_types()
        self._infer_links()
        self._infer_values()
        self._infer_style()

    def _add(self, name: str, remark: str, **settings: Any) -> None:
        self.schemas[name] = replace(self.schemas[name], **settings)
        self.remarks[name].append(remark)

    def _count(self, name: str) -> int:
        return len(self._probe.values[name])

    def _infer_required(self) -> None:
        """A column is required if hardly any of its cells is empty, and not all that they say is "nothing"."""
        faults = self._faults({name: ColumnSchema(required=True) for name in self._probe.names}, missing_value.RULE)
        for name, places in self._probe.places.items():
            if is_kept(len(places), faults[name]) and 2 * self._count(name) >= len(places):
                self._add(name, f"filled in {share(len(places), faults[name])} cells", required=True)

    def _infer_types(self) -> None:
        for kind in (*_TYPES, *_NAMED_TYPES):
            names = [name for name in self._untyped() if self._may_be(name, kind)]
            faults = self._faults({name: ColumnSchema(type=kind) for name in names})
            for name in names:
                # Among marks for yes and no, another word is no typo.
                is_doubtful = kind is ColumnType.BOOLEAN and faults[name]
                if is_kept(self._count(name), faults[name]) and not is_doubtful:
                    self._add(name, self._describe_type(name, kind, faults[name]), type=kind)

    def _untyped(self) -> list[str]:
        return [name for name in self._probe.names if not self.schemas[name].type]

    def _may_be(self, name: str, kind: ColumnType) -> bool:
        """Whether it is worth running the rule to see whether the column has values of this *kind*."""
        places = self._probe.values[name]
        if sum(not _reads(place, kind) for place in places[:_SAMPLE]) > MOST_EXCEPTIONS:
            return False
        if kind is ColumnType.BOOLEAN:
            return len({place.text for place in places}) > 1
        if kind in _NAMED_TYPES:
            return kind.value in fold_title(name)
        # The text itself has to be an address: a link always has one besides its text.
        return kind not in (ColumnType.URL, ColumnType.EMAIL) or all(
            parse_value(kind, place.text) is not None for place in places
        )

    def _describe_type(self, name: str, kind: ColumnType, faults: int) -> str:
        count = self._count(name)
        remark = f"{EXPECTED[kind]} in {share(count, faults)} cells"
        if kind not in _ORDERED:
            return remark
        found = (parse_value(kind, place.text) for place in self._probe.values[name])
        values: list[Any] = sorted(value for value in found if value is not None)
        return f"{remark}, {values[0]} to {values[-1]}"

    def _infer_links(self) -> None:
        """A column holds links if there is no exception, for "Coming soon" or a mere name is no mistake."""
        names = [name for name in self._untyped() if all(map(_has_link, self._probe.values[name][:_SAMPLE]))]
        some = self._faults({name: ColumnSchema(links=LinkCount.SOME) for name in names})
        one = self._faults({name: ColumnSchema(links=LinkCount.ONE) for name in names})
        for name in names:
            count = self._count(name)
            if count >= _LEAST_OF_ONE_LINK and not one[name]:
                self._add(name, "one link in each cell", links=LinkCount.ONE)
            elif count >= LEAST and not some[name]:
                self._add(name, "a link in each cell", links=LinkCount.SOME)

    def _infer_values(self) -> None:
        """The values of a column: what its legend defines, or the few that are used again and again."""
        free = [name for name in self._probe.names if not self.schemas[name].type and not self.schemas[name].links]
        bound = [name for name in free if fold_case(name) in self._bound]
        faults = self._faults({name: ColumnSchema(values_from=ValuesFrom.LEGEND) for name in bound})
        for name in free:
            count = self._count(name)
            if name in bound:
                defined = f"the legend defines the values of {share(count, faults[name])} cells"
                is_defined = is_convention(count - faults[name], count, least=LEAST, share=_LEAST_DEFINED)
                self._add(name, defined, **({"values_from": ValuesFrom.LEGEND} if is_defined else {}))
            elif name not in self._probe.titles and (found := _vocabulary(self._probe.values[name])):
                separator, values = found
                remark = f"{len(values)} values in {count} cells"
                self._add(name, remark, values=values, **({"separator": separator} if separator else {}))

    def _infer_style(self) -> None:
        """How descriptions are written, without exception: one that begins with a name may begin small."""
        names = [name for name in self._probe.names if name not in self._probe.titles and self._is_prose(name)]
        styles: list[tuple[str, dict[str, Any]]] = [
            ("begins with a capital letter", {"capital": True}),
            ("ends a sentence", {"final_punctuation": FinalPunctuation.REQUIRED}),
            ("ends without a full stop", {"final_punctuation": FinalPunctuation.FORBIDDEN}),
        ]
        for remark, settings in styles:
            faults = self._faults({name: ColumnSchema(**settings) for name in names})
            for name in names:
                if not faults[name]:
                    self._add(name, remark, **settings)

    def _is_prose(self, name: str) -> bool:
        schema = self.schemas[name]
        words = sum(len(place.text.split()) for place in self._probe.values[name])
        return not (schema.type or schema.links or schema.restricts_values) and words >= _WORDS_OF_PROSE * max(
            1, self._count(name)
        )

    def _faults(self, columns: Mapping[str, ColumnSchema], rule: Rule = invalid_value.RULE) -> dict[str, int]:
        return self._probe.faulty_cells(rule, columns)


def _reads(place: ColumnCell, kind: ColumnType) -> bool:
    urls = [link.url for link in place.cell.content.links if not link.image]
    return parse_value(kind, place.text, urls) is not None


def _has_link(place: ColumnCell) -> bool:
    return any(not link.image for link in place.cell.content.links)


def _vocabulary(places: Sequence[ColumnCell]) -> tuple[str, tuple[str, ...]] | None:
    """The few values that *places* hold again and again, and what separates several; None where new ones may come."""
    found = [(separator, names) for separator in _SEPARATORS if (names := _repeated(places, separator))]
    return min(found, key=lambda item: len(item[1]), default=None)


def _repeated(places: Sequence[ColumnCell], separator: str) -> tuple[str, ...]:
    """The values of *places*, each in its most frequent spelling; none if they are many, or some are rare."""
    texts = [text for place in places for text in _parts(place.text, separator)]
    counts = Counter(texts)
    names: dict[str, str] = {}
    for text, _ in counts.most_common():
        names.setdefault(spelling_key(text), text)
    is_closed = (
        len(texts) >= max(_LEAST_OF_VOCABULARY, _LEAST_REPEATED * len(names))
        and 2 <= len(names) <= _MOST_NAMES
        and all(counts[name] > 1 and len(name) <= _LONGEST_NAME for name in names.values())
    )
    return tuple(names.values()) if is_closed else ()


def _parts(text: str, separator: str) -> list[str]:
    parts = text.split(separator) if separator else [text]
    return [part.strip() for part in parts if part.strip()]

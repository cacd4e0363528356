"""One value of a column is spelled in several ways.

Anyone who filters, sorts or counts sees `PyTorch` and `Pytorch` as two different values.  Two spellings are the same
value if they differ only in case, white space, hyphens, underscores and dots, or by a one-letter typo in a long word
that is common in the column.

The rule checks only columns whose values repeat, not titles, names or free text.  The parts of a value such as
`URDF, MJCF` are checked separately.  Each rare spelling is reported once per column, with all its places.

## Wrong

```markdown
| Project | Framework |
| --- | --- |
| Alpha | PyTorch |
| Beta | PyTorch |
| Gamma | TensorFlow |
| Delta | TensorFlow |
| Epsilon | Pytorch |
| Zeta | PyTorch |
| Eta | PyTorch |
| Theta | PyTorch |
```

## Right

```markdown
| Project | Framework |
| --- | --- |
| Alpha | PyTorch |
| Beta | PyTorch |
| Gamma | TensorFlow |
| Delta | TensorFlow |
| Epsilon | PyTorch |
| Zeta | PyTorch |
| Eta | PyTorch |
| Theta | PyTorch |
```

## Fix

The most common spelling in the column replaces the other.  That is unsafe: the majority may be wrong.

There is no fix if the column does not show which spelling is right:

- similar values are not written alike, as with “Mar.” but “Dec”;
- most other values are written like the rare spelling;
- the rare spelling has capitals that the common one lacks (“OneNote” and “Onenote”);
- the common spelling has a capital inside an ordinary word (“WebSite”), or is a known misspelling of a name (“Github”).

## Related rules

`mixed-placeholder`, `header-drift`, `unknown-abbreviation`

## When to switch it off

For a column in which case carries meaning, as in a list of identifiers; `[[allow]]` leaves out one value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from awesome_lint.diagnostic import Applicability, Edit, Fix, Related, Severity, Violation
from awesome_lint.markdown import Document
from awesome_lint.regex import regex
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._messages import fitted
from awesome_lint.rules._spellings import Conventions
from awesome_lint.semantic.cells import locate
from awesome_lint.semantic.columns import Column, ColumnCell
from awesome_lint.source import Source, Span
from awesome_lint.text.names import is_misspelling
from awesome_lint.text.spelling import is_typo, shapes, spelling_key

_LEAST_VALUES = 8
_REPEATED = 0.45
"""The fewest values of a column, and which share of them it has twice or more, before it is a vocabulary."""
_LONGEST_CELL = 200
_LONGEST_VALUE = 40
"""Longer cells and values are prose."""
_LEAST_LETTERS = 2
_LEAST_FOR_TYPO = 4
_TIMES_FOR_TYPO = 5
"""How often the right spelling is there, at least and beside the wrong one, before a typo is assumed."""
_LARGEST_SERIES = 8
"""More values than that which differ in one letter are a series."""

_SEPARATOR = regex(r"[,;、，；\n]")
_WORD = regex(r"[^\W\d_]+")


class _SpelledValue(Struct):
    """One value of a column: its spellings, each with its places."""

    spellings: defaultdict[str, list[ColumnCell]] = field(default_factory=lambda: defaultdict(list))

    @property
    def count(self) -> int:
        return sum(map(len, self.spellings.values()))

    def ranked(self) -> list[tuple[str, list[ColumnCell]]]:
        """The spellings, the most frequent first; of equal ones that which comes first in the list."""
        return sorted(self.spellings.items(), key=lambda item: -len(item[1]))


def check(context: Context) -> Iterator[Violation]:
    """Yield the rare spellings of values in the columns of *context*."""
    names = context.entry_names
    # A title is no value, and where the configuration spells out the values, invalid-value knows better.
    left_out = {entry.place for entry in context.entries}
    left_out.update(place.cell.span for place, schema in context.cells_with_schema if schema.values)
    elsewhere = _damaged(context.document)
    for column in context.columns:
        values = _values(column, left_out)
        if _is_vocabulary(values):
            variants = list(_variants(values))
            conventions = Conventions(
                {text: len(cells) for value in values.values() for text, cells in value.spellings.items()},
                [(best[0], rare[0]) for best, rare in variants],
            )
            for best, rare in (*variants, *_typos(values)):
                own = [*values[spelling_key(best[0])].spellings]
                is_proved = len(best[1]) > len(rare[1]) and conventions.prove(best[0], rare[0], own)
                violation = _violation(column, best, rare, context.document.source, names)
                if not is_proved:
                    violation = replace(violation, help=_undecided(best[0], rare[0]), fix=None)
                place = elsewhere.get(rare[0])
                yield replace(violation, span=place, entry="") if place and place < violation.span else violation


def _undecided(usual: str, rare: str) -> str:
    """What to do where the majority does not tell which spelling is right; many may misspell a well-known name."""
    possible = [text for text, other in ((usual, rare), (rare, usual)) if not is_misspelling(text, other)]
    return f"Write “{'” or “'.join(possible)}” everywhere"


def _values(column: Column, left_out: Container[Span]) -> Mapping[str, _SpelledValue]:
    """The values of *column* under the key that their spellings share, without the cells in *left_out*."""
    values: defaultdict[str, _SpelledValue] = defaultdict(_SpelledValue)
    for place in column.cells:
        if place.cell.span in left_out or any(link.image for link in place.cell.content.links):
            continue
        labels = [" ".join(link.text.split()) for link in place.cell.content.links]
        for text in _parts(place.cell.text):
            if not _joins(text, labels):
                values[spelling_key(text)].spellings[text].append(place)
    return values


def _joins(text: str, labels: Sequence[str]) -> bool:
    """Whether *text* is several links side by side, which are no value together."""
    return len(labels) > 1 and sum(bool(label) and label in text for label in labels) > 1 and text not in labels


def _damaged(document: Document) -> dict[str, Span]:
    """Where each value stands first in rows with too few or too many cells.

    Such rows do not count, for the columns of their cells are unknown, but they can be pointed at: where a finding
    stands should not depend on the state of other rows.
    """
    found: dict[str, Span] = {}
    for table in document.tables:
        for row in table.rows:
            if len(row.cells) != len(table.header.cells):
                for cell in row.cells:
                    for text in _parts(cell.text):
                        found.setdefault(text, locate(text, cell.content, document.source) or cell.span)
    return found


def _parts(text: str) -> Iterator[str]:
    if len(text) > _LONGEST_CELL:
        return
    # A separator within brackets belongs to the remark there.
    for part in [text] if "(" in text or "（" in text else _SEPARATOR.split(text):
        if words := part.split():
            yield " ".join(words)


def _is_vocabulary(values: Mapping[str, _SpelledValue]) -> bool:
    counts = [value.count for value in values.values()]
    repeated = sum(count for count in counts if count > 1)
    return sum(counts) >= _LEAST_VALUES and repeated >= _REPEATED * sum(counts)


_Spelling = tuple[str, list[ColumnCell]]


def _variants(values: Mapping[str, _SpelledValue]) -> Iterator[tuple[_Spelling, _Spelling]]:
    """The spellings of one value, each beside the most frequent one."""
    for key, value in values.items():
        if len(value.spellings) < 2 or sum(map(len, _WORD.findall(key))) < _LEAST_LETTERS:
            continue
        best, *others = value.ranked()
        if len(best[0]) <= _LONGEST_VALUE:
            yield from ((best, other) for other in others)


def _typos(values: Mapping[str, _SpelledValue]) -> Iterator[tuple[_Spelling, _Spelling]]:
    """Rare values that differ from a frequent one by a typo within one word."""
    frequent: defaultdict[str, list[str]] = defaultdict(list)
    for key, value in values.items():
        if value.count >= max(_LEAST_FOR_TYPO, _TIMES_FOR_TYPO) and len(key) <= _LONGEST_VALUE:
            for shape in shapes(key):
                frequent[shape].append(key)
    for key, value in values.items():
        if len(key) > _LONGEST_VALUE or not frequent:
            continue
        text = value.ranked()[0][0]
        groups = (frequent.get(shape, ()) for shape in shapes(key))
        near = {other for group in groups if len(group) <= _LARGEST_SERIES for other in group}
        likely = [other for other in near if values[other].count >= _TIMES_FOR_TYPO * value.count]
        typos = [other for other in likely if is_typo(text, values[other].ranked()[0][0])]
        if typos:
            best = max(typos, key=lambda other: (values[other].count, other))
            yield from ((values[best].ranked()[0], spelling) for spelling in value.ranked())


def _violation(
    column: Column, best: _Spelling, rare: _Spelling, source: Source, names: Mapping[Span, str]
) -> Violation:
    text, (place, *others) = rare
    spans = [locate(text, each.cell.content, source) for each in rare[1]]
    usual = f"{len(best[1])} other cells" if len(best[1]) > 1 else "another cell"
    return Violation(
        spans[0] or place.cell.span,
        fitted("Column “{}” has “{}” here, but “{}” in {}", column.header, text, best[0], usual),
        help=f"Write “{best[0]}” everywhere",
        entry=names.get(place.row.span, ""),
        related=(
            *(
                Related(span or each.cell.span, "Here too", too=True)
                for each, span in zip(others, spans[1:], strict=True)
            ),
            Related(best[1][0].cell.span, f"Here it is “{best[0]}”"),
        ),
        fix=_fix(text, best[0], spans),
        key=f"{column.header}: {text}",
    )


def _fix(old: str, new: str, spans: list[Span | None]) -> Fix | None:
    edits = tuple(Edit(span, new, replaces=old) for span in spans if span)
    if len(edits) < len(spans):
        return None
    return Fix(f"Write “{new}” instead of “{old}”", edits, Applicability.UNSAFE)


RULE = Rule("inconsistent-value", Group.COLUMN, check, severity=Severity.WARNING)

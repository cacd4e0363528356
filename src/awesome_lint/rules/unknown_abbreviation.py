"""A column uses an abbreviation that the list's legend does not define.

A legend ("NN: Neural Networks", "**US** - Ultrasound") is a promise to readers.  Contributors write the
abbreviation they are used to, and in time half of a column is not in the legend.

The rule finds out which columns a legend is about by its label ("Imaging Modality" and the column "Modality") and by
how many of the column's values it defines.  `CNN+RNN`, `US, CT`, `PET/CT` and `Diffusion MRI` are taken apart.
Each abbreviation is reported once, where it is first used, together with its other places.

Code at the ends of bullets, as in `` `MIT` `Go` ``, is read like columns where most bullets of a list have as many such
tags, and a legend that defines nearly all tags in one position is about them.

## Wrong

```markdown
*Modality:*

- US: Ultrasound
- CT: Computed Tomography
- MRI: Magnetic Resonance Imaging

| Paper | Modality |
| --- | --- |
| Alpha | US, CT |
| Beta | MRI |
| Gamma | X-ray |
```

## Right

```markdown
*Modality:*

- US: Ultrasound
- CT: Computed Tomography
- MRI: Magnetic Resonance Imaging

| Paper | Modality |
| --- | --- |
| Alpha | US, CT |
| Beta | Diffusion MRI |
| Gamma | - |
```

## Fix

Where the list itself spells the abbreviation out, in a heading, in brackets, or in the title of an entry that has it,
`--unsafe-fixes` adds the missing line to the legend, written like its last line.  `3D-CNN` is defined with its `3D`.

## Related rules

`unused-abbreviation`, `redefined-abbreviation`, `invalid-value`

## When to switch it off

If the legend explains only some abbreviations on purpose.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from awesome_lint.diagnostic import Applicability, Edit, Fix, Related, Severity, Violation
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._messages import fitted
from awesome_lint.semantic.columns import Column, ColumnCell
from awesome_lint.semantic.expansions import find_expansion
from awesome_lint.semantic.legend_binding import Binding, legends_of_tags
from awesome_lint.semantic.legends import Abbreviation, Legend
from awesome_lint.semantic.tags import Tag
from awesome_lint.semantic.titles import fold_title
from awesome_lint.semantic.vocabulary import Vocabulary
from awesome_lint.source import Source, Span
from awesome_lint.text.nearest import nearest

_LONGEST = 32
_MOST_WORDS = 4
"""Longer values are prose, and no legend defines prose."""
_LEAST_FOR_GUESS = 4
_LIKENESS = 75
_MOST_NAMED = 8
_MOST_COMPARED = 20_000
"""How many pairs of a value and a name are compared for one column."""


def check(context: Context) -> Iterator[Violation]:
    """Yield the values of *context* that the legend of their column lacks."""
    anywhere = Vocabulary(each.name for legend in context.legends for each in legend.abbreviations)
    # What the configuration allows in a column is the business of invalid-value.
    governed = {place.cell.span for place, schema in context.cells_with_schema if schema.restricts_values}
    definitions = _Definitions(context)
    for binding in context.bindings:
        names = [each.name for legend in binding.legends for each in legend.abbreviations]
        unknown = _unknown(_without(binding.column, governed), Vocabulary(names), anywhere)
        hints = _Hints(names, may_guess=len(unknown) * len(names) <= _MOST_COMPARED)
        for places in unknown.values():
            titles = definitions.titles_of(cell for _, cell in places)
            fix = definitions.fix(places[0][0], titles, binding.legends)
            yield _violation(binding, places, hints, context.document.source, fix)
    if context.legends:
        yield from _unknown_tags(context, anywhere, definitions)


def _unknown_tags(context: Context, anywhere: Vocabulary, definitions: _Definitions) -> Iterator[Violation]:
    """The tags at the ends of bullets that are not in the legend that defines nearly all of them."""
    for column in context.model.tags:
        legends = legends_of_tags(context.legends, column)
        names = [each.name for legend in legends for each in legend.abbreviations]
        defined = Vocabulary(names)
        unknown: defaultdict[str, list[tuple[str, Tag]]] = defaultdict(list)
        for tag in column.tags if legends else ():
            for text, name in defined.parts(tag.text):
                if name is None and text not in anywhere and not _is_prose(text):
                    unknown[fold_title(text) or text].append((text, tag))
        hints = _Hints(names, may_guess=len(unknown) * len(names) <= _MOST_COMPARED)
        for places in unknown.values():
            fix = definitions.fix(places[0][0], [tag.entry.title for _, tag in places], legends)
            yield _tag_violation(places, legends, hints, fix)


def _tag_violation(
    places: list[tuple[str, Tag]], legends: Sequence[Legend], hints: _Hints, fix: Fix | None
) -> Violation:
    (text, tag), *others = places
    return Violation(
        tag.span,
        fitted("“{}” at the end of “{}” is not in {}", text, tag.entry.title, _named(legends)),
        help=hints.help(text),
        entry=tag.entry.title,
        severity=Severity.WARNING,
        related=tuple(Related(other.span, "Here too", too=True) for _, other in others),
        fix=fix,
        key=f"{text} among tags",
    )


def _named(legends: Sequence[Legend]) -> str:
    label = legends[0].label
    return f"the legend “{label}”" if label and len(legends) == 1 else "its legend"


def _without(column: Column, spans: set[Span]) -> Column:
    return Column(column.header, tuple(each for each in column.cells if each.span not in spans))


def _unknown(column: Column, defined: Vocabulary, anywhere: Vocabulary) -> dict[str, list[tuple[str, ColumnCell]]]:
    """The values of *column* that no legend defines, folded, each as written, with the cell that holds it."""
    unknown: defaultdict[str, list[tuple[str, ColumnCell]]] = defaultdict(list)
    for cell in column.cells:
        texts = [text for text, name in defined.parts(cell.cell.text) if name is None and text not in anywhere]
        if any(map(_is_prose, texts)):
            continue
        for text in texts:
            if not fold_title(text).isdigit():
                unknown[fold_title(text) or text].append((text, cell))
    return unknown


def _is_prose(text: str) -> bool:
    """Whether *text*, a part of a value, is no name: then what is next to it is none either."""
    return len(text) > _LONGEST or len(text.split()) > _MOST_WORDS


class _Hints:
    """What to do about an unknown abbreviation; without *may_guess* only spellings of a name are recognised."""

    def __init__(self, names: Sequence[str], *, may_guess: bool) -> None:
        self._names = names
        self._by_spelling = {fold_title(name): name for name in names}
        self._may_guess = may_guess

    def help(self, text: str) -> str:
        """The advice for *text*."""
        meant = self._by_spelling.get(fold_title(text))
        if meant is None and self._may_guess and len(text) >= _LEAST_FOR_GUESS:
            meant = nearest(text, self._names, cutoff=_LIKENESS)
        if meant:
            return f"Write “{meant}”, or define it in the legend"
        some = ", ".join(self._names[:_MOST_NAMED]) + (", …" if len(self._names) > _MOST_NAMED else "")
        return f"Define it in the legend, or use one of: {some}"


class _Definitions:
    """The lines that the legends lack, as far as the list spells the abbreviations out itself."""

    def __init__(self, context: Context) -> None:
        self._source = context.document.source
        self._entries = context.entries
        self._headings = [heading.text for heading in context.document.headings]
        self._texts = [*self._headings, *(text for each in self._entries for text in (each.title, each.description))]

    def titles_of(self, cells: Iterable[ColumnCell]) -> list[str]:
        """The titles of the entries in whose rows *cells* stand."""
        spans = {each.cell.span for each in cells}
        return [each.title for each in self._entries if any(cell.span in spans for cell in each.fields.values())]

    def fix(self, name: str, titles: Sequence[str], legends: Sequence[Legend]) -> Fix | None:
        """What adds *name*, which the entries called *titles* have, to the only one of *legends*, as its last line."""
        meaning = find_expansion(name, self._headings, titles, self._texts)
        if meaning is None or len(legends) != 1:
            return None
        last = max(legends[0].abbreviations, key=lambda each: each.span)
        line = self._source.line_span(self._source.position(last.span.start).line)
        text = _like(self._source[line], last, name, meaning)
        if text is None:
            return None
        message = fitted("Define “{}” in the legend as “{}”", name, meaning)
        return Fix(message, (Edit(Span(line.end, line.end), f"\n{text}"),), Applicability.UNSAFE)


def _like(line: str, last: Abbreviation, name: str, meaning: str) -> str | None:
    """*line*, which defines *last*, with *name* and *meaning* in its place; None where it says more than that."""
    before, found, rest = line.partition(last.name)
    between, found_too, after = rest.partition(last.meaning)
    if not (last.meaning and found and found_too) or any(map(str.isalnum, before + between + after)):
        return None
    return f"{before}{name}{between}{meaning}{after}".rstrip()


def _violation(
    binding: Binding, places: list[tuple[str, ColumnCell]], hints: _Hints, source: Source, fix: Fix | None
) -> Violation:
    (text, value), *others = places
    return Violation(
        _place(text, value, source),
        fitted("“{}” in the column “{}” is not in {}", text, binding.column.header, _named(binding.legends)),
        help=hints.help(text),
        severity=Severity.WARNING,
        related=tuple(Related(_place(*other, source), "Here too", too=True) for other in others),
        fix=fix,
        key=f"{text} in {binding.column.header}",
    )


def _place(text: str, value: ColumnCell, source: Source) -> Span:
    start = source.text.find(text, value.span.start, value.span.end)
    return Span(start, start + len(text)) if start >= 0 else value.span


RULE = Rule("unknown-abbreviation", Group.ABBREVIATION, check, severity=Severity.WARNING)

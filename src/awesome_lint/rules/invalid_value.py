"""A value is not what the configuration allows in its column.

A year that is none, a licence that does not exist, a link where the name should stand: each is a mistake of the one
who added the row, and easy to put right at once.

The rule knows what is allowed from the configuration alone.  Empty cells are the business of `missing-value`; a
placeholder (`-`, `N/A`, `TBD`, `?`) is no value and passes, unless the column is `required` and has a list of `values`.

## Configuration

In the schema of a column of `[[tables]]`: `type` with `min` and `max`, `values`, `values-from = "legend"`, `pattern`,
`links`, `unique` (in a column of links: by where they lead), and the style of a text: `max-length`, `capital`,
`final-punctuation`, `banned-words`.  `separator` takes a cell with several values apart.

## Wrong

```toml
[[tables]]
columns.Year = { type = "year", min = 2015 }
columns.Auth = { values = ["apiKey", "OAuth", "No"] }
```

```markdown
| API | Year | Auth |
| --- | --- | --- |
| [Cats](https://example.org/cats) | 2014 | No |
| [Dogs](https://example.org/dogs) | 2016 | Oauth |
```

## Right

```toml
[[tables]]
columns.Year = { type = "year", min = 2015 }
columns.Auth = { values = ["apiKey", "OAuth", "No"] }
```

```markdown
| API | Year | Auth |
| --- | --- | --- |
| [Cats](https://example.org/cats) | 2015 | No |
| [Dogs](https://example.org/dogs) | 2016 | OAuth |
```

## Fix

A value that is allowed but for its case, white space or punctuation is spelled as it should be; that is safe.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property, reduce

from msgspec import Struct
from msgspec.structs import replace

from awesome_lint.diagnostic import Applicability, Edit, Fix, Related, Violation
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._style import style_faults
from awesome_lint.schema import ColumnSchema, ColumnType, LinkCount, is_plain
from awesome_lint.semantic.cells import locate
from awesome_lint.semantic.columns import ColumnCell
from awesome_lint.semantic.legends import Legend, names_match
from awesome_lint.semantic.values import EXPECTED, Value, parse_value
from awesome_lint.semantic.vocabulary import Vocabulary
from awesome_lint.source import Source, Span
from awesome_lint.text.canonical_urls import canonical_url
from awesome_lint.text.nearest import nearest
from awesome_lint.text.patterns import compile_pattern, fold_case
from awesome_lint.text.placeholders import Placeholder
from awesome_lint.text.spelling import spelling_key

_OF_LINKS = frozenset(
    {ColumnType.LINK, ColumnType.URL, ColumnType.EMAIL, ColumnType.ARXIV, ColumnType.DOI, ColumnType.GITHUB}
)
"""Types whose values may stand in a link's destination."""
_MOST_NAMED = 12


class _Problem(Struct, frozen=True):
    """What is wrong with a value: the rest of a sentence that begins with "The year of X"."""

    message: str
    help: str
    value: str = ""
    better: str | None = None


def check(context: Context) -> Iterator[Violation]:
    """Yield the values of *context* that the configuration does not allow."""
    source, names = context.document.source, context.entry_names
    legends = _Legends(context)
    yield from _undefined(context, legends)
    seen: dict[tuple[Span, int, str], ColumnCell] = {}
    for place, schema in context.cells_with_schema:
        kind = place.placeholder
        if kind is Placeholder.BLANK or (kind and not (schema.required and schema.values)):
            continue
        name = names.get(place.row.span, "")
        for fault in _faults(place, schema, legends, source):
            yield _violation(place, fault, name, source)
        if schema.unique:
            first = seen.setdefault((place.table.span, place.index, _unique_key(place, schema)), place)
            if first is not place:
                fault = _not_unique(place, first, source)
                mirrored = _violation(
                    first, _not_unique(first, place, source), names.get(first.row.span, ""), source
                ).message
                related = (Related(first.cell.span, "It stands here first", mirrored),)
                yield replace(_violation(place, fault, name, source), related=related)


def _not_unique(place: ColumnCell, other: ColumnCell, source: Source) -> _Problem:
    """What is wrong with *place* where *other* says the same."""
    line = source.position(other.row.span.start).line
    if fold_case(place.text) != fold_case(other.text):
        return _Problem(f"leads where that on line {line} does", "Give it a value of its own")
    when = " already" if other.row.span < place.row.span else ""
    return _Problem(f"is “{place.text}”, as on line {line}{when}", "Give it a value of its own")


def _unique_key(place: ColumnCell, schema: ColumnSchema) -> str:
    """What no two cells may share: where their links lead in a column of links, else their texts."""
    urls = [canonical_url(link.url) for link in place.cell.content.links if not link.image]
    return " ".join(urls) if urls and schema.type in _OF_LINKS else fold_case(place.text)


def _faults(place: ColumnCell, schema: ColumnSchema, legends: _Legends, source: Source) -> Iterator[_Problem]:
    yield from _link_faults(place, schema)
    if schema.type:
        yield from _type_faults(place, schema.type, schema)
    if schema.values_from:
        yield from _legend_faults(place, schema, legends)
    elif schema.values:
        yield from _vocabulary_faults(_unlisted(place, schema, source), schema.values)
    if schema.pattern is not None:
        pattern = compile_pattern(schema.pattern)
        for text in _parts(place.text, schema):
            if not pattern.matches(text):
                yield _Problem(f"is “{text}”, which is not of the required form", f"It must match {schema.pattern}")
    for _, message in style_faults(place.text, schema):
        yield _Problem(message, "Reword it")


def _parts(text: str, schema: ColumnSchema) -> list[str]:
    """The values that *text* holds."""
    parts = reduce(lambda found, mark: [part for text in found for part in text.split(mark)], schema.separators, [text])
    return [part.strip() for part in parts if part.strip()]


def _unlisted(place: ColumnCell, schema: ColumnSchema, source: Source) -> list[str]:
    """The values in *place* that the configuration does not list as they are written, with their markup."""
    shown, written = _parts(place.text, schema), _parts(source[place.cell.span], schema)
    if len(shown) != len(written):
        return shown
    return [text for text, raw in zip(shown, written, strict=True) if raw not in schema.values]


def _link_faults(place: ColumnCell, schema: ColumnSchema) -> Iterator[_Problem]:
    count = sum(not link.image for link in place.cell.content.links)
    if schema.links is LinkCount.NONE and count:
        yield _Problem("holds a link", "Leave the text, and put the link where it belongs")
    elif schema.links in (LinkCount.ONE, LinkCount.SOME) and not count:
        yield _Problem("holds no link", "Make it a link: [text](https://…)")
    elif schema.links is LinkCount.ONE and count > 1:
        yield _Problem(f"holds {count} links instead of one", "Keep one of them")


def _type_faults(place: ColumnCell, kind: ColumnType, schema: ColumnSchema) -> Iterator[_Problem]:
    urls = [link.url for link in place.cell.content.links if not link.image]
    texts: list[tuple[str, Sequence[str]]]
    if not schema.separators:
        texts = [(place.text, urls)]
    elif urls and kind in _OF_LINKS:
        texts = [(url, [url]) for url in urls]
    else:
        texts = [(part, ()) for part in _parts(place.text, schema)]
    for text, targets in texts:
        value = parse_value(kind, text, targets)
        if value is None:
            yield _Problem(f"is “{text}”, not {EXPECTED[kind]}", f"Write {EXPECTED[kind]}", text)
        elif schema.min is not None and _is_less(value, schema.min):
            yield _Problem(
                f"is {text}, before {schema.min}" if kind is ColumnType.DATE else f"is {text}, less than {schema.min}",
                f"At least {schema.min} is required",
                text,
            )
        elif schema.max is not None and _is_less(schema.max, value):
            yield _Problem(f"is {text}, more than {schema.max}", f"At most {schema.max} is allowed", text)


def _is_less(one: Value | date, other: Value | date) -> bool:
    """Whether *one* is less; a month is not less than a day in it, nor more."""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one < other
    texts = [each.isoformat() if isinstance(each, date) else str(each) for each in (one, other)]
    length = min(map(len, texts))
    return texts[0][:length] < texts[1][:length]


class _Legends:
    """What the legends of a document define for each column, looked up when it is needed."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._known: dict[str, tuple[list[str], Vocabulary]] = {}

    def of(self, header: str) -> tuple[list[str], Vocabulary]:
        """The names that are defined for the column *header*."""
        key = fold_case(header)
        if key not in self._known:
            found = [legend for legend in self._context.legends if names_match(legend.label, header)]
            found += (legend for column, legends in self._bound for legend in legends if column == key)
            names = list(dict.fromkeys(each.name for legend in found for each in legend.abbreviations))
            self._known[key] = names, Vocabulary(names)
        return self._known[key]

    @cached_property
    def _bound(self) -> list[tuple[str, tuple[Legend, ...]]]:
        return [(fold_case(binding.column.header), binding.legends) for binding in self._context.bindings]


def _legend_faults(place: ColumnCell, schema: ColumnSchema, legends: _Legends) -> Iterator[_Problem]:
    names, vocabulary = legends.of(place.header)
    if not names:
        return
    allowed = [*names, *schema.values]
    for text in _parts(place.text, schema) if schema.separators else [place.text]:
        if text not in schema.values:
            unknown = [part for part, name in vocabulary.parts(text) if name is None and part not in schema.values]
            yield from _vocabulary_faults(unknown, allowed)


def _undefined(context: Context, legends: _Legends) -> Iterator[Violation]:
    """The columns whose values should stand in a legend that is not there."""
    for table, schema in context.tables_with_schema:
        for index, column in schema.bind(table.columns).items():
            header = table.header.cells[index]
            if column.values_from and not legends.of(header.text)[0]:
                yield Violation(
                    header.span,
                    f"No legend of this document defines the values of the column “{header.text}”",
                    "Add a list of abbreviations whose label names the column",
                )


def _vocabulary_faults(texts: Sequence[str], allowed: Sequence[str]) -> Iterator[_Problem]:
    for text in texts:
        if text not in allowed:
            alike = [value for value in allowed if spelling_key(value) == spelling_key(text)]
            likest = alike[0] if alike else nearest(text, allowed)
            some = ", ".join(allowed[:_MOST_NAMED]) + (", …" if len(allowed) > _MOST_NAMED else "")
            help_text = f"Did you mean “{likest}”? Allowed are: {some}" if likest else f"Allowed are: {some}"
            yield _Problem(f"is “{text}”, which is not allowed", help_text, text, alike[0] if len(alike) == 1 else None)


def _violation(place: ColumnCell, fault: _Problem, name: str, source: Source) -> Violation:
    span = locate(fault.value, place.cell.content, source) if fault.value else None
    fix = None
    if span and fault.better and is_plain(fault.better):
        edit = Edit(span, fault.better, replaces=source[span])
        fix = Fix(f"Write “{fault.better}”", (edit,), Applicability.SAFE)
    return Violation(
        span or place.cell.span,
        f"The {place.header} of {f'“{name}”' if name else 'this row'} {fault.message}",
        fault.help,
        entry=name,
        fix=fix,
    )


RULE = Rule("invalid-value", Group.COLUMN, check)

"""A value is not what the configuration allows in its column.

“2O19” as a year, a licence that does not exist, a link in the column for names: such mistakes are easy to make, and
easy to correct while the row is being added.

Only the configuration says what is allowed.  `missing-value` reports empty cells.  Placeholders (`-`, `N/A`, `TBD`,
`?`) are accepted, unless the column is `required` and has a list of `values`.

## Configuration

In the schema of a column of `[[tables]]`: `type` with `min` and `max`, `values`, `values-from = "legend"`, `pattern`,
`pattern-not`, both with a `message` of your own, `links`, and the style of a text: `max-length`, `capital`,
`final-punctuation`, `banned-words`.  `separator` splits a cell that holds several values.  A `link` has link text; a
bare address is a `url`.

`unique = true` allows each value once in a table, `"section"` once under a heading, `"list"` once in the whole list; in
a column of links, their addresses are compared.  In `[[lists]]`, `unique = ["name", "url"]` does the same for the
bullets, and rows count with them where their columns are `unique = "list"`.

If one value rules out another in the same row, write a condition for the table:
`conditions = [{ when = { Status = ["open", "new"] }, forbid = ["Closed"] }]`.

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

A value that differs from an allowed one only in case, white space, punctuation or markup (`` `apiKey` ``) is replaced
by it.  That is safe.

## Related rules

`missing-value`, `unknown-abbreviation`

## When to switch it off

It reports nothing without a schema.  If a value is right after all, add it to the schema instead of ignoring the rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache, cached_property, reduce

from msgspec import Struct

from awesome_lint.diagnostic import Applicability, Edit, Fix, Related, Violation
from awesome_lint.markdown import Document, LinkKind, parse
from awesome_lint.regex import regex
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._conditions import forbidden_values
from awesome_lint.rules._messages import fitted
from awesome_lint.rules._style import style_faults
from awesome_lint.rules._unique import OF_LINKS, Repetition, UniqueValue, repetitions
from awesome_lint.schema import ColumnSchema, ColumnType, LinkCount, is_plain
from awesome_lint.semantic.cells import locate
from awesome_lint.semantic.columns import ColumnCell
from awesome_lint.semantic.legends import Legend, names_match
from awesome_lint.semantic.values import EXPECTED, Value, parse_value
from awesome_lint.semantic.vocabulary import Vocabulary
from awesome_lint.source import Source, Span
from awesome_lint.text.nearest import nearest
from awesome_lint.text.patterns import compile_pattern, fold_case
from awesome_lint.text.placeholders import Placeholder
from awesome_lint.text.spelling import spelling_key

_EMPHASIS = regex(r"[*_~]")
_MARKED = regex(r"`[^`|\\]+`|\*\*[^*`|\\]+\*\*|__[^_`|\\]+__|\*[^*`|\\]+\*|_[^_`|\\]+_")
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
    for place, schema in context.cells_with_schema:
        kind = place.placeholder
        if kind is Placeholder.BLANK or (kind and not (schema.required and schema.values)):
            continue
        name = names.get(place.row.span, "")
        for fault in _faults(place, schema, legends, source):
            yield _violation(place, fault, name, source)
    for found in forbidden_values(context):
        header, text = found.place.header, found.place.text
        yield Violation(
            found.place.cell.span,
            fitted("The {} of {} is “{}”, but must be empty when {}", header, found.subject, text, found.reason),
            "Remove it, or correct the rest of the row",
            entry=found.entry,
        )
    for repetition in repetitions(context):
        yield _repeated(repetition, context.document)


def _repeated(repetition: Repetition, document: Document) -> Violation:
    later, first = repetition.later, repetition.first
    return Violation(
        later.span,
        _not_unique(later, first, document),
        "Write another value",
        entry=later.name,
        related=(Related(first.span, "It is used here first", _not_unique(first, later, document)),),
    )


def _not_unique(value: UniqueValue, other: UniqueValue, document: Document) -> str:
    """What is wrong with *value* where *other* says the same."""
    where = f"line {document.source.position(other.origin.start).line}"
    section = document.section_at(other.origin.start)
    is_elsewhere = bool(section) and section != document.section_at(value.origin.start)
    where += f" under “{section[-1].text.strip()}”" if is_elsewhere else ""
    name = f"“{value.name}”" if value.name else "this row"
    if value.by_link:
        return fitted("The {} of {} has the same link as {}", value.label, name, where)
    when = " already" if other.origin < value.origin and not is_elsewhere else ""
    return fitted("The {} of {} is “{}”, as on {}", value.label, name, value.text, f"{where}{when}")


def _faults(place: ColumnCell, schema: ColumnSchema, legends: _Legends, source: Source) -> Iterator[_Problem]:
    yield from _link_faults(place, schema)
    if schema.type:
        yield from _type_faults(place, schema.type, schema)
    if schema.values_from:
        yield from _legend_faults(place, schema, legends)
    elif schema.values:
        yield from _vocabulary_faults(_unlisted(place, schema, source), schema.values)
    for text in _parts(place.text, schema):
        yield from _pattern_faults(text, schema)
    for _, message in style_faults(place.text, schema):
        yield _Problem(message, "Reword it")


def _pattern_faults(text: str, schema: ColumnSchema) -> Iterator[_Problem]:
    if schema.pattern is not None and not compile_pattern(schema.pattern).matches(text):
        why = f"must match {schema.pattern}"
    elif schema.pattern_not is not None and compile_pattern(schema.pattern_not).is_in(text):
        why = f"must not match {schema.pattern_not}"
    else:
        return
    said = f": {schema.message}" if schema.message is not None else ", which does not have the required form"
    help_text = f"Follow the configuration: the value {why}"
    yield _Problem(f"is “{text}”{said}", help_text, text if schema.separators else "")


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
        yield _Problem("contains a link", "Keep the text, and move the link to where it belongs")
    elif schema.links in (LinkCount.ONE, LinkCount.SOME) and not count and schema.type is not ColumnType.LINK:
        yield _Problem("contains no link", "Make it a link: [text](https://…)")
    elif schema.links is LinkCount.ONE and count > 1:
        yield _Problem(f"contains {count} links instead of one", "Keep one of them")


def _type_faults(place: ColumnCell, kind: ColumnType, schema: ColumnSchema) -> Iterator[_Problem]:
    links = [link for link in place.cell.content.links if not link.image]
    bare = [link for link in links if link.kind in (LinkKind.BARE, LinkKind.AUTOLINK)]
    if kind is ColumnType.LINK and bare and len(bare) == len(links):
        yield _Problem(f"is “{bare[0].text}”, not a link with text", f"Write [text]({bare[0].url})")
        return
    urls = [link.url for link in links]
    texts: list[tuple[str, Sequence[str]]]
    if not schema.separators:
        texts = [(place.text, urls)]
    elif urls and kind in OF_LINKS:
        texts = [(url, [url]) for url in urls]
    else:
        texts = [(part, ()) for part in _parts(place.text, schema)]
    for text, targets in texts:
        value = parse_value(kind, text, targets)
        if value is None:
            yield _Problem(f"is “{text}”, not {EXPECTED[kind]}", f"Write {EXPECTED[kind]}", text)
        elif schema.min is not None and _is_less(value, schema.min):
            yield _Problem(
                f"is {text}, {'before' if kind is ColumnType.DATE else 'below'} the minimum of {schema.min}",
                f"Write a value of at least {schema.min}",
                text,
            )
        elif schema.max is not None and _is_less(schema.max, value):
            side = "after" if kind is ColumnType.DATE else "above"
            message = f"is {text}, {side} the maximum of {schema.max}"
            yield _Problem(message, f"Write a value of at most {schema.max}", text)


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
    """The columns whose values should be in a legend that is not there."""
    for table, schema in context.tables_with_schema:
        for index, column in schema.bind(table.columns).items():
            header = table.header.cells[index]
            if column.values_from and not legends.of(header.text)[0]:
                yield Violation(
                    header.span,
                    fitted("No legend defines the values of the column “{}”", header.text),
                    "Add a list of abbreviations with the name of the column as its label",
                )


def _vocabulary_faults(texts: Sequence[str], allowed: Sequence[str]) -> Iterator[_Problem]:
    for text in texts:
        if text in allowed:
            continue
        if marked := [value for value in allowed if _shown(value) == text]:
            message = f"is “{text}”, which must be written {' or '.join(map(_quote_markup, marked))}"
            yield _Problem(message, f"Write {marked[0]}", text, marked[0] if len(marked) == 1 else None)
        else:
            alike = [value for value in allowed if spelling_key(value) == spelling_key(text)]
            likest = alike[0] if alike else nearest(text, allowed)
            some = ", ".join(allowed[:_MOST_NAMED]) + (", …" if len(allowed) > _MOST_NAMED else "")
            help_text = f"Write “{likest}”, or another of: {some}" if likest else f"Write one of: {some}"
            yield _Problem(f"is “{text}”, which is not allowed", help_text, text, alike[0] if len(alike) == 1 else None)


@cache
def _shown(value: str) -> str | None:
    """What a reader sees of *value*, None where that is the value as it stands."""
    if is_plain(value) and not _EMPHASIS.search(value):
        return None
    inlines = parse(Source(value)).inlines
    shown = inlines[0].text if len(inlines) == 1 else value
    return shown if shown != value else None


def _quote_markup(value: str) -> str:
    return f"`` {value} ``" if "`" in value else f"`{value}`"


def _violation(place: ColumnCell, fault: _Problem, name: str, source: Source) -> Violation:
    span = locate(fault.value, place.cell.content, source) if fault.value else None
    fix = None
    if span and fault.better and _may_be_written(fault.better, span, source):
        edit = Edit(span, fault.better, replaces=source[span])
        fix = Fix(f"Write “{fault.better}”", (edit,), Applicability.SAFE)
    return Violation(
        span or place.cell.span,
        fitted("The {} of {} {}", place.header, f"“{name}”" if name else "this row", fault.message),
        fault.help,
        entry=name,
        fix=fix,
    )


def _may_be_written(value: str, span: Span, source: Source) -> bool:
    """Whether *value* can take the place of what stands at *span*; markup only around plain text between spaces."""
    if _MARKED.fullmatch(value) is None:
        return is_plain(value)
    before, after = source.text[span.start - 1 : span.start], source.text[span.end : span.end + 1]
    return is_plain(source[span]) and not (before + after).strip().strip("|,;/")


RULE = Rule("invalid-value", Group.COLUMN, check)

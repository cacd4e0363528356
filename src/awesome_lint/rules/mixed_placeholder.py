"""A column marks missing values in several ways.

A dash in one row, an empty cell in the next and `N/A` in a third: readers wonder whether these differ, and programs
that read the list take one of them for a value.

Without configuration, only a clear convention counts: one placeholder fills nine in ten of at least ten cells without
a value, or two placeholders such as `-` and `--` or `\\` and `/` mean the same.  Words (`TBD`, `Coming soon`,
`unknown`) carry meaning, and in comparisons an empty cell may mean “not known”, so these are left alone.  There is one
finding per column, with all places.

## Wrong

```markdown
| Paper | Code |
| --- | --- |
| Alpha | -- |
| Beta | - |
| Gamma | - |
| Delta | - |
```

## Right

```markdown
| Paper | Code |
| --- | --- |
| Alpha | - |
| Beta | - |
| Gamma | - |
| Delta | - |
```

## Configuration

`placeholder` in a schema of `[[tables]]` says how a missing value is written; every other placeholder is then
reported.  An empty text means that the cell must be empty.

## Fix

The usual placeholder replaces the others.  That is safe if the schema names it, and unsafe otherwise.

## Related rules

`missing-value`, `inconsistent-value`

## When to switch it off

If different placeholders mean different things in the list, such as `-` for “none” and an empty cell for “not known”.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct

from awesome_lint.diagnostic import Applicability, Edit, Fix, Related, Severity, Violation
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._messages import fitted
from awesome_lint.schema import TableSchema
from awesome_lint.semantic.cells import locate
from awesome_lint.semantic.columns import Column, ColumnCell
from awesome_lint.semantic.conventions import is_convention
from awesome_lint.source import Source, Span
from awesome_lint.text.patterns import fold_case
from awesome_lint.text.placeholders import Placeholder, find_placeholder

_LEAST = 9
_SHARE = 0.9
"""How often a column marks missing values by one sign, and in which share of all such places, to be a convention."""
_LEAST_EMPTY = 19
_SHARE_EMPTY = 0.95
"""The same where most such cells are empty: a dash among them may be there on purpose."""


_MOST_NAMED = 3
"""How many ways a message names."""


class _Mixture(Struct, frozen=True):
    """A column that should mark missing values with ``sign`` and does not in ``places``."""

    column: Column
    sign: str
    places: list[ColumnCell]

    def violation(self, source: Source, message: str, help_text: str, applicability: Applicability) -> Violation:
        """What to report; *message* ends the sentence about the column."""
        first, *others = self.places
        edits = tuple(edit for place in self.places if (edit := _edit(place, self.sign, source)))
        return Violation(
            first.cell.span,
            fitted("Column “{}” {}", self.column.header, f"{_habit(self.places)}{message}"),
            help_text,
            related=tuple(Related(place.cell.span, "Here too", too=True) for place in others),
            key=self.column.header,
            fix=Fix(_instruction(self.sign), edits, applicability) if edits and "|" not in self.sign else None,
        )


def _edit(place: ColumnCell, sign: str, source: Source) -> Edit | None:
    """Write *sign* in *place*, between spaces where the cell held nothing, before the comments that it holds."""
    start, end = place.cell.span
    if place.cell.content.tags and not place.text:
        return None  # an anchor, which links may lead to
    if place.cell.content.comments:
        if not place.text:
            return Edit(Span(start, start), f"{sign} ")
        span = locate(place.text, place.cell.content, source)
        return Edit(span, sign, replaces=source[span]) if span else None
    following = bisect_left(place.row.pipes, end)
    if sign and start == end and 0 < following < len(place.row.pipes):
        room = Span(place.row.pipes[following - 1] + 1, place.row.pipes[following])
        return Edit(room, f" {sign} ", replaces=source[room])
    return Edit(place.cell.span, sign, replaces=source[place.cell.span])


def check(context: Context) -> Iterator[Violation]:
    """Yield the columns of *context* that mark missing values in several ways."""
    schemas = {table.span: schema for table, schema in context.tables_with_schema if schema.placeholder is not None}
    tables_of_entries = {entry.container.span for entry in context.entries}
    for column in context.columns:
        free: list[ColumnCell] = []
        configured: defaultdict[str, list[ColumnCell]] = defaultdict(list)
        for place in column.cells:
            schema = schemas.get(place.table.span)
            if schema is not None:
                configured[schema.placeholder or ""] += [place] * _contradicts(place, schema)
            elif place.table.span in tables_of_entries:
                free.append(place)
        for sign, places in configured.items():
            if places:
                help_text = f"{_instruction(sign)}, as configured"
                mixture = _Mixture(column, sign, places)
                yield mixture.violation(
                    context.document.source, f" instead of {_name(sign)}", help_text, Applicability.SAFE
                )
        if found := _convention(free):
            sign, count, places = found
            mixture = _Mixture(column, sign, places)
            help_text = f"Use one of them everywhere, such as {_name(sign)}"
            message = f", elsewhere {f'with “{sign}”' if sign else 'leaves them blank'} ({_times(count)})"
            if sign and not any(place.text for place in places):
                message = f", elsewhere marks them with “{sign}” ({_times(count)})"
            yield mixture.violation(context.document.source, message, help_text, Applicability.UNSAFE)


def _contradicts(place: ColumnCell, schema: TableSchema) -> bool:
    """Whether *place* marks a missing value in another way than *schema*, and is no value of the column."""
    if place.placeholder in (None, Placeholder.UNKNOWN) or place.text == schema.placeholder:
        return False
    column = schema.bind(place.table.columns).get(place.index)
    return column is None or fold_case(place.text) not in map(fold_case, column.values)


def _convention(places: Sequence[ColumnCell]) -> tuple[str, int, list[ColumnCell]] | None:
    """The sign that marks missing values in *places*, how often, and where another does; None where all agree."""
    signs = [place for place in places if (kind := place.placeholder) and kind.is_sign]
    counts = Counter(place.text for place in signs)
    best, wrong = _deviants(counts)
    found = [place for place in signs if place.text in wrong]
    return (best, counts[best], found) if found else None


def _deviants(counts: Counter[str]) -> tuple[str, set[str]]:
    """The sign that is the convention, and those that should be it."""
    best, most = next(iter(counts.most_common(1)), ("", 0))
    least, share = (_LEAST, _SHARE) if best else (_LEAST_EMPTY, _SHARE_EMPTY)
    if is_convention(most, counts.total(), least=least, share=share):
        # Where cells are left empty, “not applicable” may say more.
        others = {sign for sign in counts if sign != best}
        return best, {sign for sign in others if best or find_placeholder(sign) is not Placeholder.NOT_APPLICABLE}
    kinds = {sign: find_placeholder(sign) for sign in counts}
    for kind in (Placeholder.DASH, Placeholder.SLASH, Placeholder.NOT_APPLICABLE):
        ranked = [(sign, count) for sign, count in counts.most_common() if kinds[sign] is kind]
        if len(ranked) > 1 and ranked[0][1] > ranked[1][1]:
            return ranked[0][0], {sign for sign, _ in ranked[1:]}
    return best, set()


def _habit(places: Sequence[ColumnCell]) -> str:
    """How a column marks missing values in *places*: "marks missing values with “-” (3 times) and “--” (once)"."""
    if not any(place.text for place in places):
        return f"leaves missing values blank ({_times(len(places))})"
    return f"marks missing values with {_name_all(places)}"


def _instruction(sign: str) -> str:
    return f"Write “{sign}”" if sign else "Leave the cell blank"


def _name_all(places: Sequence[ColumnCell]) -> str:
    """What *places* hold, and how often: “-” (3 times) and “--” (once)."""
    counts = Counter(place.text for place in places).most_common()
    parts = [f"{_name(sign)} ({_times(count)})" for sign, count in counts[:_MOST_NAMED]]
    if len(counts) > _MOST_NAMED:
        parts.append(f"{len(counts) - _MOST_NAMED} more")
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if parts[1:] else parts[0]


def _name(sign: str) -> str:
    return f"“{sign}”" if sign else "a blank cell"


def _times(count: int) -> str:
    return f"{count} times" if count > 1 else "once"


RULE = Rule("mixed-placeholder", Group.COLUMN, check, severity=Severity.WARNING)

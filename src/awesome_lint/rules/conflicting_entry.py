"""The list contradicts itself about an entry.

A paper is listed in two sections, and only one of the rows was updated when it was published: one says arXiv, the other
ICLR.  Readers cannot know which is right.

The rule compares rows with the same title and the same link, in the columns for year, date and venue that both have.
An abbreviation, a venue with and without its year, and `arXiv` and `preprint` do not contradict each other, and an
empty cell contradicts nothing.  Links are compared where title, year and venue agree and both lead to one site: two
arXiv papers or two repositories; a preprint and the published paper may have different links.

A paper has one title: two long titles that lead to the same arXiv number or DOI are reported, unless one of them is the
other one shortened or reworded.  Short names, such as those of data sets, are left alone.

## Wrong

```markdown
## Training

| Paper | Venue | Year |
| --- | --- | --- |
| [Generative Pretraining in Multimodality](https://arxiv.org/abs/2307.05222) | arXiv | 2023 |

## Models

| Paper | Venue | Year |
| --- | --- | --- |
| [Generative Pretraining in Multimodality](https://arxiv.org/abs/2307.05222) | ICLR | 2024 |
```

## Right

```markdown
## Training

| Paper | Venue | Year |
| --- | --- | --- |
| [Generative Pretraining in Multimodality](https://arxiv.org/abs/2307.05222) | ICLR | 2024 |

## Models

| Paper | Venue | Year |
| --- | --- | --- |
| [Generative Pretraining in Multimodality](https://arxiv.org/abs/2307.05222) | ICLR (Oral) | 2024 |
```

## Related rules

`duplicate-entry`, `near-duplicate-entry`, `inconsistent-value`

## When to switch it off

If rows with one title and link describe different things, such as the editions of a yearly event, ignore the rule or
list the pair under `[[allow]]`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from awesome_lint.diagnostic import Related, Severity, Violation
from awesome_lint.markdown import Cell, Row, Table
from awesome_lint.regex import regex
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._messages import fitted
from awesome_lint.schema import ColumnType
from awesome_lint.semantic.entries import Entry, fold_title
from awesome_lint.semantic.headers import says_date, says_venue
from awesome_lint.semantic.titles import is_long_title, is_undivided
from awesome_lint.semantic.values import parse_value
from awesome_lint.semantic.vocabulary import names_something
from awesome_lint.source import Source, Span
from awesome_lint.text.canonical_urls import canonical_url
from awesome_lint.text.dates import find_years

_PREPRINTS = ("rxiv", "preprint", "openreview", "ssrn", "eprint", "submitted")
_LONG_TITLE_WORDS = 4
"""The fewest words of a title: fewer than elsewhere, for both rows must name a date or a venue as well."""
_REWORDED = 0.8
"""Two titles that share this part of the words of the shorter one may be one title in two versions."""
_MOST_TITLES = 3
"""A paper that more titles lead to is a reference that these entries share."""
_WORD = regex(r"[^\W_]+")
_SMALL_WORDS = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "via", "with"])


class _Record(Struct, frozen=True):
    """What a row says: its entry, and the cells of its columns for dates and venues under their folded headers."""

    entry: Entry
    title: str
    url: str
    dates: dict[str, Cell]
    venues: dict[str, Cell]


def check(context: Context) -> Iterator[Violation]:
    """Yield the rows of *context* that an earlier one contradicts."""
    source = context.document.source
    same_link: dict[tuple[str, str], _Record] = {}
    same_data: dict[tuple[object, ...], _Record] = {}
    for record in _records(context.entries):
        if record.url:
            first = same_link.setdefault((record.title, record.url), record)
            pairs = _contradicted(record, first) if first.entry.container.span != record.entry.container.span else []
            if pairs:
                names = {cell.span: name for name, cell in record.entry.fields.items()}
                here = " and ".join(f"“{_plain(cell.text)}” as {_plain(names[cell.span])}" for cell, _ in pairs)
                there = " and ".join(f"“{_plain(cell.text)}”" for _, cell in pairs)
                yield _violation((record, pairs[0][0].span), first, f"has {here} here, but {there}", source)
        data, place = _data(record), _place(record.entry)
        if data and place:
            first = same_data.setdefault((data, place[0]), record)
            other = _place(first.entry)
            # duplicate-entry reports what is listed twice in one table.
            is_near = first.entry.container.span == record.entry.container.span and is_long_title(record.entry.title)
            if other and other[1] != place[1] and not is_near:
                message = f"leads to {place[1]} here, but to {other[1]}"
                yield _violation((record, record.entry.place), first, message, source)
    yield from _shared_numbers(context.entries, source)


def _shared_numbers(entries: Sequence[Entry], source: Source) -> Iterator[Violation]:
    """The entries that lead to the arXiv paper or DOI of an earlier one with another title."""
    by_number: dict[str, dict[str, Entry]] = {}
    for entry in entries:
        number = canonical_url(entry.url).partition("#")[0] if entry.link and not entry.is_prose else ""
        if number.startswith(("arxiv:", "doi:")) and is_long_title(entry.title, _LONG_TITLE_WORDS):
            by_number.setdefault(number, {}).setdefault(fold_title(entry.title), entry)
    for number, titles in by_number.items():
        first, *others = titles.values()
        for later in others if len(titles) <= _MOST_TITLES else ():
            if _are_different(first.title, later.title):
                kind, _, name = number.partition(":")
                line = source.position(first.span.start).line
                yield Violation(
                    later.place,
                    fitted(
                        "“{}” leads to {}, as does “{}” on line {}",
                        later.title,
                        f"{_KINDS[kind]} {name}",
                        first.title,
                        f"{line}",
                    ),
                    "Correct the wrong link, or use the work's current title",
                    entry=later.title,
                    related=(Related(first.place, "This is the other one"),),
                )


_KINDS = {"arxiv": "arXiv", "doi": "DOI"}


def _are_different(one: str, other: str) -> bool:
    """Whether two titles are those of two works; in two scripts they may be translations."""
    if is_undivided(one) or is_undivided(other):
        return False
    words = [{word.lower() for word in _WORD.findall(title)} - _SMALL_WORDS for title in (one, other)]
    return len(words[0] & words[1]) < _REWORDED * min(map(len, words))


def _records(entries: Sequence[Entry]) -> Iterator[_Record]:
    """The intact rows with long titles."""
    columns: dict[int, tuple[list[tuple[int, str]], list[tuple[int, str]]]] = {}
    for entry in entries:
        table, row = entry.container, entry.origin
        if not isinstance(table, Table) or not isinstance(row, Row) or len(row.cells) != len(table.header.cells):
            continue
        if not is_long_title(entry.title, _LONG_TITLE_WORDS):
            continue
        if id(table) not in columns:
            columns[id(table)] = _columns(table, says_date), _columns(table, says_venue)
        dates, venues = (
            {name: row.cells[index] for index, name in found if names_something(row.cells[index].text)}
            for found in columns[id(table)]
        )
        if dates or venues:
            is_known = entry.link is not None and not entry.url.startswith("#")
            url = canonical_url(entry.url) if is_known else ""
            yield _Record(entry, fold_title(entry.title), url, dates, venues)


def _columns(table: Table, wanted: Callable[[str], bool]) -> list[tuple[int, str]]:
    """The columns whose header is *wanted*, each with its folded header."""
    return [(index, fold_title(name)) for index, name in enumerate(table.columns) if wanted(name)]


def _contradicted(record: _Record, first: _Record) -> list[tuple[Cell, Cell]]:
    """The cells of *record* that say something else than those of *first*, each with the other one."""
    return [
        (cell, there[header])
        for here, there, agree in (
            (record.dates, first.dates, _dates_agree),
            (record.venues, first.venues, _venues_agree),
        )
        for header, cell in here.items()
        if header in there and not agree(cell.text, there[header].text)
    ]


def _plain(text: str) -> str:
    return " ".join(text.split())


def _dates_agree(one: str, other: str) -> bool:
    """Whether two dates are one, as far as both are known."""
    dates = [parse_value(ColumnType.DATE, text) for text in (one, other)]
    if all(dates):
        first, second = map(str, dates)
        return first.startswith(second) or second.startswith(first)
    return any(dates) or fold_title(one) == fold_title(other)


def _venues_agree(one: str, other: str) -> bool:
    """Whether two venues may be one: an abbreviation has some letters of the name, in their order."""
    years = [{*find_years(text)} for text in (one, other)]
    if all(years) and years[0].isdisjoint(years[1]):
        return False
    keys = [re.sub(r"[\W\d_]+", "", text.lower()) for text in (one, other)]
    if all(any(preprint in key for preprint in _PREPRINTS) for key in keys):
        return True
    shorter, longer = sorted(keys, key=len)
    letters = iter(longer)
    return all(letter in letters for letter in shorter)


def _data(record: _Record) -> tuple[object, ...]:
    """What makes two rows describe one work: title, date and venue; empty where one is missing."""
    if not record.dates or not record.venues:
        return ()
    values = [
        sorted((key, fold_title(cell.text)) for key, cell in cells.items()) for cells in (record.dates, record.venues)
    ]
    return (record.title, *map(tuple, values))


def _place(entry: Entry) -> tuple[str, str] | None:
    """The site and the name there of the paper or repository to which *entry* leads; None where it is neither."""
    for kind in (ColumnType.ARXIV, ColumnType.GITHUB):
        if entry.link and (name := parse_value(kind, "", [entry.url])):
            return kind, str(name).lower()
    return None


def _violation(place: tuple[_Record, Span], first: _Record, message: str, source: Source) -> Violation:
    record, span = place
    line, here = source.position(first.entry.span.start).line, source.position(span.start).line
    mirrored = fitted("“{}” has different values on line {}", first.entry.title, f"{here}")
    return Violation(
        span,
        fitted("“{}” {} on line {}", record.entry.title, message, f"{line}"),
        "Correct the one that is wrong",
        entry=record.entry.title,
        related=(Related(first.entry.place, "This is the other one", mirrored),),
    )


RULE = Rule("conflicting-entry", Group.ENTRY, check, severity=Severity.WARNING)

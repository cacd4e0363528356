"""The same entry is in the list twice.

Two people add the same paper a year apart, or a row is copied to start a new one and stays.  Readers count it
twice, and corrections reach only one of the two.

Two entries are the same if their titles are equal (case, punctuation and white space aside) and their links lead
to the same place: the scheme, `www.`, a trailing slash, tracking parameters, `.git`, arXiv's `abs`, `pdf` and versions
and DOI hosts make no difference.  Where one of them has no link, a long title alone will do.  Within a table or a
list that is an error; in different sections it is only info, as many lists do so on purpose.  News, picks
("Trending", "Must read") and people are not compared across sections.  A long title that is listed twice in one table
or list with different links, everything else agreeing, is a warning.

The same link under different titles is not a duplicate: several things often share a page.  Neither are

- rows that differ in another column of names or, if the name is short, in their other links;
- bullets that link to different works after the same name: `[tool](…): [A long title](…)`;
- job offers, unless all their cells are the same: one company may have several;
- rows that differ in a number (a size, a score): these are variants of one thing.  Rows that differ in a column with
  few different values (a backbone, a category) are a warning, or ignored if the table has many of them.

Bullets that are sentences with a link in them name nothing and are not compared.

## Wrong

```markdown
| Paper | Year |
| --- | --- |
| [U-Net](https://arxiv.org/abs/1505.04597) | 2015 |
| [U-net](http://www.arxiv.org/pdf/1505.04597v1.pdf) | 2015 |
```

## Right

```markdown
| Core | Page |
| --- | --- |
| L10 | [Website](https://example.com/cores) |
| L30 | [Website](https://example.com/cores) |
```

## Options

`cross-section` (default `true`): whether entries in different tables and lists are compared.

`same-address` (default `false`): whether entries with different titles are duplicates, too, if their links lead to
the same place.

`cross-file` (default `false`): whether entries are compared with those of the other files of the configuration, too:
the Markdown files in its folder and below that a check of this folder reads and in which this rule runs, whether they
are checked or not.  Each finding names the place in the other file.  Files that list the same entries on
purpose, `[[siblings]]`, are not compared, nor are links into the repository.

## Related rules

`near-duplicate-entry`, `conflicting-entry`, `missing-in-sibling`

## When to switch it off

If the list shows entries twice on purpose within one table or list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Set
from enum import Enum, auto

from msgspec import Struct
from msgspec.structs import replace

from awesome_lint.diagnostic import Related, Severity, Shared, Violation
from awesome_lint.markdown import Document, Heading, List, Row, Table
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._copied_rows import BARE_URL, address_key, copied_rows
from awesome_lint.rules._elsewhere import listed_elsewhere
from awesome_lint.rules._messages import fitted
from awesome_lint.rules._unique import repetitions
from awesome_lint.rules._variants import Difference, Tables
from awesome_lint.semantic.comparable import comparable, is_selected
from awesome_lint.semantic.entries import Entry
from awesome_lint.semantic.passages import Passage, Passages, Shape
from awesome_lint.semantic.titles import fold_title, is_label, is_long_title, naming_columns
from awesome_lint.source import Span, Spans
from awesome_lint.text.dates import find_years

_LEAST_VARIANTS = 3
_VARIANTS = 0.1
"""How many entries of one table repeat a name with other values, and which share, before it is a table of variants."""


class Options(Struct, frozen=True):
    """What is compared."""

    cross_section: bool = True
    """Whether entries in different tables and lists are compared as well."""
    same_address: bool = False
    """Whether entries with different titles are duplicates if their links lead to the same place."""
    cross_file: bool = False
    """Whether entries are also compared with those of the configuration's other files."""


def check(context: Context, options: Options) -> Iterator[Violation]:
    """Yield the entries of *context* that it has already."""
    said = {each.later.origin: each.later.span for each in repetitions(context)}
    origins = Spans(said)
    for violation in _find(context, options):
        origin = origins.at(violation.span.start)
        yield replace(violation, explained_by=said[origin]) if origin else violation


def _find(context: Context, options: Options) -> Iterator[Violation]:
    document = context.document
    copies = dict(copied_rows(document))
    entries = {entry.span: entry for entry in context.entries}
    for later, first in copies.items():
        entry = entries.get(later)
        title = entry.title if entry and fold_title(entry.title) else ""
        yield _within(document, entry.place if entry else later, title, first, "table")
    listings = _listings(context.entries)
    repeats = [repeat for repeat in _repeats(listings) if repeat.later.entry.span not in copies]
    yield from _repeated_within(document, [repeat for repeat in repeats if repeat.is_near], listings)
    if options.cross_section:
        across = [repeat for repeat in repeats if not repeat.is_near and not _is_selection(repeat)]
        yield from _repeated_across(document, across)
    if options.same_address:
        reported = {repeat.later.entry.span for repeat in repeats} | copies.keys()
        yield from _renamed(context, reported, options)
    if options.cross_file and context.facts.elsewhere:
        yield from listed_elsewhere(context.facts.elsewhere, context.entries, same_address=options.same_address)


def _renamed(context: Context, reported: Set[Span], options: Options) -> Iterator[Violation]:
    """The entries that lead where an earlier one of another title does, and are not *reported* already."""
    document, seen = context.document, dict[tuple[str, Span | None], Entry]()
    for entry in context.entries:
        address = address_key(entry.url) if entry.link and not entry.url.startswith("#") and not entry.is_prose else ""
        first = seen.setdefault((address, None if options.cross_section else entry.container.span), entry)
        if address and first is not entry and entry.span not in reported:
            line, here = (document.source.position(each.span.start).line for each in (first, entry))
            mirrored = fitted("“{}” has the same link as “{}” (line {})", first.title, entry.title, f"{here}")
            yield Violation(
                entry.place,
                fitted("“{}” has the same link as “{}” (line {})", entry.title, first.title, f"{line}"),
                help="Keep one of them, or give them different links",
                entry=entry.title,
                related=(Related(first.place, "It is listed here first", mirrored),),
            )


class _Listing(Struct, frozen=True):
    """An entry with its keys.

    ``url`` is empty where it is not known for certain; ``identity`` is what else tells it from an entry of the same
    name in its table: the text beside the name and the other columns that name something.
    """

    entry: Entry
    title: str
    url: str
    identity: tuple[str, ...]

    @property
    def container(self) -> Span:
        """Where the table or list stands."""
        return self.entry.container.span


class _Kind(Enum):
    """How an entry repeats another one."""

    NEAR = auto()
    """In the same table or list."""
    MOVED = auto()
    """There as well, under a long title, with another link."""
    FAR = auto()
    """In another table or list."""


class _Repeat(Struct, frozen=True):
    """A listing and an earlier one of the same entry."""

    later: _Listing
    first: _Listing
    kind: _Kind

    @property
    def is_near(self) -> bool:
        """Whether they are in one table or list."""
        return self.kind is not _Kind.FAR


class _Seen:
    """The listings of one entry so far."""

    def __init__(self, first: _Listing) -> None:
        self._first = first
        self._near: dict[Span, dict[tuple[str, ...], _Listing]] = {}

    def repeat(self, listing: _Listing) -> _Repeat | None:
        """How *listing* repeats one of these; None where its own table or list holds it as another thing only."""
        near = self._near.get(listing.container)
        if near is None:
            return _Repeat(listing, self._first, _Kind.FAR)
        first = near.get(listing.identity)
        return _Repeat(listing, first, _Kind.NEAR) if first else None

    def add(self, listing: _Listing) -> None:
        """Remember *listing*."""
        self._near.setdefault(listing.container, {}).setdefault(listing.identity, listing)


def _listings(entries: tuple[Entry, ...]) -> list[_Listing]:
    """The entries that can be compared; a label, a number or two letters as a title tell nothing."""
    listings: list[_Listing] = []
    columns: dict[Span, list[int]] = {}
    for entry in comparable(entries):
        identity: tuple[str, ...] = ()
        if isinstance(entry.container, Table) and isinstance(entry.origin, Row):
            if entry.container.span not in columns:
                columns[entry.container.span] = naming_columns(entry.container)
            identity = _identity(entry.origin, entry.place, columns[entry.container.span])
        elif isinstance(entry.origin, Passage) and entry.origin.shape is Shape.HTML_ROW:
            identity = (fold_title(entry.origin.content.text),)
        # A broken link may have lost a part of its destination; one to this document says where a work is discussed.
        is_known = entry.link is not None and not entry.url.startswith("#")
        listings.append(_Listing(entry, fold_title(entry.title), address_key(entry.url) if is_known else "", identity))
    return listings


def _identity(row: Row, place: Span, columns: list[int]) -> tuple[str, ...]:
    """The names in *row*; that one link is called "abs" and the other "pdf" names nothing."""
    names = [cell.text for column, cell in enumerate(row.cells) if column in columns or cell.span == place]
    return tuple("" if is_label(name) else fold_title(BARE_URL.sub("", name)) for name in names)


_ANY_URL = "*"


def _repeats(listings: list[_Listing]) -> Iterator[_Repeat]:
    index: dict[tuple[str, str], _Seen] = {}
    long: dict[tuple[str, Span, tuple[str, ...]], _Listing] = {}
    for listing in listings:
        is_long = is_long_title(listing.entry.title)
        urls = [listing.url] if listing.url else []
        if is_long:
            urls.append("" if listing.url else _ANY_URL)
        seen = next((index[listing.title, url] for url in urls if (listing.title, url) in index), None)
        repeat = seen.repeat(listing) if seen else None
        if is_long and not (repeat and repeat.is_near) and listing.url:
            first = long.setdefault((listing.title, listing.container, listing.identity), listing)
            if first is not listing and _is_one_work(moved := _Repeat(listing, first, _Kind.MOVED)):
                repeat = moved
        if repeat and (repeat.first.url == listing.url != "" or not repeat.is_near or _agree(repeat)):
            yield repeat
        for url in (listing.url, _ANY_URL):
            index.setdefault((listing.title, url), _Seen(listing)).add(listing)


def _agree(repeat: _Repeat) -> bool:
    """Whether two rows with different links, or none, say much the same beside their titles: two ranks do not."""
    later, first = repeat.later.entry.origin, repeat.first.entry.origin
    if not isinstance(later, Row) or not isinstance(first, Row):
        return True
    pairs = [(a.text.strip(), b.text.strip()) for a, b in zip(later.cells, first.cells, strict=False)]
    both = [a == b for a, b in pairs if a and b]
    # The title itself is one of them.
    return 2 * (sum(both) - 1) >= len(both) - 1 and sum(both) > 1


def _is_one_work(repeat: _Repeat) -> bool:
    """Whether two entries of one long title and two links are one work: editions and bullets by two authors are not."""
    entries = (repeat.later.entry, repeat.first.entry)
    if all(entry.fields for entry in entries):
        years = [{year for cell in entry.fields.values() for year in find_years(cell.text)} for entry in entries]
        return not all(years) or not years[0].isdisjoint(years[1])
    later, first = (fold_title(entry.description) for entry in entries)
    return later == first or not (later and first)


def _repeated_within(document: Document, repeats: list[_Repeat], listings: list[_Listing]) -> Iterator[Violation]:
    sizes = Counter(listing.container for listing in listings)
    tables = Tables()
    differences = [tables.difference(repeat.later.entry, repeat.first.entry) for repeat in repeats]
    variants = Counter(repeat.later.container for repeat, found in zip(repeats, differences, strict=True) if found)
    for repeat, difference in zip(repeats, differences, strict=True):
        entry, container = repeat.later.entry, repeat.later.container
        is_usual = variants[container] >= max(_LEAST_VARIANTS, _VARIANTS * sizes[container])
        if severity := _severity(repeat, difference, is_usual=is_usual):
            kind = _kind(entry.container)
            found = _within(document, entry.place, entry.title, repeat.first.entry.span, kind)
            yield replace(_with_other_link(found) if repeat.kind is _Kind.MOVED else found, severity=severity)


def _kind(container: Table | List | Passages) -> str:
    if isinstance(container, Table):
        return "table"
    return "section" if isinstance(container, Passages) else "list"


def _severity(repeat: _Repeat, difference: Difference | None, *, is_usual: bool) -> Severity | None:
    """How bad it is that an entry is listed twice in its table or list; None if the two are different things."""
    if repeat.kind is _Kind.MOVED:
        return None if difference else Severity.WARNING
    if difference is Difference.CHOICE:
        return None if is_usual else Severity.WARNING
    if difference is Difference.LINK and is_long_title(repeat.later.entry.title):
        return Severity.ERROR
    return None if difference else Severity.ERROR


def _within(document: Document, place: Span, title: str, first: Span, kind: str) -> Violation:
    line, here = document.source.position(first.start).line, document.source.position(place.start).line
    mirrored = fitted("“{}” is listed twice in this {} (again on line {})", title, kind, f"{here}")
    message = fitted("“{}” is listed twice in this {} (first on line {})", title, kind, f"{line}")
    return Violation(
        place,
        message if title else f"This row repeats line {line}",
        help="Remove one of them, or give them different names if they are different things",
        entry=title,
        related=(Related(first, "It is listed here first", mirrored if title else f"Line {here} repeats this row"),),
    )


def _with_other_link(found: Violation) -> Violation:
    return replace(
        found,
        help="Keep the one with the right link, unless they are different works",
        note="The two have different links",
    )


def _repeated_across(document: Document, repeats: list[_Repeat]) -> Iterator[Violation]:
    for repeat in repeats:
        later, first = repeat.later.entry, repeat.first.entry
        line, here = (document.source.position(entry.span.start).line for entry in (first, later))
        mirrored = _also(first.title, later.section, first.section, here)
        yield Violation(
            later.place,
            _also(later.title, first.section, later.section, line),
            help="Keep one of them, unless it is listed in both places on purpose",
            entry=later.title,
            severity=Severity.INFO,
            shared=Shared("across", "{count} entries are listed in several sections"),
            related=(Related(first.place, "It is listed here first", mirrored),),
        )


def _is_selection(repeat: _Repeat) -> bool:
    """Whether one of the two stands where the author does not list, but points."""
    return is_selected(repeat.first.entry) or is_selected(repeat.later.entry)


def _also(title: str, there: tuple[Heading, ...], here: tuple[Heading, ...], line: int) -> str:
    """That the entry with *title*, which stands under *here*, is also listed under *there*, on *line*."""
    if not there:
        return fitted("“{}” is also listed on line {}", title, f"{line}")
    if there == here:
        return fitted("“{}” is also listed in this section (line {})", title, f"{line}")
    # Some headings end in a link back to the top.
    name = there[-1].text.partition("[")[0].strip() or there[-1].text.strip()
    return fitted("“{}” is also listed under “{}” (line {})", title, name, f"{line}")


RULE = Rule("duplicate-entry", Group.ENTRY, check, options=Options)

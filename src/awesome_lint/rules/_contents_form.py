"""The form that a configuration requires of a table of contents: what it lists, in which order, by which names."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from awesome_lint.diagnostic import Applicability, Edit, Fix, Related, Severity, Violation
from awesome_lint.markdown import Document, Heading, LinkKind, List
from awesome_lint.regex import regex
from awesome_lint.rules._messages import fitted
from awesome_lint.rules._outline import Outline, insertion, is_plain_text
from awesome_lint.semantic.toc import Contents, ContentsItem, is_contents_title, lists_of
from awesome_lint.source import Source, Span
from awesome_lint.text.patterns import glob_matches

_SHORTCODE = regex(r":[a-z0-9_+-]+:")
_EMPTY_BRACKETS = regex(r"\[\s*\]|\(\s*\)")
_LEAST_ORDERED = 4
"""How many items of a list must be in the order of their sections before one that does not is misplaced."""


class Options(Struct, frozen=True, kw_only=True):
    """What a table of contents must be like."""

    complete: bool = False
    """Whether there must be one that lists all sections after it, down to `depth`, or as deep as it goes."""
    exclude: tuple[str, ...] = ()
    """Globs for sections that need not be listed, nor any within them, ignoring case: `"License"`, `"Contribut*"`."""
    depth: int | None = None
    """How many levels of sections must be listed; 1 means the outermost ones after the contents."""
    max_depth: int | None = None
    """The maximum number of levels that may be listed."""
    order: bool = False
    """Whether the items must be in the order of the sections."""
    text: bool = False
    """Whether an item must have the same name as its section, ignoring symbols and emoji."""
    first: bool = False
    """Whether the title of the list must be the only heading before the contents."""
    title: str | None = None
    """The heading of the contents, such as `Contents`, ignoring symbols and emoji."""


def missing_contents(document: Document, options: Options) -> Iterator[Violation]:
    """Yield a violation where the configuration requires contents, for a *document* that has none."""
    if options.complete:
        first = document.headings[0].content.span if document.headings else Span(0, 0)
        yield Violation(
            first, "There is no table of contents", "Add a list with a link to each section", severity=_ERROR
        )


def check_form(outline: Outline, options: Options) -> Iterator[Violation]:
    """Yield what of the contents is not as *options* require."""
    levels = _Levels(outline, options)
    if options.complete:
        yield from _incomplete(outline, options, levels)
    if levels.most is not None:
        yield from _too_deep(outline, levels.most)
    if options.text:
        yield from _renamed(outline.contents.items)
    yield from _disordered(outline, is_required=options.order)
    yield from _misplaced(outline, options)


_ERROR = Severity.ERROR


class _Levels:
    """The levels of headings that the contents lists, or has to."""

    def __init__(self, outline: Outline, options: Options) -> None:
        listed = [item.heading.level for item in outline.contents.items if item.heading]
        self.top = min((heading.level for heading in outline.headings), default=1)
        self.most = options.depth or options.max_depth
        self.deepest = self.top + options.depth - 1 if options.depth else max(listed, default=self.top)
        if options.max_depth:
            self.deepest = min(self.deepest, self.top + options.max_depth - 1)


def _incomplete(outline: Outline, options: Options, levels: _Levels) -> Iterator[Violation]:
    wanted = [
        heading
        for heading in outline.headings
        if heading.level <= levels.deepest and not _is_excluded(heading, outline, options)
    ]
    listed: defaultdict[tuple[Span | None, int], list[Heading]] = defaultdict(list)
    for heading in wanted:
        if heading.anchor in outline.listed:
            listed[_family(heading, outline.document)].append(heading)
    gaps = _Gaps(outline)
    for heading in wanted:
        if heading.anchor not in outline.listed:
            siblings = listed[_family(heading, outline.document)]
            fix = insertion(outline, heading, siblings)
            is_certain = fix is not None and gaps.has_one_place(heading, siblings)
            yield Violation(
                heading.span,
                fitted("The section “{}” is missing from the table of contents", heading.text.strip()),
                help=f"Add an item with a link to #{heading.anchor} to the table of contents",
                severity=_ERROR,
                related=(Related(outline.contents.span, "The table of contents"),),
                fix=replace(fix, applicability=Applicability.SAFE) if fix and is_certain else fix,
            )


def _family(heading: Heading, document: Document) -> tuple[Span | None, int]:
    """What *heading* shares with its siblings."""
    path = document.section_at(heading.span.start)
    return path[-2].span if len(path) > 1 else None, heading.level


class _Gaps:
    """Which items of the contents stand side by side."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._after: dict[int | None, set[int | None]] = defaultdict(set)
        for outer in outline.contents.lists:
            for bullets in lists_of(outer):
                starts = [None, *(item.span.start for item in bullets.items), None]
                for one, next_one in pairwise(starts):
                    self._after[one].add(next_one)

    def has_one_place(self, heading: Heading, siblings: Sequence[Heading]) -> bool:
        """Whether nothing stands between the items of the *siblings* before and after *heading*."""
        index = bisect_left(siblings, heading.span, key=lambda sibling: sibling.span)
        before = self._start(siblings[index - 1]) if index else None
        after = self._start(siblings[index]) if index < len(siblings) else None
        return after in self._after[before]

    def _start(self, heading: Heading) -> int | None:
        item = self._outline.listed.get(heading.anchor)
        return item.item.span.start if item and item.item else None


def _is_excluded(heading: Heading, outline: Outline, options: Options) -> bool:
    """Whether *heading* or one above it, below the contents, need not be listed."""
    path = [
        each for each in outline.document.section_at(heading.span.start) if each.span.start >= outline.contents.span.end
    ]
    return any(glob_matches(glob, _label(each)) for glob in options.exclude for each in path)


def _too_deep(outline: Outline, most: int) -> Iterator[Violation]:
    top = min((heading.level for heading in outline.headings), default=1)
    for item in outline.contents.items:
        if item.heading and item.heading.level >= top + most:
            yield Violation(
                item.link.span,
                fitted(
                    "“{}” is nested too deeply for a table of contents with {}",
                    item.link.text,
                    "1 level" if most == 1 else f"{most} levels",
                ),
                help="Remove the item",
                severity=_ERROR,
            )


def _renamed(items: Sequence[ContentsItem]) -> Iterator[Violation]:
    for item in items:
        if item.heading and _plain(item.link.text) != _label(item.heading):
            name = _label(item.heading)
            yield Violation(
                item.link.span,
                fitted("The item “{}” in the table of contents leads to “{}”", item.link.text, name),
                help=f"Write “{name}”",
                severity=_ERROR,
                related=(Related(item.heading.span, "The section"),),
                fix=_renaming(item, item.heading),
            )


def _renaming(item: ContentsItem, heading: Heading) -> Fix | None:
    """Call *item* what *heading* is called, with its symbols where the item has any."""
    old, label = item.link.text, _label(heading)
    has_symbols = _plain(old) != " ".join(old.split())
    name = heading.text.strip() if has_symbols else label
    is_simple = item.link.kind is LinkKind.INLINE and is_plain_text(name) and is_plain_text(old)
    if not is_simple or (has_symbols and name == label):
        return None
    return Fix(f"Write “{name}”", (Edit(item.link.text_span, name, replaces=old),), Applicability.SAFE)


def _label(heading: Heading) -> str:
    """The title of *heading* without symbols, images and links to the top, unless it is nothing but such a link."""
    text = heading.text
    for link in heading.content.links:
        if link.image or link.url.startswith("#"):
            text = "".join(text.rsplit(link.text, 1)) if link.text else text
    return _plain(_EMPTY_BRACKETS.sub("", text)) or _plain(heading.text)


def _plain(text: str) -> str:
    kept = "".join(character for character in text if unicodedata.category(character) not in ("So", "Sk", "Mn", "Cf"))
    return " ".join(_SHORTCODE.sub(" ", kept).split())


def _disordered(outline: Outline, *, is_required: bool) -> Iterator[Violation]:
    """Items that are in another order than their sections; unless that is required, one among others that do not."""
    by_item = {item.item.span: item for item in reversed(outline.contents.items) if item.item and item.heading}
    for outer in outline.contents.lists:
        for bullets in lists_of(outer):
            items = [by_item[item.span] for item in bullets.items if item.span in by_item]
            strays = _strays(items)
            is_slip = len(strays) == 1 and len(items) > _LEAST_ORDERED
            if strays and (is_required or is_slip):
                applicability = Applicability.SAFE if is_required else Applicability.UNSAFE
                fix = _sorting(bullets, items, outline.document.source, applicability)
                for stray in strays:
                    yield _stray(stray, items, fix, _ERROR if is_required else Severity.WARNING)


def _start(item: ContentsItem) -> int:
    return item.heading.span.start if item.heading else 0


def _strays(items: Sequence[ContentsItem]) -> list[ContentsItem]:
    """The fewest of *items* without which the others are in the order of their sections."""
    ends: list[int] = []
    lengths: list[int] = []
    for item in items:
        place = bisect_right(ends, _start(item))
        ends[place : place + 1] = [_start(item)]
        lengths.append(place + 1)
    wanted, strays = len(ends), []
    for item, length in zip(reversed(items), reversed(lengths), strict=True):
        if length == wanted:
            wanted -= 1
        else:
            strays.append(item)
    return strays[::-1]


def _stray(stray: ContentsItem, items: Sequence[ContentsItem], fix: Fix | None, severity: Severity) -> Violation:
    ordered = sorted(items, key=_start)
    place = bisect_left(ordered, _start(stray), key=_start)
    where = f"after “{ordered[place - 1].link.text}”" if place else f"before “{ordered[1].link.text}”"
    return Violation(
        stray.link.span,
        fitted("The item “{}” in the table of contents is out of order", stray.link.text),
        help=f"Move it {where}",
        severity=severity,
        fix=fix,
    )


def _sorting(bullets: List, items: Sequence[ContentsItem], source: Source, applicability: Applicability) -> Fix | None:
    """Put the lines of *items* into the order of their sections, those of other bullets left where they are."""
    if bullets.ordered:
        return None
    blocks = [_block(item.span, source) for item in bullets.items]
    known = [index for index, item in enumerate(bullets.items) if any(each.item == item for each in items)]
    ordered = sorted(zip(known, items, strict=True), key=lambda pair: _start(pair[1]))
    moved = list(range(len(blocks)))
    for index, (origin, _) in zip(known, ordered, strict=True):
        moved[index] = origin
    changed = [index for index, origin in enumerate(moved) if index != origin]
    first, last = changed[0], changed[-1]
    text = source[blocks[moved[first]]]
    for index in range(first + 1, last + 1):
        text += source[Span(blocks[index - 1].end, blocks[index].start)] + source[blocks[moved[index]]]
    edit = Edit(Span(blocks[first].start, blocks[last].end), text)
    return Fix("Put the items in the order of the sections", (edit,), applicability)


def _block(span: Span, source: Source) -> Span:
    """The whole lines of an item."""
    return Span(source.line_span(source.position(span.start).line).start, span.end)


def _misplaced(outline: Outline, options: Options) -> Iterator[Violation]:
    """What is wrong with the place and the heading of the contents."""
    document, contents = outline.document, outline.contents
    own = _own_heading(document, contents)
    place = own.content.span if own else contents.items[0].link.span
    before = [heading for heading in document.headings if heading.span.start < (own or contents).span.start]
    if options.first and len(before) > 1:
        message = fitted("The table of contents comes after the section “{}”", _label(before[1]))
        yield Violation(place, message, "Move it before the first section", severity=_ERROR)
    if options.title is None or (own and _label(own) == options.title):
        return
    if own is None:
        message = fitted("The table of contents has no heading “{}”", options.title)
        yield Violation(place, message, f"Write “## {options.title}” above it", severity=_ERROR)
        return
    is_simple = is_plain_text(own.text) and document.source[own.content.span] == own.text
    edit = Edit(own.content.span, options.title, replaces=own.text)
    yield Violation(
        place,
        fitted("The heading of the table of contents is “{}”, not “{}”", _label(own), options.title),
        f"Write “{options.title}”",
        severity=_ERROR,
        # Links to the heading would have to follow.
        fix=Fix(f"Write “{options.title}”", (edit,), Applicability.UNSAFE) if is_simple else None,
    )


def _own_heading(document: Document, contents: Contents) -> Heading | None:
    """The heading of the contents, None where that is the title of the list."""
    path = document.section_at(contents.span.start)
    if not path or (path[-1] is document.headings[0] and not is_contents_title(_label(path[-1]))):
        return None
    return path[-1]

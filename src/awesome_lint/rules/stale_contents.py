"""The table of contents and the headings disagree.

Readers find sections by the table of contents.  Who adds a section often forgets to list it there, and two
sections of one name ("Others") easily end up with the same link.

Reported are a heading that is missing although most of its siblings are listed, a heading that is listed
twice in one list, and an item that bears one heading's name but leads to another.  Only headings after the
contents count; "License", "Contributing", "References" and the like may be left out, and so may whole levels,
sections whose items are commented out, and headings that stand under many sections ("Advantages: caches",
"Advantages: queues") and are listed for none.
A link to a heading that is gone is the business of `dangling-anchor`.

## Wrong

```markdown
## Contents

- [Annotation](#annotation)
- [Segmentation](#segmentation)
- [Registration](#registration)

## Annotation

## Detection

## Segmentation

## Registration
```

```markdown
- [Papers](#papers)
  - [Surveys](#surveys)
  - [Others](#others)
- [Datasets](#datasets)
  - [Others](#others)

# Papers
## Surveys
## Others
# Datasets
## Others
```

## Right

```markdown
## Contents

- [Annotation](#annotation)
- [Segmentation](#segmentation)
- [Registration](#registration)

## Annotation

## Segmentation

## Registration

## License
```

## Fix

A link that is meant for another heading is redirected to it.  With `--unsafe-fixes` a missing item is inserted after
the item of the section before it, written as that one is; it may have been left out on purpose.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Container, Iterable, Iterator, Mapping
from urllib.parse import unquote

from msgspec import Struct

from awesome_lint.diagnostic import Applicability, Edit, Fix, Related, Severity, Violation
from awesome_lint.markdown import Document, Heading, LinkKind
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._anchor_guess import AnchorGuesser
from awesome_lint.rules._messages import fitted
from awesome_lint.semantic.entries import fold_title
from awesome_lint.semantic.toc import Contents, ContentsItem, fragment, items_of, lists_of, targets_of
from awesome_lint.source import Span
from awesome_lint.text.nearest import nearest

_BACK_MATTER = re.compile(
    r"\b(?:acknowledg|bibtex|changelog|cit(?:ation|e|ing)\b|contribut|copyright|disclaimer|donat|licen[cs]|sponsor)"
    r"|^(?:about|authors?|contacts?|contents?|credits?|faq|feedback|footnotes?|index|intro(?:duction)?|maintain\w*)\b"
    r"|^(?:news|notes?|overview|preface|references?|related|see also|star|stargazers?|support|table of|thanks?)\b"
    r"|^(?:toc|to-?do|updates?)\b"
    r"|目[录錄次]|[许許]可|授[权權]|[贡貢][献獻]|引用|[参參]考|致[谢謝]|更新|ライセンス|謝辞|목차|라이선스"
    r"|содержание|оглавление|лицензи|автор|licencia|lizenz|mitwirk|remerciement"
)
"""Headings, case-folded, that many lists leave out of their contents."""
_LEAST_LISTED = 3
"""How many siblings must be listed before one that is not is missed."""
_OFTEN = 3
"""How many headings with one title, or one beginning up to a colon, make it a heading that many sections have."""
_COVERED_LEVEL = 10
"""How many headings of a level must be listed, and nine for each that is not, before the whole level is covered."""
_MOST_COMPARED = 10_000
"""How many pairs of an item and a heading are compared in one gap of the contents."""
_ALIKE = 80
"""The likeness, of 100, of two fragments that may mean the same section."""
_NUMBER = re.compile(r"\d+")
_COMMENTED_LINK = re.compile(r"\]\(#([^()\s]+)\)")
_PLAIN = re.compile(r"[^\[\]\\<>*_`~]+")
_BULLET = re.compile(r"[ \t>]*[-*+][ \t]+[*_]*")
_EMPHASIS = re.compile(r"[*_]*[ \t]*")


def check(context: Context) -> Iterator[Violation]:
    """Yield what the contents of *context* lacks, has twice or leads astray."""
    if context.contents is None:
        return
    outline = _outline(context.document, context.contents)
    misled = list(_misled(outline))
    explained = {place.span for violation in misled for place in violation.related}
    yield from (violation for violation in _missing(outline) if violation.span not in explained)
    yield from misled


class _Outline(Struct, frozen=True):
    """The contents and the headings after it.

    ``listed`` maps the anchor of each heading that the contents lists in one way or another to its item, None where
    the item has no link or where it is not certain which one it is.  ``taken`` are the anchors of headings that lead to
    another heading, which an earlier ``<a name>`` gives the same one.
    """

    document: Document
    contents: Contents
    headings: tuple[Heading, ...]
    listed: Mapping[str, ContentsItem | None]
    taken: frozenset[str]


def _outline(document: Document, contents: Contents) -> _Outline:
    headings = tuple(h for h in document.headings if h.span.start >= contents.span.end and fold_title(h.text))
    listed: dict[str, ContentsItem | None] = {}
    for item in contents.items:
        if item.heading:
            listed.setdefault(item.heading.anchor, item)
    bullets = [item.content for outer in contents.lists for item in items_of(outer) if item.content]
    labels = {fold_title(content.text) for content in bullets if not content.links}
    listed.update((h.anchor, None) for h in headings if h.anchor not in listed and fold_title(h.text) in labels)
    listed.update((anchor, None) for anchor in _commented_out(document) if anchor not in listed)
    listed.update(_meant(document, contents, [h for h in headings if h.anchor not in listed]))
    targets = targets_of(document)
    taken = frozenset(heading.anchor for heading in headings if targets[heading.anchor] is not heading)
    return _Outline(document, contents, headings, listed, taken)


def _commented_out(document: Document) -> Iterator[str]:
    """The anchors to which links in comments lead: they were taken out on purpose."""
    for comment in document.comments:
        yield from (unquote(match[1]) for match in _COMMENTED_LINK.finditer(document.source[comment]))


def _meant(
    document: Document, contents: Contents, unlisted: list[Heading]
) -> Iterator[tuple[str, ContentsItem | None]]:
    """The anchors of those *unlisted* headings that items with a dangling link mean, by their text or their place."""
    namesakes = {fold_title(heading.text): heading.anchor for heading in unlisted}
    anchors = {heading.anchor for heading in unlisted}
    guesser: AnchorGuesser | None = None
    places = [heading.span.start for heading in unlisted]
    waiting: list[ContentsItem] = []
    before = compared = 0
    for item in (*contents.items, None):
        if item is None or item.heading:
            after = bisect_left(places, item.heading.span.start) if item and item.heading else len(places)
            yield from _meant_in_gap(unlisted[before:after], waiting)
            before, waiting = max(before, after), []
        elif fragment(item.link) not in document.anchors:
            guesser = guesser or AnchorGuesser(document, document.anchors, contents)
            guess = guesser.guess(fragment(item.link) or "", item.link.text, item.link.span.start)
            likely = guess.anchor if guess and guess.anchor in anchors else None
            namesake = namesakes.get(fold_title(item.link.text), likely)
            alike = _alike(fragment(item.link) or "", anchors) if compared <= _MOST_COMPARED else None
            compared += len(anchors)
            if alike and alike != namesake:
                yield alike, None  # what the item is called may be a mere label, “AI”, and another section's title
            if namesake is None:
                waiting.append(item)
            else:
                yield namesake, item


def _alike(name: str, anchors: Iterable[str]) -> str | None:
    """The one of *anchors* that *name* is most like, if it is; another number makes another section."""
    likest = nearest(name, anchors, cutoff=_ALIKE)
    return likest if likest and _NUMBER.findall(likest) == _NUMBER.findall(name) else None


def _meant_in_gap(unlisted: list[Heading], items: list[ContentsItem]) -> Iterator[tuple[str, ContentsItem | None]]:
    """The anchors of the headings that *items* mean, which stand between the same two listed headings."""
    if len(items) >= len(unlisted) or len(items) * len(unlisted) > _MOST_COMPARED:
        yield from ((heading.anchor, None) for heading in unlisted)
        return
    anchors = {heading.text: heading.anchor for heading in unlisted}
    for item in items:
        likest = nearest(item.link.text, anchors, cutoff=0)
        if likest is not None:
            yield anchors.pop(likest), item


def _missing(outline: _Outline) -> Iterator[Violation]:
    levels = Counter((heading.level, heading.anchor in outline.listed) for heading in outline.headings)
    left_out = _left_out(outline)
    for parent, siblings in _siblings(outline):
        level = siblings[0].level
        listed = [heading for heading in siblings if heading.anchor in outline.listed]
        unlisted = _expected(siblings, outline, left_out)
        is_covered = levels[level, True] >= max(_COVERED_LEVEL, 9 * levels[level, False])
        if not listed and not (is_covered and parent in outline.listed):
            continue
        if is_covered or (len(listed) >= _LEAST_LISTED and len(listed) >= 2 * len(unlisted)):
            for heading in unlisted:
                yield Violation(
                    heading.span,
                    fitted("The section “{}” is missing from the table of contents", heading.text.strip()),
                    help=f"Add an item with a link to #{heading.anchor} to the table of contents",
                    related=(Related(outline.contents.span, "The table of contents"),),
                    fix=_insertion(outline, heading, listed),
                )


def _siblings(outline: _Outline) -> Iterator[tuple[str, list[Heading]]]:
    """The headings of one level under one parent, group by group, with the parent's anchor."""
    groups: defaultdict[tuple[str, int], list[Heading]] = defaultdict(list)
    for heading in outline.headings:
        path = outline.document.section_at(heading.span.start)
        groups[path[-2].anchor if len(path) > 1 else "", heading.level].append(heading)
    for (parent, _), siblings in groups.items():
        yield parent, siblings


def _expected(siblings: list[Heading], outline: _Outline, left_out: Container[str]) -> list[Heading]:
    """Those of *siblings* that the contents may be expected to list, but does not."""
    expected: list[Heading] = []
    has_numbers = any(heading.anchor in outline.listed and _is_number(heading) for heading in siblings)
    is_back = False
    for heading in siblings:
        if heading.anchor in outline.listed:
            is_back = False
        elif any(_BACK_MATTER.search(name.strip()) for name in heading.text.casefold().split("|")):
            # What stands after the licence and is not listed either is back matter too.
            is_back = True
        elif (
            not is_back
            and (has_numbers or not _is_number(heading))
            and heading.anchor not in outline.taken
            and _pattern(heading) not in left_out
        ):
            expected.append(heading)
    return expected


def _left_out(outline: _Outline) -> frozenset[str]:
    """The patterns of headings that stand under many sections and are listed for none."""
    counts = Counter(_pattern(heading) for heading in outline.headings)
    listed = {_pattern(heading) for heading in outline.headings if heading.anchor in outline.listed}
    return frozenset(pattern for pattern, count in counts.items() if count >= _OFTEN and pattern not in listed)


def _pattern(heading: Heading) -> str:
    """The title of *heading*, or what stands before its colon, as in "Advantages: caches"."""
    return fold_title(heading.text.partition(":")[0])


def _is_number(heading: Heading) -> bool:
    return fold_title(heading.text).isdigit()


def _insertion(outline: _Outline, heading: Heading, siblings: list[Heading]) -> Fix | None:
    """The item that is missing, put after (or before) that of the nearest sibling and written like it."""
    source = outline.document.source
    text = source[heading.content.span]
    place = bisect_left(siblings, heading.span, key=lambda sibling: sibling.span)
    if not siblings or text != heading.text or not _PLAIN.fullmatch(text):
        return None
    neighbour = outline.listed.get(siblings[max(0, place - 1)].anchor)
    template = _template(outline.document, neighbour) if neighbour else None
    if not template or not neighbour or not neighbour.item:
        return None
    line = template.replace("{}", f"[{text}](#{heading.anchor})")
    if place:
        edit = Edit(Span(neighbour.item.span.end, neighbour.item.span.end), f"\n{line}")
    else:
        start = source.line_span(source.position(neighbour.item.span.start).line).start
        edit = Edit(Span(start, start), f"{line}\n")
    # The section may have been left out on purpose.
    return Fix(f"Add “{text}” to the table of contents", (edit,), Applicability.UNSAFE)


def _template(document: Document, neighbour: ContentsItem) -> str | None:
    """The line of *neighbour* with ``{}`` for its link; None where the line holds more than a link and its marker."""
    item, link = neighbour.item, neighbour.link
    if item is None or item.content is None or link.kind is not LinkKind.INLINE or link.title:
        return None
    line = document.source.line_span(document.source.position(item.span.start).line)
    lead = document.source[Span(line.start, link.span.start)]
    tail = document.source[Span(link.span.end, item.content.span.end)]
    return f"{lead}{{}}{tail}" if _BULLET.fullmatch(lead) and _EMPHASIS.fullmatch(tail) else None


def _misled(outline: _Outline) -> Iterator[Violation]:
    """Items that lead to a heading of another name, and items that stand twice in one list."""
    free: defaultdict[str, deque[Heading]] = defaultdict(deque)
    for heading in outline.headings:
        if heading.anchor not in outline.listed:
            free[fold_title(heading.text)].append(heading)
    list_of = {
        item.span.start: bullets.span.start
        for outer in outline.contents.lists
        for bullets in lists_of(outer)
        for item in bullets.items
    }
    seen: dict[tuple[int, str, str], ContentsItem] = {}
    for item in outline.contents.items:
        if item.heading is None or item.item is None:
            continue
        name = fold_title(item.link.text)
        place = list_of[item.item.span.start], item.heading.anchor, name
        is_repeated = outline.listed[item.heading.anchor] is not item
        if free[name] and (is_repeated or name not in fold_title(item.heading.text)):
            yield _redirected(item, item.heading, free[name].popleft(), outline.taken)
        elif place in seen and seen[place].item is not item.item and _leads(item) and _leads(seen[place]):
            yield Violation(
                item.link.span,
                fitted("“{}” is listed twice in the table of contents", item.link.text),
                help="Remove one of them",
                related=(Related(seen[place].link.span, "It is listed here already"),),
            )
        seen.setdefault(place, item)


def _leads(item: ContentsItem) -> bool:
    """Whether the link of *item* is the first of its bullet; further ones may refer to what other bullets list."""
    content = item.item.content if item.item else None
    return content is not None and content.links[0].span == item.link.span


def _redirected(item: ContentsItem, wrong: Heading, right: Heading, taken: frozenset[str]) -> Violation:
    is_taken = right.anchor in taken
    is_namesake = fold_title(wrong.text) == fold_title(right.text)
    target = "another section of that name" if is_namesake else f"“{wrong.text.strip()}”"
    edit = Edit(item.link.destination_span, f"#{right.anchor}")
    fix = Fix(f"Link to #{right.anchor}", (edit,), Applicability.SAFE)
    return Violation(
        item.link.span,
        fitted("The item “{}” of the table of contents leads to {}", item.link.text, target),
        help=f"Give the `<a>` that takes #{right.anchor} another name" if is_taken else f"Link to #{right.anchor}",
        related=(Related(right.span, "The section that is meant"),),
        fix=None if is_taken or item.link.kind is not LinkKind.INLINE else fix,
    )


RULE = Rule("stale-contents", Group.SECTION, check, severity=Severity.WARNING)

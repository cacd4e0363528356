"""The table of contents and the headings disagree.

Readers find sections by the table of contents.  When a section is added, listing it there is easily forgotten, and two
sections of the same name ("Others") easily end up with the same link.

The rule reports a heading that is missing although most of its siblings are listed, a heading that is listed
twice in one list, and an item with the name of one heading that leads to another.  Only headings after the
contents count; "License", "Contributing", "References" and the like may be left out, and so may whole levels,
sections whose items are commented out, and headings that recur under many sections ("Advantages: caches",
"Advantages: queues") and are not listed for any of them.
One item that is not in the order of the sections, where at least four others are, is reported as well.
`dangling-anchor` reports links to headings that do not exist.

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

## Options

A violation of one of these requirements is an error.

`complete` (default `false`)
: whether there must be a table of contents that lists all sections after it, down to `depth`, or else as deep as it
  goes now.

`exclude`
: globs for sections that need not be listed, such as `["License", "Contribut*"]`.

`depth`
: how many levels of sections are listed.

`order` (default `false`)
: whether the items must be in the order of the sections.

`text` (default `false`)
: whether an item must have the same name as its section, symbols and emoji aside.

`first` (default `false`)
: whether no other section may come before the contents.

`title`
: the heading of the contents, such as `"Contents"`.

## Fix

A link that is meant for another heading is redirected to it.  A missing item is inserted after the item of the section
before it, written as that one is, items are put into the order of the sections, and a name is replaced by the
section's.  Without the option that requires it this is unsafe, because it may be intentional, and so is an insertion
where other items stand between those of the sections around it.  All other lines of the contents stay as they are.

## Related rules

`dangling-anchor`, `empty-section`

## When to switch it off

If the contents are a selection on purpose; the configuration of the contents can leave out headings and levels.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Container, Iterator

from awesome_lint.diagnostic import Applicability, Edit, Fix, Related, Severity, Violation
from awesome_lint.markdown import Heading, LinkKind
from awesome_lint.regex import regex
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._contents_form import Options, check_form, missing_contents
from awesome_lint.rules._messages import fitted
from awesome_lint.rules._outline import Outline, find_outline, insertion
from awesome_lint.semantic.entries import fold_title
from awesome_lint.semantic.toc import ContentsItem, lists_of

_BACK_MATTER = regex(
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


def check(context: Context, options: Options) -> Iterator[Violation]:
    """Yield what the contents of *context* lacks, has twice or leads astray, and where its form is not as required."""
    if context.contents is None:
        yield from missing_contents(context.document, options)
        return
    outline = find_outline(context.document, context.contents)
    misled = list(_misled(outline))
    explained = {place.span for violation in misled for place in violation.related}
    form = list(check_form(outline, options))
    found = [*form, *(() if options.complete else _missing(outline))]
    yield from (violation for violation in found if violation.span not in explained)
    yield from misled


def _missing(outline: Outline) -> Iterator[Violation]:
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
                    fix=insertion(outline, heading, listed),
                )


def _siblings(outline: Outline) -> Iterator[tuple[str, list[Heading]]]:
    """The headings of one level under one parent, group by group, with the parent's anchor."""
    groups: defaultdict[tuple[str, int], list[Heading]] = defaultdict(list)
    for heading in outline.headings:
        path = outline.document.section_at(heading.span.start)
        groups[path[-2].anchor if len(path) > 1 else "", heading.level].append(heading)
    for (parent, _), siblings in groups.items():
        yield parent, siblings


def _expected(siblings: list[Heading], outline: Outline, left_out: Container[str]) -> list[Heading]:
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


def _left_out(outline: Outline) -> frozenset[str]:
    """The patterns of headings that stand under many sections and are listed for none."""
    counts = Counter(_pattern(heading) for heading in outline.headings)
    listed = {_pattern(heading) for heading in outline.headings if heading.anchor in outline.listed}
    return frozenset(pattern for pattern, count in counts.items() if count >= _OFTEN and pattern not in listed)


def _pattern(heading: Heading) -> str:
    """The title of *heading*, or what stands before its colon, as in "Advantages: caches"."""
    return fold_title(heading.text.partition(":")[0])


def _is_number(heading: Heading) -> bool:
    return fold_title(heading.text).isdigit()


def _misled(outline: Outline) -> Iterator[Violation]:
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
    target = "a different section with the same name" if is_namesake else f"“{wrong.text.strip()}”"
    edit = Edit(item.link.destination_span, f"#{right.anchor}")
    fix = Fix(f"Link to #{right.anchor}", (edit,), Applicability.SAFE)
    return Violation(
        item.link.span,
        fitted("The item “{}” in the table of contents links to {}", item.link.text, target),
        help=f"Rename the `<a>` that uses #{right.anchor} already" if is_taken else f"Link to #{right.anchor}",
        related=(Related(right.span, "The section that is meant"),),
        fix=None if is_taken or item.link.kind is not LinkKind.INLINE else fix,
    )


RULE = Rule("stale-contents", Group.SECTION, check, severity=Severity.WARNING, options=Options)

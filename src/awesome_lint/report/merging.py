"""Findings with one cause become one: a convention of a list is said once, with all its places.

Findings of one rule and severity in one file have one cause if they say the same, word for word, or if their rule says
so (`Shared`).  Comments, baselines and fixes are about single findings, so this is done last, for reports alone.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from awesome_lint.diagnostic import Diagnostic, Edit, FileFindings, Fix, RelatedPlace
from awesome_lint.report.sentences import places_of

_MOST_APART = 3
"""The most findings with the same message that are still reported one by one."""


def merge_files(files: Iterable[FileFindings]) -> list[FileFindings]:
    """*files* in which the findings with one cause are one, where there are many."""
    return [FileFindings(file.source, _merge(file.diagnostics)) for file in files]


def _merge(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    causes: defaultdict[tuple[object, ...], list[Diagnostic]] = defaultdict(list)
    for each in diagnostics:
        causes[_cause(each)].append(each)
    merged = []
    for each in diagnostics:
        alike = causes[_cause(each)]
        most_apart = each.shared.most_apart if each.shared else _MOST_APART
        if len(alike) > 1 and sum(map(places_of, alike)) > most_apart:
            merged.append(_together(alike))
            causes[_cause(each)] = []
        elif alike:
            merged.append(each)
    return merged


def _cause(diagnostic: Diagnostic) -> tuple[object, ...]:
    """What findings with one cause have in common.

    Fixes of different kinds stay apart, as options choose among them, and so do findings that offer a row each.
    """
    applicability = diagnostic.fix.applicability if diagnostic.fix else None
    said = diagnostic.shared.cause if diagnostic.shared else diagnostic.message
    is_shared = diagnostic.shared is not None
    return diagnostic.rule, diagnostic.kind, diagnostic.severity, applicability, diagnostic.rows, is_shared, said


def _together(alike: Sequence[Diagnostic]) -> Diagnostic:
    first = alike[0]
    count = sum(map(places_of, alike))
    says_the_same = all(each.message == first.message for each in alike)
    related = [place for each in alike for place in _places(each, says_the_same, is_first=each is first)]
    fix = _joint_fix([each.fix for each in alike if each.fix])
    message = f"{first.message} ({count} times)"
    if first.shared:
        edits = len(fix.edits) if fix else 0
        # What the list or its configuration says may hold other braces.
        message = first.shared.message.replace("{count}", f"{count:,}").replace("{edits}", f"{edits:,}")
    advice = {each.help for each in alike}
    return replace(
        first,
        message=message,
        help=first.help if len(advice) == 1 else f"{first.help}, and so on",
        entry="",
        note=first.note if len({each.note for each in alike}) == 1 else "",
        rows=(),
        related=tuple(related[1:] if says_the_same else related),
        fix=fix,
        key=first.key or f"{first.name}: {first.shared.cause if first.shared else first.message}",
    )


def _places(diagnostic: Diagnostic, says_the_same: bool, *, is_first: bool) -> list[RelatedPlace]:
    """The places of *diagnostic*, its own first, and what is to be said of each."""
    message = "Here too" if says_the_same else diagnostic.message
    return [
        RelatedPlace(diagnostic.start, message, too=not is_first),
        *(place for place in diagnostic.related if place.too),
    ]


def _joint_fix(fixes: Sequence[Fix]) -> Fix | None:
    """All of *fixes* as one, without those that touch an earlier one."""
    taken: list[Edit] = []
    known: set[Edit] = set()
    losses: dict[str, None] = {}
    count = 0
    for fix in fixes:
        edits = [edit for edit in fix.edits if edit not in known]
        if not any(_touch(edit, taken) for edit in edits):
            for edit in edits:
                insort(taken, edit, key=_start)
            known.update(edits)
            losses |= dict.fromkeys(fix.losses)
            count += 1
    if not taken:
        return None
    messages = {fix.message for fix in fixes}
    message = fixes[0].message if len(messages) == 1 else f"Fix all {count} places"
    return Fix(message, tuple(taken), fixes[0].applicability, tuple(losses))


def _start(edit: Edit) -> int:
    return edit.span.start


def _touch(edit: Edit, taken: Sequence[Edit]) -> bool:
    """Whether *edit* overlaps one of those *taken*, which are sorted, or inserts where one stands."""
    index = bisect_left(taken, edit.span.start, key=_start)
    before, after = taken[max(0, index - 1) : index], taken[index : index + 1]
    return any(edit.span.start < other.span.end for other in before) or any(
        other.span.start <= max(edit.span.start, edit.span.end - 1) for other in after
    )

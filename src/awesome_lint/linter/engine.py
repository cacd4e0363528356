"""From a source to its diagnostics: parse, run the rules, drop what is explained or suppressed, sort."""

from __future__ import annotations

import traceback
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from awesome_lint.diagnostic import Diagnostic, RelatedPlace, Violation
from awesome_lint.linter.result import Examination, InternalError
from awesome_lint.linter.settings import Settings
from awesome_lint.markdown import Document, parse
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules import RULES
from awesome_lint.source import Source, Span
from awesome_lint.suppression.comments import suppress

_Finding = tuple[str, Violation]


def check(
    source: Source, settings: Settings | None = None, exists: Callable[[str], bool] | None = None
) -> list[Diagnostic]:
    """What the selected rules find in *source*, sorted by place, then by rule.

    *exists* tells whether a relative path names a file or folder beside the source; None where nobody can know.
    Raises `InternalError` where a rule or the parser fails.
    """
    return check_document(read(source), settings or Settings(), exists)


def read(source: Source) -> Document:
    """Parse *source*; raises `InternalError` where the parser fails."""
    with guarded(f"the parser, on {source.path}"):
        return parse(source)


def check_document(
    document: Document, settings: Settings, exists: Callable[[str], bool] | None = None
) -> list[Diagnostic]:
    """As `check`, for a source that is parsed already."""
    return examine(document, settings, exists).diagnostics


def examine(document: Document, settings: Settings, exists: Callable[[str], bool] | None = None) -> Examination:
    """As `check_document`, and which allowances of *settings* were needed."""
    selected = [rule for rule in RULES if settings.selects(rule)]
    options = {rule.name: settings.options.get(rule.name) or rule.options() for rule in selected if rule.options}
    early = [rule for rule in selected if rule.group is not Group.SUPPRESSION]
    late = [rule for rule in selected if rule.group is Group.SUPPRESSION]
    catalogue = _catalogue(selected)

    findings = _run(early, Context(document, exists, options, schemas=settings.schemas, links=settings.links or {}))
    suppressed = suppress(findings, document, catalogue, frozenset(rule.name for rule in early))
    findings = _without_explained(suppressed.findings)
    if suppressed.faults:
        doubts = _run(late, Context(document, exists, options, suppressed.faults, settings.schemas))
        findings += suppress(doubts, document, catalogue, frozenset()).findings

    rules = {rule.name: rule for rule in selected}
    kept, needed = [], set()
    for name, violation in sorted(findings, key=lambda finding: (finding[1].span, finding[0], finding[1].message)):
        rule = rules[name]
        allowing = [allowance for allowance in settings.allowances if allowance.covers(rule, violation, document)]
        needed.update(allowing)
        if not allowing:
            kept.append(_diagnostic(rule, violation, document, settings))
    return Examination(kept, frozenset(needed))


@contextmanager
def guarded(what: str) -> Iterator[None]:
    """Make whatever goes wrong inside an `InternalError` that names *what* was done."""
    try:
        yield
    # Whatever a rule or the parser raises is a bug, and the user gets one line about it, never a traceback.
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}, line {place.lineno}"
        raise InternalError(f"internal error in {what}: {type(error).__name__}: {error} ({where})") from error


def _catalogue(selected: Iterable[Rule]) -> dict[str, frozenset[str]]:
    """What each name in a comment stands for; a comment without names cannot hide that it is unused.

    Such a comment speaks of all rules but those that are off by default and have not been *selected*.
    """
    rules: dict[str, frozenset[str]] = {rule.name: frozenset([rule.name]) for rule in RULES}
    for group in Group:
        rules[group] = frozenset(rule.name for rule in RULES if rule.group is group)
    every = {rule.name for rule in RULES if rule.default} | {rule.name for rule in selected}
    return rules | {"": frozenset(every - rules[Group.SUPPRESSION])}


def _run(rules: Iterable[Rule], context: Context) -> list[_Finding]:
    findings: list[_Finding] = []
    for rule in rules:
        with guarded(f"rule {rule.name}, on {context.document.source.path}"):
            findings += ((rule.name, violation) for violation in rule.check(context))
    return findings


def _without_explained(findings: Sequence[_Finding]) -> list[_Finding]:
    """Leave out each violation whose cause another rule reports."""
    reported: dict[Span, set[str]] = defaultdict(set)
    for name, violation in findings:
        if violation.cause is None:
            reported[violation.span].add(name)
    return [
        (name, violation)
        for name, violation in findings
        if violation.cause is None or not reported.get(violation.cause, set()) - {name}
    ]


def _diagnostic(rule: Rule, violation: Violation, document: Document, settings: Settings) -> Diagnostic:
    source, span = document.source, violation.span
    return Diagnostic(
        rule=rule.name,
        severity=settings.severities.get(rule.name) or violation.severity or rule.severity,
        message=violation.message,
        path=source.path,
        span=span,
        start=source.position(span.start),
        end=source.position(span.end),
        help=violation.help,
        section=tuple(heading.text for heading in document.section_at(span.start)),
        entry=violation.entry,
        related=tuple(
            RelatedPlace(source.position(related.span.start), related.message) for related in violation.related
        ),
        fix=violation.fix,
        key=violation.key,
    )

"""From a source to its diagnostics: parse, run the rules, drop what is explained or suppressed, sort."""

from __future__ import annotations

import traceback
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from awesome_lint.diagnostic import Diagnostic, RelatedPlace, Violation, full_name, rule_of
from awesome_lint.linter.result import InternalError, LintResult
from awesome_lint.linter.settings import Settings
from awesome_lint.markdown import Conflict, Document, parse
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules import RULES
from awesome_lint.schema import Schemas
from awesome_lint.semantic.facts import Facts
from awesome_lint.source import Source, Span, Spans
from awesome_lint.suppression.comments import suppress

if TYPE_CHECKING:
    from awesome_lint.semantic.idle_schemas import IdlePath

_Finding = tuple[Rule, Violation]


def check(
    source: Source, settings: Settings | None = None, facts: Facts | None = None, *, rules: Sequence[Rule] = RULES
) -> list[Diagnostic]:
    """What the selected ones of *rules* find in *source*, sorted by place, then by rule.

    Raises `InternalError` where a rule or the parser fails.
    """
    return lint(read(source), settings, facts, rules=rules).diagnostics


def read(source: Source) -> Document:
    """Parse *source*; raises `InternalError` where the parser fails."""
    with guarded(f"the parser, on {source.path}"):
        return parse(source)


def lint(
    document: Document, settings: Settings | None = None, facts: Facts | None = None, *, rules: Sequence[Rule] = RULES
) -> LintResult:
    """As `check`, for a source that is parsed already; also tells which allowances of *settings* were needed."""
    settings, facts = settings or Settings(), facts or Facts()
    selected = [rule for rule in rules if settings.selects(rule) and (facts.links is not None or not rule.online)]
    context = Context(document, facts, settings.schemas)
    findings = _run_all(selected, context, settings, _catalogue(rules, selected))
    if document.conflicts:
        findings = list(_beside_conflicts(findings, document))
    result = _without_allowed(findings, document, settings)
    return replace(result, idle=_idle(context)) if settings.schemas != Schemas() else result


def _idle(context: Context) -> frozenset[IdlePath]:
    from awesome_lint.semantic.idle_schemas import idle_schemas

    with guarded(f"what the configuration means, on {context.document.source.path}"):
        return frozenset(idle_schemas(context.document, context.schemas, context.entries))


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


def _catalogue(rules: Sequence[Rule], selected: Iterable[Rule]) -> dict[str, frozenset[str]]:
    """What each name in a comment stands for; a comment without names cannot hide that it is unused.

    Such a comment is about all rules but those that are off by default and have not been *selected*.
    """
    names = {name: frozenset([name]) for rule in rules for name in rule.finding_names}
    names |= {rule.name: frozenset(rule.finding_names) for rule in rules}
    for group in Group:
        names[group] = _finding_names(rule for rule in rules if rule.group is group)
    every = _finding_names(rule for rule in rules if rule.default) | _finding_names(selected)
    return names | {"": frozenset(every - names[Group.SUPPRESSION])}


def _finding_names(rules: Iterable[Rule]) -> frozenset[str]:
    return frozenset(name for rule in rules for name in rule.finding_names)


def _run_all(
    selected: Sequence[Rule], context: Context, settings: Settings, catalogue: dict[str, frozenset[str]]
) -> list[_Finding]:
    """What *selected* find that is neither suppressed nor explained; rules about suppressions run after the others."""
    early = [rule for rule in selected if rule.group is not Group.SUPPRESSION]
    late = [rule for rule in selected if rule.group is Group.SUPPRESSION]
    document = context.document
    ran = frozenset(name for rule in early for name in rule.finding_names if settings.keeps(rule, name))
    suppressed = suppress(_run(early, context, settings), document, catalogue, ran)
    findings = _without_explained(suppressed.findings)
    if suppressed.faults:
        doubts = _run(late, context.with_suppression_faults(suppressed.faults), settings)
        findings += suppress(doubts, document, catalogue, frozenset()).findings
    by_name = {name: rule for rule in selected for name in rule.finding_names}
    return [(by_name[name], violation) for name, violation in findings]


def _run(rules: Iterable[Rule], context: Context, settings: Settings) -> list[tuple[str, Violation]]:
    findings: list[tuple[str, Violation]] = []
    for rule in rules:
        with guarded(f"rule {rule.name}, on {context.document.source.path}"):
            violations = rule.find(context, settings.options.get(rule.name))
            named = ((full_name(rule.name, violation.kind), violation) for violation in violations)
            findings += ((name, violation) for name, violation in named if settings.keeps(rule, name))
    return findings


def _without_explained(findings: Sequence[tuple[str, Violation]]) -> list[tuple[str, Violation]]:
    """Leave out each violation whose cause another rule reports."""
    reported: dict[Span, set[str]] = defaultdict(set)
    for name, violation in findings:
        if violation.explained_by is None:
            reported[violation.span].add(rule_of(name))
    return [
        (name, violation)
        for name, violation in findings
        if violation.explained_by is None or not reported.get(violation.explained_by, set()) - {rule_of(name)}
    ]


def _beside_conflicts(findings: Iterable[_Finding], document: Document) -> Iterator[_Finding]:
    """Leave out what merge conflicts bring about in *document*, and all fixes: which side holds is yet to be decided.

    A conflict's markers spoil the block in which they stand up to its end, such as the rest of a table.
    """
    spoilt = Spans(Span(conflict.span.start, _end_of_blocks(conflict, document)) for conflict in document.conflicts)
    for rule, violation in findings:
        edits = violation.fix.edits if violation.fix else ()
        places = (
            violation.span,
            *(edit.span for edit in edits),
            *(each.span for each in violation.related if each.too),
        )
        if rule.group is Group.FILE or not any(spoilt.meet(place) for place in places):
            yield rule, replace(violation, fix=None)


def _end_of_blocks(conflict: Conflict, document: Document) -> int:
    index = bisect_left(document.blocks, conflict.span.end, key=lambda block: block.span.start)
    return max(document.blocks[index - 1].span.end if index else 0, conflict.span.end)


def _without_allowed(findings: Iterable[_Finding], document: Document, settings: Settings) -> LintResult:
    """The diagnostics, sorted, of those *findings* that *settings* do not allow."""
    kept, needed = [], set()
    for rule, violation in sorted(findings, key=lambda each: (each[1].span, each[0].name, each[1].message)):
        allowing = [allowance for allowance in settings.allowances if allowance.covers(rule, violation, document)]
        needed.update(allowing)
        if not allowing:
            kept.append(_diagnostic(rule, violation, document, settings))
    return LintResult(kept, frozenset(needed))


def _diagnostic(rule: Rule, violation: Violation, document: Document, settings: Settings) -> Diagnostic:
    source, span = document.source, violation.span
    configured = settings.severity_of(rule, full_name(rule.name, violation.kind))
    return Diagnostic(
        rule=rule.name,
        severity=configured or violation.severity or rule.severity,
        message=violation.message,
        path=source.path,
        span=span,
        start=source.position(span.start),
        end=source.position(span.end),
        help=violation.help,
        section=tuple(heading.text for heading in document.section_at(span.start)),
        entry=violation.entry,
        related=tuple(
            RelatedPlace(source.position(related.span.start), related.message, related.mirrored, related.too)
            for related in violation.related
        ),
        fix=violation.fix,
        key=violation.key,
        kind=violation.kind,
        note=violation.note,
        rows=violation.rows,
        shared=violation.shared,
        addresses=violation.addresses,
    )

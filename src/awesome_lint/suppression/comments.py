"""Inline comments that switch rules off: ``<!-- awesome-lint disable-line duplicate-entry: two products -->``.

An instruction is ``disable`` (up to the matching ``enable`` or the end of the file), ``disable-line``,
``disable-next-line`` or ``disable-file``; names of rules or groups follow, none means all, and what follows a
colon is the reason.  A finding belongs to the line on which it starts; one about two places that are equally concerned,
such as an entry that stands twice, belongs to both lines.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct, field

from awesome_lint.diagnostic import Violation
from awesome_lint.markdown import Document
from awesome_lint.regex import regex
from awesome_lint.source import Source, Span
from awesome_lint.text.nearest import nearest

_INSTRUCTION = regex(r"<!--\s*(?P<phrase>awesome-lint(?P<joint>\s+|[-:]\s*)(?P<verb>[^\s,:]+))(?P<names>[^:]*)")
_NAME = regex(r"[^\s,]+")


class Verb(StrEnum):
    """What a comment does."""

    DISABLE = "disable"
    ENABLE = "enable"
    DISABLE_LINE = "disable-line"
    DISABLE_NEXT_LINE = "disable-next-line"
    DISABLE_FILE = "disable-file"


class FaultKind(StrEnum):
    """In which way a comment does not do what it says."""

    UNUSED = "unused"
    """It hides nothing (or enables what is not disabled)."""
    UNKNOWN_NAME = "unknown-name"
    """It names neither a rule nor a group."""
    UNKNOWN_VERB = "unknown-verb"
    """It all but names an instruction."""


class SuppressionFault(Struct, frozen=True):
    """Something wrong with a comment: ``word`` is the text at ``span``, empty where a whole comment names no rule.

    ``verb`` is the comment's instruction; ``suggestion`` what may have been meant, empty where nothing is near.
    """

    kind: FaultKind
    span: Span
    word: str
    verb: str
    suggestion: str = ""


class Suppressed(Struct, frozen=True):
    """What is left of the findings, each with its rule's name, and what is wrong with the comments."""

    findings: list[tuple[str, Violation]]
    faults: tuple[SuppressionFault, ...]


class _Order(Struct, frozen=True):
    """One name of one comment (the whole comment where it names none) and the rules that it stands for."""

    verb: Verb
    comment: Span
    span: Span
    word: str
    rules: frozenset[str]


class _Coverage(Struct):
    """Where one rule is switched off, and by which orders."""

    file: _Order | None = None
    lines: dict[int, _Order] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)
    regions: list[tuple[float, _Order]] = field(default_factory=list)
    """The end of the region that begins at the same index of ``starts``; infinite while it is open."""

    def switch_off(self, order: _Order, source: Source) -> None:
        """Take *order* in; where the rule is off already it changes nothing, and so stays unused."""
        if order.verb is Verb.DISABLE_FILE:
            self.file = self.file or order
        elif order.verb is Verb.DISABLE_LINE:
            self.lines.setdefault(source.position(order.comment.start).line, order)
        elif order.verb is Verb.DISABLE_NEXT_LINE:
            self.lines.setdefault(source.position(order.comment.end).line + 1, order)
        elif not self.is_open:
            self.starts.append(order.comment.start)
            self.regions.append((float("inf"), order))

    def switch_on(self, offset: int) -> bool:
        """End the open region at *offset*; False if there is none."""
        if not self.is_open:
            return False
        self.regions[-1] = (offset, self.regions[-1][1])
        return True

    @property
    def is_open(self) -> bool:
        return bool(self.regions) and self.regions[-1][0] == float("inf")

    def orders_at(self, offset: int, source: Source) -> Iterator[_Order]:
        """The orders that hide a finding at *offset*."""
        if self.file:
            yield self.file
        if self.lines and (order := self.lines.get(source.position(offset).line)):
            yield order
        index = bisect_right(self.starts, offset) - 1
        if index >= 0 and offset < self.regions[index][0]:
            yield self.regions[index][1]


def suppress(
    findings: Sequence[tuple[str, Violation]],
    document: Document,
    catalogue: Mapping[str, frozenset[str]],
    ran: frozenset[str],
) -> Suppressed:
    """Drop the *findings* (rule name and violation) that a comment in *document* switches off.

    *catalogue* maps each name of a rule or group to the rules that it stands for, and the empty name to those
    of a comment without names.  A comment is only called unused where all its rules are among *ran*.
    """
    orders, faults = _read_comments(document, catalogue)
    if not orders:
        return Suppressed(list(findings), tuple(faults))
    source = document.source
    used: set[_Order] = set()
    coverage = _cover(orders, source, used)
    kept = []
    for name, violation in findings:
        places = _places(violation) if name in coverage else ()
        hiding = [order for place in places for order in coverage[name].orders_at(place, source)]
        used.update(hiding)
        if not hiding:
            kept.append((name, violation))
    faults += (
        SuppressionFault(FaultKind.UNUSED, order.span, order.word, order.verb)
        for order in orders
        if order not in used and order.rules <= ran
    )
    return Suppressed(kept, tuple(faults))


def lines_switched_off(document: Document) -> Iterator[tuple[int, str]]:
    """The line that each comment about a single line is about, with each name in it."""
    for comment in document.comments:
        match = _INSTRUCTION.match(document.source[comment].removesuffix("-->"))
        if match and match["verb"] in (Verb.DISABLE_LINE, Verb.DISABLE_NEXT_LINE):
            is_next = match["verb"] == Verb.DISABLE_NEXT_LINE
            line = document.source.position(comment.end if is_next else comment.start).line + is_next
            yield from ((line, name) for name in _NAME.findall(match["names"]))


def _places(violation: Violation) -> Iterator[int]:
    """The offsets at which a comment hides *violation*: its own, and those where it could be reported as well."""
    yield violation.span.start
    yield from (related.span.start for related in violation.related if related.mirrored)


def _cover(orders: Sequence[_Order], source: Source, used: set[_Order]) -> dict[str, _Coverage]:
    """Where each rule is off; an ``enable`` that ends something is put into *used*."""
    coverage: dict[str, _Coverage] = defaultdict(_Coverage)
    for order in orders:
        for rule in order.rules:
            if order.verb is not Verb.ENABLE:
                coverage[rule].switch_off(order, source)
            elif coverage[rule].switch_on(order.comment.start):
                used.add(order)
    return coverage


def _read_comments(
    document: Document, catalogue: Mapping[str, frozenset[str]]
) -> tuple[list[_Order], list[SuppressionFault]]:
    orders: list[_Order] = []
    faults: list[SuppressionFault] = []
    for comment in document.comments:
        match = _INSTRUCTION.match(document.source[comment].removesuffix("-->"))
        if not match:
            continue
        verb = match["verb"]
        if not match["joint"].isspace() or verb not in set(Verb):
            if suggestion := nearest(verb, Verb, cutoff=75):
                place = _moved(match.span("phrase"), comment)
                faults.append(SuppressionFault(FaultKind.UNKNOWN_VERB, place, match["phrase"], verb, suggestion))
            continue
        names = [(name[0], _moved(name.span(), comment)) for name in _NAME.finditer(match.string, *match.span("names"))]
        for word, place in names or [("", comment)]:
            if (rules := catalogue.get(word)) is not None:
                orders.append(_Order(Verb(verb), comment, place, word, rules))
            else:
                suggestion = nearest(word, filter(None, catalogue)) or ""
                faults.append(SuppressionFault(FaultKind.UNKNOWN_NAME, place, word, verb, suggestion))
    return orders, faults


def _moved(span: tuple[int, int], comment: Span) -> Span:
    return Span(comment.start + span[0], comment.start + span[1])

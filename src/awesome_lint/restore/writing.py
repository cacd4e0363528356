"""Addresses into the list: each takes the place of a link's destination, and the proof of all fixes holds for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from awesome_lint.diagnostic import Applicability, Edit, Fix, Violation
from awesome_lint.fixing import Fixed, fix
from awesome_lint.markdown import BrokenKind, Document, LinkKind
from awesome_lint.restore.closing import close_links
from awesome_lint.restore.model import Finding, Outcome
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.source import Source, Span
from awesome_lint.text.urls import as_destination

_NAME = "restored-link"
_Key = tuple[int, str, str]


def is_written(finding: Finding, *, unsafe: bool) -> bool:
    """Whether the best candidate of *finding* is put into the list; *unsafe* takes what is only probable as well."""
    wanted = (Outcome.CERTAIN, Outcome.PROBABLE) if unsafe else (Outcome.CERTAIN,)
    return finding.link.closed and finding.outcome in wanted


def write_addresses(source: Source, findings: Iterable[Finding], *, unsafe: bool) -> Fixed:
    """*source* with the addresses of *findings* in the places of those that were lost.

    The links that get one are closed first, where they have no end; nothing else changes.
    """
    written = [each for each in findings if is_written(each, unsafe=unsafe)]
    addresses = {each.link.key: each.candidates[0].url for each in written}
    lines = {each.link.line for each in written}
    closed = close_links(source, lines.__contains__, unsafe=unsafe)
    return fix(closed, rules=[_rule(addresses)])


def _rule(addresses: Mapping[_Key, str]) -> Rule:
    """A rule whose fixes give the links that *addresses* names their addresses."""

    def check(context: Context) -> Iterator[Violation]:
        source = context.document.source
        for text, url, span, destination, end in _places(context.document):
            if address := addresses.get((source.position(span.start).line, text, url)):
                edits = (Edit(destination, as_destination(address) + end),)
                yield Violation(span, "has lost its address", fix=Fix(f"Write {address}", edits, Applicability.SAFE))

    return Rule(_NAME, Group.LINK, check)


def _places(document: Document) -> Iterator[tuple[str, str, Span, Span, str]]:
    """Of each link and definition its text, its address, its place, where its address goes, and what is to follow."""
    for link in document.links:
        if not link.image and link.kind is not LinkKind.REFERENCE:
            is_bare = link.kind in (LinkKind.BARE, LinkKind.AUTOLINK)
            yield "" if is_bare else link.text, link.url, link.span, link.destination_span, ""
    for broken in document.broken_links:
        if broken.kind is BrokenKind.UNCLOSED and not broken.destination and not broken.image:
            yield broken.text, "", broken.span, broken.destination_span, ")"
    for each in document.definitions:
        yield each.label, each.url, each.span, each.destination_span, ""

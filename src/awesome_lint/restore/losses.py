"""Which links of a list have lost their address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from awesome_lint.link_status import LinkStatus, Verdict
from awesome_lint.linter.engine import lint
from awesome_lint.markdown import BrokenKind, BrokenLink, Document, Link, LinkKind, LinkReferenceDefinition
from awesome_lint.regex import regex
from awesome_lint.restore.model import Loss, LostLink
from awesome_lint.restore.subjects import Subjects
from awesome_lint.rules import empty_link
from awesome_lint.rules.proxied_link import opaque_hosts
from awesome_lint.source import Spans
from awesome_lint.text.urls import Target, classify, host_of, unwrap

_CUT = regex(r"(?:\.{3}|\u2026)\Z|%[0-9A-Fa-f]?\Z")
_LONGEST_NAME = 500
"""Characters of an entry's name that are kept: enough to know it by."""
_LOST_END = (BrokenKind.UNCLOSED, BrokenKind.TAG)
_BY_VERDICT = {Verdict.DEAD: Loss.DEAD, Verdict.INVALID: Loss.MALFORMED}


def hidden_hosts(document: Document, proxies: Iterable[str] = ()) -> frozenset[str]:
    """The hosts that only lead on: those of *proxies*, and those that *document* shows to be such."""
    return frozenset((*(name.lower().removeprefix("www.") for name in proxies), *opaque_hosts(document)))


def find_losses(document: Document, statuses: Mapping[str, LinkStatus], hidden: frozenset[str]) -> tuple[LostLink, ...]:
    """The links of *document* that have lost their address, in source order.

    *statuses* is what a link check found out, by URL; *hidden* are the hosts that only lead on.
    """
    losses = _Losses(document, statuses, hidden)
    return tuple(sorted(losses.find(), key=lambda link: link.span))


class _Losses:
    def __init__(self, document: Document, statuses: Mapping[str, LinkStatus], hidden: frozenset[str]) -> None:
        self._document = document
        self._statuses = statuses
        self._hidden = hidden
        self._subjects = Subjects(document)
        # As a finding, so that a comment in the list can excuse a link.
        self._empty = {each.span for each in lint(document, rules=[empty_link.RULE]).diagnostics}

    def find(self) -> Iterator[LostLink]:
        debris = Spans(broken.span for broken in self._document.broken_links)
        for link in self._document.links:
            is_whole = not link.image and link.kind is not LinkKind.REFERENCE and link.span.start not in debris
            if is_whole and (loss := self._loss(link)):
                yield self._lost(link, link.url, loss)
        for broken in self._document.broken_links:
            if broken.kind in _LOST_END and not broken.image:
                yield self._lost(broken, broken.destination, Loss.TRUNCATED)
        for definition in self._document.definitions:
            if self._is_hidden(definition.url):
                yield self._defined(definition)

    def _loss(self, link: Link) -> Loss | None:
        target = classify(link.url)
        if target is Target.NOTHING:
            return Loss.EMPTY if link.span in self._empty and link.text.strip() else None
        if target is Target.SCHEME_ONLY:
            return Loss.TRUNCATED
        if target is Target.PLACEHOLDER:
            return Loss.MALFORMED
        if target is not Target.WEB:
            return None
        if self._is_hidden(link.url):
            return Loss.PROXIED
        if _CUT.search(link.url) and "/wiki/" not in link.url:
            return Loss.TRUNCATED
        status = self._statuses.get(link.url)
        return _BY_VERDICT.get(status.verdict) if status else None

    def _is_hidden(self, url: str) -> bool:
        return unwrap(url) is not None or host_of(url) in self._hidden

    def _lost(self, link: Link | BrokenLink, url: str, loss: Loss) -> LostLink:
        start = self._document.source.position(link.span.start)
        entry = self._subjects.entry_at(link.span.start)
        is_bare = isinstance(link, Link) and link.kind in (LinkKind.BARE, LinkKind.AUTOLINK)
        return LostLink(
            loss,
            "" if is_bare else link.text,
            url,
            link.span,
            link.destination_span,
            start.line,
            start.column,
            self._subjects.of(link, trusts_address=loss is Loss.DEAD),
            entry.title[:_LONGEST_NAME] if entry else "",
            closed=isinstance(link, Link) or not url,
        )

    def _defined(self, definition: LinkReferenceDefinition) -> LostLink:
        start = self._document.source.position(definition.span.start)
        place, destination = definition.span, definition.destination_span
        return LostLink(Loss.PROXIED, definition.label, definition.url, place, destination, start.line, start.column)

"""What the rules about checked links share: where each URL stands, with what the web says about it."""

from __future__ import annotations

from collections.abc import Iterator

from awesome_lint.diagnostic import Violation
from awesome_lint.link_status import LinkStatus, Verdict
from awesome_lint.markdown import Document, LinkKind
from awesome_lint.rule import Context
from awesome_lint.rules._links import Destination, ListIndex, describe_link, destinations


def written_urls(document: Document) -> Iterator[Destination]:
    """All destinations in the source, bare addresses and ``<…>`` among them, in no particular order."""
    yield from destinations(document)
    for link in document.links:
        if link.kind in (LinkKind.BARE, LinkKind.AUTOLINK):
            yield Destination(link.url, link.destination_span, link.span, link.text, link.kind, link.image)


def checked(context: Context) -> Iterator[tuple[Destination, LinkStatus]]:
    """Each destination that was checked, with its status, in source order."""
    links = context.facts.links or {}
    found = [(place, links[place.url]) for place in written_urls(context.document) if place.url in links]
    yield from sorted(found, key=lambda pair: pair[0].span)


def placed(context: Context, violations: list[Violation]) -> Iterator[Violation]:
    """*violations* with the titles of their entries."""
    if violations:
        index = ListIndex(context)
        yield from map(index.name, violations)


def subject(destination: Destination) -> str:
    """How a message begins to refer to *destination*: by its text, and by its address where that is another."""
    if destination.text.strip() in ("", destination.url, destination.url.removeprefix("http://")):
        return f"The {'image' if destination.image else 'link'} to {destination.url}"
    return f"{describe_link(destination.text, image=destination.image)} to {destination.url}"


def addresses(destination: Destination, status: LinkStatus) -> tuple[str, ...]:
    """The addresses that a message about *destination* may name, none where one of them is not to be followed."""
    if status.verdict in (Verdict.UNSAFE_TARGET, Verdict.INVALID):
        return ()
    new = status.replacement.url if status.replacement else status.final
    return tuple(dict.fromkeys((destination.url, new, status.final, status.snapshot or destination.url)))

"""Findings about entries that are missing from another file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from awesome_lint.diagnostic import Shared, Violation
from awesome_lint.rules._messages import fitted
from awesome_lint.semantic.entries import Entry
from awesome_lint.semantic.siblings import Listing, entries_not_in


def not_in(listing: Listing, entries: Iterable[Entry]) -> Iterator[Violation]:
    """Yield a finding for each of *entries* that is missing from *listing*."""
    shared = Shared(listing.name, f"{{count}} entries are not in {listing.name}", most_apart=10)
    for entry, place in entries_not_in(listing, entries):
        names = (entry.title, listing.name, *([place.heading] if place else []))
        where = f", section “{{}}” (line {place.line})" if place else ""
        yield Violation(
            entry.place,
            fitted(f"“{{}}” is not in {{}}{where}", *names),
            help="Add it there, or remove it here",
            entry=entry.title,
            shared=shared,
        )

"""What is said of an entry that another file has, too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from awesome_lint.diagnostic import Severity, Violation
from awesome_lint.rules._messages import fitted
from awesome_lint.semantic.elsewhere import Elsewhere
from awesome_lint.semantic.entries import Entry


def listed_elsewhere(elsewhere: Elsewhere, entries: Iterable[Entry], *, same_address: bool) -> Iterator[Violation]:
    """Yield those of *entries* that are *elsewhere*; with *same_address* under other titles, too."""
    for entry, place in elsewhere.repeated(entries, same_address=same_address):
        names = (entry.title, place.file, *([place.section] if place.section else []))
        where = f", section “{{}}” (line {place.line})" if place.section else f" (line {place.line})"
        yield Violation(
            entry.place,
            fitted(f"“{{}}” is also listed in {{}}{where}", *names),
            help="Keep one of them, unless it is listed in both files on purpose",
            entry=entry.title,
            severity=Severity.WARNING,
        )

"""What only the whole run shows: bad news that says more about this network than about the links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct

from awesome_lint.link_status import Reason, Verdict
from awesome_lint.links.classify import Result
from awesome_lint.links.hosts import site
from awesome_lint.links.requestable import host_of
from awesome_lint.links.wire import URL

_NOT_FOUND = frozenset({Reason.NOT_FOUND, Reason.GONE})
_FILTERED = 12
"""Unrelated sites of which every page is "not found", until that is doubted."""
_INTERCEPTED = 3
"""Unrelated sites whose certificates are rejected alike, until that is doubted."""
_FOUR_OF_FIVE = 4
"""Such sites for each other one: nearly all."""
_MANY_NAMES = 3
"""Sites whose names resolve to private addresses, until a note says what that may mean."""


class Doubt(Struct, frozen=True):
    """The pages of which nothing is known after all, by their keys; ``note`` is a sentence for the user."""

    reason: Reason
    keys: frozenset[str]
    note: str


def find_doubts(pages: Mapping[str, URL], results: Mapping[str, Result]) -> Iterator[Doubt]:
    """What the *results* of a run, by the keys of its *pages*, leave in doubt."""
    sites: dict[str, dict[str, Result]] = {}
    for key, result in results.items():
        sites.setdefault(site(host_of(pages[key])), {})[key] = result
    yield from _filtered(sites)
    yield from _intercepted(pages, sites)


def _filtered(sites: Mapping[str, Mapping[str, Result]]) -> Iterator[Doubt]:
    """No list is as dead as that: dozens of sites that all answer "not found" are one filter."""
    answered = [found for found in sites.values() if any(result.answered for result in found.values())]
    lost = [found for found in answered if all(result.reason in _NOT_FOUND for result in found.values())]
    if len(lost) >= _FILTERED and len(lost) > _FOUR_OF_FIVE * (len(answered) - len(lost)):
        note = (
            f"{len(lost)} unrelated sites all answer 'not found', as where a filter or a proxy answers in their place: "
            "none of their pages is called dead"
        )
        yield Doubt(Reason.FILTERED, frozenset(key for found in lost for key in found), note)


def _intercepted(pages: Mapping[str, URL], sites: Mapping[str, Mapping[str, Result]]) -> Iterator[Doubt]:
    """Where a company's proxy replaces all certificates, or this machine's clock is wrong, all are rejected alike."""
    secure = {
        name: {key: result for key, result in found.items() if pages[key].scheme == "https"}
        for name, found in sites.items()
    }
    reasons = Counter(reason for found in secure.values() if (reason := _common_fault(found)))
    for reason, count in reasons.most_common(1):
        living = sum(any(result.answered for result in found.values()) for found in secure.values())
        if count >= _INTERCEPTED and count > _FOUR_OF_FIVE * living:
            alike = [found for found in secure.values() if _common_fault(found) is reason]
            note = (
                f"the certificates of {count} unrelated sites are rejected for the same reason ({reason.phrase}): "
                "a proxy replaces them, or this machine lacks certificates or has a wrong date; SSL_CERT_FILE may name "
                "a file with the proxy's own"
            )
            yield Doubt(Reason.INTERCEPTED, frozenset(key for found in alike for key in found), note)


def _common_fault(found: Mapping[str, Result]) -> Reason | None:
    """Why TLS failed for all pages of a site, None where it did not, or in more ways than one."""
    reasons = {result.reason if result.verdict is Verdict.TLS else None for result in found.values()}
    return reasons.pop() if len(reasons) == 1 else None


def note_on_names(pages: Mapping[str, URL], results: Mapping[str, Result]) -> str | None:
    """A sentence for the user where many names resolve to private addresses, None elsewhere."""
    hosts = {host_of(pages[key]) for key, result in results.items() if result.reason is Reason.PRIVATE_NAME}
    if len(hosts) < _MANY_NAMES:
        return None
    return (
        f"{len(hosts)} host names resolve to private addresses from here, as with a filter (Pi-hole), split DNS or a "
        "proxy that gives out addresses of its own; their links were not requested: check them from another network"
    )

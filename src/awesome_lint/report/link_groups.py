"""Links by what they turned out to be, and what a maintainer does about each kind."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct

from awesome_lint.link_status import TRANSIENT, Advisory, LinkStatus, Persistence, Reason, Verdict
from awesome_lint.report.link_list import ListedLink

_GONE = {
    Advisory.PARKED: "its domain is for sale",
    Advisory.HOME_PAGE: "that is a home page, so the page itself is probably gone",
    Advisory.ERROR_PAGE: "that is an error page, so the page itself is probably gone",
}

_ADVICE = {
    Verdict.DEAD: "find the new address of each, or remove the link",
    Verdict.INVALID: "no browser can open these: write the address as the browser shows it",
    Verdict.UNSAFE_TARGET: "not public web addresses: write those, or remove the links",
    Verdict.MOVED_PERMANENTLY: "write the new address if it is the same page",
    Verdict.MOVED_TEMPORARILY: "nothing to do: the addresses are meant to redirect",
    Verdict.FRAGMENT_MISSING: "the pages exist, but not the anchors in them: copy the addresses of their headings",
    Verdict.ARCHIVED: "say so in the entry, name a successor, or remove it",
    Verdict.BLOCKED: "these sites block programs, which says nothing about their pages: open them in a browser",
    Verdict.RATE_LIMITED: "these sites allowed no more requests: the next run will continue",
    Verdict.SERVER_ERROR: "may be temporary: it is reported if it lasts for days",
    Verdict.TIMEOUT: "may be temporary: it is reported if it lasts for days",
    Verdict.REFUSED: "may be temporary: it is reported if it lasts for days",
    Verdict.TLS: "may be temporary: it is reported if it lasts for days",
    Verdict.UNKNOWN: "their answers say neither yes nor no: open them in a browser",
    Verdict.UNCHECKED: "not checked in this run",
    Verdict.SKIPPED: "left out of the check",
    Verdict.OK: "",
}
_ORDER = tuple(_ADVICE)


class LinkGroup(Struct, frozen=True):
    """The links of one verdict, each URL once, with all places of it; ``to_do`` where a maintainer has to act."""

    verdict: Verdict
    to_do: bool
    links: tuple[tuple[ListedLink, ...], ...]

    @property
    def advice(self) -> str:
        """What to do about them, as a clause; empty where they are fine."""
        if self.to_do and self.verdict in TRANSIENT:
            return "they have failed for days: find other addresses, or remove the links"
        if self.to_do and self.verdict is Verdict.MOVED_TEMPORARILY:
            return "find the new address of each, or remove the link"
        return _ADVICE[self.verdict]


def group_links(listed: Sequence[ListedLink], verdicts: Collection[Verdict] = ()) -> Iterator[LinkGroup]:
    """The links of *listed* by verdict, those to act on first; only *verdicts* where any is given."""
    groups: dict[tuple[bool, Verdict], dict[str, list[ListedLink]]] = {}
    for link in listed:
        status = link.status
        if not verdicts or status.verdict in verdicts:
            group = groups.setdefault((needs_action(status), status.verdict), {})
            group.setdefault(status.url, []).append(link)
    for key in sorted(groups, key=lambda key: (not key[0], _ORDER.index(key[1]))):
        to_do, verdict = key
        yield LinkGroup(verdict, to_do, tuple(tuple(places) for places in groups[key].values()))


def needs_action(status: LinkStatus) -> bool:
    """Whether a maintainer has to do something about the link."""
    if status.verdict is Verdict.UNSAFE_TARGET:
        return status.reason is not Reason.PRIVATE_NAME
    if status.verdict in TRANSIENT:
        return status.persistence > Persistence.FRESH
    if status.verdict is Verdict.MOVED_PERMANENTLY:
        return Advisory.LOGIN not in status.advisories
    is_broken = status.verdict in (Verdict.DEAD, Verdict.INVALID, Verdict.FRAGMENT_MISSING, Verdict.ARCHIVED)
    return is_broken or any(advisory in _GONE for advisory in status.advisories)


def is_dead(status: LinkStatus) -> bool:
    """Whether the link leads nowhere, as far as can be known."""
    return status.verdict in (Verdict.DEAD, Verdict.INVALID) or status.persistence is Persistence.SETTLED


def new_address(status: LinkStatus) -> str:
    """Where the link leads, empty where it is not redirected."""
    if status.verdict is Verdict.MOVED_PERMANENTLY and status.replacement:
        return status.replacement.url
    return status.final if status.hops else ""


def remark(status: LinkStatus) -> str:
    """What else is to be said of a link, as a clause; empty where its addresses say it all."""
    for advisory, meaning in _GONE.items():
        if advisory in status.advisories:
            return meaning
    if status.verdict in (Verdict.MOVED_PERMANENTLY, Verdict.MOVED_TEMPORARILY):
        return "without https" if Advisory.DOWNGRADED in status.advisories else ""
    return "" if status.verdict is Verdict.OK and status.reason is Reason.ANSWERED else status.explanation


def counted(counts: Mapping[Verdict, int]) -> str:
    """*counts* in words: ``20 dead, 30 blocked``."""
    return ", ".join(f"{counts[verdict]} {verdict}" for verdict in _ORDER if counts.get(verdict))

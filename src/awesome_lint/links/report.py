"""From the statuses of pages to those of links: anchors, replacements, and the doubts that only the whole shows."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from awesome_lint.link_status import LinkReport, LinkStatus, Network, Reason, Replacement, Verdict
from awesome_lint.links.fragments import answers, is_checkable
from awesome_lint.links.hosts import covering, hosts, site
from awesome_lint.links.moves import replacement
from awesome_lint.links.plan import Plan
from awesome_lint.links.requestable import bare, host_of
from awesome_lint.links.run import Run
from awesome_lint.links.spelling import respelt
from awesome_lint.links.wire import URL

_PORTAL = 4
"""Unrelated sites that redirect to one page: more than chance."""


def make_report(plan: Plan, run: Run, pages: Mapping[str, LinkStatus]) -> LinkReport:
    """The report on all links of *plan*, given the statuses of its *pages*."""
    network, suspects = run.network, _portal(plan, pages)
    if suspects and network is Network.UP:
        network = Network.SUSPECT
        run.notes.append(_portal_note(pages, suspects))
    if 2 * len(suspects) >= _answered(pages):
        doubt = {key: LinkStatus(key, Verdict.UNCHECKED, Reason.CAPTIVE_PORTAL) for key in suspects}
        pages = {**pages, **doubt}
    statuses = dict(plan.settled)
    for text, url in plan.spellings.items():
        key = str(bare(url))
        status = _with_fragment(url, pages[key], run.anchors(key))
        move = _replacement(text, url, status) if network is Network.UP else None
        statuses[text] = replace(status, url=text, replacement=move)
    ordered = {text: statuses[text] for text in sorted(statuses)}
    return LinkReport(ordered, network, run.ended is Reason.INTERRUPTED, tuple(run.notes))


def _with_fragment(url: URL, status: LinkStatus, known: frozenset[str] | None) -> LinkStatus:
    fine = status.verdict in (Verdict.OK, Verdict.MOVED_PERMANENTLY, Verdict.MOVED_TEMPORARILY)
    if known is None or not fine or not is_checkable(url) or answers(url, known):
        return status
    return replace(status, verdict=Verdict.FRAGMENT_MISSING, reason=Reason.NO_SUCH_FRAGMENT)


def _replacement(text: str, url: URL, status: LinkStatus) -> Replacement | None:
    if status.cached or status.verdict is not Verdict.MOVED_PERMANENTLY:
        return None
    found = replacement(url, status.hops, status.advisories, renamed=status.reason is Reason.RENAMED)
    return found and Replacement(respelt(text, found.url), found.safe)


def _portal(plan: Plan, pages: Mapping[str, LinkStatus]) -> list[str]:
    """The pages that unrelated sites all redirect to one place from, empty where there are few such sites."""
    groups: dict[str, dict[str, str]] = {}
    for key, status in pages.items():
        if not status.hops or status.cached:
            continue
        source, final = plan.pages[key], URL(status.final)
        if site(host_of(source)) != site(host_of(final)) and not covering(host_of(final), hosts().parking):
            target = str(final.copy_with(query=None, fragment=None))
            groups.setdefault(target, {})[key] = site(host_of(source))
    suspects = [keys for keys in groups.values() if len(set(keys.values())) >= _PORTAL]
    return [key for keys in suspects for key in keys]


def _portal_note(pages: Mapping[str, LinkStatus], suspects: list[str]) -> str:
    target = URL(pages[suspects[0]].final).copy_with(query=None, fragment=None)
    return (
        f"{len(suspects)} links to unrelated sites are all redirected to {target}, as by a captive portal or a filter: "
        "no new address is offered as a fix in this run"
    )


def _answered(pages: Mapping[str, LinkStatus]) -> int:
    """The number of pages from which anything came back."""
    return sum(status.status is not None and not status.cached for status in pages.values()) or 1

"""Which requests a list of links comes down to: one for each page, however often and with whatever anchors."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, field

from awesome_lint.link_status import LinkStatus, Reason, Verdict
from awesome_lint.links.guard import BadHostError, Guard, UnsafeTargetError
from awesome_lint.links.policy import Policy
from awesome_lint.links.urls import NotCheckedError, bare, host_of, is_badge, parse, port_of
from awesome_lint.links.wire import URL


class Plan(Struct, frozen=True):
    """``pages`` maps the key of a page to the URL that is sent, ``spellings`` a link's text to the URL that it is.

    ``settled`` are the links that need no request.
    """

    pages: dict[str, URL] = field(default_factory=dict)
    spellings: dict[str, URL] = field(default_factory=dict)
    settled: dict[str, LinkStatus] = field(default_factory=dict)


def make_plan(texts: Iterable[str], policy: Policy, guard: Guard) -> Plan:
    """Sort out *texts*; every one of them ends up in ``spellings`` or in ``settled``."""
    plan = Plan()
    for text in sorted(set(texts)):
        try:
            url = parse(text)
            _choose(url, policy)
            guard.check_target(url.scheme, host_of(url), port_of(url))
        except NotCheckedError as error:
            plan.settled[text] = LinkStatus(text, error.verdict, error.reason)
        except UnsafeTargetError as error:
            plan.settled[text] = LinkStatus(text, Verdict.UNSAFE_TARGET, error.reason)
        except BadHostError:
            plan.settled[text] = LinkStatus(text, Verdict.INVALID, Reason.MALFORMED)
        else:
            plan.spellings[text] = url
            page = bare(url)
            plan.pages.setdefault(str(page), page)
    return plan


def _choose(url: URL, policy: Policy) -> None:
    if policy.exclude.match(url) or is_badge(url):
        raise NotCheckedError(Verdict.SKIPPED, Reason.EXCLUDED)
    if policy.include.patterns and not policy.include.match(url):
        raise NotCheckedError(Verdict.SKIPPED, Reason.NOT_INCLUDED)

"""Which requests a list of links comes down to: one for each page, however often and with whatever anchors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress

from msgspec import Struct, field

from awesome_lint.link_status import LinkStatus, Reason, Verdict
from awesome_lint.links.guard import BadHostError, Guard, UnsafeTargetError
from awesome_lint.links.policy import Policy
from awesome_lint.links.requestable import NotCheckedError, Patterns, bare, host_of, is_badge, parse, port_of
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
            if reason := _left_out(url, policy.include, policy.exclude):
                raise NotCheckedError(Verdict.SKIPPED, reason)
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


def requestable(texts: Iterable[str], policy: Policy) -> Iterator[str]:
    """Those of *texts* that a check by *policy* would request, in their order."""
    for text in texts:
        if text in make_plan([text], policy, Guard(policy.allow_private)).spellings:
            yield text


def skipped(texts: Iterable[str], include: Patterns, exclude: Patterns) -> dict[str, LinkStatus]:
    """Those of *texts* that *include* and *exclude* (see `Policy`) leave out of the check, each with its status."""
    found = {}
    for text in texts:
        with suppress(NotCheckedError):
            if reason := _left_out(parse(text), include, exclude):
                found[text] = LinkStatus(text, Verdict.SKIPPED, reason)
    return found


def _left_out(url: URL, include: Patterns, exclude: Patterns) -> Reason | None:
    """Why *url* is not to be checked; None if it is."""
    if exclude.match(url) or is_badge(url):
        return Reason.EXCLUDED
    if include.patterns and not include.match(url):
        return Reason.NOT_INCLUDED
    return None

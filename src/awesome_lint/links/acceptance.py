"""Answers that a configuration calls fine.  It judges what came back; what is requested, it cannot change."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec.structs import replace

from awesome_lint.link_status import LinkStatus, Reason, Verdict
from awesome_lint.links.requestable import NotCheckedError, Patterns, parse

_ACCEPTABLE = frozenset({Verdict.DEAD, Verdict.BLOCKED, Verdict.RATE_LIMITED, Verdict.SERVER_ERROR, Verdict.UNKNOWN})


def accepted(status: LinkStatus, accept: Mapping[str, Collection[int]]) -> LinkStatus:
    """*status* as a good one where *accept* lists its HTTP status for a pattern (see `Patterns`) that picks its URL."""
    if status.status is None or status.verdict not in _ACCEPTABLE:
        return status
    patterns = tuple(pattern for pattern, codes in accept.items() if status.status in codes)
    try:
        is_fine = bool(patterns) and Patterns(patterns).match(parse(status.url))
    except NotCheckedError:
        return status
    return replace(status, verdict=Verdict.OK, reason=Reason.ACCEPTED, bad_runs=0, bad_days=0) if is_fine else status

"""Is it them, or is it us?  Watches which hosts answer, to tell dead hosts from a network that is down."""

from __future__ import annotations

import asyncio

from msgspec.structs import replace

from awesome_lint.link_status import Reason, Verdict
from awesome_lint.links.classify import Result, Retry
from awesome_lint.links.requestable import host_of
from awesome_lint.links.wire import URL

_AT_FIRST = 8
"""Distinct hosts that fail before any has answered, until the network is doubted."""
_LATER = 15
"""Distinct hosts that fail in a row although others have answered before."""
_MANY = 15
"""Distinct hosts that never answer, until it matters how many they are beside those that do."""
_FOUR_OF_FIVE = 4
"""Lost hosts for each living one: no list is as dead as that."""
_ENOUGH = 3
"""URLs of one origin that fail before they are sent, until its other URLs are not tried any more."""

_NAMELESS = frozenset({Reason.NO_SUCH_HOST, Reason.RESOLVER_BUSY, Reason.RESOLVER_DEADLINE})
_NO_ANSWER = frozenset({Verdict.DEAD, Verdict.UNKNOWN, Verdict.TIMEOUT, Verdict.REFUSED})


class NetworkWatch:
    """What the requests of a run say about the network."""

    def __init__(self) -> None:
        self.suspicious = asyncio.Event()
        self.answers = 0
        """How often a server answered; outcomes that carry the last count came after the last answer."""
        self.working: dict[str, URL] = {}
        """Hosts that answered, the latest last."""
        self.failing: dict[str, URL] = {}
        """Hosts that failed since the last answer."""
        self.vouched_for = False
        """Hosts known from earlier runs answer: the network is all right, however many links are dead."""
        self._origins: dict[str, list[Result]] = {}
        self._named: set[str] = set()
        self._nameless: set[str] = set()
        self._silent: set[str] = set()

    @property
    def lacks_names(self) -> bool:
        """Whether hardly any host name can be resolved: a network with a wall around it, or none at all."""
        return not self.vouched_for and _outweigh(self._nameless, len(self._named))

    @property
    def walled_in(self) -> bool:
        """Whether so few hosts answer that all bad news is doubtful; meaningful only at the end of a run."""
        return self.lacks_names or (not self.vouched_for and _outweigh(self._silent, len(self.working)))

    def named(self, host: str) -> None:
        """The name *host* was resolved."""
        self._named.add(host)
        self._nameless.discard(host)

    def answered(self, url: URL) -> None:
        """A server answered, whatever the answer."""
        host = host_of(url)
        self.answers += 1
        self.working.pop(host, None)
        self.working[host] = url
        self._silent.discard(host)
        self.failing.clear()
        self.suspicious.clear()

    def failed(self, url: URL, result: Result) -> None:
        """No server answered; certificates and refused targets say nothing about the network."""
        if result.verdict not in _NO_ANSWER:
            return
        host = host_of(url)
        self.failing.setdefault(host, url)
        if host not in self.working:
            self._silent.add(host)
        if result.reason in _NAMELESS and host not in self._named:
            self._nameless.add(host)
        if self.lacks_names or len(self.failing) >= (_LATER if self.working else _AT_FIRST):
            self.suspicious.set()

    def conclude(self, origin: str, result: Result) -> None:
        """Book the final result of a URL at *origin*."""
        if result.answered:
            self._origins.pop(origin, None)
        elif result.host_level and not result.hops:
            self._origins.setdefault(origin, []).append(replace(result, retry=Retry.NEVER))

    def dead_origin(self, origin: str) -> Result | None:
        """What every URL at *origin* gets, once enough of them failed for want of a connection."""
        results = self._origins.get(origin, [])
        return results[-1] if len(results) >= _ENOUGH else None


def _outweigh(lost: set[str], living: int) -> bool:
    return len(lost) >= _MANY and len(lost) > _FOUR_OF_FIVE * living

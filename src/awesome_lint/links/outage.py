"""When many hosts fail: is the network down?  Tries hosts that should answer before it reports so.

No host serves this purpose alone, so that no installation depends on it.  Witnesses are hosts that answered earlier
in the run, or in earlier runs; if there are none, hosts of the list that have not been tried.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable

from awesome_lint.link_status import Reason
from awesome_lint.links.cache import Cache
from awesome_lint.links.classify import Result
from awesome_lint.links.examine import Examiner
from awesome_lint.links.follow import Budget
from awesome_lint.links.guard import BadHostError, UnsafeTargetError
from awesome_lint.links.request import Answer, HttpRequest
from awesome_lint.links.requestable import NotCheckedError, host_of, lane_of, parse, port_of
from awesome_lint.links.wire import URL

_ACQUAINTANCES = 8
"""How many hosts of earlier runs are tried."""


class NetworkDownError(Exception):
    """Nothing answers any more: the run is over."""


class Outage:
    """Finds out whether failures are the network's; *untried* gives the pages of which nothing is known yet."""

    def __init__(self, examiner: Examiner, cache: Cache, untried: Callable[[], Iterable[URL]]) -> None:
        self._follower = examiner.follower
        self._watch = examiner.follower.watch
        self._cache = cache
        self._untried = untried

    async def watch(self) -> None:
        """Pause the run whenever its failures look odd; raises `NetworkDownError` where they are the network's."""
        lanes, policy = self._follower.lanes, self._follower.policy
        while True:
            await self._watch.suspicious.wait()
            lanes.freeze()
            answers = self._watch.answers
            await self._follower.clock.sleep(policy.probe_wait)
            if self._watch.lacks_names and not await self._is_vouched_for():
                raise NetworkDownError
            if self._watch.answers == answers and not await self._answers_anywhere():
                raise NetworkDownError
            self._watch.suspicious.clear()
            lanes.thaw()

    async def is_likely(self) -> bool:
        """Whether the failures of a run that has come to its end say more about the network than about the links."""
        if self._watch.walled_in and not await self._is_vouched_for():
            return True
        return bool(self._watch.failing) and not await self._answers_anywhere()

    async def _is_vouched_for(self) -> bool:
        """Whether hosts that were good in earlier runs answer now, most of a few."""
        hosts = self._acquaintances()
        answers = await asyncio.gather(*map(self._ask, hosts))
        self._watch.vouched_for = bool(hosts) and 2 * sum(map(bool, answers)) >= len(hosts)
        return self._watch.vouched_for

    async def is_contradicted(self, reason: Reason) -> bool:
        """Whether sites that were good in earlier runs show that bad news of a kind is not the network's doing."""
        secure = reason is Reason.INTERCEPTED
        hosts = [url for url in self._acquaintances() if not secure or url.scheme == "https"]
        answers = await asyncio.gather(*(self._ask(url, method="GET") for url in hosts))
        good = [answer for answer in answers if answer and (secure or answer.status < 400)]
        return bool(hosts) and 2 * len(good) >= len(hosts)

    async def _answers_anywhere(self) -> bool:
        """Whether any of a few hosts answers: those that did before, those that did not, those not yet tried."""
        if any(await asyncio.gather(*map(self._ask, list(self._watch.working.values())[-2:]))):
            return True
        if await self._is_vouched_for():
            return True
        tried = self._watch.failing.keys() | self._watch.working.keys()
        untried = {host_of(url): url for url in self._untried() if host_of(url) not in tried}
        last_hope = [*list(self._watch.failing.values())[:2], *list(untried.values())[:4]]
        return any(await asyncio.gather(*map(self._ask, last_hope)))

    def _acquaintances(self) -> list[URL]:
        """Pages of hosts that answered in earlier runs, and have not failed in this one."""
        found: dict[str, URL] = {}
        for text in self._cache.good_urls():
            if len(found) == _ACQUAINTANCES:
                break
            try:
                url = parse(text)
                self._follower.guard.check_target(url.scheme, host_of(url), port_of(url))
            except (NotCheckedError, UnsafeTargetError, BadHostError):
                continue  # the file may come from a stranger
            if host_of(url) not in self._watch.failing:
                found.setdefault(host_of(url), url)
        return list(found.values())

    async def _ask(self, url: URL, *, method: str = "HEAD") -> Answer | None:
        """What comes back from *url* now, None where nothing does; goes past the lanes, which are frozen."""
        self._follower.resolver.forget(host_of(url))
        seconds = self._follower.policy.resolve_seconds
        lane = self._follower.lanes.lane(lane_of(url))
        answer = await self._follower.send(lane, HttpRequest(url, method, seconds), Budget(seconds))
        return None if isinstance(answer, Result) else answer

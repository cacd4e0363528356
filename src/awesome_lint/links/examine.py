"""From a URL to what is known about it: HEAD, then GET decides; failures are tried again before they count."""

from __future__ import annotations

import zlib

from msgspec import Struct
from msgspec.structs import replace

from awesome_lint.link_status import Reason, Verdict
from awesome_lint.links.classify import Result, Retry
from awesome_lint.links.follow import Budget, Followed, Follower, origin_of
from awesome_lint.links.request import Answer, HttpRequest
from awesome_lint.links.requestable import host_of, lane_of, port_of
from awesome_lint.links.wire import URL

PAGE = 1 << 20
"""Bytes of a page that are searched for anchors."""

_HEADS_SHARE = 0.6
"""The part of a try's time that HEAD may take: more than a connection may, so that those are told apart."""


class Examined(Struct, frozen=True):
    """The last word on a URL, with the number of tries and the seconds that they took."""

    followed: Followed
    attempts: int
    seconds: float


class Called(Struct, frozen=True):
    """What a service answered; a `Result` where it did not."""

    answer: Answer | Result
    attempts: int


class Examiner(Struct, frozen=True):
    """Gets to the bottom of one URL at a time."""

    follower: Follower

    async def examine(self, url: URL, *, body: bool = False) -> Examined:
        """Request *url* until the answer is certain enough; with *body* the page is kept, too."""
        policy = self.follower.policy
        budget = Budget(policy.url_seconds)
        keep = PAGE if body else 0
        lane = self.follower.lanes.lane(lane_of(url))
        async with self.follower.lanes.visit(lane):
            followed, tries = await self._attempt(url, budget, keep, again=False), 1
            while (wait := self._wait(url, followed.result, tries)) is not None and budget.left > 0:
                await self.follower.clock.sleep(wait)
                latest = await self._attempt(url, budget, keep, again=True)
                if latest.result.reason is Reason.HOST_COOLING_DOWN:
                    break  # the host's own answer is the better reason
                followed, tries = latest, tries + 1
        if followed.result.reason is Reason.CLOSED and await self._speaks_tls(url, budget):
            followed = replace(followed, result=replace(followed.result, verdict=Verdict.TLS, reason=Reason.ONLY_TLS))
        self.follower.watch.conclude(origin_of(url), followed.result)
        return Examined(followed, tries, budget.spent)

    async def call(self, request: HttpRequest, retries: int | None = None) -> Called:
        """Send a request to a service, more than once where that may help; redirects are not followed."""
        budget = Budget(self.follower.policy.url_seconds)
        tries = 0
        while True:
            answer = await self.follower.fetch(request, budget)
            tries += 1
            result = answer if isinstance(answer, Result) else self.follower.judge(answer)
            wait = self._wait(request.url, result, tries)
            if wait is None or (retries is not None and tries > retries):
                return Called(answer, tries)
            await self.follower.clock.sleep(wait)

    async def _attempt(self, url: URL, budget: Budget, keep: int, *, again: bool) -> Followed:
        lane = self.follower.lanes.lane(lane_of(url))
        if again or keep or lane.get_only:
            return await self.follower.follow(HttpRequest(url, "GET", keep=keep), budget)
        seconds, before = self.follower.policy.request_seconds, budget.spent
        head = await self.follower.follow(HttpRequest(url, "HEAD", seconds * _HEADS_SHARE), budget)
        if _final_on_head(head.result):
            return head
        left = seconds - (budget.spent - before)
        get = await self.follower.follow(HttpRequest(url, "GET", left, urgent=True), budget)
        if get.result.fine and not head.result.hops:
            lane.get_only = True
        return get

    def _wait(self, url: URL, result: Result, tries: int) -> float | None:
        """Seconds until the next try, None where there is to be none."""
        policy = self.follower.policy
        if result.retry is Retry.NEVER or tries > policy.retries:
            return None
        if result.retry is Retry.LATER:
            return 0.0  # the lane is on hold for as long as the host requested
        if result.retry is Retry.CONFIRM:
            if tries > 1:
                return None
            self.follower.resolver.doubt(host_of(URL(result.hops[-1].url)) if result.hops else host_of(url))
            return policy.confirm_wait * _jitter(url, tries, low=1.0)
        return policy.retry_waits[min(tries, len(policy.retry_waits)) - 1] * _jitter(url, tries, low=0.75)

    async def _speaks_tls(self, url: URL, budget: Budget) -> bool:
        """Whether the server that hung up on plain HTTP takes TLS on the same port."""
        if url.scheme != "http" or budget.left <= 0:
            return False
        secure = url.copy_with(scheme="https", port=port_of(url))
        answer = await self.follower.fetch(
            HttpRequest(secure, "HEAD", self.follower.policy.request_seconds / 2), budget
        )
        return not isinstance(answer, Result) or (
            answer.verdict is Verdict.TLS and answer.reason not in (Reason.HANDSHAKE, Reason.NOT_TLS)
        )


def _final_on_head(result: Result) -> bool:
    """Whether a GET would not say more than the HEAD did."""
    settled = result.verdict in (Verdict.RATE_LIMITED, Verdict.UNSAFE_TARGET, Verdict.INVALID)
    asked_by_get = result.method == "GET" and not result.hops
    return result.fine or settled or result.host_level or asked_by_get


def _jitter(url: URL, tries: int, low: float) -> float:
    """A factor from *low* to *low* + 0.5 that is the same in every run."""
    return low + zlib.crc32(f"{tries} {url}".encode()) / 2**33

"""From a URL to what is known about it: requests by GET, as browsers do; bad news is confirmed before it counts.

Not by HEAD: some servers refuse it, some answer 200 whether there is a page or not, and as nine of ten hosts have one
link in a list, the connection that an unread body costs is seldom missed.
"""

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
        budget = Budget(self.follower.policy.url_seconds)
        request = HttpRequest(url, "GET", keep=PAGE if body else 0)
        lane = self.follower.lanes.lane(lane_of(url))
        async with self.follower.lanes.visit(lane):
            followed, tries = await self.follower.follow(request, budget), 1
            before: Result | None = None
            while (wait := self._wait(url, followed.result, tries, before)) is not None and budget.left > 0:
                await self.follower.clock.sleep(wait)
                latest = await self.follower.follow(request, budget)
                if latest.result.reason is Reason.HOST_COOLING_DOWN and followed.result.verdict is not Verdict.DEAD:
                    break  # the host's own answer is the better reason
                followed, before, tries = latest, followed.result, tries + 1
        if followed.result.reason is Reason.CLOSED and await self._speaks_tls(url, budget):
            followed = replace(followed, result=replace(followed.result, verdict=Verdict.TLS, reason=Reason.ONLY_TLS))
        self.follower.watch.conclude(origin_of(url), followed.result)
        return Examined(followed, tries, budget.spent)

    async def call(self, request: HttpRequest, retries: int | None = None) -> Called:
        """Send a request to a service, more than once where that may help; redirects are not followed."""
        budget = Budget(self.follower.policy.url_seconds)
        tries = 0
        before: Result | None = None
        while True:
            answer = await self.follower.fetch(request, budget)
            tries += 1
            result = answer if isinstance(answer, Result) else self.follower.judge(answer)
            told = result.answered and result.retry is Retry.CONFIRM  # services have means of their own to confirm it
            wait = None if told else self._wait(request.url, result, tries, before)
            if wait is None or (retries is not None and tries > retries):
                return Called(answer, tries)
            before = result
            await self.follower.clock.sleep(wait)

    def _wait(self, url: URL, result: Result, tries: int, before: Result | None = None) -> float | None:
        """Seconds until the next try, None where there is to be none; *before* is what the try before this one gave."""
        policy = self.follower.policy
        if result.retry is Retry.NEVER or not policy.retries:
            return None
        if result.retry is Retry.CONFIRM:
            if (before and before.verdict is result.verdict) or tries > policy.retries + 1:
                return None
            if result.host_level:
                self.follower.resolver.doubt(host_of(URL(result.hops[-1].url)) if result.hops else host_of(url))
            return policy.confirm_wait * _jitter(url, tries, low=1.0)
        if tries > policy.retries:
            return None
        if result.retry is Retry.LATER:
            return 0.0  # the lane is on hold for as long as the host requested
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


def _jitter(url: URL, tries: int, low: float) -> float:
    """A factor from *low* to *low* + 0.5 that is the same in every run."""
    return low + zlib.crc32(f"{tries} {url}".encode()) / 2**33

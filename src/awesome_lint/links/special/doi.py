"""DOIs, by the handle service of doi.org: https://www.doi.org/the-identifier/resources/factsheets/doi-resolution-documentation.

A registered DOI is a good link whatever the publisher's site thinks of programs, so the publisher gets no request.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from awesome_lint.link_status import Hop, Reason, Verdict
from awesome_lint.links.classify import REDIRECTS, Result
from awesome_lint.links.examine import Examiner
from awesome_lint.links.finding import Finding, Tell
from awesome_lint.links.request import Answer, HttpRequest
from awesome_lint.links.requestable import lane_of
from awesome_lint.links.wire import URL
from awesome_lint.regex import regex

_DOI = regex(r"/(10\.[0-9.]{4,}/.+)")
_REGISTERED, _UNKNOWN_HANDLE = 1, 100


class Doi(Struct, frozen=True):
    """The handle service at *endpoint*."""

    examiner: Examiner
    endpoint: str

    def claims(self, url: URL) -> bool:
        """Whether *url* resolves a DOI."""
        return lane_of(url) in ("doi.org", "dx.doi.org") and bool(_DOI.fullmatch(url.raw_path.decode("ascii")))

    async def look_up(self, urls: Sequence[URL], tell: Tell) -> None:
        """Request one DOI after the other; the lane sets the pace."""

        async def one(url: URL) -> None:
            tell(url, await self._finding(url))

        await asyncio.gather(*map(one, urls))

    async def _finding(self, url: URL) -> Finding:
        handle = url.raw_path.decode("ascii").partition("?")[0]
        called = await self.examiner.call(
            HttpRequest(URL(f"{self.endpoint}/api/handles{handle}?type=URL"), "GET", keep=65536)
        )
        answer = called.answer
        if isinstance(answer, Result):
            return Finding(answer, attempts=called.attempts)
        result = _judge(answer) if answer.status in (200, 404) else self.examiner.follower.judge(answer)
        if result.verdict is Verdict.DEAD:
            result = await self._confirmed(handle, result)
        if result.fine and lane_of(url) != "doi.org":
            # The old name of the service, which says itself that the new one is to be used.
            new = Hop(301, f"https://doi.org{handle}")
            result = replace(result, verdict=Verdict.MOVED_PERMANENTLY, reason=Reason.REDIRECTED, hops=(new,))
        return Finding(result, attempts=called.attempts)

    async def _confirmed(self, handle: str, result: Result) -> Result:
        """*result*, if the resolver itself does not find the DOI either a little later, else what that says."""
        follower = self.examiner.follower
        await follower.clock.sleep(follower.policy.confirm_wait)
        answer = (await self.examiner.call(HttpRequest(URL(f"{self.endpoint}{handle}"), "GET"))).answer
        if isinstance(answer, Result):
            return answer
        if answer.status in REDIRECTS:
            return Result(Verdict.OK, Reason.ANSWERED, answer.status, answered=True, method="API")
        return result if answer.status == 404 else follower.judge(answer)


def _judge(answer: Answer) -> Result:
    try:
        code = json.loads(answer.body.data)["responseCode"] if answer.body else None
    except (ValueError, TypeError, KeyError, RecursionError):
        code = None
    if code == _REGISTERED:
        return Result(Verdict.OK, Reason.ANSWERED, answer.status, answered=True, method="API")
    if code == _UNKNOWN_HANDLE:
        return Result(Verdict.DEAD, Reason.NOT_REGISTERED, answer.status, answered=True, method="API")
    return Result(Verdict.UNKNOWN, Reason.UNCLEAR, answer.status, answered=True, method="API")

"""YouTube videos: the page says 200 for every id, the preview image does not."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence

from msgspec import Struct

from awesome_lint.link_status import Reason, Verdict
from awesome_lint.links.classify import Result
from awesome_lint.links.examine import Examiner
from awesome_lint.links.finding import Finding, Tell
from awesome_lint.links.request import HttpRequest
from awesome_lint.links.requestable import lane_of
from awesome_lint.links.wire import URL

_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_PATH = re.compile(r"/(?:embed|v|shorts|live)/([A-Za-z0-9_-]{11})/?")


class YouTube(Struct, frozen=True):
    """The image server at *endpoint*."""

    examiner: Examiner
    endpoint: str

    def claims(self, url: URL) -> bool:
        """Whether *url* shows one video."""
        return _video(url) is not None

    async def look_up(self, urls: Sequence[URL], tell: Tell) -> None:
        """Request each video's image; only a clear yes or no is told."""

        async def one(url: URL) -> None:
            called = await self.examiner.call(HttpRequest(URL(f"{self.endpoint}/vi/{_video(url)}/0.jpg"), "HEAD"))
            if isinstance(called.answer, Result):
                return
            if called.answer.status == 200:
                tell(url, Finding(Result(Verdict.OK, Reason.ANSWERED, 200, answered=True, method="API")))
            elif called.answer.status == 404:
                tell(url, Finding(Result(Verdict.DEAD, Reason.NOT_FOUND, 404, answered=True, method="API")))

        await asyncio.gather(*map(one, urls))


def _video(url: URL) -> str | None:
    host = lane_of(url).removeprefix("m.")
    if host == "youtu.be":
        name = url.path.strip("/")
        return name if _ID.fullmatch(name) else None
    if host not in ("youtube.com", "youtube-nocookie.com"):
        return None
    match = _PATH.fullmatch(url.path)
    if match:
        return match[1]
    name = url.params.get("v", "") if url.path == "/watch" else ""
    return name if _ID.fullmatch(name) else None

"""YouTube videos: the page says 200 for every id, the preview image and the description for embedding do not.

https://oembed.com names YouTube's endpoint of the latter.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from urllib.parse import quote

from msgspec import Struct

from awesome_lint.link_status import Reason, Verdict
from awesome_lint.links.classify import Result
from awesome_lint.links.examine import Examiner
from awesome_lint.links.finding import Finding, Tell
from awesome_lint.links.request import HttpRequest
from awesome_lint.links.requestable import lane_of
from awesome_lint.links.wire import URL
from awesome_lint.regex import regex

_EXISTS = frozenset({200, 401, 403})
"""The description of a video that may not be embedded, or is for its owner's friends, is refused."""
_ID = regex(r"[A-Za-z0-9_-]{11}")
_PATH = regex(r"/(?:embed|v|shorts|live)/([A-Za-z0-9_-]{11})/?")


class YouTube(Struct, frozen=True):
    """The image server at *images*, and the endpoint for embedding at *pages*."""

    examiner: Examiner
    images: str
    pages: str

    def claims(self, url: URL) -> bool:
        """Whether *url* shows one video."""
        return _video(url) is not None

    async def look_up(self, urls: Sequence[URL], tell: Tell) -> None:
        """Request each video's image; a video is dead where it has neither that nor a description for embedding."""

        async def one(url: URL) -> None:
            status = await self._status("HEAD", f"{self.images}/vi/{_video(url)}/0.jpg")
            if status == 404:
                watch = f"https://www.youtube.com/watch?v={_video(url)}"
                status = await self._status("GET", f"{self.pages}/oembed?format=json&url={quote(watch, safe='')}")
            if status in _EXISTS:
                tell(url, Finding(Result(Verdict.OK, Reason.ANSWERED, 200, answered=True, method="API")))
            elif status == 404:
                tell(url, Finding(Result(Verdict.DEAD, Reason.NOT_FOUND, 404, answered=True, method="API")))

        await asyncio.gather(*map(one, urls))

    async def _status(self, method: str, address: str) -> int | None:
        called = await self.examiner.call(HttpRequest(URL(address), method))
        return None if isinstance(called.answer, Result) else called.answer.status


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

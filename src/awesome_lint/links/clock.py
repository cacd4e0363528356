"""Time as the checker sees it; tests put a faster one in its place."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable


class Clock:
    """The machine's time, for everything that waits on purpose; deadlines of requests run on the event loop's own."""

    def now(self) -> float:
        """Seconds on a clock that never goes back."""
        return time.monotonic()

    def wall(self) -> float:
        """Seconds since the epoch."""
        return time.time()

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)

    def call_later(self, seconds: float, callback: Callable[[], None]) -> asyncio.TimerHandle:
        """Call *callback* after some time."""
        return asyncio.get_running_loop().call_later(seconds, callback)

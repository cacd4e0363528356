"""Who may send a request now: one lane per host, and a limit for all of them together.

A lane starts at most one request per interval and keeps few in flight.  Among lanes that may start one, the lane
with the most work left goes first, because it decides when the run ends.  No coroutine holds a place while it
waits: it takes a slot for one request and gives it back before it sleeps or continues to another host.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from heapq import heappop, heappush
from itertools import count

from msgspec import Struct, field

from awesome_lint.links.clock import Clock
from awesome_lint.links.hosts import Pace
from awesome_lint.links.policy import Policy
from awesome_lint.links.wire import AsyncConnectionPool

_SLOWEST = 10.0
"""Seconds: the longest interval that a lane is slowed down to."""

_BRIEF = 0.05
"""Seconds for a request where nothing but the host's speed sets the pace: a guess."""

_KEPT = 2
"""Hosts to stay connected with, for each request in flight: a process has few sockets."""

_REFUSALS = 4
"""Refusals in a row after which a host is left alone for this run."""

_CALM = 5
"""Good answers in a row after which a lane that was slowed down speeds up a little."""


class LaneClosedError(Exception):
    """The host requested longer pauses than a run has time for: its remaining links are not requested."""


class Lane(Struct, eq=False):
    """The requests to one host, and what was learnt about it during the run."""

    name: str
    pace: Pace
    interval: float
    limit: int
    opens_at: float = 0.0
    in_flight: int = 0
    visitors: int = 0
    backlog: int = 0
    """Links of this host whose turn to wait here has not come."""
    waited: float = 0.0
    calm: int = 0
    refusals: int = 0
    """How often in a row the host has turned requests away."""
    closed: bool = False
    ticket: int = 0
    """Names the lane's valid entry in the queues of the dispatcher, 0 where it is in none."""
    rank: float = 0.0
    """The work by which that entry was sorted, 0 where the lane waits for its time."""
    waiting: deque[asyncio.Future[None]] = field(default_factory=deque)
    pools: dict[str, AsyncConnectionPool] = field(default_factory=dict)

    @property
    def queue(self) -> int:
        """The number of requests that are still to be sent, as far as that is known."""
        return len(self.waiting) + self.backlog

    @property
    def work(self) -> float:
        """Seconds that these will take at least; good for comparing lanes, and as an estimate."""
        return self.queue * (self.interval or _BRIEF)


class Lanes:
    """All lanes of a run."""

    def __init__(self, policy: Policy, clock: Clock) -> None:
        self._policy = policy
        self._clock = clock
        self._lanes: dict[str, Lane] = {}
        self._free = policy.in_flight
        self._tickets = count(1)
        self._ready: list[tuple[float, int, Lane]] = []
        self._later: list[tuple[float, int, Lane]] = []
        self._timer: asyncio.TimerHandle | None = None
        self._wakes_at = 0.0
        self._frozen = False
        self._connected: dict[Lane, None] = {}

    def __iter__(self) -> Iterator[Lane]:
        return iter(self._lanes.values())

    def lane(self, name: str) -> Lane:
        """The lane of that name; made when first needed."""
        lane = self._lanes.get(name)
        if lane is None:
            pace = self._policy.pace(name)
            lane = self._lanes[name] = Lane(name, pace, pace.interval, min(pace.in_flight, self._policy.in_flight))
        return lane

    @asynccontextmanager
    async def visit(self, lane: Lane) -> AsyncIterator[None]:
        """Announce that requests to *lane* will follow; its connections are kept while there are any."""
        lane.visitors += 1
        try:
            yield
        finally:
            lane.visitors -= 1
            if not lane.visitors:
                self._connected.pop(lane, None)
                await close_pools(lane)

    @asynccontextmanager
    async def slot(self, lane: Lane, *, urgent: bool = False) -> AsyncIterator[None]:
        """The right to send one request, before all others where *urgent*; raises `LaneClosedError`."""
        await self._turn(lane, urgent=urgent)
        try:
            await self._stay_connected(lane)
            yield
        finally:
            self._release(lane)

    async def _stay_connected(self, lane: Lane) -> None:
        """Note that *lane* has connections; hang up on hosts without a request for longest if there are too many."""
        self._connected.pop(lane, None)
        self._connected[lane] = None
        surplus = len(self._connected) - _KEPT * self._policy.in_flight
        if surplus > 0:
            idle = [other for other in self._connected if not other.in_flight]
            for other in idle[:surplus]:
                del self._connected[other]
                await close_pools(other)

    def freeze(self) -> None:
        """Start nothing until `thaw`; what is under way continues."""
        self._frozen = True

    def thaw(self) -> None:
        """Go on."""
        self._frozen = False
        self._dispatch()

    def hold(self, lane: Lane, seconds: float) -> None:
        """The host requested a pause; closes the lane after too many or too long pauses."""
        opens_at = self._clock.now() + seconds
        longer = opens_at - max(lane.opens_at, self._clock.now())
        lane.waited += max(0.0, longer)
        lane.opens_at = max(lane.opens_at, opens_at)
        if seconds > self._policy.retry_after_limit or lane.waited > self._policy.lane_wait_limit:
            self._close(lane)

    def slow_down(self, lane: Lane) -> None:
        """The host had too many requests: one at a time from now on, half as many, and none after a few refusals."""
        lane.refusals += 1
        if lane.refusals >= _REFUSALS:
            self._close(lane)
        lane.limit = 1
        lane.interval = min(_SLOWEST, max(lane.interval * 2, 0.2))
        lane.calm = 0

    def speed_up(self, lane: Lane) -> None:
        """The host gave a good answer: after a few of them go back towards the usual pace, step by step."""
        lane.refusals = 0
        if lane.interval <= lane.pace.interval and lane.limit >= lane.pace.in_flight:
            return
        lane.calm += 1
        if lane.calm < _CALM:
            return
        lane.calm = 0
        lane.interval = max(lane.pace.interval, lane.interval / 1.5)
        if lane.interval <= max(lane.pace.interval, 0.2):
            lane.interval = lane.pace.interval
            lane.limit = min(lane.pace.in_flight, self._policy.in_flight)

    async def close(self) -> None:
        """Close all connections and stop the clockwork."""
        if self._timer:
            self._timer.cancel()
        for lane in self._lanes.values():
            await close_pools(lane)

    async def _turn(self, lane: Lane, *, urgent: bool) -> None:
        if lane.closed:
            raise LaneClosedError(lane.name)
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if urgent:
            lane.waiting.appendleft(turn)
        else:
            lane.waiting.append(turn)
        self._dispatch(lane)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self._release(lane)
            raise

    def _release(self, lane: Lane) -> None:
        lane.in_flight -= 1
        self._free += 1
        # A little later: whoever gave the slot back may have an urgent request to follow.
        asyncio.get_running_loop().call_soon(self._dispatch, lane)

    def _enqueue(self, lane: Lane, now: float) -> None:
        """Put *lane* where the dispatcher sees it, again where its work has doubled since."""
        if not lane.waiting or lane.in_flight >= lane.limit:
            return
        if lane.ticket and not 0 < 2 * lane.rank <= lane.work:
            return
        lane.ticket = next(self._tickets)
        if lane.opens_at > now:
            lane.rank = 0.0
            heappush(self._later, (lane.opens_at, lane.ticket, lane))
        else:
            lane.rank = lane.work
            heappush(self._ready, (-lane.rank, lane.ticket, lane))

    def _dispatch(self, changed: Lane | None = None) -> None:
        now = self._clock.now()
        if changed:
            self._enqueue(changed, now)
        if self._frozen:
            return
        while self._later and self._later[0][0] <= now:
            _, ticket, lane = heappop(self._later)
            if ticket == lane.ticket:
                lane.ticket = 0
                self._enqueue(lane, now)
        while self._free and self._ready:
            _, ticket, lane = heappop(self._ready)
            if ticket != lane.ticket:
                continue  # a later entry stands for the lane
            lane.ticket = 0
            if lane.opens_at <= now and lane.in_flight < lane.limit:
                self._start(lane, now)
            self._enqueue(lane, now)
        if self._later and self._free:
            self._wake_at(self._later[0][0], now)

    def _start(self, lane: Lane, now: float) -> None:
        while lane.waiting:
            turn = lane.waiting.popleft()
            if turn.done():
                continue  # its coroutine was cancelled while it waited
            lane.in_flight += 1
            self._free -= 1
            lane.opens_at = max(lane.opens_at, now + lane.interval)
            turn.set_result(None)
            return

    def _wake_at(self, moment: float, now: float) -> None:
        if self._timer:
            if self._wakes_at <= moment:
                return
            self._timer.cancel()
        self._wakes_at = moment
        self._timer = self._clock.call_later(max(0.0, moment - now), self._wake)

    def _wake(self) -> None:
        self._timer = None
        self._dispatch()

    def _close(self, lane: Lane) -> None:
        lane.closed = True
        while lane.waiting:
            turn = lane.waiting.popleft()
            if not turn.done():
                turn.set_exception(LaneClosedError(lane.name))


async def close_pools(lane: Lane) -> None:
    """Close the connections of *lane*; they are opened again when needed."""
    pools, lane.pools = lane.pools, {}
    for pool in pools.values():
        await pool.aclose()

"""Who may send a request now."""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from itertools import pairwise

import pytest

from awesome_lint.links.lanes import Lane, LaneClosedError, Lanes
from awesome_lint.links.policy import Policy
from tests.links.conftest import SPEED, FastClock

pytestmark = pytest.mark.slow


def lanes(**settings: object) -> tuple[Lanes, FastClock]:
    clock = FastClock()
    return Lanes(Policy(**settings), clock), clock  # type: ignore[arg-type]


def test_lanes_keep_their_limits() -> None:
    """Whatever the order: never more in flight than allowed, never two starts within the interval."""

    starts: defaultdict[str, list[float]] = defaultdict(list)

    class Recorded(Lanes):
        """Notes when a slot is given: its coroutine may run later, where the machine is busy."""

        def _start(self, lane: Lane, now: float) -> None:
            starts[lane.name].append(now)
            super()._start(lane, now)

    async def main() -> None:
        field = Recorded(Policy(in_flight=5), FastClock())
        chance = random.Random(1)
        flying: dict[str, int] = {}

        async def job(name: str) -> None:
            lane = field.lane(name)
            async with field.slot(lane, urgent=chance.random() < 0.2):
                flying[name] = flying.get(name, 0) + 1
                assert flying[name] <= 2
                assert sum(flying.values()) <= 5
                await asyncio.sleep(chance.random() / SPEED)
                flying[name] -= 1

        await asyncio.gather(*(job(chance.choice("abcdefgh") + ".org") for _ in range(150)))

    asyncio.run(main())
    assert sum(map(len, starts.values())) == 150
    for times in starts.values():
        assert all(b - a >= 0.2 - 1e-6 for a, b in pairwise(times))


def test_a_lane_survives_cancelled_waiters() -> None:
    async def main() -> None:
        field, _ = lanes(in_flight=1)
        lane = field.lane("a.org")

        async def job() -> None:
            async with field.slot(lane):
                await asyncio.sleep(0.01)

        tasks = [asyncio.create_task(job()) for _ in range(10)]
        await asyncio.sleep(0.005)
        for task in tasks[1:8]:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert (lane.in_flight, len(lane.waiting)) == (0, 0)
        await asyncio.wait_for(job(), 1)

    asyncio.run(main())


def test_the_longest_lane_goes_first() -> None:
    async def main() -> list[str]:
        field, _ = lanes(in_flight=1)
        order: list[str] = []

        async def job(name: str) -> None:
            async with field.slot(field.lane(name)):
                order.append(name)
                await asyncio.sleep(0)

        field.freeze()
        tasks = [asyncio.create_task(job(name)) for name in ["short.org", *["long.org"] * 5]]
        await asyncio.sleep(0)
        field.thaw()
        await asyncio.gather(*tasks)
        return order

    assert asyncio.run(main())[0] == "long.org"


def test_a_lane_recovers_slowly() -> None:
    field, _ = lanes()
    lane = field.lane("a.org")
    for _ in range(3):
        field.slow_down(lane)
    assert (lane.limit, lane.interval) == (1, 1.6)
    lane.interval = 10.0
    field.speed_up(lane)
    assert lane.limit == 1
    for _ in range(200):
        field.speed_up(lane)
    assert (lane.limit, lane.interval) == (2, 0.2)


def test_a_closed_lane_turns_all_away() -> None:
    async def main() -> int:
        field, _ = lanes(in_flight=1)
        lane = field.lane("a.org")
        closed = 0

        async def job() -> None:
            nonlocal closed
            try:
                async with field.slot(lane):
                    await asyncio.sleep(0.01)
                    field.hold(lane, 1000)
            except LaneClosedError:
                closed += 1

        await asyncio.gather(*(job() for _ in range(5)))
        await job()
        return closed

    assert asyncio.run(main()) == 5

"""One run over many pages: what the cache knows, what services know, what the web says."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Coroutine, Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from awesome_lint.link_status import LinkStatus, Network, Reason, Verdict
from awesome_lint.links.archive import LIMIT, snapshots
from awesome_lint.links.by_design import is_by_design
from awesome_lint.links.cache import Cache
from awesome_lint.links.classify import Result
from awesome_lint.links.doubts import find_doubts, note_on_names
from awesome_lint.links.examine import PAGE, Examiner
from awesome_lint.links.finding import Finding, Service
from awesome_lint.links.fragments import anchors, is_checkable, is_static
from awesome_lint.links.moves import advisories
from awesome_lint.links.outage import NetworkDownError, Outage
from awesome_lint.links.plan import Plan
from awesome_lint.links.policy import Policy
from awesome_lint.links.progress import Observer, Snapshot
from awesome_lint.links.request import Answer, HttpRequest
from awesome_lint.links.requestable import bare, lane_of
from awesome_lint.links.special import services_for
from awesome_lint.links.special.readme import OWN_ANCHORS, source_of
from awesome_lint.links.wire import URL
from awesome_lint.links.world import World

_TICK = 0.25
_AT_ONCE = 10_000
"""Pages that are dealt with at a time; most of them wait in a lane.  More than any list has, and 70 MB at most."""
_CHECKPOINT = 2.0
"""Seconds between two writings of the cache, more where writing takes long."""


class _Outcome(Struct, frozen=True):
    """What was found out about a page; ``answers`` is the number of answers that the network had given by then."""

    finding: Finding
    answers: int
    at: float


class Run:
    """Checks the pages of a plan; `execute` may be called once, inside an event loop."""

    def __init__(self, plan: Plan, policy: Policy, world: World, cache: Cache, observer: Observer) -> None:
        self._plan = plan
        self._policy = policy
        self._world = world
        self._cache = cache
        self._observer = observer
        self._examiner: Examiner = world.examiner(policy)
        self._watch = self._examiner.follower.watch
        self._lanes = self._examiner.follower.lanes
        self._known: dict[str, LinkStatus] = {}
        self._outcomes: dict[str, _Outcome] = {}
        self._unsaved: list[str] = []
        self._room = asyncio.Semaphore(_AT_ONCE)
        anchored = [bare(url) for url in plan.spellings.values() if policy.fragments and is_checkable(url)]
        self._bodies = {str(url) for url in anchored if is_static(url)}
        self._sources = {str(url): source_of(url, world.endpoints.raw) for url in anchored if not is_static(url)}
        self._anchors: dict[str, frozenset[str]] = {}
        self._outage = Outage(self._examiner, cache, self._untried)
        self._contradicted: set[Reason] = set()
        self.notes: list[str] = []
        self.ended: Reason | None = None
        """Why the run ended before its time, None where it did not."""

    @property
    def network(self) -> Network:
        """Whether the network was up until the end."""
        return Network.DOWN if self.ended is Reason.NETWORK_DOWN else Network.UP

    def anchors(self, key: str) -> frozenset[str] | None:
        """The fragments that a page answers to, where they are known."""
        outcome = self._outcomes.get(key)
        return outcome.finding.anchors if outcome and outcome.finding.anchors else self._anchors.get(key)

    async def execute(self) -> dict[str, LinkStatus]:
        """The status of every page by its key; keeps what is known when time is up or the user interrupts."""
        self._recall()
        limit = self._policy.max_seconds
        deadline = None if limit is None else asyncio.get_running_loop().time() + limit
        await self._until(deadline, self._check_all())
        self._conclude()
        if self._policy.suggest and self.ended is None:
            await self._until(deadline, self._suggest())
            if self.ended is Reason.OUT_OF_TIME:
                self.notes.append("time was up before the web archive had been searched for all dead links")
        self._observer(self._snapshot())
        await self._lanes.close()
        return self._known

    async def _until(self, deadline: float | None, work: Coroutine[Any, Any, None]) -> None:
        """Do *work*, as far as it goes until *deadline*, or until the user wants the end."""
        try:
            async with asyncio.timeout_at(deadline):
                await work
        except TimeoutError:
            self.ended = Reason.OUT_OF_TIME
        except asyncio.CancelledError:
            self.ended = Reason.INTERRUPTED
            task = asyncio.current_task()
            if task:
                task.uncancel()

    def _untried(self) -> Iterator[URL]:
        """The pages of which nothing is known yet."""
        for key, url in self._plan.pages.items():
            if key not in self._outcomes and key not in self._known:
                yield url

    def _recall(self) -> None:
        """Take from the cache what is fresh enough."""
        now = self._world.clock.wall()
        for key in self._plan.pages:
            status = None if self._policy.refresh or key in self._bodies else self._cache.fresh(key, now)
            if status:
                self._known[key] = status

    async def _check_all(self) -> None:
        pages = [url for key, url in self._plan.pages.items() if key not in self._known]
        services = services_for(self._examiner, self._world.endpoints, self._policy.github_token, self.notes.append)
        await self._with_helpers(pages, services)
        if self.ended is None and await self._outage.is_likely():
            self.ended = Reason.NETWORK_DOWN
            if self._watch.answers:
                self.notes.append("so few hosts can be reached from here that failures of the others prove little")
        for doubt in find_doubts(self._plan.pages, self._results()):
            if self.ended is None and await self._outage.is_contradicted(doubt.reason):
                self._contradicted.add(doubt.reason)

    async def _with_helpers(self, pages: Sequence[URL], services: Sequence[Service]) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                helpers = [group.create_task(self._outage.watch()), group.create_task(self._tick())]
                await self._share_out(pages, services)
                for helper in helpers:
                    helper.cancel()
        except* NetworkDownError:
            self.ended = Reason.NETWORK_DOWN

    async def _share_out(self, pages: Sequence[URL], services: Sequence[Service]) -> None:
        """Give every page to the service that claims it, else to the web."""
        claimed: dict[int, list[URL]] = {}
        unclaimed: list[URL] = []
        for url in pages:
            number = next((n for n, service in enumerate(services) if service.claims(url)), None)
            if number is None or str(url) in self._bodies:
                unclaimed.append(url)
            else:
                claimed.setdefault(number, []).append(url)
        async with asyncio.TaskGroup() as group:
            for number, urls in claimed.items():
                group.create_task(self._ask_service(services[number], urls))
            await self._ask_webs(unclaimed)
        await asyncio.gather(*(self._read_source(key, url) for key, url in self._sources.items() if url))

    async def _read_source(self, key: str, url: URL) -> None:
        """Learn the anchors of a page that is rendered from the Markdown at *url*."""
        called = await self._examiner.call(HttpRequest(url, "GET", keep=PAGE))
        answer, read = called.answer, self._world.read_anchors
        if read and isinstance(answer, Answer) and answer.status == 200 and answer.body and answer.body.complete:
            self._anchors[key] = read(answer.body.text) | OWN_ANCHORS

    async def _ask_service(self, service: Service, urls: Sequence[URL]) -> None:
        await service.look_up(urls, self._record)
        await self._ask_webs([url for url in urls if str(url) not in self._outcomes])

    async def _ask_webs(self, urls: Sequence[URL]) -> None:
        """Request all pages, not all at once: a task for each of a hundred thousand links would fill the memory."""
        for url in urls:
            self._lanes.lane(lane_of(url)).backlog += 1
        async with asyncio.TaskGroup() as group:
            for url in _in_turn(urls):
                await self._room.acquire()
                self._lanes.lane(lane_of(url)).backlog -= 1
                task = group.create_task(self._ask_web(url))
                task.add_done_callback(lambda _: self._room.release())

    async def _ask_web(self, url: URL) -> None:
        """Request the page itself."""
        body = str(url) in self._bodies
        examined = await self._examiner.examine(url, body=body)
        result, page = examined.followed.result, examined.followed.body
        if result.verdict is Verdict.MOVED_PERMANENTLY and is_by_design(url, URL(result.hops[-1].url)):
            result = replace(result, verdict=Verdict.MOVED_TEMPORARILY)
        odd = advisories(url, result.hops, page) if result.fine else ()
        known = anchors(page) if body and result.fine else None
        self._record(url, Finding(result, odd, attempts=examined.attempts, seconds=examined.seconds, anchors=known))

    def _record(self, url: URL, finding: Finding) -> None:
        self._outcomes[str(url)] = _Outcome(finding, self._watch.answers, self._world.clock.wall())
        self._unsaved.append(str(url))

    async def _tick(self) -> None:
        """Show progress, and write the cache now and then."""
        due = time.monotonic() + _CHECKPOINT
        while True:
            self._observer(self._snapshot())
            await asyncio.sleep(_TICK)
            if time.monotonic() >= due:
                start = time.monotonic()
                self._checkpoint()
                due = time.monotonic() + max(_CHECKPOINT, 20 * (time.monotonic() - start))

    def _checkpoint(self) -> None:
        """Write what is certain by now and keeps: bad news is settled only when the run is over."""
        lasting = [key for key in self._unsaved if self._cache.keeps(self._outcomes[key].finding.result.verdict)]
        certain = [key for key in lasting if self._is_certain(self._outcomes[key])]
        if not certain:
            return
        self._unsaved = [key for key in lasting if not self._is_certain(self._outcomes[key])]
        for key in certain:
            self._known[key] = self._cache.put(_status(key, self._outcomes[key]))
        self._save()

    def _is_certain(self, outcome: _Outcome) -> bool:
        result = outcome.finding.result
        if self._watch.walled_in:
            return result.fine
        return result.answered or outcome.answers < self._watch.answers

    def _save(self) -> None:
        try:
            self._cache.save(self._world.clock.wall())
        except OSError as error:
            note = f"the link cache cannot be written: {error.strerror or error}"
            if note not in self.notes:
                self.notes.append(note)

    def _conclude(self) -> None:
        """Settle and keep the statuses of all pages; what is not certain is unchecked, for what ended the run."""
        doubted = self._doubts()
        for key, outcome in self._outcomes.items():
            if key in self._known:
                continue
            if self.ended and not self._is_certain(outcome):
                self._known[key] = LinkStatus(key, Verdict.UNCHECKED, self.ended)
            elif key in doubted:
                self._known[key] = LinkStatus(key, Verdict.UNCHECKED, doubted[key])
            else:
                self._known[key] = self._cache.put(_status(key, outcome))
        for key in self._plan.pages:
            if key not in self._known:
                self._known[key] = LinkStatus(key, Verdict.UNCHECKED, self.ended or Reason.OUT_OF_TIME)
        self._save()

    def _results(self) -> dict[str, Result]:
        return {key: outcome.finding.result for key, outcome in self._outcomes.items()}

    def _doubts(self) -> dict[str, Reason]:
        """Why the results of some pages are not believed; notes say so."""
        results = self._results()
        if note := note_on_names(self._plan.pages, results):
            self.notes.append(note)
        doubts = [doubt for doubt in find_doubts(self._plan.pages, results) if doubt.reason not in self._contradicted]
        self.notes += [doubt.note for doubt in doubts]
        return {key: doubt.reason for doubt in doubts for key in doubt.keys}

    async def _suggest(self) -> None:
        dead = sorted(key for key, s in self._known.items() if s.verdict is Verdict.DEAD and not s.snapshot)
        if len(dead) > LIMIT:
            self.notes.append(f"the web archive was searched for {LIMIT} of {len(dead)} dead links")
        async for key, snapshot in snapshots(self._examiner, self._world.endpoints.archive, dead):
            self._known[key] = replace(self._known[key], snapshot=snapshot)

    def _snapshot(self) -> Snapshot:
        snapshot = Snapshot(len(self._plan.pages), waiting=self._slowest())
        snapshot.verdicts.update(status.verdict for status in self._known.values())
        done = (outcome.finding.result.verdict for key, outcome in self._outcomes.items() if key not in self._known)
        snapshot.verdicts.update(done)
        return snapshot

    def _slowest(self) -> tuple[str, int, float] | None:
        lane = max((lane for lane in self._lanes if lane.queue), key=lambda lane: lane.work, default=None)
        return (lane.name, lane.queue, lane.work) if lane else None


def _in_turn(urls: Sequence[URL]) -> Iterator[URL]:
    """One of every host, the host with most links first, then the next of every host: no host waits for another."""
    lanes: dict[str, list[URL]] = {}
    for url in urls:
        lanes.setdefault(lane_of(url), []).append(url)
    turns = deque(map(iter, sorted(lanes.values(), key=len, reverse=True)))
    while turns:
        lane = turns.popleft()
        following = next(lane, None)
        if following is not None:
            yield following
            turns.append(lane)


def _status(key: str, outcome: _Outcome) -> LinkStatus:
    finding, result = outcome.finding, outcome.finding.result
    return LinkStatus(
        key,
        result.verdict,
        result.reason,
        result.status,
        result.hops,
        finding.advisories,
        method=result.method,
        attempts=finding.attempts,
        checked_at=outcome.at,
        seconds=finding.seconds,
    )

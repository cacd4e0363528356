"""Following redirects by hand: every hop is parsed, guarded and requested in the lane of its own host."""

from __future__ import annotations

import time
from math import inf

from msgspec import Struct, field
from msgspec.structs import replace

from awesome_lint.link_status import Hop, Reason, Verdict
from awesome_lint.links.classify import PERMANENT, REDIRECTS, Result, judge_answer, judge_failure, retry_after
from awesome_lint.links.clock import Clock
from awesome_lint.links.guard import BadHostError, Guard, UnsafeTargetError
from awesome_lint.links.hosts import site
from awesome_lint.links.lanes import Lane, LaneClosedError, Lanes
from awesome_lint.links.policy import Policy
from awesome_lint.links.request import Answer, Extra, HttpRequest, Requester, ResponseBody
from awesome_lint.links.requestable import NotCheckedError, bare, checked, host_of, lane_of, port_of, printable
from awesome_lint.links.resolver import Resolver, ResolverDeadlineError
from awesome_lint.links.watch import NetworkWatch
from awesome_lint.links.wire import URL, WIRE_ERRORS, Headers, InvalidURL

_LOCATION = 8192
_COOKIES = 4096
_SNIFF = 65536
"""Bytes of a page that are looked through for the marks of a domain seller."""


_WITHOUT_COOKIES = frozenset(
    {Reason.NOT_FOUND, Reason.GONE, Reason.FORBIDDEN, Reason.TOO_MANY_REDIRECTS, Reason.ODD_STATUS}
)
"""What a site may answer to those who do not send back the cookies that it has set on the way."""

_NOT_FOR_APPS = frozenset(
    {
        *("about", "blob", "chrome", "data", "dict", "file", "filesystem", "ftp", "ftps", "gopher", "jar"),
        *("javascript", "ldap", "ldaps", "nfs", "resource", "sftp", "smb", "ssh", "telnet", "tftp", "vbscript"),
        *("view-source", "ws", "wss"),
    }
)
"""Schemes that open no application of the reader's, but files, scripts or other servers."""


class Budget(Struct):
    """Seconds that may be spent on asking for one URL; waiting for a turn is free."""

    left: float
    spent: float = 0.0

    def charge(self, since: float) -> None:
        """Book what passed since the moment *since* of the monotonic clock."""
        passed = time.monotonic() - since
        self.left -= passed
        self.spent += passed


class Followed(Struct, frozen=True):
    """Where a chain of redirects ended: the verdict, and the body of the last answer if it was kept."""

    result: Result
    url: URL
    body: ResponseBody | None = None


class _Trail(Struct):
    """A chain while it is followed; ``cookies`` are kept per origin, and only where they are wanted at all.

    ``offered`` where any of its redirects set a cookie.
    """

    start: URL
    url: URL
    hops: list[Hop] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    cookies: dict[str, dict[str, str]] | None = None
    offered: bool = False

    @property
    def left_site(self) -> bool:
        return bool(self.hops) and site(host_of(self.url)) != site(host_of(self.start))

    def ended(self, result: Result, method: str, body: ResponseBody | None = None) -> Followed:
        if result.fine and self.hops:
            permanent = all(hop.status in PERMANENT for hop in self.hops)
            verdict = Verdict.MOVED_PERMANENTLY if permanent else Verdict.MOVED_TEMPORARILY
            result = replace(result, verdict=verdict, reason=Reason.REDIRECTED)
        return Followed(replace(result, hops=tuple(self.hops), method=method), self.url, body)

    def step(self, answer: Answer, limit: int) -> Result | None:
        """Go on to where *answer* leads; a verdict where that cannot be done."""
        try:
            text = _joined(self.url, _location(answer.headers))
            scheme = text.partition(":")[0].lower()
            if scheme not in ("http", "https"):
                self.hops.append(Hop(answer.status, printable(text)))
                if scheme in _NOT_FOR_APPS:
                    return Result(Verdict.UNSAFE_TARGET, Reason.BAD_SCHEME, answer.status, answered=True)
                return Result(Verdict.UNKNOWN, Reason.OPENS_APP, answer.status, answered=True)
            target = checked(text)
        except (NotCheckedError, InvalidURL, ValueError):
            return Result(Verdict.UNKNOWN, Reason.BAD_REDIRECT, answer.status, answered=True)
        self.seen.add(str(self.url))
        looped = str(bare(target)) in self.seen
        if looped and self.cookies is None:
            return Result(Verdict.UNKNOWN, Reason.REDIRECT_LOOP, answer.status, answered=True)
        if len(self.hops) >= limit:
            reason = Reason.REDIRECT_LOOP if looped else Reason.TOO_MANY_REDIRECTS
            return Result(Verdict.UNKNOWN, reason, answer.status, answered=True)
        self._keep_cookies(answer.headers)
        self.hops.append(Hop(answer.status, printable(str(target))))
        self.url = bare(target)
        return None

    def cookie_header(self) -> Extra:
        """The cookies that the present origin has set in this chain."""
        ours = (self.cookies or {}).get(origin_of(self.url))
        return [(b"Cookie", "; ".join(f"{k}={v}" for k, v in ours.items()).encode("latin-1"))] if ours else []

    def _keep_cookies(self, headers: Headers) -> None:
        self.offered |= "set-cookie" in headers
        if self.cookies is None:
            return
        ours = self.cookies.setdefault(origin_of(self.url), {})
        for text in headers.get_list("set-cookie"):
            name, equals, value = text.partition(";")[0].strip().partition("=")
            if equals and text.isascii() and len(text) <= _COOKIES and len(ours) < 20:
                ours[name] = value


def origin_of(url: URL) -> str:
    """Scheme, host and port: what one server is known by."""
    return f"{url.scheme}://{host_of(url)}:{port_of(url)}"


def next_url(url: URL, headers: Headers) -> URL | None:
    """Where an answer from *url* with these *headers* redirects to; None where that is no web address."""
    try:
        text = _joined(url, _location(headers))
        return checked(text) if text.partition(":")[0].lower() in ("http", "https") else None
    except (NotCheckedError, InvalidURL, ValueError):
        return None


def _location(headers: Headers) -> str:
    """The ``Location`` as browsers read it: UTF-8, else Latin-1; raises `ValueError` where there is no usable one."""
    raw = next((value for name, value in headers.raw if name.lower() == b"location"), b"")
    if not raw or len(raw) > _LOCATION:
        raise ValueError("no usable Location")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _joined(base: URL, location: str) -> str:
    if location.lower().startswith(("http://", "https://")):
        return location
    return str(base.join(location))


class Follower(Struct, frozen=True):
    """Requests URLs and follows where they lead."""

    policy: Policy
    clock: Clock
    guard: Guard
    resolver: Resolver
    lanes: Lanes
    requester: Requester
    watch: NetworkWatch

    async def follow(self, request: HttpRequest, budget: Budget) -> Followed:
        """Send *request*, and go by GET wherever it is redirected to, until something else comes.

        A chain that goes in a circle, or sets cookies and ends where there is nothing, is tried once more with them.
        """
        trail = _Trail(bare(request.url), bare(request.url))
        followed = await self._chain(trail, request, budget)
        result = followed.result
        if result.reason is Reason.REDIRECT_LOOP or (trail.offered and result.reason in _WITHOUT_COOKIES):
            trail = _Trail(bare(request.url), bare(request.url), cookies={})
            followed = await self._chain(trail, replace(request, method="GET", seconds=inf, urgent=True), budget)
        return followed

    async def _chain(self, trail: _Trail, request: HttpRequest, budget: Budget) -> Followed:
        while True:
            keep = request.keep or (_SNIFF if trail.left_site else 0)
            answer = await self.fetch(replace(request, url=trail.url, keep=keep, extra=trail.cookie_header()), budget)
            if isinstance(answer, Result):
                return trail.ended(answer, request.method)
            if answer.status not in REDIRECTS:
                return trail.ended(self.judge(answer), answer.method, answer.body)
            problem = trail.step(answer, self.policy.redirects)
            if problem:
                return trail.ended(problem, answer.method)
            request = replace(request, method="GET", seconds=inf, urgent=True)

    async def fetch(self, request: HttpRequest, budget: Budget) -> Answer | Result:
        """Send *request* when its lane has room; the answer, or the verdict where none came."""
        url = request.url
        try:
            self.guard.check_target(url.scheme, host_of(url), port_of(url))
            if not self.requester.pools.proxied(url):
                await self.resolver.resolve(host_of(url))
                self.watch.named(host_of(url))
        except (UnsafeTargetError, BadHostError, ResolverDeadlineError, OSError) as error:
            return self._failed(url, judge_failure(error))
        lane = self.lanes.lane(lane_of(url))
        try:
            async with self.lanes.visit(lane), self.lanes.slot(lane, urgent=request.urgent):
                return self.watch.dead_origin(origin_of(url)) or await self.send(lane, request, budget)
        except LaneClosedError:
            return Result(Verdict.RATE_LIMITED, Reason.HOST_COOLING_DOWN)

    async def send(self, lane: Lane, request: HttpRequest, budget: Budget) -> Answer | Result:
        """Send *request* at once: for whoever holds a slot of *lane*, and for probes."""
        seconds = min(request.seconds, self.policy.request_seconds, budget.left)
        since = time.monotonic()
        try:
            answer = await self.requester.send(lane, request, seconds)
        except (*WIRE_ERRORS, UnsafeTargetError, ResolverDeadlineError, OSError) as error:
            return self._failed(request.url, judge_failure(error))
        finally:
            budget.charge(since)
        self.watch.answered(request.url)
        self._pace(lane, answer)
        return answer

    def _failed(self, url: URL, result: Result) -> Result:
        self.watch.failed(url, result)
        return result

    def _pace(self, lane: Lane, answer: Answer) -> None:
        wait = self._retry_after(answer)
        if answer.status == 429 or (answer.status == 503 and wait is not None):
            self.lanes.slow_down(lane)
            self.lanes.hold(lane, self.policy.retry_waits[0] if wait is None else wait)
        else:
            self.lanes.speed_up(lane)

    def judge(self, answer: Answer) -> Result:
        """The verdict on an answer that is not a redirect."""
        return judge_answer(answer.status, answer.headers, host_of(answer.url), self._retry_after(answer))

    def _retry_after(self, answer: Answer) -> float | None:
        return retry_after(answer.headers, self.clock.wall(), self.policy.retry_after_default)

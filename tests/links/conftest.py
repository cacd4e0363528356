"""A web in miniature: servers, names, a certificate authority, and a checker that sees nothing else.

Whatever the checker connects to beside these servers fails the test.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

import msgspec
import pytest
import trustme

from awesome_lint.link_status import LinkReport, LinkStatus
from awesome_lint.links import Policy, World, check
from awesome_lint.links.clock import Clock
from awesome_lint.links.guard import Address, Guard
from awesome_lint.links.network import Proxies
from awesome_lint.links.progress import Observer
from awesome_lint.links.resolver import ResolverDeadlineError
from awesome_lint.links.special import Endpoints
from awesome_lint.links.wire import AnyIOBackend, AsyncNetworkStream
from tests.links.servers import Answering, Handling, Server, ServerRoom, response

SPEED = 100.0

LOOPBACK = ip_address("127.0.0.1")


class FastClock(Clock):
    """Faster than it is where a wait is intended; remembers for how long."""

    def __init__(self, speed: float = SPEED) -> None:
        self._speed = speed
        self._start = super().now()
        self.offset = 0.0
        self.waits: list[float] = []

    def now(self) -> float:
        return (super().now() - self._start) * self._speed

    def wall(self) -> float:
        return super().wall() + self.offset

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        await super().sleep(seconds / self._speed)

    def call_later(self, seconds: float, callback: Callable[[], None]) -> asyncio.TimerHandle:
        return super().call_later(seconds / self._speed, callback)


class LocalGuard(Guard, frozen=True):
    """The real guard, but for loopback addresses with the ports of the test's own servers."""

    ports: set[int] = msgspec.field(default_factory=set)

    def check_addresses(self, addresses: Iterable[Address], port: int, *, named: bool = True) -> None:
        addresses = list(addresses)
        if port in self.ports and all(address.is_loopback for address in addresses):
            return
        super().check_addresses(addresses, port, named=named)


@dataclass
class Web:
    """The servers of one test, and a checker among them."""

    room: ServerRoom
    authority: trustme.CA
    names: dict[str, Sequence[str] | OSError | float] = field(default_factory=dict)
    servers: list[Server] = field(default_factory=list)
    clock: FastClock = field(default_factory=FastClock)
    ports: set[int] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    """Ports that may be connected to although the guard knows nothing of them: those of proxies."""
    endpoints: Endpoints = field(default_factory=Endpoints)
    lookups: list[str] = field(default_factory=list)
    proxies: Proxies = field(default_factory=Proxies)
    read_anchors: Callable[[str], frozenset[str]] | None = None

    def serve(
        self,
        answer: Answering | bytes,
        host: str = "a.site.org",
        *,
        tls: ssl.SSLContext | None = None,
        address: str = "127.0.0.1",
    ) -> Server:
        """A proper server for *host* that gives *answer* to every request."""
        reply: Answering = (lambda _: answer) if isinstance(answer, bytes) else answer
        return self._known(self.room.answering(reply, host, tls, address), address)

    def raw(
        self,
        handle: Handling,
        host: str = "a.site.org",
        *,
        tls: ssl.SSLContext | None = None,
        address: str = "127.0.0.1",
    ) -> Server:
        """A server for *host* whose connections are in the hands of *handle*."""
        return self._known(self.room.handling(handle, host, tls, address), address)

    def _known(self, server: Server, address: str) -> Server:
        self.servers.append(server)
        self.ports.add(server.port)
        self.names.setdefault(server.host, [address])
        return server

    def certificate(self, *names: str) -> ssl.SSLContext:
        """A server's TLS context with a good certificate for *names*."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.authority.issue_cert(*names).configure_cert(context)
        return context

    async def lookup(self, host: str) -> Sequence[Address]:
        self.lookups.append(host)
        answer = self.names.get(host, socket.gaierror(socket.EAI_NONAME, "Name or service not known"))
        if isinstance(answer, float):
            await asyncio.sleep(min(answer, 0.5))
            raise ResolverDeadlineError(host)
        if isinstance(answer, OSError):
            raise type(answer)(*answer.args)
        return [ip_address(text) for text in answer]

    @property
    def world(self) -> World:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.authority.configure_trust(tls)
        guard = LocalGuard(ports=self.ports)
        return World(guard, self.clock, lambda _: self.lookup, self.proxies, tls, self.endpoints, self.read_anchors)

    def check(
        self,
        *urls: str,
        cache: Path | None = None,
        observer: Observer = lambda _: None,
        policy: Policy | None = None,
        **settings: object,
    ) -> LinkReport:
        """Check *urls* by *policy*, else by one with *settings* that differ from the tests' usual ones."""
        chosen = policy or self.policy(**settings)
        return check(urls, chosen, cache=cache, observer=observer, world=self.world)

    @staticmethod
    def policy(**settings: object) -> Policy:
        """A policy with *settings*; tests of deadlines give their own, the others may run on a busy machine."""
        return Policy(**{"request_seconds": 10.0, "resolve_seconds": 5.0, **settings})  # type: ignore[arg-type]

    def one(self, url: str, **settings: object) -> LinkStatus:
        """The status of *url*, checked beside a link that answers, so that the network is known to be up."""
        good = self.serve(response(), host="good.site.org")
        return self.check(url, good.url("/good"), policy=self.policy(**settings)).statuses[url]


@pytest.fixture(scope="session")
def room() -> Iterator[ServerRoom]:
    room = ServerRoom()
    yield room
    room.close()


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def web(room: ServerRoom, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """A web that ends with the test; connections to anywhere else fail it."""
    web = Web(room, authority)
    strays: list[tuple[str, int]] = []
    connect = AnyIOBackend.connect_tcp

    async def watched(self: AnyIOBackend, host: str, port: int, *args: object, **more: object) -> AsyncNetworkStream:
        if not ip_address(host).is_loopback or port not in web.ports | web.hidden:
            strays.append((host, port))
            raise ConnectionRefusedError(111, "not a server of this test")
        return await connect(self, host, port, *args, **more)  # type: ignore[arg-type]

    def no_lookup(*args: object, **_: object) -> None:
        pytest.fail(f"looked up {args} by the system's resolver")

    monkeypatch.setattr(AnyIOBackend, "connect_tcp", watched)
    monkeypatch.setattr("awesome_lint.links.resolver._getaddrinfo", no_lookup)
    yield web
    for server in web.servers:
        room.stop(server)
    assert not strays, f"connections to {strays}"

"""Connections: guarded, resolved by our own resolver, pooled per lane.

The guard sits in the network backend, under the HTTP engine, so it judges the very addresses that are connected
to, for every new connection: redirects and name servers that change their minds pass it like everything else.
The certificate check is not affected: TLS still checks the host name.
"""

from __future__ import annotations

import asyncio
import errno
import select
import socket
import ssl
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any
from urllib.request import getproxies, proxy_bypass

import certifi
from msgspec import Struct, field

from awesome_lint.links.guard import Address, Guard
from awesome_lint.links.requestable import host_of, port_of
from awesome_lint.links.resolver import Resolver
from awesome_lint.links.wire import (
    URL,
    AnyIOBackend,
    AsyncConnectionPool,
    AsyncHTTPProxy,
    AsyncNetworkBackend,
    AsyncNetworkStream,
    ConnectError,
    ConnectTimeout,
    InvalidURL,
)

UNREACHABLE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT})
"""Error numbers that say that this machine has no way to an address."""

_STAGGER = 0.25
"""Seconds before the next address is tried beside one that has not answered (RFC 8305, section 5)."""

_KEEP_ALIVE = 15.0


class GuardedBackend(AsyncNetworkBackend):
    """Opens TCP connections to addresses that *guard* lets pass, and to *trusted* proxies."""

    def __init__(self, guard: Guard, resolver: Resolver, trusted: frozenset[tuple[str, int]] = frozenset()) -> None:
        self._guard = guard
        self._resolver = resolver
        self._trusted = trusted
        self._sockets = AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        *_: Any,
        **__: Any,
    ) -> AsyncNetworkStream:
        """Resolve, judge, connect to the first address that answers; see `AsyncNetworkBackend`."""
        addresses = await self._resolver.resolve(host)
        if (host, port) not in self._trusted:
            self._guard.check_addresses(addresses, port)
        try:
            async with asyncio.timeout(timeout):
                return _Stream(await self._race(addresses, port))
        except TimeoutError as error:
            raise ConnectTimeout(str(error)) from error

    async def connect_unix_socket(self, path: str, *_: Any, **__: Any) -> AsyncNetworkStream:
        """Refused: nothing in a list lives there."""
        raise ConnectError(path)

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)

    async def _race(self, addresses: Sequence[Address], port: int) -> AsyncNetworkStream:
        """Happy eyeballs: start one connection, a further one whenever one fails or lets us wait."""
        waiting = _alternate(addresses)
        running: set[asyncio.Task[AsyncNetworkStream]] = set()
        problems: list[ConnectError] = []
        try:
            while waiting or running:
                if waiting:
                    running.add(asyncio.create_task(self._sockets.connect_tcp(str(waiting.pop(0)), port)))
                done, running = await asyncio.wait(
                    running, timeout=_STAGGER if waiting else None, return_when=asyncio.FIRST_COMPLETED
                )
                for task in done:
                    error = task.exception()
                    if error is None:
                        running |= done - {task}
                        return task.result()
                    if not isinstance(error, ConnectError):
                        raise error
                    problems.append(error)
        finally:
            await _discard(running)
        # A host that refuses says more than a family of addresses that this machine has no route to.
        raise min(problems, key=_is_unreachable, default=ConnectError("no address"))


def _is_unreachable(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, OSError) and error.errno in UNREACHABLE:
            return True
        error = error.__cause__ or error.__context__
    return False


class _Stream(AsyncNetworkStream):
    """The engine's stream, closed also when the TLS handshake is cancelled, and quicker to say whether it is idle."""

    def __init__(self, stream: AsyncNetworkStream) -> None:
        self._stream = stream
        self._socket = stream.get_extra_info("socket")
        self.read = stream.read  # type: ignore[method-assign]
        self.write = stream.write  # type: ignore[method-assign]
        self.aclose = stream.aclose  # type: ignore[method-assign]

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> AsyncNetworkStream:
        """See `AsyncNetworkStream`."""
        try:
            return _Stream(await self._stream.start_tls(ssl_context, server_hostname, timeout))
        except asyncio.CancelledError:
            await self._stream.aclose()
            raise

    def get_extra_info(self, info: str) -> Any:
        """See `AsyncNetworkStream`."""
        if info == "is_readable":
            return self._socket.fileno() < 0 or _is_readable(self._socket)
        return self._stream.get_extra_info(info)


def _is_readable(sock: socket.socket) -> bool:
    if not hasattr(select, "poll"):  # Windows
        return bool(select.select([sock], [], [], 0)[0])
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    return bool(poll.poll(0))


def _alternate(addresses: Sequence[Address]) -> list[Address]:
    """*addresses* with the two families taking turns, the family of the first one first."""
    first = [a for a in addresses if a.version == addresses[0].version]
    other = [a for a in addresses if a.version != addresses[0].version]
    turns = [a for pair in zip(first, other, strict=False) for a in pair]
    return turns + first[len(other) :] + other[len(first) :]


async def _discard(tasks: Iterable[asyncio.Task[AsyncNetworkStream]]) -> None:
    for task in tasks:
        task.cancel()
    for result in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(result, AsyncNetworkStream):
            await result.aclose()


class Proxies(Struct, frozen=True, dict=True):
    """The proxies that the environment names; SOCKS is not supported."""

    urls: dict[str, str] = field(default_factory=dict)

    @classmethod
    def from_environment(cls) -> Proxies:
        """What ``HTTP_PROXY``, ``HTTPS_PROXY``, ``ALL_PROXY`` (or the system's settings) say."""
        return cls(getproxies())

    def proxy_for(self, url: URL) -> URL | None:
        """The proxy for *url*, None where it is to be requested directly; ``NO_PROXY`` is obeyed."""
        text = self.urls.get(url.scheme) or self.urls.get("all")
        if not text or proxy_bypass(f"{host_of(url)}:{port_of(url)}"):
            return None
        return _proxy_url(text)

    @cached_property
    def endpoints(self) -> frozenset[tuple[str, int]]:
        """Host and port of every proxy: connections there are not the list's doing."""
        found = (_proxy_url(text) for scheme, text in self.urls.items() if scheme in ("http", "https", "all"))
        return frozenset((host_of(url), port_of(url)) for url in found if url)


def _proxy_url(text: str) -> URL | None:
    try:
        url = URL(text if "://" in text else f"http://{text}")
    except InvalidURL:
        return None
    return url if url.scheme in ("http", "https") and url.host else None


class Pools:
    """Makes connection pools that share one backend and one TLS context.

    One small pool per lane: the engine's bookkeeping grows with the square of the connections in a pool.
    """

    def __init__(self, backend: GuardedBackend, proxies: Proxies, tls: ssl.SSLContext | None = None) -> None:
        self._backend = backend
        self._proxies = proxies
        self._given_tls = tls

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return self._given_tls or default_tls_context()

    def proxied(self, url: URL) -> bool:
        """Whether *url* is requested through a proxy: then the proxy resolves the name, and the guard cannot."""
        return self._proxies.proxy_for(url) is not None

    def pool(self, url: URL, size: int) -> AsyncConnectionPool:
        """A pool for *url*'s origin and others of its lane, for *size* requests at once."""
        tls = self._tls if url.scheme == "https" else None
        proxy = self._proxies.proxy_for(url)
        if proxy is None:
            return AsyncConnectionPool(
                ssl_context=tls,
                max_connections=size,
                keepalive_expiry=_KEEP_ALIVE,
                network_backend=self._backend,
            )
        login = (proxy.username, proxy.password) if proxy.userinfo else None
        return AsyncHTTPProxy(
            proxy_url=f"{proxy.scheme}://{proxy.netloc.decode('ascii')}",
            proxy_auth=login,
            ssl_context=tls,
            proxy_ssl_context=self._tls if proxy.scheme == "https" else None,
            max_connections=size,
            keepalive_expiry=_KEEP_ALIVE,
            network_backend=self._backend,
        )


def default_tls_context() -> ssl.SSLContext:
    """Certificate authorities of this system (``SSL_CERT_FILE`` is obeyed) and those of Mozilla.

    The system knows a company's own; Mozilla's are there where the system has none.
    """
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context

"""Host names to addresses, once per host and run, on threads of its own.

The event loop's default executor has a handful of threads: a few dead name servers starve it, and living hosts
then look as if they timed out.  These threads are daemons, so that a lookup that hangs does not hold up the end.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from ipaddress import ip_address
from threading import Thread

from awesome_lint.links.guard import Address, literal_address

Lookup = Callable[[str], Awaitable[Sequence[Address]]]
"""Addresses of a host name; raises `socket.gaierror` if there are none, `ResolverDeadlineError` after its time."""

_THREADS = 64
NO_SUCH_NAME = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})
"""Error numbers of a name that does not exist, or has no address."""
_NO_SUCH_FAMILY = frozenset({socket.EAI_FAMILY, getattr(socket, "EAI_ADDRFAMILY", socket.EAI_FAMILY)})


class ResolverDeadlineError(Exception):
    """A name was not resolved in time."""


class ThreadedLookup:
    """The operating system's resolver, at most 64 lookups at once; each has *seconds* once it has a thread."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._free = asyncio.Semaphore(_THREADS)

    async def __call__(self, host: str) -> Sequence[Address]:
        """The addresses of *host* in the order in which they should be tried."""
        await self._free.acquire()
        loop = asyncio.get_running_loop()
        found: asyncio.Future[Sequence[Address]] = loop.create_future()

        def finish(addresses: Sequence[Address], error: OSError | None) -> None:
            self._free.release()
            if found.cancelled():
                return
            if error:
                found.set_exception(error)
            else:
                found.set_result(addresses)

        def work() -> None:
            addresses: Sequence[Address] = ()
            error: OSError | None = None
            try:
                addresses = _getaddrinfo(host)
            except OSError as problem:
                error = problem
            with suppress(RuntimeError):  # the run is over, its loop closed
                loop.call_soon_threadsafe(finish, addresses, error)

        Thread(target=work, name=f"resolve {host}", daemon=True).start()
        try:
            async with asyncio.timeout(self._seconds):
                return await found
        except TimeoutError as error:
            raise ResolverDeadlineError(host) from error


def _getaddrinfo(host: str) -> Sequence[Address]:
    try:
        return _addresses(host, socket.AF_UNSPEC)
    except socket.gaierror as error:
        if error.errno not in NO_SUCH_NAME:
            raise
        return _confirm_absence(host, error)


def _confirm_absence(host: str, error: socket.gaierror) -> Sequence[Address]:
    """The addresses of *host* of either family; raises *error* where both are known not to exist.

    A request for both families says "no such name" also where the server failed for one of them and has no address of
    the other; requests for one say which it was.
    """
    found: list[Address] = []
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            found += _addresses(host, family)
        except socket.gaierror as other:
            if other.errno not in NO_SUCH_NAME and other.errno not in _NO_SUCH_FAMILY:
                raise
    if not found:
        raise error
    return found


def _addresses(host: str, family: int) -> Sequence[Address]:
    answers = socket.getaddrinfo(host, None, family, socket.SOCK_STREAM)
    texts = dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in answers)
    return [ip_address(text) for text in texts]


class Resolver:
    """Remembers the results of *lookup*, so that every host is looked up once, and once more where that failed."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self._answers: dict[str, asyncio.Task[Sequence[Address]]] = {}
        self._confirmed: set[str] = set()

    async def resolve(self, host: str) -> Sequence[Address]:
        """The addresses of *host*; raises what the lookup raises."""
        literal = literal_address(host)
        if literal is not None:
            return [literal]
        task = self._answers.get(host)
        if task is None:
            task = self._answers[host] = asyncio.create_task(self._look_up(host))
            task.add_done_callback(_consider_retrieved)
        return await asyncio.shield(task)

    def doubt(self, host: str) -> None:
        """Look *host* up again when it is next needed, unless that was done before."""
        if host not in self._confirmed:
            self._confirmed.add(host)
            self._answers.pop(host, None)

    def forget(self, host: str) -> None:
        """Look *host* up again when it is next needed."""
        self._answers.pop(host, None)

    async def _look_up(self, host: str) -> Sequence[Address]:
        return await self._lookup(host)


def _consider_retrieved(task: asyncio.Task[Sequence[Address]]) -> None:
    """A lookup whose askers have gone may fail unnoticed."""
    if not task.cancelled():
        task.exception()

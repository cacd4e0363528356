"""Servers that misbehave, on real sockets of this machine's loopback interface."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
import threading
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Received:
    """A request as it came in."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes = b""


@dataclass
class Connection:
    """One accepted connection, for handlers that do everything themselves."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def request(self) -> Received:
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.rstrip("\r\n").split("\r\n")
        method, target, _ = first.split(" ", 2)
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        body = await self.reader.readexactly(int(headers.get("content-length", 0)))
        return Received(method, target, headers, body)

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    def reset(self) -> None:
        sock = self.writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


Answering = Callable[[Received], bytes | Awaitable[bytes]]
Handling = Callable[[Connection], Awaitable[None]]


@dataclass
class Server:
    """A listener; what it accepted and received is kept."""

    host: str
    port: int
    scheme: str
    requests: list[Received] = field(default_factory=list)
    connections: int = 0
    listener: Any = None
    handlers: set[asyncio.Task[None]] = field(default_factory=set)

    def url(self, path: str = "/", host: str = "") -> str:
        return f"{self.scheme}://{host or self.host}:{self.port}{path}"

    @property
    def methods(self) -> list[str]:
        return [request.method for request in self.requests]


def response(status: int | str = 200, headers: dict[str, str] | None = None, body: bytes = b"", **more: str) -> bytes:
    """An HTTP answer; underscores of keyword names become hyphens."""
    fields = {"Content-Length": str(len(body)), **(headers or {}), **{k.replace("_", "-"): v for k, v in more.items()}}
    lines = [f"HTTP/1.1 {status} X" if isinstance(status, int) else f"HTTP/1.1 {status}"]
    lines += [f"{name}: {value}" for name, value in fields.items()]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def has_ipv6() -> bool:
    """Whether this machine has ::1 to listen on."""
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


class ServerRoom:
    """An event loop on a thread of its own, with any number of servers."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.loop.set_exception_handler(lambda *_: None)
        self._thread = threading.Thread(target=self.loop.run_forever, name="servers", daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(10)

    def close(self) -> None:
        self.run(self._cancel_all())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)
        self.loop.close()

    async def _cancel_all(self) -> None:
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def answering(self, answer: Answering, host: str, tls: ssl.SSLContext | None, address: str) -> Server:
        """A server that reads requests properly and answers each with *answer*; HEAD loses the body."""

        async def handle(connection: Connection, server: Server) -> None:
            while True:
                request = await connection.request()
                server.requests.append(request)
                data = answer(request)
                data = data if isinstance(data, bytes) else await data
                if request.method == "HEAD":
                    head, blank, _ = data.partition(b"\r\n\r\n")
                    data = head + blank
                await connection.send(data)

        return self.run(self._start(handle, host, tls, address))

    def handling(self, handle: Handling, host: str, tls: ssl.SSLContext | None, address: str) -> Server:
        """A server of which *handle* does everything."""

        async def wrapped(connection: Connection, _: Server) -> None:
            await handle(connection)

        return self.run(self._start(wrapped, host, tls, address))

    def stop(self, server: Server) -> None:
        self.run(self._stop(server))

    async def _stop(self, server: Server) -> None:
        """Stop listening, and close all connections."""
        for _ in range(4):
            await asyncio.sleep(0)  # asyncio loses a connection that is just being accepted, and its socket
        server.listener.close()
        for handler in server.handlers:
            handler.cancel()
        await asyncio.gather(*server.handlers, return_exceptions=True)

    async def _start(
        self,
        handle: Callable[[Connection, Server], Awaitable[None]],
        host: str,
        tls: ssl.SSLContext | None,
        address: str,
    ) -> Server:
        server = Server(host, 0, "https" if tls else "http")

        async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            server.connections += 1
            handler = asyncio.current_task()
            assert handler
            server.handlers.add(handler)
            try:
                await handle(Connection(reader, writer), server)
            except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError, asyncio.CancelledError):
                pass
            finally:
                writer.transport.abort() if handler.cancelling() else writer.close()
                server.handlers.discard(handler)

        server.listener = await asyncio.start_server(accept, address, 0, ssl=tls, backlog=512)
        server.port = server.listener.sockets[0].getsockname()[1]
        return server

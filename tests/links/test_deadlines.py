"""Servers that waste time or memory: rows 4 and 5 of the catalogue."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

from awesome_lint.link_status import Reason, Verdict
from tests.links.conftest import FastClock, Web
from tests.links.servers import Connection, Received, response

pytestmark = pytest.mark.slow

_LIMIT = 20 << 20
_GZIP = 16 + zlib.MAX_WBITS
_HEADERS = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


async def drip(connection: Connection) -> None:
    await connection.request()
    for byte in _HEADERS * 100:
        await connection.send(bytes([byte]))
        await asyncio.sleep(0.05)


async def silent(connection: Connection) -> None:
    await asyncio.sleep(60)


async def early_hints(connection: Connection) -> None:
    while True:
        await connection.send(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 50)
        await asyncio.sleep(0.001)


async def endless_header(connection: Connection) -> None:
    await connection.send(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while True:
        await connection.send(b"a")
        await asyncio.sleep(0.02)


@pytest.fixture
def slow_clock(web: Web) -> None:
    """Deadlines of half a second: on a busy machine, the link beside takes a while to answer within them."""
    web.clock = FastClock(2.0)


@pytest.mark.usefixtures("slow_clock")
@pytest.mark.parametrize("handle", [drip, silent, early_hints, endless_header])
def test_the_deadline_is_for_the_whole_request(web: Web, handle: object) -> None:
    server = web.raw(handle)  # type: ignore[arg-type]
    found = web.one(server.url(), retries=0, request_seconds=1.0)
    assert (found.verdict, found.reason) == (Verdict.TIMEOUT, Reason.DEADLINE)
    assert found.seconds > 0.9


@pytest.mark.usefixtures("slow_clock")
def test_a_handshake_that_stalls(web: Web) -> None:
    server = web.raw(silent)
    found = web.one(server.url().replace("http:", "https:"), retries=0, request_seconds=1.0, connect_seconds=0.5)
    assert (found.verdict, found.reason) == (Verdict.TIMEOUT, Reason.CONNECT_DEADLINE)
    assert found.seconds > 0.4


@pytest.mark.usefixtures("slow_clock")
def test_a_url_has_a_deadline_of_its_own(web: Web) -> None:
    server = web.raw(silent)
    found = web.one(server.url(), request_seconds=1.0, url_seconds=1.2)
    assert found.verdict is Verdict.TIMEOUT
    assert 1.1 < found.seconds < 10, "with all retries it would take 13 seconds"


def test_a_slow_body_does_not_matter(web: Web) -> None:
    async def handle(connection: Connection) -> None:
        await connection.request()
        await connection.send(_HEADERS + b"Content-Length: 1000\r\n\r\n")
        await asyncio.sleep(60)

    assert web.one(web.raw(handle).url()).verdict is Verdict.OK


@contextmanager
def little_memory() -> Iterator[None]:
    """Fails where the block takes more memory at its peak than it may."""
    clear, status = Path("/proc/self/clear_refs"), Path("/proc/self/status")
    try:
        clear.write_text("5")
    except OSError:
        pytest.skip("the peak of memory cannot be reset on this system")

    def field(name: str) -> int:
        line = next(line for line in status.read_text().splitlines() if line.startswith(name))
        return int(line.split()[1]) << 10

    before = field("VmRSS:")
    yield
    assert field("VmHWM:") - before < _LIMIT


def endless(head: bytes) -> object:
    chunk = b"<p id='x'>" + b"0" * 65526

    async def handle(connection: Connection) -> None:
        await connection.request()
        await connection.send(head)
        while True:
            await connection.send(chunk)

    return handle


@cache
def zeros(megabytes: int, wbits: int) -> bytes:
    """So many zeros compressed, made from a megabyte at a time."""
    packer, megabyte = zlib.compressobj(9, wbits=wbits), bytes(1 << 20)
    return b"".join(packer.compress(megabyte) for _ in range(megabytes)) + packer.flush()


def bomb() -> bytes:
    return zeros(64, _GZIP)


def stacked() -> bytes:
    return gzip.compress(zeros(1024, _GZIP), 9)


def deflated() -> bytes:
    return zeros(64, zlib.MAX_WBITS)


def test_what_is_left_of_an_answer_is_not_the_next_one(web: Web) -> None:
    requests: list[str] = []

    async def handle(connection: Connection) -> None:
        while True:
            requests.append((await connection.request()).target)
            await connection.send(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n<p>")

    server = web.raw(handle)
    urls = [server.url(f"/{number}") for number in range(4)]
    report = web.check(*urls, retries=0, in_flight=1)
    assert report.count(Verdict.DEAD) == 4
    assert set(requests) == {f"/{number}" for number in range(4)}


@pytest.mark.parametrize("fragments", [False, True])
@pytest.mark.parametrize(
    ("handle", "verdict"),
    [
        (endless(_HEADERS + b"\r\n"), Verdict.OK),
        (endless(_HEADERS + b"Content-Length: 5\r\n\r\n"), Verdict.OK),
        (endless(_HEADERS + b"Transfer-Encoding: chunked\r\n\r\nfffff\r\n"), Verdict.OK),
        (endless(b"HTTP/1.1 302 Found\r\nLocation: /again\r\n\r\n"), Verdict.UNKNOWN),
        (endless(b"HTTP/1.1 404 Not Found\r\n\r\n"), Verdict.DEAD),
        (endless(b"HTTP/1.1 200 OK\r\nX-Endless: "), Verdict.UNKNOWN),
        (endless(b"HTTP/1.1 200 OK\r\n" + b"X-Many: a\r\n" * 20000), Verdict.UNKNOWN),
    ],
)
def test_endless_answers_take_no_memory(web: Web, handle: object, verdict: Verdict, fragments: bool) -> None:
    server = web.raw(handle)  # type: ignore[arg-type]
    web.one(web.serve(response()).url())
    with little_memory():
        found = web.one(server.url("/page#anchor"), retries=0, fragments=fragments)
    assert found.verdict is verdict


@pytest.mark.parametrize(
    ("make", "coding"),
    [
        (bomb, "gzip"),
        (stacked, "gzip, gzip"),
        (stacked, "gzip"),
        (deflated, "deflate"),
        (lambda: b"\x1f\x8b garbage", "gzip"),
        (lambda: bomb()[:1000], "gzip"),
        (lambda: b"anything", "br"),
    ],
    ids=["64 MB", "stacked", "inner", "deflate", "garbage", "cut", "brotli"],
)
def test_bombs_are_not_unpacked(web: Web, make: Callable[[], bytes], coding: str) -> None:
    server = web.serve(response(200, {"Content-Encoding": coding, "Content-Type": "text/html"}, make()))
    web.one(server.url("/first"))
    with little_memory():
        found = web.one(server.url("/page#anchor"), fragments=True)
    assert (found.verdict, server.methods[-1]) == (Verdict.OK, "GET")


def test_connections_are_closed_and_kept(web: Web) -> None:
    gone: list[bool] = []

    async def handle(connection: Connection) -> None:
        await connection.request()
        await connection.send(_HEADERS + b"\r\n")
        try:
            while True:
                await connection.send(b"0" * 65536)
        finally:
            gone.append(True)

    endless_server, calm = web.raw(handle), web.serve(response(), host="calm.site.org")
    urls = [calm.url(f"/{number}") for number in range(20)]
    web.check(endless_server.url(), *urls)
    assert gone == [True]
    assert calm.connections <= 2, "connections are used again"


def test_a_run_stays_connected_with_few_hosts(web: Web) -> None:
    now, most = [0], [0]

    async def handle(connection: Connection) -> None:
        now[0] += 1
        most[0] = max(most[0], now[0])
        try:
            while True:
                await connection.request()
                await connection.send(response())
        finally:
            now[0] -= 1

    server = web.raw(handle)
    web.names.update({f"h{n}.site{n}.org": ["127.0.0.1"] for n in range(60)})
    urls = [f"http://h{n}.site{n}.org:{server.port}/{page}" for n in range(60) for page in range(3)]
    report = web.check(*urls, in_flight=4)
    assert report.count(Verdict.OK) == 180
    assert most[0] <= 2 * 2 * 4 + 4


def test_a_head_with_a_length_is_no_problem(web: Web) -> None:
    def answer(request: Received) -> bytes:
        return response(200, {"Content-Length": "4000"})

    assert web.one(web.serve(answer).url()).verdict is Verdict.OK

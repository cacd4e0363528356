"""No network, half a network, a captive portal; and runs that end early."""

from __future__ import annotations

import _thread
import asyncio
import socket
import threading
import time
from pathlib import Path

import pytest

from awesome_lint.link_status import Network, Reason, Verdict
from awesome_lint.links.network import Proxies
from awesome_lint.links.progress import Snapshot
from tests.links.conftest import FastClock, Web
from tests.links.servers import Connection, Received, Server, response

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("count", [1, 2, 7, 8, 40])
def test_without_network_nothing_is_dead(web: Web, count: int) -> None:
    urls = [f"http://host{number}.site{number}.org/" for number in range(count)]
    report = web.check(*urls)
    assert report.network is Network.DOWN
    assert not report.verified
    assert {(s.verdict, s.reason) for s in report.statuses.values()} == {(Verdict.UNCHECKED, Reason.NETWORK_DOWN)}


@pytest.mark.parametrize("error", [socket.EAI_AGAIN, socket.EAI_NONAME])
def test_a_lost_network_is_noticed_soon(web: Web, error: int) -> None:
    for number in range(200):
        web.names[f"host{number}.site{number}.org"] = socket.gaierror(error, "no network")
    urls = [f"http://host{number}.site{number}.org/" for number in range(200)]
    assert web.check(*urls, confirm_wait=5000.0).network is Network.DOWN
    assert len(web.lookups) <= 200 + 8, "no name is looked up again but those of a few probes"


def test_one_good_host_among_dead_ones_is_enough(web: Web) -> None:
    server = web.serve(response(), host="z.site.org")
    urls = [f"http://host{number}.site{number}.org/" for number in range(12)]
    report = web.check(*urls, server.url(), in_flight=1)
    assert report.network is Network.UP
    assert report.count(Verdict.DEAD) == 12
    assert report.count(Verdict.OK) == 1


@pytest.mark.parametrize("dead", [14, 16, 17, 200])
def test_a_network_with_a_wall_around_it(web: Web, dead: int) -> None:
    """A few hosts answer, most names do not exist: from 15 lost names, four for each living one, nothing is dead."""
    servers = [web.serve(response(404 if n == 0 else 200), host=f"h{n}.site{n}.org") for n in range(4)]
    urls = [f"http://gone{n}.gone{n}.org/" for n in range(dead)]
    report = web.check(*urls, *(server.url() for server in servers))
    if dead > 16:
        assert report.network is Network.DOWN
        assert report.count(Verdict.DEAD) == 0
        assert report.count(Verdict.UNCHECKED) >= dead + 1
    else:
        assert report.network is Network.UP
        assert (report.count(Verdict.DEAD), report.count(Verdict.OK)) == (dead + 1, 3)


@pytest.mark.parametrize("dead", [1, 3, 9, 60])
def test_hosts_of_earlier_runs_vouch_for_the_network(web: Web, tmp_path: Path, dead: int) -> None:
    """A second run asks for little but dead links; that is no reason to doubt the network."""
    cache = tmp_path / "links.json"
    servers = [web.serve(response(), host=f"h{n}.site{n}.org") for n in range(3)]
    urls = [f"http://gone{n}.gone{n}.org/" for n in range(dead)]
    web.check(*(server.url() for server in servers), cache=cache)
    report = web.check(*urls, cache=cache)
    assert report.network is Network.UP
    assert report.count(Verdict.DEAD) == dead
    for server in servers:
        web.room.stop(server)
    web.clock.offset = 86400.0
    report = web.check(*urls, cache=cache)
    assert report.network is Network.DOWN
    assert report.count(Verdict.DEAD) == 0


def test_a_cache_from_a_stranger_makes_us_request_nothing_inside(web: Web, tmp_path: Path) -> None:
    victim = web.serve(response(), host="victim.site.org")
    cache = tmp_path / "links.json"
    web.check(victim.url(), cache=cache)
    web.ports.discard(victim.port)
    cache.write_text(cache.read_text().replace("http://victim.site.org", "http://127.0.0.1"))
    before = victim.connections
    assert web.check("http://gone.site.org/", cache=cache).network is Network.DOWN
    assert victim.connections == before


def test_a_wall_that_lets_names_through(web: Web) -> None:
    good = web.serve(response())
    gone = [web.serve(response(), host=f"h{n}.site{n}.org") for n in range(20)]
    for server in gone:
        web.room.stop(server)
    report = web.check(good.url(), *(server.url() for server in gone), retries=0)
    assert report.network is Network.DOWN
    assert (report.count(Verdict.OK), report.count(Verdict.UNCHECKED)) == (1, 20)


def test_a_network_that_dies_half_way(web: Web) -> None:
    """What was found out before stays; what failed since the last answer is unchecked."""
    servers = [web.serve(response(404 if n == 2 else 200), host=f"h{n}.site{n}.org") for n in range(6)]
    dead_after = [server.url() for server in servers]
    before = [f"http://gone{n}.gone{n}.org/" for n in range(2)]
    later = [f"http://later{n}.later{n}.org/" for n in range(30)]
    answered = threading.Event()

    def observe(snapshot: Snapshot) -> None:
        if snapshot.verdicts[Verdict.OK] >= 5 and not answered.is_set():
            answered.set()
            for server in servers:
                web.room.stop(server)

    real = web.lookup

    async def lookup(host: str) -> object:
        while host.startswith("later") and not answered.is_set():
            await asyncio.sleep(0.02)
        if answered.is_set():
            raise socket.gaierror(socket.EAI_NONAME, "no network")
        return await real(host)

    web.lookup = lookup  # type: ignore[method-assign, assignment]
    report = web.check(*dead_after, *before, *later, observer=observe, resolve_seconds=5.0)
    assert report.network is Network.DOWN
    assert not report.verified
    assert {report.statuses[url].verdict for url in later} == {Verdict.UNCHECKED}
    assert [report.statuses[url].verdict for url in dead_after].count(Verdict.OK) == 5
    assert report.count(Verdict.DEAD) <= 3


def test_a_captive_portal(web: Web) -> None:
    portal = web.serve(response(), host="portal.hotel.net")
    servers = [
        web.serve(response(302, Location=portal.url(f"/login?from={n}")), host=f"h{n}.site{n}.org") for n in range(6)
    ]
    report = web.check(*(server.url("/page") for server in servers))
    assert report.network is Network.SUSPECT
    assert not report.verified
    assert {(s.verdict, s.reason) for s in report.statuses.values()} == {(Verdict.UNCHECKED, Reason.CAPTIVE_PORTAL)}


def test_no_fixes_where_a_portal_is_likely(web: Web) -> None:
    home = web.serve(response(), host="www.company.com")
    bought = [web.serve(response(301, Location=home.url()), host=f"www.startup{n}.com") for n in range(4)]
    moved = web.serve(lambda r: response(301, Location="/page/") if r.target == "/page" else response())
    others = [web.serve(response(), host=f"h{n}.site{n}.org") for n in range(6)]
    urls = [server.url() for server in [*bought, *others]]
    report = web.check(*urls, moved.url("/page"))
    assert report.network is Network.SUSPECT
    assert report.count(Verdict.MOVED_PERMANENTLY) == 5
    assert not any(status.replacement for status in report.statuses.values())


async def slow(connection: Connection) -> None:
    await connection.request()
    await asyncio.sleep(30)


def test_time_is_up(web: Web) -> None:
    good, bad = web.serve(response()), web.raw(slow, host="b.site.org")
    start = time.monotonic()
    report = web.check(good.url(), bad.url(), "http://gone.site.org/", max_seconds=0.5, request_seconds=20.0)
    assert time.monotonic() - start < 10
    assert report.statuses[good.url()].verdict is Verdict.OK
    late = report.statuses[bad.url()]
    assert (late.verdict, late.reason) == (Verdict.UNCHECKED, Reason.OUT_OF_TIME)
    assert report.network is Network.UP
    assert report.statuses["http://gone.site.org/"].verdict is Verdict.UNCHECKED, "nothing answered since it failed"


def test_interruption_keeps_what_is_known(web: Web, tmp_path: Path) -> None:
    good, bad = web.serve(response()), web.raw(slow, host="b.site.org")

    interrupted = threading.Event()

    def observe(snapshot: Snapshot) -> None:
        if snapshot.verdicts[Verdict.OK] and not interrupted.is_set():
            interrupted.set()
            _thread.interrupt_main()

    cache = tmp_path / "links.json"
    report = web.check(good.url(), bad.url(), observer=observe, cache=cache, request_seconds=20.0)
    assert report.interrupted
    assert report.statuses[good.url()].verdict is Verdict.OK
    assert report.statuses[bad.url()].reason is Reason.INTERRUPTED
    assert web.check(good.url(), cache=cache).statuses[good.url()].cached


def test_a_list_without_links(web: Web) -> None:
    report = web.check()
    assert report.verified
    assert not report.statuses


@pytest.mark.parametrize("workers", [1, 2])
def test_polite_pace(web: Web, workers: int) -> None:
    web.clock = FastClock(speed=5)
    times: list[float] = []

    def answer(request: Received) -> bytes:
        times.append(web.clock.now())
        return response()

    server = web.serve(answer)
    web.check(*(server.url(f"/{n}") for n in range(11)), in_flight=workers)
    assert times[-1] - times[0] >= 10 * 0.2 / 2, "the first may be noted late"


def test_arxivs_pace(web: Web) -> None:
    web.clock = FastClock(speed=5)
    times: list[float] = []

    def answer(request: Received) -> bytes:
        times.append(web.clock.now())
        return response()

    server = web.serve(answer, host="arxiv.org")
    web.check(*(server.url(f"/list/{n}") for n in range(3)))
    assert times[-1] - times[0] >= 4.5, "six, unless the first is noted late"


def through_proxy(web: Web, handle: object) -> Server:
    """All requests go through a proxy on an address that the guard would refuse."""
    proxy = web.raw(handle, host="proxy.corp.net")  # type: ignore[arg-type]
    web.ports.discard(proxy.port)
    web.hidden.add(proxy.port)
    address = f"http://user:secret@proxy.corp.net:{proxy.port}"
    web.proxies = Proxies({"http": address, "https": address})
    return proxy


def test_a_proxy_for_http(web: Web) -> None:
    seen: list[Received] = []

    async def handle(connection: Connection) -> None:
        seen.append(await connection.request())
        await connection.send(response())

    through_proxy(web, handle)
    report = web.check("http://far.site.org/page", "http://10.0.0.1/", "http://intranet/")
    assert report.statuses["http://far.site.org/page"].verdict is Verdict.OK
    assert report.count(Verdict.UNSAFE_TARGET) == 2
    assert [(r.method, r.target, r.headers["host"]) for r in seen] == [
        ("GET", "http://far.site.org/page", "far.site.org")
    ]
    assert seen[0].headers["proxy-authorization"].startswith("Basic ")
    assert web.lookups == ["proxy.corp.net"], "the proxy resolves the others"
    assert any("proxy" in note for note in report.notes)
    assert "secret" not in repr(report)


def test_a_proxy_for_https(web: Web) -> None:
    server = web.serve(response(), host="far.site.org", tls=web.certificate("far.site.org"))
    received: list[Received] = []

    async def handle(connection: Connection) -> None:
        received.append(await connection.request())
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        await connection.send(b"HTTP/1.1 200 OK\r\n\r\n")
        await asyncio.gather(pump(connection.reader, writer), pump(reader, connection.writer))

    through_proxy(web, handle)
    assert web.check(server.url("/page")).count(Verdict.OK) == 1
    assert [(request.method, request.target) for request in received] == [("CONNECT", f"far.site.org:{server.port}")]
    assert "proxy-authorization" not in server.requests[0].headers


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()


def test_a_proxy_that_is_away(web: Web) -> None:
    proxy = through_proxy(web, slow)
    web.room.stop(proxy)
    report = web.check("http://far.site.org/", "https://near.site.org/")
    assert report.network is Network.DOWN


def test_a_proxy_that_refuses(web: Web) -> None:
    async def handle(connection: Connection) -> None:
        await connection.request()
        await connection.send(response(407))

    through_proxy(web, handle)
    found = web.check("https://far.site.org/").statuses["https://far.site.org/"]
    assert found.verdict in (Verdict.UNKNOWN, Verdict.UNCHECKED)

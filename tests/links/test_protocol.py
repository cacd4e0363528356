"""Answers that are not quite HTTP, TLS that is not quite right: rows 11 to 14 of the catalogue."""

from __future__ import annotations

import asyncio
import datetime
import gzip
import random
import re
import ssl

import pytest
import trustme

from awesome_lint.link_status import Reason, Verdict
from tests.links.conftest import Web
from tests.links.servers import Connection, Handling, has_ipv6, response

pytestmark = pytest.mark.slow


def canned(data: bytes) -> Handling:
    async def handle(connection: Connection) -> None:
        await connection.request()
        await connection.send(data)

    return handle


@pytest.mark.parametrize(
    ("data", "verdict", "reason"),
    [
        (b"HTTP/1.1 200 OK\nContent-Length: 0\n\n", Verdict.OK, Reason.ANSWERED),
        (b"HTTP/1.0 200 OK\r\n\r\nold", Verdict.OK, Reason.ANSWERED),
        (b"HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", Verdict.OK, Reason.ANSWERED),
        (b"HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n", Verdict.OK, Reason.ANSWERED),
        (b"HTTP/1.1 999 Request denied\r\nContent-Length: 0\r\n\r\n", Verdict.BLOCKED, Reason.FORBIDDEN),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\ncut", Verdict.OK, Reason.ANSWERED),
        (b"HTTP/1.1 200 OK\r\nBad Header: x\r\n\r\n", Verdict.UNKNOWN, Reason.PROTOCOL),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", Verdict.UNKNOWN, Reason.PROTOCOL),
        (b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000 + b"\r\n\r\n", Verdict.UNKNOWN, Reason.PROTOCOL),
        (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", Verdict.UNKNOWN, Reason.PROTOCOL),
        (b"HTTP/1.1 abc OK\r\n\r\n", Verdict.UNKNOWN, Reason.PROTOCOL),
        (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", Verdict.UNKNOWN, Reason.PROTOCOL),
        (b"HTTP/1.1 304 Not Modified\r\n\r\n", Verdict.UNKNOWN, Reason.ODD_STATUS),
        (b"HTTP/1.1 409 Conflict\r\nContent-Length: 0\r\n\r\n", Verdict.UNKNOWN, Reason.ODD_STATUS),
        (b"\x15\x03\x01\x00\x02\x02\x46", Verdict.TLS, Reason.ONLY_TLS),
        (b"", Verdict.REFUSED, Reason.CLOSED),
        (b"HTTP/1.1 200 OK\r\nContent-", Verdict.REFUSED, Reason.CLOSED),
        (b"HTTP/1.1 204 No Content\r\n\r\n", Verdict.OK, Reason.ANSWERED),
        (b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n", Verdict.DEAD, Reason.GONE),
        (b"HTTP/1.1 530 Origin\r\nContent-Length: 0\r\n\r\n", Verdict.SERVER_ERROR, Reason.SERVER_ERROR),
    ],
)
def test_answers_of_all_kinds(web: Web, data: bytes, verdict: Verdict, reason: Reason) -> None:
    found = web.one(web.raw(canned(data)).url())
    assert (found.verdict, found.reason) == (verdict, reason)


def test_a_reset(web: Web) -> None:
    async def handle(connection: Connection) -> None:
        connection.reset()

    found = web.one(web.raw(handle).url())
    assert (found.verdict, found.attempts) == (Verdict.REFUSED, 3)


def test_a_closed_port(web: Web) -> None:
    server = web.serve(response())
    web.room.stop(server)
    found = web.one(server.url())
    assert (found.verdict, found.reason, found.attempts) == (Verdict.REFUSED, Reason.REFUSED, 3)


def test_a_dead_host_is_not_tried_for_every_link(web: Web) -> None:
    async def handle(connection: Connection) -> None:
        connection.reset()

    server, gone = web.serve(response(), host="b.site.org"), web.serve(response())
    web.room.stop(gone)
    urls = [gone.url(f"/{n}") for n in range(30)]
    started = len(web.clock.waits)
    report = web.check(*urls, server.url(), in_flight=1)
    assert {report.statuses[url].verdict for url in urls} == {Verdict.REFUSED}
    assert len(web.clock.waits) - started < 70


@pytest.mark.parametrize(
    ("status", "headers", "reason"),
    [
        (403, {}, Reason.FORBIDDEN),
        (403, {"cf-mitigated": "challenge"}, Reason.CHALLENGE),
        (404, {"cf-mitigated": "challenge"}, Reason.CHALLENGE),
        (503, {"cf-mitigated": "challenge"}, Reason.CHALLENGE),
        (202, {"x-amzn-waf-action": "challenge"}, Reason.CHALLENGE),
        (405, {"x-amzn-waf-action": "captcha"}, Reason.CHALLENGE),
        (405, {}, Reason.FORBIDDEN),
        (401, {}, Reason.FORBIDDEN),
        (402, {}, Reason.FORBIDDEN),
        (406, {}, Reason.FORBIDDEN),
        (412, {}, Reason.FORBIDDEN),
        (418, {}, Reason.FORBIDDEN),
        (451, {}, Reason.FORBIDDEN),
    ],
)
def test_blocked_is_not_dead(web: Web, status: int, headers: dict[str, str], reason: Reason) -> None:
    server = web.serve(response(status, headers))
    found = web.one(server.url())
    assert (found.verdict, found.reason) == (Verdict.BLOCKED, reason)
    assert server.methods == ["GET"]


def test_githubs_spent_limit_is_not_a_ban(web: Web) -> None:
    assert web.one(web.serve(response(403, {"X-RateLimit-Remaining": "0"})).url()).verdict is Verdict.RATE_LIMITED


def test_some_sites_say_not_found_to_programs(web: Web) -> None:
    found = web.one(web.serve(response(404), host="www.canada.ca").url())
    assert (found.verdict, found.reason) == (Verdict.UNKNOWN, Reason.UNTRUSTED_NOT_FOUND)


def test_an_anubis_page_says_nothing_about_anchors(web: Web) -> None:
    ids = b"".join(b"<p id=x%d>" % n for n in range(9))
    server = web.serve(response(body=b'<script id="anubis_challenge">' + ids))
    assert web.one(server.url("/page#part"), fragments=True).verdict is Verdict.OK


def certified(web: Web, *names: str, **more: object) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    web.authority.issue_cert(*names, **more).configure_cert(context)  # type: ignore[arg-type]
    return context


def expired(web: Web) -> ssl.SSLContext:
    return certified(web, "a.site.org", not_after=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))


def self_signed(web: Web) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own = trustme.CA()
    with own.private_key_pem.tempfile() as key, own.cert_pem.tempfile() as certificate:
        context.load_cert_chain(certificate, key)
    return context


def incomplete(web: Web) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    leaf = web.authority.create_child_ca().issue_cert("a.site.org")
    with leaf.private_key_pem.tempfile() as key, leaf.cert_chain_pems[0].tempfile() as certificate:
        context.load_cert_chain(certificate, key)
    return context


@pytest.mark.parametrize(
    ("context", "reason"),
    [
        (expired, Reason.CERTIFICATE_EXPIRED),
        (lambda web: certified(web, "b.site.org"), Reason.CERTIFICATE_NAME),
        (self_signed, Reason.CERTIFICATE_SELF_SIGNED),
        (incomplete, Reason.CERTIFICATE_INCOMPLETE),
    ],
    ids=["expired", "other name", "self-signed", "incomplete"],
)
def test_certificates(web: Web, context: object, reason: Reason) -> None:
    found = web.one(web.serve(response(), tls=context(web)).url("/page"))  # type: ignore[operator]
    assert (found.verdict, found.reason, found.attempts) == (Verdict.TLS, reason, 2)
    assert found.url.endswith("/page")
    assert max(web.clock.waits) >= 5


def test_a_good_certificate(web: Web) -> None:
    server = web.serve(response(), tls=web.certificate("a.site.org"))
    assert web.one(server.url()).verdict is Verdict.OK
    assert server.requests


def test_plain_http_where_tls_is_expected(web: Web) -> None:
    async def handle(connection: Connection) -> None:
        await connection.reader.read(100)
        await connection.send(response(400))

    found = web.one(web.raw(handle).url().replace("http:", "https:"))
    assert (found.verdict, found.reason) == (Verdict.TLS, Reason.NOT_TLS)


def test_tls_where_plain_http_is_expected(web: Web) -> None:
    server = web.serve(response(), tls=web.certificate("a.site.org"))
    found = web.one(server.url().replace("https:", "http:"))
    assert (found.verdict, found.reason) == (Verdict.TLS, Reason.ONLY_TLS)


needs_ipv6 = pytest.mark.skipif(not has_ipv6(), reason="this machine has no ::1")


@needs_ipv6
def test_a_host_with_ipv6_only(web: Web) -> None:
    server = web.serve(response(), address="::1")
    assert web.one(server.url()).verdict is Verdict.OK


@needs_ipv6
@pytest.mark.parametrize("listening", ["::1", "127.0.0.1"])
def test_either_family_will_do(web: Web, listening: str) -> None:
    server = web.serve(response(), address=listening)
    web.names[server.host] = ["::1", "127.0.0.1"]
    found = web.one(server.url())
    assert found.verdict is Verdict.OK
    assert found.seconds < 5, "a connection may take 10 seconds"


@needs_ipv6
def test_a_black_hole_beside_a_living_address(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    from awesome_lint.links.wire import AnyIOBackend

    server = web.serve(response())
    web.names[server.host] = ["::1", "127.0.0.1"]
    connect = AnyIOBackend.connect_tcp

    async def swallowed(self: AnyIOBackend, host: str, *args: object, **more: object) -> object:
        if host == "::1":
            await asyncio.sleep(60)
        return await connect(self, host, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(AnyIOBackend, "connect_tcp", swallowed)
    found = web.one(server.url())
    assert found.verdict is Verdict.OK
    assert 0.2 < found.seconds < 5, "a connection may take 10 seconds"


def test_whatever_comes_back_is_no_crash(web: Web) -> None:
    """Three hundred answers, each a good one with bytes changed, cut out, doubled or put in."""
    good = [
        response(200, {"Content-Encoding": "gzip"}, gzip.compress(b"<p id=a>" * 50)),
        response(301, Location="/next?page=1#part"),
        response(503, Retry_After="1m30s"),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nSet-Cookie: a=b; Path=/\r\nLocation: http://127.0.0.1/\r\n\r\n",
    ]

    def spoil(number: int) -> bytes:
        chance = random.Random(number)
        data = bytearray(good[number % len(good)])
        for _ in range(chance.randint(1, 6)):
            start = chance.randrange(len(data))
            end = start + chance.randint(0, 8)
            data[start:end] = chance.choice([b"", chance.randbytes(4), data[start:end] * 2, b"\r\n", b"\0", b"\xff"])
            data = data or bytearray(b"?")
        return bytes(data)

    async def handle(connection: Connection) -> None:
        number = int(re.sub(r"\D", "", (await connection.request()).target) or 0)
        await connection.send(spoil(number))

    server = web.raw(handle)
    urls = [server.url(f"/{number}#part") for number in range(300)]
    policy = {"request_seconds": 0.3, "retries": 0, "polite": False, "fragments": True, "lane_wait_limit": 1e9}
    report = web.check(*urls, **policy)  # type: ignore[arg-type]
    assert len(report.statuses) == 300
    assert len({status.verdict for status in report.statuses.values()}) > 4

"""Methods, retries, pauses: rows 1 to 3 of the catalogue of misbehaving servers."""

from __future__ import annotations

import time
from email.utils import formatdate

import pytest

from awesome_lint.link_status import Reason, Verdict
from tests.links.conftest import Web
from tests.links.servers import Connection, Received, response

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 500, 501, 503])
def test_get_decides_where_head_fails(web: Web, status: int) -> None:
    server = web.serve(lambda request: response(status if request.method == "HEAD" else 200))
    found = web.one(server.url("/page"))
    assert (found.verdict, found.attempts) == (Verdict.OK, 1)
    assert server.methods == ["GET"]


def test_get_decides_where_head_is_answered_for_pages_that_do_not_exist(web: Web) -> None:
    server = web.serve(lambda request: response(200 if request.method == "HEAD" else 404))
    assert web.one(server.url("/page")).verdict is Verdict.DEAD


def test_get_decides_where_head_is_reset(web: Web) -> None:
    seen: list[Received] = []

    async def handle(connection: Connection) -> None:
        request = await connection.request()
        seen.append(request)
        if request.method == "HEAD":
            connection.reset()
        else:
            await connection.send(response(body=b"hello"))

    server = web.raw(handle)
    assert web.one(server.url("/page")).verdict is Verdict.OK
    assert [request.method for request in seen] == ["GET"]


def test_one_request_is_enough_where_it_works(web: Web) -> None:
    server = web.serve(response(body=b"x" * 100_000))
    assert web.one(server.url("/page")).method == "GET"
    assert server.methods == ["GET"]


def test_connections_are_used_again_after_short_bodies(web: Web) -> None:
    server = web.serve(response(body=b"x" * 5000))
    report = web.check(*(server.url(f"/{number}") for number in range(20)), in_flight=1)
    assert report.count(Verdict.OK) == 20
    assert server.connections == 1


def test_a_short_body_that_never_comes_costs_a_connection_and_no_verdict(web: Web) -> None:
    async def handle(connection: Connection) -> None:
        await connection.request()
        await connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        await connection.reader.read()

    server = web.raw(handle)
    report = web.check(*(server.url(f"/{number}") for number in range(3)), in_flight=1)
    assert report.count(Verdict.OK) == 3


def test_one_page_is_requested_once(web: Web) -> None:
    server = web.serve(response())
    urls = [server.url(), server.url("/#a"), server.url("/#b"), server.url("/").replace("a.site", "A.Site")]
    report = web.check(*urls)
    assert [status.url for status in report.statuses.values()] == sorted(urls)
    assert len(server.requests) == 1


def test_headers_are_honest(web: Web) -> None:
    server = web.serve(response())
    url = server.url("/%28a%2Fb%29").replace("http://", "http://user:secret@")
    assert web.one(url).verdict is Verdict.OK
    request = server.requests[0]
    assert request.target == "/%28a%2Fb%29"
    assert request.headers["user-agent"].startswith("awesome-lint/")
    assert request.headers["accept"].startswith("text/html")
    assert request.headers["accept-encoding"] == "gzip"
    assert not {"referer", "authorization", "cookie"} & request.headers.keys()


def pausing(server_answers: list[bytes]) -> object:
    def answer(request: Received) -> bytes:
        return server_answers.pop(0) if server_answers else response()

    return answer


_WAITS = [("1", 1.0), ("0", 0.0), ("2.5", 2.5), ("30s", 30.0), ("1m", 60.0), ("-5", 30.0), ("soon", 30.0), ("", 30.0)]


@pytest.mark.parametrize(
    ("status", "header", "wait"), [(429, None, 2.0), *((status, *pair) for status in (429, 503) for pair in _WAITS)]
)
def test_retry_after_is_honoured(web: Web, status: int, header: str | None, wait: float) -> None:
    times: list[float] = []

    def answer(request: Received) -> bytes:
        times.append(web.clock.now())
        fields = {} if header is None else {"Retry-After": header}
        return response(status, fields) if len(times) == 1 else response()

    server = web.serve(answer)
    found = web.one(server.url())
    assert found.verdict is Verdict.OK
    assert server.methods == ["GET", "GET"]
    assert wait - 0.5 <= times[1] - times[0] <= wait + 25, "fake seconds"


def test_retry_after_as_a_date(web: Web) -> None:
    times: list[float] = []

    def answer(request: Received) -> bytes:
        times.append(web.clock.now())
        date = formatdate(time.time() + 20, usegmt=True)
        return response(429, Retry_After=date) if len(times) == 1 else response()

    assert web.one(web.serve(answer).url()).verdict is Verdict.OK
    assert 18 <= times[1] - times[0] <= 45, "fake seconds"


def test_a_pause_holds_for_the_whole_host(web: Web) -> None:
    times: list[float] = []

    def answer(request: Received) -> bytes:
        times.append(web.clock.now())
        return response(429, Retry_After="40") if len(times) == 1 else response()

    server = web.serve(answer)
    report = web.check(*(server.url(f"/{number}") for number in range(5)), in_flight=1)
    assert {status.verdict for status in report.statuses.values()} == {Verdict.OK}
    assert min(times[1:]) - times[0] >= 39


@pytest.mark.parametrize("header", ["99999999", "61", "1m30s", "2m", "9" * 5000, "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_no_wait_is_endless(web: Web, header: str) -> None:
    server = web.serve(response(429, Retry_After=header))
    report = web.check(*(server.url(f"/{number}") for number in range(5)), in_flight=1)
    statuses = list(report.statuses.values())
    assert {status.verdict for status in statuses} == {Verdict.RATE_LIMITED}
    assert [status.reason for status in statuses] == [Reason.TOO_MANY_REQUESTS] + [Reason.HOST_COOLING_DOWN] * 4
    assert len(server.requests) == 1
    assert sum(web.clock.waits) < 1


def test_patience_with_one_host_is_limited(web: Web) -> None:
    server = web.serve(response(429, Retry_After="50"))
    report = web.check(*(server.url(f"/{number}") for number in range(20)), in_flight=1)
    assert {status.verdict for status in report.statuses.values()} == {Verdict.RATE_LIMITED}
    assert len(server.requests) <= 5


def failing_at_first(failures: int, status: int) -> object:
    left = [failures]

    def answer(request: Received) -> bytes:
        left[0] -= 1
        return response(status if left[0] >= 0 else 200)

    return answer


def test_one_fault_of_the_server_is_forgiven(web: Web) -> None:
    server = web.serve(failing_at_first(1, 503))  # type: ignore[arg-type]
    found = web.one(server.url())
    assert (found.verdict, found.attempts) == (Verdict.OK, 2)


def test_a_faulty_server_is_requested_three_times(web: Web) -> None:
    server = web.serve(response(500))
    found = web.one(server.url())
    assert (found.verdict, found.status, found.attempts) == (Verdict.SERVER_ERROR, 500, 3)
    assert server.methods == ["GET", "GET", "GET"]
    assert (found.bad_runs, found.bad_days) == (1, 0)
    first, second = [wait for wait in web.clock.waits if wait > 0]
    assert 1.5 <= first <= 2.5
    assert 6 <= second <= 10


@pytest.mark.parametrize(("status", "reason"), [(404, Reason.NOT_FOUND), (410, Reason.GONE)])
def test_a_missing_page_is_requested_once_more_later(web: Web, status: int, reason: Reason) -> None:
    server = web.serve(response(status))
    found = web.one(server.url("/gone"))
    assert (found.verdict, found.reason, found.attempts) == (Verdict.DEAD, reason, 2)
    assert server.methods == ["GET", "GET"]
    assert max(web.clock.waits) >= 5


@pytest.mark.parametrize(
    ("statuses", "verdict"),
    [
        ([404, 200], Verdict.OK),
        ([404, 403], Verdict.BLOCKED),
        ([404, 500, 500, 500], Verdict.SERVER_ERROR),
        ([503, 503, 404, 200], Verdict.OK),
        ([503, 404, 404], Verdict.DEAD),
        ([404, 503, 404, 404], Verdict.DEAD),
        ([404, 503, 404, 200], Verdict.OK),
    ],
)
def test_one_not_found_alone_is_no_death(web: Web, statuses: list[int], verdict: Verdict) -> None:
    left = list(statuses)
    server = web.serve(lambda _: response(left.pop(0) if len(left) > 1 else left[0]))
    assert web.one(server.url("/page")).verdict is verdict


def test_a_not_found_that_the_host_does_not_confirm(web: Web) -> None:
    """The host sends all away before the second request: nothing is certain."""
    answers = [response(404), response(429, Retry_After="9999")]
    server = web.serve(lambda _: answers.pop(0) if answers else response(429, Retry_After="9999"))
    assert web.one(server.url("/page")).verdict is Verdict.RATE_LIMITED

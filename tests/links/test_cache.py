"""What runs remember: row 20 of the catalogue, streaks, and a run that is killed."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from awesome_lint.link_status import LinkStatus, Persistence, Reason, Verdict
from awesome_lint.links.cache import Cache
from tests.environment import unmeasured
from tests.links.conftest import Web
from tests.links.servers import response

pytestmark = pytest.mark.slow

_DAY = 86400.0


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "links.json"


def test_what_is_fresh_is_not_requested_again(web: Web, cache: Path) -> None:
    server = web.serve(response())
    first = web.check(server.url(), cache=cache).statuses[server.url()]
    second = web.check(server.url(), cache=cache).statuses[server.url()]
    assert (first.cached, second.cached) == (False, True)
    assert second.verdict is Verdict.OK
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("status", "days"),
    [(200, 7), (403, 7), (301, 3), (404, 0), (500, 0)],
)
def test_how_long_verdicts_last(web: Web, cache: Path, status: int, days: float) -> None:
    headers = {"Location": "/new"} if status == 301 else {}
    server = web.serve(lambda r: response(200) if r.target == "/new" else response(status, headers))
    web.check(server.url(), cache=cache)
    for share in (0.7, 1.3):
        web.clock.offset = share * days * _DAY
        before = len(server.requests)
        found = Cache.load(cache, _policy(cache)).fresh(server.url(), web.clock.wall())
        assert (found is not None) == (share < 1 and days > 0)
        assert len(server.requests) == before


def _policy(path: Path) -> str:
    record = next(iter(json.loads(path.read_text())["links"].values()))
    return str(record["policy"])


def test_refresh_requests_again(web: Web, cache: Path) -> None:
    server = web.serve(response())
    web.check(server.url(), cache=cache)
    assert not web.check(server.url(), cache=cache, refresh=True).statuses[server.url()].cached
    assert len(server.requests) == 2


def test_another_policy_requests_again(web: Web, cache: Path) -> None:
    server = web.serve(response())
    web.check(server.url(), cache=cache)
    assert not web.check(server.url(), cache=cache, allow_private=True).statuses[server.url()].cached


def test_no_fix_rests_on_the_cache(web: Web, cache: Path) -> None:
    server = web.serve(lambda r: response(301, Location="/page/") if r.target == "/page" else response())
    url = server.url("/page")
    assert web.check(url, cache=cache).statuses[url].replacement is not None
    again = web.check(url, cache=cache).statuses[url]
    assert (again.verdict, again.cached, again.replacement) == (Verdict.MOVED_PERMANENTLY, True, None)
    assert again.hops


def test_transient_faults_are_never_final(web: Web, cache: Path) -> None:
    server = web.serve(response(500))
    url, good = server.url(), web.serve(response(), host="good.site.org").url()
    web.check(url, good, cache=cache)
    before = len(server.requests)
    assert not web.check(url, good, cache=cache).statuses[url].cached
    assert len(server.requests) > before


@pytest.mark.parametrize(
    ("days", "persistence"),
    [
        ([0], Persistence.FRESH),
        ([0, 0.1, 0.2, 0.3, 0.4], Persistence.FRESH),
        ([0, 20], Persistence.FRESH),
        ([0, 1, 3], Persistence.LASTING),
        ([0, 1, 2, 9.5], Persistence.LASTING),
        ([0, 5, 11], Persistence.LASTING),
        ([0, 1, 3, 10], Persistence.SETTLED),
        ([0, 0.1, 0.2, 10], Persistence.FRESH),
        ([0, 0.1, 1, 1.1, 10], Persistence.LASTING),
    ],
)
def test_faults_count_by_their_streak(web: Web, cache: Path, days: list[float], persistence: Persistence) -> None:
    """Those of one day count once; a refused connection is one that everybody gets."""
    bad, good = web.serve(response()), web.serve(response(), host="good.site.org")
    web.room.stop(bad)
    morning = web.clock.wall() // _DAY * _DAY - web.clock.wall() + 3600
    for day in days:
        web.clock.offset = morning + day * _DAY
        found = web.check(bad.url(), good.url(), cache=cache, retries=0).statuses[bad.url()]
    assert (found.bad_runs, found.bad_days) == (len({int(day) for day in days}), int(days[-1]))
    assert found.persistence is persistence


def test_a_streak_ends_with_a_good_answer(web: Web, cache: Path) -> None:
    status = [500]
    server = web.serve(lambda _: response(status[0]))
    good = web.serve(response(), host="good.site.org")
    for day, answer in enumerate([500, 500, 500, 200, 500]):
        web.clock.offset = day * 10 * _DAY
        status[0] = answer
        found = web.check(server.url(), good.url(), cache=cache, retries=0).statuses[server.url()]
    assert (found.bad_runs, found.bad_days) == (1, 0)


def test_a_streak_is_not_touched_by_what_says_nothing(web: Web, cache: Path) -> None:
    status = [500]
    server = web.serve(lambda _: response(status[0], Retry_After="9999") if status[0] == 429 else response(status[0]))
    good = web.serve(response(), host="good.site.org")
    for day, answer in enumerate([500, 429, 409, 500]):
        web.clock.offset = day * _DAY
        status[0] = answer
        found = web.check(server.url(), good.url(), cache=cache, retries=0).statuses[server.url()]
    assert (found.bad_runs, found.bad_days) == (2, 3)


def test_browsers_cope_with_some_certificates(web: Web) -> None:
    status = LinkStatus("https://a.org/", Verdict.TLS, Reason.CERTIFICATE_INCOMPLETE, bad_runs=99, bad_days=99)
    assert status.persistence is Persistence.LASTING


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[" * 100_000,
        b"null",
        b"\xff\xfe",
        b'{"schema": 99, "links": {}}',
        b'{"schema": 1, "links": []}',
        b'{"schema": 1, "links": {"x": 1, "y": {}, "z": null}}',
        b'{"schema": 1, "links": {"x": {"verdict": "ok", "reason": "answered", "status": ' + b"9" * 5000 + b"}}}",
    ],
)
def test_a_damaged_file_counts_as_empty(web: Web, cache: Path, content: bytes) -> None:
    cache.parent.mkdir()
    cache.write_bytes(content)
    server = web.serve(response())
    report = web.check(server.url(), cache=cache)
    assert report.statuses[server.url()].verdict is Verdict.OK
    assert list(json.loads(cache.read_text())["links"]) == [server.url()]


def test_a_file_that_is_too_large_is_not_read(web: Web, cache: Path) -> None:
    cache.parent.mkdir()
    with cache.open("wb") as file:
        file.truncate(1 << 40)
    server = web.serve(response())
    assert web.check(server.url(), cache=cache).count(Verdict.OK) == 1


def test_a_link_to_a_device_is_not_read(web: Web, cache: Path) -> None:
    cache.parent.mkdir()
    cache.symlink_to("/dev/zero")
    server = web.serve(response())
    assert web.check(server.url(), cache=cache).count(Verdict.OK) == 1
    assert cache.is_file()
    assert not cache.is_symlink(), "replaced, not written through"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("verdict", "splendid"),
        ("reason", 7),
        ("status", "200"),
        ("status", -1),
        ("status", True),
        ("hops", [[301]]),
        ("hops", [[301, 7]]),
        ("hops", [[301, "x"]] * 100),
        ("advisories", ["x"]),
        ("advisories", ["archived"] * 100),
        ("checked_at", float("nan")),
        ("checked_at", -1),
        ("checked_at", "now"),
        ("first_bad_at", float("inf")),
        ("bad_runs", 10**9),
        ("snapshot", "x" * 10_000),
        ("policy", None),
    ],
)
def test_a_record_that_does_not_fit_is_dropped(web: Web, cache: Path, field: str, value: object) -> None:
    server = web.serve(response())
    web.check(server.url("/a"), server.url("/b"), cache=cache)
    data = json.loads(cache.read_text())
    data["links"][server.url("/a")][field] = value
    cache.write_text(json.dumps(data))
    report = web.check(server.url("/a"), server.url("/b"), cache=cache)
    assert [report.statuses[server.url(path)].cached for path in ("/a", "/b")] == [False, True]


def test_control_characters_do_not_survive(web: Web, cache: Path) -> None:
    server = web.serve(response())
    web.check(server.url(), cache=cache)
    data = json.loads(cache.read_text())
    data["links"][server.url()]["hops"] = [[302, "http://x.org/\x1b[31m\r\n::error::"]]
    cache.write_text(json.dumps(data))
    final = web.check(server.url(), cache=cache).statuses[server.url()].final
    assert final == "http://x.org/%1B[31m%0D%0A::error::"


def test_a_record_from_the_future_is_not_trusted(web: Web, cache: Path) -> None:
    server = web.serve(response())
    web.clock.offset = 365 * _DAY
    web.check(server.url(), cache=cache)
    web.clock.offset = 0
    assert not web.check(server.url(), cache=cache).statuses[server.url()].cached


def test_records_from_the_future_take_no_room(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forged, or written while the clock was wrong: they neither push out what is found out now nor replace it."""
    monkeypatch.setattr("awesome_lint.links.cache._RECORDS", 2)
    urls = [f"http://a.site.org/{number}" for number in range(3)]
    loaded_before, forged = Cache.load(cache, "p"), Cache.load(cache, "p")
    for url in urls:
        forged.put(LinkStatus(url, Verdict.OK, Reason.ANSWERED, 200, checked_at=9000 * _DAY))
    forged.save(9000 * _DAY)
    for ours, url in ((loaded_before, urls[1]), (Cache.load(cache, "p"), urls[2])):
        ours.put(LinkStatus(url, Verdict.OK, Reason.ANSWERED, 200, checked_at=1000.0))
        ours.save(1000.0)
    again = Cache.load(cache, "p")
    assert [url for url in urls if again.fresh(url, 1000.0)] == urls[1:]


def test_old_records_go(web: Web, cache: Path) -> None:
    server = web.serve(response())
    web.check(server.url("/old"), cache=cache)
    web.clock.offset = 100 * _DAY
    web.check(server.url("/new"), cache=cache)
    assert list(json.loads(cache.read_text())["links"]) == [server.url("/new")]


def test_no_more_is_written_than_is_read_again(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Long URLs fill the file sooner than many do; the latest stay."""
    limit = 100_000
    monkeypatch.setattr("awesome_lint.links.cache._BYTES", limit)
    full = Cache.load(cache, "p")
    urls = [f"http://a.site.org/{number:03}/{'é' * 1000}" for number in range(100)]
    for moment, url in enumerate(urls):
        full.put(LinkStatus(url, Verdict.OK, Reason.ANSWERED, 200, checked_at=1000.0 + moment))
    full.save(2000.0)
    assert limit * 0.9 < cache.stat().st_size <= limit
    kept = list(json.loads(cache.read_text())["links"])
    assert kept == urls[-len(kept) :]
    again = Cache.load(cache, "p")
    assert [url for url in urls if again.fresh(url, 2000.0)] == kept


def test_two_runs_at_once(web: Web, cache: Path) -> None:
    """Each loads before the other writes; nothing is lost."""
    first, second = Cache.load(cache, "p"), Cache.load(cache, "p")
    server = web.serve(response())
    statuses = [web.check(server.url(f"/{n}")).statuses[server.url(f"/{n}")] for n in range(3)]
    first.put(statuses[0])
    first.save(web.clock.wall())
    second.put(statuses[1])
    second.save(web.clock.wall())
    first.put(statuses[2])
    first.save(web.clock.wall())
    assert len(json.loads(cache.read_text())["links"]) == 3
    assert [path.name for path in cache.parent.iterdir()] == ["links.json"]


def test_many_writers(web: Web, cache: Path) -> None:
    server = web.serve(response())
    statuses = [web.check(server.url(f"/{n}")).statuses[server.url(f"/{n}")] for n in range(8)]

    def write(number: int) -> None:
        for _ in range(20):
            own = Cache.load(cache, "p")
            own.put(statuses[number])
            own.save(web.clock.wall())

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert json.loads(cache.read_text())["schema"] == 1


def test_a_file_that_cannot_be_written(web: Web, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    server = web.serve(response())
    report = web.check(server.url(), cache=tmp_path / "file" / "links.json")
    assert report.count(Verdict.OK) == 1
    assert len(report.notes) == 1


_KILLED = """
import sys
from ipaddress import ip_address
from pathlib import Path
from awesome_lint.links import Policy, World, check, run
from awesome_lint.links.guard import Guard
from awesome_lint.links.network import Proxies
run._CHECKPOINT = 0.05
run._TICK = 0.02
async def lookup(host):
    return [ip_address("127.0.0.1")]
world = World(Guard(allow_private=True), lookup=lambda _: lookup, proxies=Proxies())
urls = [f"http://host{n % 20}.site.org:{sys.argv[2]}/{n}" for n in range(400)]
report = check(urls, Policy(polite=False, in_flight=8), cache=Path(sys.argv[1]), world=world)
print(sum(status.cached for status in report.statuses.values()), len(report.statuses))
"""


def test_a_run_that_is_killed(web: Web, cache: Path) -> None:
    """The file is whole after every kill, grows from run to run, and the last run has less to do."""

    async def answer(_: object) -> bytes:
        import asyncio

        await asyncio.sleep(0.01)
        return response()

    server = web.serve(answer)
    command = [sys.executable, "-c", _KILLED, str(cache), str(server.port)]
    chance, known = random.Random(6), 0
    for _ in range(6):
        process = subprocess.Popen(command, env=unmeasured(), stdout=subprocess.DEVNULL)
        while not cache.exists() and process.poll() is None:
            time.sleep(0.01)
        time.sleep(0.3 + chance.random() / 2)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        links = json.loads(cache.read_text())["links"]
        assert len(links) >= known
        known = len(links)
    assert known
    before = len(server.requests)
    cached, total = map(int, subprocess.check_output(command, text=True).split())
    assert (cached, total) == (known, 400)
    assert len(server.requests) - before == total - known

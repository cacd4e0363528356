"""Name servers that fail, hang, or change their minds: rows 9 and 15 of the catalogue."""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from ipaddress import ip_address
from pathlib import Path

import pytest

from awesome_lint.link_status import Reason, Verdict
from awesome_lint.links.guard import Address, UnsafeTargetError
from awesome_lint.links.network import GuardedBackend
from awesome_lint.links.policy import Policy
from awesome_lint.links.resolver import Resolver, ResolverDeadlineError, ThreadedLookup
from tests.environment import unmeasured
from tests.links.conftest import LocalGuard, Web
from tests.links.servers import response

pytestmark = pytest.mark.slow


def test_a_name_that_does_not_exist_is_dead_once_confirmed(web: Web) -> None:
    found = web.one("http://gone.site.org/page")
    assert (found.verdict, found.reason, found.attempts) == (Verdict.DEAD, Reason.NO_SUCH_HOST, 2)
    assert web.lookups.count("gone.site.org") == 2
    assert max(web.clock.waits) >= 5


def test_a_name_is_looked_up_once(web: Web) -> None:
    server = web.serve(response())
    web.check(*(server.url(f"/{number}") for number in range(10)))
    assert web.lookups == ["a.site.org"]


def test_a_dead_name_is_looked_up_twice_for_all_its_links(web: Web) -> None:
    server = web.serve(response())
    urls = [f"http://gone.site.org/{number}" for number in range(10)]
    report = web.check(*urls, server.url())
    assert {report.statuses[url].verdict for url in urls} == {Verdict.DEAD}
    assert web.lookups.count("gone.site.org") == 2


@pytest.mark.parametrize(
    ("error", "verdict", "reason"),
    [
        (socket.EAI_AGAIN, Verdict.UNKNOWN, Reason.RESOLVER_BUSY),
        (socket.EAI_FAIL, Verdict.UNKNOWN, Reason.RESOLVER_BUSY),
        (socket.EAI_NODATA, Verdict.DEAD, Reason.NO_SUCH_HOST),
    ],
)
def test_other_failures_of_name_servers(web: Web, error: int, verdict: Verdict, reason: Reason) -> None:
    web.names["odd.site.org"] = socket.gaierror(error, "odd")
    found = web.one("http://odd.site.org/")
    assert (found.verdict, found.reason) == (verdict, reason)


def test_a_name_that_is_found_at_the_second_try(web: Web) -> None:
    server = web.serve(response(), host="shy.site.org")
    web.names["shy.site.org"] = socket.gaierror(socket.EAI_NONAME, "not yet")

    async def lookup(host: str) -> Sequence[Address]:
        if web.lookups.count(host) == 1:
            web.names[host] = ["127.0.0.1"]
        return await Web.lookup(web, host)

    web.lookup = lookup  # type: ignore[method-assign]
    assert web.one(server.url()).verdict is Verdict.OK


def test_a_name_that_leads_inside_at_the_second_try(web: Web) -> None:
    """The confirming lookup is judged like the first: nothing is connected to, and the link is an unsafe one."""
    victim = web.serve(response(), host="shy.site.org")
    web.ports.discard(victim.port)
    web.names["shy.site.org"] = socket.gaierror(socket.EAI_NONAME, "not yet")
    real = web.lookup

    async def lookup(host: str) -> Sequence[Address]:
        if web.lookups.count(host) == 1:
            web.names[host] = ["127.0.0.1"]
        return await real(host)

    web.lookup = lookup  # type: ignore[method-assign]
    found = web.one(victim.url("/page"))
    assert (found.verdict, found.reason) == (Verdict.UNSAFE_TARGET, Reason.PRIVATE_NAME)
    assert web.lookups.count("shy.site.org") == 2
    assert victim.connections == 0


def test_waiting_for_a_thread_is_not_hanging(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixty lookups of 0.1 s on four threads take longer than the second that each of them has."""

    def lookup(host: str) -> Sequence[Address]:
        time.sleep(0.1)
        return [ip_address("127.0.0.1")]

    monkeypatch.setattr("awesome_lint.links.resolver._getaddrinfo", lookup)
    monkeypatch.setattr("awesome_lint.links.resolver._THREADS", 4)

    async def main() -> None:
        resolver = Resolver(ThreadedLookup(1.0))
        await asyncio.gather(*(resolver.resolve(f"host{n}.org") for n in range(60)))

    asyncio.run(main())


def test_names_that_hang_do_not_starve_the_others(web: Web) -> None:
    server = web.serve(response())
    good = [f"http://good{number}.site.org:{server.port}/" for number in range(20)]
    hanging = [f"http://hang{number}.site.org:{server.port}/" for number in range(60)]
    web.names.update({f"good{number}.site.org": ["127.0.0.1"] for number in range(20)})
    late: list[str] = []
    real = web.lookup

    async def lookup(host: str) -> Sequence[Address]:
        """Names that hang do so until all good hosts were requested, for a minute at most."""
        if not host.startswith("hang"):
            return await real(host)
        for _ in range(6000):
            if len(server.requests) >= 20:
                raise ResolverDeadlineError(host)
            await asyncio.sleep(0.01)
        late.append(host)
        raise ResolverDeadlineError(host)

    web.lookup = lookup  # type: ignore[method-assign]
    report = web.check(*hanging, *good)
    assert {report.statuses[url].verdict for url in good} == {Verdict.OK}
    assert {report.statuses[url].reason for url in hanging} == {Reason.RESOLVER_DEADLINE}
    assert not late


def test_the_threads_of_the_resolver(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixty lookups that block a thread each, beside twenty that do not; those that hang do not hold up the end."""
    over = threading.Event()

    def lookup(host: str) -> Sequence[Address]:
        if host.startswith("hang"):
            over.wait(60)
        if host.startswith("gone"):
            raise socket.gaierror(socket.EAI_NONAME, "gone")
        return [ip_address("127.0.0.1")]

    monkeypatch.setattr("awesome_lint.links.resolver._getaddrinfo", lookup)

    async def main() -> None:
        resolver = Resolver(ThreadedLookup(30.0))
        hanging = [asyncio.create_task(resolver.resolve(f"hang{n}.org")) for n in range(60)]
        await asyncio.sleep(0)
        await asyncio.gather(*(resolver.resolve(f"good{n}.org") for n in range(20)))
        with pytest.raises(socket.gaierror):
            await resolver.resolve("gone.org")
        assert not any(task.done() for task in hanging)
        with pytest.raises(ResolverDeadlineError):
            await Resolver(ThreadedLookup(0.1)).resolve("hang.org")

    asyncio.run(main())
    assert not over.is_set(), "the event loop has ended while the lookups hang"
    over.set()


@pytest.mark.skipif(
    not shutil.which("unshare") or subprocess.run(["unshare", "-Urmn", "true"], check=False).returncode != 0,
    reason="this system gives no name spaces, in which a name server of our own could answer",
)
def test_what_name_servers_fail_to_say(tmp_path: Path) -> None:
    """A name is absent only where both families are known to be: half an answer and half a failure is a failure."""
    configuration = tmp_path / "resolv.conf"
    configuration.write_text("nameserver 127.0.0.1\n")
    command = ["unshare", "-Urmn", sys.executable, "-m", "tests.links.name_server", str(configuration)]
    assert json.loads(subprocess.check_output(command, env=unmeasured(), timeout=120)) == {
        "half-broken.site.org": ["EAI_AGAIN"],
        "broken.site.org": ["EAI_AGAIN"],
        "also-broken.site.org": ["EAI_AGAIN"],
        "gone.site.org": ["EAI_NONAME"],
        "empty.site.org": ["EAI_NODATA"],
        "fine.site.org": ["192.0.2.7"],
        "lame.site.org": ["192.0.2.8"],
        "rude.site.org": ["192.0.2.9"],
    }


def test_a_lost_packet_is_no_deadline() -> None:
    """The resolver asks again after 5 seconds."""
    assert Policy().resolve_seconds > 10


def test_a_name_that_moves_inside_is_refused_at_the_next_connection(web: Web) -> None:
    """DNS rebinding: the first answer is harmless, the second is not."""
    harmless = web.serve(lambda _: response(200, Connection="close"))
    victim = web.serve(response(), host="victim.site.org")
    web.ports.discard(victim.port)
    answers = [["127.0.0.1"], ["10.0.0.1"], ["127.0.0.1"]]

    async def lookup(host: str) -> Sequence[Address]:
        return [ip_address(text) for text in answers.pop(0)]

    async def main() -> None:
        resolver = Resolver(lookup)
        backend = GuardedBackend(LocalGuard(ports=web.ports), resolver)
        stream = await backend.connect_tcp("rebinding.site.org", harmless.port)
        await stream.aclose()
        for port in (harmless.port, victim.port):
            resolver.forget("rebinding.site.org")
            with pytest.raises(UnsafeTargetError):
                await backend.connect_tcp("rebinding.site.org", port)

    asyncio.run(main())
    assert victim.connections == 0


def test_a_run_holds_on_to_the_address_that_it_judged(web: Web) -> None:
    server = web.serve(response(200, Connection="close"))
    web.names[server.host] = ["127.0.0.1"]
    real = web.lookup

    async def lookup(host: str) -> Sequence[Address]:
        addresses = await real(host)
        web.names[host] = ["10.0.0.1"]
        return addresses

    web.lookup = lookup  # type: ignore[method-assign]
    report = web.check(*(server.url(f"/{number}") for number in range(3)))
    assert {status.verdict for status in report.statuses.values()} == {Verdict.OK}


@pytest.mark.parametrize(
    "addresses",
    [
        ["10.0.0.1"],
        ["93.184.215.14", "192.168.0.1"],
        ["::1"],
        ["64:ff9b::a00:1"],
        ["::ffff:169.254.169.254"],
        ["fd00::1"],
        ["fe80::1"],
        ["2002:7f00:1::"],
        ["224.0.0.1"],
        ["0.0.0.0"],
        ["100.64.0.1"],
        ["3fff::1"],
        ["2001:db8::1"],
    ],
)
def test_one_private_answer_spoils_all(web: Web, addresses: list[str]) -> None:
    web.names["mixed.site.org"] = addresses
    found = web.one("http://mixed.site.org/")
    assert (found.verdict, found.reason) == (Verdict.UNSAFE_TARGET, Reason.PRIVATE_NAME)

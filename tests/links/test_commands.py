"""`--links`, `--links-only`, `--since` and `awesome-lint links` as users run them, on local servers."""

from __future__ import annotations

import csv
import html
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from awesome_lint.cli import cli
from awesome_lint.cli.online import LinkOptions, exit_code
from awesome_lint.link_status import LinkReport, LinkStatus, Network, Reason, Verdict
from tests.links.conftest import Web
from tests.links.servers import Connection, Received, Server, response

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Done:
    """How a run ended, and what it wrote."""

    code: int
    out: str
    err: str


def run(*arguments: str, **environment: str) -> Done:
    """Run the program in this process, with a link cache in this folder and private addresses allowed."""
    options = ["--links-cache", "cache.json", "--allow-private"]
    kept = {"GITHUB_TOKEN": None, "GH_TOKEN": None, "CI": None, "XDG_CACHE_HOME": os.path.abspath("caches")}  # noqa: PTH100
    result = CliRunner().invoke(cli, [*arguments, *options], standalone_mode=False, env={**kept, **environment})
    if isinstance(result.exception, click.UsageError):
        return Done(2, result.stdout, result.exception.format_message())
    if result.exception:
        raise result.exception
    return Done(result.return_value, result.stdout, result.stderr)


def process(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own."""
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is confirmed later is confirmed soon here; processes of their own wait as long as for users."""
    policy = LinkOptions.policy
    monkeypatch.setattr(LinkOptions, "policy", lambda self: replace(policy(self), confirm_wait=0.05))


def answer(request: Received) -> bytes:
    if request.target == "/old":
        return response(301, Location="/old/")
    return response({"/gone": 404, "/blocked": 403}.get(request.target.partition("?")[0], 200))


@pytest.fixture
def server(web: Web) -> Server:
    return web.serve(answer, host="127.0.0.1")


@pytest.fixture
def readme(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "README.md"
    lines = [f"- [{name.title()}]({server.url('/' + name)})" for name in ("fine", "gone", "old", "blocked")]
    path.write_text("# List\n\n" + "\n".join(lines) + "\n- [Empty]()\n")
    return path


def test_links_beside_the_rest(readme: Path) -> None:
    done = run("--links", "README.md", "--format", "json")
    assert done.code == 1
    assert [row["rule"] for row in json.loads(done.out)] == ["dead-link", "moved-link", "empty-link"]
    assert "links: 1 blocked, 1 dead, 1 moved-permanently, 1 ok" in done.err


def test_links_alone(readme: Path) -> None:
    done = run("--links-only", "README.md", "--format", "json", "--quiet")
    assert [finding["rule"] for finding in json.loads(done.out)] == ["dead-link", "moved-link"]
    assert (done.code, done.err) == (1, "")


def test_nothing_is_requested_without_links(readme: Path, server: Server) -> None:
    done = process("-X", "importtime", "-m", "awesome_lint", "README.md", "--no-cache", cwd=readme.parent)
    assert done.returncode == 1
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "awesome_lint.linter.engine" in imported
    assert not imported & {"httpx", "httpcore", "asyncio", "awesome_lint.links"}
    assert not server.requests


def test_fixing(readme: Path, server: Server) -> None:
    assert run("--links-only", "--fix", "README.md").code == 1
    assert f"[Old]({server.url('/old/')})" in readme.read_text()


def test_nothing_is_fixed_from_the_cache(readme: Path, server: Server) -> None:
    run("--links-only", "README.md")
    before = len(server.requests)
    run("--links-only", "--fix", "README.md")
    assert {request.target for request in server.requests[before:]} == {"/gone"}, "the rest is known"
    assert f"[Old]({server.url('/old')})" in readme.read_text()
    run("--links-only", "--fix", "--refresh", "README.md")
    assert f"[Old]({server.url('/old/')})" in readme.read_text()


def test_include_and_exclude(readme: Path, server: Server) -> None:
    run("--links-only", "README.md", "--links-include", server.url("/gone"))
    assert {request.target for request in server.requests} == {"/gone"}
    assert run("--links-only", "README.md", "--links-exclude", "*/gone", "--refresh").code == 0


def test_configuration_picks_links(readme: Path, server: Server) -> None:
    (readme.parent / ".awesome-lint.toml").write_text('[links]\nexclude = ["*/gone"]\n')
    assert run("--links-only", "README.md").code == 0
    run("links", "README.md", "--refresh")
    assert {request.target for request in server.requests} == {"/fine", "/old", "/old/", "/blocked"}


def test_each_configuration_picks_the_links_of_its_own_folder(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, links in (("one", '[links]\ninclude = ["*/fine"]\n'), ("two", "")):
        (tmp_path / name).mkdir()
        (tmp_path / name / ".awesome-lint.toml").write_text(links)
        (tmp_path / name / "README.md").write_text(f"- [A]({server.url('/gone')})\n- [B]({server.url('/fine')})\n")
    files = ("one/README.md", "two/README.md")
    for order in (files, files[::-1]):
        found = json.loads(run("--links-only", *order, "--format", "json").out)
        assert [(row["rule"], row["path"], row["line"]) for row in found] == [("dead-link", "two/README.md", 1)]
        rows = json.loads(run("links", *order, "--format", "json").out)
        verdicts = {(row["path"], row["line"]): row["verdict"] for row in rows}
        assert [verdicts[name, line] for name in files for line in (1, 2)] == ["skipped", "ok", "dead", "ok"]


@pytest.mark.parametrize("key", ["allow-private", "cache", "headers", "proxy", "token", "max-time", "timeout"])
def test_configuration_cannot_weaken_the_check(readme: Path, server: Server, key: str) -> None:
    (readme.parent / ".awesome-lint.toml").write_text(f"[links]\n{key} = true\n")
    with pytest.raises(click.ClickException, match="unknown key"):
        run("--links-only", "README.md")
    assert not server.requests


def test_options_without_links(readme: Path) -> None:
    done = run("README.md", "--refresh")
    assert (done.code, done.out) == (2, "")
    assert "--links" in done.err


def test_without_network(readme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(host: str) -> list[object]:
        raise socket.gaierror(socket.EAI_NONAME, "no network")

    monkeypatch.setattr("awesome_lint.links.resolver._getaddrinfo", nothing)
    readme.write_text("- [A](https://a.site.org/)\n")
    done = run("--links", "README.md", "--format", "json")
    assert (done.code, json.loads(done.out)) == (3, [])
    assert "1 link was not checked: the network seems to be down" in done.err


@pytest.mark.parametrize(
    ("report", "codes"),
    [
        (LinkReport({}), (0, 1, 2)),
        (LinkReport({}, network=Network.DOWN), (3, 1, 2)),
        (LinkReport({"x": LinkStatus("x", Verdict.UNCHECKED, Reason.OUT_OF_TIME)}), (3, 1, 2)),
        (LinkReport({"x": LinkStatus("x", Verdict.BLOCKED, Reason.FORBIDDEN)}), (0, 1, 2)),
        (LinkReport({}, interrupted=True), (130, 130, 130)),
    ],
)
def test_exit_codes(report: LinkReport, codes: tuple[int, ...]) -> None:
    assert tuple(exit_code(code, report) for code in (0, 1, 2)) == codes
    if report.network is Network.DOWN:
        assert exit_code(0, report, exit_zero=True) == 0


def test_suppression(readme: Path, server: Server) -> None:
    readme.write_text(f"- [Gone]({server.url('/gone')}) <!-- awesome-lint disable-line dead-link -->\n")
    assert run("--links", "README.md", "--strict").code == 0
    offline = CliRunner().invoke(cli, ["README.md", "--strict"], standalone_mode=False)
    assert offline.return_value == 0, "a suppression of a rule that did not run is not unused"


def test_listing(readme: Path, server: Server) -> None:
    done = run("links", "README.md", "--format", "json")
    assert done.code == 1
    rows = json.loads(done.out)
    assert [(row["line"], row["column"], row["verdict"]) for row in rows] == [
        *((3, 3, "ok"), (4, 3, "dead"), (5, 3, "moved-permanently"), (6, 3, "blocked"))
    ]
    assert rows[2]["hops"] == [{"status": 301, "url": server.url("/old/")}]
    assert rows[2]["replacement"] == {"url": server.url("/old/"), "safe": True}
    assert all(row["seconds"] > 0 for row in rows)
    table = list(csv.DictReader(run("links", "README.md", "--format", "csv").out.splitlines()))
    assert [row["verdict"] for row in table] == ["ok", "dead", "moved-permanently", "blocked"]
    text = run("links", "README.md").out.splitlines()
    assert f"  README.md:4:3: {server.url('/gone')}: the page does not exist (HTTP 404)" in text
    assert f"  README.md:5:3: {server.url('/old')} -> {server.url('/old/')}" in text
    assert "ok: 1 link" in text


def test_listing_some_verdicts(readme: Path, server: Server) -> None:
    assert server.url("/blocked") in run("links", "README.md", "--verdict", "blocked").out
    rows = json.loads(run("links", "README.md", "--verdict", "ok,dead", "--verdict", "blocked", "--format", "json").out)
    assert [row["verdict"] for row in rows] == ["ok", "dead", "blocked"]
    done = run("links", "README.md", "--verdict", "daed")
    assert (done.code, "did you mean dead?" in done.err) == (2, True)


def test_listing_as_the_body_of_an_issue(readme: Path, server: Server) -> None:
    done = run("links", "README.md", "--format", "markdown", "--output", "issue.md")
    assert done.code == 1
    text = (readme.parent / "issue.md").read_text()
    assert f"- Gone: <{server.url('/gone')}>: the page does not exist" in text
    assert f"<{server.url('/old')}> is now <{server.url('/old/')}> (README.md, line 5)" in text
    assert "### List" in text


def test_only_the_dead_fail_a_listing(readme: Path, server: Server) -> None:
    assert run("links", "README.md").code == 1
    assert run("links", "README.md", "--links-exclude", "*/gone", "--refresh").code == 0


def test_dumping(readme: Path, server: Server) -> None:
    readme.write_text(readme.read_text() + f"- [Again]({server.url('/fine')})\n- [M](mailto:a@b.org)\n- [F](x.md)\n")
    done = run("links", "--dump", "README.md", "--links-exclude", "*/blocked")
    assert done.out.splitlines() == [server.url(path) for path in ("/fine", "/gone", "/old")]
    assert (done.code, server.requests) == (0, [])


def test_answers_that_a_configuration_accepts(readme: Path, server: Server) -> None:
    config = readme.parent / ".awesome-lint.toml"
    config.write_text('[links]\naccept = { "127.0.0.1" = [404, 403] }\n')
    rows = json.loads(run("links", "README.md", "--format", "json").out)
    assert [(row["verdict"], row["reason"]) for row in rows] == [
        *(("ok", "answered"), ("ok", "accepted"), ("moved-permanently", "redirected"), ("ok", "accepted"))
    ]
    assert run("--links-only", "README.md", "--links-exclude", "*/old").code == 0
    config.write_text('[links.accept]\n"*/gone" = [404]\n"*/blocked" = [404]\n')
    rows = json.loads(run("links", "README.md", "--format", "json").out)
    assert [row["verdict"] for row in rows] == ["ok", "ok", "moved-permanently", "blocked"]


def test_a_configuration_accepts_no_private_address(readme: Path, server: Server) -> None:
    (readme.parent / ".awesome-lint.toml").write_text('[links]\naccept = { "*" = [200, 301, 404] }\n')
    readme.write_text("- [A](http://10.0.0.1/)\n")
    result = CliRunner().invoke(cli, ["links", "README.md", "--format", "json"], standalone_mode=False)
    assert [row["verdict"] for row in json.loads(result.stdout)] == ["unsafe-target"]


def test_the_time_for_a_request(readme: Path, web: Web) -> None:
    async def slow(request: Received) -> bytes:
        import asyncio

        await asyncio.sleep(60)
        return response()

    slow_one, quick_one = web.serve(slow, host="127.0.0.1"), web.serve(answer, host="127.0.0.1")
    readme.write_text(f"- [B]({slow_one.url('/slow')})\n- [C]({quick_one.url('/fine')})\n")
    rows = json.loads(run("links", "README.md", "--format", "json", "--timeout", "0.2").out)
    assert [row["verdict"] for row in rows] == ["timeout", "ok"]


def hostile(web: Web) -> Server:
    """A server whose reasons, headers and redirects are full of control characters, of one byte and of more."""
    raw, encoded = b"\x1b]0;x\x07\x1b[31m\x08\x7f\x9b", b"\xc2\x9b31m\xe2\x80\xa8"
    heads = {
        "/reason": b"404 Lost " + raw + encoded,
        "/more": b"404 Lost " + encoded + b"\r\nX-Note: " + raw,
        "/nowhere": b"302 Found\r\nLocation: /" + raw + encoded,
        "/moved": b"302 Found\r\nLocation: /new" + encoded,
        "/file": b"301 Moved\r\nLocation: file:///" + encoded,
    }

    async def handle(connection: Connection) -> None:
        head = heads.get((await connection.request()).target, b"200 Fine")
        await connection.send(b"HTTP/1.1 " + head + b"\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")

    return web.raw(handle, host="127.0.0.1")


@pytest.mark.parametrize(
    "arguments",
    [
        ["links", "--format", "csv"],
        ["links", "--format", "json"],
        ["links", "--format", "markdown"],
        ["links"],
        ["--links"],
    ],
    ids=" ".join,
)
def test_no_control_character_comes_through(readme: Path, web: Web, arguments: list[str]) -> None:
    server = hostile(web)
    escapes, label = "\x1b]0;x\x07\x1b[31m\x08\x7f\x9b31m\u2028", "Name \x1bc\x07\x08\x7f\x9b31m\u2028"
    checked = [server.url(path) for path in ("/reason", "/more", "/nowhere", "/moved", "/file")]
    odd = [server.url(f"/{escapes}"), server.url(f"/#{escapes}"), f"http://{escapes}.org/", f"{escapes}://a.org/"]
    lines = [f"- [{label} {number}](<{url}>) - Text{escapes}." for number, url in enumerate(checked + odd)]
    readme.write_text("# List\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    done = run(*arguments, "README.md")
    for sign in ("file:/", "404", "x1bc" if arguments == ["--links"] else "%C2%9B31m%E2%80%A8"):
        assert sign in html.unescape(done.out), "the report is about these links at all"
    assert not re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]", done.out + done.err)


def test_only_added_links_are_requested(readme: Path, server: Server) -> None:
    def git(*arguments: str) -> None:
        who = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, *arguments], cwd=readme.parent, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    git("add", "README.md")
    git("commit", "-q", "-m", "start")
    readme.write_text(readme.read_text() + f"- [New]({server.url('/gone?new')})\n")
    done = run("--links", "--since", "main", "README.md", "--format", "json")
    assert {request.target for request in server.requests} == {"/gone?new"}
    assert [row["rule"] for row in json.loads(done.out)] == ["dead-link"]


def test_interruption(tmp_path: Path, web: Web) -> None:
    async def slow(request: Received) -> bytes:
        import asyncio

        if request.target == "/slow":
            await asyncio.sleep(30)
        return response(404)

    server = web.serve(slow, host="127.0.0.1")
    (tmp_path / "README.md").write_text(
        f"- [A]({server.url('/gone')})\n- [B]({server.url('/slow')})\n- [C]({server.url('/x')})\n"
    )
    command = [sys.executable, "-m", "awesome_lint", "--links", "README.md", "--links-cache", "", "--allow-private"]
    checker = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    # One beside the slow one: once both others have been requested twice, the answer about one of them is known.
    while checker.poll() is None:
        targets = [request.target for request in server.requests]
        if min(targets.count("/gone"), targets.count("/x")) == 2:
            break
        time.sleep(0.05)
    checker.send_signal(signal.SIGINT)
    report, notes = checker.communicate(timeout=20)
    assert checker.returncode == 130
    assert "dead-link" in report
    assert re.search(r"(?:1 link was|2 links were) not checked: the run was interrupted", notes)
    assert "Traceback" not in notes


def test_time_is_up(readme: Path, web: Web) -> None:
    async def slow(request: Received) -> bytes:
        import asyncio

        await asyncio.sleep(30)
        return response()

    readme.write_text(f"- [B]({web.serve(slow, host='127.0.0.1').url('/slow')})\n")
    done = run("--links", "README.md", "--max-time", "0.5")
    assert done.code == 3
    assert "the time limit of this run was reached" in done.err

"""`awesome-lint restore` as users run it: what it writes, what it remembers, and what becomes of it in a bad world."""

from __future__ import annotations

import json
import os
import re
import socket
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from awesome_lint.links import Session
from awesome_lint.restore.model import Source
from awesome_lint.restore.services import SERVICES
from tests.links.servers import response
from tests.program import run, run_process
from tests.restore.conftest import Desk
from tests.restore.library import Paper
from tests.restore.test_titles import ARXIV, DOI, PAPER, TITLE, table

pytestmark = pytest.mark.slow

EMPTY = table()


@pytest.fixture
def known(desk: Desk) -> Desk:
    """A world in which the paper is known."""
    desk.library.papers = [PAPER]
    return desk


def test_nothing_is_written_without_fix(known: Desk) -> None:
    for options in ([], ["--dry-run"], ["--fix", "--dry-run"], ["--unsafe-fixes", "--dry-run"]):
        done = known.run(*options, text=EMPTY)
        assert (done.code, known.readme.read_text()) == (1, EMPTY)
        assert f"  {ARXIV} (1.00, arxiv, crossref: same title, same year); also {DOI}" in done.out
        assert "1 link has lost its address: 1 can be restored." in done.out


def test_fix(known: Desk) -> None:
    done = known.run("--fix", text=EMPTY)
    assert (done.code, known.readme.read_text()) == (0, EMPTY.replace("]()", f"]({ARXIV})"))
    assert "1 link has lost its address: 1 restored." in done.out
    assert known.run().out == "No link has lost its address.\n"


def test_unsafe_fixes(known: Desk) -> None:
    text = table(year="")
    assert known.run("--fix", text=text).code == 1
    assert known.readme.read_text() == text
    assert known.run("--unsafe-fixes").code == 0
    assert ARXIV in known.readme.read_text()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[[pdf]]()", f"[[pdf]]({ARXIV})"),
        ("[[pdf]]( )", f"[[pdf]]( {ARXIV})"),
        ("[[pdf]](<>)", f"[[pdf]](<{ARXIV}>)"),
        ("[pdf](#)", f"[pdf]({ARXIV})"),
        ("[pdf](tba 'soon')", f"[pdf]({ARXIV} 'soon')"),
        ('<a href="">pdf</a>', f'<a href="{ARXIV}">pdf</a>'),
        ("[**pdf**](https://)", f"[**pdf**]({ARXIV})"),
        ("[pdf](http://a.site.org/cut…)", f"[pdf]({ARXIV})"),
    ],
)
def test_only_the_address_changes(before: str, after: str, known: Desk) -> None:
    text = "\ufeff# List\r\n\r\n" + table(link=before).replace("\n", "\r\n") + "\r\n*  untidy \r\n\r\n\r\nend"
    known.readme.write_bytes(text.encode())
    assert known.run("--fix").code == 0
    assert known.readme.read_bytes().decode() == text.replace(before, after)


def test_a_link_without_an_end_is_closed_first(known: Desk) -> None:
    line = f"- [{TITLE}](http://a.site.org/1{{}} - Ada Lovelace, 2016\n"
    other = "- [A Second Paper that Nobody has Read](http://a.site.org/2 - Zoe Rival, 2017\n"
    known.pages.statuses |= {"a.site.org/1": 404, "a.site.org/2": 404}
    assert known.run("--fix", text=line.format("") + other).code == 1
    expected = line.replace("http://a.site.org/1{}", f"{DOI})")
    assert known.readme.read_text() == expected + other, "what is not restored is not closed"


def test_a_link_that_lost_its_end_with_its_address(known: Desk) -> None:
    assert known.run("--fix", text=table(link="[[pdf]](")).code == 0
    assert known.readme.read_text() == table(link=f"[[pdf]]({ARXIV})")


def test_a_link_whose_row_has_no_sure_reading_is_only_looked_for(known: Desk) -> None:
    text = (
        f"| Paper | Data | Venue | Year |\n| --- | --- | --- | --- |\n| {TITLE} [[pdf]](http://a.site.org/1  | 2016 |\n"
    )
    done = known.run("--fix", text=text)
    assert (done.code, known.readme.read_text()) == (1, text)
    assert "the link is not closed: close it first" in done.out


def test_json(known: Desk) -> None:
    done = known.run("--format", "json", "--fix", text=EMPTY)
    (row,) = done.rows
    candidate = row.pop("candidates")[0]
    assert row == {
        "path": "README.md",
        "line": 3,
        "column": 3 + len(TITLE) + 1,
        "text": "[pdf]",
        "entry": TITLE,
        "url": "",
        "loss": "empty",
        "closed": True,
        "outcome": "certain",
        "written": True,
        "why": "",
    }
    assert candidate["title"] == TITLE


def test_what_a_service_says_is_inert(desk: Desk) -> None:
    desk.library.papers = [replace(PAPER, title=f"{TITLE}\x1b[2J", arxiv="", known_to=frozenset({"crossref"}))]
    done = desk.run(text=EMPTY)
    assert "\x1b" not in done.out
    evil = replace(PAPER, doi='10.1000/a)|<b>"x', arxiv="", known_to=frozenset({"openalex"}))
    desk.library.papers = [evil]
    desk.run("--unsafe-fixes", "--refresh", text=EMPTY)
    assert "<b>" not in desk.readme.read_text()
    assert desk.readme.read_text().count("|") == EMPTY.count("|")


def test_what_is_known_is_not_asked_again(known: Desk) -> None:
    known.pages.statuses["a.site.org/1"] = 404
    text = EMPTY + f"| {TITLE} and Beyond All of That [pdf](http://a.site.org/1) | ICPA | 2016 |\n"
    first = known.run("--format", "json", text=text)
    asked = known.requests
    assert asked
    assert known.run("--format", "json").out == first.out
    assert known.requests == asked
    known.run("--refresh")
    assert known.requests > asked


def test_where_a_proxy_leads_is_not_asked_again_though_the_page_fails(known: Desk) -> None:
    known.pages.redirects["go.proxy.net/1"] = "http://a.site.org/1"
    known.pages.statuses["a.site.org/1"] = 500
    known.run("--proxy", "go.proxy.net", text="- [Data](http://go.proxy.net/1)\n")
    asked = known.requests
    assert known.run("--proxy", "go.proxy.net", "--fix").code == 0
    assert known.requests == asked


def test_without_a_cache_nothing_is_kept(known: Desk) -> None:
    known.run("--links-cache", "", text=EMPTY)
    assert [path.name for path in known.folder.iterdir()] == ["README.md"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"schema": 9}',
        b'{"schema": 1, "answers": {"x": 1}}',
        b"[" * 100_000,
        b"\xff\xfe",
        b'{"schema":1,"seen":{"a":{"at":1e999}}}',
    ],
)
def test_a_damaged_memory_counts_as_empty(content: bytes, known: Desk) -> None:
    (known.folder / "cache.answers.json").write_bytes(content)
    assert known.run("--fix", text=EMPTY).code == 0
    assert json.loads((known.folder / "cache.answers.json").read_bytes())["schema"] == 1


def test_a_forged_memory_cannot_break_the_list(known: Desk) -> None:
    known.run(text=EMPTY)
    path = known.folder / "cache.answers.json"
    path.write_text(path.read_text().replace("1603.01234", "x) | <script>\\n\\n#").replace("10.1000/leaves", "y"))
    known.run("--fix")
    text = known.readme.read_text()
    assert "<script>" not in text
    assert text.count("\n") == EMPTY.count("\n")


ODD = {
    "nothing": b"",
    "no json": b"<html>busy</html>",
    "a list": b"[1, 2]",
    "a number": b"7",
    "nested": b"[" * 50_000,
    "wrong types": b'{"message": {"items": [7, {"DOI": 3, "title": {}}, {"DOI": "10.1000/x"}]}, "results": [7],'
    b' "result": {"hits": {"hit": "x"}}, "data": [{"title": 5, "externalIds": []}]}',
    "not UTF-8": b'{"message": "\xff\xfe"}',
    "half a feed": b"<feed><entry><id>http://arxiv.org/abs/1603.01234v1</id><title>",
}


@pytest.mark.parametrize("body", ODD.values(), ids=ODD)
def test_odd_answers(body: bytes, known: Desk) -> None:
    for source in SERVICES:
        known.web.room.stop(known.servers[source])
        known.servers[source] = known.web.serve(response(body=body), host="127.0.0.1")
    done = known.run("--fix", text=EMPTY)
    assert (done.code, known.readme.read_text()) == (1, EMPTY)


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_a_service_that_fails_is_done_without(status: int, known: Desk) -> None:
    known.library.failing["arxiv"] = status
    done = known.run("--fix", text=EMPTY)
    assert (done.code, known.readme.read_text()) == (0, EMPTY.replace("]()", f"]({DOI})")), done.err
    assert "arxiv gave no answer: " in done.err


def test_a_service_that_fails_is_not_asked_for_ever(known: Desk) -> None:
    known.library.failing |= dict.fromkeys(known.servers, 500)
    rows = "".join(f"| {TITLE} Number {number} [pdf]() | ICPA | 2016 |\n" for number in range(40))
    assert known.run(text=EMPTY + rows).code == 1
    assert all(len(server.requests) <= 12 for server in known.servers.values())


def test_without_network(known: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def lookup(host: str) -> object:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(known.web, "lookup", lookup)
    text = EMPTY + f"| {TITLE} Again and Again [pdf](http://go.proxy.net/1) | ICPA | 2016 |\n"
    endpoints = [f"--endpoint={name}=http://{name}.site.org" for name in known.servers]
    done = known.run("--fix", "--proxy", "go.proxy.net", *endpoints, text=text)
    assert (done.code, known.readme.read_text()) == (3, text)
    assert "the network seems to be down, so nothing is changed; these would have been asked: arxiv (2)" in done.err
    assert "go.proxy.net (1)" in done.err


def test_pages_that_cannot_be_reached_are_no_network_that_is_down(known: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    find = known.web.lookup

    async def lookup(host: str) -> object:
        if host.endswith(".site.net"):
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return await find(host)

    monkeypatch.setattr(known.web, "lookup", lookup)
    known.pages.redirects |= {f"go.proxy.net/{n}": f"http://a{n}.site.net/{n}" for n in range(12)}
    text = "".join(f"- [Data {n}](http://go.proxy.net/{n})\n" for n in range(12))
    done = known.run("--proxy", "go.proxy.net", text=text)
    assert (done.code, known.readme.read_text()) == (1, text)
    asked = known.requests
    done = known.run("--proxy", "go.proxy.net", "--fix")
    assert (done.code, known.requests) == (0, asked)
    assert known.readme.read_text() == re.sub(r"go.proxy.net/(\d+)", r"a\1.site.net/\1", text)


def test_a_proxy_that_is_gone_is_no_network_that_is_down(known: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    find = known.web.lookup

    async def lookup(host: str) -> object:
        if host == "go.proxy.net":
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return await find(host)

    monkeypatch.setattr(known.web, "lookup", lookup)
    done = known.run("--fix", "--proxy", "go.proxy.net", text=table(link="[pdf](http://go.proxy.net/1)"))
    assert (done.code, known.readme.read_text()) == (0, table(link=f"[pdf]({ARXIV})"))


def test_time_is_up(known: Desk) -> None:
    rows = "".join(f"| {TITLE} Number {number} [pdf]() | ICPA | 2016 |\n" for number in range(400))
    done = known.run("--fix", "--max-time", "0.01", text=EMPTY + rows)
    assert done.code in (1, 3)
    assert known.readme.read_text() == EMPTY + rows
    assert "the time limit was reached before its turn" in done.out


def test_an_interrupted_search_goes_on_where_it_was(known: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = Session.ask

    def interrupted(self: Session, questions: object, tell: object) -> None:
        ask(self, questions, tell)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(Session, "ask", interrupted)
    done = known.run("--fix", text=EMPTY)
    assert (done.code, known.readme.read_text()) == (130, EMPTY)
    asked = known.requests
    assert asked
    monkeypatch.setattr(Session, "ask", ask)
    assert known.run("--fix").code == 0
    assert known.requests == asked


def test_proxies_that_were_followed_before_an_interruption_are_remembered(
    known: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    known.pages.redirects |= {f"go.proxy.net/{n}": f"http://a.site.net/{n}" for n in range(9)}
    text = "".join(f"- [Data {n}](http://go.proxy.net/{n})\n" for n in range(9))
    tell = Session.ask

    def interrupted(self: Session, questions: object, hear: object) -> None:
        tell(self, list(questions)[:5], hear)  # type: ignore[call-overload, arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(Session, "ask", interrupted)
    assert known.run("--proxy", "go.proxy.net", "--fix", text=text).code == 130
    monkeypatch.setattr(Session, "ask", tell)
    assert known.run("--proxy", "go.proxy.net", "--fix").code == 0
    asked = [each.target for each in known.server.requests if each.headers["host"] == "go.proxy.net"]
    assert sorted(asked) == [f"/{n}" for n in range(9)], "each once"


def test_configuration_picks_links(known: Desk) -> None:
    (known.folder / ".awesome-lint.toml").write_text('[links]\nexclude = ["go.proxy.net"]\n')
    done = known.run("--proxy", "go.proxy.net", text=table(link="[pdf](http://go.proxy.net/1)"))
    assert (done.code, done.out, known.requests) == (0, "No link has lost its address.\n", 0)
    assert known.run("--proxy", "go.proxy.net", "--isolated").code == 1


def test_the_email_is_told_to_those_who_ask_for_it(known: Desk) -> None:
    known.run("--email", "me@site.org", text=EMPTY)
    (request,) = known.servers["crossref"].requests
    assert "mailto=me%40site.org" in request.target
    assert not any("site.org" in each.target for each in known.servers["arxiv"].requests)


@pytest.mark.parametrize("endpoint", ["crossref", "nobody=http://a.org", "crossref=a.org", "crossref=http://a.org/?q="])
def test_endpoints_that_are_none(endpoint: str, known: Desk) -> None:
    done = known.run("--endpoint", endpoint, text=EMPTY)
    assert done.code == 2
    assert done.err.startswith("--endpoint: ")


def test_a_service_can_be_left_out(known: Desk) -> None:
    done = known.run("--endpoint", "arxiv=", "--format", "json", text=EMPTY)
    assert [candidate["sources"] for candidate in done.rows[0]["candidates"]] == [["crossref"]]
    assert not known.servers["arxiv"].requests


def test_titles_are_asked_about_together_where_that_is_offered(desk: Desk) -> None:
    titles = [f"{TITLE} Number {number}" for number in range(20)]
    desk.library.papers = [Paper(title, 2016, arxiv=f"1603.{n:05}") for n, title in enumerate(titles)]
    rows = "".join(f"| {title} [pdf]() | ICPA | 2016 |\n" for title in titles)
    rows = desk.find(EMPTY + rows)  # type: ignore[assignment]
    assert len(desk.servers["arxiv"].requests) == 3


def test_standard_input(known: Desk) -> None:
    done = run(
        "restore",
        "-",
        "--fix",
        cwd=known.folder,
        stdin=b"- [Alpha](https://link.zhihu.com/?target=http%3A//a.site.net/1)\n",
        HTTP_PROXY="",
        XDG_CACHE_HOME=str(known.folder),
    )
    assert (done.returncode, done.stdout) == (0, b"- [Alpha](http://a.site.net/1)\n")
    assert b"1 restored" in done.stderr


def test_a_process_of_its_own(known: Desk) -> None:
    proxied = [f"http://go.lists-of-data.org/g/{sha256(bytes([n])).hexdigest()}" for n in range(10)]
    known.pages.redirects |= {url.removeprefix("http://"): f"http://data-{n}.org/{n}" for n, url in enumerate(proxied)}
    text = EMPTY + "\n" + "".join(f"- [Data {n}]({url})\n" for n, url in enumerate(proxied))
    known.readme.write_text(text)
    endpoints = [f"--endpoint={name}={server.url('')}" for name, server in known.servers.items()]
    cache = ["--links-cache", "cache.json"]
    done = run_process(
        *("restore", "README.md", "--fix", *cache, *endpoints),
        cwd=known.folder,
        HTTP_PROXY=known.server.url("", "127.0.0.1"),
        NO_PROXY="127.0.0.1",
        CI="",
    )
    assert done.returncode == 0, done.stderr
    assert b"11 links have lost their addresses: 11 restored." in done.stdout
    for number, url in enumerate(proxied):
        text = text.replace(url, f"http://data-{number}.org/{number}")
    assert known.readme.read_text() == text.replace("]()", f"]({ARXIV})")


def test_no_list(tmp_path: Path) -> None:
    done = run("restore", "missing.md", cwd=tmp_path, XDG_CACHE_HOME=os.fspath(tmp_path))
    assert done.returncode == 2


def test_every_service_has_a_server_in_these_tests(desk: Desk) -> None:
    assert set(desk.servers) == set(Source) & set(SERVICES)

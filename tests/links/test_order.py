"""The same report in whatever order the answers come (rows 18 and 19 of the catalogue)."""

from __future__ import annotations

import asyncio
import json
import random

import pytest

from awesome_lint.diagnostic import FileFindings
from awesome_lint.link_status import LinkReport, Verdict
from awesome_lint.links.progress import Snapshot, describe
from awesome_lint.links.requestable import printable
from awesome_lint.linter.engine import check
from awesome_lint.report.json import render
from awesome_lint.semantic.facts import Facts
from awesome_lint.source import Source
from tests.links.conftest import Web
from tests.links.servers import Received, response

pytestmark = pytest.mark.slow


def linted(report: LinkReport) -> str:
    """What the rules make of *report*, as a user of `--links` gets it."""
    source = Source("".join(f"- [Link {n}](<{url}>)\n" for n, url in enumerate(report.statuses)), "README.md")
    return render([FileFindings(source, check(source, facts=Facts(links=report.statuses)))])


def rendered(report: LinkReport) -> bytes:
    """Everything in *report* that a default report may show."""
    rows: list[object] = [linted(report)]
    for text, status in report.statuses.items():
        rows.append([text, status.verdict, status.verdict_and_evidence, status.explanation])
    return json.dumps([rows, report.network, report.notes], default=str).encode()


@pytest.fixture
def town(web: Web) -> tuple[list[str], random.Random]:
    """Ten sites with pages of every kind, and the dice that decide how long each answer takes."""
    chance = random.Random(0)

    def kind(number: int, target: str) -> bytes:
        if target == "/new":
            return response()
        replies = [
            response(),
            response(404),
            response(403),
            response(301, Location="/new"),
            response(302, Location="/new"),
            response(500),
            response(410),
            response(409),
            response(301, Location="/loop"),
            response(301, Location="http://10.0.0.1/"),
        ]
        return replies[number % len(replies)]

    def make(number: int) -> object:
        async def answer(request: Received) -> bytes:
            await asyncio.sleep(chance.random() / 100)
            return kind(number + len(request.target), request.target)

        return answer

    servers = [web.serve(make(n), host=f"www.host{n}.org") for n in range(10)]  # type: ignore[arg-type]
    urls = [server.url("/" + "x" * n) for server in servers for n in range(3)]
    urls += [f"http://gone{n}.site.org/" for n in range(5)] + ["http://localhost/", "mailto:a@b.org", "http://a..b/"]
    return urls, chance


def test_the_order_of_answers_does_not_show(web: Web, town: tuple[list[str], random.Random]) -> None:
    urls, chance = town
    seen = set()
    for seed in range(20):
        chance.seed(seed)
        shuffled = random.Random(seed).sample(urls, len(urls))
        for workers in (1, 4, 32) if seed < 2 else (32,):
            seen.add(rendered(web.check(*shuffled, in_flight=workers, polite=False, retries=1)))
    assert len(seen) == 1
    report = json.loads(seen.pop())
    assert "dead-link" in report[0][0]
    assert "moved-link" in report[0][0]
    assert {row[1] for row in report[0][1:]} >= set(map(str, Verdict)) - {
        *("fragment-missing", "archived", "rate-limited", "timeout", "refused", "tls", "unchecked")
    }


@pytest.mark.parametrize("poison", ["\x1b[31m", "\r\n::error::x", "\x07", "\x9b31m", "\u2028", "\x00"])
def test_nothing_acts_on_a_terminal(web: Web, poison: str) -> None:
    target = f"http://b.site.org/{poison}"

    def answer(request: Received) -> bytes:
        data = f"HTTP/1.1 301 {poison}\r\nContent-Length: 0\r\nLocation: ".encode()
        return data + target.encode().replace(b"\r\n", b"\t") + b"\r\n\r\n"

    server = web.serve(answer)
    link = server.url(f"/a{poison}")
    report = web.check(server.url(), link)
    shown = [status.final + status.explanation for status in report.statuses.values() if status.url != link]
    assert not any(character in text for character in poison.replace(":", "").strip("31mxero[") for text in shown)
    assert report.statuses[link].verdict is Verdict.INVALID


def test_printable() -> None:
    assert printable("a\x1b[1m\r\n\x9b\u2028b") == "a%1B[1m%0D%0A%C2%9B%E2%80%A8b"
    assert printable("https://x.org/é?a=b#c") == "https://x.org/é?a=b#c"


def test_progress_in_words() -> None:
    snapshot = Snapshot(1840, waiting=("arxiv.org", 41, 123.0))
    snapshot.verdicts.update({Verdict.OK: 809, Verdict.DEAD: 3})
    assert describe(snapshot) == "812/1840 links, ok 809, dead 3 | waiting: arxiv.org 41 (~2 min)"


def test_progress_goes_to_terminals_only(capsys: pytest.CaptureFixture[str]) -> None:
    import io
    import sys

    from awesome_lint.links.progress import ProgressLine

    line = ProgressLine(sys.stderr)
    line(Snapshot(3))
    line.clear()
    assert capsys.readouterr().err == ""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    line = ProgressLine(terminal)
    line(Snapshot(12345))
    line(Snapshot(3))
    line.clear()
    assert terminal.getvalue() == "\r0/12345 links\r0/3 links    \r         \r"

"""Three hundred links, of which 20 are dead, 30 blocked and 40 without an answer: what users get to read of them."""

from __future__ import annotations

import asyncio
import json
import re
from html import unescape
from pathlib import Path

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from msgspec.structs import replace

from awesome_lint.cli.online import LinkOptions
from tests.links.conftest import Web
from tests.links.servers import Received, response
from tests.links.test_commands import Done, run

pytestmark = pytest.mark.slow

_SCREEN = 40
_HOSTS = 30


@pytest.fixture
def dead(web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A list of 300 papers in ten sections, on hosts of this machine; the addresses of those that are dead."""
    policy = LinkOptions.policy
    quick = {"confirm_wait": 0.05, "retry_waits": (0.05,), "retries": 1}
    monkeypatch.setattr(LinkOptions, "policy", lambda self: replace(policy(self), **quick))
    monkeypatch.chdir(tmp_path)

    async def answer(request: Received) -> bytes:
        number = int(request.target.rpartition("/")[2])
        if number >= 260:
            await asyncio.sleep(120)
        return response(404 if number < 20 else 403 if number < 50 else 200)

    hosts = [f"127.0.0.{number + 2}" for number in range(_HOSTS)]
    servers = [web.serve(answer, host=host, address=host) for host in hosts]
    urls = [servers[number % _HOSTS].url(f"/paper/{number}") for number in range(300)]
    lines = ["# Papers"]
    for number, url in enumerate(urls):
        lines += [f"\n## Year {2000 + number // 30}\n"] if number % 30 == 0 else []
        lines.append(f"- A paper about things, number {number} [[pdf]]({url})")
    Path("README.md").write_text("\n".join(lines) + "\n")
    return urls[:20]


def html(markdown: str) -> str:
    text: str = cmarkgfm.github_flavored_markdown_to_html(markdown, Options.CMARK_OPT_UNSAFE)
    return text


def assert_links_to(page: str, addresses: list[str]) -> None:
    """Nothing but *addresses* can be followed on *page*, and each of them can."""
    links = re.findall(r'<a href="([^"]*)">([^<]*)</a>', page)
    assert [href for href, _ in links] == addresses
    assert all(href == shown for href, shown in links)


def shown_messages(rdjson: str) -> str:
    """The messages of a report as GitHub shows them: they are Markdown, in which addresses are escaped."""
    messages = [each["message"] for each in json.loads(rdjson)["diagnostics"]]
    return unescape(re.sub("<[^>]*>", "", html("\n\n".join(messages))))


FORMATS = ("markdown", "concise", "github", "junit", "json", "gitlab", "sarif", "rdjson")


def check(*arguments: str) -> Done:
    return run(*arguments, "README.md", "--timeout", "2")


def test_three_hundred_links_and_what_is_wrong_with_them(dead: list[str]) -> None:
    files = [argument for name in FORMATS for argument in ("--report", f"{name}=out.{name}")]
    done = check("--links-only", "--report", "text", *files)
    assert len((done.out + done.err).splitlines()) <= 2 * _SCREEN
    assert all(url in done.out for url in dead)
    assert "links: 210 ok, 40 timeout, 30 blocked, 20 dead" in done.err
    assert re.search(r"^40 info .*40 dead-link$", done.out, re.MULTILINE), "one line, with a count"
    for name in FORMATS:
        text = Path(f"out.{name}").read_text()
        if name == "markdown":
            assert_links_to(html(text), dead)
            assert re.findall(r"<h4>(.*?)</h4>", html(text)) == ["Papers &gt; Year 2000"]
        else:
            shown = shown_messages(text) if name == "rdjson" else text
            assert all(url in shown for url in dead), name


def test_three_hundred_links_by_verdict(dead: list[str]) -> None:
    done = check("links")
    assert len((done.out + done.err).splitlines()) <= 2 * _SCREEN
    assert all(url in done.out for url in dead)
    assert "timeout: 40 links; may be temporary" in done.out
    assert "blocked: 30 links; " in done.out


def test_three_hundred_links_in_an_issue(dead: list[str]) -> None:
    assert_links_to(html(check("links", "--format", "markdown").out), dead)

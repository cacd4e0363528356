"""Anchors of pages: which pages tell theirs, and in which encoding."""

from __future__ import annotations

import asyncio

import pytest

from awesome_lint.link_status import Verdict
from tests.links.conftest import Web
from tests.links.servers import Connection, response

pytestmark = pytest.mark.slow

_HTML = {"Content-Type": "text/html"}
HEADINGS = "".join(f"<h2 id=part{n}>Part {n}</h2><p>{'Some words of text. ' * 9}</p>" for n in range(6))
METAS = "".join(f'<meta name="m{n}" content="x">' for n in range(9))
FRAME = "".join(f"<div id=box{n}></div>" for n in range(9)) + "<header id=h></header><nav id=n></nav><form id=f></form>"
SCRIPT = "<script src=/app.js></script>"


def verdict(web: Web, body: str | bytes, headers: dict[str, str] | None = None, fragment: str = "lost") -> Verdict:
    data = body.encode() if isinstance(body, str) else body
    server = web.serve(response(200, headers or _HTML, data))
    return web.one(server.url(f"/page#{fragment}"), fragments=True).verdict


@pytest.mark.parametrize(
    "body",
    [
        f"<head>{METAS}</head><body><div id=root></div>{SCRIPT}",
        f"<head>{METAS}</head><body><div id='app'> </div>{SCRIPT}{FRAME}",
        f"{METAS}{SCRIPT}<my-app></my-app>{HEADINGS}",
        f"{METAS}{FRAME}{SCRIPT}<p>{'words ' * 99}",
        f"{SCRIPT}<script>{HEADINGS}</script>{METAS}",
        f"{SCRIPT}<template>{HEADINGS}</template>{FRAME}",
        f"{SCRIPT}" + "".join(f"<p id=x{n}></p>" for n in range(9)),
        "".join(f"<input id=i{n} name=n{n}>" for n in range(9)) + "words " * 99,
    ],
    ids=["root", "app", "custom", "frame", "script", "template", "empty", "form"],
)
def test_pages_that_scripts_fill_tell_nothing(web: Web, body: str) -> None:
    assert verdict(web, body) is Verdict.OK


@pytest.mark.parametrize(
    "body",
    [
        HEADINGS,
        f"{METAS}{SCRIPT}{HEADINGS}",
        f"{SCRIPT}<p>{'words ' * 99}" + "".join(f"<a name=x{n}></a>" for n in range(9)),
        f"{SCRIPT}<div id=root>{HEADINGS}</div>",
    ],
    ids=["plain", "scripts", "names", "filled root"],
)
def test_pages_with_text_of_their_own_tell_their_anchors(web: Web, body: str) -> None:
    assert verdict(web, body) is Verdict.FRAGMENT_MISSING
    assert verdict(web, f"{body}<h2 id=lost>x</h2>") is Verdict.OK


@pytest.mark.parametrize("media_type", ["application/pdf", "text/plain", "application/octet-stream", "image/svg+xml"])
def test_what_is_no_html_has_no_anchors(web: Web, media_type: str) -> None:
    assert verdict(web, HEADINGS, {"Content-Type": media_type}, "page=3") is Verdict.OK


def test_a_file_of_no_type_is_judged_by_its_beginning(web: Web) -> None:
    assert verdict(web, "%PDF-1.4 " + HEADINGS, {"X": "y"}) is Verdict.OK
    assert verdict(web, "\ufeff\n<!doctype html>" + HEADINGS, {"X": "y"}) is Verdict.FRAGMENT_MISSING


@pytest.mark.parametrize(
    ("encoding", "headers", "start"),
    [
        ("iso-8859-1", {"Content-Type": "text/html; charset=ISO-8859-1"}, ""),
        ("iso-8859-1", {"Content-Type": 'text/html;charset="latin1"'}, ""),
        ("iso-8859-1", _HTML, "<meta charset=iso-8859-1>"),
        ("iso-8859-1", _HTML, "<meta http-equiv=Content-Type content='text/html; charset=ISO-8859-1'>"),
        ("iso-8859-1", _HTML, ""),
        ("utf-8", _HTML, ""),
        ("utf-8", {"Content-Type": "text/html; charset=unicode_escape"}, ""),
        ("shift_jis", {"Content-Type": "text/html; charset=Shift_JIS"}, ""),
        ("gb18030", {"Content-Type": "text/html"}, "<meta charset='gb2312'>"),
    ],
)
def test_encodings(web: Web, encoding: str, headers: dict[str, str], start: str) -> None:
    name, fragment = ("\u3042", "%E3%81%82") if encoding in ("shift_jis", "gb18030") else ("caf\u00e9", "caf%C3%A9")
    body = f"{start}{HEADINGS}<h2 id={name}>x</h2>".encode(encoding)
    assert verdict(web, body, headers, fragment) is Verdict.OK
    assert verdict(web, body, headers) is Verdict.FRAGMENT_MISSING


def test_a_body_that_comes_slowly_is_no_timeout(web: Web) -> None:
    async def handle(connection: Connection) -> None:
        await connection.request()
        await connection.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n<p id=a>")
        await asyncio.sleep(60)

    found = web.one(web.raw(handle).url("/page#lost"), fragments=True, request_seconds=1.0, retries=0)
    assert found.verdict is Verdict.OK

"""A command line whose whole world is on this machine: the proxy of a list, pages, and services that know papers."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from awesome_lint.cli import cli
from awesome_lint.links import World
from awesome_lint.links.special import Endpoints
from awesome_lint.links.wire import AnyIOBackend, AsyncNetworkStream
from tests.links.conftest import Web, authority, room, web
from tests.links.servers import Received, Server, response
from tests.restore.library import SERVICES, Library

__all__ = ["authority", "desk", "room", "web"]


@dataclass(frozen=True)
class Done:
    """How a run ended, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The report in JSON."""
        rows: list[dict[str, Any]] = json.loads(self.out)
        return rows


@dataclass
class Pages:
    """The rest of the web, by host and path: where addresses lead, and what they answer; all others are pages."""

    redirects: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    bodies: dict[str, bytes] = field(default_factory=dict)

    def answer(self, request: Received) -> bytes:
        """What the web answers."""
        is_whole = request.target.startswith("http://")  # as a proxy is asked
        address = request.target.removeprefix("http://") if is_whole else request.headers["host"] + request.target
        if address in self.redirects:
            return response(302, Location=self.redirects[address])
        body = self.bodies.get(address, b"<html>A page</html>")
        return response(self.statuses.get(address, 200), body=body, content_type="text/html")


@dataclass
class Desk:
    """A folder with a list, and the world around it."""

    folder: Path
    web: Web
    library: Library
    servers: dict[str, Server]
    server: Server
    pages: Pages

    @property
    def readme(self) -> Path:
        """The list."""
        return self.folder / "README.md"

    @property
    def requests(self) -> int:
        """The number of all requests so far."""
        return sum(len(server.requests) for server in self.web.servers)

    def run(self, *arguments: str, text: str | None = None) -> Done:
        """Run ``restore`` on the list, which is made of *text* first."""
        if text is not None:
            self.readme.write_text(text, encoding="utf-8")
        endpoints = [f"--endpoint={name}={server.url('')}" for name, server in self.servers.items()]
        command = ["restore", "README.md", "--links-cache", "cache.json", *endpoints, *arguments]
        environment = dict.fromkeys(("GITHUB_TOKEN", "GH_TOKEN", "CI"))
        result = CliRunner().invoke(cli, command, standalone_mode=False, env=environment)
        if isinstance(result.exception, click.UsageError):
            return Done(2, result.stdout, result.exception.format_message())
        if result.exception:
            raise result.exception
        return Done(result.return_value, result.stdout, result.stderr)

    def find(self, text: str, *arguments: str) -> list[dict[str, Any]]:
        """The report on a list made of *text*."""
        return self.run("--format", "json", *arguments, text=text).rows


@pytest.fixture
def desk(web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """An empty folder in a world of services without papers, in which every host name leads to one server of pages."""
    monkeypatch.chdir(tmp_path)
    library = Library()
    servers = {name: web.serve(library.answering(name), host="127.0.0.1", address="127.0.0.1") for name in SERVICES}
    handles = web.serve(library.handles, host="127.0.0.1")
    web.endpoints = Endpoints(arxiv=servers["arxiv"].url(""), doi=handles.url(""))
    pages = Pages()
    server = web.serve(pages.answer, host="pages.site.org")
    web.ports.add(80)
    _lead_everything_to(server, web, monkeypatch)
    monkeypatch.setattr(World, "real", lambda *_: web.world)
    return Desk(tmp_path, web, library, servers, server, pages)


def _lead_everything_to(pages: Server, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """Resolve every name to this machine, where *pages* listens in place of port 80."""
    watched: Callable[..., Any] = AnyIOBackend.connect_tcp

    async def connect(self: AnyIOBackend, host: str, port: int, *args: object, **more: object) -> AsyncNetworkStream:
        stream: AsyncNetworkStream = await watched(self, host, pages.port if port == 80 else port, *args, **more)
        return stream

    async def lookup(host: str) -> Any:
        return [ip_address(host if host[0].isdigit() else "127.0.0.1")]

    monkeypatch.setattr(AnyIOBackend, "connect_tcp", connect)
    monkeypatch.setattr(web, "lookup", lookup)

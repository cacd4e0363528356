"""What GitHub says about the repository of a list."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from msgspec.structs import replace

from awesome_lint.git.remote import github_repository, repository_in
from awesome_lint.link_status import Repository
from awesome_lint.links import Policy, Secret, World
from awesome_lint.links.repository import ask_repository
from tests.links.conftest import Web
from tests.links.servers import Server, response
from tests.program import run

TOKEN = Secret("ghp_secretsecretsecret")
MAPS = {
    "full_name": "ada/maps",
    "description": "Programs that draw maps",
    "topics": ["awesome", "maps", 3],
    "license": {"spdx_id": "CC0-1.0"},
    "default_branch": "main",
}


def github(web: Web, body: object, status: int = 200) -> Server:
    """A server that answers with *body* to each question about a repository."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    server = web.serve(response(status, body=data), host="api.github.com", tls=web.certificate("api.github.com"))
    web.endpoints = replace(web.endpoints, github=server.url("").rstrip("/"))
    return server


@pytest.mark.slow
def test_what_is_read(web: Web) -> None:
    server = github(web, MAPS)
    found = ask_repository("ada/maps", web.policy(github_token=TOKEN), web.world)
    topics = frozenset({"awesome", "maps"})
    assert found == Repository("ada/maps", "Programs that draw maps", topics, "CC0-1.0", "main")
    (request,) = server.requests
    assert request.target == "/repos/ada/maps"
    assert request.headers["authorization"] == f"Bearer {TOKEN}"


@pytest.mark.slow
def test_no_token_is_sent_where_there_is_none(web: Web) -> None:
    server = github(web, {"full_name": "ada/maps", "description": None, "topics": None, "license": None})
    assert ask_repository("ada/maps", web.policy(), web.world) == Repository("ada/maps")
    (request,) = server.requests
    assert "authorization" not in request.headers


@pytest.mark.slow
@pytest.mark.parametrize(
    ("status", "body", "problem"),
    [
        (404, {"message": "Not Found"}, "it is not there"),
        (403, {"message": "rate limit"}, "it answers HTTP 403"),
        (301, {"message": "Moved"}, "it answers HTTP 301"),
        (200, b"[" * 100_000, "its answer cannot be read"),
        (200, ["ada/maps"], "its answer cannot be read"),
        (200, {"full_name": 3}, "its answer cannot be read"),
    ],
)
def test_why_nothing_is_known(web: Web, status: int, body: object, problem: str) -> None:
    github(web, body, status)
    assert ask_repository("ada/maps", web.policy(), web.world) == problem


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://github.com/ada/maps", "ada/maps"),
        ("https://github.com/ada/maps.git", "ada/maps"),
        ("https://www.github.com/ada/maps.js.git/", "ada/maps.js"),
        ("https://ada:secret@github.com/ada/maps", "ada/maps"),
        ("git@github.com:ada/maps.git", "ada/maps"),
        ("ssh://git@github.com:22/ada/maps.git", "ada/maps"),
        ("git://github.com/ada/maps.git", "ada/maps"),
        ("https://gitlab.com/ada/maps", None),
        ("https://github.com.example.org/ada/maps", None),
        ("https://example.org/github.com/ada/maps", None),
        ("https://github.com/ada/maps/tree/main", None),
        ("https://github.com/ada/..", None),
        ("https://github.com/ada/ma?ps", None),
        ("../maps", None),
        ("", None),
    ],
)
def test_names_in_addresses_of_remotes(url: str, name: str | None) -> None:
    assert repository_in(url) == name


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository whose list meets all requirements that need no network."""
    (tmp_path / "README.md").write_text("# Awesome Maps\n", encoding="utf-8")
    (tmp_path / ".awesome-lint.toml").write_text('select = ["repository-page"]\n', encoding="utf-8")
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    return tmp_path


@pytest.mark.slow
def test_on_the_command_line(web: Web, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    github(web, MAPS)
    world = web.world
    monkeypatch.setattr(World, "real", classmethod(lambda _, __, anchors=None: replace(world, read_anchors=anchors)))
    monkeypatch.setattr("awesome_lint.cli.online.LinkOptions.policy", lambda _: Policy())
    assert github_repository(checkout) is None
    done = run("--links", "--links-cache", "", cwd=checkout)
    assert "its repository has no remote “origin” on GitHub" in done.stderr.decode()
    remote: list[str | Path] = ["git", "-C", checkout, "remote", "add", "origin", "git@github.com:ada/maps.git"]
    subprocess.run(remote, check=True)
    assert github_repository(checkout) == "ada/maps"
    done = run("--links", "--links-cache", "", "--format", "concise", cwd=checkout)
    assert done.stdout.decode().splitlines()[0] == (
        "README.md:1:3: error[repository-page] The repository “ada/maps” does not have the topic “awesome-list”"
    )
    assert done.returncode == 1
    done = run("--format", "concise", cwd=checkout)
    assert done.returncode == 0
    github(web, {}, 500)
    world = web.world
    done = run("--links", "--links-cache", "", cwd=checkout)
    assert "note: GitHub gives no information about ada/maps: it answers HTTP 500" in done.stderr.decode()

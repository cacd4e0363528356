"""`awesome-lint add --fetch`: what arXiv, Crossref and GitHub say, through real sockets on this machine."""

from __future__ import annotations

import pytest

from tests.links.servers import response
from tests.program import complaint, run, run_process
from tests.restore.conftest import Desk
from tests.restore.library import Paper, Repository

TABLE = """# Papers

| Title | Authors | Venue | Year |
| --- | --- | --- | --- |
| [Beta](https://example.org/beta) | Lee | MICCAI | 2016 |
| [Kappa](https://example.org/kappa) | - | TMI | 2018 |
"""
BULLETS = """# Tools

- [beta](https://github.com/acme/beta) - Draws maps.
- [kappa](https://github.com/acme/kappa) - Draws charts.
"""
PAPER = Paper("Maps of [Snow] | and *Ice*", 2017, ("Ada Example", "Bo Sample"), "10.1234/maps", "1707.01234")


def fetch(desk: Desk, text: str, name: str, *options: str) -> tuple[int, list[str]]:
    """The exit code, and the lines that are new."""
    desk.readme.write_text(text, encoding="utf-8")
    endpoints = [f"--endpoint={each}={server.url('')}" for each, server in desk.servers.items()]
    done = run("add", "README.md", "--fetch", name, *endpoints, *options, cwd=desk.folder)
    lines = desk.readme.read_text(encoding="utf-8").splitlines()
    new = [line for line in lines if line not in text.splitlines()]
    assert [line for line in lines if line not in new] == text.splitlines()
    return done.returncode, new


@pytest.mark.parametrize(
    ("name", "url", "venue"),
    [
        ("arXiv:1707.01234", "https://arxiv.org/abs/1707.01234", None),
        ("https://arxiv.org/pdf/1707.01234v2.pdf", "https://arxiv.org/abs/1707.01234", None),
        ("10.1234/maps", "https://doi.org/10.1234/maps", "Journal of Examples"),
        ("https://doi.org/10.1234/maps", "https://doi.org/10.1234/maps", "Journal of Examples"),
    ],
)
def test_a_paper(desk: Desk, name: str, url: str, venue: str | None) -> None:
    desk.library.papers = [PAPER]
    code, (row,) = fetch(desk, TABLE, name)
    title, authors, place, year = (cell.strip() for cell in row.strip("|").replace(r"\|", "¦").split("|"))
    assert code == 0
    assert title == rf"[Maps of \[Snow\] ¦ and \*Ice\*]({url})"
    assert (authors.split(", "), year) == (["Example", "Sample"], "2017")
    assert venue is None or place == venue


def test_a_repository(desk: Desk) -> None:
    desk.library.repositories = [Repository("acme/delta", description="Draws *plans* | [here](javascript:x)")]
    assert fetch(desk, BULLETS, "https://github.com/acme/delta") == (
        0,
        [r"- [delta](https://github.com/acme/delta) - Draws \*plans\* \| \[here\](javascript:x)"],
    )


def test_what_is_given_comes_first(desk: Desk) -> None:
    desk.library.papers = [PAPER]
    code, (row,) = fetch(desk, TABLE, "10.1234/maps", "--name", "Maps", "--set", "Year=2020")
    assert (code, row.split(" | ")[0], row.split(" | ")[-1]) == (0, "| [Maps](https://doi.org/10.1234/maps)", "2020 |")


def test_what_is_there_already_is_refused(desk: Desk) -> None:
    desk.library.repositories = [Repository("acme/beta")]
    assert fetch(desk, BULLETS, "https://github.com/acme/beta") == (1, [])


@pytest.mark.parametrize("name", ["arXiv:1707.99999", "10.1234/unknown", "https://github.com/acme/none", "Some words"])
def test_what_nobody_knows_changes_nothing(desk: Desk, name: str) -> None:
    assert fetch(desk, TABLE, name) == (2, [])


def test_no_request_goes_to_a_private_address(desk: Desk) -> None:
    server = desk.web.serve(lambda _: response(200, body=b"{}"), host="127.0.0.1", address="127.0.0.1")
    desk.readme.write_text(BULLETS, encoding="utf-8")
    command = ["add", "README.md", "--fetch", "https://github.com/acme/delta", f"--endpoint=github={server.url('')}"]
    done = run_process(*command, cwd=desk.folder)
    assert "acme/delta" in complaint(done)
    assert not server.requests
    assert run_process(*command, "--allow-private", cwd=desk.folder).returncode == 2
    assert server.requests
    assert desk.readme.read_text(encoding="utf-8") == BULLETS

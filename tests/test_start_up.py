"""What the program prints about itself, and what it loads to do so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from awesome_lint import __version__
from awesome_lint.rules import RULES
from tests.environment import unmeasured
from tests.program import run, run_process

pytestmark = pytest.mark.slow


def test_version_and_help(tmp_path: Path) -> None:
    assert run_process("--version", cwd=tmp_path).stdout.decode() == f"awesome-lint {__version__}\n"
    page = run("--help", cwd=tmp_path).stdout.decode()
    assert all(word in page for word in ("check", "export", "rules", "--select", "--stdin-filename", "--version"))
    assert run("check", "-h", cwd=tmp_path).stdout.decode().startswith("Usage: awesome-lint check [OPTIONS] [PATHS]...")


def test_rules(tmp_path: Path) -> None:
    listing = run("rules", cwd=tmp_path).stdout.decode()
    words = " ".join(listing.split())
    assert all(rule.name in listing and rule.summary in words for rule in RULES)
    narrow = run("rules", cwd=tmp_path, COLUMNS="80").stdout.decode()
    assert max(map(len, narrow.splitlines()[:-1])) <= 80
    assert " ".join(narrow.split()) == words
    links = run("rules", "link", cwd=tmp_path).stdout.decode()
    assert "empty-link" in links
    assert "unused-suppression" not in links
    page = run("rules", "empty-link", cwd=tmp_path).stdout.decode()
    assert page.startswith("# empty-link [link, error]\n\n")
    assert "## Wrong" in page


HEAVY = ("awesome_lint.markdown.parser", "awesome_lint.rule", "msgspec", "httpx", "asyncio", "rapidfuzz", "pathspec")


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (["--version"], set()),
        (["--help"], set()),
        (["rules"], {"awesome_lint.rule", "msgspec"}),
        (["rules", "empty-link"], {"awesome_lint.rule", "msgspec"}),
        (["export", "README.md"], {"awesome_lint.markdown.parser", "awesome_lint.rule", "msgspec"}),
        (["README.md"], {"awesome_lint.markdown.parser", "awesome_lint.rule", "msgspec"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_start_up_loads_only_what_it_needs(tmp_path: Path, arguments: list[str], allowed: set[str]) -> None:
    (tmp_path / "README.md").write_text("# List\n\n- [Alpha](https://example.org/alpha) - A tool.\n", encoding="utf-8")
    program = (
        "import sys\nfrom awesome_lint.cli import main\n"
        "try:\n    main()\nexcept SystemExit as done:\n    assert not done.code\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, cwd=tmp_path, env=unmeasured(), capture_output=True, check=True, text=True)
    assert set(eval(done.stderr.splitlines()[-1])) <= allowed

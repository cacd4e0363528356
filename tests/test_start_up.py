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


def loaded(cwd: Path, *arguments: str) -> set[str]:
    """The modules that a run of the program with *arguments* in the folder *cwd* has loaded."""
    program = (
        "import sys\nfrom awesome_lint.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(*sys.modules, file=sys.stderr)\n"
    )
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, cwd=cwd, env=unmeasured(), capture_output=True, check=True, text=True)
    return set(done.stderr.splitlines()[-1].split())


def test_a_known_result_needs_no_rules(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# List\n\n- [Alpha]() – “é”\n", encoding="utf-8")
    rules = {f"awesome_lint.rules.{name}" for name in ("column_count", "empty_link")}
    assert rules <= loaded(tmp_path)
    known = loaded(tmp_path)
    assert not {name for name in known if name.startswith(("awesome_lint.rules", "awesome_lint.repair"))}
    assert known & {"awesome_lint.markdown", "awesome_lint.rule", "awesome_lint.rules", "wcwidth"} == set()


def test_other_commands_are_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# List\n", encoding="utf-8")
    others = {f"awesome_lint.cli.{name}" for name in ("changes", "export", "init", "merge", "restore", "stats")}
    assert not loaded(tmp_path, "README.md", "--no-cache") & others
    assert not loaded(tmp_path, "--quiet", "README.md") & others
    assert loaded(tmp_path, "stats", "README.md") & others == {"awesome_lint.cli.stats"}


def test_no_module_compiles_an_expression_while_it_is_imported() -> None:
    program = (
        "import re, sys\n"
        "real = re.compile\n"
        "def compiled(pattern, flags=0):\n"
        "    assert not sys._getframe(1).f_globals['__name__'].startswith('awesome_lint'), pattern\n"
        "    return real(pattern, flags)\n"
        "re.compile = compiled\n"
        "import awesome_lint.rules, awesome_lint.linter.engine, awesome_lint.cli.pipeline\n"
    )
    subprocess.run([sys.executable, "-c", program], env=unmeasured(), check=True)


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
    assert set(HEAVY) & loaded(tmp_path, *arguments) <= allowed

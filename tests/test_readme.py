"""What the README promises is so."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from awesome_lint.files.reading import existence_beside
from awesome_lint.fixing import fix
from awesome_lint.linter.engine import check
from awesome_lint.linter.settings import Settings
from awesome_lint.semantic.facts import Facts
from awesome_lint.source import Source
from tools import pictures

ROOT = Path(__file__).parent.parent
SESSION = re.compile(r"(```console\n\$ awesome-lint ([^\n]*)\n)(.*?)(```\n)", re.DOTALL)


def output_of(arguments: str) -> str:
    command = [sys.executable, "-m", "awesome_lint", *shlex.split(arguments)]
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, check=False, timeout=60, encoding="utf-8"
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def test_the_picture_is_that_of_a_run() -> None:
    """That it is current is checked with the other generated files."""
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"docs/images/[\w-]+\.svg", page)) == {
        "docs/images/run-light.svg",
        "docs/images/run-dark.svg",
    }
    for picture in pictures.files():
        assert picture.exists()


def test_the_rows_shown_are_those_of_the_example() -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    example = Source.from_bytes((ROOT / "examples/papers.md").read_bytes(), "examples/papers.md")
    before, after = re.findall(r"```markdown\n(\| FCN .*?)```\n", page, re.DOTALL)
    assert before in example.text
    assert after in fix(example, Settings()).source.text


def test_both_commands_are_those_of_continuous_integration() -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    commands = re.findall(r"^python3 -m venv .*$", page, re.MULTILINE)
    assert len(commands) == 2
    assert all(command in script for command in commands)


def test_own_documents_are_clean() -> None:
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")):
        source = Source.from_bytes(path.read_bytes(), path.name)
        assert check(source, facts=Facts(existence_beside(path))) == []

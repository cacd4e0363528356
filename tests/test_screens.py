"""The first screens of the program, as docs/screens.md shows them, and the whole report on a real list."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from awesome_lint.linter.engine import check
from awesome_lint.source import Source
from tests.environment import unmeasured
from tests.program import run

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "screens.md"
SCREEN = re.compile(
    r"(^## [^\n]*, (?P<width>\d+) columns\n\n```console\n\$ (?P<command>[^\n]*)\n)(?P<shown>.*?)(^```$)",
    re.MULTILINE | re.DOTALL,
)
LINES = 40
"""How many lines a screen has."""


def screen(command: str, width: str, folder: Path) -> str:
    """The first lines that *command* prints on a terminal of that *width*, beside a copy of examples/papers.md."""
    shutil.copy(ROOT / "examples" / "papers.md", folder / "README.md")
    (folder / ".awesome-lint.toml").unlink(missing_ok=True)
    environment = unmeasured(COLUMNS=width, NO_COLOR="1", PATH=f"{Path(sys.executable).parent}{os.pathsep}{os.defpath}")
    words = [sys.executable, "-m", "awesome_lint", *shlex.split(command)[1:]]
    done = subprocess.run(
        words, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, timeout=120
    )
    lines = done.stdout.decode().splitlines()
    return "".join(f"{line}\n" for line in [*lines[:LINES], *(["…"] if len(lines) > LINES else [])])


@pytest.mark.slow
def test_the_screens_are_real(tmp_path: Path, update: bool) -> None:
    page = PAGE.read_text(encoding="utf-8")
    real = SCREEN.sub(lambda match: match[1] + screen(match["command"], match["width"], tmp_path) + match[5], page)
    if update:
        PAGE.write_text(real, encoding="utf-8")
    shown = {(match["command"], match["width"]) for match in SCREEN.finditer(page)}
    assert {command for command, _ in shown} == {
        "awesome-lint",
        "awesome-lint --help",
        "awesome-lint rules",
        "awesome-lint --fix",
        "awesome-lint init",
    }
    assert all({(command, "80"), (command, "120")} <= shown for command, _ in shown)
    assert update or page == real


def test_the_report_on_a_real_list_is_short_and_its_rows_can_be_pasted(mission: Path, tmp_path: Path) -> None:
    """Each row that is offered, put in the place of the line that the finding is about, fixes what the finding says."""
    text = next(mission.glob("*.md")).read_text(encoding="utf-8")
    (tmp_path / "README.md").write_text(text, encoding="utf-8")
    report = run("--isolated", "--no-cache", cwd=tmp_path, COLUMNS="100").stdout.decode().splitlines()
    assert len(report) <= 200
    assert all(len(line) <= 200 for line in report if not line.startswith("|")), "only rows are long"
    before = [each for each in check(Source(text, "README.md")) if each.rows]
    offered = [(each, row) for each in before for row in each.rows]
    assert len(offered) >= 20
    for each, row in offered:
        assert row.rstrip() in report
        lines = text.split("\n")
        lines[each.start.line - 1 : each.end.line] = [row]
        left = check(Source("\n".join(lines), "README.md"))
        same = [other for other in left if other.rule == each.rule and other.start.line == each.start.line]
        assert not same, (each.message, [other.message for other in same])
    for each in before:
        assert any(f"{each.start.line}:{each.start.column} " in line for line in report), each.message

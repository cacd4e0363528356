"""CONTRIBUTING.md is true when it is followed word for word."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
STEPS = PAGE.partition("## Add a rule")[2].partition("\n## Change ")[0]
COPIED = ("src", "tests", "tools", "docs", "examples", "pyproject.toml", "README.md", "CONTRIBUTING.md")


def block(fence: str, language: str) -> str:
    """The block of *language* in the steps that is fenced by *fence*."""
    match = re.search(rf"^{fence}{language}\n(.*?)^{fence}$", STEPS, re.MULTILINE | re.DOTALL)
    assert match
    return match[1]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the working tree."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tmp_path)
    return tmp_path


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of the page in *folder*, whose package comes before the installed one."""
    program, *arguments = command.split()
    assert program == "python"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    environment |= {"PYTHONPATH": str(folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def register(folder: Path, module: str, beside: str) -> None:
    """Add *module* to the register of rules: to the import in its place, and to the tuple after *beside*."""
    path = folder / "src" / "awesome_lint" / "rules" / "__init__.py"
    before, names, after = re.split(r"(?<=import \(\n)((?:    \w+,\n)+)", path.read_text(encoding="utf-8"), maxsplit=1)
    names = "".join(sorted([*names.splitlines(keepends=True), f"    {module},\n"]))
    assert after.count(f"    {beside}.RULE,\n") == 1
    after = after.replace(f"    {beside}.RULE,\n", f"    {beside}.RULE,\n    {module}.RULE,\n")
    path.write_text(before + names + after, encoding="utf-8")


def test_a_rule_is_added_as_the_steps_say(copy: Path) -> None:
    assert "Write `src/awesome_lint/rules/loud_heading.py`" in STEPS
    (copy / "src" / "awesome_lint" / "rules" / "loud_heading.py").write_text(block("````", "python"), encoding="utf-8")
    assert "add `loud_heading` to the import and `loud_heading.RULE` to `RULES`" in STEPS
    register(copy, "loud_heading", beside="empty_section")
    assert "Write `tests/rules/loud-heading.md`" in STEPS
    cases = copy / "tests" / "rules" / "loud-heading.md"
    cases.write_text(block("`````", "markdown"), encoding="utf-8")
    commands = re.findall(r"^(python .*)$", STEPS, re.MULTILINE)
    assert len(commands) == 3
    for command in commands:
        done = run(command, copy)
        assert done.returncode == 0, done.stdout + done.stderr
    assert "3:4-3:18 warning loud-heading “MEDICAL IMAGES” is in capitals\n" in cases.read_text(encoding="utf-8")
    assert "## Wrong" in (copy / "docs" / "rules" / "loud-heading.md").read_text(encoding="utf-8")
    assert run("python tools/generate.py --check", copy).returncode == 0
    style = run("python -m ruff check --no-cache src/awesome_lint/rules", copy)
    assert style.returncode == 0, style.stdout


def test_a_missing_case_file_is_named(copy: Path) -> None:
    (copy / "tests" / "rules" / "empty-section.md").unlink()
    done = run("python -m pytest tests/test_rules.py -k empty-section", copy)
    assert done.returncode == 1
    assert "empty-section has no case file: write tests/rules/empty-section.md" in done.stdout


def test_the_commands_exist() -> None:
    for script in re.findall(r"^ *python ((?:tools|benchmarks)/\S+)", PAGE, re.MULTILINE):
        assert (ROOT / script).is_file()

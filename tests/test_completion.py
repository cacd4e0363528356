"""Completion in shells: the scripts, in the shells that are installed, and what they offer."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.environment import unmeasured

pytestmark = pytest.mark.slow

SHELLS = ("bash", "zsh", "fish")
PROGRAMS = Path(sys.executable).parent


def run(*command: str, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    path = f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        command,
        cwd=cwd,
        env=unmeasured(PATH=path, **more),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def script(shell: str, cwd: Path) -> str:
    done = run(sys.executable, "-m", "awesome_lint", "completion", shell, cwd=cwd)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def offered(words: str, cwd: Path) -> list[tuple[str, str]]:
    """What is offered for the last of *words*, each with its type: ``plain``, or ``file`` for what the shell finds."""
    more = {
        "_AWESOME_LINT_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
    }
    done = run(sys.executable, "-m", "awesome_lint", cwd=cwd, **more)
    assert done.stderr == ""
    return [(kind, value) for kind, _, value in (line.partition(",") for line in done.stdout.splitlines())]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "README.md").write_text("# List\n", encoding="utf-8")
    (tmp_path / "lists").mkdir()
    return tmp_path


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_reads_its_script(shell: str, tmp_path: Path) -> None:
    text = script(shell, tmp_path)
    assert "_AWESOME_LINT_COMPLETE" in text
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    (tmp_path / "script").write_text(text, encoding="utf-8")
    done = run(shell, "-n", "script", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("arguments", [["tcsh"], []])
def test_another_shell_is_refused(arguments: list[str], tmp_path: Path) -> None:
    done = run(sys.executable, "-m", "awesome_lint", "completion", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert "bash" in line
    assert "\\x" not in line


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("awesome-lint exp", {"export", "explain"}),
        ("awesome-lint --sin", {"--since"}),
        ("awesome-lint check --wat", {"--watch"}),
        ("awesome-lint README.md --write-b", {"--write-baseline"}),
        ("awesome-lint --format sa", {"sarif"}),
        ("awesome-lint --report sa", {"sarif"}),
        ("awesome-lint --select truncated", {"truncated-link"}),
        ("awesome-lint --select empty-link,truncated", {"empty-link,truncated-link"}),
        ("awesome-lint --ignore empty-link,empty-l", set()),
        ("awesome-lint help exp", {"export", "explain"}),
        ("awesome-lint explain duplicate-en", {"duplicate-entry"}),
        ("awesome-lint completion ", set(SHELLS)),
        ("awesome-lint li", {"links", "lists/"}),
    ],
)
def test_words(words: str, expected: set[str], folder: Path) -> None:
    found = {value for kind, value in offered(words, folder) if kind == "plain"}
    assert found == expected


@pytest.mark.parametrize("words", ["awesome-lint READ", "awesome-lint check li", "awesome-lint --fix ./READ"])
def test_files_are_left_to_the_shell(words: str, folder: Path) -> None:
    assert offered(words, folder) == [("file", words.rpartition(" ")[2])]


def test_commands_and_files_are_offered_at_first(folder: Path) -> None:
    values = {value for _, value in offered("awesome-lint ", folder)}
    assert {"check", "export", "rules", "README.md", "lists/"} <= values


def test_fish_gets_whole_descriptions(folder: Path) -> None:
    """Its script cuts a line at the first comma alone: descriptions and lists of names hold more."""
    text = script("fish", folder)
    assert text.count("string split") == text.count('string split --max 1 "," $completion') == 1


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
@pytest.mark.skipif(not (PROGRAMS / "awesome-lint").exists(), reason="the program is not installed")
def test_bash_completes(folder: Path) -> None:
    (folder / "script").write_text(script("bash", folder), encoding="utf-8")
    lines = (
        "source ./script",
        "complete -p awesome-lint",
        "COMP_WORDS=(awesome-lint --select truncated) COMP_CWORD=2",
        "_awesome_lint_completion awesome-lint",
        'echo "${COMPREPLY[@]}"',
    )
    done = run("bash", "--norc", "-c", "\n".join(lines), cwd=folder)
    assert done.stderr == ""
    assert done.stdout.splitlines()[1:] == ["truncated-link"]

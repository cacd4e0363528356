"""Merging as git calls it, and by hand."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.merging.lists import BETA, LIST, TABLE, bullet, needs_git, row
from tests.program import complaint, run

pytestmark = [pytest.mark.slow, needs_git]


class Repository:
    """A repository in which git merges README files with the program."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.readme = folder / "README.md"
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
        program = str(Path(sys.executable).parent)
        environment = {
            **os.environ,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
            "PATH": f"{program}{os.pathsep}{os.environ['PATH']}",
        }
        return subprocess.run(
            ["git", *identity, *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=check,
            env=environment,
        )

    def commit(self, text: str, message: str = "change") -> None:
        self.readme.write_bytes(text.encode())
        self.git("add", "--all")
        self.git("commit", "--quiet", "-m", message)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path)
    done = run("merge", "--install", cwd=tmp_path)
    assert done.returncode == 0
    assert "commit this file" in done.stderr.decode()
    assert (tmp_path / ".gitattributes").read_text() == "README*.md merge=awesome-lint\n"
    assert run("merge", "--install", cwd=tmp_path).returncode == 0
    assert (tmp_path / ".gitattributes").read_text().count("merge=awesome-lint") == 1
    return repository


def test_seventeen_branches_add_to_one_table(repository: Repository) -> None:
    rows = [row(f"Paper{number:02}") for number in range(0, 60, 3)]
    base = f"# List\n\n## Papers\n\n{TABLE}{''.join(rows)}"
    repository.commit(base)
    new = [row(f"Paper{3 * number + 1:02}") for number in range(17)]
    for number, line in enumerate(new):
        repository.git("checkout", "--quiet", "-b", f"branch{number}", "main~0")
        place = base.index(rows[number]) + len(rows[number]) if number % 2 == 0 else len(base)
        repository.commit(base[:place] + line + base[place:])
        repository.git("checkout", "--quiet", "main")
    for number in range(17):
        done = repository.git("merge", "--no-edit", f"branch{number}", check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    text = repository.readme.read_text()
    assert [line for line in text.splitlines(keepends=True) if line.startswith("| [")] == sorted(rows + new)


def test_a_conflict_stops_the_merge(repository: Repository) -> None:
    repository.commit(LIST)
    repository.git("checkout", "--quiet", "-b", "branch")
    repository.commit(LIST.replace(BETA, bullet("Beta", "A better tool.")))
    repository.git("checkout", "--quiet", "main")
    repository.commit(LIST.replace(BETA, bullet("Beta", "The best tool.")))
    done = repository.git("merge", "branch", check=False)
    assert done.returncode == 1
    assert "1 conflict to resolve" in done.stderr
    assert repository.readme.read_text().count("<<<<<<<") == 1
    assert "UU README.md" in repository.git("status", "--short").stdout


def test_line_endings_are_those_of_ours(tmp_path: Path) -> None:
    texts = (LIST, LIST.replace("\n", "\r\n"), LIST + bullet("Echo"))
    for name, text in zip("abc", texts, strict=True):
        (tmp_path / name).write_bytes(text.encode())
    assert run("merge", "a", "b", "c", cwd=tmp_path).returncode == 0
    assert (tmp_path / "b").read_bytes() == (LIST + bullet("Echo")).replace("\n", "\r\n").encode()
    (tmp_path / "b").write_bytes(b"mixed\r\nendings\n")
    assert run("merge", "b", "b", "b", cwd=tmp_path).returncode == 0
    assert (tmp_path / "b").read_bytes() == b"mixed\r\nendings\n"


def test_what_cannot_be_merged(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "b").write_bytes(b"- a\n")
    assert "not UTF-8" in complaint(run("merge", "a", "b", "b", cwd=tmp_path))
    assert (tmp_path / "b").read_bytes() == b"- a\n"
    assert complaint(run("merge", "b", "b", cwd=tmp_path)) == "error: name three files: BASE OURS THEIRS"
    assert "not a git repository" in complaint(run("merge", "--install", cwd=tmp_path, GIT_CEILING_DIRECTORIES="/"))

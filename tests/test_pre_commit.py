"""The hooks, run by the real pre-commit in real repositories."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
BROKEN = """# List

## Papers

| Title | Venue | Year |
| --- | --- | --- |
| [One](https://example.org/1) | ICML | 2020 |
| [Two](https://example.org/2 | ICML | 2021 |
| [Three](https://example.org/3) | NeurIPS | 2022 |
"""
SECOND = "# More\n\n- [One](https://example.org/1) - The first.\n- [Two]() - The second.\n"

needs_pre_commit = pytest.mark.skipif(
    shutil.which("git") is None or shutil.which("pre-commit", path=str(Path(sys.executable).parent)) is None,
    reason="git or pre-commit is not installed",
)


def read(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def environment(home: Path) -> dict[str, str]:
    """An environment without the user's own settings, and without those of a hook that runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))}
    # Git's hook runs pre-commit by the path of this interpreter, which coverage would follow into.
    kept = {name: value for name, value in kept.items() if not name.startswith("COVERAGE")}
    return {
        **kept,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "PRE_COMMIT_HOME": str(home / "cache"),
        "PRE_COMMIT_COLOR": "never",
        "NO_COLOR": "1",
    }


class Repository:
    """A git repository in a temporary folder."""

    def __init__(self, folder: Path, home: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self._environment = environment(home)
        self.git("init", "--quiet", "--initial-branch=main")

    def run(self, *command: str) -> tuple[int, str]:
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=300,
            encoding="utf-8",
        )
        return done.returncode, done.stdout

    def git(self, *arguments: str) -> tuple[int, str]:
        identity = ("user.name=Test", "user.email=test@example.org", "commit.gpgsign=false")
        return self.run("git", *(part for setting in identity for part in ("-c", setting)), *arguments)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")
        self.git("add", name)

    def read(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """This project as a repository of its own: the files as they are now, committed."""
    folder = tmp_path_factory.mktemp("hooks")
    repository = Repository(folder / "awesome-lint", folder)
    for name in ("src", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        source, target = ROOT / name, repository.folder / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        else:
            shutil.copy(source, target)
    repository.git("add", "--all")
    assert repository.git("commit", "--quiet", "-m", "hooks") == (0, "")
    return repository


@needs_pre_commit
def test_old_faults_stop_no_commit(clone: Repository, tmp_path: Path) -> None:
    """The hooks as docs/protect.md configures them, in a list that had faults before."""
    pre_commit = str(Path(sys.executable).parent / "pre-commit")
    user = Repository(tmp_path / "list", clone.folder.parent)
    _, revision = clone.git("rev-parse", "HEAD")
    user.write("README.md", BROKEN + "|[Four](https://example.org/4)|ICML|\n")
    assert user.git("commit", "--quiet", "-m", "add the list with its faults") == (0, "")
    page = (ROOT / "docs" / "protect.md").read_text(encoding="utf-8")
    shown = yaml.safe_load(page.split("in `.pre-commit-config.yaml`:\n\n```yaml\n")[1].split("```")[0])
    shown["repos"][0] |= {"repo": str(clone.folder), "rev": revision.strip()}
    user.write(".pre-commit-config.yaml", yaml.safe_dump(shown))
    code, output = user.run(pre_commit, "install")
    assert code == 0, output

    old = user.read("README.md")
    row = "| [Five](https://example.org/5) | CVPR | 2023 |\n"
    user.write("README.md", old + row)
    code, output = user.git("commit", "-m", "add a row")
    assert code == 0, output
    assert user.read("README.md") == old + row

    user.write("README.md", old + row + "|[Six](https://example.org/6 |CVPR|2024\n")
    code, output = user.git("commit", "-m", "add a broken row")
    assert code == 1, output
    assert user.read("README.md") == old + row + "| [Six](https://example.org/6) | CVPR | 2024 |\n"
    assert "that would change lines older than HEAD" in output
    user.git("add", "README.md")
    code, output = user.git("commit", "-m", "add a row that is repaired")
    assert code == 0, output
    assert user.git("status", "--porcelain") == (0, "")


@needs_pre_commit
def test_a_broken_list_stops_the_commit_until_the_hook_has_fixed_it(clone: Repository, tmp_path: Path) -> None:
    home = clone.folder.parent
    pre_commit = str(Path(sys.executable).parent / "pre-commit")
    user = Repository(tmp_path / "list", home)
    _, revision = clone.git("rev-parse", "HEAD")

    def configure(*hooks: str) -> None:
        listed = [{"id": hook} for hook in hooks]
        repos = [{"repo": str(clone.folder), "rev": revision.strip(), "hooks": listed}]
        user.write(".pre-commit-config.yaml", yaml.safe_dump({"repos": repos}))

    configure("awesome-lint")
    code, output = user.run(pre_commit, "install")
    assert code == 0, output

    user.write("README.md", BROKEN)
    user.write("MORE.md", SECOND)
    user.write("notes.txt", "| [not](https://example.org Markdown\n")
    code, output = user.git("commit", "-m", "add the list")
    assert code == 1, output
    assert re.search(r"^README\.md:8:\d+: error\[truncated-link\] The link “Two” is never closed", output, re.MULTILINE)
    assert re.search(r"^MORE\.md:4:\d+: error\[empty-link\]", output, re.MULTILINE)
    assert "2 errors in 2 files" in output  # one run for both
    assert user.read("README.md") == BROKEN

    configure("awesome-lint-fix", "awesome-lint")
    user.write("MORE.md", SECOND.replace("[Two]()", "[Two](https://example.org/2)"))
    code, output = user.git("commit", "-m", "add the list")
    assert code == 1, output
    assert "files were modified by this hook" in output
    assert user.read("README.md") == BROKEN.replace("https://example.org/2 |", "https://example.org/2) |")

    user.git("add", "README.md")
    code, output = user.git("commit", "-m", "add the list")
    assert code == 0, output
    assert user.git("status", "--porcelain") == (0, "")
    assert user.git("log", "--format=%s") == (0, "add the list\n")


def test_this_project_uses_its_own_hooks() -> None:
    offered = {hook["id"]: hook for hook in read(".pre-commit-hooks.yaml")}
    used = {hook["id"]: hook for repo in read(".pre-commit-config.yaml")["repos"] for hook in repo["hooks"]}
    assert set(offered) == {"awesome-lint", "awesome-lint-fix"}
    for name, hook in offered.items():
        for key in ("name", "entry", "types"):
            assert used[name][key] == hook[key]
        assert hook["language"] == "python"


def test_hooks_are_valid() -> None:
    from pre_commit.clientlib import load_config, load_manifest

    load_manifest(str(ROOT / ".pre-commit-hooks.yaml"))
    load_config(str(ROOT / ".pre-commit-config.yaml"))


PROTECT = (ROOT / "docs" / "protect.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    """The fenced blocks of *kind* in docs/protect.md."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", PROTECT, re.MULTILINE | re.DOTALL)


@needs_pre_commit
def test_the_hooks_of_the_page_work_word_for_word(clone: Repository, tmp_path: Path) -> None:
    """The hooks as docs/protect.md configures them: the address is filled in, and nothing else is changed."""
    home = clone.folder.parent
    pre_commit = str(Path(sys.executable).parent / "pre-commit")
    user = Repository(tmp_path / "list", home)
    (config,) = (block for block in blocks("yaml") if block.startswith("repos:"))
    clone.git("tag", "--force", "v0.1.0")
    written = config.replace("https://github.com/OWNER/awesome-lint", str(clone.folder))
    assert written != config
    user.write(".pre-commit-config.yaml", written)
    code, output = user.run(pre_commit, "install")
    assert code == 0, output

    user.write("README.md", BROKEN)
    code, output = user.git("commit", "-m", "add the list")
    assert code == 1, output
    assert "files were modified by this hook" in output
    assert user.read("README.md") == BROKEN.replace("https://example.org/2 |", "https://example.org/2) |")

    user.git("add", "README.md")
    code, output = user.git("commit", "-m", "add the list")
    assert code == 0, output

    user.write("README.md", f"{user.read('README.md')}\n## Empty\n")
    code, output = user.git("commit", "-m", "add a section")
    assert code == 0, output
    assert "warning[empty-section]" in output, "a warning fails no commit, and is shown all the same"


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_the_commands_of_the_page_work_word_for_word(tmp_path: Path) -> None:
    user = Repository(tmp_path / "list", tmp_path)
    user.write("README.md", BROKEN.replace("## Papers", "## Empty\n\n## Papers"))
    user.git("commit", "-m", "add the list")
    user.git("update-ref", "refs/remotes/origin/main", "HEAD")
    program = str(Path(sys.executable).parent / "awesome-lint")
    commands = [line for block in blocks("sh") for line in block.splitlines()]
    assert len(commands) >= 8
    codes = {}
    for line in commands:
        assert line.startswith("awesome-lint"), line
        codes[line], output = user.run(program, *shlex.split(line)[1:])
        assert codes[line] in (0, 1), output
        if line == "awesome-lint":
            assert "1 error, 1 warning in 1 file" in output
        if line.endswith("--add-ignores"):
            assert "suppressed 1 finding" in output
            assert user.run(program)[1].startswith("No findings")
    assert codes["awesome-lint --baseline .awesome-lint-baseline.json"] == 0

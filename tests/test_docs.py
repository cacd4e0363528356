"""The documentation is current, and what it tells readers to write works."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from awesome_lint.cli import cli
from awesome_lint.config.finding import parse_configuration
from awesome_lint.config.loading import load
from awesome_lint.rule import Rule
from awesome_lint.rules import RULES
from tests.test_readme import SESSION, output_of
from tools import generate

ROOT = Path(__file__).parent.parent
PAGES = sorted((ROOT / "docs").glob("*.md"))
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[tuple[str, str]]:
    """The blocks of code in *language* on all pages, each with its page."""
    found = [
        (path.name, match[2])
        for path in (*PAGES, ROOT / "README.md")
        for match in BLOCK.finditer(path.read_text(encoding="utf-8"))
        if match[1] == language
    ]
    assert found
    return found


def commands() -> list[tuple[str, str]]:
    """The command lines of awesome-lint that the pages show."""
    lines = [(page, line) for page, block in blocks("sh") for line in block.splitlines()]
    return [(page, line.split(" | ")[0].split(" < ")[0]) for page, line in lines if line.startswith("awesome-lint")]


def test_generated_files_are_current(update: bool) -> None:
    if update:
        generate.main([])
    assert generate.main(["--check"]) == 0, "run python tools/generate.py"


def _with_real_output(session: re.Match[str]) -> str:
    on_example = "examples/" in session[2]
    return f"{session[1]}{output_of(session[2])}{session[4]}" if on_example else session[0]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_shown_output_is_real(path: Path, update: bool) -> None:
    page = path.read_text(encoding="utf-8")
    real = SESSION.sub(_with_real_output, page)
    if update:
        path.write_text(real, encoding="utf-8")
    assert update or page == real


@pytest.mark.parametrize(("page", "text"), blocks("toml"))
def test_configurations_are_accepted(page: str, text: str) -> None:
    tomllib.loads(text)
    load(parse_configuration(text if "[[" in text else f"[[tables]]\n{text}"))


def test_the_schema_of_the_guide_is_that_of_the_example() -> None:
    guide = (ROOT / "docs" / "schema.md").read_text(encoding="utf-8")
    example = tomllib.loads((ROOT / "examples" / "papers.toml").read_text(encoding="utf-8"))
    (table,) = example["tables"]
    for text in re.findall(r"```toml\n(.*?)```", guide.partition("## Check")[0], re.DOTALL):
        shown = tomllib.loads(text)["tables"]
        shown = shown[0] if isinstance(shown, list) else shown
        for name, column in shown.pop("columns", {}).items():
            assert table["columns"][name] == column
        assert shown.items() <= table.items()


@pytest.mark.parametrize(("page", "line"), commands())
def test_commands_exist(page: str, line: str) -> None:
    arguments = shlex.split(line.partition(" > ")[0])[1:]
    assert CliRunner().invoke(cli, [*arguments, "--help"]).exit_code == 0


def test_an_unknown_option_would_be_found() -> None:
    assert CliRunner().invoke(cli, ["--no-such-option", "--help"]).exit_code != 0


@pytest.mark.parametrize(("page", "text"), blocks("yaml"))
def test_workflows_are_valid(page: str, text: str, tmp_path: Path) -> None:
    data = yaml.safe_load(text)
    if "jobs" not in data:
        return
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    # A hash can only be named once there is a release; the page says to.
    text = re.sub(r"(OWNER/awesome-lint[/\w]*)@\S+", rf"\1@{'0' * 40}", text)
    (folder / "list.yml").write_text(text, encoding="utf-8")
    programs = Path(sys.executable).parent
    schema = ["--builtin-schema", "vendor.github-workflows", str(folder / "list.yml")]
    for command in (["check-jsonschema", *schema], ["zizmor", "--offline", "--quiet", str(tmp_path)]):
        done = subprocess.run([programs / command[0], *command[1:]], capture_output=True, check=False)
        assert done.returncode == 0, done.stdout.decode()


def test_hooks_that_the_pages_name_exist() -> None:
    offered = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    named = [
        hook["id"]
        for _, text in blocks("yaml")
        if "repos:" in text
        for repo in yaml.safe_load(text)["repos"]
        for hook in repo["hooks"]
    ]
    assert named
    assert set(named) <= offered


def test_inputs_and_outputs_of_the_action_are_those_that_the_guide_lists() -> None:
    guide = (ROOT / "docs" / "protect.md").read_text(encoding="utf-8")
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    table = guide.partition("| input |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| `([\w-]+)` \|", table, re.MULTILINE) == list(action["inputs"])
    outputs = guide.partition("Its outputs are ")[2].partition(":\n")[0]
    assert set(re.findall(r"`([\w-]+)`", outputs)) == set(action["outputs"])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_pages_have_their_parts_in_order(rule: Rule) -> None:
    page = (ROOT / "docs" / "rules" / f"{rule.name}.md").read_text(encoding="utf-8")
    parts = [line[3:] for line in BLOCK.sub("", page).splitlines() if line.startswith("## ")]
    required = ["Wrong", "Messages", "Right", "When to switch it off"]
    assert [part for part in parts if part in required] == required
    assert parts[-1] == required[-1]

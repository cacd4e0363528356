"""The GitHub Action: its steps, run as GitHub runs them; and the workflows."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from tests.test_known_findings import commit, contribute, faulty, git, row, write
from tests.test_reports import commands, validator

ROOT = Path(__file__).parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
WORKFLOWS = [
    *sorted((ROOT / ".github" / "workflows").glob("*.yml")),
    ROOT / "action.yml",
    ROOT / "comment" / "action.yml",
]
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}
EXPRESSION = re.compile(r"\$\{\{ inputs\.([\w-]+)")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("bash") is None or shutil.which("git") is None, reason="bash or git is not installed"
    ),
]


@dataclass
class Outcome:
    """What a step did."""

    code: int
    log: str
    outputs: dict[str, str]
    summary: str


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose list has 40 findings, on the branch main."""
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    write(tmp_path, [row(number) for number in range(60)] + [faulty(number) for number in range(40)])
    commit(tmp_path, "base")
    return tmp_path


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The runner's temporary folder after the step that installs."""
    folder = tmp_path_factory.mktemp("runner")
    outcome = run_step("Install awesome-lint", folder, folder)
    assert outcome.code == 0, outcome.log
    return folder


def run_as_github_does(step: dict[str, Any], folder: Path, environment: dict[str, str]) -> tuple[int, str]:
    """The exit code and the log of *step* in *folder*."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COVERAGE", "GITHUB_", "PYTHON"))}
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=folder,
        env={**kept, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        timeout=300,
        encoding="utf-8",
    )
    return done.returncode, done.stdout


def load_script(name: str) -> ModuleType:
    """A script of the action as a module, for what needs no process."""
    specification = importlib.util.spec_from_file_location(f"action_{name}", ROOT / "action" / f"{name}.py")
    assert specification
    assert specification.loader
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def run_step(name: str, temporary: Path, workspace: Path, base: str = "", **inputs: str) -> Outcome:
    """Run the step *name* of the action, its environment filled in as GitHub does; *base* is the pull request's."""
    values = {key: inputs.get(key.replace("-", "_"), entry["default"]) for key, entry in ACTION["inputs"].items()}
    environment = {
        "RUNNER_TEMP": str(temporary),
        "GITHUB_ACTION_PATH": str(ROOT),
        "GITHUB_OUTPUT": str(temporary / "output"),
        "GITHUB_STEP_SUMMARY": str(temporary / "summary"),
    }
    for variable, expression in STEPS[name]["env"].items():
        if match := EXPRESSION.match(expression):
            environment[variable] = values[match[1]] or (base if "base.sha" in expression else "")
        else:
            assert expression == "${{ steps.python.outputs.python-path }}"
            environment[variable] = sys.executable
    for file in ("output", "summary"):
        (temporary / file).write_text("", encoding="utf-8")
    code, log = run_as_github_does(STEPS[name], workspace, environment)
    lines = (temporary / "output").read_text(encoding="utf-8").splitlines()
    outputs = {key: value for key, _, value in (line.partition("=") for line in lines)}
    return Outcome(code, log, outputs, (temporary / "summary").read_text(encoding="utf-8"))


def check(installed: Path, workspace: Path, base: str = "", **inputs: str) -> Outcome:
    return run_step("Check", installed, workspace, base, **inputs)


def comment_of(outcome: Outcome) -> str:
    return Path(outcome.outputs["comment"]).read_text(encoding="utf-8")


def test_a_pull_request_fails_by_what_it_adds(installed: Path, repository: Path) -> None:
    base = git(repository, "rev-parse", "HEAD").strip()
    git(repository, "checkout", "--quiet", "-b", "contribution")
    contribute(repository)
    commit(repository, "add papers")
    outcome = check(installed, repository, base, args="--isolated")
    assert outcome.code == 1
    annotations = commands(outcome.log)
    assert sorted(properties["title"] for _, properties, _ in annotations) == [
        "awesome-lint column-count",
        "awesome-lint duplicate-entry",
    ]
    assert {properties["file"] for _, properties, _ in annotations} == {"README.md"}
    assert outcome.outputs == {
        "findings": "2",
        "errors": "2",
        "warnings": "0",
        "fixable": outcome.outputs["fixable"],
        "sarif": str(installed / "awesome-lint.sarif"),
        "rdjson": str(installed / "awesome-lint.rdjson"),
        "comment": str(installed / "awesome-lint.comment"),
    }
    remarks = json.loads(Path(outcome.outputs["rdjson"]).read_text(encoding="utf-8"))
    validator("rdjson").validate(remarks)
    assert [remark["location"]["path"] for remark in remarks["diagnostics"]] == ["README.md"] * 2
    assert comment_of(outcome) == outcome.summary
    log = json.loads(Path(outcome.outputs["sarif"]).read_text(encoding="utf-8"))
    validator("sarif").validate(log)
    assert len(log["runs"][0]["results"]) == 2
    assert "2 errors." in outcome.summary
    assert "A new paper" in outcome.summary


def test_corrected_rows_stand_in_the_summary(installed: Path, repository: Path) -> None:
    outcome = check(installed, repository, base="HEAD", since="all", args="--isolated")
    assert outcome.outputs["findings"] == outcome.outputs["errors"] == outcome.outputs["fixable"] == "40"
    assert "\n```markdown\n| [Old paper 003](https://example.org/old/3) | ICML | 2003 |\n```\n" in outcome.summary


def test_a_sound_list_passes(installed: Path, repository: Path) -> None:
    write(repository, [row(1), row(2)])
    outcome = check(installed, repository)
    assert (outcome.code, outcome.outputs["findings"], commands(outcome.log)) == (0, "0", [])
    assert "No findings." in outcome.summary
    assert comment_of(outcome) == ""


@pytest.mark.parametrize(("fail_on", "code"), [("error", 0), ("warning", 1), ("never", 0)])
def test_what_fails_the_job(installed: Path, repository: Path, fail_on: str, code: int) -> None:
    write(repository, [row(1), row(2), row(3), "", "## Empty"])
    outcome = check(installed, repository, fail_on=fail_on, args="--isolated")
    assert (outcome.outputs["errors"], outcome.outputs["warnings"]) == ("0", "1")
    assert outcome.code == code


@pytest.mark.parametrize(
    "inputs",
    [{"fail_on": "maybe"}, {"links": "yes"}, {"comment": "1"}, {"args": "'never closed"}, {"paths": "MISSING.md"}],
)
def test_what_makes_no_sense_is_reported(installed: Path, repository: Path, inputs: dict[str, str]) -> None:
    outcome = check(installed, repository, **inputs)
    assert outcome.code == 2
    assert "error" in outcome.log
    assert "comment" not in outcome.outputs


def test_a_shallow_checkout_says_what_to_do(installed: Path, repository: Path, tmp_path: Path) -> None:
    base = git(repository, "rev-parse", "HEAD").strip()
    contribute(repository)
    commit(repository, "add papers")
    git(tmp_path, "clone", "--quiet", "--depth=1", repository.as_uri(), "shallow")
    outcome = check(installed, tmp_path / "shallow", base)
    assert outcome.code == 2
    assert "fetch-depth: 0" in outcome.log


def test_no_input_is_read_by_a_shell(installed: Path, repository: Path) -> None:
    trap = f"$(touch {repository}/caught) `touch {repository}/caught` ; touch {repository}/caught"
    for name in ("paths", "since", "fail_on", "links", "links_cache", "token", "comment", "version", "args"):
        check(installed, repository, **{name: trap})
        assert not (repository / "caught").exists(), name


def test_links_are_kept_in_a_file_of_the_runner(installed: Path, repository: Path, tmp_path: Path) -> None:
    """A private address is not requested, so that this needs no network; what was found out is written all the same."""
    write(repository, ["- [A](http://10.0.0.1/)"])
    kept = installed / "awesome-lint-links.json"
    kept.unlink(missing_ok=True)
    assert "unsafe-target" in check(installed, repository, args="--isolated", links="true").log
    assert json.loads(kept.read_text(encoding="utf-8"))["links"] == {}
    kept.unlink()
    assert check(installed, repository, args="--isolated").code == 0
    check(installed, repository, args="--isolated", links="true", links_cache="none")
    assert not kept.exists()
    check(installed, repository, args="--isolated", links="true", links_cache=str(tmp_path / "own.json"))
    assert (tmp_path / "own.json").exists()
    assert not kept.exists()


def test_without_the_network_there_is_nothing_to_comment(tmp_path: Path) -> None:
    """A program in the place of awesome-lint writes what it is told to write, and ends as if no link could be asked."""
    program = tmp_path / "awesome-lint" / "bin" / "awesome-lint"
    program.parent.mkdir(parents=True)
    program.write_text(
        f"#!{sys.executable}\nimport pathlib, sys\n"
        "for each in sys.argv[1:]:\n"
        "    _, is_file, file = each.partition('=')\n"
        "    if is_file:\n"
        "        pathlib.Path(file).write_text('[]')\n"
        "sys.exit(3)\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    outcome = check(tmp_path, tmp_path)
    assert (outcome.code, outcome.outputs["findings"], outcome.summary) == (0, "0", "[]")
    assert "comment" not in outcome.outputs


def test_the_cache_of_links_is_saved_when_the_check_fails() -> None:
    restore, save = STEPS["Restore the link cache"], STEPS["Save the link cache"]
    assert list(STEPS).index("Check") == list(STEPS).index(restore["name"]) + 1
    assert save["if"] == f"always() && {restore['if']}"
    assert (save["with"]["path"], save["with"]["key"]) == (restore["with"]["path"], restore["with"]["key"])
    assert restore["with"]["key"].startswith(restore["with"]["restore-keys"])
    assert "format('{0}/awesome-lint-links.json', runner.temp)" in save["with"]["path"]


def test_only_the_link_check_gets_a_token() -> None:
    main = load_script("main")
    environment = {"INPUT_TOKEN": "a", "GITHUB_TOKEN": "b", "GH_TOKEN": "c", "PATH": "/bin"}
    assert main._without_tokens(environment) == {"PATH": "/bin"}
    checked = {**environment, "INPUT_LINKS": "true"}
    assert main._without_tokens(checked) == {"PATH": "/bin", "INPUT_LINKS": "true", "GITHUB_TOKEN": "a"}


def test_an_input_is_no_option_by_accident(installed: Path, repository: Path) -> None:
    outcome = check(installed, repository, paths="--fix")
    assert outcome.code == 2
    assert git(repository, "status", "--porcelain") == ""


def test_modules_of_the_checked_repository_are_not_run(installed: Path, repository: Path) -> None:
    for name in ("json", "awesome_lint", "click", "venv", "sitecustomize"):
        (repository / f"{name}.py").write_text("raise SystemExit('caught')\n", encoding="utf-8")
    write(repository, [row(1)])
    outcome = check(installed, repository)
    assert (outcome.code, "caught" in outcome.log) == (0, False)


def uses(data: Any) -> list[str]:
    """All actions that a workflow uses."""
    if isinstance(data, dict):
        own = [data["uses"]] if isinstance(data.get("uses"), str) else []
        return own + [found for value in data.values() for found in uses(value)]
    return [found for value in data for found in uses(value)] if isinstance(data, list) else []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_workflows_trust_no_input(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    assert "pull_request_target" not in text
    for action in uses(data):
        assert action == "./" or re.search(r"@[0-9a-f]{40}$", action)
    if path.name != "action.yml":
        assert data["permissions"] == {}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_workflows_are_valid(path: Path) -> None:
    kind = "github-actions" if path.name == "action.yml" else "github-workflows"
    program = Path(sys.executable).parent / "check-jsonschema"
    done = subprocess.run([program, "--builtin-schema", f"vendor.{kind}", path], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


def test_zizmor_finds_nothing() -> None:
    program = Path(sys.executable).parent / "zizmor"
    done = subprocess.run([program, "--offline", "--quiet", ROOT], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode()

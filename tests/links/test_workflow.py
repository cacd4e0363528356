"""The workflow of docs/links.md: its steps, run as GitHub runs them, with stand-ins for pipx and gh."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.links.conftest import Web
from tests.links.servers import Server, response

ROOT = Path(__file__).parent.parent.parent
TEXT = next(
    block
    for block in re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / "links.md").read_text(encoding="utf-8"), re.DOTALL)
    if block.startswith("name: Links")
)
WORKFLOW = yaml.safe_load(TEXT)
JOB = WORKFLOW["jobs"]["links"]
STEPS = JOB["steps"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed"),
]

PIPX = f"""#!{sys.executable}
import os, sys
assert sys.argv[1:3] == ["run", "awesome-lint"]
os.execv(sys.executable, [sys.executable, "-m", "awesome_lint", *sys.argv[3:], "--allow-private", "--timeout", "5"])
"""

GH = f"""#!{sys.executable}
'''Keeps issues in a file, as far as the workflow needs it.'''
import json, os, pathlib, sys
file = pathlib.Path(os.environ["ISSUES"])
state = json.loads(file.read_text()) if file.exists() else {{"labels": [], "issues": []}}
command, arguments = sys.argv[1:3], sys.argv[3:]
def option(name):
    return arguments[arguments.index(name) + 1]
if command == ["label", "create"]:
    state["labels"].append(arguments[0])
elif command == ["issue", "list"]:
    assert option("--json") == "number" and option("--jq") == ".[].number"
    found = [i for i in state["issues"] if option("--label") == i["label"] and i["state"] == option("--state")]
    print("".join(f"{{i['number']}}\\n" for i in found[: int(option("--limit"))]), end="")
elif command == ["issue", "create"]:
    assert option("--label") in state["labels"]
    body, number = pathlib.Path(option("--body-file")).read_text(), len(state["issues"]) + 7
    state["issues"].append({{"number": number, "label": option("--label"), "state": "open", "body": body}})
elif command == ["issue", "edit"]:
    (issue,) = [i for i in state["issues"] if str(i["number"]) == arguments[0]]
    issue["body"] = pathlib.Path(option("--body-file")).read_text()
elif command == ["issue", "close"]:
    (issue,) = [i for i in state["issues"] if str(i["number"]) == arguments[0]]
    issue["state"] = "closed"
else:
    sys.exit(f"unknown command {{command}}")
file.write_text(json.dumps(state))
"""


class Runner:
    """A runner whose home and workspace last from run to run, as the cache and the repository do."""

    def __init__(self, folder: Path) -> None:
        self.workspace, self._home, self._bin = (folder / name for name in ("workspace", "home", "bin"))
        for path in (self.workspace, self._home, self._bin):
            path.mkdir()
        for name, text in (("pipx", PIPX), ("gh", GH)):
            (self._bin / name).write_text(text)
            (self._bin / name).chmod(0o755)

    def run(self) -> str:
        """Run the job; the exit code that its check had."""
        outputs = self._home / "outputs"
        outputs.write_text("")
        code = ""
        for step in STEPS:
            if "run" not in step or ("if" in step and f"== '{code}'" not in step["if"]):
                continue
            values = {**JOB["env"], **step["env"]}
            environment = {
                **{key: value for key, value in os.environ.items() if not key.startswith(("GITHUB_", "GH_", "XDG_"))},
                **{key: value.replace("${{ steps.check.outputs.code }}", code) for key, value in values.items()},
                "GITHUB_TOKEN": "",
                "GITHUB_OUTPUT": str(outputs),
                "HOME": str(self._home),
                "ISSUES": str(self._home / "issues.json"),
                "PATH": f"{self._bin}:{os.environ['PATH']}",
                "CI": "true",
            }
            command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
            done = subprocess.run(
                command, cwd=self.workspace, env=environment, capture_output=True, check=False, timeout=120
            )
            assert done.returncode == 0, done.stderr.decode()
            code = re.findall(r"code=(\d+)", outputs.read_text())[-1]
        return code

    @property
    def issues(self) -> list[dict[str, Any]]:
        file = self._home / "issues.json"
        found: list[dict[str, Any]] = json.loads(file.read_text())["issues"] if file.exists() else []
        return found

    @property
    def cached(self) -> bool:
        """Whether the check has written what the workflow keeps."""
        return (self._home / ".cache" / "awesome-lint" / "links.json").exists()


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


@pytest.fixture
def server(web: Web) -> Server:
    return web.serve(lambda request: response(404 if "gone" in request.target else 200), host="127.0.0.1")


def test_one_issue_lives_as_long_as_links_are_dead(runner: Runner, server: Server) -> None:
    readme = runner.workspace / "README.md"

    def write(*paths: str) -> None:
        readme.write_text("# List\n\n" + "".join(f"- [{path}]({server.url(path)})\n" for path in paths))

    write("/fine")
    assert runner.run() == "0"
    assert runner.issues == []
    assert runner.cached
    write("/fine", "/gone")
    assert runner.run() == "1"
    assert [(issue["number"], issue["state"]) for issue in runner.issues] == [(7, "open")]
    assert f"<{server.url('/gone')}>" in runner.issues[0]["body"]
    write("/fine", "/gone", "/gone/too")
    assert runner.run() == "1"
    assert [issue["number"] for issue in runner.issues] == [7]
    assert f"<{server.url('/gone/too')}>" in runner.issues[0]["body"]
    write("/fine")
    assert runner.run() == "0"
    assert [issue["state"] for issue in runner.issues] == ["closed"]
    write("/gone")
    assert runner.run() == "1"
    assert [issue["state"] for issue in runner.issues] == ["closed", "open"]


def test_without_network_nothing_happens(runner: Runner, server: Server, web: Web) -> None:
    web.room.stop(server)
    (runner.workspace / "README.md").write_text(f"- [A]({server.url('/')})\n")
    assert runner.run() == "3"
    assert runner.issues == []


def test_the_workflow_keeps_its_cache_and_ends_in_time() -> None:
    by_action = {step["uses"].partition("@")[0]: step for step in STEPS if "uses" in step}
    restore, save = by_action["actions/cache/restore"], by_action["actions/cache/save"]
    assert save["if"] == "always()"
    assert restore["with"]["key"] == save["with"]["key"]
    assert restore["with"]["path"] == save["with"]["path"] == "~/.cache/awesome-lint"
    assert restore["with"]["key"].startswith(restore["with"]["restore-keys"])
    (seconds,) = re.findall(r"--max-time (\d+)", TEXT)
    assert JOB["timeout-minutes"] * 60 > int(seconds) + 300
    assert WORKFLOW["permissions"] == {}
    assert all(re.search(r"@[0-9a-f]{40}$", step["uses"]) for step in by_action.values())


def test_the_workflow_is_valid(tmp_path: Path) -> None:
    file = tmp_path / ".github" / "workflows" / "links.yml"
    file.parent.mkdir(parents=True)
    file.write_text(TEXT)
    programs = Path(sys.executable).parent
    for name, *arguments in (
        ("check-jsonschema", "--builtin-schema", "vendor.github-workflows"),
        ("zizmor", "--offline", "--quiet"),
    ):
        done = subprocess.run([programs / name, *arguments, file], capture_output=True, check=False)
        assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()

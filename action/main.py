"""The steps of the GitHub Action: install awesome-lint, run it, and hand on what it found.

Inputs are taken from environment variables and become arguments of programs, never text that a shell reads.  The
checked repository may come from anybody: no code of it is run, and no module of it can be imported, since Python is
started in isolated mode and awesome-lint by its console script.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import venv
from collections.abc import Mapping
from pathlib import Path

_OWN_SOURCE = Path(__file__).parent.parent
_FAIL_ON = {"error": [], "warning": ["--strict"], "never": ["--exit-zero"]}
_NETWORK_DOWN = 3


class InputError(Exception):
    """An input of the action that makes no sense."""


def install(env: Mapping[str, str]) -> int:
    """Install awesome-lint into an environment of its own; the exit code of pip."""
    folder = _environment(env)
    venv.create(folder, with_pip=True)
    version = env.get("INPUT_VERSION", "").strip()
    wanted = f"awesome-lint[re2]=={version}" if version else f"{_OWN_SOURCE}[re2]"
    pip = [str(_program(folder, "python")), "-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    return subprocess.run([*pip, "--", wanted], check=False).returncode


def check(env: Mapping[str, str]) -> int:
    """Check the list, and write annotations, outputs and the job's summary; the exit code of awesome-lint.

    Raises `InputError`.
    """
    temporary = Path(env["RUNNER_TEMP"])
    files = {name: temporary / f"awesome-lint.{name}" for name in ("sarif", "rdjson", "markdown", "comment", "json")}
    for file in files.values():
        file.unlink(missing_ok=True)
    command = [str(_program(_environment(env), "awesome-lint")), "check", *_arguments(env), "--report", "github"]
    for name, file in files.items():
        command += ["--report", f"{name}={file}"]
    paths = shlex.split(env.get("INPUT_PATHS", ""))
    code = subprocess.run([*command, "--", *paths], env=_without_tokens(env), check=False).returncode
    if files["json"].exists():
        # Without the network a comment would say that faults of links are gone.
        comment = "" if code == _NETWORK_DOWN else f"comment={files['comment']}\n"
        _append(env["GITHUB_OUTPUT"], _outputs(files) + comment)
        _append(env["GITHUB_STEP_SUMMARY"], files["markdown"].read_text(encoding="utf-8"))
    if code == _NETWORK_DOWN:
        print("::warning title=awesome-lint::No link could be verified; the network looks down")
        return 0
    return code


def _arguments(env: Mapping[str, str]) -> list[str]:
    fail_on = env.get("INPUT_FAIL_ON") or "error"
    if fail_on not in _FAIL_ON:
        raise InputError(f'the input "fail-on" is one of {", ".join(_FAIL_ON)}')
    for name in ("links", "comment"):
        if env.get(f"INPUT_{name.upper()}") not in (None, "", "true", "false"):
            raise InputError(f'the input "{name}" is true or false')
    since = env.get("INPUT_SINCE", "").strip()
    return [
        *_FAIL_ON[fail_on],
        *(["--links", f"--links-cache={_links_cache(env)}"] if env.get("INPUT_LINKS") == "true" else []),
        *([f"--since={since}"] if since not in ("", "all") else []),
        *shlex.split(env.get("INPUT_ARGS", "")),
    ]


def _links_cache(env: Mapping[str, str]) -> str:
    """The file that keeps what is known about links, empty where none is to do so; action.yml names the same."""
    cache = env.get("INPUT_LINKS_CACHE", "").strip() or str(Path(env["RUNNER_TEMP"], "awesome-lint-links.json"))
    return "" if cache == "none" else cache


def _without_tokens(env: Mapping[str, str]) -> dict[str, str]:
    """*env* with no token but the one that is given to the link check, and that only where links are checked."""
    kept = {name: value for name, value in env.items() if name not in ("INPUT_TOKEN", "GITHUB_TOKEN", "GH_TOKEN")}
    token = env.get("INPUT_TOKEN", "").strip()
    return {**kept, "GITHUB_TOKEN": token} if token and env.get("INPUT_LINKS") == "true" else kept


def _outputs(files: Mapping[str, Path]) -> str:
    # JSON has all findings; those that are only worth knowing are reported nowhere else.
    findings = [each for each in json.loads(files["json"].read_text(encoding="utf-8")) if each["severity"] != "info"]
    severities = [finding["severity"] for finding in findings]
    fixes = [finding["fix"] for finding in findings if finding["fix"]]
    values = {
        "findings": len(findings),
        "errors": severities.count("error"),
        "warnings": severities.count("warning"),
        "fixable": sum(fix["applicability"] != "unsafe" for fix in fixes),
        "sarif": files["sarif"],
        "rdjson": files["rdjson"],
    }
    return "".join(f"{name}={value}\n" for name, value in values.items())


def _append(file: str, text: str) -> None:
    with Path(file).open("a", encoding="utf-8") as stream:
        stream.write(text)


def _environment(env: Mapping[str, str]) -> Path:
    return Path(env["RUNNER_TEMP"]) / "awesome-lint"


def _program(environment: Path, name: str) -> Path:
    return environment / "Scripts" / f"{name}.exe" if os.name == "nt" else environment / "bin" / name


def main() -> int:
    """Run the step that the command line names."""
    try:
        return {"install": install, "check": check}[sys.argv[1]](os.environ)
    except (InputError, ValueError) as error:  # ValueError: a quotation that never ends
        print(f"::error title=awesome-lint::{error}")
        return 2


if __name__ == "__main__":
    sys.exit(main())

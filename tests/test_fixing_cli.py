"""`--fix`, `--unsafe-fixes` and `--diff` as users run them: real processes, real files."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from awesome_lint.cli.check_options import CheckOptions
from awesome_lint.cli.formats import Report
from awesome_lint.cli.pipeline import run as run_check
from awesome_lint.cli.reports import ReportStyle
from awesome_lint.diagnostic import Applicability, Edit, Fix, Severity, Violation
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules import RULES
from awesome_lint.source import Span
from tests.environment import unmeasured
from tests.program import complaint, run

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("AWESOME_LINT_KILLS", "8"))
"""How often a process that fixes a file is killed."""
COMPACT = ("--isolated", "--config", 'format.style="compact"')
ONLY = (*COMPACT, "--select", "untidy-table,empty-link,schemeless-link,dangling-anchor,truncated-link")
LIST = "# List\r\n\r\n|Paper|Year|\r\n|-|-|\r\n|[Alpha](https://example.org/a|2016|\r\n|[Beta]()|2017|\r\n\r\n\ttail"
FIXED = (
    "# List\r\n\r\n| Paper | Year |\r\n| --- | --- |\r\n| [Alpha](https://example.org/a) | 2016 |\r\n"
    "| [Beta]() | 2017 |\r\n\r\n\ttail"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "README.md"
    path.write_bytes(LIST.encode())
    return path


def test_fix_writes_the_file_and_reports_what_is_left(file: Path) -> None:
    done = run("--fix", *ONLY, "--format", "concise", cwd=file.parent)
    assert file.read_bytes() == FIXED.encode()
    assert done.returncode == 1
    first, counts, *summary = done.stdout.decode().splitlines()
    assert first.startswith("README.md:6:3: error[empty-link]")
    assert counts == "Fixed 2 findings: 1 truncated-link, 1 untidy-table"
    assert summary == ["1 error in 1 file"]


def test_a_second_run_changes_nothing(file: Path) -> None:
    run("--fix", *ONLY, cwd=file.parent)
    before = file.stat()
    done = run("--fix", *ONLY, cwd=file.parent)
    assert file.stat().st_ino == before.st_ino, "the file was written again"
    assert file.stat().st_mtime_ns == before.st_mtime_ns
    assert b"Fixed" not in done.stdout


def test_the_exit_code_is_of_what_is_left(file: Path) -> None:
    assert run("--fix", "--isolated", "--select", "truncated-link", cwd=file.parent).returncode == 0
    assert (
        run("--fix", "--isolated", "--select", "truncated-link,untidy-table", "--strict", cwd=file.parent).returncode
        == 0
    )
    assert run("--fix", "--isolated", "--select", "empty-link", cwd=file.parent).returncode == 1


def test_what_is_not_selected_is_not_fixed(file: Path) -> None:
    run("--fix", *COMPACT, "--select", "untidy-table", cwd=file.parent)
    assert b"(https://example.org/a |" in file.read_bytes()
    run("--fix", *ONLY, "--ignore", "truncated-link", cwd=file.parent)
    assert b"(https://example.org/a |" in file.read_bytes()


def test_json_after_fixing(file: Path) -> None:
    done = run("--fix", *ONLY, "--format", "json", cwd=file.parent)
    (left,) = json.loads(done.stdout)
    assert left["rule"] == "empty-link"
    assert done.stderr.decode() == "note: Fixed 2 findings: 1 truncated-link, 1 untidy-table\n"
    assert run("--fix", *ONLY, "--format", "json", "-q", cwd=file.parent).stderr == b""


def test_standard_input_goes_to_standard_output(file: Path) -> None:
    done = run("--fix", *ONLY, "-", cwd=file.parent, stdin=LIST.encode())
    assert done.stdout == FIXED.encode()
    assert b"error[empty-link]" in done.stderr
    assert done.returncode == 1
    assert file.read_bytes() == LIST.encode()
    assert run("--fix", *ONLY, "-", "-q", cwd=file.parent, stdin=done.stdout).stdout == FIXED.encode()


def test_diff(file: Path) -> None:
    done = run("--diff", *ONLY, cwd=file.parent)
    assert done.returncode == 1
    assert file.read_bytes() == LIST.encode()
    lines = done.stdout.decode().splitlines()
    assert lines[:3] == ["--- README.md", "+++ README.md", "@@ -1,8 +1,8 @@"]
    assert "-|[Alpha](https://example.org/a|2016|" in lines
    assert "+| [Alpha](https://example.org/a) | 2016 |" in lines
    file.write_bytes(FIXED.encode())
    done = run("--diff", *ONLY, cwd=file.parent)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_a_diff_of_standard_input(tmp_path: Path) -> None:
    done = run("--diff", *ONLY, "-", "--stdin-filename", "list.md", cwd=tmp_path, stdin=LIST.encode())
    assert done.returncode == 1
    assert done.stdout.decode().startswith("--- list.md\n+++ list.md\n@@")
    assert run("--diff", *ONLY, "-", "--exit-zero", cwd=tmp_path, stdin=LIST.encode()).returncode == 0


def test_unsafe_fixes_need_an_option(file: Path) -> None:
    text = "# List\n\n[Alpha](https://example.org/a,)\n"
    file.write_text(text, encoding="utf-8")
    malformed = ("--isolated", "--select", "malformed-link")
    run("--fix", *malformed, cwd=file.parent)
    assert file.read_text(encoding="utf-8") == text
    run("--fix", "--unsafe-fixes", *malformed, cwd=file.parent)
    assert file.read_text(encoding="utf-8") == text.replace(",", "")
    assert "--unsafe-fixes needs --fix or --diff" in complaint(run("--unsafe-fixes", cwd=file.parent))


def test_several_files(file: Path) -> None:
    (file.parent / "other.md").write_bytes(LIST.encode())
    (file.parent / "binary.md").write_bytes(b"\0")
    done = run("--fix", *ONLY, ".", cwd=file.parent)
    assert done.returncode == 2
    assert b"Fixed 4 findings: 2 truncated-link, 2 untidy-table\n2 errors in 2 files" in done.stdout
    assert file.read_bytes() == (file.parent / "other.md").read_bytes() == FIXED.encode()
    assert (file.parent / "binary.md").read_bytes() == b"\0"


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX limits")
def test_no_room_for_the_fixed_file(file: Path) -> None:
    code = (
        "import resource, sys\nfrom awesome_lint.cli import main\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))\n"
        "sys.argv[1:] = ['--fix', '--isolated', 'README.md']\nmain()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=file.parent, env=unmeasured(), capture_output=True, check=False, timeout=60
    )
    assert done.returncode == 2
    assert done.stderr == b"error: README.md: cannot be written: file too large\n"
    assert b"error[truncated-link]" in done.stdout, "what was not fixed is reported"
    assert file.read_bytes() == LIST.encode()
    assert [path.name for path in file.parent.iterdir()] == ["README.md"]


def cutter() -> Rule:
    """A rule whose fix loses a word."""

    def check(context: Context) -> Iterator[Violation]:
        at = context.document.source.text.find("Alpha")
        if at >= 0:
            place = Span(at, at + 5)
            fix = Fix("Cut", (Edit(place, ""),), Applicability.SAFE)
            yield Violation(place, "This goes", severity=Severity.INFO, fix=fix)

    return Rule("cutter", Group.TABLE, check)


REFUSED = (
    "README.md:6: cutter: not fixed: it would lose the text “Alpha”; this is a bug of awesome-lint, please report it"
)


def test_a_fix_that_loses_something_is_left_out_and_named(
    file: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(file.parent)
    kept: dict[str, Any] = {"isolated": True, "select": frozenset({"table"}), "ignore": frozenset({"truncated-link"})}
    kept |= {
        "paths": ("README.md",),
        "reports": (Report("concise"),),
        "style": ReportStyle(info=True),
        "rules": (*RULES, cutter()),
    }
    file.write_text("\n" + LIST.replace("\r\n", "\n").replace("|Paper|Year|", "| Paper | Year |"), encoding="utf-8")
    assert run_check(CheckOptions(fix=True, **kept)) == 1
    out, err = capfd.readouterr()
    assert err == f"error: {REFUSED}\n"
    assert "README.md:6:3: info[cutter] This goes" in out
    assert "Fixed 1 finding: 1 untidy-table" in out
    assert "|Paper|Year|" in file.read_text(encoding="utf-8"), "all else is fixed"
    assert run_check(CheckOptions(fix=True, exit_zero=True, **kept)) == 0
    assert run_check(CheckOptions(diff=True, **kept)) == 1
    assert capfd.readouterr().err.splitlines()[-1] == f"error: {REFUSED}"


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")
def test_killed_at_any_moment(file: Path) -> None:
    row = "|[Alpha](https://example.org/a|2016|\n"
    old = LIST.encode() + b"\n\n|Paper|Year|\n|-|-|\n" + row.encode() * 500
    command = [
        sys.executable,
        "-m",
        "awesome_lint",
        "--fix",
        *COMPACT,
        "--select",
        "untidy-table",
        "README.md",
        "-q",
    ]
    file.write_bytes(old)
    start = time.monotonic()
    assert subprocess.run(command, cwd=file.parent, env=unmeasured(), check=False, timeout=120).returncode == 0
    usual = time.monotonic() - start
    new = file.read_bytes()
    assert new != old
    for number in range(KILLS):
        file.write_bytes(old)
        with subprocess.Popen(command, cwd=file.parent, env=unmeasured()) as process:
            end = time.monotonic() + random.uniform(0, 1.2 * usual)
            # Every other process lives until it is just about to write.
            while time.monotonic() < end or number % 2:
                if process.poll() is not None or (number % 2 and any(file.parent.glob(".*.tmp"))):
                    break
                time.sleep(0.0005)
            process.kill()
        assert file.read_bytes() in (old, new)
        for leftover in file.parent.glob(".*.tmp"):
            leftover.unlink()


def test_show_fixes_lists_what_was_fixed_where(file: Path) -> None:
    done = run("--isolated", "--fix", "--show-fixes", "--select", "truncated-link", file.name, cwd=file.parent)
    (line,) = (line for line in done.stdout.decode().splitlines() if "fixed[" in line)
    assert re.fullmatch(r"README\.md:\d+:\d+: fixed\[truncated-link\] Add the missing .*", line)
    given = int(line.split(":")[1])
    assert "https://example.org/a|" in LIST.splitlines()[given - 1], "the line in the text as it was given"
    assert "--show-fixes needs --fix" in complaint(run("--show-fixes", file.name, cwd=file.parent))

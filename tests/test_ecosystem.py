"""The comparison of two versions on real lists, with a stand-in for the program and once with the program itself."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tools import ecosystem

pytestmark = pytest.mark.slow

PROGRAM = """
import json, pathlib, sys
arguments = sys.argv[1:]
if arguments[0] == "explain":
    sys.exit(0 if arguments[1] in RULES else 2)
files = arguments[arguments.index("--") + 1 :]
found = []
for name in files:
    text = pathlib.Path(name).read_text()
    if "crash" in text and CRASHES:
        raise ValueError("cannot read this")
    found += [
        {"rule": "bad-word", "severity": SEVERITY, "message": "bad", "path": name, "line": n, "help": HELP, "fix": None}
        for n, line in enumerate(text.splitlines(), 1)
        if "bad" in line
    ]
    if "--fix" in arguments:
        word = UNSAFE if "--unsafe-fixes" in arguments else "good"
        pathlib.Path(name).write_text(text.replace("bad", word))
print(json.dumps(found))
"""


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    folder = tmp_path / "lists"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.md").write_text("one\nbad two\n", encoding="utf-8")
    (folder / "deep" / "b.md").write_text("fine\n", encoding="utf-8")
    return folder


def version(folder: Path, **values: object) -> str:
    """A checkout of a stand-in whose constants have *values*."""
    constants = {"RULES": ["bad-word"], "CRASHES": False, "SEVERITY": "error", "HELP": "", "UNSAFE": "better"} | values
    package = folder / "src" / "awesome_lint"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    lines = "".join(f"{name} = {value!r}\n" for name, value in constants.items())
    (package / "__main__.py").write_text(lines + PROGRAM, encoding="utf-8")
    return str(folder)


def test_equal_versions(tmp_path: Path, lists: Path, capsys: pytest.CaptureFixture[str]) -> None:
    versions = [version(tmp_path / name) for name in ("base", "head")]
    assert ecosystem.main([*versions, str(lists)]) == 0
    assert capsys.readouterr().out == "0 differences in 0 of 2 files\n"


def test_findings_and_fixes_that_differ(tmp_path: Path, lists: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base, head = version(tmp_path / "base"), version(tmp_path / "head", SEVERITY="warning", UNSAFE="best")
    assert ecosystem.main([base, head, str(lists)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "a.md",
        "  findings",
        "    - 2: error bad-word: bad",
        "    + 2: warning bad-word: bad",
        "  --fix --unsafe-fixes",
        "    @@ -2 +2 @@",
        "    - better two",
        "    + best two",
        "",
        "4 differences in 1 of 2 files",
        "  findings: -1 +1",
        "  --fix: -0 +0",
        "  --fix --unsafe-fixes: -1 +1",
    ]


def test_exact_compares_what_the_lines_leave_out(
    tmp_path: Path, lists: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    versions = [version(tmp_path / "base"), version(tmp_path / "head", HELP="write good")]
    assert ecosystem.main([*versions, str(lists)]) == 0
    assert ecosystem.main([*versions, str(lists), "--exact", "--no-fixes"]) == 1
    assert '"help": "write good"' in capsys.readouterr().out


def test_a_rule_that_one_version_lacks(tmp_path: Path, lists: Path, capsys: pytest.CaptureFixture[str]) -> None:
    versions = [version(tmp_path / "base", RULES=[]), version(tmp_path / "head")]
    assert ecosystem.main([*versions, str(lists), "--rule", "bad-word"]) == 1
    assert "    + 2: error bad-word: bad\n" in capsys.readouterr().out


def test_a_crash_on_one_file_hides_no_other(tmp_path: Path, lists: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (lists / "c.md").write_text("crash\n", encoding="utf-8")
    versions = [version(tmp_path / "base", SEVERITY="info"), version(tmp_path / "head", CRASHES=True)]
    assert ecosystem.main([*versions, str(lists)]) == 1
    output = capsys.readouterr().out
    assert "c.md\n  findings\n    + exit code 1: ValueError: cannot read this\n" in output
    assert "    - 2: info bad-word: bad\n    + 2: error bad-word: bad\n" in output


def test_unknown_revision(lists: Path) -> None:
    with pytest.raises(SystemExit, match="neither a checkout nor a revision"):
        ecosystem.main(["no-such-revision", ".", str(lists)])


def test_the_program_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    examples = tmp_path / "examples"
    examples.mkdir()
    shutil.copy(ecosystem.REPOSITORY / "examples" / "papers.md", examples)
    here = str(ecosystem.REPOSITORY)
    assert ecosystem.main([here, here, str(examples), "--exact"]) == 0
    empty = version(tmp_path / "empty")
    assert ecosystem.main([empty, here, str(examples)]) == 1
    assert "column-count" in capsys.readouterr().out

"""Configuration files: how they are written, and what they change."""

from __future__ import annotations

from pathlib import Path

import pytest

from awesome_lint.config.finding import (
    FILE_NAME,
    parse_configuration,
)
from awesome_lint.config.loading import load, settings_for
from awesome_lint.config.model import Configuration
from awesome_lint.config.places import find_places
from awesome_lint.source import Position
from tests.environment import unmeasured
from tests.program import complaint, run

LIST = """\
# Papers

| Title | Year |
| --- | --- |
| [Alpha](https://example.org/a) | 2016 |
| [Beta]() | 2017 |
"""


def read(text: str) -> Configuration:
    return load(parse_configuration(text))


# --- What it changes ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "ignored"),
    [
        ("README.md", set()),
        ("docs/a.md", {"link", "table"}),
        ("docs/deep/b.md", {"link", "table"}),
        ("other/a.md", {"table"}),
        ("a.md", {"table"}),
        ("README.zh.md", {"entry"}),
        ("../a.md", set()),
    ],
)
def test_ignores_of_paths(tmp_path: Path, name: str, ignored: set[str]) -> None:
    configuration = read('[per-path-ignores]\n"docs/" = ["link"]\n"[a-b].md" = ["table"]\n"/README.*.md" = ["entry"]\n')
    assert settings_for(configuration, tmp_path, tmp_path / name).ignore == ignored


@pytest.mark.parametrize(
    ("arguments", "configuration", "found"),
    [
        ([], "", {"empty-link"}),
        ([], 'ignore = ["link"]', set()),
        ([], 'select = ["table"]', set()),
        ([], 'select = ["table"]\nextend-select = ["empty-link"]', {"empty-link"}),
        (["--isolated"], 'ignore = ["link"]', {"empty-link"}),
        (["--select", "link"], 'select = ["table"]\nignore = ["link"]', {"empty-link"}),
        (["--select", "link"], 'ignore = ["empty-link"]', set()),
        (["--select", "empty-link"], 'ignore = ["empty-link"]', {"empty-link"}),
        (["--ignore", "link"], 'select = ["link"]', set()),
        ([], '[[allow]]\nrule = "empty-link"\nentry = "b*"\nreason = "soon"', set()),
        ([], '[[allow]]\nrule = "link"\ntext = "[beta]()"\nreason = "soon"', set()),
        ([], '[[allow]]\nrule = "link"\nsection = "papers"\nreason = "soon"', set()),
        ([], '[[allow]]\nrule = "link"\nsection = "papers"\nentry = "alpha"\nreason = "soon"', {"empty-link"}),
        ([], '[[allow]]\nrule = "table"\nentry = "*"\nreason = "soon"', {"empty-link"}),
    ],
)
def test_command_line_and_configuration(
    tmp_path: Path, arguments: list[str], configuration: str, found: set[str]
) -> None:
    import json

    (tmp_path / "README.md").write_text(LIST)
    (tmp_path / FILE_NAME).write_text(configuration)
    done = run(*arguments, "--format", "json", cwd=tmp_path)
    assert done.returncode == bool(found), done.stderr
    assert {finding["rule"] for finding in json.loads(done.stdout)} == found


def test_named_configuration(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(LIST)
    (tmp_path / FILE_NAME).write_text("this is not read")
    (tmp_path / "other.toml").write_text('severity.link = "warning"')
    done = run("--config", "other.toml", cwd=tmp_path)
    assert done.returncode == 0
    assert b"warning[empty-link]" in done.stdout
    assert run("--config", "other.toml", "--strict", cwd=tmp_path).returncode == 1
    assert complaint(run("--config", "none.toml", cwd=tmp_path)) == (
        "error: none.toml: cannot be read: no such file or directory"
    )
    assert "cannot be used together" in complaint(run("--config", "other.toml", "--isolated", cwd=tmp_path))


def test_faults_end_the_run(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(LIST)
    (tmp_path / FILE_NAME).write_text('ignore = ["lnik", "tabel"]')
    done = run(cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.decode().splitlines() == [
        'error: .awesome-lint.toml:1:11: ignore: there is no rule or group "lnik"; did you mean link?',
        'error: .awesome-lint.toml:1:19: ignore: there is no rule or group "tabel"; did you mean table?',
    ]


def test_each_file_has_its_own_configuration(tmp_path: Path) -> None:
    for name, ignored in (("a", "link"), ("b", "table")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "README.md").write_text(LIST)
        (tmp_path / name / FILE_NAME).write_text(f'ignore = ["{ignored}"]')
    done = run(".", "--format", "concise", "-q", cwd=tmp_path)
    assert [line.partition(":")[0] for line in done.stdout.decode().splitlines()] == [str(Path("b", "README.md"))]


def test_standard_input_has_a_configuration(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / FILE_NAME).write_text('ignore = ["link"]')
    assert run("-", cwd=tmp_path, stdin=LIST.encode()).returncode == 1
    assert run("-", "--stdin-filename", "docs/x.md", cwd=tmp_path, stdin=LIST.encode()).returncode == 0
    assert run("-", cwd=tmp_path / "docs", stdin=LIST.encode()).returncode == 0


def test_allowances_that_nothing_needs_are_told(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(LIST)
    allowance = '[[allow]]\nrule = "empty-link"\nentry = "{}"\nreason = "{} is on its way"\n'
    (tmp_path / FILE_NAME).write_text(allowance.format("Beta", "Beta") + allowance.format("Gamma", "Gamma"))
    note = "note: .awesome-lint.toml: [[allow]] for empty-link (Gamma is on its way) matches no finding; remove it\n"
    done = run(cwd=tmp_path)
    assert (done.returncode, done.stderr.decode()) == (0, note)
    for option in (["--quiet"], ["--select", "table"], ["--isolated"]):
        assert run(*option, cwd=tmp_path).stderr == b""


IDLE = """\
per-path-ignores = { "docs/*.md" = ["link"], "READ*.md" = ["section"] }
[[tables]]
header = ["Titel"]
[[tables]]
section = "Papers"
columns.Year = { type = "year" }
[[tables]]
columns.Name = { required = true }
columns.Place = { max-length = 10 }
sort = ["Name", "Venue"]
[[lists]]
section = ["*", "!List"]
[[counts]]
pattern = "{n} tools"
section = "List"
"""
IDLE_LIST = "# List\n\n| Name | Year |\n| --- | --- |\n| Ada | 2010 |\n\n- [Bob](https://example.org/)\n"


def test_what_fits_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(IDLE_LIST)
    (tmp_path / FILE_NAME).write_text(IDLE)
    notes = [
        ":3:1: tables.header: none of the checked tables has these columns",
        ":5:1: tables.section: matches no heading above any of the checked tables",
        ":9:9: tables.columns.Place: none of the matching tables has this column",
        ":10:17: tables.sort: none of the matching tables has this column",
        ":12:1: lists.section: matches no heading above any of the checked lists",
        ":14:1: counts.pattern: is not in any checked text",
    ]
    for _ in range(2):  # the second time from the cache
        done = run("README.md", "--select", "table", cwd=tmp_path)
        assert done.stderr.decode().splitlines() == [f"note: .awesome-lint.toml{note}" for note in notes]
    done = run(".", "--select", "table", cwd=tmp_path)
    path = "note: .awesome-lint.toml: per-path-ignores: 'docs/*.md' matches no checked file"
    assert done.stderr.decode().splitlines()[0] == path
    for option in ("--quiet", "--isolated"):
        assert run("README.md", "--select", "table", option, cwd=tmp_path).stderr == b""


def test_what_fits_one_of_the_files_is_not_told(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(IDLE_LIST)
    (tmp_path / "other.md").write_text("# Papers\n\n3 tools\n\n| Titel | Year |\n| --- | --- |\n| Cleo | 2010 |\n")
    (tmp_path / FILE_NAME).write_text(IDLE)
    done = run("README.md", "other.md", "--select", "table", cwd=tmp_path)
    lines = [line.split(":")[2] for line in done.stderr.decode().splitlines()]
    assert lines == ["9", "10", "12"]


def test_a_rule_that_needs_the_link_check_is_told(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(IDLE_LIST)
    done = run("README.md", "--select", "dead-link,link", cwd=tmp_path)
    assert done.stderr == b"note: dead-link does not run without --links\n"


def test_without_a_configuration_no_parser_is_loaded(tmp_path: Path) -> None:
    import subprocess
    import sys

    (tmp_path / "README.md").write_text("# List\n")
    program = (
        "import sys\nsys.argv = ['awesome-lint', 'README.md']\nfrom awesome_lint.cli import main\n"
        "try: main()\nfinally: print(sorted({'tomllib', 'awesome_lint.config.reading', 're2'} & {*sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=unmeasured(), capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_positions_are_positions() -> None:
    assert find_places("a = 1")["a",] == Position(1, 1)

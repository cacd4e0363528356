"""``awesome-lint export`` and ``awesome-lint stats``, as processes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.program import complaint, run

LIST = """\
# Papers

| Paper | Year | Modality |
| --- | --- | --- |
| [Alpha](https://example.org/a) | 2016 | MRI |
| [Beta](https://example.org/b) | 2018 | MRI, CT |

# Tools

| Tool | Year |
| --- | --- |
| [Gamma](https://example.org/g) | 2018 |
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "README.md").write_text(LIST, encoding="utf-8")
    (tmp_path / ".awesome-lint.toml").write_text(
        '[[tables]]\nheader = ["Year"]\ncolumns.Year = { type = "year" }\n', encoding="utf-8"
    )
    return tmp_path


def test_filters(folder: Path) -> None:
    done = run("export", "--where", "Year>=2017", "--section", "papers", "--columns", "modality, Paper", cwd=folder)
    (table,) = json.loads(done.stdout)["tables"]
    assert table["columns"] == ["Modality", "Paper"]
    assert [cell["text"] for row in table["rows"] for cell in row["cells"]] == ["MRI, CT", "Beta"]


def test_types_come_from_the_configuration(folder: Path) -> None:
    row = json.loads(run("export", "--format", "jsonl", cwd=folder).stdout.splitlines()[0])
    assert row["values"] == {"Paper": "Alpha", "Year": 2016, "Modality": "MRI"}
    row = json.loads(run("export", "--format", "jsonl", "--isolated", cwd=folder).stdout.splitlines()[0])
    assert "values" not in row


def test_markdown_and_bibtex(folder: Path) -> None:
    markdown = run("export", "--format", "markdown", "--section", "Tools", cwd=folder).stdout.decode()
    assert markdown == "# Tools\n\n| Tool | Year |\n| --- | --- |\n| [Gamma](https://example.org/g) | 2018 |\n"
    bibtex = run("export", "--format", "bibtex", "--where", "Modality ~ CT", cwd=folder).stdout.decode()
    assert bibtex.startswith("@misc{beta-2018,\n  title = {{Beta}},\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--where", "Year>="], "--where, character 7: expected a value after >="),
        (["--where", "Yaer=2016"], "no table has a column 'Yaer'; did you mean 'Year'?"),
        (["--columns", "Paper,Code"], "no table has a column 'Code'"),
        (["--lists", "--columns", "Year"], "--lists cannot be used with --columns: bullets have no columns"),
        (["--format", "xml"], "Invalid value for '--format'"),
    ],
)
def test_what_cannot_be_exported(folder: Path, arguments: list[str], message: str) -> None:
    done = run("export", *arguments, cwd=folder)
    assert done.returncode == 2
    assert message in complaint(done)


MIXED = b"""\
# Tools

- [Anvil](https://example.org/anvil) - Bears blows.

| Tool | Year |
| --- | --- |
| [Gamma](https://example.org/g) | 2018 |

## Papers

**Alpha** as told by [Ada](https://example.org/a)

**Beta** as told by [Ada](https://example.org/b)

**Gamma rays** as told by [Ada](https://example.org/r)
"""


@pytest.mark.parametrize(("arguments", "rows", "bullets"), [([], 1, 1), (["--tables"], 1, 0), (["--lists"], 0, 1)])
def test_tables_or_lists(tmp_path: Path, arguments: list[str], rows: int, bullets: int) -> None:
    done = run("export", "-", *arguments, cwd=tmp_path, stdin=MIXED)
    data = json.loads(done.stdout)
    assert (len(data["tables"]), len(data["lists"])) == (rows, bullets)
    note = "note: <stdin>: 3 paragraphs look like entries and are not exported, the first on line 11\n"
    assert (done.returncode, done.stderr.decode()) == (0, note)


NO_ENTRY = "no table row and no list item names anything"
BARE = b"# Tools\n\n| Tool | Year |\n| --- | --- |\n"


@pytest.mark.parametrize(
    ("text", "arguments", "reason"),
    [
        (b"", [], NO_ENTRY),
        (b"# A list\n\nNothing but words.\n", ["--tables"], NO_ENTRY),
        (MIXED, ["--section", "Nails"], "no table or list with entries is under the headings of --section"),
        (MIXED, ["--where", "Year > 2020"], "no entry matches --where, --columns and --section"),
        (BARE, [], "no table has rows, and no list has entries"),
        (BARE, ["--tables"], "no table has rows"),
        (BARE, ["--lists"], "no list has entries"),
    ],
)
def test_an_export_of_nothing_says_why(tmp_path: Path, text: bytes, arguments: list[str], reason: str) -> None:
    done = run("export", "-", *arguments, cwd=tmp_path, stdin=text)
    assert done.returncode == 0
    assert done.stderr.decode().splitlines()[-1] == f"note: <stdin>: nothing is exported: {reason}"


def test_an_export_of_something_says_nothing(folder: Path) -> None:
    assert run("export", cwd=folder).stderr == b""


def test_stats(folder: Path) -> None:
    shown = run("stats", cwd=folder).stdout.decode()
    assert shown.startswith("README.md\n3 entries: 3 rows in 2 tables, 0 bullets\n")
    data = json.loads(run("stats", "--format", "json", "README.md", cwd=folder).stdout)
    assert data["years"] == [{"year": 2016, "entries": 1}, {"year": 2018, "entries": 2}]
    assert run("stats", "missing.md", cwd=folder).returncode == 2


def test_a_verbose_check_says_what_is_not_read(tmp_path: Path) -> None:
    done = run("check", "-v", "--isolated", "-", cwd=tmp_path, stdin=MIXED)
    notes = done.stderr.decode().splitlines()
    assert "note: <stdin>: 3 paragraphs look like entries and are not checked as such, the first on line 11" in notes

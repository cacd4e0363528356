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
        (["--format", "xml"], "Invalid value for '--format'"),
    ],
)
def test_what_cannot_be_exported(folder: Path, arguments: list[str], message: str) -> None:
    done = run("export", *arguments, cwd=folder)
    assert done.returncode == 2
    assert message in complaint(done)


def test_stats(folder: Path) -> None:
    shown = run("stats", cwd=folder).stdout.decode()
    assert shown.startswith("README.md\n3 entries: 3 rows in 2 tables, 0 bullets\n")
    data = json.loads(run("stats", "--format", "json", "README.md", cwd=folder).stdout)
    assert data["years"] == [{"year": 2016, "entries": 1}, {"year": 2018, "entries": 2}]
    assert run("stats", "missing.md", cwd=folder).returncode == 2

"""Tables as data."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awesome_lint.config.finding import parse_configuration
from awesome_lint.config.loading import load, settings_for
from awesome_lint.export.delimited import render_csv
from awesome_lint.export.json import render_json, render_json_lines, selection_as_data
from awesome_lint.export.markdown import render_markdown
from awesome_lint.export.selection import Selection, Wanted, missing_names, select
from awesome_lint.export.where import WhereError, parse_where
from awesome_lint.markdown import parse
from awesome_lint.schema import Schemas
from awesome_lint.semantic.model import ListModel
from awesome_lint.source import Source

LIST = """\
# Papers

## Parts *new*

| Paper | Year | |
| :-- | :-: | --: |
| [Alpha](https://example.org/a "title") and `x\\|y` | 2016 | ![logo](a.png) |
| Beta &amp; more |
| Gamma | 2017 | a | b |

## Other

Year | Paper
--- | ---
2018 | **Delta** <https://example.org/d>
"""


def selected(text: str, wanted: Wanted | None = None, toml: str = "", path: str = "README.md") -> Selection:
    schemas = settings_for(load(parse_configuration(toml)), None, None).schemas if toml else Schemas()
    return select(ListModel(parse(Source(text, path))), schemas, wanted or Wanted())


def where(condition: str) -> Wanted:
    return Wanted(condition=parse_where(condition))


ALL = selected(LIST)


def test_json() -> None:
    first, second = selection_as_data(ALL)["tables"]
    assert first["line"] == 5
    assert first["section"] == ["Papers", "Parts new"]
    assert first["columns"] == ["Paper", "Year", ""]
    assert first["alignments"] == ["left", "center", "right"]
    assert first["rows"][0] == {
        "line": 7,
        "cells": [
            {
                "text": "Alpha and x|y",
                "markdown": '[Alpha](https://example.org/a "title") and `x\\|y`',
                "links": [{"text": "Alpha", "url": "https://example.org/a"}],
            },
            {"text": "2016", "markdown": "2016", "links": []},
            {"text": "logo", "markdown": "![logo](a.png)", "links": [{"text": "logo", "url": "a.png"}]},
        ],
    }
    assert [len(row["cells"]) for row in first["rows"]] == [3, 1, 4]
    assert first["rows"][1]["cells"][0]["text"] == "Beta & more"
    assert second["alignments"] == [None, None]
    assert second["rows"][0]["cells"][1]["text"] == "Delta https://example.org/d"


BULLETS = """\
# Tools

## Contents

- [Hand tools](#hand-tools)
- [Legend](#legend)

## Hand tools

- [Anvil](https://example.org/anvil) - Bears *blows*. [Source][src]
  - [Hammer](https://example.org/hammer) - Gives them.
- [=Bellows()](https://example.org/bellows) - Blows.

| Name | Year |
| --- | --- |
| [Chisel](https://example.org/chisel) | 2016 |

[src]: https://example.org/src
"""


def test_bullets_are_entries() -> None:
    data = selection_as_data(selected(BULLETS))
    assert [len(table["rows"]) for table in data["tables"]] == [1]
    outer, inner = data["lists"]
    assert outer["section"] == ["Tools", "Hand tools"]
    assert [entry["name"] for entry in outer["entries"]] == ["Anvil", "=Bellows()"]
    assert inner["entries"] == [
        {
            "line": 11,
            "name": "Hammer",
            "url": "https://example.org/hammer",
            "description": "Gives them.",
            "tags": [],
            "markdown": "[Hammer](https://example.org/hammer) - Gives them.",
            "links": [{"text": "Hammer", "url": "https://example.org/hammer"}],
        }
    ]
    lines = [json.loads(line) for line in render_json_lines([selected(BULLETS)]).splitlines()]
    assert [line.get("name") for line in lines] == [None, "Anvil", "=Bellows()", "Hammer"]


def test_bullets_as_csv_and_markdown() -> None:
    rows = list(csv.DictReader(io.StringIO(render_csv([selected(BULLETS)]))))
    assert [row["Name"] for row in rows] == ["Chisel", "Anvil", "'=Bellows()", "Hammer"]
    assert [row["Description"] for row in rows] == ["", "Bears blows. Source", "Blows.", "Gives them."]
    assert [row["url"] for row in rows[:2]] == ["https://example.org/chisel", "https://example.org/anvil"]
    assert [row["url"] for row in rows[:2]] == ["https://example.org/chisel", "https://example.org/anvil"]
    assert rows[1]["links"] == "https://example.org/anvil https://example.org/src"
    written = render_markdown([selected(BULLETS)])
    assert "- [Anvil](https://example.org/anvil) - Bears *blows*. [Source][src]\n" in written
    assert written.endswith("[src]: https://example.org/src\n")
    assert written.count("## Hand tools") == 1
    assert "Contents" not in written


def test_bullets_have_no_columns() -> None:
    assert not selected(BULLETS, Wanted(columns=("Name",))).lists
    assert not selected(BULLETS, where("Year = 2016")).lists
    assert not selected(BULLETS, Wanted(sections=("Other",))).lists


def test_one_file_is_an_object_and_several_are_a_list() -> None:
    assert json.loads(render_json([ALL], as_list=False))["path"] == "README.md"
    assert [file["path"] for file in json.loads(render_json([ALL, ALL], as_list=True))] == ["README.md"] * 2


def test_json_lines() -> None:
    lines = render_json_lines([ALL]).splitlines()
    assert len(lines) == 4
    row = json.loads(lines[-1])
    assert (row["path"], row["line"], row["section"]) == ("README.md", 15, ["Papers", "Other"])
    assert row["columns"] == ["Year", "Paper"]
    assert row["cells"][0] == {"text": "2018", "markdown": "2018", "links": []}


def test_csv_puts_columns_of_one_name_together() -> None:
    rows = list(csv.reader(io.StringIO(render_csv([ALL]))))
    url, other = "https://example.org/a", "https://example.org/d"
    assert rows == [
        ["path", "line", "section", "Paper", "Year", "", "", "url", "links"],
        ["README.md", "7", "Papers / Parts new", "Alpha and x|y", "2016", "logo", "", url, f"{url} a.png"],
        ["README.md", "8", "Papers / Parts new", "Beta & more", "", "", "", "", ""],
        ["README.md", "9", "Papers / Parts new", "Gamma", "2017", "a", "b", "", ""],
        ["README.md", "15", "Papers / Other", f"Delta {other}", "2018", "", "", other, other],
    ]  # fmt: skip


def test_equal_column_names_stay_apart() -> None:
    document = selected("| A | A |\n| - | - |\n| 1 | 2 |\n")
    assert render_csv([document]).splitlines() == ["path,line,section,A,A,url,links", "README.md,3,,1,2,,"]


def test_tsv_is_one_line_a_row() -> None:
    document = selected('| A |\n| - |\n| x "y", z |\n')
    assert render_csv([document], "\t").splitlines()[1] == 'README.md\t3\t\t"x ""y"", z"\t\t'


def test_no_tables() -> None:
    document = selected("# Nothing\n")
    assert selection_as_data(document)["tables"] == []
    assert render_json_lines([document]) == ""
    assert render_csv([document]) == "path,line,section,url,links\n"


def test_exported_text_cannot_act() -> None:
    document = selected("| A |\n| - |\n| \x1b[31m ##[error] \u202e |\n")
    for text in (render_csv([document]), render_json([document], as_list=False), render_json_lines([document])):
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "##[" not in text
    assert selection_as_data(document)["tables"][0]["rows"][0]["cells"][0]["text"] == "\x1b[31m ##[error] \u202e"


PAPERS = """\
# Papers

| Paper | Year | Modality | Venue | Code |
| --- | --- | --- | --- | --- |
| [U-Net](https://arxiv.org/abs/1505.04597v1) | 2015 | MRI, CT | MICCAI | [code](https://github.com/a/unet) |
| [V-Net](https://arxiv.org/abs/1606.04797) | 2016 | MRI | 3DV | - |
| [W-Net: a model & more](https://example.org/w) | 2018 | X-ray | - | [code](https://github.com/a/wnet) |

## Surveys

| Paper | Year | Pages |
| --- | --- | --- |
| [Survey of 50% of it](https://example.org/s) | 2017 | 1,024 |
"""
SCHEMA = """
[[tables]]
header = ["Paper", "Year"]
columns.Year = { type = "year" }
columns.Pages = { type = "number" }
columns.Code = { type = "github" }
columns.Modality = { separator = "," }
"""


def titles(selection: Selection) -> list[str]:
    return [row.cells[0].text.split(":")[0] for part in selection.parts for row in part.rows]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("Year>=2017", ["W-Net", "Survey of 50% of it"]),
        ("Year>=2016 and Modality=MRI", ["V-Net"]),
        ("modality = mri", ["U-Net", "V-Net"]),
        ("Modality != MRI", ["W-Net"]),
        ("Modality ~ ray or Year < 2016", ["U-Net", "W-Net"]),
        ("not Code", ["V-Net"]),
        ("Code and not (Year=2015 or Year=2016)", ["W-Net"]),
        ("'Paper' ~ \"a model & more\"", ["W-Net"]),
        ("Pages > 1000", ["Survey of 50% of it"]),
        ("Pages > 1024", []),
        ("Venue >= m", ["U-Net"]),
        ("Year = 2015 OR Year == 2018 AND Code", ["U-Net", "W-Net"]),
    ],
)  # fmt: skip
def test_where(condition: str, expected: list[str]) -> None:
    assert titles(selected(PAPERS, where(condition))) == expected


@pytest.mark.parametrize(
    ("condition", "position", "message"),
    [
        ("", 0, "expected the name of a column"),
        ("Year >=", 7, "expected a value after >="),
        ("Year >= and", 8, "expected a value after >="),
        ("(Year", 5, "expected “)”"),
        ("Year = 1 Code", 9, "expected “and”, “or” or the end"),
        ("Year = 'x", 7, "unclosed quotation mark"),
        ("Year ! 3", 5, "unexpected “!”"),
        ("(" * 60 + "Year" + ")" * 60, 51, "the condition is nested too deeply"),
        ("not " * 60 + "Year", 204, "the condition is nested too deeply"),
    ],
)
def test_where_says_what_is_wrong(condition: str, position: int, message: str) -> None:
    with pytest.raises(WhereError) as error:
        parse_where(condition)
    assert error.value.position == position
    assert str(error.value).startswith(message)


def outcome(condition: str) -> int:
    """Whether *condition* holds for 2, or where it is wrong."""
    try:
        return int(parse_where(condition).holds(lambda _: ["2"]))
    except WhereError as error:
        return error.position


@given(st.text(st.sampled_from("Year and or not()=<>!~'\"2 "), max_size=30))
def test_where_takes_any_text(condition: str) -> None:
    assert 0 <= outcome(condition) <= len(condition) + 1


def test_sections_and_columns() -> None:
    part = selection_as_data(selected(PAPERS, Wanted(("sur*",), ("pages", "Paper", "Code"))))["tables"]
    assert [table["columns"] for table in part] == [["Pages", "Paper"]]
    assert [cell["text"] for cell in part[0]["rows"][0]["cells"]] == ["1,024", "Survey of 50% of it"]
    assert titles(selected(PAPERS, Wanted(("!Surveys",)))) == ["U-Net", "V-Net", "W-Net"]
    assert missing_names([ListModel(parse(Source(PAPERS)))], Wanted((), ("Paper", "Titel"))) == (
        ["Titel"],
        ["Paper", "Year", "Modality", "Venue", "Code", "Pages"],
    )


def test_a_cell_that_a_row_lacks_is_empty_among_selected_columns() -> None:
    table = selection_as_data(selected(LIST, Wanted(columns=("Year", "Paper"))))["tables"][0]
    assert [cell["text"] for cell in table["rows"][1]["cells"]] == ["", "Beta & more"]
    assert table["alignments"] == ["center", "left"]


def values(selection: Selection) -> list[dict[str, Any]]:
    return [row["values"] for table in selection_as_data(selection)["tables"] for row in table["rows"]]


def test_values_have_the_types_of_the_schema() -> None:
    first, second, _, survey = values(selected(PAPERS, toml=SCHEMA))
    assert first == {
        "Paper": "U-Net",
        "Year": 2015,
        "Modality": ["MRI", "CT"],
        "Venue": "MICCAI",
        "Code": "a/unet",
    }
    assert second["Code"] is None
    assert survey == {"Paper": "Survey of 50% of it", "Year": 2017, "Pages": 1024}
    assert json.loads(render_json_lines([selected(PAPERS, toml=SCHEMA)]).splitlines()[0])["values"] == first
    assert "values" not in selection_as_data(selected(PAPERS))["tables"][0]["rows"][0]


def test_what_is_not_of_its_type_stays_a_text() -> None:
    text = "| Paper | Year |\n| - | - |\n| A | soon |\n| B | 2016 |\n"
    assert [row["Year"] for row in values(selected(text, toml=SCHEMA))] == ["soon", 2016]


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", '=HYPERLINK("https://example.org")'])
def test_a_formula_is_no_formula_in_csv(text: str) -> None:
    row = next(csv.reader(io.StringIO(render_csv([selected(f"| A |\n| - |\n| {text} |\n")]).partition("\n")[2])))
    assert row[3] == f"'{text}"


@pytest.mark.parametrize("text", ["-", "--", "-5", "+3.5", "-1,024", "-45%", "a=b", "U-Net"])
def test_other_text_stays_as_it_is_in_csv(text: str) -> None:
    row = next(csv.reader(io.StringIO(render_csv([selected(f"| A |\n| - |\n| {text} |\n")]).partition("\n")[2])))
    assert row[3] == text


UNTIDY = """\
Papers [too][x]
===

Name|Year
:-|-
[Alpha][x]|2016
Beta \\| more|

### Deep

|Name|
|-|
|![logo]|

[x]: https://example.org/x
[X]: https://example.org/other
[logo]: logo.png "Logo"
[y]: https://example.org/y
"""


def test_markdown_is_canonical_and_keeps_what_it_refers_to() -> None:
    assert (
        render_markdown([selected(UNTIDY)])
        == """\
# Papers [too][x]

| Name | Year |
| :-- | --- |
| [Alpha][x] | 2016 |
| Beta \\| more |

### Deep

| Name |
| --- |
| ![logo] |

[x]: https://example.org/x
[logo]: logo.png "Logo"
"""
    )


def test_markdown_of_a_real_list_shows_the_same_tables(real_list: Path) -> None:
    source = Source.from_bytes(real_list.read_bytes())
    document = parse(source)
    again = parse(Source(render_markdown([select(ListModel(document), Schemas(), Wanted())])))
    assert [[cell.text for row in table.rows for cell in row.cells] for table in again.tables] == [
        [cell.text for row in table.rows for cell in row.cells] for table in document.tables
    ]

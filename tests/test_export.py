"""Tables as data."""

from __future__ import annotations

import csv
import io
import json

from awesome_lint.export import document_as_data, render_csv, render_json, render_json_lines
from awesome_lint.markdown import parse
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
DOCUMENT = parse(Source(LIST, "README.md"))


def test_json() -> None:
    first, second = document_as_data(DOCUMENT)["tables"]
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


def test_one_file_is_an_object_and_several_are_a_list() -> None:
    assert json.loads(render_json([DOCUMENT], as_list=False))["path"] == "README.md"
    assert [file["path"] for file in json.loads(render_json([DOCUMENT, DOCUMENT], as_list=True))] == ["README.md"] * 2


def test_json_lines() -> None:
    lines = render_json_lines([DOCUMENT]).splitlines()
    assert len(lines) == 4
    row = json.loads(lines[-1])
    assert (row["path"], row["line"], row["section"]) == ("README.md", 15, ["Papers", "Other"])
    assert row["columns"] == ["Year", "Paper"]
    assert row["cells"][0] == {"text": "2018", "markdown": "2018", "links": []}


def test_csv_puts_columns_of_one_name_together() -> None:
    rows = list(csv.reader(io.StringIO(render_csv([DOCUMENT]))))
    assert rows == [
        ["path", "line", "section", "Paper", "Year", "", "", "links"],
        ["README.md", "7", "Papers / Parts new", "Alpha and x|y", "2016", "logo", "", "https://example.org/a a.png"],
        ["README.md", "8", "Papers / Parts new", "Beta & more", "", "", "", ""],
        ["README.md", "9", "Papers / Parts new", "Gamma", "2017", "a", "b", ""],
        ["README.md", "15", "Papers / Other", "Delta https://example.org/d", "2018", "", "", "https://example.org/d"],
    ]  # fmt: skip


def test_equal_column_names_stay_apart() -> None:
    document = parse(Source("| A | A |\n| - | - |\n| 1 | 2 |\n"))
    assert render_csv([document]).splitlines() == ["path,line,section,A,A,links", "<stdin>,3,,1,2,"]


def test_tsv_is_one_line_a_row() -> None:
    document = parse(Source('| A |\n| - |\n| x "y", z |\n'))
    assert render_csv([document], "\t").splitlines()[1] == '<stdin>\t3\t\t"x ""y"", z"\t'


def test_no_tables() -> None:
    document = parse(Source("# Nothing\n"))
    assert document_as_data(document)["tables"] == []
    assert render_json_lines([document]) == ""
    assert render_csv([document]) == "path,line,section,links\n"


def test_exported_text_cannot_act() -> None:
    document = parse(Source("| A |\n| - |\n| \x1b[31m ##[error] \u202e |\n"))
    for text in (render_csv([document]), render_json([document], as_list=False), render_json_lines([document])):
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "##[" not in text
    assert document_as_data(document)["tables"][0]["rows"][0]["cells"][0]["text"] == "\x1b[31m ##[error] \u202e"

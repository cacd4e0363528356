"""Entries that are neither rows nor bullets, as data."""

from __future__ import annotations

import csv
import io

import pytest

from awesome_lint.export.delimited import render_csv
from awesome_lint.export.json import selection_as_data
from awesome_lint.export.markdown import render_markdown
from awesome_lint.export.page import render_page
from awesome_lint.export.selection import Wanted, missing_names, select
from awesome_lint.export.where import parse_where
from awesome_lint.markdown import parse
from awesome_lint.schema import Schemas
from awesome_lint.semantic.model import ListModel
from awesome_lint.source import Source

TEXT = (
    "# A\n\n**Alpha** \\\n*Ada*, `a \\` [[pdf]](https://a.org)\n\n**Beta** [x](https://b.org)\n\n"
    "**Gamma** [x](https://c.org)\n\n> **[D](https://d.org)** one\n> two\n\n> **[E](https://e.org)**\n\n"
    "> **[F](https://f.org)**\n"
)
DOCUMENT = parse(Source(TEXT, "README.md"))
SELECTED = select(ListModel(DOCUMENT), Schemas(), Wanted())


def test_passages_are_exported_as_bullets_are() -> None:
    paragraphs, quotes = selection_as_data(SELECTED)["lists"]
    assert [(each["name"], each["url"], each["line"]) for each in paragraphs["entries"]] == [
        ("Alpha", "https://a.org", 3),
        ("Beta", "https://b.org", 6),
        ("Gamma", "https://c.org", 8),
    ]
    assert [(each["name"], each["description"]) for each in quotes["entries"]] == [
        ("D", "one two"),
        ("E", ""),
        ("F", ""),
    ]
    assert render_csv([SELECTED]).splitlines()[1] == 'README.md,3,A,Alpha,"Ada, a \\ [pdf]",https://a.org,https://a.org'
    assert render_markdown([SELECTED]).splitlines()[2:7] == [
        "- **Alpha** *Ada*, `a \\` [[pdf]](https://a.org)",
        "- **Beta** [x](https://b.org)",
        "- **Gamma** [x](https://c.org)",
        "",
        "- **[D](https://d.org)** one two",
    ]
    assert select(ListModel(DOCUMENT), Schemas(), Wanted(lists=False)).is_empty


LISTS = """\
# Tools

- [Anvil](https://a.org) - Bears blows. `MIT` `Go/Docker`
- [Bellows](https://b.org) - Blows. `GPL` `Rust`
- [Chisel](https://c.org) `MIT` `Rust`

## Quoted

> **[Drill](https://d.org)** - Drills.

> **[Edger](https://e.org)** - Edges.

> **[Fretsaw](https://f.org)** - Files.

## In HTML

<table>
<tr><th>Name</th><th>Year</th></tr>
<tr><td><a href="https://g.org">Gouge</a></td><td>2016</td></tr>
<tr><td><a href="https://h.org">Hammer</a></td><td>2017</td></tr>
<tr><td><a href="https://i.org">Iron</a></td><td>2018</td></tr>
</table>
"""


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("Tags = MIT", ["Anvil", "Chisel"]),
        ("tags = docker", ["Anvil"]),
        ("Tags", ["Anvil", "Bellows", "Chisel"]),
        ("not Description", ["Chisel", "Gouge", "Hammer", "Iron"]),
        ("Description ~ dr or URL ~ b.org", ["Bellows", "Drill"]),
        ("Name = fretsaw", ["Fretsaw"]),
        ("Year >= 2017", ["Hammer", "Iron"]),
        ("Year >= 2017 and Tags", []),
    ],
)
def test_where_knows_the_parts_of_what_is_no_row(condition: str, expected: list[str]) -> None:
    found = select(ListModel(parse(Source(LISTS))), Schemas(), Wanted(condition=parse_where(condition)))
    assert [entry.title for bullets in found.lists for entry in bullets.entries] == expected


def test_names_that_where_may_use() -> None:
    document = parse(Source(LISTS))
    assert missing_names([ListModel(document)], Wanted(condition=parse_where("Year and tags and Link")))[0] == ["Link"]
    assert missing_names([ListModel(document)], Wanted(condition=parse_where("tags"), lists=False))[0] == ["tags"]
    assert missing_names([ListModel(document)], Wanted(columns=("Year",)))[0] == ["Year"]


def test_tags_and_the_columns_of_html_tables() -> None:
    selection = select(ListModel(parse(Source(LISTS))), Schemas(), Wanted())
    bullets, quotes, html = selection_as_data(selection)["lists"]
    assert [each["tags"] for each in bullets["entries"]] == [["MIT", "Go", "Docker"], ["GPL", "Rust"], ["MIT", "Rust"]]
    assert quotes["entries"][0]["tags"] == []
    assert html["entries"][0]["fields"] == {"Name": "Gouge", "Year": "2016"}
    rows = list(csv.DictReader(io.StringIO(render_csv([selection]))))
    assert [(row["Name"], row["Year"], row["url"]) for row in rows[5:7]] == [
        ("Fretsaw", "", "https://f.org"),
        ("Gouge", "2016", "https://g.org"),
    ]
    page = render_page([selection])
    assert "<dt>Year</dt><dd>2018</dd>" in page
    assert '<a href="https://d.org" rel="noopener nofollow">Drill</a></span> Drills.' in page

"""Entries that are neither rows nor bullets, as data."""

from __future__ import annotations

from awesome_lint.export.delimited import render_csv
from awesome_lint.export.json import selection_as_data
from awesome_lint.export.markdown import render_markdown
from awesome_lint.export.selection import Wanted, select
from awesome_lint.markdown import parse
from awesome_lint.schema import Schemas
from awesome_lint.source import Source

TEXT = (
    "# A\n\n**Alpha** \\\n*Ada*, `a \\` [[pdf]](https://a.org)\n\n**Beta** [x](https://b.org)\n\n"
    "**Gamma** [x](https://c.org)\n\n> **[D](https://d.org)** one\n> two\n\n> **[E](https://e.org)**\n\n"
    "> **[F](https://f.org)**\n"
)
DOCUMENT = parse(Source(TEXT, "README.md"))
SELECTED = select(DOCUMENT, Schemas(), Wanted())


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
    assert render_csv([SELECTED]).splitlines()[1] == 'README.md,3,A,Alpha,"Ada, a \\ [pdf]",https://a.org'
    assert render_markdown([SELECTED]).splitlines()[2:7] == [
        "- **Alpha** *Ada*, `a \\` [[pdf]](https://a.org)",
        "- **Beta** [x](https://b.org)",
        "- **Gamma** [x](https://c.org)",
        "",
        "- **[D](https://d.org)** one two",
    ]
    assert select(DOCUMENT, Schemas(), Wanted(lists=False)).is_empty

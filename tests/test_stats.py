"""A list in numbers."""

from __future__ import annotations

import json

import pytest

from awesome_lint.markdown import parse
from awesome_lint.report.style import Style
from awesome_lint.source import Source
from awesome_lint.stats.counting import Gaps, Statistics, take_statistics
from awesome_lint.stats.rendering import render_json, render_text

LIST = """\
# Papers

## Networks

| Paper | Year | Code | Data |
| --- | --- | --- | --- |
| [U-Net](https://arxiv.org/abs/1505.04597) | 2015 | [code](https://github.com/a/unet) | - |
| [V-Net](https://example.org/v.pdf) | 2016 | - | [set](https://example.org/set) |
| [W-Net](https://www.example.org/w) | May 2016 | ✗ | N/A |
| [X-Net](https://example.org/x) | 2016 |

## 2019

- [Ada](https://example.org/ada) - Edits.
- [Bea](https://gitlab.com/bea/bea) - Edits, too.
  - [pdf](https://example.org/bea)

## Tools

### 2020 年

- [Cyd](https://example.org/cyd) - Edits.
- [Dan](#ada) ![logo](https://img.example.org/dan.svg)
"""


@pytest.fixture(scope="module")
def found() -> Statistics:
    return take_statistics(parse(Source(LIST, "README.md")))


def test_counts(found: Statistics) -> None:
    assert (found.path, found.tables, found.rows, found.bullets) == ("README.md", 1, 4, 3)
    assert found.entries == 7
    assert found.sections == ((("Papers", "Networks"), 4), (("Papers", "2019"), 2), (("Papers", "Tools", "2020 年"), 1))
    assert found.years == (("2015", 1), ("2016", 3), ("2019", 2), ("2020", 1))
    assert found.hosts == (("example.org", 7), ("arxiv.org", 1), ("github.com", 1), ("gitlab.com", 1))
    assert found.offers == (("code", 2), ("pdf", 3), ("dataset", 1))


def test_gaps_count_intact_rows_only(found: Statistics) -> None:
    assert found.gaps == (
        Gaps("Data", 3, 2), Gaps("Code", 3, 1), Gaps("Paper", 3, 0), Gaps("Year", 3, 0)
    )  # fmt: skip


def test_text_has_bars(found: Statistics) -> None:
    assert (
        render_text([found], Style(width=60), most=2)
        == """\
README.md
7 entries: 4 rows in 1 table, 3 bullets

Entries per section
  Networks               4  ██████████████████████████████
  2019                   2  ███████████████
  … and 1 more

Entries per year
  2015               1  ███████████▍
  2016               3  ██████████████████████████████████
  2019               2  ██████████████████████▋
  2020               1  ███████████▍

Links per host
  example.org               7  ███████████████████████████
  arxiv.org                 1  ███▉
  … and 2 more

Entries by what they link to
  with code            2 (29%)  ███████▍
  with pdf             3 (43%)  ███████████▏
  with dataset         1 (14%)  ███▊

Empty cells per column
  Data          2 of 3  ██████████████████████▋
  Code          1 of 3  ███████████▍
"""
    )


def test_json(found: Statistics) -> None:
    data = json.loads(render_json([found], as_list=False))
    assert data["entries"] == 7
    assert data["sections"][2] == {"section": ["Papers", "Tools", "2020 年"], "entries": 1}
    assert data["years"][0] == {"year": 2015, "entries": 1}
    assert data["hosts"][1] == {"host": "arxiv.org", "links": 1}
    assert data["offers"] == {"code": 2, "pdf": 3, "dataset": 1}
    assert data["columns"][0] == {"column": "Data", "cells": 3, "empty": 2}
    assert [each["path"] for each in json.loads(render_json([found, found], as_list=True))] == ["README.md"] * 2


def test_sections_of_one_name_are_told_apart_and_nothing_acts() -> None:
    text = "".join(
        f"# {year}\n\n## ICLR\n\n- [Ada](https://example.org/{year}) - Edits \x1b[31m.\n\n" for year in (2019, 2020)
    )
    shown = render_text([take_statistics(parse(Source(text + "# \x1b[31mRed\n\n- [B](https://b.org)\n")))], Style())
    assert "ICLR (2019)" in shown
    assert "ICLR (2020)" in shown
    assert "\x1b" not in shown


def test_an_empty_document() -> None:
    shown = render_text([take_statistics(parse(Source("", "README.md")))], Style())
    assert shown.startswith("README.md\n0 entries: 0 rows in 0 tables, 0 bullets\nNothing here looks like an entry: ")


UNREAD = """\
# Papers

**Alpha of the sea** \\
[[pdf]](https://example.org/a)

:star: **Beta of the lakes** [[pdf]](https://example.org/b)

3. not a list: **Gamma**

[Gamma of the brooks](https://example.org/c). Ada, Bob. 2019.

A paragraph that mentions [something](https://example.org/d).

> **[Delta](https://example.org/e)** - draws.

<details><summary>Epsilon</summary>

See [the paper](https://example.org/f).
</details>

<table>
<tr><td><a href="https://example.org/g">Zeta</a></td></tr>
<tr><td>no link</td></tr>
</table>
<!-- ALL-CONTRIBUTORS-LIST:START -->
<table><tr><td><a href="https://example.org/ada">Ada</a></td></tr></table>
<!-- ALL-CONTRIBUTORS-LIST:END -->
"""


def test_what_looks_like_entries_is_named() -> None:
    alone = take_statistics(parse(Source(UNREAD, "README.md")))
    assert (alone.entries, [(each.kind, each.count, each.line) for each in alone.unread]) == (
        0,
        [("paragraphs", 3, 3), ("quotes", 1, 14), ("details", 1, 16), ("html-rows", 1, 22)],
    )
    text = render_text([alone], Style(width=60))
    assert "3 paragraphs look like entries and are not counted, the first on line 3\n" in text
    assert "1 block quote looks like an entry and is not counted, on line 14\n" in text
    assert json.loads(render_json([alone], as_list=False))["unread"][0] == {"kind": "paragraphs", "count": 3, "line": 3}


def test_a_few_paragraphs_beside_entries_are_no_entries() -> None:
    beside = take_statistics(parse(Source(f"{LIST}\n> **[Delta](https://example.org/e)** - draws.\n", "README.md")))
    assert beside.unread == ()
    three = "".join(f"> **[{name}](https://example.org/{name})**\n\n" for name in ("Delta", "Epsilon", "Zeta"))
    beside = take_statistics(parse(Source(f"{LIST}\n## More\n\n{three}", "README.md")))
    assert (beside.entries, beside.unread) == (10, ())
    assert "3 bullets, 3 block quotes\n" in render_text([beside], Style(width=60))
    assert json.loads(render_json([beside], as_list=False))["shapes"] == {"quote": 3}
    three = "".join(
        f"> **{name}** of [the sea](https://example.org/{name})\n\n" for name in ("Delta", "Epsilon", "Zeta")
    )
    beside = take_statistics(parse(Source(f"{LIST}\n## More\n\n{three}", "README.md")))
    assert [(each.kind, each.count) for each in beside.unread] == [("quotes", 3)]


def test_a_text_without_entries_is_reported_to_have_none() -> None:
    assert "Nothing here looks like an entry" in render_text([take_statistics(parse(Source("# A")))], Style(width=60))

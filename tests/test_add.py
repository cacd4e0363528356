"""``awesome-lint add``: one line more, written and placed as its neighbours are, and nothing else changed."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awesome_lint.adding.add import add
from awesome_lint.adding.addition import AddError, Addition, DuplicateError
from awesome_lint.markdown import parse
from awesome_lint.semantic.model import ListModel
from awesome_lint.source import Source
from tests.markdown.oracle import rendered
from tests.program import complaint, run

BULLETS = """# Maps

## Editors

- [Alpha](https://example.org/alpha) - Draws maps.
- [Gamma](https://example.org/gamma) - Draws charts.
- [Zeta](https://example.org/zeta) - Draws plans.

## Viewers

* **[One](https://one.example.org)**: Shows maps
* **[Two](https://two.example.org)**: Shows plans
"""
TABLE = """# Papers

| Title | Data | Year |
| --- | --- | --- |
| [Beta](https://example.org/beta) | LIDC | 2018 |
| [Kappa](https://example.org/kappa) | - | 2017 |
| [Alpha](https://example.org/alpha) | - | 2015 |

Text.
"""


def line_of(text: str, **fields: object) -> tuple[int, str]:
    """The number of the new line, and the line; all others are as they were."""
    source = Source(text)
    added = add(source, Addition(**fields))  # type: ignore[arg-type]
    lines = added.source.raw.splitlines(keepends=True)
    written = lines.pop(added.line - 1)
    assert "".join(lines) == text
    return added.line, written


ARXIV = [f"[paper](https://arxiv.org/abs/{key})" for key in ("2301.00005", "2210.00004", "2105.00003", "1905.00002")]
STARS = ["9.1k", "8k", "1,200", "700", "30", "4"]


@pytest.mark.parametrize(
    ("column", "new", "place"),
    [
        (ARXIV, "[paper](https://arxiv.org/abs/2106.00001)", 3),
        (ARXIV[::-1], "[paper](https://arxiv.org/abs/2106.00001)", 3),
        (ARXIV, "[paper](https://arxiv.org/abs/1801.00001)", 5),
        (STARS, "7k", 3),
        (STARS, "0", 7),
        (STARS[::-1], "7k", 5),
        (STARS[:5], "7k", 6),
    ],
)
def test_a_row_goes_to_its_place_in_the_order_of_a_column(column: list[str], new: str, place: int) -> None:
    names = ["Mu", "Beta", "Zeta", "Alpha", "Kappa", "Delta"]
    rows = [f"| [{name}](https://example.org/{name}) | {value} |\n" for name, value in zip(names, column, strict=False)]
    text = "".join(["# Tools\n\n", "| Name | Value |\n", "| --- | --- |\n", *rows])
    line, _ = line_of(text, name="Eta", url="https://example.org/eta", values={"Value": new})
    assert line == 4 + place


@pytest.mark.parametrize(("name", "place"), [("Beta", 6), ("delta", 6), ("Aaa", 5), ("Zz top", 8), ("Gamma Ray", 7)])
def test_a_bullet_goes_to_its_place(name: str, place: int) -> None:
    found = line_of(BULLETS, section="Editors", name=name, url="https://example.org/x", description="Draws")
    assert found == (place, f"- [{name}](https://example.org/x) - Draws.\n")


def test_a_bullet_is_written_like_those_of_its_section() -> None:
    fields = {"section": "#viewers", "name": "Six", "url": "https://six.example.org", "description": "Shows it"}
    assert line_of(BULLETS, **fields) == (13, "* **[Six](https://six.example.org)**: Shows it\n")


def test_a_row_goes_to_the_place_of_its_year() -> None:
    values = {"title": "[Mu](https://example.org/mu)", "Year": "2016"}
    assert line_of(TABLE, values=values) == (7, "| [Mu](https://example.org/mu) | - | 2016 |\n")
    assert line_of(TABLE, name="Mu", url="https://example.org/mu") == (8, "| [Mu](https://example.org/mu) | - | - |\n")


def test_a_row_goes_after_the_one_that_is_named() -> None:
    assert line_of(TABLE, name="Mu", after="beta")[0] == 6
    with pytest.raises(AddError, match="no entry 'Bett'; did you mean 'Beta'"):
        line_of(TABLE, name="Mu", after="Bett")


@pytest.mark.parametrize(
    ("row", "written"),
    [
        ("|{}|{}|{}|", "|Mu|-|2016|"),
        ("{} | {} | {}", "Mu | - | 2016"),
        ("> | {} | {} | {} |", "> | Mu | - | 2016 |"),
        ("  |{} |{} |{} |", "  |Mu |- |2016 |"),
    ],
)
def test_a_row_has_the_form_of_its_table(row: str, written: str) -> None:
    rows = [["Beta", "LIDC", "2018"], ["Kappa", "-", "2017"], ["Iota", "-", "2015"]]
    text = "\n".join(row.format(*each) for each in (["Title", "Data", "Year"], ["---"] * 3, *rows)) + "\n"
    assert line_of(text, values={"Title": "Mu", "Year": "2016"}) == (5, f"{written}\n")


def test_an_aligned_table_stays_aligned() -> None:
    text = "| Name  | Year |\n| ----- | ---- |\n| 表    | 2015 |\n| Gamma | 2016 |\n| Zeta  | 2017 |\n"
    assert line_of(text, values={"Name": "Mu", "Year": "2018"}) == (6, "| Mu    | 2018 |\n")
    assert line_of(text, values={"Name": "数据集", "Year": "2018"})[1] == "| 数据集 | 2018 |\n"


def test_pipes_and_brackets_are_escaped() -> None:
    assert line_of(TABLE, values={"Title": "A | B", "Data": "`a\\|b`"})[1] == "| A \\| B | `a\\|b` | - |\n"
    assert line_of(BULLETS, section="Editors", name="A] B", url="https://e.org/(x")[1].startswith(
        "- [A\\] B](https://e.org/%28x)"
    )


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (
            {"section": "Editors", "name": "Other", "url": "http://www.example.org/alpha/"},
            "“Alpha” is already in the list, on line 5",
        ),
        ({"section": "Editors", "name": "alpha"}, "is already in the list, on line 5"),
        ({"section": "Viewers", "name": "Gamma", "url": "https://example.org/gamma"}, "on line 6"),
    ],
)
def test_what_is_in_the_list_is_refused(fields: dict[str, str], message: str) -> None:
    with pytest.raises(DuplicateError, match=message):
        add(Source(BULLETS), Addition(**fields))  # type: ignore[arg-type]


def test_a_duplicate_is_named_before_what_else_is_wrong() -> None:
    text = "- Al - [A](https://a.org)\n- Be - [B](https://b.org)\n"
    with pytest.raises(DuplicateError, match="on line 2"):
        add(Source(text), Addition(name="B", url="https://b.org/"))


@pytest.mark.parametrize(
    ("text", "fields", "message"),
    [
        (BULLETS, {"name": "A", "url": "https://a.org"}, "name the section with --section: Editors, Viewers"),
        (BULLETS, {"section": "Editor", "name": "A"}, "there is no section 'Editor'; did you mean 'Editors'"),
        (BULLETS, {"section": "Maps", "name": "A"}, "has several tables or lists; name one of: Editors, Viewers"),
        (BULLETS, {"section": "Editors", "url": "https://a.org"}, "a bullet needs a name"),
        (BULLETS, {"section": "Editors", "name": "A", "values": {"Year": "1"}}, "a bullet has no columns"),
        (BULLETS, {"section": "Editors", "name": "A", "description": "a\n- b"}, "must be one line"),
        (BULLETS, {"section": "Editors", "name": "A\n\nB"}, "must be one line"),
        (BULLETS, {"section": "Editors", "name": "A", "url": "https://a b"}, "has a space"),
        (TABLE, {"values": {"Jahr": "2015"}}, "the table has no column 'Jahr'"),
        (TABLE, {"values": {"Title": "A\nB"}}, "must be one line"),
        (TABLE, {"name": "A", "description": "text"}, "no column of descriptions"),
        ("# Maps\n\nText.\n", {"name": "A"}, "there is no table or list of entries"),
        ("", {"name": "A"}, "there is no table or list of entries"),
        ("1. [A](https://a.org)\n2. [B](https://b.org)\n", {"name": "C", "url": "https://c.org"}, "numbered list"),
        ("- Al - [A](https://a.org)\n- Be - [B](https://b.org)\n", {"name": "C"}, "words before their links"),
    ],
)
def test_what_cannot_be_added_is_told(text: str, fields: dict[str, str], message: str) -> None:
    with pytest.raises(AddError) as error:
        add(Source(text), Addition(**fields))  # type: ignore[arg-type]
    assert message in str(error.value)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("end", ["", "\n"])
def test_line_endings_stay(newline: str, end: str) -> None:
    text = BULLETS.replace("\n", newline).removesuffix(newline) + end.replace("\n", newline)
    added = add(Source(text), Addition(section="Viewers", name="Zulu", url="https://zulu.example.org"))
    assert (
        added.source.raw
        == text.removesuffix(newline)
        + f"{newline}* **[Zulu](https://zulu.example.org)"
        + (added.source.raw.rpartition("zulu.example.org)")[2])
    )
    assert added.source.raw.endswith(end.replace("\n", newline))


def test_a_loose_list_stays_loose() -> None:
    text = "- [Alpha](https://a.org)\n\n- [Gamma](https://g.org)\n\n- [Zeta](https://z.org)\n"
    added = add(Source(text), Addition(name="Beta", url="https://b.org"))
    assert added.source.raw == text.replace("\n\n- [G", "\n\n- [Beta](https://b.org)\n\n- [G")
    first = add(Source(text), Addition(name="Aa", url="https://b.org"))
    assert first.source.raw == f"- [Aa](https://b.org)\n\n{text}"


MARKDOWN = st.text(st.sampled_from("aB1 |`*_[]()<>\\#-!&;:/é表"), max_size=12)


@given(MARKDOWN, MARKDOWN, st.sampled_from([BULLETS, TABLE]))
def test_whatever_is_added_github_shows_one_entry_more(name: str, text: str, base: str) -> None:
    fields = {"section": "Editors", "name": name, "url": "https://new.example.org", "description": text}
    if base is TABLE:
        fields = {"values": {"Title": name, "Data": text}}  # type: ignore[dict-item]
    try:
        added = add(Source(base), Addition(**fields))  # type: ignore[arg-type]
    except AddError:
        return
    before, after = rendered(base), rendered(added.source.text)
    assert after.count("<tr>") + after.count("<li>") == before.count("<tr>") + before.count("<li>") + 1
    assert after.count("<td>") - before.count("<td>") in (0, 3)
    assert added.source.raw.replace(f"{added.written}\n", "", 1) == base


def test_entries_of_real_lists_are_refused_as_duplicates(real_list: Path) -> None:
    source = Source(real_list.read_text(encoding="utf-8"))
    entries = [each for each in ListModel(parse(source)).entries if each.url.startswith("http") and each.section]
    for entry in random.Random(real_list.stem).sample(entries, min(5, len(entries))):
        section = f"#{entry.section[-1].anchor}"
        with pytest.raises(AddError):
            add(source, Addition(section=section, name=entry.title, url=entry.url))


@pytest.fixture
def readme(tmp_path: Path) -> Path:
    (tmp_path / "README.md").write_text(BULLETS, encoding="utf-8")
    return tmp_path / "README.md"


def test_the_command_writes_the_file(readme: Path) -> None:
    line = ["--section", "Editors", "--name", "Beta", "--url", "https://example.org/beta", "--description", "Draws"]
    done = run("add", *line, "--print", cwd=readme.parent)
    assert done.stdout == b"- [Beta](https://example.org/beta) - Draws.\n"
    assert readme.read_text(encoding="utf-8") == BULLETS
    done = run("add", *line, cwd=readme.parent)
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"README.md:6: added - [Beta](https://example.org/beta) - Draws." in done.stderr
    again = run("add", *line, cwd=readme.parent)
    assert again.returncode == 1
    assert again.stderr.decode() == "error: README.md: “Beta” is already in the list, on line 6\n"


def test_the_command_reads_json(readme: Path) -> None:
    fields = {"section": "Editors", "name": "Beta", "url": "https://example.org/beta"}
    done = run("add", "--json", "-", "--print", cwd=readme.parent, stdin=json.dumps(fields).encode())
    assert done.stdout == b"- [Beta](https://example.org/beta)\n"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"[]", "must be an object"),
        (b"{", "--json"),
        (b"[" * 100_000, "--json"),
        (b'{"title": "x"}', "'title' is not one of"),
        (b'{"name": 1}', "every value must be a string"),
        (b'{"columns": ["x"]}', "columns must be an object"),
        (b"{}", "say what to add"),
    ],
)
def test_json_that_cannot_be_read(readme: Path, data: bytes, message: str) -> None:
    done = run("add", "--json", "-", cwd=readme.parent, stdin=data)
    assert done.returncode == 2
    assert message in complaint(done)


def test_a_set_without_an_equals_sign(readme: Path) -> None:
    assert "--set takes COLUMN=VALUE" in complaint(run("add", "--set", "Year", cwd=readme.parent))

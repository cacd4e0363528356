"""Entries that are neither rows nor bullets, and what resembles them."""

from __future__ import annotations

import pytest

from awesome_lint.markdown import parse
from awesome_lint.semantic.entries import Entry
from awesome_lint.semantic.model import ListModel
from awesome_lint.semantic.passages import Passage
from awesome_lint.source import Source

WEB = "https://example.org"


def read(text: str) -> list[Entry]:
    return [entry for entry in ListModel(parse(Source(text))).entries if isinstance(entry.origin, Passage)]


ENTRIES = {
    "bold, then labels": (
        rf"**Alpha of the sea** \{{n}}*Ada*. [[pdf]]({WEB}/a) [[code]](https://github.com/a/a)",
        f":star: **Beta** [paper]({WEB}/b)",
        f"**Gamma: a way** Bob, Cyd. NeurIPS, 2020. [paper]({WEB}/c)",
    ),
    "bold, then labels after authors": (
        f"**Alpha of the sea** Ada [[pdf]]({WEB}/a)",
        f"**Beta.**<br>\n[Ada](https://ada.example), *[Bob](https://bob.example)*<br>\n[[PDF]({WEB}/b)] [[Code]()]",
        f"**Gamma: a way** Bob [[1]](notes.md) [[code]]({WEB}/c)",
    ),
    "links": (
        f"[Alpha]({WEB}/a): a tool",
        f":star: 2. [Beta]({WEB}/b)",
        f"[Gamma]({WEB}/c) 包含病人的数据",
    ),
    "bold links": (
        f"**[Alpha]({WEB}/a)** - A tool.",
        f"**[Beta]({WEB}/b)**",
        f"**[Gamma]({WEB}/c)** by [Ada]({WEB}/d)",
    ),
    "links with bold text": (f"[**Alpha**]({WEB}/a)", f"[**Beta**]({WEB}/b) x", f"[**Gamma**]({WEB}/c)"),
    "HTML": (f'<a href="{WEB}/a">Alpha</a> a', f'<a href="{WEB}/b">Beta</a> b', f'<a href="{WEB}/c">Gamma</a> c'),
}


@pytest.mark.parametrize("mark", ["", "> "], ids=["paragraphs", "quotes"])
@pytest.mark.parametrize("texts", ENTRIES.values(), ids=ENTRIES.keys())
def test_a_form_that_a_section_repeats_makes_entries(texts: tuple[str, ...], mark: str) -> None:
    blocks = [mark + text.replace("{n}", f"\n{mark}") for text in texts]
    text = "# List\n\n## Tools\n\n" + "\n\n".join(blocks) + "\n"
    found = read(text)
    assert [entry.title.partition(":")[0].partition(" ")[0] for entry in found] == ["Alpha", "Beta", "Gamma"]
    assert [entry.url for entry in found] == [f"{WEB}/a", f"{WEB}/b", f"{WEB}/c"]
    assert [heading.text for heading in found[0].section] == ["List", "Tools"]
    assert len({entry.container.span for entry in found}) == 1
    assert read("# List\n\n## Tools\n\n" + "\n\n".join(blocks[:2]) + "\n") == []


def test_what_follows_the_title_describes() -> None:
    alpha, beta, gamma = read("\n\n".join(ENTRIES["bold links"]))
    assert (alpha.description, beta.description, gamma.description) == ("A tool.", "", "by Ada")


def test_sections_are_read_for_themselves() -> None:
    texts = ENTRIES["links"]
    assert read(f"# A\n\n{texts[0]}\n\n{texts[1]}\n\n# B\n\n{texts[2]}\n") == []


COUNTERS = {
    "prose that mentions links": [f"We like [tool {n}]({WEB}/{n}) for its speed." for n in range(5)],
    "prose with bold openings": [
        f"**Installing** Run the script, then see [the guide]({WEB}/1) for more.",
        f"**Updating** Remove it first; the [notes]({WEB}/2) say how.",
        f"**Reporting** Write an issue, or ask in [our forum]({WEB}/3) before.",
    ],
    "prose in which few paragraphs begin with a link": [
        *(f"Some say that [one]({WEB}/{n}) is better than [another]({WEB}/o{n})." for n in range(4)),
        *(f"[Tool {name}]({WEB}/{name}) is another one." for name in "abc"),
    ],
    "badges": [f"[![{name}](https://img.shields.io/{name}.svg)]({WEB}/{name})" for name in ("build", "npm", "docs")],
    "badges beside each other": [
        f"[![a{n}](https://img.shields.io/{n}.svg)]({WEB}) [![b](b.svg)]({WEB})" for n in range(4)
    ],
    "labels": [f"[{name}]({WEB}/{name})" for name in ("Website", "Paper", "Code", "PDF")],
    "notices": [f"**Note:** [the list]({WEB}/{n}) has moved." for n in range(4)],
    "alerts": [f"> [!NOTE]\n> **[Site {n}]({WEB}/{n})** has moved." for n in range(4)],
    "news": [f"**2024-0{n}-01** [Version {n}]({WEB}/{n}) is out." for n in range(1, 5)],
    "links within the document": [f"[Section {n}](#section-{n})" for n in range(4)],
    "links to files": [f"[Part {n}](parts/{n}.md)" for n in range(4)],
    "quotations": [f"> “Word {n} by word”, says [Ada]({WEB}/{n})." for n in range(4)],
    "translations": [f"[English]({WEB}/en) | [Deutsch]({WEB}/de) | [Français]({WEB}/fr)"],
    "introductions of quotations": [
        f"[**Ada {n}**]({WEB}/{n}), author of [it]({WEB}):\n\n> It is fast." for n in range(4)
    ],
    "footnotes": [*(f"Text.[^{n}]" for n in range(4)), *(f"[^{n}]: [Work {n}]({WEB}/{n})" for n in range(4))],
    "paragraphs in a bullet": [f"- One\n\n  [Part {n}]({WEB}/{n}) of it." for n in range(4)],
}


@pytest.mark.parametrize("blocks", COUNTERS.values(), ids=COUNTERS.keys())
def test_what_resembles_entries_is_none(blocks: list[str]) -> None:
    assert read("# List\n\n## Section\n\n" + "\n\n".join(blocks) + "\n") == []


@pytest.mark.parametrize("heading", ["Contributors ✨", "Thanks to our sponsors", "贡献者", "Credits"])
def test_people_are_no_entries(heading: str) -> None:
    paragraphs = "\n\n".join(ENTRIES["links"])
    assert read(f"# A\n\n## {heading}\n\n{paragraphs}\n\n{table(*ROWS)[8:]}") == []
    assert len(read(f"# A\n\n## Tools of {heading}\n\n{paragraphs}\n")) == 3


def test_the_table_of_contents_is_none() -> None:
    text = "# List\n\n## Contents\n\n" + "\n\n".join(f"[Part {n}](#part-{n})" for n in range(4))
    text += "".join(f"\n\n## Part {n}\n\n[Tool]({WEB}/{n})" for n in range(4))
    assert read(text) == []


def table(*rows: str, head: str = "<tr><th>Name</th><th>API</th><th>Year</th></tr>") -> str:
    return "# List\n\n<table>\n" + "\n".join((head, *(f"<tr>{row}</tr>" for row in rows))) + "\n</table>\n"


def cells(*texts: str) -> str:
    return "".join(f"<td>{text}</td>" for text in texts)


ROWS = [
    cells(f'<a href="{WEB}/{name}">{name} &amp; co</a>', "REST", str(year)) for year, name in enumerate("abc", 2018)
]


def test_rows_of_html_tables() -> None:
    found = read(table(*ROWS))
    assert [(entry.title, entry.url) for entry in found] == [(f"{name} & co", f"{WEB}/{name}") for name in "abc"]
    assert {name: cell.text for name, cell in found[1].fields.items()} == {
        "Name": "b & co",
        "API": "REST",
        "Year": "2019",
    }
    assert [entry.description for entry in found] == ["", "", ""]
    assert read(table(*ROWS[:2])) == []


def test_an_html_table_may_hold_markdown_and_blank_lines() -> None:
    rows = [
        f"\n<td>\n\n**{name * 3}** [code]({WEB}/{name})\n\n</td>\n<td>\n\ntext\n\n</td><td></td>\n" for name in "abc"
    ]
    assert [(entry.title, entry.url) for entry in read(table(*rows))] == [(n * 3, f"{WEB}/{n}") for n in "abc"]


def test_an_html_table_without_a_header() -> None:
    found = read(table(*ROWS, head=""))
    assert [(entry.title, entry.fields) for entry in found] == [(f"{name} & co", {}) for name in "abc"]
    assert found[0].description == "REST 2018"


@pytest.mark.parametrize("text", ['<img src="{0}.png"><br><b>{0} one</b>', '<img src="x.png" alt="{0} one">'])
def test_grids_of_pictures(text: str) -> None:
    grid = [f'<a href="{WEB}/{name}">{text.format(name)}</a>' for name in "abcd"]
    found = read(table(cells(*grid[:2]), cells(*grid[2:]), head=""))
    assert [(entry.title, entry.url) for entry in found] == [(f"{name} one", f"{WEB}/{name}") for name in "abcd"]


HTML_COUNTERS = {
    "spanning rows": table(*ROWS[:2], ROWS[2].replace("<td>", "<td rowspan=2>", 1)),
    "spanning columns": table(*ROWS, head='<tr><th colspan="3">Names</th></tr>'),
    "a table in a table": table(*ROWS, cells("<table><tr><td>x</td></tr></table>", "", "")),
    "a grid by a bot": f"<!-- ALL-CONTRIBUTORS-LIST:START -->\n{table(*ROWS)}\n<!-- ALL-CONTRIBUTORS-LIST:END -->",
    "people": table(
        cells(*(f'<a href="https://github.com/{n}"><img src="{n}.png"><br>{n} Lovelace</a>' for n in "abcd")), head=""
    ),
    "contents": table(*(cells(f'<a href="#{name}">{name}</a>', "", "") for name in "abc")),
    "figures": table(*(cells(name, "REST", "2018") for name in "abc")),
    "pictures of one thing": table(cells(*(f'<img src="{n}.png" alt="{n} view">' for n in "abcd")), head=""),
    "badges": table(
        *(cells(f'<a href="{WEB}/{n}"><img src="{n}-badge.svg" alt="{n} test"></a>') for n in "abcd"), head=""
    ),
    "badges of a project": table(
        *(f'<th>{n} test</th><td><a href="{WEB}/{n}"><img src="{n}.svg" alt="{n} is"></a></td>' for n in "abcd"),
        head="",
    ),
    "several pictures": table(
        *(cells(f'<a href="{WEB}/{n}"><img src="a" alt="a {n}"><img src="b"></a>') for n in "abc"), head=""
    ),
    "code": f"```html\n{table(*ROWS)}```\n",
}


@pytest.mark.parametrize("text", HTML_COUNTERS.values(), ids=HTML_COUNTERS.keys())
def test_what_resembles_entries_in_html_is_none(text: str) -> None:
    assert read(text) == []


def details(summary: str, body: str) -> str:
    return f"<details>\n<summary>{summary}</summary>\n\n{body}\n\n</details>\n\n"


def test_details_with_a_name_and_its_link() -> None:
    text = details(f'<b>Alpha</b> <a href="{WEB}/a">pdf</a>', "Abstract.") + details("Beta", f"[Paper]({WEB}/b) by Ada")
    found = read(text + details("Gamma", f"By Bob. [[pdf]]({WEB}/g)"))
    assert [(entry.title, entry.url) for entry in found] == [
        (n, f"{WEB}/{n[0].lower()}") for n in ("Alpha", "Beta", "Gamma")
    ]
    assert found[1].description == "Paper by Ada"


DETAILS_COUNTERS = {
    "questions": [details(f"How to do {n}?", f"Run it, then see [the guide]({WEB}/{n}).") for n in "abc"],
    "one word": [details("Click to expand", f"[Site {n}]({WEB}/{n})") for n in "abc"],
    "lists that are folded away": [details(f"Part {n}", f"- [x{n}]({WEB}/{n})\n- [y{n}]({WEB}/y{n})") for n in "abc"],
    "nested": ["".join(("<details><summary>A</summary>\n\n", *(f"[Text {n}]({WEB}/{n})\n\n" for n in "ab")))] * 3,
    "no summary": [f"<details>\n\n[Text {n}]({WEB}/{n})\n\n</details>\n\n" for n in "ab"],
}


@pytest.mark.parametrize("blocks", DETAILS_COUNTERS.values(), ids=DETAILS_COUNTERS.keys())
def test_what_folds_other_things_away_is_no_entry(blocks: list[str]) -> None:
    assert [
        entry for entry in read("# List\n\n" + "".join(blocks)) if entry.title.startswith(("How", "Click", "Part"))
    ] == []


def test_no_start_of_a_paragraph_takes_exponential_time() -> None:
    assert read(":-" * 200 + ": x [Alpha](https://example.org)\n") == []

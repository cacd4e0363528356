"""Generated lists as people write them, and the damage that real lists suffer."""

from __future__ import annotations

import re

from hypothesis import strategies as st

_NAMES = st.sampled_from(
    ["Alpha", "Beta net", "γ-Net", "深度学习", "🧪 lab", "A\\|B", "`a b`", "**Bold**", "x_y", "e\u0301"]
)
_YEARS = st.sampled_from(["2015", "2016", "2017", "2018", ""])
_NOTES = st.sampled_from(["", "-", "a longer note", "see [docs](docs/a.md)", "CNN", "RNN+CNN", "a \\", "100 % *sure*"])
_HEADERS = (
    ["Name", "Year"],
    ["Name", "Paper", "Year"],
    ["Technique", "Paper title", "DB", "Year"],
)
_CONTAINERS = (("", ""), ("> ", "> "), ("- ", "  "), ("1. ", "   "), ("> - ", ">   "), ("- > ", "  > "), (" ", " "))


@st.composite
def _links(draw: st.DrawFn) -> str:
    number = draw(st.integers(0, 99))
    text = draw(st.sampled_from(["pdf", "[pdf]", "code", "Paper"]))
    return f"[{text}](https://example.org/{number})"


@st.composite
def _tables(draw: st.DrawFn) -> list[str]:
    header = draw(st.sampled_from(_HEADERS))
    delimiters = draw(
        st.lists(st.sampled_from(["-", ":-:", "---:", ":---"]), min_size=len(header), max_size=len(header))
    )
    rows = [header, delimiters]
    for _ in range(draw(st.integers(0, 6))):
        cells = [draw(_NAMES), *(draw(st.one_of(_links(), _NOTES)) for _ in header[2:]), draw(_YEARS)]
        rows.append(cells)
    style = draw(st.sampled_from(["|{}|", "| {} |", "{}", "|  {} |  "]))
    joint = draw(st.sampled_from(["|", " | ", "  |\t"]))
    return [style.format(joint.join(cells)) for cells in rows]


def _lose_paren(line: str, draw: st.DrawFn) -> list[str]:
    places = [match.start() for match in re.finditer(r"\)", line)]
    if not places:
        return [line]
    at = draw(st.sampled_from(places))
    return [line[:at] + draw(st.sampled_from(["", " "])) + line[at + 1 :]]


def _wrap(line: str, draw: st.DrawFn) -> list[str]:
    places = [match.start() for match in re.finditer(" ", line.strip())]
    if not places:
        return [line]
    at = draw(st.sampled_from(places))
    return [line[:at], line[at + 1 :]]


def _lose_pipe(line: str, draw: st.DrawFn) -> list[str]:
    places = [match.start() for match in re.finditer(r"\|", line)]
    if not places:
        return [line]
    at = draw(st.sampled_from(places))
    return [line[:at] + line[at + 1 :]]


def _gain(line: str, draw: st.DrawFn) -> list[str]:
    at = draw(st.integers(0, len(line)))
    return [line[:at] + draw(st.sampled_from(["|", " | ", "**", "[", "`", "<!--", "<br>", "\\"])) + line[at:]]


def _cut_off(line: str, draw: st.DrawFn) -> list[str]:
    return draw(st.sampled_from([["", line], [line, ""], ["text", line], [line, line]]))


_DAMAGES = (_lose_paren, _wrap, _lose_pipe, _gain, _cut_off)


@st.composite
def lists(draw: st.DrawFn) -> str:
    """A list: headings, paragraphs, bullets and tables, also nested, ragged and damaged ones."""
    blocks = []
    for number in range(draw(st.integers(1, 3))):
        blocks.append(
            [draw(st.sampled_from(["## Papers", f"# Part {number}", "A line of text.", "- [x](http://e.org/x)"]))]
        )
        lines = draw(_tables())
        for index in draw(st.lists(st.integers(0, len(lines) - 1), max_size=3, unique=True).map(sorted))[::-1]:
            lines[index : index + 1] = draw(st.sampled_from(_DAMAGES))(lines[index], draw)
        first, rest = draw(st.sampled_from(_CONTAINERS))
        blocks.append(
            [first + lines[0], *(f"{rest}{line}".rstrip() if not line else rest + line for line in lines[1:])]
        )
    gap = draw(st.sampled_from(["\n\n", "\n\n", "\n"]))
    return gap.join("\n".join(block) for block in blocks) + draw(st.sampled_from(["", "\n"]))

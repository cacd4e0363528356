"""Lists with damaged rows: the kinds of damage that real lists show, and what GitHub makes of a list's rows."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from cmarkgfm.cmark import Options, markdown_to_html_with_extensions

RENDERING = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_SOURCEPOS | Options.CMARK_OPT_FOOTNOTES
EXTENSIONS = ["table", "strikethrough", "autolink", "tagfilter", "tasklist"]
STRAY = "\0"
"""Stands in a damaged row for a pipe that should have been escaped, as it is in the intact row."""
PLACEHOLDERS = {"-", "--", "---", "–", "—", "/", "N/A", "n/a", "None", "x", "?"}
Cells = tuple[str, ...]

_ROW = re.compile(r'<tr data-sourcepos="(\d+):.*?">\n(.*?)</tr>', re.DOTALL)
_CELL = re.compile(r"<t[dh][^>]*>(.*?)</t[dh]>", re.DOTALL)
_LINE = re.compile(r"(?P<container>[ >]*)(?P<opening>\|?)(?P<cells>.*?)(?P<closing>\|?\s*)")
_PIPE = re.compile(r"(?<!\\)\|")
_NOT_TEXT = re.compile(r"`[^`]*`|!?\[[^\]]*\](?:\([^)]*\))?|<[^>]*>|\$[^$]*\$|https?://\S+|[*_\\]+")
_OPEN_LINK = r"\[[^\[\]|]+\]\(https?://[^\s()|]+"
_LINK_END = re.compile(_OPEN_LINK + r"(\))")
_LINK_END_AND_PIPE = re.compile(_OPEN_LINK + r"(\)[ \t]*\|[ \t]*)(?=[^\s|])")
_QUOTED = re.compile(r"""<(?:a\b[^<>|]*\bhref|img\b[^<>|]*\bsrc)=(["'])[^"'|]*(\1)""")


@dataclass(frozen=True)
class Row:
    """An intact row: the index of its line, its table's first line, and its source around and in its cells."""

    line: int
    table: int
    container: str
    opening: str
    cells: Cells
    closing: str

    def written(self, cells: Sequence[str] | None = None) -> str:
        """The row's line, with *cells* instead of its own if given."""
        return self.container + self.opening + "|".join(self.cells if cells is None else cells) + self.closing


@dataclass(frozen=True)
class Setting:
    """What a damage draws on: chance, the placeholder that the table uses, and the next row of the table."""

    chance: random.Random
    placeholder: str
    following: Row | None


@dataclass(frozen=True)
class Spot:
    """A damaged row: the lines it had (from, to), and those it has now."""

    before: tuple[int, int]
    after: tuple[int, int]


@dataclass
class Damaged:
    """A damaged document, beside the intact one; ``origins`` holds for each line the intact line that it stems from."""

    intact: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)


def rendered(text: str) -> dict[int, Cells]:
    """The rows that GitHub shows, header rows included: their cells' HTML by the index of the row's line."""
    page = markdown_to_html_with_extensions(text, RENDERING, EXTENSIONS)
    return {int(line) - 1: tuple(_plain(cell) for cell in _CELL.findall(row)) for line, row in _ROW.findall(page)}


def _plain(cell: str) -> str:
    return " ".join(re.sub(r' (?:id|href)="#?fn[^"]*"', "", cell).split())  # footnotes are numbered as they come


def intact_rows(text: str) -> list[Row]:
    """The body rows whose source has exactly the cells that GitHub shows, one on the other in each table."""
    lines = text.split("\n")
    rows: list[Row] = []
    table = last = -2
    for line, cells in sorted(rendered(text).items()):
        if line != last + 1:
            table = line  # its header row; the delimiter row comes next, and the body after it
            last = line + 1
            continue
        last = line
        match = _LINE.fullmatch(lines[line])
        source = tuple(_PIPE.split(match["cells"])) if match and "\\\\" not in lines[line] else ()
        if match and len(source) == len(cells) > 1:
            rows.append(Row(line, table, match["container"], match["opening"], source, match["closing"]))
    return rows


def _replaced(line: str, start: int, end: int, text: str) -> str:
    return line[:start] + text + line[end:]


def _at_one(places: Sequence[re.Match[str]], setting: Setting, line: str, text: str, group: int = 0) -> list[str]:
    """*line* with one of *places*, or the named group of it, replaced by *text*; nothing if there is none."""
    if not places:
        return []
    place = setting.chance.choice(places)
    return [_replaced(line, place.start(group), place.end(group), text)]


def lose_pipe_and_end(row: Row, setting: Setting) -> list[str]:
    """A link loses its ``)``, and the pipe after it goes with it."""
    line = row.written()
    return _at_one([*_LINK_END_AND_PIPE.finditer(line)], setting, line, " ", 1)


def lose_end(row: Row, setting: Setting) -> list[str]:
    """A link loses its ``)``."""
    line = row.written()
    return _at_one([*_LINK_END.finditer(line)], setting, line, setting.chance.choice(["", " "]), 1)


def lose_pipe(row: Row, setting: Setting) -> list[str]:
    """The pipe between two cells that both hold something is lost."""
    filled = [number for number, pair in enumerate(pairwise(row.cells)) if all(map(str.strip, pair))]
    if not filled:
        return []
    at = setting.chance.choice(filled)
    joint = f"{row.cells[at].rstrip()} {row.cells[at + 1].lstrip()}"
    return [row.written([*row.cells[:at], joint, *row.cells[at + 2 :]])]


def lose_empty_cell(row: Row, setting: Setting) -> list[str]:
    """An empty cell before a filled one is missing."""
    last = max((number for number, cell in enumerate(row.cells) if cell.strip()), default=0)
    empty = [number for number, cell in enumerate(row.cells[:last]) if not cell.strip()]
    if not empty:
        return []
    at = setting.chance.choice(empty)
    return [row.written([*row.cells[:at], *row.cells[at + 1 :]])]


def lose_tail(row: Row, _: Setting) -> list[str]:
    """The empty cells at the end are missing."""
    filled = max((number for number, cell in enumerate(row.cells) if cell.strip()), default=0) + 1
    return [row.written(row.cells[:filled])] if filled < len(row.cells) else []


def add_placeholder(row: Row, setting: Setting) -> list[str]:
    """A placeholder stands before a cell, and moves it and those after it by one column."""
    at = setting.chance.randrange(len(row.cells))
    return [row.written([*row.cells[:at], f" {setting.placeholder} ", *row.cells[at:]])]


def add_pipe_to_text(row: Row, setting: Setting) -> list[str]:
    """A pipe that is not escaped stands between two words."""
    line = row.written()
    text = _NOT_TEXT.sub(lambda match: "\0" * len(match[0]), line)
    return _at_one([*re.finditer(r"(?<=[^\W\d]) (?=[^\W\d])", text)], setting, line, f" {STRAY} ")


def _add_pipe(row: Row, setting: Setting, where: str) -> list[str]:
    line = row.written()
    gap = re.compile(r"(?<=\w)[ ,/_.-](?=\w)")
    places = [place for part in re.finditer(where, line) for place in gap.finditer(line, part.start(), part.end())]
    return _at_one(places, setting, line, setting.chance.choice([STRAY, f" {STRAY} "]))


def add_pipe_to_code(row: Row, setting: Setting) -> list[str]:
    """A pipe that is not escaped is in code or mathematics."""
    return _add_pipe(row, setting, r"`[^`|]+`|(?<!\$)\$[^$|]+\$(?!\$)")


def add_pipe_to_link(row: Row, setting: Setting) -> list[str]:
    """A pipe that is not escaped is in the text of a link."""
    return _add_pipe(row, setting, r"(?<=\[)[^\[\]|]+(?=\]\()")


def wrap(row: Row, setting: Setting) -> list[str]:
    """The row is continued on the next line."""
    line = row.written()
    spaces = [*re.finditer(r"(?<=[^\s|>]) (?=[^\s|])", line)]
    broken = _at_one(spaces, setting, line, "\n" + row.container)
    return broken[0].split("\n") if broken else []


def join(row: Row, setting: Setting) -> list[str]:
    """The next row stands on the same line."""
    if setting.following is None:
        return []
    second = setting.following.written()[len(setting.following.container) :]
    return [row.written().rstrip() + setting.chance.choice(["", " "]) + second]


def lose_quote(row: Row, setting: Setting) -> list[str]:
    """The address of an HTML link or image loses its closing quote."""
    line = row.written()
    return _at_one([*_QUOTED.finditer(line)], setting, line, "", 2)


CAUSES: dict[str, Callable[[Row, Setting], list[str]]] = {
    "swallowed pipe": lose_pipe_and_end,
    "lost )": lose_end,
    "lost pipe": lose_pipe,
    "missing cell": lose_empty_cell,
    "missing tail": lose_tail,
    "placeholder": add_placeholder,
    "pipe in text": add_pipe_to_text,
    "pipe in code": add_pipe_to_code,
    "pipe in link": add_pipe_to_link,
    "wrapped row": wrap,
    "joined rows": join,
    "lost quote": lose_quote,
}


def damage(text: str, cause: str, rate: float, chance: random.Random) -> Damaged:
    """*text* with about *rate* of its intact rows damaged by *cause*, never two next to each other."""
    rows = {row.line: row for row in intact_rows(text)}
    marks: dict[int, Counter[str]] = {row.table: Counter() for row in rows.values()}
    for row in rows.values():
        marks[row.table].update(cell.strip() for cell in row.cells if cell.strip() in PLACEHOLDERS)
    lines = text.split("\n")
    result = Damaged(intact=lines)
    index, free = 0, 0
    while index < len(lines):
        width, written = 1, [lines[index]]
        if (found := rows.get(index)) and index >= free and chance.random() < rate:
            following = rows.get(index + 1) if cause == "joined rows" else None
            placeholder = (marks[found.table].most_common(1) or [("-", 0)])[0][0]
            hit = CAUSES[cause](found, Setting(chance, placeholder, following))
            if hit:
                width, written, free = 1 + bool(following), hit, index + 2 + bool(following)
                place = len(result.lines)
                result.spots.append(Spot((index, index + width), (place, place + len(hit))))
                if STRAY in hit[0]:
                    lines[index], written = hit[0].replace(STRAY, "\\|"), [hit[0].replace(STRAY, "|")]
        result.lines += written
        result.origins += [index] * len(written)
        index += width
    return result

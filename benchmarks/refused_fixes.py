"""How often a fix is left out because it cannot be proved, and by which rule, on generated and on damaged documents.

    python benchmarks/refused_fixes.py [--seed N] [--count N] [--show N] [FOLDER]

generates documents that mix tables, lists, quotes, HTML, links and damage; with FOLDER it takes windows of its Markdown
files and damages those.  Every other document is fixed with unsafe fixes.  It counts

- refusals, by rule and reason: each is a bug of that rule,
- second runs that change something, by the rules that fixed in them.

The same seed gives the same documents.  ``--show`` prints the first documents of each kind.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from awesome_lint import fixing
from awesome_lint.source import Source

_WINDOW = 40
_CELLS = (
    "Alpha", "Beta net", "深度学习", "🧪 lab", "A\\|B", "`a b`", "`a|b`", "**Bold**", "x_y", "", "", "-", "N/A", "2016",
    "2017", "2018", "CVPR 2019", "[pdf](https://e.org/1)", "[pdf]( https://e.org/2 )", "[code](https://github.com/a/b)",
    "[pdf](https://e.org/3", "[[pdf]](https://e.org/4)", "(x)[https://e.org/5]", "[x] (https://e.org/6)", "[x](nan)",
    "<a href=\"https://e.org/7\">p</a>", "<a href=\"x|y\">p</a>", "![b](https://img.shields.io/x?a=b)", "<br>",
    "https://e.org/8", "[x](https:/e.org/9)", "[r][a]", "[a]", "<!-- c -->", "CNN", "RNN+CNN", "100 %", "\\", "[", "]",
    "[Paper](https://arxiv.org/abs/2101.00001)", "[x](e.org)", "[x](#alpha)", "https://e.org/10,",
)  # fmt: skip
_HEADERS = (
    ("Name", "Year"), ("Name", "Paper", "Year"), ("Technique", "Paper title", "DB", "Year"), ("", "a", "b"),
    ("Title", "Venue", "Date", "Code", "Notes"), ("Name", "Link"),
)  # fmt: skip
_DELIMITERS = ("---", ":-:", "---:", "-", ":--")
_OTHER = (
    "# List", "## Papers", "## Contents", "### Alpha", "Alpha\n===", "text | more", "A line of text.", "", "", "***",
    "- [Alpha](#alpha)\n- [Papers](#papers)", "- [Alpha](https://e.org/a) - A thing.", "* [Beta](https://e.org/b): it",
    "- [Gone](#gone)", "<a name=\"alpha\"></a>", "<details>\n<summary>More</summary>\n", "</details>", "> a quote",
    "> | a | b |", "[a]: https://e.org/def", "[^1]: A note", "text[^1]", "```\n| a | b |\n```", "    code", "<!--",
    "-->", "<p align=\"center\">\n<img src=\"a.png\">\n</p>", "1. one\n2. two", "- a\n  - b\n",
    "- CNN: Convolutional Network",
    "lazy line", "| lone |", "<br/>", "[Delta](https://e.org/d) [Delta](https://e.org/d)", "- [x](https://e.org/x",
)  # fmt: skip
_CONTAINERS = (("", ""),) * 6 + (
    ("> ", "> "),
    ("- ", "  "),
    ("1. ", "   "),
    ("> - ", ">   "),
    ("- > ", "  > "),
    ("> ", ""),
)
_PIECES = (
    "|",
    " | ",
    "**",
    "[",
    "]",
    "(",
    ")",
    "`",
    "<!--",
    "-->",
    "<br>",
    "\\",
    " ",
    "\n",
    "\n\n",
    "> ",
    "- ",
    "<a>",
    "|\n|",
)


def generated(rng: random.Random) -> str:
    """A document of a few blocks."""
    blocks = [_table(rng) if rng.random() < 0.6 else rng.choice(_OTHER) for _ in range(rng.randint(1, 6))]
    lines = [line for block in blocks for line in _contained(block, rng)]
    joints = rng.choice((("\n\n",), ("\n", "\n\n"), ("\n",)))
    return "".join(line + (rng.choice(joints) if line == "" or rng.random() < 0.1 else "\n") for line in lines)


def _contained(block: str, rng: random.Random) -> list[str]:
    first, rest = rng.choice(_CONTAINERS)
    lines = block.split("\n")
    return [
        first + lines[0],
        *((rest if rng.random() < 0.9 else "") + line for line in lines[1:]),
        *[""] * (rng.random() < 0.7),
    ]


def _table(rng: random.Random) -> str:
    header = list(rng.choice(_HEADERS))
    rows = [header, [rng.choice(_DELIMITERS) for _ in header]]
    rows += ([rng.choice(_CELLS) for _ in header] for _ in range(rng.randint(0, 6)))
    style = rng.choice(("|{}|", "| {} |", "{}", "| {}", "|  {} |  "))
    joint = rng.choice(("|", " | ", " | ", "  |\t"))
    lines = [style.format(joint.join(cells)) for cells in rows]
    return "\n".join(damaged(lines, rng, rng.randint(0, 3)))


def damaged(lines: list[str], rng: random.Random, times: int) -> list[str]:
    """*lines*, damaged so many times, in places where links, cells and lists break."""
    lines = list(lines)
    for _ in range(times if lines else 0):
        at = rng.randrange(len(lines))
        lines[at : at + 1] = rng.choice(_DAMAGES)(lines[at], rng)
        lines = lines or [""]
    return lines


def _lose(line: str, rng: random.Random) -> list[str]:
    places = [match.start() for match in re.finditer(r"[|()\[\]`<>\"-]", line)]
    if not places:
        return [line]
    at = rng.choice(places)
    return [line[:at] + line[at + 1 :]]


def _gain(line: str, rng: random.Random) -> list[str]:
    at = rng.randint(0, len(line))
    return [line[:at] + rng.choice(_PIECES) + line[at:]]


def _wrap(line: str, rng: random.Random) -> list[str]:
    at = rng.randint(0, len(line))
    return [line[:at], line[at:]]


def _cut_off(line: str, rng: random.Random) -> list[str]:
    return rng.choice((["", line], [line, ""], ["text", line], [line, line], [], [line + "  "], ["  " + line]))


_DAMAGES: tuple[Callable[[str, random.Random], list[str]], ...] = (_lose, _lose, _gain, _wrap, _cut_off)


def from_lists(folder: Path, rng: random.Random) -> Iterator[str]:
    """Damaged windows of the Markdown files in *folder*, for ever."""
    lists = [Source.from_bytes(path.read_bytes()).text.split("\n") for path in sorted(folder.glob("*.md"))]
    while True:
        lines = rng.choice(lists)
        first = rng.randrange(max(1, len(lines) - _WINDOW))
        yield "\n".join(damaged(lines[first : first + _WINDOW], rng, rng.randint(1, 6)))


class Tally:
    """What was counted, and the first documents for each."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.examples: defaultdict[str, list[str]] = defaultdict(list)

    def add(self, what: str, document: str) -> None:
        """Count *what* once, seen in *document*."""
        self.counts[what] += 1
        self.examples[what].append(document)

    def look_at(self, text: str, *, unsafe: bool) -> None:
        """Fix *text* twice, and count what goes wrong."""
        source = Source(text)
        once = fixing.fix(source, unsafe=unsafe)
        self.counts["applied"] += once.counts.total()
        for refusal in once.refusals:
            reason = re.sub(r"“.*”|line \d+", "…", refusal.reason, flags=re.DOTALL)
            self.add(f"refused: {', '.join(sorted(set(refusal.rules)))}: {reason}", text)
        again = fixing.fix(once.source, unsafe=unsafe)
        if again.source.raw != once.source.raw:
            self.add(f"second run: {', '.join(sorted(again.counts))}", text)


def main() -> int:
    """Count, print, and return 1 where a fix was refused or a second run changed something."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    texts = from_lists(options.folder, rng) if options.folder else (generated(rng) for _ in range(options.count))
    tally = Tally()
    for number, text in zip(range(options.count), texts, strict=False):
        tally.look_at(text, unsafe=number % 2 == 1)
    for what, count in sorted(tally.counts.items(), key=lambda item: -item[1]):
        print(f"{count:6}  {what}")
        for example in sorted(tally.examples[what], key=len)[: options.show]:
            print("\n".join(f"            {line}" for line in repr(example).split("\n")))
    return int(len(tally.counts) > 1)


if __name__ == "__main__":
    sys.exit(main())

"""How the time of a check grows with the size of the file.

    python benchmarks/check_scaling.py [FOLDER] [--shape NAME]... [--rows] [--fix]

Prints the time per megabyte on the READMEs in FOLDER (or in AWESOME_LINT_CORPUS), then checks texts of many shapes in
three sizes, each four times the one before, and prints by how much the time grew.  Then it checks tables of 2 to 200
columns whose rows have 1 to 300 cells (--rows: only those; --fix: fixes them, too) against a limit of 2 seconds for
10 KB, and prints those that take longer.  Exits with 1 where the last step grew faster than n log n, a table took
too long or a check failed.  Times are the processor's, so that other programs disturb them little.
"""

from __future__ import annotations

import argparse
import math
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from awesome_lint.fixing import fix
from awesome_lint.linter.engine import check
from awesome_lint.linter.result import InternalError
from awesome_lint.source import Source

EXAMPLE = (Path(__file__).parent.parent / "examples" / "papers.md").read_text(encoding="utf-8")
STEP = 4
TOLERANCE = 1.4
"""How much more than n log n a step may take: room for caches and the garbage collector, none for n ** 1.5."""
NEGLIGIBLE = 0.15
"""Seconds below which a time says nothing about its growth."""

HEADER = "| Paper | Technique | Link | Year |\n| --- | --- | --- | --- |\n"


def row(number: int) -> str:
    return f"| Paper {number} | CNN | [pdf](https://example.org/papers/{number}) | {1990 + number % 30} |\n"


def damaged(number: int) -> str:
    return f"| Paper {number} | CNN | [pdf](https://example.org/papers/{number} | {1990 + number % 30} |\n"


def cut_short(number: int) -> str:
    return f"| Paper {number} | [pdf](https://example.org/papers/{number}) | {1990 + number % 30} |\n"


def repeated(piece: str) -> Callable[[int], str]:
    """A shape: *piece* repeated up to the size wanted."""
    return lambda size: piece * max(1, size // len(piece)) + "\n"


def table_of(make: Callable[[int], str]) -> Callable[[int], str]:
    """A shape: a table of 100,000 rows at the full size, every twentieth an intact one."""
    return lambda size: "# List\n\n" + HEADER + "".join((make if n % 20 else row)(n) for n in range(size // 10))


def numbered(template: str) -> Callable[[int], str]:
    """A shape: *template* with a running number, up to about the size wanted."""
    return lambda size: "".join(template.format(n) for n in range(max(1, size // (len(template) + 4))))


def nested(opening: str, closing: str = "") -> Callable[[int], str]:
    return lambda size: opening * (size // 100) + "x" + closing * (size // 100) + "\n"


def nested_list(size: int) -> str:
    """A list as deep as the root of *size*, so that the text itself, indentation and all, has about that size."""
    return "".join("  " * depth + f"- [item {depth}](#item)\n" for depth in range(math.isqrt(size)))


SHAPES: dict[str, Callable[[int], str]] = {
    "list repeated": repeated(EXAMPLE),
    "rows": table_of(row),
    "rows without )": table_of(damaged),
    "rows without a cell": table_of(cut_short),
    "bullets": numbered("- [Tool {0}](https://example.org/{0}) - Does thing {0}.\n"),
    "one entry repeated": repeated("- [Tool](https://example.org/tool) - Does it.\n"),
    "headings": numbered("## Section {0}\n\n- [a](#section-{0})\n\n"),
    "equal headings": repeated("## Section\n\ntext\n\n"),
    "dangling anchors": lambda size: (
        numbered("- [Section {0}](#sektion-{0})\n")(size // 2) + "\n" + numbered("## Section {0}\n\nx\n")(size // 2)
    ),
    "legend": lambda size: (
        "## Shortcuts\n\n*Technique:*\n\n"
        + numbered("- T{0}: Technique number {0}\n")(size // 2)
        + "\n"
        + HEADER
        + numbered("| P | T{0}a | x | 2000 |\n")(size // 2)
    ),
    "many tables": repeated(HEADER + row(1) + "\n"),
    "rejected tables": repeated("| a | b |\n| --- |\n| c | d |\n\n"),
    "detached rows": lambda size: HEADER + row(1) + ("\n" + row(2)) * (size // 60),
    "long line": repeated("word [link](https://example.org/a) `code` *more* <br> "),
    "one long word": repeated("x"),
    "long cell": lambda size: HEADER + "| a | " + "word " * (size // 5) + "| c | d |\n",
    "many cells": lambda size: "|" + " a |" * (size // 8) + "\n|" + "-|" * (size // 8) + "\n" + "| b " * (size // 8),
    "surplus cells": lambda size: HEADER + "| b " * (size // 4) + "\n",
    "suppressions": repeated("text <!-- awesome-lint disable-line empty-link --> [a]()\n\n"),
    "quotes": nested("> "),
    "paragraphs that are entries": numbered("**Title {0}** Ada. [[pdf]](https://example.org/{0})\n\n"),
    "quotes that are entries": numbered("> **[Name {0}](https://example.org/{0})** text\n\n"),
    "rows of HTML": lambda size: (
        "<table>\n" + numbered("<tr><td><a href=https://e.org/{0}>N {0}</a>\n")(size) + "</table>\n"
    ),
    "HTML tables": numbered("<table><tr><td><a href=https://e.org/{0}>N {0}</a></td></tr></table>\n\n"),
    "details": numbered('<details><summary>Name {0}</summary><a href="https://e.org/{0}">pdf</a></details>\n\n'),
    "<table><tr><td>": nested("<table><tr><td>"),
    "lists in one line": nested("- "),
    "nested list": nested_list,
    "[": repeated("["),
    "](": repeated("]("),
    "![": repeated("!["),
    "[](": repeated("[]("),
    "[a](b": repeated("[a](b"),
    "[a](http://b": repeated("[a](http://b "),
    "nested []": nested("[", "]"),
    "*": repeated("*a **b "),
    "`": numbered("`{0:`<5}"),
    "<": repeated("<"),
    "<a href=": repeated('<a href="http://a '),
    "<!--": repeated("<!-- "),
    "&": repeated("&"),
    "|": repeated("|"),
    "~": repeated("~a ~~b "),
    "http://": repeated("http://"),
    "www.": repeated("www.a"),
    "a@": repeated("a@b"),
    "\\": repeated("\\"),
    "definitions": numbered("[label {0}]: https://example.org/{0}\n\n[label {0}]\n\n"),
    "blank lines": repeated("\n"),
}
FULL_SIZE = 1_000_000

COLUMNS = (2, 3, 7, 12, 30, 60, 200)
CELLS = (1, 2, 6, 36, 100, 300)
"""How many cells the rows of the tables have; beside these one less and one more than columns, and two and three rows
in one."""
ROWS = (1, 40, 400, 2000)
LIMIT = 2.0
"""Seconds that a table of 10 KB may take; a longer one may take more in proportion."""
STARTING = 0.25
"""The part of the limit that the shortest table may take, too."""
LARGEST = 40_000
PATIENCE = 3
"""A check is stopped when it has taken so many times its limit."""

FILLS = {
    "equal": ["x"],
    "kinds": ["Name", "[pdf](http://e.org/x)", "2019", "", "CNN", "`code`", "two words", "-"],
    "blank": ["x", *[""] * 199],
}
"""What is in the cells of a row, again and again."""


def seconds(text: str) -> float:
    """The processor time of a check of *text*."""
    source = Source(text, "README.md")
    start = time.process_time()
    check(source)
    return time.process_time() - start


def measure_corpus(folder: Path) -> None:
    total = size = 0.0
    for path in sorted(folder.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        total += seconds(text)
        size += len(text.encode()) / 1e6
    print(f"{size:.1f} MB of READMEs: {total / size:.2f} s/MB\n")


def growth(make: Callable[[int], str]) -> tuple[list[float], float]:
    """The times of the three sizes, and how much the last one exceeds growth by n log n."""
    texts = [make(FULL_SIZE // STEP**power) for power in (2, 1, 0)]
    times = [seconds(text) for text in texts]
    middle, last = (len(text) for text in texts[1:])
    expected = last * math.log(last) / (middle * math.log(middle))
    return times, times[2] / max(times[1], NEGLIGIBLE / expected) / expected


def measure_shape(name: str, make: Callable[[int], str]) -> bool:
    """Print how *name* grows, and tell whether it fails or grows too fast; what looks so is measured twice."""
    try:
        times, excess = growth(make)
        if excess > TOLERANCE:
            times, excess = min((times, excess), growth(make), key=lambda result: result[1])
    except InternalError as error:
        print(f"{name:22}{error}", flush=True)
        return True
    ratios = [later / max(earlier, 1e-9) for earlier, later in pairwise(times)]
    megabytes = len(make(FULL_SIZE).encode()) / 1e6
    verdict = "TOO FAST" if excess > TOLERANCE else ""
    shown = "".join(f"{t:8.2f}" for t in times) + "".join(f"{ratio:7.1f}" for ratio in ratios)
    print(f"{name:22}{shown}{times[2] / megabytes:9.2f}  {verdict}", flush=True)
    return excess > TOLERANCE


class OutOfTimeError(BaseException):
    """A check took too long; no Exception, so that the linter does not take it for a fault of its own."""


@dataclass(frozen=True)
class Table:
    """A table of *columns* with *intact* rows and then *rows* of *cells* each."""

    columns: int
    cells: int
    rows: int
    fill: str
    intact: int

    @property
    def text(self) -> str:
        """The list that holds the table."""
        header = [f"H{column}" for column in range(self.columns)]
        values = [FILLS[self.fill][column % self.columns % len(FILLS[self.fill])] for column in range(self.cells)]
        intact = [FILLS[self.fill][column % len(FILLS[self.fill])] for column in range(self.columns)]
        rows = [header, ["-"] * self.columns, *[intact] * self.intact, *[values] * self.rows]
        return "# List\n\n" + "".join(f"|{'|'.join(row)}|\n" for row in rows)

    @property
    def limit(self) -> float:
        """Seconds that a check may take."""
        return STARTING + (LIMIT - STARTING) * len(self.text) / 10_000

    def __str__(self) -> str:
        return (
            f"{self.columns} columns, {self.rows} rows of {self.cells} cells, {self.fill}, {self.intact} intact rows, "
            f"{len(self.text)} bytes"
        )


def tables() -> Iterator[Table]:
    """Tables of every shape, up to LARGEST bytes."""
    for columns in COLUMNS:
        for cells in sorted({*CELLS, columns - 1, columns + 1, 2 * columns, 3 * columns} - {columns}):
            for fill in FILLS:
                for intact in (0, 20):
                    shapes = (Table(columns, cells, rows, fill, intact) for rows in ROWS)
                    yield from (table for table in shapes if len(table.text) <= LARGEST)


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise OutOfTimeError in the block once this process has worked for *seconds*."""

    def stop(_number: int, _frame: object) -> None:
        raise OutOfTimeError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def measure_table(table: Table, work: Callable[[Source], object]) -> bool:
    """Print *table* if *work* on it takes longer than its limit or fails, and tell whether it does."""
    source = Source(table.text, "README.md")
    start = time.process_time()
    try:
        with at_most(PATIENCE * table.limit):
            work(source)
        verdict = ""
    except OutOfTimeError:
        verdict = "stopped after "
    except InternalError as error:
        print(f"{table}: {error}", flush=True)
        return True
    taken = time.process_time() - start
    over = taken > table.limit
    if over:
        print(f"{table}: {verdict}{taken:.2f} s, limit {table.limit:.2f} s", flush=True)
    return over


def measure_tables(fixing: bool) -> int:
    """Measure all tables and return how many take too long."""
    works: list[Callable[[Source], object]] = [check, *([fix] if fixing else [])]
    count = over = 0
    hopeless: set[Table] = set()
    start = time.process_time()
    for table in tables():
        count += 1
        if replace(table, rows=0) in hopeless:
            over += 1
            continue
        if max(measure_table(table, work) for work in works):
            over += 1
            hopeless.add(replace(table, rows=0))  # more such rows would take longer still
    print(f"{over} of {count} tables over the limit; {time.process_time() - start:.0f} s in all")
    return over


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=os.environ.get("AWESOME_LINT_CORPUS"))
    parser.add_argument("--shape", action="append", choices=list(SHAPES))
    parser.add_argument("--rows", action="store_true", help="only measure tables by the shapes of their rows")
    parser.add_argument("--fix", action="store_true", help="fix these tables, too")
    arguments = parser.parse_args()
    if arguments.rows:
        return int(bool(measure_tables(arguments.fix)))
    if arguments.folder and not arguments.shape:
        measure_corpus(Path(arguments.folder))
    print(f"{'seconds at size':22}{'1/16':>8}{'1/4':>8}{'1':>8}{'ratio':>7}{'ratio':>7}{'s/MB':>9}")
    too_fast = [
        name for name, make in SHAPES.items() if name in (arguments.shape or SHAPES) and measure_shape(name, make)
    ]
    print(f"\nfailed, or faster than n log n: {', '.join(too_fast) or 'none'}")
    over = 0 if arguments.shape else measure_tables(arguments.fix)
    return int(bool(too_fast or over))


if __name__ == "__main__":
    sys.exit(main())

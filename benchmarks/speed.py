"""How long a check takes as a whole process, beside a Markdown parser, formatters and other linters.

    python benchmarks/speed.py [LIST]... [--rounds N] [--node FOLDER] [--markdown]

For an empty file and each LIST: this project's check, cached check, ``--fix`` and ``--diff``, then mistune making HTML,
mdformat and rumdl (``pip install mistune mdformat-gfm rumdl``), and markdownlint-cli2, prettier and npm's awesome-lint
from FOLDER, a Node project that has them.  What is not installed is left out, and named.

Each round (7 unless told) runs every command once, so that all of them meet the same disturbances.  Printed are the
median of the processor's seconds, user and system, and its ratio to ``python -c "import click"`` and to mistune.
The bytecode of all modules is written before the first round.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from msgspec import Struct

_PROGRAM = str(Path(sys.executable).with_name("awesome-lint"))
_OURS = (_PROGRAM, "--isolated", "--quiet", "--exit-zero")
_HTML = "import mistune, sys; print(mistune.create_markdown(plugins=['table', 'url'])(open(sys.argv[1]).read()))"
_BASE = "import click"
_PARSER = "mistune"


class Command(Struct, frozen=True):
    """Something to time; ``{}`` in its arguments is the name of the list.  What ``needs`` names must be installed."""

    name: str
    arguments: tuple[str, ...]
    needs: str = ""


COMMANDS = (
    Command(_BASE, (sys.executable, "-c", "import click")),
    Command("awesome-lint --version", (_PROGRAM, "--version")),
    Command("awesome-lint", (*_OURS, "--no-cache", "{}")),
    Command("awesome-lint, cached", (*_OURS, "{}")),
    Command("awesome-lint --fix", (*_OURS, "--no-cache", "--fix", "{}")),
    Command(_PARSER, (sys.executable, "-c", _HTML, "{}"), "mistune"),
    Command("mdformat --check", (sys.executable, "-m", "mdformat", "--check", "{}"), "mdformat"),
    Command("rumdl check", (sys.executable, "-m", "rumdl", "check", "--no-cache", "{}"), "rumdl"),
)
NODE_COMMANDS = (
    Command("markdownlint-cli2", ("markdownlint-cli2", "{}")),
    Command("prettier --check", ("prettier", "--check", "{}")),
    Command("npm awesome-lint", ("awesome-lint", "{}")),
)


def main() -> int:
    """Time everything and print it; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lists", metavar="LIST", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--node", metavar="FOLDER", type=Path)
    parser.add_argument("--markdown", action="store_true", help="print a table for docs/performance.md")
    arguments = parser.parse_args()
    commands, missing = _installed(arguments.node)
    if missing:
        print(f"not installed: {', '.join(missing)}", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder, "empty.md")
        empty.write_text("", encoding="utf-8")
        columns = [_timed(commands, path, arguments.rounds, Path(folder)) for path in (empty, *arguments.lists)]
    names = ["empty file", *(path.stem for path in arguments.lists)]
    print("\n".join(_table(commands, names, columns, markdown=arguments.markdown)))
    return 0


def _installed(node: Path | None) -> tuple[list[Command], list[str]]:
    """The commands that can run, and the names of those that cannot."""
    found: list[Command] = []
    missing: list[Command] = []
    for command in COMMANDS:
        (found if not command.needs or find_spec(command.needs) else missing).append(command)
    for command in NODE_COMMANDS:
        program = node / "node_modules" / ".bin" / command.arguments[0] if node else None
        if program and program.exists():
            found.append(Command(command.name, (str(program.resolve()), *command.arguments[1:])))
        else:
            missing.append(command)
    return found, [command.name for command in missing]


def _timed(commands: Sequence[Command], path: Path, rounds: int, folder: Path) -> dict[str, float]:
    """The median seconds of each command on a copy of the list at *path*."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache"), "PYTHONDONTWRITEBYTECODE": ""}
    copy = folder / "README.md"
    taken: dict[str, list[float]] = {command.name: [] for command in commands}
    for number in range(rounds + 1):  # the first one fills caches
        for command in commands:
            shutil.copyfile(path, copy)
            seconds = _seconds([each.format(copy.name) for each in command.arguments], folder, environment)
            if number:
                taken[command.name].append(seconds)
    return {name: statistics.median(each) for name, each in taken.items()}


def _seconds(arguments: Sequence[str], folder: Path, environment: dict[str, str]) -> float:
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run(arguments, cwd=folder, env=environment, capture_output=True, check=False)
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def _table(
    commands: Sequence[Command], names: Sequence[str], columns: Sequence[dict[str, float]], *, markdown: bool
) -> Iterator[str]:
    """Seconds, times ``import click`` and, where mistune ran, times mistune: a line for each command."""
    rows = [["", *names]]
    for command in commands:
        cells = []
        for column in columns:
            seconds = column[command.name]
            ratios = [f"{seconds / column[base]:.1f}" for base in (_BASE, _PARSER) if base in column]
            cells.append(f"{seconds:.2f} s ({' / '.join(ratios)})")
        rows.append([f"`{command.name}`" if markdown else command.name, *cells])
    if markdown:
        rows.insert(1, ["---", *("--:" for _ in names)])
        yield from (f"| {' | '.join(row)} |" for row in rows)
        return
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


if __name__ == "__main__":
    sys.exit(main())

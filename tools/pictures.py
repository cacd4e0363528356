"""The pictures of the documentation: a real run in a terminal, and a table as GitHub shows it before and after.

Writes ``docs/images/run-light.svg`` and ``run-dark.svg`` from what the program prints, and the tables between the
comments of ``docs/index.md``.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from tools.github_view import as_on_github

REPOSITORY = Path(__file__).parent.parent
_IMAGES = REPOSITORY / "docs" / "images"
_INDEX = REPOSITORY / "docs" / "index.md"
COMMAND = "awesome-lint examples/papers.md --select truncated-link,column-count"
_COLUMNS = 100
_LIGHT = TerminalTheme(
    (255, 255, 255),
    (31, 35, 40),
    [
        (36, 41, 47),
        (188, 30, 38),
        (17, 99, 41),
        (125, 78, 0),
        (9, 105, 218),
        (130, 80, 223),
        (27, 124, 131),
        (87, 96, 106),
    ],
    [
        (87, 96, 106),
        (188, 30, 38),
        (17, 99, 41),
        (125, 78, 0),
        (9, 105, 218),
        (130, 80, 223),
        (27, 124, 131),
        (36, 41, 47),
    ],
)
_DARK = TerminalTheme(
    (13, 17, 23),
    (230, 237, 243),
    [
        (72, 79, 88),
        (255, 123, 114),
        (63, 185, 80),
        (210, 153, 34),
        (88, 166, 255),
        (188, 140, 255),
        (57, 197, 207),
        (177, 186, 196),
    ],
    [
        (110, 118, 129),
        (255, 161, 152),
        (86, 211, 100),
        (227, 179, 65),
        (121, 192, 255),
        (210, 168, 255),
        (86, 212, 221),
        (255, 255, 255),
    ],
)
_TEMPLATE = """<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
  font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px;
  line-height: {line_height}px;
}}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
"""Rich's own names fonts of another host."""
_SHOWN = re.compile(r"(<!-- (\w+): .*? -->\n).*?(<!-- end -->\n)", re.DOTALL)
_ROWS = 5
"""Rows of the first table of the example that are shown: the damaged ones and those before them."""


def files() -> dict[Path, str | None]:
    """The pictures and the page with the tables, by their paths."""
    output = _output()
    return {
        _IMAGES / "run-light.svg": _picture(output, _LIGHT),
        _IMAGES / "run-dark.svg": _picture(output, _DARK),
        _INDEX: _SHOWN.sub(_table, _INDEX.read_text(encoding="utf-8")),
    }


def _output() -> str:
    """What the program prints on a terminal with colours."""
    arguments = [*shlex.split(COMMAND)[1:], "--color", "--no-cache"]
    done = subprocess.run(
        [sys.executable, "-m", "awesome_lint", *arguments],
        cwd=REPOSITORY,
        env={**os.environ, "COLUMNS": str(_COLUMNS), "TERM": "xterm-256color"},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    if done.returncode != 1 or done.stderr:
        raise RuntimeError(f"{COMMAND} failed: {done.stderr}")
    return done.stdout


def _picture(output: str, theme: TerminalTheme) -> str:
    console = Console(record=True, width=_COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.assemble(("$ ", "dim"), COMMAND), highlight=False)
    console.print(Text.from_ansi(output), highlight=False, soft_wrap=False)
    picture = console.export_svg(title="awesome-lint", theme=theme, code_format=_TEMPLATE, unique_id="run")
    return "".join(f"{line.rstrip()}\n" for line in picture.splitlines())


def _table(shown: re.Match[str]) -> str:
    """The first table of the example, as it is or as ``--fix`` leaves it."""
    text = (REPOSITORY / "examples" / "papers.md").read_text(encoding="utf-8")
    if shown[2] == "after":
        command = [
            sys.executable,
            "-m",
            "awesome_lint",
            "-",
            "--fix",
            "--no-cache",
            "--select",
            "truncated-link,column-count",
        ]
        text = subprocess.run(command, input=text, capture_output=True, check=False, encoding="utf-8").stdout
    lines = [line for line in text.splitlines() if line.startswith("| ")][: _ROWS + 2]
    table = as_on_github("\n".join(lines))
    return f'{shown[1]}<div class="on-github" title="As GitHub shows it">{table}</div>\n{shown[3]}'

"""Whether other linters and formatters agree with the tables that awesome-lint writes.

    python benchmarks/other_linters.py --node FOLDER [LIST]...

Tidies each LIST (and an example) in both styles and lets the others look at it:

- markdownlint and rumdl: MD055, MD056, MD058 and MD060, in the matching style, and for compact tables in their default
  (rumdl's wants wide tables compact);
- npm's awesome-lint: its table rules, for the aligned style;
- prettier and mdformat: they must not change aligned tables of plain text.

What they say about tables with damaged rows (which awesome-lint reports itself) and about tables with characters of
which they think differently is counted apart; anything else makes the exit code 1.  FOLDER is a Node project made by
``npm install markdownlint-cli2 prettier awesome-lint``; rumdl and mdformat are made by ``pip install rumdl mdformat
mdformat-gfm``.  What is not installed is left out, and named.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unicodedata import bidirectional

from wcwidth import wcwidth

from awesome_lint.fixing import fix
from awesome_lint.linter.engine import check
from awesome_lint.linter.settings import Settings
from awesome_lint.markdown import parse
from awesome_lint.source import Source
from awesome_lint.table_format.options import TableForm, TableStyle

RULES = ("MD055", "MD056", "MD058", "MD060")
PLAIN = """\
# Plain tables

|Name|Year|Count|
|---|:-:|--:|
|Alpha|2017|1|
|Beta and gamma||1234|
|Delta, epsilon|2018|7|
|| 2019 ||
# Next

Name | Note
:-- | ---
Alpha | a b c
Beta | x
"""
REMARK = """
import {readFileSync} from 'node:fs';
import {remark} from 'remark';
import remarkGfm from 'remark-gfm';
import indentation from 'remark-lint-no-table-indentation';
import padding from 'remark-lint-table-cell-padding';
import alignment from 'remark-lint-table-pipe-alignment';
import pipes from 'remark-lint-table-pipes';
const processor = remark().use(remarkGfm).use(indentation).use(padding, 'consistent').use(alignment).use(pipes);
for (const path of process.argv.slice(2))
  for (const message of (await processor.process({path, value: readFileSync(path)})).messages)
    console.log(`${path}:${message.line}:${message.column} ${message.ruleId} ${message.reason}`);
"""


@dataclass(frozen=True)
class Remark:
    """What another linter says about a line."""

    file: str
    line: int
    text: str


@dataclass(frozen=True)
class Tools:
    """Where the other programs are; None for what is not installed."""

    node: Path | None

    def script(self, name: str) -> str | None:
        """The command of a Node package or of a Python package."""
        if self.node and (self.node / "node_modules" / ".bin" / name).exists():
            return str((self.node / "node_modules" / ".bin" / name).resolve())
        return shutil.which(name)


def tidy(source: Source, style: TableStyle) -> Source:
    """*source* with its tables in *style*."""
    options = {"untidy-table": TableForm(style)}
    return fix(source, Settings(select=frozenset(["untidy-table"]), options=options)).source


def lines_of_tables(path: Path) -> dict[int, str]:
    """For each line of a table whether the table is "plain", holds "damaged" rows, or "odd" characters.

    Damaged is what awesome-lint has more to say about than that it is untidy.  Of odd characters the programs think
    differently: wide ones, those of no width, of right-to-left scripts, beyond 16 bits, white space other than spaces.
    """
    source = Source.from_bytes(path.read_bytes())
    found = check(source, Settings(select=frozenset(["table"]), ignore=frozenset(["untidy-table"])))
    damaged = {place.line for d in found for place in (d.start, *(related.start for related in d.related))}
    kinds: dict[int, str] = {}
    for table in parse(source).tables:
        lines = range(source.position(table.span.start).line, source.position(table.span.end).line + 1)
        text = source[table.span]
        is_odd = any(map(_is_odd, set(text) - {" ", "\n"}))
        kind = "damaged" if not damaged.isdisjoint(lines) else "odd" if is_odd else "plain"
        kinds |= dict.fromkeys(lines, kind)
    return kinds


def _is_odd(character: str) -> bool:
    is_narrow = wcwidth(character) == 1 and ord(character) < 0x10000
    return not is_narrow or character.isspace() or bidirectional(character) in ("R", "AL")


def output_of(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=900)
    return done.stdout + done.stderr


def remarks_in(text: str, pattern: str) -> Iterator[Remark]:
    for match in re.finditer(pattern, text, re.MULTILINE):
        yield Remark(match["file"], int(match["line"]), match["text"])


def markdownlint(tools: Tools, folder: Path, style: str) -> list[Remark] | None:
    """What markdownlint says about the files in *folder*."""
    command = tools.script("markdownlint-cli2")
    if command is None:
        return None
    rules: dict[str, object] = {"default": False, **dict.fromkeys(RULES, True), "MD060": {"style": style}}
    (folder / ".markdownlint-cli2.jsonc").write_text(json.dumps({"config": rules}), encoding="utf-8")
    text = output_of([command, "*.md"], folder)
    return list(remarks_in(text, r"^(?P<file>[^:\n]+\.md):(?P<line>\d+)(?::\d+)? (?:error )?(?P<text>MD\d+.*)$"))


def rumdl(tools: Tools, folder: Path, style: str) -> list[Remark] | None:
    """What rumdl says about the files in *folder*."""
    command = tools.script("rumdl")
    if command is None:
        return None
    (folder / "rumdl.toml").write_text(f'[MD060]\nenabled = true\nstyle = "{style}"\n', encoding="utf-8")
    text = output_of(
        [command, "check", "--no-cache", "--config", "rumdl.toml", "--enable", ",".join(RULES), "."], folder
    )
    return list(remarks_in(text, r"^(?P<file>[^:\n]+\.md):(?P<line>\d+):\d+: \[(?P<text>MD\d+\] .*)$"))


def npm_awesome_lint(tools: Tools, folder: Path, _: str) -> list[Remark] | None:
    """What the table rules of npm's awesome-lint say; they want aligned tables."""
    if not tools.node or not (tools.node / "node_modules" / "awesome-lint").exists() or not shutil.which("node"):
        return None
    script = tools.node / "awesome-lint-tables.mjs"  # where Node finds the packages
    script.write_text(REMARK, encoding="utf-8")
    files = sorted(path.name for path in folder.glob("*.md"))
    text = output_of(["node", str(script.resolve()), *files], folder)
    script.unlink()
    return list(remarks_in(text, r"^(?P<file>[^:\n]+\.md):(?P<line>\d+):\d+ (?P<text>.*)$"))


def formatters(tools: Tools, folder: Path) -> Iterator[tuple[str, bool | None]]:
    """Each formatter, and whether it leaves the aligned example alone."""
    for name in ("prettier", "mdformat"):
        command = tools.script(name)
        if command is None:
            yield name, None
        else:
            done = subprocess.run(
                [command, "--check", "plain.md"], cwd=folder, capture_output=True, check=False, timeout=60
            )
            yield name, done.returncode == 0


LINTERS: dict[str, Callable[[Tools, Path, str], list[Remark] | None]] = {
    "markdownlint": markdownlint,
    "rumdl": rumdl,
    "npm awesome-lint": npm_awesome_lint,
}


def compare(tools: Tools, lists: list[Path], show: int) -> int:
    """Print what the others say; how many remarks there are about lines that awesome-lint takes for fine."""
    disagreements = 0
    for style in (TableStyle.COMPACT, TableStyle.ALIGNED):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "plain.md").write_bytes(tidy(Source(PLAIN), style).to_bytes())
            for path in lists:
                (folder / path.name).write_bytes(tidy(Source.from_bytes(path.read_bytes()), style).to_bytes())
            kinds = {path.name: lines_of_tables(path) for path in folder.glob("*.md")}
            for linter, look in LINTERS.items():
                if linter == "npm awesome-lint" and style is TableStyle.COMPACT:
                    continue
                for wanted in ("any", style) if style is TableStyle.COMPACT else (style,):
                    remarks = look(tools, folder, wanted)
                    if remarks is None:
                        print(f"{style:8} {linter:17} not installed")
                        break
                    found = [(kinds[remark.file].get(remark.line, "plain"), remark) for remark in remarks]
                    counts = Counter(kind for kind, _ in found)
                    disagreements += counts["plain"]
                    print(
                        f"{style:8} {linter:17} style {wanted:8} {counts['plain']:5} remarks about plain tables,"
                        f" {counts['damaged']:5} about damaged ones, {counts['odd']:5} about odd characters"
                    )
                    for remark in [remark for kind, remark in found if kind == "plain"][:show]:
                        print(f"    {remark.file}:{remark.line} {remark.text}")
            if style is TableStyle.ALIGNED:
                for formatter, agrees in formatters(tools, folder):
                    verdict = {True: "leaves the example alone", False: "changes the example", None: "not installed"}
                    print(f"{style:8} {formatter:17} {verdict[agrees]}")
                    disagreements += agrees is False
    return disagreements


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lists", nargs="*", type=Path, metavar="LIST", help="READMEs to tidy")
    parser.add_argument("--node", type=Path, metavar="FOLDER", help="a Node project with the npm packages")
    parser.add_argument("--show", type=int, default=5, help="how many remarks to print, 5 by default")
    arguments = parser.parse_args()
    return int(compare(Tools(arguments.node), arguments.lists, arguments.show) > 0)


if __name__ == "__main__":
    sys.exit(main())

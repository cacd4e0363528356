"""A badly written row in a table of each style: `--fix` changes that row, and other linters have no more to say."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from awesome_lint.fixing import fix
from awesome_lint.source import Source

NODE = os.environ.get("AWESOME_LINT_NODE")
RULES = ("MD055", "MD056", "MD058")
HEAD = "# Tools\n\n"
TABLES = {
    "compact": "| Name | Year |\n| --- | --- |\n| Alpha | 2017 |\n| Beta | 2018 |\n",
    "tight": "|Name|Year|\n|---|---|\n|Alpha|2017|\n|Beta|2018|\n",
    "aligned": "| 名称     | Year |\n| :------- | ---: |\n| 医学图像 | 2017 |\n| Beta 🎉  |   18 |\n",
    "no outer pipes": "Name | Year\n--- | ---\nAlpha | 2017\nBeta | 2018\n",
}
BAD = ("|  Gamma |2019|\n", "Gamma|2019\n", "| Gamma | 2019\n", "|Gamma   |2019   |\n")
GOOD = {
    "compact": "| Gamma | 2019 |\n",
    "tight": "|Gamma|2019|\n",
    "aligned": "| Gamma    | 2019 |\n",
    "no outer pipes": "Gamma | 2019\n",
}
each_style = pytest.mark.parametrize("style", TABLES)


@each_style
@pytest.mark.parametrize("row", BAD)
def test_only_the_new_row_changes(style: str, row: str) -> None:
    before = HEAD + TABLES[style]
    assert fix(Source(before)).source.text == before
    assert fix(Source(before + row)).source.text == before + GOOD[style]


@each_style
def test_a_long_row_changes_no_other(style: str) -> None:
    before = HEAD + TABLES[style]
    fixed = fix(Source(f"{before}|{'A long name ' * 9}| 2019|\n")).source.text
    assert fixed.startswith(before)
    assert fix(Source(fixed)).source.text == fixed


def rumdl(folder: Path) -> list[str] | None:
    command = shutil.which("rumdl", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    return [command, "check", "--no-cache", "--isolated", "--enable", ",".join(RULES), str(folder)] if command else None


def markdownlint(folder: Path) -> list[str] | None:
    command = Path(NODE or ".", "node_modules", ".bin", "markdownlint-cli2")
    config = {"config": {"default": False, **dict.fromkeys(RULES, True)}}
    (folder / ".markdownlint-cli2.jsonc").write_text(json.dumps(config), encoding="utf-8")
    return [str(command.resolve()), "*.md"] if NODE and command.exists() else None


@pytest.mark.slow
@each_style
@pytest.mark.parametrize("linter", [markdownlint, rumdl], ids=lambda linter: linter.__name__)
def test_other_linters_are_as_content_as_before(style: str, linter: object, tmp_path: Path) -> None:
    assert callable(linter)
    command = linter(tmp_path)
    if command is None:
        pytest.skip(f"{getattr(linter, '__name__', '')} is not installed; AWESOME_LINT_NODE names a Node project")
    said = []
    for text in (HEAD + TABLES[style], fix(Source(HEAD + TABLES[style] + BAD[1])).source.text):
        (tmp_path / "list.md").write_text(text, encoding="utf-8")
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
        said.append(re.findall(r"list\.md:\d+.*?(MD\d+)", done.stdout + done.stderr))
    assert said[0] == said[1] == []

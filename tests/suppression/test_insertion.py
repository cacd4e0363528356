"""Comments that the program writes: they suppress what was found, and GitHub shows the list as before."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from awesome_lint.linter import engine
from awesome_lint.source import Source
from awesome_lint.suppression.insertion import add_suppressions
from tests.markdown import oracle

CASES = {
    "row": "| a | b |\n| --- | --- |\n| [x]() | 1 |\n",
    "row without an outer pipe": "a | b\n--- | ---\n[x]() | 1\n",
    "row with an empty last cell": "| a | b |\n| --- | --- |\n| [x]() |  |\n",
    "row with hidden cells": "| a | b |\n| --- | --- |\n| [x]() | 1 | 2 | 3 |\n",
    "row that ends in a backslash": "| a | b |\n| --- | --- |\n| [x]() | \\\\ |\n",
    "delimiter row": "| a | b |\n|---|---|\n| [x](https://example.org) | 1 |\n",
    "header and delimiter row": "|a|b|\n|---|---|\n|[x]()|1|\n",
    "short row": "| a | b | c |\n| --- | --- | --- |\n| [x]() |\n| 1 | 2 | 3 |\n",
    "bullet": "- [x]()\n- [y](https://example.org)\n",
    "paragraph": "See [x]()\nand more.\n",
    "heading": "# Title\n\n## [x](#gone)\n\ntext\n",
    "html": '<p>\n<a href="#gone">x</a>\n</p>\n',
    "quote": "> See [x]()\n",
    "definition": "[a][]\n\n[a]: https://a.org\n[b]: https://b.org\n[c]:\n  https://c.org\n[A]: /d\n",
    "windows": "| a | b |\r\n| --- | --- |\r\n| [x]() | 1 |\r\n",
}


@pytest.mark.parametrize("text", CASES.values(), ids=CASES)
def test_findings_are_suppressed_and_nothing_else_changes(text: str) -> None:
    source = Source(text)
    for _ in range(3):
        found = engine.check(source)
        if not found:
            break
        source = add_suppressions(engine.read(source), found)
    assert engine.check(source) == []
    assert shown(source.text) == shown(Source(text).text)


def test_a_real_list_is_silent_afterwards(real_list: Path) -> None:
    source = before = Source.from_bytes(real_list.read_bytes())
    for _ in range(3):
        found = engine.check(source)
        if not found:
            break
        source = add_suppressions(engine.read(source), found)
    assert engine.check(source) == []
    assert oracle.tables_shown(source.text) == oracle.tables_shown(before.text)


def shown(text: str) -> str:
    page = re.sub(r"<!--.*?-->", "", oracle.page(text), flags=re.DOTALL)
    return re.sub(r"\s+|data-sourcepos=\"[^\"]*\"", "", page)

"""Modules and functions stay small enough to be read in one go."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("src", "tools", "benchmarks", "action", "tests")
LONGEST_MODULE = 400
LONGEST_FUNCTION = 40

MODULES = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
each_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())


def functions(text: str) -> Iterator[tuple[str, int]]:
    """The name of each function in *text*, and on how many lines it stands with its docstring."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


@each_module
def test_size(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_MODULE
    assert [(name, lines) for name, lines in functions(text) if lines > LONGEST_FUNCTION] == []

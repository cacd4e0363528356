"""The tour of the code: what it names exists where it says, and the row that it follows ends as it says."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import awesome_lint

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "tour.md").read_text(encoding="utf-8")
PROSE = re.sub(r"^```.*?^```$", "", PAGE, flags=re.MULTILINE | re.DOTALL)
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`(\w+)`\s*(?:\(`([\w/]+\.py)`\)|in\s+`([\w/]+\.py)`)")


def names_in(path: str) -> set[str]:
    """What the module at *path* defines at its top."""
    found = set()
    for node in ast.parse((ROOT / "src" / "awesome_lint" / path).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
    return found


def test_every_name_exists_where_the_tour_says() -> None:
    named = {(match[1], match[2] or match[3]) for match in NAMED.finditer(PROSE)}
    assert len(named) > 35
    assert {(name, path) for name, path in named if name not in names_in(path)} == set()


def test_every_other_name_exists() -> None:
    package = ROOT / "src" / "awesome_lint"
    text = "".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    for path in re.findall(r"`([\w/]+\.py)`", PROSE):
        assert (package / path).is_file(), path
    for name in re.findall(r"`([A-Za-z_]\w*)`", PROSE):
        assert re.search(rf"(?:class |def |^|\n| ){name}\b", text), name
    for rule in re.findall(r"`([a-z]+-[a-z-]+)`", PROSE):
        assert rule in {each.name for each in awesome_lint.RULES}, rule


def test_the_row_ends_as_the_tour_says() -> None:
    (_, before), (_, report), (_, row) = BLOCKS
    (found,) = awesome_lint.check(before, path="README.md", facts=awesome_lint.Facts())
    headline = f"{found.path}:{found.start.line}:{found.start.column}: {found.severity}[{found.rule}] {found.message}"
    assert headline.startswith(report.strip())
    assert found.fix
    assert [edit.text for edit in found.fix.edits] == [") |"]
    assert "inserts `) |`" in PROSE
    (consequence,) = awesome_lint.check(before, config={"ignore": ["truncated-link"]})
    assert consequence.rule == "column-count"
    fixed = awesome_lint.fix(before)
    assert fixed.text.splitlines()[5] == row.strip()
    assert fixed.counts == {"truncated-link": 1}
    assert fixed.diagnostics == []

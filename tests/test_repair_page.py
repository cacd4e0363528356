"""The worked example of docs/repair.md is what the program computes."""

from __future__ import annotations

import re
from pathlib import Path

from awesome_lint.markdown import parse
from awesome_lint.repair import find_repairs
from awesome_lint.repair.group import Group
from awesome_lint.repair.lines import read_body
from awesome_lint.repair.value import read
from awesome_lint.source import Source

PAGE = Path(__file__).parent.parent / "docs" / "repair.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def short(cell: str) -> str:
    """*cell* as the page writes it."""
    return re.sub(r"\]\([^()]*\)", "](…)", cell) or "(empty)"


def test_the_worked_example(update: bool) -> None:
    page = PAGE.read_text(encoding="utf-8")
    shown = {match[1]: match[2] for match in BLOCK.finditer(page)}
    document = parse(Source(shown["markdown"]))
    (table,) = document.tables
    body = read_body(document.source, table, len(document.source.text))
    group = Group([body], ())
    unit = body.rows[4]
    columns = range(body.width)

    scores = [f"{'cell':<26}" + "".join(f"{name:>8}" for name in table.columns)]
    for cell in (*unit.cells, ""):
        fits = (group.known.profile.score(column, read(cell)) for column in columns)
        scores.append(f"{short(cell):<26}" + "".join(f"{fit:8.1f}" for fit in fits))
    readings = [f"{reading.score:5.1f}  " + " | ".join(map(short, reading.cells)) for reading in group.readings(unit)]
    repair = find_repairs(document)[table.rows[4].span]
    real = {"scores": scores, "readings": readings, "verdict": [repair.row, *repair.losses]}
    blocks = {name: "".join(f"{line}\n" for line in lines) for name, lines in real.items()}
    if update:
        page = BLOCK.sub(lambda block: f"```{block[1]}\n{blocks.get(block[1], block[2])}```", page)
        PAGE.write_text(page, encoding="utf-8")
    assert update or {name: shown[name] for name in blocks} == blocks

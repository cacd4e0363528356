"""Whole lists behind a proxy: how many links come back, and that none comes back wrong."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from awesome_lint.restore import close_links
from awesome_lint.source import Source
from tests.restore.conftest import Desk
from tests.restore.worlds import World, make_world

pytestmark = pytest.mark.slow

MADE_UP = Path(__file__).parent / "proxied.md"
MISSION = Path(os.environ.get("AWESOME_LINT_MISSION", "missing")) / "medical-image-analysis.md"
DESTINATION = re.compile(r"\]\([^()\s]*(?=\s*\))")

if_there = pytest.mark.skipif(not MISSION.exists(), reason="AWESOME_LINT_MISSION names no folder with the list")


def outcome(row: dict[str, Any], world: World) -> str:
    """What became of the link in *row* of a report."""
    if not row["written"]:
        return "proposed" if row["candidates"] else "left"
    return "right" if world.is_right(row, row["candidates"][0]["url"]) else "wrong"


def assert_the_rest_is_untouched(before: str, after: str, rows: list[dict[str, Any]], *, unsafe: bool) -> None:
    """Show that nothing changed but addresses, in lines of which the report says so, once their links are closed."""
    closed = close_links(Source(before), unsafe=unsafe).text
    changed = {row["line"] for row in rows if row["written"]}
    lines = zip(before.splitlines(), closed.splitlines(), after.splitlines(), strict=True)
    for number, (old, whole, new) in enumerate(lines, 1):
        if number in changed:
            assert DESTINATION.sub("](", whole) == DESTINATION.sub("](", new)
        else:
            assert old == new


def restore(path: Path, fix: str, desk: Desk) -> Counter[str]:
    """Restore the list at *path* in a world of its own; how many links came to what."""
    text = path.read_text(encoding="utf-8")
    world = make_world(text, desk)
    desk.run(text=text)
    assert desk.readme.read_text(encoding="utf-8") == text, "nothing is written without --fix"
    asked = desk.requests
    rows = desk.run("--format", "json", fix).rows
    assert desk.requests == asked, "a second run asks nothing again"
    assert [row for row in rows if outcome(row, world) == "wrong"] == []
    assert_the_rest_is_untouched(text, desk.readme.read_text(encoding="utf-8"), rows, unsafe=fix == "--unsafe-fixes")
    left = desk.run("--format", "json").rows
    assert len(left) == len(rows) - sum(row["written"] for row in rows), "what was restored is no longer lost"
    counts = Counter(outcome(row, world) for row in rows)
    print(f"\n{path.name} {fix}: {len(rows)} links, {asked} requests, {dict(sorted(counts.items()))}")
    return counts


@pytest.mark.parametrize(
    ("fix", "expected"),
    [
        ("--fix", {"right": 24, "proposed": 2, "left": 9}),
        ("--unsafe-fixes", {"right": 25, "proposed": 1, "left": 9}),
    ],
)
def test_a_list_behind_a_proxy(fix: str, expected: dict[str, int], desk: Desk) -> None:
    assert restore(MADE_UP, fix, desk) == expected


@if_there
@pytest.mark.parametrize("fix", ["--fix", "--unsafe-fixes"])
def test_the_list_that_this_was_made_for(fix: str, desk: Desk) -> None:
    counts = restore(MISSION, fix, desk)
    assert counts.total() == 93
    assert counts["right"] >= 62

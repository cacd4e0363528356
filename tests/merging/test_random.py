"""Merging lists that were edited at random: nothing is lost, nothing is copied, and what is a table stays one."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from awesome_lint.merging.regions import Version
from tests.markdown.documents import document
from tests.markdown.oracle import tables_shown
from tests.merging.lists import EXAMPLES, TABLE, bullet, merged, needs_git, row

pytestmark = [pytest.mark.slow, needs_git]

NAMES = [
    f"{first}{last}" for first in ("Al", "Be", "Ga", "De", "Ep", "Ze", "Et", "Th") for last in ("pha", "ta", "mma")
]


class Side:
    """A list that one side edits at random: its sections are tables and lists of lines."""

    def __init__(self, chance: random.Random, sections: Sequence[Sequence[str]]) -> None:
        self.chance = chance
        self.sections = [[*lines] for lines in sections]

    def text(self, kinds: Sequence[str]) -> str:
        parts = ["# List\n\nSome words.\n\n"]
        for number, (kind, lines) in enumerate(zip(kinds, self.sections, strict=True)):
            parts += [f"## Section {number}\n\n", TABLE if kind == "table" else "", *lines, "\n"]
        return "".join(parts)

    def edit(self, kinds: Sequence[str], fresh: list[str]) -> None:
        number = self.chance.randrange(len(self.sections))
        lines, make = self.sections[number], row if kinds[number] == "table" else bullet
        what = self.chance.choice(("add", "add", "add", "delete", "change", "swap", "move"))
        place = self.chance.randrange(len(lines) + 1)
        if what == "add":
            lines.insert(place, make(fresh.pop() if self.chance.random() < 0.9 else "Common"))
        elif what == "delete" and len(lines) > 1:
            lines.pop(place % len(lines))
        elif what == "change" and lines:
            at = place % len(lines)
            lines[at] = lines[at].replace("2019", "2020").replace("A tool", self.chance.choice(("One tool", "A thing")))
        elif what == "swap" and len(lines) > 1:
            at = place % (len(lines) - 1)
            lines[at : at + 2] = lines[at + 1], lines[at]
        elif what == "move" and len(lines) > 1:
            others = [other for other, kind in enumerate(kinds) if kind == kinds[number] and other != number]
            if others:
                self.sections[self.chance.choice(others)].append(lines.pop(place % len(lines)))


def example(seed: int) -> tuple[str, str, str]:
    chance = random.Random(seed)
    kinds = [chance.choice(("table", "list")) for _ in range(chance.randint(1, 4))]
    names = chance.sample(NAMES, len(NAMES))
    sections = []
    for kind in kinds:
        chosen = [names.pop() for _ in range(chance.randint(1, 5))]
        if chance.random() < 0.5:
            chosen.sort()
        sections.append([row(name) if kind == "table" else bullet(name) for name in chosen])
    fresh = [f"New{number}" for number in range(40)]
    chance.shuffle(fresh)
    sides = [Side(chance, sections) for _ in range(3)]
    for side in sides[1:]:
        for _ in range(chance.randint(0, 6)):
            side.edit(kinds, fresh)
    base, ours, theirs = (side.text(kinds) for side in sides)
    return base, ours, theirs


def entries(text: str) -> Counter[str]:
    """The lines of entries, whatever stands around them."""
    return Counter(line for line in text.split("\n") if line.startswith(("- ", "| [")))


@pytest.mark.parametrize("start", range(0, EXAMPLES, 50))
def test_nothing_is_lost_and_nothing_is_copied(start: int) -> None:
    for seed in range(start, start + 50):
        base, ours, theirs = example(seed)
        found = merged(base, ours, theirs)
        old, mine, other, result = map(entries, (base, ours, theirs, found.text))
        for line in mine | other:
            untouched = line in old and (line not in mine or line not in other)
            assert line in result or untouched, (seed, line)
        if not found.conflicts:
            assert result <= mine | other, (seed, result - (mine | other))
            tables = tables_shown(found.text)
            rows = sum(line.startswith("| [") for line in found.text.split("\n"))
            assert sum(len(table) - 1 for table in tables) == rows, seed
        assert merged(base, ours, ours).text == ours
        assert merged(base, base, theirs).text == theirs
        assert merged(base, ours, base).text == ours


def scribbled(text: str, chance: random.Random, mark: str) -> str:
    """*text* with up to five lines added, repeated, changed or deleted anywhere; what is new holds *mark*."""
    lines = text.split("\n")
    for number in range(chance.randint(0, 5)):
        at = chance.randrange(len(lines))
        new = [
            f"{mark}{number} words",
            f"| {mark}{number} | x |",
            bullet(f"{mark}{number}").rstrip(),
            chance.choice(lines),
        ]
        lines[at : at + 1] = chance.choice(
            [*([line, lines[at]] for line in new), [f"{lines[at]} {mark}{number}"], [] if len(lines) > 1 else lines]
        )
    return "\n".join(lines)


@pytest.mark.parametrize("start", range(0, EXAMPLES, 50))
def test_documents_that_mix_everything(start: int) -> None:
    """Tables and lists within each other, in quotes, cut short by other blocks: each line is counted, not parsed."""
    for seed in range(start, start + 50):
        chance = random.Random(seed)
        base = "\n\n".join(document(seed + more) for more in range(0, chance.choice((10**6, 2 * 10**6)), 10**6))
        base = re.sub("\r\n?", "\n", base).replace("\0", "")
        ours, theirs = scribbled(base, chance, "Ours"), scribbled(base, chance, "Theirs")
        found = merged(base, ours, theirs)
        old, mine, other, result = (
            Counter(filter(None, (line.strip(" \t>") for line in text.split("\n"))))
            for text in (base, ours, theirs, found.text)
        )
        for line in mine | other:
            assert line in result or min(mine[line], other[line]) < old[line], (seed, line)
        if not found.conflicts:
            for line, number in result.items():
                assert number <= max(mine[line], other[line], mine[line] + other[line] - old[line]), (seed, line)
        assert merged(base, ours, base).text == ours, seed
        assert merged(base, base, theirs).text == theirs, seed
        assert merged(base, ours, ours).text == ours, seed


def edited(text: str, chance: random.Random, mark: str) -> str:
    """*text* with six rows or bullets added, deleted or changed; what is new holds *mark*."""
    version = Version(text)
    regions = [region for region in version.regions if len(region.units) > 1]
    edits: dict[int, tuple[int, list[str]]] = {}
    for _ in range(6):
        region = chance.choice(regions)
        number = chance.randrange(len(region.units))
        before = sum(unit.text.count("\n") + 1 + len(unit.gap) for unit in region.units[:number])
        lines = region.units[number].text.split("\n")
        new = [
            lines[0].replace("https://", f"https://{mark}-{len(edits)}.", 1).replace("[", f"[{mark}{len(edits)} ", 1)
        ]
        what = chance.choice((lines + new, [], new))
        edits[region.start + before] = (len(lines), what if len(lines) == 1 else lines)
    result = version.lines
    for start, (length, lines) in sorted(edits.items(), reverse=True):
        result = [*result[:start], *lines, *result[start + length :]]
    return "\n".join(result)


def test_real_lists(real_list: Path) -> None:
    base = real_list.read_text(encoding="utf-8").replace("\r\n", "\n")
    if len(base) > 40_000 or not any(len(region.units) > 1 for region in Version(base).regions):
        pytest.skip("too long for the time that tests have, or without a table or list of two entries")
    for seed in range(3):
        chance = random.Random(seed)
        ours, theirs = edited(base, chance, "ours"), edited(base, chance, "theirs")
        found = merged(base, ours, theirs)
        old, mine, other, result = (
            Counter(filter(None, map(str.strip, text.split("\n")))) for text in (base, ours, theirs, found.text)
        )
        for line in mine | other:
            if line not in result:
                assert line in old
                assert line not in mine or line not in other
        assert merged(base, ours, base).text == ours
        assert merged(base, base, theirs).text == theirs
        if not found.conflicts:
            assert result <= mine | other

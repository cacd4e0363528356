"""The drawing of the package's rooms in docs/architecture.md, made from its imports.

    python tools/rooms.py

Prints the drawing.  A room is a package or a module directly in ``awesome_lint``; an arrow leads from a room to one
that it imports.  The floors are those of the import-linter contract in pyproject.toml, the highest first.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp

REPOSITORY = Path(__file__).parent.parent
PACKAGE = "awesome_lint"
PAGE = REPOSITORY / "docs" / "architecture.md"
START, END = "<!-- rooms: written by tools/generate.py -->\n", "<!-- end of rooms -->\n"


@dataclass(frozen=True)
class House:
    """The rooms by floor, which of them are single modules, and which rooms and modules each imports."""

    floors: tuple[tuple[str, ...], ...]
    flat: frozenset[str]
    arrows: Mapping[str, frozenset[str]]
    modules: Mapping[str, frozenset[str]]

    @property
    def rooms(self) -> list[str]:
        """All rooms, from the highest floor to the lowest."""
        return [room for floor in self.floors for room in floor]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """All arrows, as a room and a room that it imports."""
        return [(room, other) for room in self.rooms for other in sorted(self.arrows[room])]

    def upward(self) -> list[tuple[str, str]]:
        """The arrows that lead to a higher floor, or to another room of the same one."""
        heights = {room: height for height, floor in enumerate(self.floors) for room in floor}
        return [(room, other) for room, other in self.pairs if heights[other] <= heights[room]]

    def circle(self) -> list[str]:
        """The modules of a circle of imports; none where there is no circle."""
        try:
            TopologicalSorter(self.modules).prepare()
        except CycleError as error:
            return list(error.args[1])
        return []

    def essential(self) -> list[tuple[str, str]]:
        """The arrows that do not follow from others: no way over a third room leads to the same one."""
        reached = {room: set(self._reached(room)) for room in self.rooms}
        return [
            (room, other)
            for room, other in self.pairs
            if not any(other in reached[between] for between in self.arrows[room] - {other})
        ]

    def _reached(self, room: str) -> Iterator[str]:
        seen, waiting = set[str](), [room]
        while waiting:
            for other in self.arrows[waiting.pop()] - seen:
                seen.add(other)
                waiting.append(other)
                yield other


def read_house(source: Path = REPOSITORY / "src" / PACKAGE, contract: Path = REPOSITORY / "pyproject.toml") -> House:
    """The house whose package is imported and is in *source*, with the floors of *contract*.

    A room that the contract does not name gets a floor above all others.
    """
    graph = grimp.build_graph(PACKAGE, cache_dir=None)
    entrances = {PACKAGE, f"{PACKAGE}.__main__"}
    modules = {
        module: frozenset(graph.find_modules_directly_imported_by(module)) - entrances
        for module in graph.modules - entrances
    }
    arrows: dict[str, set[str]] = {_room(module): set() for module in modules}
    for module, imported in modules.items():
        arrows[_room(module)] |= {_room(other) for other in imported} - {_room(module)}
    floors = _floors(contract)
    unplaced = tuple(sorted(arrows.keys() - {room for floor in floors for room in floor}))
    placed = [
        tuple(room for room in floor if room in arrows) for floor in ((unplaced, *floors) if unplaced else floors)
    ]
    return House(
        tuple(floor for floor in placed if floor),
        frozenset(room for room in arrows if not (source / room).is_dir()),
        {room: frozenset(others) for room, others in arrows.items()},
        modules,
    )


def _room(module: str) -> str:
    return module.split(".")[1]


def _floors(contract: Path) -> list[tuple[str, ...]]:
    contracts = tomllib.loads(contract.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["type"] == "layers" and c["containers"] == [PACKAGE])
    return [tuple(sorted(room.strip() for room in layer.replace(":", "|").split("|"))) for layer in layers]


def drawing(house: House) -> str:
    """The drawing with a line of counts, in Markdown."""
    shown = house.essential()
    nodes = [f'    {room}["{room}{"" if room in house.flat else "/"}"]' for room in house.rooms]
    arrows = [f"    {room} --> {other}" for room, other in shown]
    size = f"{len(house.rooms)} packages in {len(house.floors)} layers, {len(house.flat)} of them single modules"
    ways = f"{len(house.pairs)} imports, {len(house.upward())} upwards; {'a' if house.circle() else 'no'} cycle"
    text = [
        f"{size}; {ways}.",
        f"The diagram shows the {len(shown)} that do not follow from others: where `rules` imports `rule` and",
        "`rule` imports `semantic`, the arrow from `rules` to `semantic` is left out.",
    ]
    return "\n".join([*text, "", "```mermaid", "flowchart TD", *nodes, *arrows, "```", ""])


def files() -> dict[Path, str]:
    """The page with its drawing, as it should be."""
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    return {PAGE: before + START + "\n" + drawing(read_house()) + "\n" + END + after}


if __name__ == "__main__":
    sys.stdout.write(drawing(read_house()))

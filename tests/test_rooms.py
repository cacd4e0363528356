"""The limits of the package's structure, and the tool that draws it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.rooms import House, drawing, read_house


@pytest.fixture(scope="module")
def house() -> House:
    return read_house()


def test_few_rooms(house: House) -> None:
    assert len(house.rooms) <= 30
    assert len(house.flat) <= 8


def test_no_arrow_leads_upwards(house: House) -> None:
    assert house.upward() == []


def test_no_circle(house: House) -> None:
    assert house.circle() == []


def test_every_room_has_a_floor(house: House) -> None:
    source = Path(__file__).parent.parent / "src" / "awesome_lint"
    names = {path.stem for path in source.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert set(house.rooms) == names - {"__init__", "__main__"}


def small(**arrows: str) -> House:
    """A house with a room on each floor, the first above the others; *arrows* name the rooms that each one imports."""
    imports = {room: frozenset(others.split()) for room, others in arrows.items()}
    return House(tuple((room,) for room in arrows), frozenset(), imports, imports)


def test_arrows_that_follow_from_others_are_not_drawn() -> None:
    house = small(a="b c", b="c", c="")
    assert house.essential() == [("a", "b"), ("b", "c")]
    assert "3 imports, 0 upwards; no cycle" in drawing(house)
    assert "a --> c" not in drawing(house)


def test_arrows_upwards_and_circles_are_seen() -> None:
    house = small(a="b", b="c", c="a")
    assert house.upward() == [("c", "a")]
    assert set(house.circle()) == {"a", "b", "c"}
    assert "1 upwards; a cycle" in drawing(house)


def test_an_arrow_on_the_same_floor_is_one_upwards() -> None:
    house = House((("a", "b"),), frozenset("ab"), {"a": frozenset("b"), "b": frozenset()}, {})
    assert house.upward() == [("a", "b")]

"""A pipe that is lost between words is put back where the names of the column leave no other place for it."""

from __future__ import annotations

import pytest

from awesome_lint.diagnostic import Applicability
from awesome_lint.markdown import parse
from awesome_lint.repair.find import find_repairs
from awesome_lint.repair.model import Repair
from awesome_lint.source import Source

TITLES = (
    *("Sparse Maps of Cities", "Roads from Above", "Snow or No Snow", "Where Rivers Were", "Crop Calendars"),
    *("Clouds Are Labels Too", "Ships at Night", "Fields in Winter", "Old Maps Anew", "Shadows of Towers"),
    *("Forests in Time", "Heat over Towns", "Coasts That Move", "Dunes and Winds", "Lakes of Ice", "Quiet Harbours"),
    *("Tides in Pixels", "Burnt Hills", "Wet Meadows", "Terraces", "Salt Flats", "Peaks at Dawn"),
)
VENUES = ("ICML", "NeurIPS", "ICLR")


def repair_of(row: str, venues: tuple[str, ...] = VENUES) -> Repair:
    """The repair of *row* as the last one of a list of papers."""
    rows = [f"| {title} | {venues[i % len(venues)]} | {2010 + i % 9} |" for i, title in enumerate(TITLES)]
    document = parse(
        Source("\n".join(["| Title | Venue | Year |", "| --- | --- | --- |", *rows, row, ""]), "README.md")
    )
    (repair,) = set(find_repairs(document).values())
    return repair


def test_a_name_that_recurs_begins_a_cell() -> None:
    repair = repair_of("| Bridges of Rust ICML | 2016 |")
    assert repair.row == "| Bridges of Rust | ICML | 2016 |"
    assert repair.fix is not None
    assert repair.fix.applicability is Applicability.SAFE


@pytest.mark.parametrize(
    ("row", "venues"),
    [
        pytest.param("| Bridges of Rust ICML | 2016 |", (*VENUES, "Journal of ICML"), id="other names end with it"),
        pytest.param("| Bridges of Rust and ICML | 2016 |", VENUES, id="the text before it goes on"),
        pytest.param("| Bridges of Rust CVPR | 2016 |", VENUES, id="no name of the column"),
    ],
)
def test_elsewhere_a_pipe_between_words_is_not_safe(row: str, venues: tuple[str, ...]) -> None:
    repair = repair_of(row, venues)
    assert repair.fix is None or repair.fix.applicability is not Applicability.SAFE

"""A lost pipe is put back where names, numbers or links show its only place, and nowhere else."""

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
    return only_repair("| Title | Venue | Year |", *rows, row)


def only_repair(header: str, *rows: str) -> Repair:
    """The repair of the only damaged one of *rows*."""
    delimiters = "| --- " * (header.count("|") - 1) + "|"
    (repair,) = set(find_repairs(parse(Source("\n".join([header, delimiters, *rows, ""]), "README.md"))).values())
    return repair


def is_safe(repair: Repair) -> bool:
    return repair.fix is not None and repair.fix.applicability is Applicability.SAFE


def test_a_name_that_recurs_begins_a_cell() -> None:
    repair = repair_of("| Bridges of Rust ICML | 2016 |")
    assert repair.row == "| Bridges of Rust | ICML | 2016 |"
    assert is_safe(repair)


@pytest.mark.parametrize(
    ("row", "venues"),
    [
        pytest.param("| Bridges of Rust ICML | 2016 |", (*VENUES, "Journal of ICML"), id="other names end with it"),
        pytest.param("| Bridges of Rust and ICML | 2016 |", VENUES, id="the text before it goes on"),
        pytest.param("| Bridges of Rust CVPR | 2016 |", VENUES, id="no name of the column"),
    ],
)
def test_elsewhere_a_pipe_between_words_is_not_safe(row: str, venues: tuple[str, ...]) -> None:
    assert not is_safe(repair_of(row, venues))


def test_a_number_ends_a_cell_however_many_digits_it_has() -> None:
    rows = [f"| {number} | {title} | {VENUES[number % 3]} |" for number, title in enumerate(TITLES, 90)]
    repair = only_repair("| No | Title | Venue |", *rows, "| 7 Bridges of Rust | ICML |")
    assert repair.row == "| 7 | Bridges of Rust | ICML |"
    assert is_safe(repair)


def linked(title: str, *, badge: bool) -> str:
    image = "<br/>![stars](https://img.shields.io/x.svg)" if badge else ""
    return f"[{title}](https://example.org/{title.replace(' ', '-')}){image}"


def test_a_link_ends_a_cell_of_a_column_that_also_holds_other_forms() -> None:
    rows = [f"| {linked(title, badge=i % 2 == 0)} | {VENUES[i % 3]} | 2019 |" for i, title in enumerate(TITLES)]
    repair = only_repair("| Title | Venue | Year |", *rows, f"| {linked('Rust', badge=False)} ICML | 2016 |")
    assert repair.row == f"| {linked('Rust', badge=False)} | ICML | 2016 |"
    assert is_safe(repair)


def test_words_after_a_link_are_not_cut_unless_they_are_a_name() -> None:
    rows = [f"| {linked(t, badge=False)} maps {t} | notes on {t} | {2000 + i} |" for i, t in enumerate(TITLES)]
    assert not is_safe(
        only_repair("| Title | Notes | Year |", *rows, f"| {linked('Rust', badge=False)} maps it | 2016 |")
    )


LICENSES = ("MIT", "Apache 2.0", "GPL 3.0", "BSD 3")


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        pytest.param(
            "Draws and prints all the maps that were ever made of [Rome](https://example.org/)",
            True,
            id="words that are no license",
        ),
        pytest.param("GPL 2 [old maps](https://example.org/) of Rome", False, id="words that a number ends"),
    ],
)
def test_a_moved_cell_may_not_be_two(cell: str, safe: bool) -> None:
    rows = [
        f"| {title} | {LICENSES[i % 4] if i % 2 else ''} | Shows [the {title}](https://example.org/{i}) and more |"
        for i, title in enumerate(TITLES)
    ]
    assert is_safe(only_repair("| Name | License | Description |", *rows, f"| Rust | {cell} |")) is safe


TASKS = ("Fusion", "Search")


@pytest.mark.parametrize(
    ("cell", "other", "safe"),
    [
        pytest.param("ICML -", "ICLR | -", True, id="a dash stands for nothing"),
        pytest.param("ICML Fusion", "ICLR | -", True, id="two names, never together"),
        pytest.param("ICML -", "ICLR | ", False, id="no dash means nothing here"),
        pytest.param("ICML Fusion", "ICML Fusion | ", False, id="the names are one, too"),
    ],
)
def test_a_cell_that_could_stay_is_cut_where_it_is_two(cell: str, other: str, safe: bool) -> None:
    rows = [f"| {t} | {VENUES[i % 3]} | {TASKS[i % 2] if i % 11 else ''} | {2000 + i} |" for i, t in enumerate(TITLES)]
    rows += [f"| {title} again | {other} | 2019 |" for title in TITLES[:3]]
    assert is_safe(only_repair("| Title | Venue | Task | Year |", *rows, f"| Rust | {cell} | 2018 |")) is safe

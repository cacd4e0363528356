"""Damage of every kind, its judgement, and the precision of repair on the sample lists in tests/accuracy/."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from benchmarks.damage import CAUSES, STRAY, Damaged, Setting, Spot, damage, intact_rows, rendered
from benchmarks.repair_accuracy import Comparison, Tally, measure_all, with_format_fixes

SAMPLES = sorted((Path(__file__).parent / "accuracy").glob("*.md"))

LIST = """\
| Name | Link | Note | Year |
| --- | --- | --- | --- |
| Alpha | [pdf](https://example.org/a)| one two | 2001 |
| `a b` | [pdf page](https://example.org/b) | | 2002 |
| <a href="https://example.org/c">C</a> | x | | |
"""
FIRST, SECOND, THIRD = LIST.splitlines()[2:]


@pytest.mark.parametrize(
    ("cause", "row", "expected"),
    [
        ("swallowed pipe", 0, {"| Alpha | [pdf](https://example.org/a one two | 2001 |"}),
        (
            "lost )",
            0,
            {
                "| Alpha | [pdf](https://example.org/a| one two | 2001 |",
                "| Alpha | [pdf](https://example.org/a | one two | 2001 |",
            },
        ),
        (
            "lost pipe",
            0,
            {
                "| Alpha [pdf](https://example.org/a)| one two | 2001 |",
                "| Alpha | [pdf](https://example.org/a) one two | 2001 |",
                "| Alpha | [pdf](https://example.org/a)| one two 2001 |",
            },
        ),
        ("missing cell", 1, {"| `a b` | [pdf page](https://example.org/b) | 2002 |"}),
        ("missing cell", 2, set()),
        ("missing tail", 2, {'| <a href="https://example.org/c">C</a> | x |'}),
        ("missing tail", 0, set()),
        (
            "placeholder",
            0,
            {
                "| - | Alpha | [pdf](https://example.org/a)| one two | 2001 |",
                "| Alpha | - | [pdf](https://example.org/a)| one two | 2001 |",
                "| Alpha | [pdf](https://example.org/a)| - | one two | 2001 |",
                "| Alpha | [pdf](https://example.org/a)| one two | - | 2001 |",
            },
        ),
        ("pipe in text", 0, {"| Alpha | [pdf](https://example.org/a)| one | two | 2001 |"}),
        (
            "pipe in code",
            1,
            {
                "| `a|b` | [pdf page](https://example.org/b) | | 2002 |",
                "| `a | b` | [pdf page](https://example.org/b) | | 2002 |",
            },
        ),
        ("pipe in code", 0, set()),
        (
            "pipe in link",
            1,
            {
                "| `a b` | [pdf|page](https://example.org/b) | | 2002 |",
                "| `a b` | [pdf | page](https://example.org/b) | | 2002 |",
            },
        ),
        ("wrapped row", 0, {"| Alpha | [pdf](https://example.org/a)| one\ntwo | 2001 |"}),
        ("joined rows", 0, {FIRST + SECOND, f"{FIRST} {SECOND}"}),
        ("joined rows", 2, set()),
        ("lost quote", 2, {'| <a href="https://example.org/c>C</a> | x | | |'}),
    ],
)
def test_damage_of_a_row(cause: str, row: int, expected: set[str]) -> None:
    rows = intact_rows(LIST)
    following = rows[row + 1] if row + 1 < len(rows) else None
    settings = [Setting(random.Random(seed), "-", following) for seed in range(30)]
    found = {"\n".join(CAUSES[cause](rows[row], setting)).replace(STRAY, "|") for setting in settings}
    assert found - {""} == expected


def test_every_cause_shows_on_the_samples() -> None:
    texts = [path.read_text(encoding="utf-8") for path in SAMPLES]
    for cause in CAUSES:
        documents = [damage(text, cause, 0.5, random.Random(1)) for text in texts]
        assert any(
            "\n".join(document.lines) != text and document.spots
            for document, text in zip(documents, texts, strict=True)
        ), cause


def test_intact_rows_are_those_with_a_cell_for_each_column() -> None:
    text = "> | a | b |\n> |---|---|\n> | 1 | 2 |\n> | 3 |\n> | 4 | 5 | 6 |\n> | 7 | \\| |\n\n| not | a table |\n"
    assert [(row.line, row.container, row.cells) for row in intact_rows(text)] == [
        (2, "> ", (" 1 ", " 2 ")),
        (5, "> ", (" 7 ", " \\| ")),
    ]


def test_a_stray_pipe_is_escaped_in_the_intact_row() -> None:
    document = damage("| a | b |\n|---|---|\n| x y | z |\n", "pipe in text", 1, random.Random(1))
    assert document.lines[2] == "| x | y | z |"
    assert document.intact[2] == "| x \\| y | z |"


def test_damaged_rows_are_never_neighbours() -> None:
    text = "| a | b |\n|---|---|\n" + "| x | y |\n" * 9
    document = damage(text, "joined rows", 1, random.Random(1))
    assert [spot.before for spot in document.spots] == [(2, 4), (5, 7), (8, 10)]
    assert [spot.after for spot in document.spots] == [(2, 3), (4, 5), (6, 7)]
    assert document.origins == [0, 1, 2, 4, 5, 7, 8, 10, 11]


INTACT = "| a | b |\n|---|---|\n| x | y |\n| 1 | 2 |\n| 3 | 4 |\n"
BROKEN = "| a | b |\n|---|---|\n| x | y |\n| 1 2 |\n| 3 | 4 |\n"
ONE_LOST = Damaged(INTACT.split("\n"), BROKEN.split("\n"), list(range(6)), [Spot((3, 4), (3, 4))])


@pytest.mark.parametrize(
    ("fixed", "expected"),
    [
        (INTACT, ["right"]),
        (INTACT.replace("| 1 | 2 |", "|1|2|"), ["right"]),
        (BROKEN, ["absent"]),
        (BROKEN.replace("| 1 2 |", "| 1 2 | |"), ["absent"]),
        (BROKEN.replace("| 1 2 |", "| | 1 2 |"), ["wrong"]),
        (BROKEN.replace("| 1 2 |", "| 1 | 2 |\n| | |"), ["wrong"]),
        (BROKEN.replace("| 1 2 |\n", ""), ["wrong"]),
        (BROKEN.replace("| x | y |", "| y | x |"), ["absent", "harmed"]),
        (BROKEN.replace("| 3 | 4 |", "| 3 | 4 |\n| 5 | 6 |"), ["absent", "harmed"]),
    ],
)
def test_verdicts(fixed: str, expected: list[str]) -> None:
    assert [verdict for verdict, *_ in Comparison(ONE_LOST, fixed).judge()] == expected


def test_damage_that_does_not_show() -> None:
    intact = "| a | b |\n|---|---|\n| x | |\n| 1 | 2 |\n"
    short = intact.replace("| x | |", "| x |")
    document = Damaged(intact.split("\n"), short.split("\n"), list(range(5)), [Spot((2, 3), (2, 3))])
    assert [verdict for verdict, *_ in Comparison(document, short).judge()] == ["unseen"]
    assert [verdict for verdict, *_ in Comparison(document, intact).judge()] == ["unseen"]
    moved = intact.replace("| x | |", "| | x |")
    assert [verdict for verdict, *_ in Comparison(document, moved).judge()] == ["wrong"]


def test_a_row_on_two_lines() -> None:
    intact = "| a | b |\n|---|---|\n| one two | y |\n| 1 | 2 |\n"
    wrapped = intact.replace("one two", "one\ntwo")
    document = Damaged(intact.split("\n"), wrapped.split("\n"), [0, 1, 2, 2, 3, 4], [Spot((2, 3), (2, 4))])
    assert [verdict for verdict, *_ in Comparison(document, intact).judge()] == ["right"]
    sealed = wrapped.replace("| one\ntwo | y |", "| one | |\n| two | y |")
    assert [verdict for verdict, *_ in Comparison(document, sealed).judge()] == ["absent"]


def test_footnotes_do_not_change_a_row_by_their_numbers() -> None:
    rows = ["| a[^1] | b |", "|---|---|", "| x | y[^2] |"]
    notes = "\n\n[^1]: one\n\n[^2]: two\n"
    first, second = "\n".join(rows) + notes, "Before[^2]\n\n" + "\n".join(rows) + notes
    assert rendered(first)[0][1] == rendered(second)[2][1] == "b"
    assert rendered("[^2]\n\n" + "\n".join(rows) + notes)[4][0] == "x"


def test_format_fixes_of_a_report() -> None:
    def finding(applicability: str, *edits: tuple[int, int, int, str]) -> dict[str, Any]:
        keys = ("line", "column", "end_line", "end_column", "text")
        places = [dict(zip(keys, (line, start, line, end, new), strict=True)) for line, start, end, new in edits]
        return {"fix": {"applicability": applicability, "edits": places}}

    findings = [
        finding("format", (1, 1, 2, "A"), (2, 2, 2, "!")),
        finding("safe", (1, 2, 3, "B")),
        finding("format", (2, 1, 3, "overlaps")),
        {"fix": None},
    ]
    assert with_format_fixes("abc\nde\n", findings) == "Abc\nd!e\n"


@pytest.fixture(scope="module")
def tallies() -> dict[str, Tally]:
    return measure_all(SAMPLES, list(CAUSES), rate=0.5, seeds=[2])


@pytest.mark.slow
@pytest.mark.parametrize("cause", CAUSES)
def test_safe_repair_is_never_wrong(tallies: dict[str, Tally], cause: str) -> None:
    figures = tallies[cause].figures()
    assert figures["rows"] + figures["unseen"] >= 2
    assert tallies[cause].flawless, [
        (kind, sample)
        for kind, sample in tallies[cause].samples
        if kind != "unsafe" and sample[1] not in ("absent", "unseen") and (kind, sample[1]) != ("safe", "right")
    ]

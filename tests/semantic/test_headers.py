import pytest

from awesome_lint.semantic import headers, labels
from awesome_lint.semantic.headers import Meaning, is_called, meanings
from awesome_lint.semantic.titles import is_label


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Paper Title", {Meaning.WORK, Meaning.PDF, Meaning.TITLE}),
        ("Jahr", {Meaning.YEAR}),
        ("J/C", {Meaning.VENUE}),
        ("Last update date", {Meaning.DATE, Meaning.CHECKED}),
        ("№", {Meaning.NUMBER}),
        ("Remarkable", set()),
        ("", set()),
    ],
)
def test_meanings(header: str, expected: set[Meaning]) -> None:
    assert meanings(header) == expected


@pytest.mark.parametrize(
    ("header", "date", "venue", "journal", "conference"),
    [
        ("Year", True, False, False, False),
        ("Published in journal", False, True, True, False),
        ("Last updated", False, False, False, False),
        ("会议", False, True, False, True),
        ("Journal/Conference", False, True, False, False),
    ],
)
def test_dates_and_venues(header: str, date: bool, venue: bool, journal: bool, conference: bool) -> None:
    assert headers.says_date(header) is date
    assert headers.says_venue(header) is venue
    assert headers.says_journal(header) is journal
    assert headers.says_conference(header) is conference


@pytest.mark.parametrize(
    ("header", "whole"), [("#", True), ("No.", True), ("ID", True), ("Paper ID", False), ("C#", False)]
)
def test_whole_headers(header: str, whole: bool) -> None:
    assert is_called(header, Meaning.NUMBER) is whole


def test_what_a_label_says_is_a_label() -> None:
    assert all(map(is_label, labels.CODE | labels.PDF | labels.DATASET))


def test_abbreviations() -> None:
    assert headers.says_abbreviation("Abbreviation")
    assert headers.says_abbreviation("Code")
    assert not headers.says_abbreviation("Encoder")

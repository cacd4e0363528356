import pytest

from awesome_lint.text.dates import find_years, parse_date, parse_year


@pytest.mark.parametrize(
    ("text", "year"),
    [("1543", 1543), ("2016", 2016), ("1216", None), ("2100", None), ("2016-05", None), ("٢٠١٦", None)],
)
def test_years(text: str, year: int | None) -> None:
    assert parse_year(text) == year


@pytest.mark.parametrize(
    ("text", "years"),
    [("CVPR2019, 2020", ["2019", "2020"]), ("1600 images", []), ("12019", []), ("2016-2018", ["2016", "2018"])],
)
def test_years_within_a_text(text: str, years: list[str]) -> None:
    assert find_years(text) == years


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("May 31st, 2016", "2016-05-31"),
        ("2016-13", None),
        ("05/06/2016", None),
        ("2016年5月", "2016-05"),
        ("2016", "2016"),
    ],
)
def test_dates(text: str, date: str | None) -> None:
    assert parse_date(text) == date

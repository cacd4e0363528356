from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awesome_lint.schema import ColumnType
from awesome_lint.semantic.values import EXPECTED, Value, parse_value


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", " U-Net ", "U-Net"),
        ("text", " ", None),
        ("link", "pdf", None),
        ("url", "https://example.org/a", "https://example.org/a"),
        ("url", "https://example.org/a and b", None),
        ("url", "example.org", None),
        ("year", "2016", 2016),
        ("year", "1216", None),
        ("year", "2016-05", None),
        ("year", "٢٠١٦", None),
        ("date", "2016-05-31", "2016-05-31"),
        ("date", "2016/5/1", "2016-05-01"),
        ("date", "2016.05", "2016-05"),
        ("date", "2016", "2016"),
        ("date", "2016年5月31日", "2016-05-31"),
        ("date", "May 2016", "2016-05"),
        ("date", "31 May 2016", "2016-05-31"),
        ("date", "Sept. 1st, 2016", "2016-09-01"),
        ("date", "2016 Dec 24", "2016-12-24"),
        ("date", "5/2016", "2016-05"),
        ("date", "2016-02-30", None),
        ("date", "2016-13", None),
        ("date", "05/06/2016", None),
        ("date", "2016-05/31", None),
        ("number", "42", 42),
        ("number", "-1,024.5", -1024.5),
        ("number", "−3", -3),
        ("number", "1 024", 1024),
        ("number", "1\u00a0024\u00a0000", 1024000),
        ("number", "1.5k", 1500),
        ("number", "45%", 45),
        ("number", ".5", 0.5),
        ("number", "0.0", 0.0),
        ("number", "1,02", None),
        ("number", "1,024 000", None),
        ("number", "k", None),
        ("number", "-", None),
        ("number", "3-4", None),
        ("boolean", "Yes", True),
        ("boolean", "✔\ufe0f", True),
        ("boolean", ":x:", False),
        ("boolean", "нет", False),
        ("boolean", "maybe", None),
        ("email", "me@example.org", "me@example.org"),
        ("email", "me at example.org", None),
        ("arxiv", "arXiv:1505.04597v2", "1505.04597"),
        ("arxiv", "https://arxiv.org/pdf/1505.04597.pdf", "1505.04597"),
        ("arxiv", "hep-th/9901001", "hep-th/9901001"),
        ("arxiv", "U-Net", None),
        ("doi", "doi:10.1000/182", "10.1000/182"),
        ("doi", "https://doi.org/10.1000/ABC", "10.1000/abc"),
        ("doi", "10.1/182", None),
        ("github", "https://github.com/tc39/proposals/tree/main#readme", "tc39/proposals"),
        ("github", "tc39/proposals", "tc39/proposals"),
        ("github", "https://www.github.com/tc39/proposals.git", "tc39/proposals"),
        ("github", "https://github.com/topics/awesome", None),
        ("github", "https://gitlab.com/tc39/proposals", None),
    ],
)  # fmt: skip
def test_one_value(kind: ColumnType, text: str, value: Value | None) -> None:
    found = parse_value(ColumnType(kind), text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("link", "https://arxiv.org/abs/1505.04597"),
        ("url", "https://arxiv.org/abs/1505.04597"),
        ("arxiv", "1505.04597"),
        ("github", "a/b"),
        ("email", "me@example.org"),
    ],
)
def test_links_count(kind: ColumnType, value: str) -> None:
    urls = ["https://arxiv.org/abs/1505.04597", "https://github.com/a/b", "mailto:me@example.org"]
    assert parse_value(ColumnType(kind), "pdf", urls) == value


def test_every_type_is_described() -> None:
    assert set(EXPECTED) == set(ColumnType)


@given(
    st.dates(date(1500, 1, 1), date(2099, 12, 31)), st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%b %d, %Y", "%Y/%m/%d"])
)
def test_dates_are_read_back(day: date, written: str) -> None:
    assert parse_value(ColumnType.DATE, day.strftime(written)) == day.isoformat()


@given(st.integers(-(10**12), 10**12))
def test_numbers_are_read_back(number: int) -> None:
    for written in (f"{number}", f"{number:,}", f"{number:,}".replace(",", "\u202f")):
        assert parse_value(ColumnType.NUMBER, written) == number


@given(st.sampled_from(ColumnType), st.text(), st.lists(st.text(), max_size=2))
def test_any_text_is_a_value_or_none(kind: ColumnType, text: str, urls: list[str]) -> None:
    value = parse_value(kind, text, urls)
    assert value is None or isinstance(value, str | int | float | bool)

"""Years and dates in texts."""

from __future__ import annotations

import re
from datetime import date

from awesome_lint.regex import regex

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_Y = r"(?P<year>(?:1[5-9]|20)\d\d)"
_D = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DATES = tuple(
    regex(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        rf"{_Y}(?:(?P<sep>[-/.])(?P<month>\d{{1,2}})(?:(?P=sep)(?P<day>\d{{1,2}}))?)?",
        rf"{_Y} ?年 ?(?P<month>\d{{1,2}}) ?月(?: ?(?P<day>\d{{1,2}}) ?日)?",
        rf"(?:{_D} )?{_MONTH},? {_Y}",
        rf"{_MONTH} {_D},? {_Y}",
        rf"{_Y},? {_MONTH}(?: {_D})?",
        rf"(?P<month>\d{{1,2}})/{_Y}",
    )
)
"""Dates with one reading; ``05/06/2016`` is May in one country and June in another, so it is none."""
_WHOLE_YEAR = regex(_Y, re.ASCII)
_YEAR_WITHIN = regex(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def parse_year(text: str) -> int | None:
    """The year that *text* is as a whole, from 1500 to 2099; else None."""
    return int(text) if _WHOLE_YEAR.fullmatch(text) else None


def find_years(text: str) -> list[str]:
    """The years that are written in *text*, in its order; smaller numbers than 1900 are mostly no years there."""
    return _YEAR_WITHIN.findall(text)


def parse_date(text: str) -> str | None:
    """The date that *text* is as a whole, ``2016-05-01`` or as much of it as is known; else None."""
    match = next((match for pattern in _DATES if (match := pattern.fullmatch(text))), None)
    if match is None:
        return None
    found = match.groupdict()
    name, month, day = found.get("name"), found.get("month"), found.get("day")
    number = _MONTHS.index(name[:3].lower()) + 1 if name else int(month) if month else None
    if number is None:
        return found["year"]
    try:
        whole = date(int(found["year"]), number, int(day or 1))
    except ValueError:
        return None
    return whole.isoformat() if day else f"{whole:%Y-%m}"

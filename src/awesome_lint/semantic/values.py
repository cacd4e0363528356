"""The types of values in a list: is this a year, a date, a repository, and which one?

The checks of columns, the typed export and the guesses about a list all read values here, so that they agree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from awesome_lint.regex import regex
from awesome_lint.schema import ColumnType
from awesome_lint.text.canonical_urls import canonical_url
from awesome_lint.text.dates import parse_date, parse_year
from awesome_lint.text.urls import Target, classify, split_url

Value = str | int | float | bool
"""What a cell means; a date is a string, ``2016-05-01`` or as much of it as is known."""


EXPECTED = {
    ColumnType.TEXT: "text",
    ColumnType.LINK: "a link",
    ColumnType.URL: "a web address",
    ColumnType.YEAR: "a year such as 2016",
    ColumnType.DATE: "a date such as 2016-05-31",
    ColumnType.NUMBER: "a number",
    ColumnType.BOOLEAN: "yes or no",
    ColumnType.EMAIL: "a mail address",
    ColumnType.ARXIV: "an arXiv identifier such as 1505.04597",
    ColumnType.DOI: "a DOI such as 10.1000/182",
    ColumnType.GITHUB: "a GitHub repository",
}
"""How a sentence names what each type of column holds."""


def parse_value(kind: ColumnType, text: str, urls: Sequence[str] = ()) -> Value | None:
    """What a cell holds if it is one value of type *kind*, else None.

    *text* is what a reader sees of the cell, *urls* are the destinations of its links.
    """
    return _PARSERS[kind](" ".join(text.split()), urls)


def _text(text: str, urls: Sequence[str]) -> str | None:  # noqa: ARG001 (all parsers are called alike)
    return text or None


def _link(text: str, urls: Sequence[str]) -> str | None:  # noqa: ARG001 (all parsers are called alike)
    return next(iter(urls), None)


def _url(text: str, urls: Sequence[str]) -> str | None:
    return next((url for url in (*urls, text) if classify(url) is Target.WEB and " " not in url), None)


def _year(text: str, urls: Sequence[str]) -> int | None:  # noqa: ARG001 (all parsers are called alike)
    return parse_year(text)


def _date(text: str, urls: Sequence[str]) -> str | None:  # noqa: ARG001 (all parsers are called alike)
    return parse_date(text)


_NUMBER = regex(
    r"(?P<sign>[-+−]?)(?P<whole>\d{1,3}(?:(?P<group>[, '’])\d{3})(?:(?P=group)\d{3})*|\d+)?(?P<rest>\.\d+)?"
    r"(?: ?(?P<unit>[kKM%]))?",
    re.ASCII,
)
_UNITS = {"k": 1_000, "K": 1_000, "M": 1_000_000}


def _number(text: str, urls: Sequence[str]) -> int | float | None:  # noqa: ARG001 (all parsers are called alike)
    match = _NUMBER.fullmatch(text)
    if match is None or not (match["whole"] or match["rest"]):
        return None
    digits = re.sub(r"[, '’]", "", match["whole"] or "0")
    number = Decimal(f"{digits}{match['rest'] or ''}") * _UNITS.get(match["unit"] or "", 1)
    if match["sign"] in ("-", "−"):
        number = -number
    return int(number) if number == number.to_integral_value() and not (match["rest"] and number < 1) else float(number)


_YES = """
yes y true ✓ ✔ ✅ ☑ 🗸 ⭕ ○ ◯ :white_check_mark: :heavy_check_mark: :ballot_box_with_check:
是 有 はい 예 да oui ja sí si sim نعم
"""
_NO = "no n false ✗ ✘ ✕ ✖ ❌ × ☒ ❎ :x: :heavy_multiplication_x: 否 无 いいえ 아니요 нет non nein não لا"
_TRUTHS = dict.fromkeys(_YES.split(), True) | dict.fromkeys(_NO.split(), False)


def _boolean(text: str, urls: Sequence[str]) -> bool | None:  # noqa: ARG001 (all parsers are called alike)
    return _TRUTHS.get(text.casefold().removesuffix("\ufe0f"))


def _email(text: str, urls: Sequence[str]) -> str | None:
    mails = (address.removeprefix("mailto:") for address in (*urls, text))
    return next((mail for mail in mails if classify(mail) is Target.MAIL), None)


_ARXIV = regex(r"(?:arxiv: ?)?(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?", re.IGNORECASE)


def _arxiv(text: str, urls: Sequence[str]) -> str | None:
    if match := _ARXIV.fullmatch(text):
        return match["id"].lower()
    return _folded("arxiv:", text, urls)


_DOI = regex(r"(?:doi: ?)?(?P<doi>10\.\d{4,9}/\S+)", re.IGNORECASE)
"""https://www.crossref.org/blog/dois-and-matching-regular-expressions/, without the restriction on later characters."""


def _doi(text: str, urls: Sequence[str]) -> str | None:
    if match := _DOI.fullmatch(text):
        return match["doi"].lower()
    return _folded("doi:", text, urls)


def _folded(prefix: str, text: str, urls: Sequence[str]) -> str | None:
    """What follows *prefix* in the canonical form of the first address that has it."""
    keys = (canonical_url(url) for url in (*urls, text))
    return next((key.removeprefix(prefix).partition("#")[0] for key in keys if key.startswith(prefix)), None)


_REPOSITORY = regex(r"(?P<owner>[A-Za-z\d](?:[A-Za-z\d-]{0,38}))/(?P<name>[\w.-]{1,100})", re.ASCII)
_OWN_PAGES = """
about apps collections contact customer-stories events explore features marketplace new notifications orgs pricing
readme search settings site sponsors topics trending users
"""
_NO_OWNERS = frozenset(_OWN_PAGES.split())
"""What is in place of an owner in addresses of GitHub's own pages."""


def _github(text: str, urls: Sequence[str]) -> str | None:
    return next((name for url in (*urls, text) if (name := _repository(url))), None)


def _repository(text: str) -> str | None:
    parts = split_url(text)
    if parts and parts.host.removeprefix("www.") != "github.com":
        return None
    path = "/".join(parts.path.strip("/").split("/")[:2]) if parts else text
    match = _REPOSITORY.fullmatch(path.removesuffix(".git"))
    return match[0] if match and match["owner"].lower() not in _NO_OWNERS else None


_PARSERS: dict[ColumnType, Callable[[str, Sequence[str]], Value | None]] = {
    ColumnType.TEXT: _text,
    ColumnType.LINK: _link,
    ColumnType.URL: _url,
    ColumnType.YEAR: _year,
    ColumnType.DATE: _date,
    ColumnType.NUMBER: _number,
    ColumnType.BOOLEAN: _boolean,
    ColumnType.EMAIL: _email,
    ColumnType.ARXIV: _arxiv,
    ColumnType.DOI: _doi,
    ColumnType.GITHUB: _github,
}

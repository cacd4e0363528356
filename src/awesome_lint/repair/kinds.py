"""What a column's name says about its values, before any row is seen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct, field

from awesome_lint.regex import regex
from awesome_lint.semantic.headers import Meaning, is_called


class Expectation(Struct, frozen=True):
    """``forms`` is a probability per form of value (empty where nothing is expected), ``words`` a known vocabulary."""

    forms: Mapping[str, float] = field(default_factory=dict)
    words: frozenset[str] = frozenset()


_LICENSES = frozenset(
    (
        "mit apache bsd gpl lgpl agpl gplv2 gplv3 mpl isc unlicense unlicensed cc0 cc by zlib wtfpl eupl epl boost bsl "
        "eula artistic proprietary commercial license licence licensed clause public domain custom openrail solderpad "
        "lpgl"
    ).split()
)
_LANGUAGES = frozenset(
    (
        "python java javascript typescript c cpp rust go golang ruby php perl scala kotlin swift haskell julia matlab "
        "lua r clojure erlang elixir ocaml lisp scheme racket dart shell bash html css vhdl verilog systemverilog "
        "chisel fortran pytorch tensorflow keras caffe jax mxnet paddle"
    ).split()
)
_LINKS = {"L": 0.6, "U": 0.08, "B": 0.05, "tL": 0.05, "empty": 0.12, "mark": 0.05, "flag": 0.05}
_YEAR = Expectation({"year": 0.85, "date": 0.05, "empty": 0.05, "word": 0.05})
_DATE = Expectation({"date": 0.6, "year": 0.2, "phrase": 0.1, "empty": 0.1})
_LICENCE = Expectation({"word": 0.45, "phrase": 0.3, "L": 0.1, "empty": 0.15}, _LICENSES)
_LANGUAGE = Expectation({"word": 0.6, "phrase": 0.2, "empty": 0.2}, _LANGUAGES)
_LINK = Expectation(_LINKS)
_TEXT = Expectation({"text": 0.55, "phrase": 0.2, "tL": 0.1, "empty": 0.1, "word": 0.05})
_VENUE = Expectation({"phrase": 0.45, "word": 0.4, "empty": 0.05, "mark": 0.05, "L": 0.05})
_NUMBER = Expectation({"number": 0.75, "mark": 0.05, "empty": 0.05, "word": 0.1, "I": 0.05})
_NAME = Expectation({"L": 0.4, "word": 0.15, "phrase": 0.15, "text": 0.15, "tL": 0.13, "empty": 0.02})
_AUTHOR = Expectation({"phrase": 0.5, "word": 0.3, "text": 0.1, "empty": 0.1})
_NOTHING = Expectation()

_PATTERNS = (
    (r"year", _YEAR),
    (r"date|updated|released?|published|time|时间", _DATE),
    (r"licen[cs]es?|许可|协议", _LICENCE),
    (r"(?:primary |programming )?languages?|frameworks?|语言", _LANGUAGE),
    (
        r"links?|urls?|codes?|github|git|repos?(?:itory)?|pdf|websites?|homepage|sources?|downloads?|demo|リンク|ссылка",
        _LINK,
    ),
    (r"descriptions?|notes?|comments?|summary|remarks?|about|details?|features?|介绍|概要", _TEXT),
    (r"venues?|conferences?|journals?|publications?|j/c", _VENUE),
    (r"stars?|counts?|numbers?|no\.?|sr\.? ?no\.?|id|rank(?:ing)?|size|params?|scores?|fps|accuracy", _NUMBER),
    (r"(?:paper |project |tool |model )?(?:name|title)s?|papers?|projects?|tools?|models?|methods?", _NAME),
    (r"authors?|champions?|organi[sz]ation|公司|開発元", _AUTHOR),
)
_NAMES = [(regex(pattern, re.IGNORECASE), expectation) for pattern, expectation in _PATTERNS]
"""Names in English, which have many forms and may be phrases, and words that say nothing elsewhere."""

_MEANINGS = (
    (Meaning.YEAR, _YEAR),
    (Meaning.DATE, _DATE),
    (Meaning.CHECKED, _DATE),
    (Meaning.LICENCE, _LICENCE),
    (Meaning.DESCRIPTION, _TEXT),
    (Meaning.NOTE, _TEXT),
    (Meaning.VENUE, _VENUE),
    (Meaning.JOURNAL, _VENUE),
    (Meaning.CONFERENCE, _VENUE),
    (Meaning.NUMBER, _NUMBER),
    (Meaning.TITLE, _NAME),
    (Meaning.NAME, _NAME),
    (Meaning.WORK, _NAME),
    (Meaning.ADDRESS, _LINK),
    (Meaning.CODE, _LINK),
    (Meaning.PDF, _LINK),
    (Meaning.THING, _NAME),
    (Meaning.AUTHOR, _AUTHOR),
)
"""What else the whole of a name may say, the first of these counts."""


@lru_cache(maxsize=1024)
def expect(name: str) -> Expectation:
    """What is expected in a column called *name*; nothing where the name says nothing."""
    name = name.strip().strip("*_ ")
    found = next((expectation for pattern, expectation in _NAMES if pattern.fullmatch(name)), None)
    if found is None:
        found = next((expectation for meaning, expectation in _MEANINGS if is_called(name, meaning)), None)
    return found or _NOTHING

"""What a column's name says about its values, before any row is seen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct, field


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
_KINDS: tuple[tuple[str, Expectation], ...] = (
    (r"year|年份?|год|año", Expectation({"year": 0.85, "date": 0.05, "empty": 0.05, "word": 0.05})),
    (
        r"date|updated|released?|published|time|日期|时间|日付",
        Expectation({"date": 0.6, "year": 0.2, "phrase": 0.1, "empty": 0.1}),
    ),
    (
        r"licen[cs]es?|ライセンス|许可证?|协议",
        Expectation({"word": 0.45, "phrase": 0.3, "L": 0.1, "empty": 0.15}, _LICENSES),
    ),
    (
        r"(?:primary |programming )?languages?|frameworks?|语言",
        Expectation({"word": 0.6, "phrase": 0.2, "empty": 0.2}, _LANGUAGES),
    ),
    (
        r"links?|urls?|codes?|github|git|repos?(?:itory)?|pdf|websites?|homepage|sources?|downloads?|demo|地址|链接|代码|リンク|ссылка",
        Expectation(_LINKS),
    ),
    (
        r"descriptions?|notes?|comments?|summary|remarks?|about|details?|features?|说明|描述|备注|介绍|概要|описание",
        Expectation({"text": 0.55, "phrase": 0.2, "tL": 0.1, "empty": 0.1, "word": 0.05}),
    ),
    (
        r"venues?|conferences?|journals?|publications?|j/c|会议|发表",
        Expectation({"phrase": 0.45, "word": 0.4, "empty": 0.05, "mark": 0.05, "L": 0.05}),
    ),
    (
        r"stars?|counts?|numbers?|no\.?|#|№|sr\.? ?no\.?|id|rank(?:ing)?|size|params?|scores?|fps|accuracy|序号|编号",
        Expectation({"number": 0.75, "mark": 0.05, "empty": 0.05, "word": 0.1, "I": 0.05}),
    ),
    (
        (
            r"(?:paper |project |tool |model )?(?:name|title)s?|papers?|projects?|tools?|models?|methods?"
            r"|名称|名字|标题|论文|モデル"
        ),
        Expectation({"L": 0.4, "word": 0.15, "phrase": 0.15, "text": 0.15, "tL": 0.13, "empty": 0.02}),
    ),
    (
        r"authors?|champions?|organi[sz]ation|公司|作者|開発元",
        Expectation({"phrase": 0.5, "word": 0.3, "text": 0.1, "empty": 0.1}),
    ),
)
_NAMES = [(re.compile(pattern, re.IGNORECASE), expectation) for pattern, expectation in _KINDS]
_NOTHING = Expectation()


@lru_cache(maxsize=1024)
def expect(name: str) -> Expectation:
    """What is expected in a column called *name*; nothing where the name says nothing."""
    name = name.strip().strip("*_ ")
    for pattern, expectation in _NAMES:
        if pattern.fullmatch(name):
            return expectation
    return _NOTHING

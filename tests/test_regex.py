"""Regular expressions that are compiled when they are first used."""

from __future__ import annotations

import re

import pytest

from awesome_lint.regex import regex


def test_an_expression_is_compiled_once_and_late(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = []
    real = re.compile

    def noted(pattern: str, flags: int) -> re.Pattern[str]:
        compiled.append((pattern, flags))
        return real(pattern, flags)

    monkeypatch.setattr(re, "compile", noted)
    word = regex("[a-z]+", re.IGNORECASE)
    assert word.pattern == "[a-z]+"
    assert compiled == []
    assert [word.sub("-", "Ab 1"), bool(word.match("1")), word.sub("-", "c")] == ["- 1", False, "-"]
    assert compiled == [("[a-z]+", re.IGNORECASE)]


def test_it_has_what_a_compiled_one_has() -> None:
    pair = regex("(?P<name>a)(b)")
    assert (pair.groups, dict(pair.groupindex)) == (2, {"name": 1})
    with pytest.raises(AttributeError):
        pair.no_such_method  # type: ignore[attr-defined]  # noqa: B018

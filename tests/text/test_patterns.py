"""Patterns of a configuration: time linear in the text, and a clear refusal without the library that gives it."""

from __future__ import annotations

import sys

import pytest

from awesome_lint.text.patterns import Pattern, PatternError


def test_the_whole_text_matches() -> None:
    pattern = Pattern(r"\d{4}(-\d{2})?")
    assert [pattern.matches(text) for text in ("2016", "2016-07", "2016-7", "x2016")] == [True, True, False, False]


def test_no_pattern_holds_up_a_check() -> None:
    assert not Pattern("(a*)*b").matches("a" * 100_000)


def test_no_pattern() -> None:
    with pytest.raises(PatternError, match=r"^is not a regular expression: missing \): \($"):
        Pattern("(")


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "re2", None)
    with pytest.raises(PatternError, match=r"^needs the library google-re2: pip install 'awesome-lint\[re2\]'$"):
        Pattern("a")

"""How wide a text is shown: the short way for narrow texts says what the library says."""

from __future__ import annotations

import sys

import pytest
from wcwidth import wcwidth

from awesome_lint.text.width import display_width


def test_every_character_is_as_wide_as_the_library_says() -> None:
    characters = map(chr, range(sys.maxunicode + 1))
    assert [each for each in characters if display_width(each) != max(0, wcwidth(each))] == []


@pytest.mark.parametrize(
    ("text", "width"), [("", 0), ("café – “a…”", 11), ("表", 2), ("e\u0301", 1), ("👩‍🔬", 2), ("a\tb", 2)]
)
def test_texts(text: str, width: int) -> None:
    assert display_width(text) == width

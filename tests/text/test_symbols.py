import pytest

from awesome_lint.text.symbols import is_symbol, plain_symbol, split_symbols


@pytest.mark.parametrize("text", ["🔒", "⚠", "⚠️", "✓", "👨‍👩‍👧", "🇩🇪", "⚠️💲", "👍🏽"])
def test_symbols(text: str) -> None:
    assert is_symbol(text)


@pytest.mark.parametrize("text", ["", "-", "*", "?", "a", "🔒 closed", "1", "+", "\ufe0f"])
def test_no_symbols(text: str) -> None:
    assert not is_symbol(text)


def test_symbols_are_taken_apart() -> None:
    assert split_symbols("⚠️💲👨‍👩‍👧🇩🇪🇫🇷👍🏽") == ["⚠️", "💲", "👨‍👩‍👧", "🇩🇪", "🇫🇷", "👍🏽"]
    assert plain_symbol("⚠️") == "⚠"

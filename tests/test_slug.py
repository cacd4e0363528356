import pytest
from hypothesis import given
from hypothesis import strategies as st

from awesome_lint.markdown.slug import Slugger, slugify


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("Simple Title", "simple-title"),
        ("Detection / Localization", "detection--localization"),
        ("Auto-Encoders/ Stacked Auto-Encoders", "auto-encoders-stacked-auto-encoders"),
        ("Sorting & Ranking", "sorting--ranking"),
        ("Awesome-LLM ", "awesome-llm-"),
        ("snake_case and dash-case", "snake_case-and-dash-case"),
        ("C++ / C# (11.0)", "c--c-110"),
        ("🚀 Usage", "-usage"),
        ("❤️ Support", "\ufe0f-support"),
        (":rocket: Usage", "rocket-usage"),
        (":ok_hand::hatched_chick: Two", "ok_handhatched_chick-two"),
        ("I ♥ unicode", "i--unicode"),
        ("中文 标题，第一", "中文-标题第一"),
        ("モデル・一覧", "モデル一覧"),
        ("Профили пользователей", "профили-пользователей"),
        ("Straße ÀÉ", "straße-àé"),
        ("हिन्दी", "हिन्दी"),
        ("Part Ⅷ", "part-ⅷ"),
        ("Ⓐ team", "ⓐ-team"),
        ("½ and ²", "-and-"),
        ("tab\tand\u00a0nbsp\u200dzwj", "tabandnbspzwj"),
        ("full＿width", "full＿width"),
        ("", ""),
    ],
)
def test_anchor_follows_github(text: str, anchor: str) -> None:
    assert slugify(text) == anchor


def test_repeated_headings_are_numbered() -> None:
    slugger = Slugger()
    assert [slugger.slug(text) for text in ("Foo", "foo", "Foo!", "Bar")] == ["foo", "foo-1", "foo-2", "bar"]


def test_number_of_a_repeat_avoids_headings_that_end_in_a_number() -> None:
    slugger = Slugger()
    texts = ("Echo", "Echo", "Echo 1", "Echo-1", "Echo")
    assert [slugger.slug(text) for text in texts] == ["echo", "echo-1", "echo-1-1", "echo-1-2", "echo-2"]


def test_nothing_but_punctuation_is_numbered_too() -> None:
    slugger = Slugger()
    assert [slugger.slug(text) for text in ("!", "?", "")] == ["", "-1", "-2"]


@given(st.lists(st.text(max_size=6), max_size=30))
def test_no_anchor_is_given_twice(texts: list[str]) -> None:
    slugger = Slugger()
    anchors = [slugger.slug(text) for text in texts]
    assert len(set(anchors)) == len(anchors)


@given(st.text())
def test_an_anchor_is_its_own_anchor(text: str) -> None:
    anchor = slugify(text)
    assert slugify(anchor) == anchor

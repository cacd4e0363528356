"""What the rules about values, order and style share."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awesome_lint.markdown import Table, parse
from awesome_lint.rules._style import begins_small
from awesome_lint.semantic.cells import locate
from awesome_lint.semantic.headers import says_conference, says_date, says_journal, says_venue
from awesome_lint.source import Source
from awesome_lint.text.canonical_urls import canonical_url, without_tracking
from awesome_lint.text.sentences import ends_sentence
from awesome_lint.text.sorting import Descending, in_order, text_key
from awesome_lint.text.spelling import is_typo, shapes, spelling_key


@given(st.lists(st.integers(0, 6), max_size=9))
def test_in_order_finds_the_longest_part_that_never_descends(keys: list[int]) -> None:
    found = in_order(keys)
    assert found == sorted(set(found))
    assert [keys[index] for index in found] == sorted(keys[index] for index in found)
    longest = max(
        size for size in range(len(keys) + 1) if any(list(part) == sorted(part) for part in combinations(keys, size))
    )
    assert len(found) == longest


@given(st.lists(st.integers(0, 6), max_size=9))
def test_descending_keys_turn_the_order_round(keys: list[int]) -> None:
    assert sorted(map(Descending, keys)) == [Descending(key) for key in sorted(keys, reverse=True)]
    assert len(in_order([Descending(key) for key in keys])) == len(in_order([-key for key in keys]))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("v2", "v10"),
        ("ada", "Bea"),
        ("Éclair", "Fast"),
        ("v" + "9" * 5000, "v1" + "0" * 5000),
        ("a 2", "a 02b"),
        ("", "a"),
    ],
)
def test_names_sort_as_people_sort_them(first: str, second: str) -> None:
    assert text_key(first) < text_key(second)


def test_case_and_digits_count_where_they_should() -> None:
    assert text_key("Bea", case=True) < text_key("ada", case=True)
    assert text_key("v10", natural=False) < text_key("v2", natural=False)


@given(st.lists(st.text(), max_size=8))
def test_any_names_can_be_sorted(names: list[str]) -> None:
    keys = [text_key(name) for name in names]
    assert len(sorted(keys)) == len(names)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PyTorch", "Pytorch"),
        ("Head-Neck", "Head Neck"),
        ("Apache-2.0", "Apache 2.0"),
        ("Nat. Mach. Intell.", "Nat Mach Intell"),
        ("Node.js", "NodeJS"),
        ("hugging_face", "HuggingFace"),
    ],
)
def test_spellings_of_one_value(one: str, other: str) -> None:
    assert spelling_key(one) == spelling_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("2-7", "27"), ("2.7", "2-7"), ("v1 0", "v10"), ("C", "C++"), ("A-", "A"), ("RV32I", "RV32I[M]"), ("DL", "DL🔥")],
)
def test_spellings_of_two_values(one: str, other: str) -> None:
    assert spelling_key(one) != spelling_key(other)


@pytest.mark.parametrize(
    ("rare", "right"),
    [
        ("Andes Commerical License", "Andes Commercial License"),
        ("Kuberenetes", "kubernetes"),
        ("licence", "license"),
        ("segmntation", "segmentation"),
        ("clasification", "classification"),
    ],
)
def test_typos(rare: str, right: str) -> None:
    assert is_typo(rare, right)
    assert is_typo(right, rare)
    assert shapes(spelling_key(rare)) & shapes(spelling_key(right))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("license", "license"),
        ("transformer", "transformers"),
        ("analysis", "analyses"),
        ("EvoLLM-JP", "EvoVLM-JP"),
        ("NeurIPS 2021", "NeurIPS 2020"),
        ("GPL-3.0 License", "LGPL-3.0 License"),
        ("ベースのLLM", "ベースのVLM"),
        ("入出力で扱えるトークン数", "入力で扱えるトークン数"),
        ("male", "mole"),
        ("offline", "online"),
    ],
)
def test_no_typos(one: str, other: str) -> None:
    assert not is_typo(one, other)
    assert not is_typo(other, one)


@given(st.text(st.sampled_from("abc-1. "), max_size=12), st.text(st.sampled_from("abc-1. "), max_size=12))
def test_two_keys_one_edit_apart_share_a_shape(one: str, other: str) -> None:
    if is_typo(one, other):
        assert shapes(spelling_key(one)) & shapes(spelling_key(other))


def test_locate_finds_words_and_no_addresses() -> None:
    source = Source(
        "| A |\n| - |\n| [Github](https://x.org/Github) GithubPages `Github`? |\n| Github <b id='Github'>x</b> |\n"
    )
    table = parse(source).blocks[0]
    assert isinstance(table, Table)
    first, second = (row.cells[0].content for row in table.rows)
    assert locate("Github", first, source) is None, "two places"
    assert locate("GithubPages", first, source) == source.line_span(3)._replace(
        start=source.text.index("GithubPages"), end=source.text.index("GithubPages") + 11
    )
    found = locate("Github", second, source)
    assert found
    assert found.start == source.text.rindex("| Github") + 2


@pytest.mark.parametrize(
    ("text", "small", "ended"),
    [
        ("Edits text.", False, True),
        ("edits (text.)", True, True),
        ("“edits”", True, False),
        ("3D editor", False, False),
        ("编辑器。", False, True),
        ("🚀 fast!", True, True),
        ("", False, False),
    ],
)
def test_beginnings_and_ends(text: str, small: bool, ended: bool) -> None:
    assert begins_small(text) is small
    assert ends_sentence(text) is ended


def test_headers() -> None:
    assert [says_date(name) for name in ("Year", "Publish Date", "Last updated", "Venue/Year", "年份", "Metadata")] == [
        True, True, False, False, True, False,
    ]  # fmt: skip
    assert [says_venue(name) for name in ("J/C", "Year-Conference/Journal", "会议", "Avenue")] == [
        True,
        True,
        True,
        False,
    ]
    assert says_journal("Journal")
    assert says_conference("Conference name")
    assert not says_journal("Journal / Conference")
    assert not says_conference("Venue")


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        ("https://a.org/x?utm_source=b&id=3&fbclid=4#top", "https://a.org/x?id=3#top"),
        ("https://a.org/x?gclid=1", "https://a.org/x"),
        ("https://a.org/x?source=b", "https://a.org/x?source=b"),
        ("https://a.org/x#utm_source=b", "https://a.org/x#utm_source=b"),
    ],
)
def test_tracking_fields(url: str, bare: str) -> None:
    assert without_tracking(url) == bare
    assert canonical_url(url) == canonical_url(bare)

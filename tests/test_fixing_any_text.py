"""What holds for the fixes of any text."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from awesome_lint.fixing import Fixed, fix
from awesome_lint.linter.settings import Settings
from awesome_lint.markdown import parse
from awesome_lint.source import Source
from awesome_lint.table_format.options import TableForm, TableStyle
from tests.lists import lists
from tests.markdown.comparison import faults_of_fixing
from tests.markdown.documents import document
from tests.markdown.oracle import rendered, words, words_shown
from tests.markdown.test_against_cmark import documents
from tests.test_any_text import TEXTS
from tests.test_fixing import fixed

pytestmark = pytest.mark.slow

Fixing = Callable[..., Fixed]


any_list = st.one_of(lists(), lists(), documents(), TEXTS)
thorough = settings(
    max_examples=6 * settings().max_examples,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
EXAMPLES = int(os.environ.get("AWESOME_LINT_EXAMPLES", "100")) // 2
REPAIRS = "column-count detached-row rejected-table untidy-table truncated-link"
"""Rules that must not lose a word; others put one in place of another on purpose."""
SAME_WORDS = Settings(ignore=frozenset({"misspelt-name"}))
"""The rules whose safe fixes put no word in place of another."""


@thorough
@given(any_list, st.booleans())
def test_fixing_ends_and_fixing_twice_is_fixing_once(text: str, unsafe: bool) -> None:
    once = fixed(text, unsafe=unsafe)
    again = fixed(once.source.raw, unsafe=unsafe)
    assert again.source.raw == once.source.raw
    assert not again.counts
    assert again.diagnostics == once.diagnostics


@thorough
@given(any_list, st.sampled_from(TableStyle), st.sampled_from([None, 5, 20]))
def test_tidying_does_not_show(text: str, style: TableStyle, width: int | None) -> None:
    source = Source(text.replace("\0", ""))
    form = Settings(select=frozenset(["untidy-table"]), options={"untidy-table": TableForm(style, width)})
    result = fix(source, form).source
    assert rendered(result.text) == rendered(source.text)
    assert words(result.text) == words(source.text)
    assert [d.rule for d in fix(result, form).diagnostics] == []


@thorough
@given(lists(), st.booleans())
def test_no_word_and_no_destination_is_lost(text: str, unsafe: bool) -> None:
    result = fixed(text, unsafe=unsafe, select=REPAIRS).source.text
    assert not words(text) - words(result)
    lost = words_shown(text) - words_shown(result)
    destinations = " ".join(link.url for link in parse(Source(result)).links)
    assert not lost - words(unquote(destinations)), "only a destination that was shown as text may be hidden"


@thorough
@given(lists(), st.sampled_from(["\r\n", "\ufeff"]))
def test_windows_line_endings_and_a_byte_order_mark_change_nothing(text: str, kind: str) -> None:
    plain = fixed(text).source.text
    if kind == "\r\n":
        assert fixed(text.replace("\n", "\r\n")).source.raw == plain.replace("\n", "\r\n")
    else:
        assert fixed(kind + text).source.raw == kind + plain


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("-<style>[r](</STYLE>", id="a tag is no destination"),
        pytest.param("-><!--|<![CDATA[]]>\n|-", id="a cell hides a CDATA section that a paragraph shows"),
        pytest.param(">称||份\n>-|-|-\n>e||2016\n>t\n\t&mp;|2016", id="code shows a character reference"),
        pytest.param("- \n  >;||\n  >-|-\n  >]|<a =>|&", id="text in angle brackets is no tag"),
        pytest.param("~|||&\n-:|-|-|-\n~ <a =>|[][[z]]|\x0b", id="nor is it a blank cell"),
        pytest.param("a|b\n-|-\nx|- <a id=y>|z", id="a placeholder and a tag are no blank cell"),
    ],
)
def test_nothing_is_lost_in_what_was_found_by_chance(text: str) -> None:
    assert faults_of_fixing(text) == []


@pytest.mark.parametrize("start", range(0, EXAMPLES, 10))
def test_fixes_of_documents_that_mix_everything_do_no_harm(start: int) -> None:
    for seed in range(start, start + 10):
        assert faults_of_fixing(document(seed)) == [], (seed, document(seed))


def rows_shown(text: str) -> Counter[str]:
    """The HTML of all table rows, without the spaces at the edges of link texts, which no reader sees in a cell."""
    html = re.sub(r"(<a [^>]*>)\s+|\s+(?=</a>)", r"\1", rendered(text))
    return Counter(re.findall(r"<tr>.*?</tr>", html, re.DOTALL))


def test_real_lists(real_list: Path) -> None:
    source = Source.from_bytes(real_list.read_bytes(), real_list.name)
    result = fix(source)
    assert fix(result.source).source.raw == result.source.raw

    result = fix(source, SAME_WORDS)
    document = parse(source)
    destinations = [link.url for link in document.links] + [link.destination for link in document.broken_links]
    lost = words_shown(source.text) - words_shown(result.source.text)
    assert not lost - words(unquote(" ".join(destinations))), "only destinations may be replaced"

    repairs = sum(count for rule, count in result.counts.items() if rule != "untidy-table")
    assert (rows_shown(source.text) - rows_shown(result.source.text)).total() <= repairs


def test_tidying_does_not_show_in_real_lists(real_list: Path) -> None:
    source = Source.from_bytes(real_list.read_bytes(), real_list.name)
    result = fix(source, Settings(select=frozenset(["untidy-table"])))
    assert rendered(result.source.text) == rendered(source.text)
    assert not result.diagnostics

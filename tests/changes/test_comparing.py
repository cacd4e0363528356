"""What has happened between two versions of a list: the cases of cases.md, and edits of any list."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awesome_lint.changes.comparing import Kind, compare
from awesome_lint.changes.markdown import render_markdown
from awesome_lint.changes.text import render_text
from awesome_lint.fixing import fix
from awesome_lint.linter.settings import Settings
from awesome_lint.markdown import parse
from awesome_lint.report.style import Style
from awesome_lint.semantic.matching import match_entries
from awesome_lint.semantic.model import ListModel
from awesome_lint.source import Source
from tests.lists import lists

TEXT = (Path(__file__).parent / "cases.md").read_text(encoding="utf-8")
_BLOCK = r"\n\n```{}\n(.*?)^```"
CASE = re.compile(
    r"^## ([^\n]+)" + _BLOCK.format("markdown") * 2 + _BLOCK.format("text") + "$", re.MULTILINE | re.DOTALL
)
CASES = CASE.findall(TEXT)


def test_every_case_is_read() -> None:
    assert len(CASES) == TEXT.count("\n```text\n") > 10


@pytest.mark.parametrize(("old", "new", "text"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_cases(old: str, new: str, text: str) -> None:
    documents = (parse(Source(each.replace("␛", "\x1b"), "README.md")) for each in (old, new))
    assert render_text([compare(*documents)], Style()) == text


@given(lists())
def test_a_list_is_like_itself(text: str) -> None:
    document = parse(Source(text))
    assert compare(document, document).changes == ()


@given(lists())
def test_tidying_changes_no_entry(text: str) -> None:
    tidied = fix(Source(text), Settings(select=frozenset({"untidy-table"}))).source
    assert compare(parse(Source(text)), parse(tidied)).changes == ()


@given(lists(), lists())
def test_every_entry_is_in_one_pair_or_alone(one: str, other: str) -> None:
    old, new = (ListModel(parse(Source(text))).entries for text in (one, other))
    matching = match_entries(old, new)
    sides = [pair[0].span for pair in matching.pairs] + [entry.span for entry in matching.removed]
    assert sorted(sides) == sorted(entry.span for entry in old)
    sides = [pair[1].span for pair in matching.pairs] + [entry.span for entry in matching.added]
    assert sorted(sides) == sorted(entry.span for entry in new)


@given(lists(), lists(), st.sampled_from(Kind))
def test_backwards_what_was_added_is_removed(one: str, other: str, kind: Kind) -> None:
    old, new = parse(Source(one)), parse(Source(other))
    mirrored = {Kind.ADDED: Kind.REMOVED, Kind.REMOVED: Kind.ADDED}
    assert compare(old, new).count(kind) == compare(new, old).count(mirrored.get(kind, kind))


@given(lists(), lists())
def test_release_notes_have_an_item_for_each_change_and_all_new_entries(one: str, other: str) -> None:
    comparison = compare(parse(Source(one)), parse(Source(other)))
    notes = render_markdown([comparison])
    for kind, changes in comparison.by_kind():
        assert f"## {kind.phrase}\n" in notes
        if kind is Kind.ADDED:
            lines = notes.split("\n")
            assert all(comparison.new.source[change.entry.span].split("\n")[0] in lines for change in changes)

"""The diff that `--diff` shows."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awesome_lint.report.diff import render
from awesome_lint.report.style import Style

LINES = st.lists(st.sampled_from(["a\n", "b\n", "\n", "| x |\n", "- c\n", "+ d\n", "@@\n", "\t\n"]), max_size=30)
TEXTS = st.builds(lambda lines, end: "".join(lines) + end, LINES, st.sampled_from(["", "end"]))
HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@\n")
NO_NEWLINE = "\\ No newline at end of file\n"


def diff(before: str, after: str) -> str:
    return render(before, after, "README.md", Style())


def apply(patch: str, before: str) -> str:
    """*before* with *patch* applied, as the program ``patch`` does it."""
    old, result, done = before.splitlines(keepends=True), list[str](), 0
    lines = patch.splitlines(keepends=True)[2:]
    for line, following in zip(lines, [*lines[1:], ""], strict=False):
        if hunk := HUNK.fullmatch(line):
            start = int(hunk[1]) - (hunk[2] != "0")
            result += old[done:start]
            done = start
            assert len(result) == int(hunk[3]) - (hunk[4] != "0")
        elif line != NO_NEWLINE:
            text = line[1:].removesuffix("\n") if following == NO_NEWLINE else line[1:]
            if line[0] in " -":
                assert old[done] == text
                done += 1
            if line[0] in " +":
                result.append(text)
    return "".join((*result, *old[done:]))


@given(TEXTS, TEXTS)
def test_a_diff_leads_from_one_text_to_the_other(before: str, after: str) -> None:
    patch = diff(before, after)
    assert (patch == "") == (before == after)
    assert apply(patch, before) == after


@given(st.integers(0, 80), LINES)
def test_a_diff_shows_three_lines_around_a_change(place: int, new: list[str]) -> None:
    lines = [f"{number}\n" for number in range(100)]
    patch = diff("".join(lines), "".join((*lines[:place], *new, "x\n", *lines[place + 1 :])))
    (hunk,) = HUNK.finditer(patch)
    assert int(hunk[1]) == max(1, place - 2)
    assert patch.count("\n ") == 3 + min(3, place)


def test_a_diff_in_full() -> None:
    assert diff("a\nb\n", "a\nc") == (
        "--- README.md\n+++ README.md\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n\\ No newline at end of file\n"
    )
    assert diff("", "a\n") == "--- README.md\n+++ README.md\n@@ -0,0 +1 @@\n+a\n"


def test_a_diff_cannot_act_on_its_reader() -> None:
    patch = render("::error::x\n\x1b[31m\n", "\t::error::y\n\u202e\n##[x]\n", "a\x1b\n", Style())
    assert not re.search("[\x00-\x08\x0b-\x1f\u202e]", patch)
    assert not re.search(r"^\s*::|##\[", patch, re.MULTILINE)
    assert "-\\x1b[31m\n" in patch


def test_colours() -> None:
    patch = render("a\n", "b\n", "x", Style(color=True))
    assert "\x1b[31m-a\x1b[0m\n" in patch
    assert "\x1b[32m+b\x1b[0m\n" in patch


@pytest.mark.slow
def test_a_diff_of_many_lines_takes_linear_time() -> None:
    """`difflib` alone would take minutes: every other line has changed."""
    before = "".join(f"| {number} |\n" for number in range(40_000))
    after = "".join(f"| {number} |{'x' * (number % 2)}\n" for number in range(40_000))
    same = "| same |\n" * 40_000
    start = time.perf_counter()
    assert apply(diff(before, after), before) == after
    assert apply(diff(same, same[:-9] + "x\n"), same) == same[:-9] + "x\n"
    assert time.perf_counter() - start < 20

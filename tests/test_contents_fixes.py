"""What fixes make of a table of contents: those that a configuration requires, and what --unsafe-fixes inserts."""

from __future__ import annotations

from pathlib import Path

import pytest

from awesome_lint.diagnostic import Applicability, Diagnostic
from awesome_lint.fixing import fix
from awesome_lint.linter.settings import Settings
from awesome_lint.markdown import ListItem, parse
from awesome_lint.rule import Context
from awesome_lint.rules._contents_form import Options
from awesome_lint.source import Source

SETTINGS = Settings(select=frozenset(["stale-contents"]))
STRICT = Settings(
    select=frozenset(["stale-contents"]),
    options={"stale-contents": Options(complete=True, order=True, text=True)},
)
HEADINGS = "\n\n# Alpha\n# Beta\n# Gamma\n# Delta\n"


@pytest.mark.parametrize(
    ("contents", "line"),
    [
        ("- [Alpha](#alpha)\n- [Gamma](#gamma)\n- [Delta](#delta)", "- [Beta](#beta)"),
        ("* [Beta](#beta)\n* [Gamma](#gamma)\n* [Delta](#delta)", "* [Alpha](#alpha)"),
        ("- **[Alpha](#alpha)**\n- **[Beta](#beta)**\n- **[Gamma](#gamma)**", "- **[Delta](#delta)**"),
        ("- [Alpha](#alpha)\n  - [One](#one)\n- [Gamma](#gamma)\n- [Delta](#delta)", "- [Beta](#beta)"),
    ],
)
def test_a_missing_item_is_inserted_in_its_place(contents: str, line: str) -> None:
    text = contents + HEADINGS.replace("# Beta", "## One\n# Beta")
    assert fix(Source(text, "README.md"), SETTINGS).source.raw == text
    fixed = fix(Source(text, "README.md"), SETTINGS, unsafe=True)
    lines = fixed.source.raw.split("\n")
    assert lines.pop(lines.index(line)) == line
    assert "\n".join(lines) == text
    items = [item for item in fixed.source.raw.split("\n\n")[0].split("\n") if not item.startswith(" ")]
    titles = ["Alpha", "Beta", "Gamma", "Delta"]
    assert [title for item in items for title in titles if title in item] == titles
    assert fixed.diagnostics == []


def test_an_anchor_that_leads_elsewhere_is_not_inserted() -> None:
    text = '- [Alpha](#alpha)\n- [Gamma](#gamma)\n- [Delta](#delta)\n\n<a name="beta"></a>' + HEADINGS
    fixed = fix(Source(text, "README.md"), SETTINGS, unsafe=True)
    assert fixed.source.raw == text


def removed(lines: list[str], first: int, count: int) -> None:
    del lines[first : first + count]


def renamed(lines: list[str], first: int, count: int) -> None:
    lines[first : first + count] = [line.replace("](", "x](") for line in lines[first : first + count]]


def swapped(lines: list[str], first: int, count: int) -> None:
    lines[first : first + count] = reversed(lines[first : first + count])


@pytest.mark.slow
def test_the_contents_of_a_real_list_is_restored_or_reported(real_list: Path) -> None:
    intact = fix(Source.from_bytes(real_list.read_bytes()), STRICT)
    run = siblings_in(intact.source)
    if not run or intact.diagnostics:
        pytest.skip("no contents with three items in a row that can be damaged, or one that is not as required")
    for damage in (removed, renamed, swapped):
        lines = intact.source.text.split("\n")
        damage(lines, intact.source.position(run[0].span.start).line - 1, len(run))
        fixed = fix(Source("\n".join(lines)), STRICT)
        assert fixed.source.text == intact.source.text or any(map(has_no_safe_fix, fixed.diagnostics))


def has_no_safe_fix(found: Diagnostic) -> bool:
    return found.fix is None or found.fix.applicability is Applicability.UNSAFE


def siblings_in(source: Source) -> list[ListItem]:
    """Three bullets of the contents in a row, each a single line that leads to a heading."""
    contents = Context(parse(source)).contents
    leading = {item.item.span for item in contents.items if item.item and item.heading} if contents else set()
    for bullets in contents.lists if contents else ():
        for place in range(1, len(bullets.items) - 3):
            run = list(bullets.items[place : place + 3])
            if all(item.span in leading and not item.lists and "\n" not in source[item.span] for item in run):
                return run
    return []

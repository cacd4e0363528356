"""What --unsafe-fixes inserts into a table of contents; the case file of stale-contents shows only safe fixes."""

from __future__ import annotations

import pytest

from awesome_lint.fixing import fix
from awesome_lint.linter.settings import Settings
from awesome_lint.source import Source

SETTINGS = Settings(select=frozenset(["stale-contents"]))
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

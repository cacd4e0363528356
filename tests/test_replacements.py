"""What the proof lets pass: values that are replaced on purpose, and rows that change places."""

from __future__ import annotations

import pytest

from awesome_lint.diagnostic import Applicability, Edit, Fix
from awesome_lint.fixing.patch import Patch, Proposal
from awesome_lint.fixing.proof import UnprovedError, prove
from awesome_lint.markdown import parse
from awesome_lint.source import Source, Span

TEXT = """\
| Paper | Code |
| --- | --- |
| [Alpha](https://example.org/a) | Github |
| [Beta](https://example.org/b) | [Github](https://github.com/b) |
"""


def proved(*edits: Edit, text: str = TEXT) -> str:
    """*text* with *edits* made as one fix; raises `UnprovedError`."""
    source = Source(text)
    patch = Patch((Proposal(Fix("Fix", edits, Applicability.SAFE), ("rule",)),))
    after = parse(patch.apply(source))
    prove(parse(source), after, patch)
    return after.source.text


def edit(old: str, new: str, replaces: str | None = None, text: str = TEXT) -> Edit:
    start = text.index(old)
    return Edit(Span(start, start + len(old)), new, replaces)


def test_a_value_may_be_replaced_on_purpose() -> None:
    first, second = TEXT.index("Github"), TEXT.index("[Github]") + 1
    edits = [Edit(Span(start, start + 6), "GitHub", "Github") for start in (first, second)]
    assert proved(*edits) == TEXT.replace("Github", "GitHub")


def test_not_without_saying_so() -> None:
    with pytest.raises(UnprovedError, match="lose the text"):
        proved(edit("Github", "GitHub"))


def test_only_what_it_says() -> None:
    with pytest.raises(UnprovedError, match="which is not what it expects"):
        proved(edit("Alpha", "GitHub", "Github"))


@pytest.mark.parametrize(
    ("old", "new"), [("Github", "Git | Hub"), (" | Github", " Github"), ("Github |\n", "Github |\n\n")]
)
def test_no_cells_or_lines_move(old: str, new: str) -> None:
    with pytest.raises(UnprovedError, match="move cells"):
        proved(edit(old, new, old))


def test_no_link_goes() -> None:
    with pytest.raises(UnprovedError, match="lose the link"):
        proved(edit("[Github](https://github.com/b)", "GitHub", "[Github](https://github.com/b)"))


def test_rows_may_change_places() -> None:
    _, _, alpha, beta = TEXT.splitlines()
    assert proved(edit(alpha, beta), edit(beta, alpha)).splitlines()[2:] == [beta, alpha]


def test_no_row_may_take_the_place_of_another() -> None:
    _, _, alpha, beta = TEXT.splitlines()
    with pytest.raises(UnprovedError, match="lose"):
        proved(edit(alpha, beta), edit(beta, beta))

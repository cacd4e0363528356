"""Merging lists as sets of entries: what becomes of each."""

from __future__ import annotations

import pytest

from awesome_lint.merging.merge import Merged
from awesome_lint.merging.proof import is_proved
from tests.merging.lists import ALPHA, BETA, DELTA, LIST, TABLE, bullet, merged, needs_git, row

pytestmark = [pytest.mark.slow, needs_git]


def test_both_sides_add_and_the_order_is_kept() -> None:
    ours, theirs = LIST.replace(DELTA, bullet("Gamma") + DELTA), LIST.replace(DELTA, bullet("Charlie") + DELTA)
    expected = LIST.replace(DELTA, bullet("Charlie") + bullet("Gamma") + DELTA)
    assert merged(LIST, ours, theirs) == Merged(expected, 0)


def test_without_an_order_an_addition_follows_its_neighbour() -> None:
    base = f"{DELTA}{ALPHA}{BETA}"
    assert merged(base, base + bullet("One"), base.replace(ALPHA, ALPHA + bullet("Two"))).text == (
        f"{DELTA}{ALPHA}{bullet('Two')}{BETA}{bullet('One')}"
    )


def test_both_sides_add_the_same() -> None:
    new = LIST + bullet("Echo")
    assert merged(LIST, new, new) == Merged(new, 0)
    assert merged(LIST, new, LIST + bullet("Echo").replace("- ", "-   ", 1)) == Merged(new, 0)


def test_a_copy_that_is_merged_by_lines_is_a_conflict() -> None:
    """A bullet with another marker begins a list of its own, which the other side lacks."""
    found = merged(LIST, LIST + bullet("Echo"), LIST + bullet("Echo").replace("- ", "* ", 1))
    assert found.conflicts == 1
    assert found.text.count("<<<<<<<") == 1


def test_what_one_side_deletes_goes_unless_the_other_has_changed_it() -> None:
    assert merged(LIST, LIST.replace(BETA, ""), LIST).text == LIST.replace(BETA, "")
    assert merged(LIST, LIST, LIST.replace(BETA, "")).text == LIST.replace(BETA, "")
    other = bullet("Beta", "A better tool.")
    found = merged(LIST, LIST.replace(BETA, ""), LIST.replace(BETA, other))
    assert found == Merged(LIST.replace(BETA, f"<<<<<<< ours\n=======\n{other}>>>>>>> theirs\n"), 1)


def test_a_conflict_is_around_one_row() -> None:
    base = TABLE + row("Alpha") + row("Beta") + row("Gamma")
    ours, theirs = base.replace(row("Beta"), row("Beta", 2020)), base.replace(row("Beta"), row("Beta", 2021))
    conflict = f"<<<<<<< ours\n{row('Beta', 2020)}=======\n{row('Beta', 2021)}>>>>>>> theirs\n"
    assert merged(base, ours, theirs) == Merged(base.replace(row("Beta"), conflict), 1)


def test_white_space_is_no_change() -> None:
    base = TABLE + row("Alpha") + row("Beta")
    ours = TABLE + row("Alpha") + row("Beta").replace(" ", "  ").strip("| \n") + "\n"
    theirs = TABLE + row("Alpha") + row("Beta", 2021)
    assert merged(base, ours, theirs) == Merged(theirs, 0)


def test_an_entry_that_both_sides_add_at_different_places_is_a_conflict() -> None:
    base = f"{LIST}\n## Libraries\n\n{bullet('Kilo')}{bullet('Lima')}"
    new = bullet("Echo")
    ours, theirs = base.replace(DELTA, DELTA + new), base.replace(bullet("Kilo"), new + bullet("Kilo"))
    found = merged(base, ours, theirs)
    assert found.conflicts == 1
    assert found.text == ours.replace(bullet("Kilo"), f"<<<<<<< ours\n=======\n{new}>>>>>>> theirs\n{bullet('Kilo')}")


def test_an_entry_that_both_sides_move_to_different_places_is_a_conflict() -> None:
    other = [f"\n## {name}\n\n{bullet(name)}{bullet(name + 's')}" for name in ("One", "Two")]
    base = LIST + "".join(other)
    ours, theirs = (base.replace(BETA, "").replace(each, each + BETA) for each in other)
    found = merged(base, ours, theirs)
    assert found.conflicts == 1
    assert found.text == ours.replace(other[1], f"{other[1]}<<<<<<< ours\n=======\n{BETA}>>>>>>> theirs\n")


def test_an_entry_that_one_side_moves_moves() -> None:
    base = f"{LIST}\n## Libraries\n\n{bullet('Kilo')}{bullet('Lima')}"
    theirs = base.replace(BETA, "").replace(bullet("Kilo"), BETA + bullet("Kilo"))
    ours = base.replace(DELTA, DELTA + bullet("Echo"))
    assert merged(base, ours, theirs) == Merged(theirs.replace(DELTA, DELTA + bullet("Echo")), 0)


def test_a_section_that_one_side_renames_gets_the_additions_of_the_other() -> None:
    ours, theirs = LIST.replace("## Tools", "## Programs"), LIST + bullet("Echo")
    assert merged(LIST, ours, theirs) == Merged(ours + bullet("Echo"), 0)


def test_a_section_that_one_side_deletes_and_the_other_adds_to_is_a_conflict() -> None:
    base = f"{LIST}\n## Libraries\n\n{bullet('Kilo')}{bullet('Lima')}"
    found = merged(base, LIST, base + bullet("Mike"))
    assert found.conflicts
    assert bullet("Mike") in found.text


def test_a_column_that_one_side_adds_is_merged_by_lines() -> None:
    base = TABLE + row("Alpha") + row("Beta")
    ours = (
        base.replace("| Year |", "| Venue | Year |")
        .replace("| --- |\n", "| --- | --- |\n")
        .replace(" | 2019", " | CVPR | 2019")
    )
    assert merged(base, ours, base) == Merged(ours, 0)
    assert merged(base, ours, base + row("Gamma")).conflicts, "a row of the old columns is none of the new ones"


def test_loose_lists_and_bullets_of_several_lines() -> None:
    loose = f"{ALPHA}\n  More.\n\n{BETA}\n{DELTA}"
    ours, theirs = loose.replace(DELTA, f"{bullet('Charlie')}\n{DELTA}"), f"{loose}\n{bullet('Echo')}  - nested\n"
    assert merged(loose, ours, theirs) == Merged(f"{ours}\n{bullet('Echo')}  - nested\n", 0)


def test_the_rest_is_merged_by_lines() -> None:
    ours, theirs = (
        LIST.replace("# List\n", "# My list\n"),
        LIST.replace("## Tools", "Text.\n\n## Tools") + bullet("Echo"),
    )
    assert merged(LIST, ours, theirs) == Merged(theirs.replace("# List\n", "# My list\n"), 0)


def test_an_empty_table_before_a_list() -> None:
    base = f"{TABLE}{ALPHA}{BETA}"
    ours, theirs = f"{TABLE}{row('New')}{ALPHA}{BETA}", f"{TABLE}{ALPHA}{BETA}{DELTA}"
    assert merged(base, ours, theirs) == Merged(f"{TABLE}{row('New')}{ALPHA}{BETA}{DELTA}", 0)


def test_blank_lines_that_one_side_takes_out() -> None:
    loose = f"{ALPHA}\n{BETA}\n{DELTA}"
    assert merged(loose, f"{ALPHA}{BETA}\n{DELTA}", loose).text == f"{ALPHA}{BETA}\n{DELTA}"


@pytest.mark.parametrize(
    ("result", "holds"),
    [
        ("a\nb\nc\nd\n", True),
        ("a\nb\nd\nc\n", True),
        ("a\nb\n<<<<<<< ours\nc\n=======\nd\n>>>>>>> theirs\n", True),
        ("a\nb\nc\n", False),
        ("a\nb\nc\nd\nd\n", False),
        ("a\nb\nb\nc\nd\n", False),
        ("b\nc\nd\n", False),
        ("a\nb\nc\nd\ne\n", False),
        ("a\n- b\nc\n|  d |\n", True),
    ],
)
def test_the_proof(result: str, holds: bool) -> None:
    """*ours* has added “c” to “a” and “b”, *theirs* “d”."""
    assert is_proved("a\nb\n", "a\nb\nc\n", "a\nb\nd\n", result, 7) is holds

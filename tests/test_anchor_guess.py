"""What is suggested for links whose fragment no heading answers; the case file of the rule shows only safe fixes."""

from __future__ import annotations

import pytest

from awesome_lint.diagnostic import Applicability
from awesome_lint.markdown import parse
from awesome_lint.rule import Context
from awesome_lint.rules import dangling_anchor
from awesome_lint.source import Source


def suggestions(contents: list[str], headings: list[str]) -> list[tuple[str, Applicability] | None]:
    """What is suggested for each dangling link of a table of contents above *headings*."""
    text = (
        "\n".join(f"- {item}" for item in contents) + "\n\n" + "\n\n".join(f"## {title}" for title in headings) + "\n"
    )
    found = dangling_anchor.RULE.check(Context(parse(Source(text, "README.md"))))
    return [(v.fix.edits[0].text, v.fix.applicability) if v.fix else None for v in found]


SAFE, UNSAFE = Applicability.SAFE, Applicability.UNSAFE
OTHERS = ["[Maps](#maps)", "[Books](#books)"]


@pytest.mark.parametrize(
    ("item", "heading", "expected"),
    [
        ("[Installation](#instalation)", "Installation", ("#installation", SAFE)),
        ("[Data & tools](#data-&-tools)", "Data & tools", ("#data--tools", SAFE)),
        ("[Data & tools](#data--tools)", "Data and tools", ("#data-and-tools", UNSAFE)),
        ("[Time tables](#time-tables)", "Time tables (more wanted)", ("#time-tables-more-wanted", UNSAFE)),
        ("[Clips with condtions](#modal-clips)", "Clips with conditions", ("#clips-with-conditions", UNSAFE)),
        ("[Tools and courses](#tools-and-courses)", "Tools", ("#tools", UNSAFE)),
        ("[Papers](#papers)", "Preprint papers", None),
        ("[Tools 2021](#tools-2021)", "Tools 2020", None),
        ("[Tools](#tools)", "Languages", None),
        ("[C three](#c-three)", "A three", None),
        ("[Audio tools](#audio-tools)", "Video tools", None),
        ("[Text tools](#text-tools)", "Test tools", ("#test-tools", UNSAFE)),
        ("[Tools](#tools)", "Book", None),
    ],
)
def test_an_item_of_the_contents(item: str, heading: str, expected: tuple[str, Applicability] | None) -> None:
    assert suggestions([item, *OTHERS], [heading, "Maps", "Books"]) == [expected]


def test_a_section_that_another_item_leads_to_is_never_suggested() -> None:
    items = ["[Time tables](#time-tables)", "[Tide tables](#tide-tables)", "[Books](#books)"]
    assert suggestions(items, ["Tide tables", "Books"]) == [None]


def test_of_two_sections_of_one_name_the_one_between_the_neighbours_is_suggested() -> None:
    items = ["[Papers](#papers)", "[Others](#others-2)", "[Maps](#maps)", "[Books](#books)"]
    assert suggestions(items, ["Papers", "Others", "Maps", "Books", "Others"]) == [("#others", UNSAFE)]


def test_two_sections_that_begin_alike_are_rivals() -> None:
    assert suggestions(["[Tools](#tools)", *OTHERS], ["Tools for maps", "Tools for text", "Maps", "Books"]) == [None]

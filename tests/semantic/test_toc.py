from hypothesis import given
from hypothesis import strategies as st

from awesome_lint.markdown import List, parse
from awesome_lint.semantic.toc import find_contents, items_of, lists_of, outermost_units
from awesome_lint.source import Source


def targets_of(text: str) -> list[str | None] | None:
    contents = find_contents(parse(Source(text)))
    return [item.heading.text if item.heading else None for item in contents.items] if contents else None


SECTIONS = "\n# One\n\ntext\n\n# Two\n\ntext\n\n# Three\n\ntext\n"


def test_nested_list() -> None:
    text = "- [One](#one)\n  - [Two](#two)\n- Group\n  - [Three](#three)\n- [Gone](#gone)\n" + SECTIONS
    assert targets_of(text) == ["One", "Two", "Three", None]


def test_lists_with_labels_and_headings_between() -> None:
    first = "## Contents\n\n**First**\n\n- [One](#one)\n- [Two](#two)\n\n"
    text = first + "### Second\n\n---\n\n1. [Three](#three)\n2. [X](#x)\n"
    contents = find_contents(parse(Source(text + SECTIONS)))
    assert contents is not None
    assert len(contents.lists) == 2
    assert len(contents.items) == 4


def test_table_line_and_html() -> None:
    table = "| A |\n| --- |\n| [1](#one) <br> [2](#two) |\n| [3](#three) |\n"
    assert targets_of(table + SECTIONS) == ["One", "Two", "Three"]
    assert targets_of("[1](#one) | [2](#two) | [3](#three)\n" + SECTIONS) == ["One", "Two", "Three"]
    html = '<table><tr><td><a href="#one">1</a></td><td><a href=#two>2</a><a href="#three">3</a></td></tr></table>\n'
    assert targets_of(html + SECTIONS) == ["One", "Two", "Three"]


def test_own_anchors_lead_to_the_heading_that_follows_or_holds_them() -> None:
    text = '- [1](#a)\n- [2](#b)\n- [3](#C)\n\n<a id="a"></a>\n\n# One\n\n# <a name="b"></a>Two\n\n# C\n'
    assert targets_of(text) == ["One", "Two", "C"]


def test_percent_escapes_are_resolved() -> None:
    assert targets_of("- [é](#%C3%A9)\n- [Two](#two)\n\n# é\n\n# Two\n") == ["é", "Two"]


def test_lists_of_entries_and_results_are_no_contents() -> None:
    assert (
        targets_of("- [A](http://a.org)\n- [B](http://b.org) ([above](#one))\n- See [Two](#two)\n" + SECTIONS) is None
    )
    papers = '- <a name="x"></a>X\n- <a name="y"></a>Y\n- <a name="z"></a>Z\n'
    assert targets_of(f"| M |\n| --- |\n| [X](#x) |\n| [Y](#y) |\n| [Z](#z) |\n\n{papers}") is None


def test_the_longest_of_several() -> None:
    main, other = "- [One](#one)\n- [Two](#two)\n- [Three](#three)\n", "- [Two](#two)\n- [Three](#three)\n"
    text = f"{main}\n# One\n\n{other}\n# Two\n\n# Three\n"
    assert targets_of(text) == ["One", "Two", "Three"]


_LINES = st.sampled_from(
    ["- a", "  - b", "    - c", "1. d", "text", "", "# H", "---", "> - q", "| a |", "| --- |", "<p>x</p>"]
)


@given(st.lists(_LINES, max_size=30).map("\n".join))
def test_units_and_items_come_in_source_order(text: str) -> None:
    document = parse(Source(text))
    units = list(outermost_units(document))
    assert units == sorted(units, key=lambda unit: unit.span)
    assert [unit for unit in units if isinstance(unit, List)] == list(document.lists)
    for bullets in document.lists:
        items = items_of(bullets)
        assert items == sorted(items, key=lambda item: item.span)
        assert len(items) == sum(len(nested.items) for nested in lists_of(bullets))

"""Fixing: which fixes are applied together, what is proved of them, and what no text may lose."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import pytest

from awesome_lint.diagnostic import Applicability, Edit, Fix, Violation
from awesome_lint.fixing import Fixed, fix
from awesome_lint.linter.settings import Settings
from awesome_lint.markdown import parse
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules import RULES
from awesome_lint.source import Source, Span
from tests.markdown import oracle

Fixing = Callable[..., Fixed]


def replacing(
    name: str, *changes: tuple[str, str], applicability: Applicability = Applicability.SAFE, together: bool = False
) -> Rule:
    """A rule that wants the first text of each of *changes* replaced by the second, time and again."""

    def check(context: Context) -> Iterator[Violation]:
        text = context.document.source.text
        edits = tuple(
            Edit(Span(text.index(old), text.index(old) + len(old)), new) for old, new in changes if old in text
        )
        for group in [edits] if together and edits else [(edit,) for edit in edits]:
            yield Violation(group[0].span, "This is wrong", fix=Fix("Put it right", group, applicability))

    return Rule(name, Group.TABLE, check)


def proposing(
    name: str, *changes: tuple[str, str], applicability: Applicability = Applicability.SAFE, together: bool = False
) -> Rule:
    """The same, but only for the first text that it sees."""
    again = replacing(name, *changes, applicability=applicability, together=together)
    seen: list[str] = []

    def check(context: Context) -> Iterator[Violation]:
        seen.append(context.document.source.text)
        return again.check(context) if seen[-1] == seen[0] else iter(())

    return Rule(name, Group.TABLE, check)


def inserting(name: str, before: str, new: str, applicability: Applicability = Applicability.SAFE) -> Rule:
    """A rule that wants *new* before the text *before*, unless it is there."""

    def check(context: Context) -> Iterator[Violation]:
        text = context.document.source.text
        at = text.find(before)
        if at >= 0 and not text.endswith(new, 0, at):
            yield Violation(
                Span(at, at), "This lacks something", fix=Fix("Add", (Edit(Span(at, at), new),), applicability)
            )

    return Rule(name, Group.LINK, check)


def fixed(text: str, *, unsafe: bool = False, select: str = "", rules: Sequence[Rule] = RULES) -> Fixed:
    settings = Settings(select=frozenset(select.split()))
    return fix(Source(text, "README.md"), settings, unsafe=unsafe, rules=rules)


def fixing(*rules: Rule) -> Fixing:
    """As `fixed`, with these rules only."""
    return partial(fixed, rules=rules)


def refusals(result: Fixed) -> list[tuple[str, int, str]]:
    """The rules, the line and the reason of each fix that was left out."""
    return [(", ".join(each.rules), each.position.line, each.reason) for each in result.refusals]


def reason(result: Fixed) -> str:
    """Why the one fix that was left out was left out."""
    (refusal,) = result.refusals
    return refusal.reason


class TestRounds:
    def test_what_is_left_is_reported(self) -> None:
        fixed = fixing(inserting("first", "b", "a "), inserting("second", "d", "c ", Applicability.UNSAFE))
        result = fixed("b d\n")
        assert result.source.text == "a b d\n"
        assert result.counts == {"first": 1}
        assert [d.rule for d in result.diagnostics] == ["second"]
        result = fixed("b d\n", unsafe=True)
        assert result.source.text == "a b c d\n"
        assert result.counts == {"first": 1, "second": 1}
        assert not result.diagnostics

    def test_rules_that_are_not_selected_fix_nothing(self) -> None:
        fixed = fixing(inserting("first", "b", "a "), inserting("second", "d", "c "))
        assert fixed("b d\n", select="second").source.text == "b c d\n"

    def test_suppressed_findings_are_not_fixed(self) -> None:
        fixed = fixing(inserting("first", "b", "a "))
        text = "b <!-- awesome-lint disable-line first -->\n"
        assert fixed(text).source.text == text

    def test_a_fix_that_two_rules_propose_is_applied_once(self) -> None:
        fixed = fixing(inserting("first", "b", "a "), inserting("second", "b", "a "))
        result = fixed("b\n")
        assert result.source.text == "a b\n"
        assert result.counts == {"first": 1, "second": 1}

    def test_fixes_that_touch_wait_for_each_other(self) -> None:
        """Both at once would make a row of three cells, and the third would be gone on GitHub."""
        table = "| a | b |\n| --- | --- |\n"

        def rewrite(context: Context) -> Iterator[Violation]:
            row = context.document.tables[0].rows[0]
            if not context.document.source.text.endswith("|\n"):
                edit = Edit(row.span, f"| {context.document.source[row.span]} |")
                yield Violation(row.span, "No outer pipes", fix=Fix("Add them", (edit,), Applicability.SAFE))

        def append(context: Context) -> Iterator[Violation]:
            row = context.document.tables[0].rows[0]
            if len(row.cells) < 2:
                edit = Edit(Span(row.span.end, row.span.end), " | 2 |")
                yield Violation(row.span, "A cell is missing", fix=Fix("Add it", (edit,), Applicability.SAFE))

        fixed = fixing(Rule("rewrite", Group.TABLE, rewrite), Rule("append", Group.TABLE, append))
        (row,) = parse(fixed(f"{table}1\n").source).tables[0].rows
        assert [cell.text for cell in row.cells] == ["1", "2"]

    def test_tidying_comes_last(self) -> None:
        fixed = fixing(
            replacing("tidy", ("|1|3|", "| 1 | 3 |"), ("|1|2|3|", "| 1 | 2 | 3 |"), applicability=Applicability.FORMAT),
            replacing("repair", ("|1|3|", "|1|2|3|")),
        )
        result = fixed("| a | b | c |\n| --- | --- | --- |\n|1|3|\n")
        assert result.source.text.splitlines()[-1] == "| 1 | 2 | 3 |"
        assert result.counts == {"repair": 1, "tidy": 1}

    def test_fixes_that_undo_each_other_are_left_out_and_all_others_applied(self) -> None:
        fixed = fixing(
            inserting("harmless", "b", "a "),
            replacing("to-the-left", ("] ((", "]((")),
            replacing("to-the-right", ("]((", "] ((")),
            replacing("tidy", ("|1|", "| 1 |"), applicability=Applicability.FORMAT),
        )
        table = "\n| x |\n| --- |\n{}\n"
        result = fixed("b x]((\n" + table.format("|1|"))
        assert result.source.text == "a b x]((\n" + table.format("| 1 |")
        assert result.counts == {"harmless": 1, "tidy": 1}
        assert refusals(result) == [("to-the-right", 1, "it and the fix of to-the-left undo each other")]
        (left,) = result.diagnostics
        assert (left.rule, left.fix) == ("to-the-right", None)

    def test_a_fix_that_undoes_itself(self) -> None:
        fixed = fixing(replacing("turn", ("((", "( ("), ("( (", "((")), inserting("harmless", "b", "a "))
        result = fixed("b ((\n")
        assert result.source.text == "a b ((\n"
        assert refusals(result) == [("turn", 1, "it undoes itself")]

    def test_growth_without_end_is_undone_and_all_else_applied(self) -> None:
        fixed = fixing(replacing("grow", ("x", "xy")), inserting("harmless", "b", "a "))
        result = fixed("b\nx\n")
        assert result.source.text == "a b\nx\n"
        assert result.counts == {"harmless": 1}
        assert refusals(result) == [("grow", 2, "the fixes of this rule never reach a stable result")]

    def test_nothing_to_do(self) -> None:
        fixed = fixing(replacing("idle", ("x", "x")))
        result = fixed("x\n")
        assert (result.source.text, result.counts) == ("x\n", {})
        assert len(result.diagnostics) == 1


TABLE = """\
# List

| Name | Paper | Year |
| --- | --- | --- |
| Alpha | [pdf](https://example.org/a) | 2017 |
| Beta | [pdf](https://example.org/b) ![x](y.png) | 2018 |

Text <https://example.org/c> and [ref][r].

[r]: https://example.org/r
"""
DAMAGING = {
    "a word": (("Beta", "Bet"), "lose the text “Beta”"),
    "a cell": (("| Alpha ", ""), "lose the text “| Alpha”"),
    "a row": (("| Beta | [pdf](https://example.org/b) ![x](y.png) | 2018 |\n", ""), "lose the text"),
    "a number, where another one comes": (("2018", "2019"), "lose the text “2018”"),
    "a destination for nothing": (("https://example.org/a", ""), "lose the text “https://example.org/a”"),
    "a destination for text": (("(https://example.org/a)", "(example org)"), "lose the text"),
    "a link": (("](https://example.org/a)", "] (https://example.org/a)"), "lose the link to “https://example.org/a”"),
    "an image": (("![x](y", "[x](y"), "lose the text"),
    "an autolink": (("<https", "< https"), "lose the link to “https://example.org/c”"),
    "a definition": (("[r]: ", "[rr]: "), "lose the link to “https://example.org/r”"),
    "the last cell, hidden by another": (("| 2018", "| x | 2018"), "hide the text “| 2018”"),
    "the last cell, hidden by a pipe": (("Beta", "Be|ta"), "hide text outside its edits"),
    "a row, hidden in a comment": (("| Beta", "<!-- | Beta"), "hide the text “| Beta”"),
    "a row, split off by a blank line": (("2017 |\n", "2017 |\n\n"), "move out of its table text outside its edits"),
    "all rows, by a second header": (("| --- | --- | --- |", "| --- | --- |"), "change how line 3 reads"),
    "a heading": (("\n| Name", "```\n| Name"), "move out of its table"),
}


class TestProof:
    @pytest.mark.parametrize("what", DAMAGING)
    def test_what_loses_is_refused_and_all_else_applied(self, what: str) -> None:
        change, message = DAMAGING[what]
        fixed = fixing(inserting("harmless", "Text", "A "), replacing("harmful", change))
        assert change[0] in TABLE
        result = fixed(TABLE)
        assert result.source.text == TABLE.replace("Text", "A Text")
        assert result.counts == {"harmless": 1}
        ((rule, _, reason),) = refusals(result)
        assert rule == "harmful"
        assert reason.startswith(f"it would {message}")

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("https://example.org/a", "https://example.net/new"),
            ("https://example.org/r", "https://example.net/new"),
            ("y.png", "images/z.png"),
            ("| Beta ", "| Beta | "),
            ("[pdf](https://example.org/a) | 2017", "[pdf](https://example.org/a)  2017"),
            ("Alpha", "\\Alpha"),
            (" and", "\n\nand"),
        ],
    )
    def test_what_only_moves_or_replaces_a_destination_is_not(self, old: str, new: str) -> None:
        wide = TABLE.replace("| Year |", "| Year | x |").replace("| --- |\n", "| --- | --- |\n")
        fixed = fixing(proposing("harmless", (old, new)))
        assert fixed(wide).source.text == wide.replace(old, new, 1)

    def test_rows_may_change_places(self) -> None:
        first, second = "| b | 2 |\n", "| a | 1 |\n"
        fixed = fixing(proposing("sort", (first, second), (second, first), together=True))

        def check(context: Context) -> Iterator[Violation]:
            text = context.document.source.text
            if first + second in text:
                at = text.index(first)
                edits = (Edit(Span(at, at + 10), second), Edit(Span(at + 10, at + 20), first))
                yield Violation(Span(at, at), "Unsorted", fix=Fix("Sort", edits, Applicability.SAFE))

        fixed = fixing(Rule("sort", Group.TABLE, check))
        table = "| x | y |\n| --- | --- |\n"
        assert fixed(table + first + second).source.text == table + second + first

    def test_edits_that_overlap_are_refused(self) -> None:
        fixed = fixing(replacing("clumsy", ("| Alpha |", "| Alpha | "), ("Alpha", "Alpha "), together=True))
        assert reason(fixed(TABLE)) == "it would change one place twice"

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("Alpha", "**Alpha**"),
            ("Alpha", "Al pha"),
            ("| Beta", "|| Beta"),
            ("# List\n", "# List\n#\n"),
            ("Text ", "Text  \n"),
            ("](https://example.org/a)", "] (https://example.org/a)"),
            ("| --- | --- | --- |", "| --- | :-: | --- |"),
            ("\n\nText", "\nText"),
        ],
    )
    def test_tidying_that_shows_is_refused(self, old: str, new: str) -> None:
        fixed = fixing(replacing("tidy", (old, new), applicability=Applicability.FORMAT))
        result = fixed(TABLE)
        assert result.source.text == TABLE
        assert re.match("it would change (?:more than white space|how the document reads)", reason(result))

    @pytest.mark.parametrize(
        ("text", "change", "reason"),
        [
            ("`\n[^1]` x\n\n[^1]: y\n", ("`\n", "`\n\n"), "hide text outside its edits"),
            ("`<b>\nc` x\n", (">\nc", ">\n\nc"), "make markup of text outside its edits"),
            ("a\nb\n    <br>c@example.org\n", ("\nb", "\n\n# b"), "lose the link to “mailto:c@example.org”"),
            ("a\nb\n0. c\n", ("\nb", "\n# b"), "hide text outside its edits"),
            ("| a | b\n\n| c | d |\n| - | - |\n", ("a | b\n\n", "a | b |\n| - | - |\n"), "change how line 4 reads"),
            (
                "a | b\n-- |\nc | d\n    e | f\n",
                ("\n-- |\n", "\n-- | -\n"),
                "move out of its table text outside its edits",
            ),
        ],
    )
    def test_what_an_edit_does_to_other_lines(self, text: str, change: tuple[str, str], reason: str) -> None:
        result = fixing(replacing("harmful", change))(text)
        assert result.source.text == text
        assert refusals(result)[0][2] == f"it would {reason}"

    @pytest.mark.parametrize("before", ["bc", "cd", "de"])
    def test_marks_of_items_and_headings_are_no_text(self, before: str) -> None:
        text = "a\n\n-bc\n\n2.cd\n\n##de ##\n"
        assert fixing(inserting("space", before, " "))(text).source.text == text.replace(before, f" {before}")

    @pytest.mark.parametrize(
        ("text", "change"),
        [
            ("> a\n>\n> b\n", ("a\n>\n", "a\n\n")),
            (">> a\n>\n", ("a\n", "a\n\n")),
            ("- ```\n  a\n# b\n", ("a\n", "a\n\n")),
            ("- a\n  b\n", ("a\n  b", "a\nb")),
        ],
    )
    def test_tidying_shows_in_containers(self, text: str, change: tuple[str, str]) -> None:
        """The last one is tidied: a line that continues a paragraph needs no indentation."""
        result = fixing(proposing("tidy", change, applicability=Applicability.FORMAT))(text)
        assert (result.source.text == text) == (oracle.rendered(text) != oracle.rendered(text.replace(*change)))

    def test_tidying_does_not_make_a_list_loose(self) -> None:
        fixed = fixing(replacing("tidy", ("- b", "\n- b"), applicability=Applicability.FORMAT))
        assert reason(fixed("- a\n- b\n")).startswith("it would change how the document reads")

    def test_excess_cells_cannot_be_cut(self) -> None:
        fixed = fixing(replacing("tidy", ("| 3 |", "|"), applicability=Applicability.FORMAT))
        result = fixed("| a | b |\n| --- | --- |\n| 1 | 2 | 3 |\n")
        assert reason(result) == "it would change more than white space and pipes in line 3"

    def test_declared_replacements(self) -> None:
        def check(context: Context) -> Iterator[Violation]:
            source = context.document.source
            at = source.text.find("Aplha")
            if at >= 0:
                edit = Edit(Span(at, at + 5), "Alpha", replaces=declared)
                yield Violation(edit.span, "A typo", fix=Fix("Spell", (edit,), Applicability.SAFE))

        fixed = fixing(Rule("spell", Group.TABLE, check))
        text = TABLE.replace("Alpha", "Aplha")
        declared = "Aplha"
        assert fixed(text).source.text == TABLE
        declared = "Another"
        assert reason(fixed(text)) == "it would replace “Aplha”, which is not what it expects"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["", "\n"])
def test_bytes_of_untouched_lines_stay(newline: str, bom: str, end: str) -> None:
    text = f"# A\n\n|a|b|\n|-|-|\n| 1 | 2 |\n\ttail \u2028 \x0b \x85{end}"
    wanted = f"# A\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n\ttail \u2028 \x0b \x85{end}"
    written = newline if newline != "\r" else "\n"
    result = fixed(bom + text.replace("\n", newline), select="untidy-table").source.raw
    assert result.replace("\r\n", "\n").replace("\r", "\n") == bom + wanted
    assert result.startswith(bom + f"# A{newline}{newline}| a | b |{newline}")
    assert result.endswith(f"2 |{written}{newline}\ttail \u2028 \x0b \x85{newline if end else ''}")


def test_mixed_line_endings_stay() -> None:
    assert fixed("a\r\nb\n|x|\n|-|\r\n| y |\n| z |\n|  w |\n", select="untidy-table").source.raw == (
        "a\r\nb\n\n| x |\n|-|\r\n| y |\n| z |\n| w |\n"
    )

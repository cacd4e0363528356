"""Which fixes a round leaves out, and what later rounds may apply."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given

from awesome_lint.diagnostic import Applicability, Diagnostic, Edit, Fix, Violation
from awesome_lint.fixing import Fixed, fix
from awesome_lint.fixing.patch import Patch, Proposal
from awesome_lint.fixing.proof import UnprovedError
from awesome_lint.fixing.search import Prover
from awesome_lint.linter import engine
from awesome_lint.markdown import Document, parse
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.source import Source, Span
from tests.lists import lists


def fixed(text: str, *rules: Rule, unsafe: bool = False) -> Fixed:
    return fix(Source(text, "README.md"), unsafe=unsafe, rules=rules)


def rule(name: str, find: Callable[[str], Iterator[tuple[Edit, Applicability | None]]]) -> Rule:
    """A rule that reports each edit that *find* yields, with a fix unless the applicability is None."""

    def check(context: Context) -> Iterator[Violation]:
        for edit, applicability in find(context.document.source.text):
            proposal = Fix("Mend", (edit,), applicability) if applicability else None
            yield Violation(edit.span, "This is wrong", fix=proposal)

    return Rule(name, Group.TABLE, check)


def insert(text: str, before: str, new: str) -> Edit:
    at = text.index(before)
    return Edit(Span(at, at), new)


WORDS = [f"word{number}" for number in range(300)]


@pytest.mark.parametrize("bad", [[0], [299], [7, 8, 250], list(range(20, 40))])
def test_those_that_fail_are_found_among_many(bad: list[int]) -> None:
    """A fix that loses its word fails; all others put a word before theirs."""
    document = parse(Source("\n".join(WORDS)))
    text = document.source.text
    proposals = []
    for number, word in enumerate(WORDS):
        at = text.index(f"{word}\n") if number < 299 else text.index(word)
        edit = Edit(Span(at, at + len(word)), "lost") if number in bad else Edit(Span(at, at), "new ")
        proposals.append(Proposal(Fix("", (edit,), Applicability.SAFE), (f"rule{number}",)))
    proved, after, failed = Prover().prove_most(Patch(tuple(proposals)), document)
    assert sorted(proved.rules) == sorted(f"rule{number}" for number in range(300) if number not in bad)
    assert after.source.text.count("new ") == 300 - len(bad)
    assert [(each.rules, reason) for each, reason in failed] == [
        ((f"rule{number}",), f"it would lose the text “word{number}”") for number in bad
    ]


def test_the_search_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where all fail, as many proofs are tried as one run may take, and the others are left out untried."""
    proofs: list[Patch] = []

    def prove(before: Document, after: Document, patch: Patch) -> None:
        proofs.append(patch)
        raise UnprovedError("fail")

    monkeypatch.setattr("awesome_lint.fixing.search.prove", prove)
    document = parse(Source("\n".join(WORDS)))
    places = [document.source.text.index(word) for word in WORDS]
    proposals = tuple(
        Proposal(Fix("", (Edit(Span(at, at + 4), ""),), Applicability.SAFE), ("harmful",)) for at in places
    )
    proved, after, failed = Prover().prove_most(Patch(proposals), document)
    assert (proved.proposals, after, len(failed)) == ((), document, 300)
    assert "too many fixes of this file cannot be proved" in {reason for _, reason in failed}
    assert len(proofs) <= 120, "a hundred, and one for each part that was waiting"


def test_one_of_two_fixes_that_fail_together_is_left_out() -> None:
    """Each adds a cell to a row that has room for one."""

    def first(text: str) -> Iterator[tuple[Edit, Applicability | None]]:
        if "x" not in text:
            yield insert(text, "| 1 |", "| x "), Applicability.SAFE

    def second(text: str) -> Iterator[tuple[Edit, Applicability | None]]:
        if "y" not in text:
            yield insert(text, "1 |", "y | "), Applicability.SAFE

    result = fixed("| a | b |\n| --- | --- |\n| 1 |\n", rule("first", first), rule("second", second))
    assert result.source.text == "| a | b |\n| --- | --- |\n| x | 1 |\n"
    assert result.counts == {"first": 1}
    assert [(each.rules, each.reason) for each in result.refusals] == [
        (("second",), "it would hide text outside its edits")
    ]


def test_a_fix_that_fails_is_tried_again_once_the_text_has_changed() -> None:
    """The row can take another cell only when its header has."""

    def widen_row(text: str) -> Iterator[tuple[Edit, Applicability | None]]:
        if "x" not in text:
            yield insert(text, "1 |", "x | "), Applicability.SAFE

    def widen_header(text: str) -> Iterator[tuple[Edit, Applicability | None]]:
        if "| a |\n| --- |" in text:
            yield Edit(Span(0, len("| a |\n| --- |")), "| a | b |\n| --- | --- |"), Applicability.SAFE

    rules = (
        rule("row", widen_row),
        rule("header", widen_header),
    )
    result = fixed("| a |\n| --- |\n| 1 |\n", *rules)
    assert result.source.text == "| a | b |\n| --- | --- |\n| x | 1 |\n"
    assert result.refusals == ()


class TestPromises:
    """What was unsafe, or had no fix, in the first report is not safe in a later round."""

    TEXT = "| a | b |\n| --- | --- |\n| 1 |\n\nword\n"

    def rising(self, first: Applicability | None, then: Applicability, lead: str = "done ") -> tuple[Rule, Rule]:
        """A rule that fixes something else, and one whose fix of the row is worth *then* once that is done."""

        def other(text: str) -> Iterator[tuple[Edit, Applicability | None]]:
            if lead not in text:
                yield insert(text, "word", lead), Applicability.SAFE

        def row(text: str) -> Iterator[tuple[Edit, Applicability | None]]:
            if "| 1 |\n" in text:
                at = text.index("| 1 |\n") + len("| 1 |")
                yield Edit(Span(at, at), " |"), then if lead in text else first

        return rule("other", other), rule("row", row)

    @pytest.mark.parametrize("first", [Applicability.UNSAFE, None])
    def test_no_fix_rises(self, first: Applicability | None) -> None:
        rules = (*self.rising(first, Applicability.SAFE),)
        result = fixed(self.TEXT, *rules)
        assert result.source.text == self.TEXT, "a second run would go on from “done word”"
        assert [(each.rules, each.reason) for each in result.refusals] == [
            (("other",), "it would make a fix of row safe that is unsafe in the original text")
        ]
        assert {each.rule: each.fix and each.fix.applicability for each in result.diagnostics} == {
            "other": None,
            "row": first,
        }

    def test_what_was_unsafe_stays_so_for_who_takes_unsafe_fixes(self) -> None:
        rules = (*self.rising(Applicability.UNSAFE, Applicability.SAFE),)
        assert "| 1 | |\n" in fixed(self.TEXT, *rules, unsafe=True).source.text
        rules = (*self.rising(None, Applicability.SAFE),)
        assert "| 1 | |\n" in fixed(self.TEXT, *rules, unsafe=True).source.text

    def test_what_was_safe_may_wait(self) -> None:
        rules = (*self.rising(Applicability.SAFE, Applicability.SAFE),)
        assert "| 1 | |\n" in fixed(self.TEXT, *rules).source.text

    def test_lines_are_those_of_the_text_as_given(self) -> None:
        """Lines that a round inserts above do not shift what was promised."""
        rules = (*self.rising(Applicability.UNSAFE, Applicability.SAFE, lead="new\n\n"),)
        moved = "word\n\n" + self.TEXT.removesuffix("\nword\n")
        result = fixed(moved, *rules)
        assert result.source.text == moved
        assert [each.rules for each in result.refusals] == [("other",)]

    def test_only_what_makes_another_fix_safe_is_taken_back(self) -> None:
        def harmless(text: str) -> Iterator[tuple[Edit, Applicability | None]]:
            yield from ((insert(text, "# End", "new\n\n"), Applicability.SAFE) for _ in range("new" not in text))

        rules = (*self.rising(None, Applicability.SAFE), rule("harmless", harmless))
        for middle in ("", "text\n\n" * 20):
            text = f"{self.TEXT}\n{middle}# End\n"
            assert fixed(text, *rules).source.text == text.replace("# End", "new\n\n# End")

    def test_no_other_rule_moves_the_cells_of_a_line_by_a_safer_fix(self) -> None:
        def unsafe(text: str) -> Iterator[tuple[Edit, Applicability | None]]:
            if "| 1 |\n" in text:
                yield insert(text, "1 |\n", "| "), Applicability.UNSAFE

        other, row = self.rising(Applicability.SAFE, Applicability.SAFE)

        def late(context: Context) -> Iterator[Violation]:
            return row.check(context) if "done" in context.document.source.text else iter(())

        rules = (
            other,
            rule("first", unsafe),
            Rule("late", Group.TABLE, late),
        )
        assert "| 1 |\n" in fixed(self.TEXT, *rules).source.text

    def test_a_finding_that_is_new_is_fixed(self) -> None:
        """Where nothing was reported, as GitHub showed no table there, nothing was promised."""
        other, row = self.rising(Applicability.SAFE, Applicability.SAFE)

        def late(context: Context) -> Iterator[Violation]:
            return row.check(context) if "done" in context.document.source.text else iter(())

        rules = (
            other,
            Rule("late", Group.TABLE, late),
        )
        assert "| 1 | |\n" in fixed(self.TEXT, *rules).source.text


@pytest.mark.slow
@given(lists())
def test_what_the_report_calls_unsafe_is_not_applied(text: str) -> None:
    """A line for which only unsafe fixes are offered keeps its words where they are, white space and links aside."""
    source = Source(text)
    result = fix(source)
    lines = result.source.text.split("\n")
    for each in engine.check(source):
        if each.rule == "column-count" and each.fix and each.fix.applicability is Applicability.UNSAFE:
            cells = bare(source[source.line_span(each.start.line)])
            assert cells in map(bare, lines) or offers_more(source, each), (text, each)


def bare(line: str) -> str:
    return "".join(line.split()).strip("|>-")


def offers_more(source: Source, diagnostic: Diagnostic) -> bool:
    """Whether another rule offers a safe fix for the line of *diagnostic*."""
    return any(
        each.fix and each.fix.applicability is not Applicability.UNSAFE and touches(source, each, diagnostic.start.line)
        for each in engine.check(source)
        if each.rule != "untidy-table"
    )


def touches(source: Source, diagnostic: Diagnostic, line: int) -> bool:
    edits = diagnostic.fix.edits if diagnostic.fix else ()
    return any(source.position(edit.span.start).line <= line <= source.position(edit.span.end).line for edit in edits)


def test_places_are_traced_back() -> None:
    """Each place of the patched text comes from the edit that it overlaps, or from the text beside the edits."""
    edits = (Edit(Span(2, 4), "XYZ"), Edit(Span(6, 6), "new"), Edit(Span(8, 9), ""))
    patch = Patch((Proposal(Fix("", edits, Applicability.SAFE), ("rule",)),))
    assert patch.apply(Source("abcdefghijk")).text == "abXYZefnewghjk"
    origins = {"b": (1, 2), "Y": (2, 4), "XYZ": (2, 4), "ef": (4, 6), "e": (4, 5), "ew": (6, 6), "gh": (6, 8)}
    text = "abXYZefnewghjk"
    for part, origin in origins.items():
        at = text.index(part)
        assert patch.origin(Span(at, at + len(part))) == origin, part
    assert patch.origin(Span(12, 14)) == (9, 11)


def test_another_kind_of_fault_in_a_repaired_row_is_fixed() -> None:
    """The half of a link that lost its bracket does not bind what is found in the whole one."""
    rows = [f"| {name} | [page of {name}](https://example.org/{name}) |\n" for name in ("Alpha", "Gamma", "Delta")]
    start = "| Name | Page |\n| --- | --- |\n" + "".join(rows)
    text = start + "| Beta | [ page of all\nBeta](https://example.org/b) |\n"
    assert fix(Source(text)).source.text == start + "| Beta | [page of all Beta](https://example.org/b) |\n"

"""The engine: which rules run, and what becomes of what they see."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from awesome_lint.diagnostic import Diagnostic, Related, Severity, Violation
from awesome_lint.linter import engine
from awesome_lint.linter.engine import check
from awesome_lint.linter.result import InternalError
from awesome_lint.linter.settings import Settings
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules import unused_suppression
from awesome_lint.semantic.facts import Facts
from awesome_lint.source import Position, Source, Span

TEXT = "# One\n\nalpha beta\n\n## Two\n\nalpha beta\n"


def finder(word: str, name: str, group: Group = Group.ENTRY, **violation: object) -> Rule:
    """A rule that reports each *word*."""

    def find(context: Context) -> Iterator[Violation]:
        text, at = context.document.source.text, -1
        while (at := text.find(word, at + 1)) >= 0:
            yield Violation(Span(at, at + len(word)), f"{word} stands here", **violation)  # type: ignore[arg-type] # loose on purpose

    return Rule(name, group, find)


class Register(list[Rule]):
    """The rules of a test, which appends to them."""

    def check(self, source: Source, settings: Settings | None = None, facts: Facts | None = None) -> list[Diagnostic]:
        return check(source, settings, facts, rules=self)

    def names(self, settings: Settings | None = None) -> list[str]:
        return [diagnostic.rule for diagnostic in self.check(Source(TEXT), settings)]


@pytest.fixture
def rules() -> Register:
    return Register()


def test_a_diagnostic_has_its_place_and_section(rules: Register) -> None:
    rules.append(finder("beta", "find-beta", related=(Related(Span(7, 12), "alpha"),), help="read on", entry="Beta"))
    last = rules.check(Source(TEXT, "LIST.md"))[-1]
    assert (last.rule, last.severity, last.message) == ("find-beta", Severity.ERROR, "beta stands here")
    assert (last.path, last.start, last.end, last.section) == (
        "LIST.md",
        Position(7, 7),
        Position(7, 11),
        ("One", "Two"),
    )
    assert (last.help, last.entry, last.related[0].start) == ("read on", "Beta", Position(3, 1))


def test_sorted_by_place_then_rule(rules: Register) -> None:
    rules += finder("beta", "b"), finder("alpha", "z"), finder("alpha", "a")
    assert rules.names() == ["a", "z", "b", "a", "z", "b"]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (Settings(), {"a", "b", "c"}),
        (Settings(select=frozenset({"a"})), {"a"}),
        (Settings(select=frozenset({"link"})), {"c"}),
        (Settings(select=frozenset({"entry"}), ignore=frozenset({"a"})), {"b"}),
        (Settings(select=frozenset({"a"}), ignore=frozenset({"entry"})), {"a"}),
        (Settings(ignore=frozenset({"entry"})), {"c"}),
        (Settings(select=frozenset({"a"}), ignore=frozenset({"a"})), set()),
    ],
)
def test_selection(rules: Register, settings: Settings, expected: set[str]) -> None:
    rules += finder("alpha", "a"), finder("alpha", "b"), finder("alpha", "c", Group.LINK)
    assert set(rules.names(settings)) == expected


def test_severity(rules: Register) -> None:
    rules += finder("alpha", "own", severity=Severity.INFO), finder("beta", "set", severity=Severity.INFO)
    found = rules.check(Source("alpha beta"), Settings(severities={"set": Severity.WARNING}))
    assert [diagnostic.severity for diagnostic in found] == [Severity.INFO, Severity.WARNING]


def test_an_explained_violation_is_left_out(rules: Register) -> None:
    rules += finder("alpha", "cause"), finder("beta", "effect", explained_by=Span(0, 5))
    source = Source("alpha beta")
    assert [d.rule for d in rules.check(source)] == ["cause"]
    assert [d.rule for d in rules.check(source, Settings(ignore=frozenset({"cause"})))] == ["effect"]


def test_a_suppressed_cause_explains_nothing(rules: Register) -> None:
    rules += finder("alpha", "cause"), finder("beta", "effect", explained_by=Span(0, 5))
    source = Source("alpha beta <!-- awesome-lint disable-line cause -->")
    assert [d.rule for d in rules.check(source)] == ["effect"]


def test_a_rule_is_not_its_own_cause_and_two_do_not_cancel_each_other(rules: Register) -> None:
    rules += finder("alpha", "one", explained_by=Span(0, 5)), finder("alpha", "two", explained_by=Span(0, 5))
    assert [d.rule for d in rules.check(Source("alpha"))] == ["one", "two"]


def test_comments_are_judged_after_all_rules(rules: Register) -> None:
    rules += unused_suppression.RULE, finder("alpha", "a")
    text = "alpha <!-- awesome-lint disable-line a -->\n\nbeta <!-- awesome-lint disable-line a -->\n"
    found = rules.check(Source(text))
    assert [(d.rule, d.start.line, d.severity) for d in found] == [("unused-suppression", 3, Severity.WARNING)]
    assert rules.check(Source(text), Settings(select=frozenset({"suppression"}))) == []


def test_a_comment_without_names_cannot_hide_that_it_is_unused(rules: Register) -> None:
    rules += unused_suppression.RULE, finder("alpha", "a")
    assert len(rules.check(Source("<!-- awesome-lint disable-file -->"))) == 1
    assert rules.check(Source("<!-- awesome-lint disable-file suppression --><!-- awesome-lint disable-line -->")) == []


def test_options_have_defaults(rules: Register) -> None:
    seen = []

    def find(_: Context, options: list[str]) -> Iterator[Violation]:
        seen.append(options)
        return iter(())

    rules.append(Rule("a", Group.ENTRY, find, options=list))
    rules.check(Source(""), Settings(options={"a": ["set"]}))
    rules.check(Source(""))
    assert seen == [["set"], []]


def test_existence_is_handed_on(rules: Register) -> None:
    def find(context: Context) -> Iterator[Violation]:
        assert context.facts.exists
        yield Violation(Span(0, 0), str(context.facts.exists("docs")))

    rules.append(Rule("a", Group.LINK, find))
    assert [d.message for d in rules.check(Source(""), facts=Facts({"docs"}.__contains__))] == ["True"]


def test_a_bug_names_its_rule(rules: Register) -> None:
    def fail(_: Context) -> Iterator[Violation]:
        yield Violation(Span(0, 0), "first")
        raise KeyError("second")

    rules.append(Rule("failing", Group.ENTRY, fail))
    with pytest.raises(
        InternalError, match=r"internal error in rule failing, on LIST\.md: KeyError: 'second'"
    ) as caught:
        rules.check(Source("", "LIST.md"))
    assert isinstance(caught.value.__cause__, KeyError)


def test_a_bug_of_the_parser_is_told_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Source) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr(engine, "parse", fail)
    with pytest.raises(InternalError, match=r"internal error in the parser, on LIST\.md: RecursionError: too deep"):
        check(Source("", "LIST.md"))

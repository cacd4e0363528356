"""What the rules say, whatever they find: short, in plain words, and with something to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from awesome_lint.diagnostic import Applicability, Diagnostic, FileFindings, Severity
from awesome_lint.linter.engine import check
from awesome_lint.report.merging import merge_files
from awesome_lint.rule import Rule
from awesome_lint.rules import RULES
from awesome_lint.rules._messages import LONGEST, fitted
from awesome_lint.source import Source
from tests.casefile import read_cases
from tests.program import run

VERBS = frozenset(
    "Add Begin Check Choose Correct Define Describe End Escape Fill Find Follow Give Indent Insert Join Keep"
    " Leave Link Make Move Order Put Reformat Remove Rename Renumber Replace Reword Say See Shorten Sort Use"
    " Wait Write".split()
)
"""How a help may begin."""
STILTED = re.compile(
    r"\banew\b|\bbehind\b|\bbeside\b|\bin place of\b|\bsmall letters?\b|\bstands?\b|\bnobody\b|\bsomebody\b|\btook\b"
    r"|\btakes?\b.*\bfor\b|\bmend|\bwould go on\b|\blacks?\b"
    r"|\b(?:entries|links|rows|findings|files|lines) an? (?:section|host|file|rule|entry|finding|table)\b",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"https?://\S+")
"""Web addresses are never cut: whoever reads the message wants to follow them."""
WRONG_PLURAL = re.compile(
    r"(?<![\d.,])1 (?:errors|warnings|rows|cells|columns|entries|links|lines|files|times|places)\b"
)

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


def findings(rule: Rule) -> Iterator[Diagnostic]:
    """What *rule* reports in all of its cases, each finding and those with one cause together."""
    for case in read_cases(rule)[1]:
        source = Source(case.input, "README.md")
        found = [each for each in check(source, case.settings, case.facts) if each.rule == rule.name]
        yield from found
        yield from merge_files([FileFindings(source, found)])[0].diagnostics


@each_rule
def test_messages_are_short_and_plain(rule: Rule) -> None:
    for each in findings(rule):
        assert len(ADDRESS.sub("", each.message)) <= LONGEST, each.message
        assert not each.message.endswith("."), each.message
        texts = (each.message, each.note, each.help, each.fix.message if each.fix else "")
        own = " ".join(re.sub(r"“[^”]*”|`[^`]*`", "“”", text) for text in texts)
        assert not STILTED.search(own), own
        assert not WRONG_PLURAL.search(own), own
        assert "{" not in own, own


@each_rule
def test_help_and_fixes_begin_with_a_verb(rule: Rule) -> None:
    for each in findings(rule):
        for text in filter(None, (each.help, each.fix.message if each.fix else "")):
            assert text.split()[0].strip(":,") in VERBS, text


@each_rule
def test_every_finding_says_what_to_do(rule: Rule) -> None:
    assert all(each.help or each.fix for each in findings(rule))


@each_rule
def test_what_github_shows_alike_is_only_worth_knowing(rule: Rule) -> None:
    """By default: a configuration may require more."""
    for case in read_cases(rule)[1]:
        if "toml" in case.blocks:
            continue
        for each in check(Source(case.input, "README.md"), case.settings, case.facts):
            if each.rule == rule.name and each.fix and each.fix.applicability is Applicability.FORMAT:
                assert each.severity is Severity.INFO, each.message


def test_long_names_are_cut_alike() -> None:
    assert fitted("“{}” is “{}”", "a b", "c\n d") == "“a b” is “c d”"
    long = fitted("“{}” is almost the same as “{}” (line {})", "a" * 90, "b" * 80, "7")
    assert len(long) <= LONGEST
    assert abs(long.count("a" * 10) - long.count("b" * 10)) <= 1
    assert long.endswith("…” (line 7)")


@each_rule
def test_messages_are_printed_with_examples(rule: Rule, tmp_path: Path) -> None:
    printed = run("rules", rule.name, "--messages", cwd=tmp_path).stdout.decode().splitlines()
    assert printed[0] == rule.name
    assert re.fullmatch(r"  (error|warning|info): \S.*", printed[1])
    assert len(printed) >= 4, "a message, its line, and what to do"

"""Kinds of findings are selected, weighed, allowed and suppressed apart from the rest of their rule."""

import json

import pytest

from awesome_lint.baseline.fingerprint import fingerprint
from awesome_lint.config.finding import parse_configuration
from awesome_lint.config.loading import load, settings_for
from awesome_lint.diagnostic import Diagnostic, FileFindings, Severity
from awesome_lint.linter.engine import check
from awesome_lint.linter.settings import Settings
from awesome_lint.markdown import parse
from awesome_lint.report.json import render
from awesome_lint.rules import RULES, malformed_link, rule_names
from awesome_lint.source import Source
from awesome_lint.suppression.insertion import add_suppressions
from tests.casefile import FOLDER

RULE = malformed_link.RULE.name
TEXT = "- (Alpha)[https://example.org/a]\n- [Beta]( https://example.org/b )\n- [Gamma](nan)\n"
ALL = ["reversed", "spare-space", "no-address"]


def kinds(text: str = TEXT, settings: Settings | None = None) -> list[str]:
    return [each.kind for each in found(text, settings)]


def found(text: str = TEXT, settings: Settings | None = None) -> list[Diagnostic]:
    return [each for each in check(Source(text), settings or Settings()) if each.rule == RULE]


def configured(toml: str) -> Settings:
    return settings_for(load(parse_configuration(toml)), None, None)


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        ("", "", ALL),
        ("malformed-link", "", ALL),
        ("malformed-link.reversed", "", ["reversed"]),
        ("malformed-link.reversed malformed-link.no-address", "", ["reversed", "no-address"]),
        ("", "malformed-link.spare-space", ["reversed", "no-address"]),
        ("malformed-link", "malformed-link.spare-space", ["reversed", "no-address"]),
        ("malformed-link.reversed", "link", ["reversed"]),
        ("malformed-link.reversed", "malformed-link", ["reversed"]),
        ("malformed-link.reversed", "malformed-link.reversed", []),
        ("table", "", []),
        ("link", "malformed-link.reversed", ["spare-space", "no-address"]),
    ],
)
def test_selection(select: str, ignore: str, expected: list[str]) -> None:
    assert kinds(settings=Settings(select=frozenset(select.split()), ignore=frozenset(ignore.split()))) == expected


def test_configuration() -> None:
    assert kinds(settings=configured('ignore = ["malformed-link.no-address"]')) == ["reversed", "spare-space"]
    settings = configured('severity = { "malformed-link.reversed" = "info", malformed-link = "warning" }')
    assert [each.severity for each in found(settings=settings)] == [Severity.INFO, Severity.WARNING, Severity.WARNING]
    allow = '[[allow]]\nrule = "malformed-link.no-address"\ntext = "*"\nreason = "to come"\n'
    assert kinds(settings=configured(allow)) == ["reversed", "spare-space"]


def test_names_that_do_not_exist_are_refused() -> None:
    with pytest.raises(Exception, match=r"malformed-link\.reversed"):
        configured('ignore = ["malformed-link.revrsed"]')


def test_comments() -> None:
    comment = "<!-- awesome-lint disable-line malformed-link.{} -->"
    line = "- [Beta]( https://example.org/b ) and [Gamma](nan)"
    assert kinds(f"{line} {comment.format('no-address')}\n") == ["spare-space"]
    assert kinds(f"{line} <!-- awesome-lint disable-line malformed-link -->\n") == []
    unused = check(Source(f"{line} {comment.format('reversed')}\n"))
    assert [each.rule for each in unused if each.rule != RULE] == ["unused-suppression"]
    ignoring = Settings(ignore=frozenset(["malformed-link.reversed"]))
    assert "unused-suppression" not in {
        each.rule for each in check(Source(f"{line} {comment.format('reversed')}\n"), ignoring)
    }


def test_comments_are_written_for_the_kind_alone() -> None:
    text = "- [Gamma](nan)\n"
    written = add_suppressions(parse(Source(text)), found(text)).text
    assert written == "- [Gamma](nan) <!-- awesome-lint disable-line malformed-link.no-address -->\n"
    assert found(written) == []


def test_reports_name_rule_and_kind() -> None:
    source = Source("- [Gamma](nan)\n")
    (one,) = found(source.text)
    assert (one.rule, one.kind, one.name) == (RULE, "no-address", "malformed-link.no-address")
    (data,) = json.loads(render([FileFindings(source, [one])]))
    assert (data["rule"], data["kind"]) == (RULE, "no-address")


def test_a_fingerprint_knows_no_kind() -> None:
    source = Source("- [Gamma](nan)\n")
    (one,) = found(source.text)
    assert fingerprint(one, source) == "f6e58d1987721582ae634a01a67bec24"


def test_every_finding_of_a_rule_with_kinds_has_one_that_its_page_explains() -> None:
    for rule in RULES:
        cases = (FOLDER / f"{rule.name}.md").read_text(encoding="utf-8")
        for kind, name in zip(rule.kinds, rule.finding_names, strict=False):
            assert f"| `{kind.name}` |" in rule.page
            assert f" {name} " in cases
            assert name in rule_names()
        if rule.kinds:
            assert f" {rule.name} " not in cases

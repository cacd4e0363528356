"""The rules about links on real lists, and what they cost."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from awesome_lint.diagnostic import Diagnostic, Severity
from awesome_lint.linter.engine import check
from awesome_lint.linter.settings import Settings
from awesome_lint.markdown import parse
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules import RULES
from awesome_lint.semantic.facts import Facts
from awesome_lint.source import Source
from tests.calls import calls

LINK_RULES = [rule for rule in RULES if rule.group is Group.LINK]


def lint(path: Path) -> list[Diagnostic]:
    return check(Source.from_bytes(path.read_bytes(), path.name), Settings(select=frozenset({Group.LINK})))


def test_the_damaged_list(mission: Path) -> None:
    found = lint(mission / "medical-image-analysis.md")
    errors = Counter(diagnostic.rule for diagnostic in found if diagnostic.severity is Severity.ERROR)
    assert errors == {"truncated-link": 28, "empty-link": 1, "schemeless-link": 3, "dangling-anchor": 2}
    warnings = Counter(diagnostic.rule for diagnostic in found if diagnostic.severity is Severity.WARNING)
    assert warnings == {"proxied-link": 1}
    infos = Counter(diagnostic.rule for diagnostic in found if diagnostic.severity is Severity.INFO)
    assert infos == {"malformed-link": 1}
    assert all(diagnostic.fix for diagnostic in found if diagnostic.rule == "truncated-link")


def test_real_lists(corpus: Path) -> None:
    rules: Counter[str] = Counter()
    for path in sorted(corpus.glob("*.md")):
        found = lint(path)
        errors = [diagnostic for diagnostic in found if diagnostic.severity is Severity.ERROR]
        assert len({diagnostic.span for diagnostic in errors}) == len(errors), f"{path.name}: one fault, two findings"
        rules.update(diagnostic.rule for diagnostic in errors)
    # Read one by one: a space in a cloud drive's address; eight hosts and a mail address.
    assert rules["truncated-link"] == 1
    assert rules["schemeless-link"] == 9


SHAPES = {
    "short rows": "| a | b |\n| - | - |\n" + "| [x](https://example.org/a  c |\n" * 100,
    "brackets of the text": ("(" * 20 + "[x](https://example.org/a )\n") * 100,
    "spaces": "| a | b |\n| - | - |\n" + "| [x]( https://example.org/a ) | c |\n" * 100,
    "anchors": "".join(f"## heading {i}\n\n[x](#heding-{i})\n\n" for i in range(200)),
    "hosts": "".join(f"- [x](example{i}.org/a) [y](htps://example.org/{i})\n" for i in range(100)),
    "wrappers": "".join(f"- [x](https://href.li/?https://example.org/{i})\n" for i in range(100)),
    "tags": '<a href="https://example.org">x ' * 100,
    "definitions": "".join(f"[x{i}]\n\n[x{i}]: example.org/{i}\n\n" for i in range(100)),
}


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_cost_is_linear(shape: str) -> None:
    once, four_times = SHAPES[shape], "\n".join([SHAPES[shape]] * 4)
    for rule in LINK_RULES:
        work(rule, once)  # what is loaded or compiled when it is needed first does not count
        assert work(rule, four_times) < 6 * work(rule, once) + 1000, rule.name


def read(text: str) -> Context:
    """A context in which everything is derived already that several rules use."""
    context = Context(parse(Source(text)), Facts(exists=lambda path: False))
    _ = context.entries, context.repairs, context.document.links, context.document.broken_links
    return context


def work(rule: Rule, text: str) -> int:
    context = read(text)
    return calls(lambda: list(rule.find(context)))

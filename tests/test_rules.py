"""Every rule: its case file (see casefile.py) and the examples of its page."""

from __future__ import annotations

from inspect import signature

import pytest

from awesome_lint.cli.examples import SIBLINGS, earlier_entries, elsewhere, repository_in, sibling
from awesome_lint.diagnostic import Applicability, Diagnostic
from awesome_lint.fixing import fix
from awesome_lint.fixing.patch import choose
from awesome_lint.linter.engine import check
from awesome_lint.rule import Rule
from awesome_lint.rules import RULES
from awesome_lint.semantic.facts import Facts
from awesome_lint.source import Source
from tests.casefile import (
    FOLDER,
    VARIANTS,
    Case,
    blocks_in,
    describe,
    read_cases,
    settings_of,
    split_sections,
    statuses_in,
    vary,
    with_symbols,
    write_cases,
)
from tests.markdown.oracle import rendered

PAGE_FILES = {
    "README.md",
    "LICENSE",
    "CONTRIBUTING.md",
    "docs",
    "docs/guide.md",
    "images",
    "images/logo.png",
    "/images/logo.png",
}
"""What exists beside the examples of the pages."""

CASES = [case for rule in RULES if (FOLDER / f"{rule.name}.md").exists() for case in read_cases(rule)[1]]

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule.name}: {case.title}")


def run(case: Case, text: str) -> list[Diagnostic]:
    """What the case's rule says about *text*."""
    found = check(Source(text, "README.md"), case.settings, case.facts)
    return [diagnostic for diagnostic in found if diagnostic.rule == case.rule.name]


@each_case
def test_diagnostics(case: Case, update: bool) -> None:
    found = describe(run(case, case.input))
    if update:
        preamble, cases = read_cases(case.rule)
        next(other for other in cases if other.title == case.title).blocks["diagnostics"] = found
        write_cases(case.rule, preamble, cases)
        return
    assert found == case.blocks.get("diagnostics"), "run with --update and read the diff"


@each_case
def test_fixed(case: Case, update: bool) -> None:
    fixed = fix(Source(case.input, "README.md"), case.settings, case.facts).source.raw
    if update:
        preamble, cases = read_cases(case.rule)
        blocks = next(other for other in cases if other.title == case.title).blocks
        blocks.pop("fixed", None)
        if fixed != case.input:
            blocks["fixed"] = with_symbols(fixed)
        write_cases(case.rule, preamble, cases)
        return
    assert fixed == case.fixed, "run with --update and read the diff"


@each_case
@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
def test_fixing_leaves_what_has_no_fix(case: Case, unsafe: bool) -> None:
    trusted = {Applicability.FORMAT, Applicability.SAFE} | ({Applicability.UNSAFE} if unsafe else set())
    left = [d for d in run(case, case.input) if not d.fix or d.fix.applicability not in trusted]
    fixed = fix(Source(case.input, "README.md"), case.settings, case.facts, unsafe=unsafe)
    again = fix(fixed.source, case.settings, case.facts, unsafe=unsafe)
    assert again.source.raw == fixed.source.raw
    assert not again.counts
    assert len([d for d in fixed.diagnostics if d.rule == case.rule.name]) == len(left)


@each_case
def test_format_fixes_do_not_show(case: Case) -> None:
    source = Source(case.input, "README.md")
    found = run(case, case.input)
    tidying = [d for d in found if d.fix and d.fix.applicability is Applicability.FORMAT]
    patch = choose(tidying, source, unsafe=False)
    assert rendered(patch.apply(source).text) == rendered(source.text)


@each_case
@pytest.mark.parametrize("variant", VARIANTS)
def test_variants_give_the_same_diagnostics(case: Case, variant: str) -> None:
    if variant not in case.variants:
        return
    shift = 0 if variant == "crlf" else 2
    expected = [
        (d.start.line, d.start.column + shift, d.end.line, d.severity, d.message) for d in run(case, case.input)
    ]
    found = [
        (d.start.line, d.start.column, d.end.line, d.severity, d.message) for d in run(case, vary(case.input, variant))
    ]
    assert found == expected


@each_rule
def test_case_file(rule: Rule) -> None:
    preamble, cases = read_cases(rule)
    titles = [case.title for case in cases]
    assert preamble.startswith(f"# {rule.name}")
    assert len(titles) == len(set(titles))
    assert any(case.blocks.get("diagnostics") for case in cases), "no case in which the rule speaks"
    assert any(case.blocks.get("diagnostics") == "" for case in cases), "no case in which the rule keeps quiet"


def test_every_case_file_belongs_to_a_rule() -> None:
    assert {path.stem for path in FOLDER.glob("*.md")} == {rule.name for rule in RULES}


@each_rule
def test_page(rule: Rule) -> None:
    assert rule.summary
    assert len(rule.summary) <= 100
    assert not rule.page.partition("\n")[2].partition("\n")[0], "an empty line follows the summary"
    sections = dict(split_sections(rule.page)[1])
    for heading, reports in (("Wrong", True), ("Right", False)):
        examples = blocks_in(sections.get(heading, ""), "markdown")
        assert examples, f"no example under {heading}"
        toml = "".join(blocks_in(sections[heading], "toml"))
        links = statuses_in("".join(blocks_in(sections[heading], "links"))) if rule.online else None
        siblings = tuple(sibling(each, kind) for kind in SIBLINGS for each in blocks_in(sections[heading], kind))
        repository = repository_in("".join(blocks_in(sections[heading], "repository")))
        earlier = earlier_entries(blocks_in(sections[heading], "earlier"))
        others = elsewhere(blocks_in(sections[heading], "elsewhere"))
        for example in examples:
            facts = Facts(PAGE_FILES.__contains__, links, siblings, earlier, repository, others)
            found = check(Source(example, "README.md"), settings_of(rule, toml), facts)
            assert any(diagnostic.rule == rule.name for diagnostic in found) is reports, f"{heading}:\n{example}"


@each_rule
def test_check_takes_the_context_and_the_options(rule: Rule) -> None:
    taken = [str(each.annotation).rpartition(".")[2] for each in signature(rule.check).parameters.values()]
    assert taken == ["Context", *([rule.options.__name__] if rule.options else [])]


def test_rules_are_sorted_and_their_names_are_unique() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))
    groups = [rule.group for rule in RULES]
    assert groups == sorted(groups, key=groups.index), "the rules of a group stand together"
    assert not set(names) & set(groups)

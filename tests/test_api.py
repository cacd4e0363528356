"""The public interface: what it gives, what its documentation promises, and what it costs."""

from __future__ import annotations

import doctest
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import awesome_lint
from awesome_lint import api
from tests.environment import unmeasured
from tests.program import run

PAGE = (Path(__file__).parent.parent / "docs" / "api.md").read_text(encoding="utf-8")

LIST = """# List

## Contents

- [Papers](#papers)
- [Tools](#tools)

## Papers

| Title | Year | Summary |
| --- | --- | --- |
| [Alpha *one*](https://example.org/alpha) | 2016 | The first. |
| [Beta](https://example.org/beta) | 2017 |
| [Gamma](https://example.org/gamma | 2018 | Its link is never closed. |

## Tools

- [Ruff](https://docs.astral.sh/ruff/) - A fast linter.
- [ESLint](https://eslint.org/) - The one for JavaScript.
"""


def test_the_page_is_true() -> None:
    blocks = re.findall(r"^```pycon\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    example = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "api.md", "docs/api.md", 0)
    report: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(example, out=report.append)
    assert len(example.examples) > 20
    assert not report, "".join(report)


def test_the_examples_of_the_docstrings_are_true() -> None:
    result = doctest.testmod(api)
    assert result.attempted >= 5
    assert result.failed == 0


def test_everything_public_is_documented() -> None:
    assert set(awesome_lint.__all__) - {"__version__"} == set(api.__all__)
    for name in api.__all__:
        value = getattr(awesome_lint, name)
        assert value is getattr(api, name)
        assert name == "RULES" or value.__doc__, name
    functions = {"check", "find_config", "fix", "parse", "read"}
    shown = {"ConfigurationError", "Diagnostic", "Document", "FixResult", "InternalError", "List", "Rule", "RULES"}
    assert all(f"`{name}" in PAGE for name in functions | shown)
    assert set(api.__all__) <= set(dir(awesome_lint))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = awesome_lint.nothing  # type: ignore[attr-defined] # there is none


def test_importing_costs_next_to_nothing() -> None:
    code = "import sys; before = set(sys.modules); import awesome_lint; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run(
        [sys.executable, "-c", code], env=unmeasured(), capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == ["awesome_lint"]


def test_entries_of_tables_and_bullets() -> None:
    found = awesome_lint.read(LIST)
    assert found.title == "List"
    assert [(each.title, each.url, each.line, each.damaged) for each in found.entries] == [
        ("Alpha one", "https://example.org/alpha", 12, False),
        ("Beta", "https://example.org/beta", 13, True),
        ("Gamma", "https://example.org/gamma", 14, True),
        ("Ruff", "https://docs.astral.sh/ruff/", 18, False),
        ("ESLint", "https://eslint.org/", 19, False),
    ]
    alpha, *_, ruff, _ = found.entries
    assert alpha.values == {"Title": "Alpha one", "Year": "2016", "Summary": "The first."}
    assert (alpha.description, alpha.section) == ("The first.", ("List", "Papers"))
    assert (ruff.description, ruff.section, ruff.values) == ("A fast linter.", ("List", "Tools"), {})


@pytest.mark.parametrize("unsafe", [False, True])
def test_the_command_line_finds_and_writes_the_same(tmp_path: Path, unsafe: bool) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(LIST, encoding="utf-8")
    shown = json.loads(run("README.md", "--isolated", "--format", "json", cwd=tmp_path).stdout)
    found = awesome_lint.check(LIST, path=readme)
    assert [(each["rule"], each["line"], each["message"]) for each in shown] == [
        (each.rule, each.start.line, each.message) for each in found
    ]
    run("README.md", "--isolated", "--fix", *["--unsafe-fixes"] * unsafe, cwd=tmp_path)
    assert readme.read_text(encoding="utf-8") == awesome_lint.fix(LIST, path=readme, unsafe=unsafe).text


def test_any_text_is_a_list() -> None:
    for text in ("", "\ufeff", "\r\n", "|", "- \x00", "[" * 1000):
        found = awesome_lint.read(text)
        assert (found.title, found.entries) == ("", ())


def test_line_endings_stay() -> None:
    text = "\ufeff# A\r\n\r\n|Tool|Year|\r\n|-|-|\r\n|[Ruff](https://docs.astral.sh/ruff/|2022|\r\n"
    fixed = awesome_lint.fix(text, config={"format": {"style": "compact"}})
    assert fixed.text == (
        "\ufeff# A\r\n\r\n| Tool | Year |\r\n| --- | --- |\r\n| [Ruff](https://docs.astral.sh/ruff/) | 2022 |\r\n"
    )
    assert fixed.counts == {"truncated-link": 1, "untidy-table": 1}
    assert awesome_lint.fix(fixed.text).text == fixed.text


def test_relative_links_are_looked_up_beside_the_path(tmp_path: Path) -> None:
    text = "# A\n\n[here](guide.md) [there](lost.md)\n"
    (tmp_path / "guide.md").touch()
    assert awesome_lint.check(text) == []
    (found,) = awesome_lint.check(text, path=tmp_path / "README.md")
    assert (found.rule, found.path) == ("missing-file", os.fspath(tmp_path / "README.md"))
    facts = awesome_lint.Facts(exists=lambda _: True)
    assert awesome_lint.check(text, path=tmp_path / "README.md", facts=facts) == []


def test_a_configuration_file(tmp_path: Path) -> None:
    config, readme = tmp_path / ".awesome-lint.toml", tmp_path / "docs" / "README.md"
    readme.parent.mkdir()
    (tmp_path / ".git").mkdir()
    assert awesome_lint.find_config(readme) is None
    config.write_text('[per-path-ignores]\n"docs/" = ["empty-link"]\n', encoding="utf-8")
    assert awesome_lint.find_config(readme) == config
    for name in (config, str(config)):
        assert awesome_lint.check("[A]()\n", path=readme, config=name) == []
        assert len(awesome_lint.check("[A]()\n", path=tmp_path / "README.md", config=name)) == 1


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"select": ["no-such-rule"]}, "select: there is no rule or group"),
        ({"colour": True}, "colour: unknown key"),
        ({"select": "table"}, "select: must be an array"),
        ("lost.toml", "lost.toml: cannot be read"),
    ],
)
def test_a_configuration_that_cannot_be_used(config: dict[str, object] | str, message: str) -> None:
    with pytest.raises(awesome_lint.ConfigurationError, match=message) as caught:
        awesome_lint.check("", config=config)
    assert caught.value.messages == [str(caught.value)]


def test_an_exception_in_a_rule_names_it() -> None:
    def fail(_: awesome_lint.Context) -> list[awesome_lint.Violation]:
        raise KeyError("x")

    rule = awesome_lint.Rule("failing", awesome_lint.Group.TABLE, fail)  # type: ignore[arg-type] # an iterable will do
    with pytest.raises(awesome_lint.InternalError, match="rule failing"):
        awesome_lint.check("", rules=[rule])

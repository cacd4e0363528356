"""Options of the command line: what the help says of them, configurations that build on others, what is left out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from awesome_lint.cli import cli
from awesome_lint.cli.check import check
from awesome_lint.cli.grouping import GROUPS, GroupedOption
from awesome_lint.config.finding import ConfigurationError, read_configuration
from awesome_lint.config.loading import extended_files, load
from awesome_lint.linter.engine import check as lint
from awesome_lint.rules import RULES
from awesome_lint.source import Source
from tests.casefile import FOLDER, read_cases
from tests.program import complaint, run

BROKEN = "# List\n\n- [Alpha]()\n"
TIGHT = "# List\n\n|Name|Year|\n|---|---|\n|[Alpha](https://example.org)|2016|\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "README.md").write_text(BROKEN, encoding="utf-8")
    return tmp_path


def rules_in(folder: Path, *arguments: str) -> list[tuple[str, str]]:
    """The severity and the rule of each finding."""
    found = json.loads(run("--format", "json", *arguments, cwd=folder).stdout)
    return [(each["severity"], each["rule"]) for each in found]


# --- Help ------------------------------------------------------------------------------------------------------------


def test_every_option_of_check_has_a_group() -> None:
    options = [param for param in check.params if param.param_type_name == "option"]
    assert all(isinstance(each, GroupedOption) and each.group in GROUPS for each in options)


def test_the_help_has_the_groups_in_order_and_links_last(folder: Path) -> None:
    page = run("--help", cwd=folder).stdout.decode()
    headings = re.findall(r"^([A-Z][a-z ]+):$", page, re.MULTILINE)
    assert headings == ["Commands", *GROUPS, "Other options"]
    assert headings[-2] == "Links"
    assert run("help", cwd=folder).stdout.decode() == page
    assert run("check", "--help", cwd=folder).stdout.decode().count("Configuration:\n") == 1


@pytest.mark.parametrize("command", cli.names)
def test_help_of_each_command(folder: Path, command: str) -> None:
    page = run("help", command, cwd=folder)
    assert page.returncode == 0
    assert page.stdout.decode().startswith(f"Usage: awesome-lint {command}")


def test_help_of_an_unknown_command(folder: Path) -> None:
    assert "there is no command 'chek'" in complaint(run("help", "chek", cwd=folder))


def test_version(folder: Path) -> None:
    assert run("-V", cwd=folder).stdout == run("--version", cwd=folder).stdout != b""


def test_a_diff_goes_with_no_other_format(folder: Path) -> None:
    for options in (["--format", "json"], ["--report", "sarif=x.sarif"], ["--statistics"], ["--format", "concise"]):
        assert "--diff prints a unified diff" in complaint(run("--diff", *options, cwd=folder))
    assert run("--diff", "--format", "text", cwd=folder).returncode == 0


# --- Rules -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_mark_fix_is_true(rule: object) -> None:
    name = rule.name  # type: ignore[attr-defined]  # parametrized
    cases = read_cases(next(each for each in RULES if each.name == name))[1] if (FOLDER / f"{name}.md").exists() else []
    has_fix = any(
        each.fix and each.rule == name
        for case in cases
        for each in lint(Source(case.input, "README.md"), case.settings, case.facts)
    )
    assert has_fix is ("\n## Fix\n" in next(each for each in RULES if each.name == name).page)


def test_rules_are_marked(folder: Path) -> None:
    listing = run("rules", cwd=folder).stdout.decode()
    marks = {words[0]: words[2:5] for line in listing.splitlines() if (words := line.split()) and line.startswith("  ")}
    assert marks["moved-link"][:2] == ["fix", "links"]
    assert marks["url-style"][:2] == ["fix", "off"]
    assert marks["empty-link"][0] == "A"
    assert listing.splitlines()[-1].startswith("fix: --fix can repair it;")
    assert run("rules", "url-style", cwd=folder).stdout.decode().startswith("# url-style [link, warning, fix, off]\n")


# --- Configuration ---------------------------------------------------------------------------------------------------


def test_a_key_is_set_on_the_command_line(folder: Path) -> None:
    assert rules_in(folder) == [("error", "empty-link")]
    assert rules_in(folder, "--config", "severity.empty-link=warning") == [("warning", "empty-link")]
    assert rules_in(folder, "--isolated", "--config", 'ignore=["empty-link"]') == []
    (folder / ".awesome-lint.toml").write_text('[severity]\nempty-link = "warning"\n', encoding="utf-8")
    assert rules_in(folder, "--config", "severity.link=info") == [("warning", "empty-link")], "the others stay"
    (folder / "other.toml").write_text('[severity]\nempty-link = "info"\n', encoding="utf-8")
    assert rules_in(folder, "--config", "other.toml", "--config", "select=['link']") == [("info", "empty-link")]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("severity.empty-link=bad", '--config: severity.empty-link: "bad" is not allowed'),
        ("nonsense=1", "--config: nonsense: unknown key"),
        ("=1", "is not KEY=VALUE in TOML"),
    ],
)
def test_a_key_that_makes_no_sense(folder: Path, value: str, message: str) -> None:
    assert message in complaint(run("--config", value, cwd=folder))


def test_only_one_configuration_file(folder: Path) -> None:
    assert "--config takes only one file" in complaint(run("--config", "a.toml", "--config", "b.toml", cwd=folder))


def test_extend_select_adds_to_what_runs(folder: Path) -> None:
    (folder / "README.md").write_text("- [A](https://example.org/)\n- [B](http://example.org/b)\n- [C]()\n")
    assert rules_in(folder) == [("error", "empty-link")]
    assert rules_in(folder, "--extend-select", "url-style") == [("warning", "url-style"), ("error", "empty-link")]
    (folder / ".awesome-lint.toml").write_text('ignore = ["url-style", "empty-link"]\n', encoding="utf-8")
    assert rules_in(folder, "--extend-select", "url-style") == [("warning", "url-style")]


def test_settings_are_shown(folder: Path) -> None:
    (folder / ".awesome-lint.toml").write_text('ignore = ["empty-link"]\n', encoding="utf-8")
    shown = run("--show-settings", "--config", "format.style=aligned", cwd=folder).stdout.decode()
    assert shown.startswith("# README.md: configured by .awesome-lint.toml, the nearest one\n")
    assert 'ignore = ["empty-link"]' in shown
    assert 'style = "aligned"' in shown
    assert "column-count" in shown.splitlines()[1]
    assert "empty-link" not in shown.splitlines()[1]


class TestExtends:
    def write(self, folder: Path, name: str, text: str) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def test_tables_are_merged_and_other_keys_replaced(self, folder: Path) -> None:
        self.write(folder, "base.toml", 'ignore = ["table"]\n[severity]\nempty-link = "warning"\nlink = "info"\n')
        path = self.write(folder, ".awesome-lint.toml", 'extends = "base.toml"\n[severity]\nlink = "error"\n')
        found = load(read_configuration(path))
        assert found.ignore == ("table",)
        assert found.severity == {"empty-link": "warning", "link": "error"}
        assert rules_in(folder) == [("warning", "empty-link")]

    def test_a_base_may_extend_another_in_the_repository(self, folder: Path) -> None:
        (folder / ".git").mkdir()
        self.write(folder, "base.toml", 'ignore = ["table"]\n')
        self.write(folder, "lists/middle.toml", 'extends = "../base.toml"\nselect = ["link"]\n')
        path = self.write(folder, "lists/.awesome-lint.toml", 'extends = "middle.toml"\n')
        text = read_configuration(path)
        assert (load(text).ignore, load(text).select) == (("table",), ("link",))
        assert [each.name for each in extended_files(text)] == ["middle.toml", "base.toml"]

    @pytest.mark.parametrize(
        ("extends", "message"),
        [
            ("https://example.org/base.toml", "must be the relative path of a file"),
            ("/etc/base.toml", "must be the relative path of a file"),
            ("../base.toml", "must be a file of this repository"),
            (".awesome-lint.toml", "extends itself via"),
            ("none.toml", "cannot be read: no such file"),
        ],
    )
    def test_what_cannot_be_extended(self, folder: Path, extends: str, message: str) -> None:
        (folder.parent / "base.toml").write_text("", encoding="utf-8")
        path = self.write(folder, ".awesome-lint.toml", f'ignore = []\nextends = "{extends}"\n')
        with pytest.raises(ConfigurationError) as error:
            load(read_configuration(path))
        assert re.search(rf":2:1: extends: .*{re.escape(message)}", str(error.value)), error.value

    def test_a_circle_ends(self, folder: Path) -> None:
        self.write(folder, "base.toml", 'extends = ".awesome-lint.toml"\n')
        path = self.write(folder, ".awesome-lint.toml", 'extends = "base.toml"\n')
        with pytest.raises(ConfigurationError, match="via"):
            load(read_configuration(path))
        assert len(extended_files(read_configuration(path))) == 1

    def test_faults_of_the_base_have_its_name(self, folder: Path) -> None:
        self.write(folder, "base.toml", "\nselct = []\n")
        path = self.write(folder, ".awesome-lint.toml", 'extends = "base.toml"\n')
        with pytest.raises(ConfigurationError, match=r"base\.toml:2:1: selct: unknown key"):
            load(read_configuration(path))


# --- What is left out ------------------------------------------------------------------------------------------------


def test_files_are_left_out_of_folders_and_read_where_they_are_named(folder: Path) -> None:
    for name in ("node_modules/x", ".venv", "docs/old", "docs/new"):
        (folder / name).mkdir(parents=True)
        (folder / name / "list.md").write_text(BROKEN, encoding="utf-8")

    def paths(*arguments: str) -> set[str]:
        found = json.loads(run("--format", "json", *arguments, cwd=folder).stdout)
        return {each["path"].removeprefix("./") for each in found}

    everything = {"README.md", "docs/old/list.md", "docs/new/list.md"}
    assert paths(".") == everything, "no folder that a tool has filled"
    assert paths("node_modules") == {"node_modules/x/list.md"}
    assert paths(".venv/list.md") == {".venv/list.md"}
    assert paths(".", "--exclude", "docs/old/") == everything - {"docs/old/list.md"}
    assert paths(".", "--exclude", "/README.md", "--exclude", "new") == {"docs/old/list.md"}
    (folder / ".awesome-lint.toml").write_text('exclude = ["docs/*/list.md"]\n', encoding="utf-8")
    assert paths(".") == {"README.md"}
    assert paths("docs/old/list.md") == {"docs/old/list.md"}


def test_info_is_shown_on_request_and_fails_no_run(folder: Path) -> None:
    (folder / "README.md").write_text(TIGHT.replace("2016|", "2016||"), encoding="utf-8")
    quiet = run("--isolated", "--strict", cwd=folder)
    assert quiet.returncode == 0
    assert re.match(r"No findings in 1 file\n\d info findings? hidden \(shown with --info\): ", quiet.stdout.decode())
    shown = run("--isolated", "--strict", "--info", cwd=folder)
    assert shown.returncode == 0
    assert "info[column-count]" in shown.stdout.decode()
    assert "hidden" not in shown.stdout.decode()
    assert b"::notice" in run("--isolated", "--info", "--format", "github", cwd=folder).stdout
    assert run("--isolated", "--format", "github", cwd=folder).stdout == b""
    assert "info" in {severity for severity, _ in rules_in(folder, "--isolated")}, "JSON has everything"


def test_a_long_first_report_ends_with_how_to_go_on(folder: Path) -> None:
    items = "".join(f"- [Item {number}]()\n" for number in range(30))
    (folder / "README.md").write_text(items, encoding="utf-8")
    lines = run(cwd=folder).stdout.decode().splitlines()
    assert lines[-3:] == [
        "30 errors in 1 file",
        "None can be fixed with --fix",
        "To accept the rest: --write-baseline FILE, then --baseline FILE; or check only what is new: --since REF",
    ]
    (folder / "known.json").write_text('{"version": 1, "findings": []}', encoding="utf-8")
    assert "To accept" not in run("--baseline", "known.json", cwd=folder).stdout.decode()
    assert "To accept" not in run("--format", "concise", cwd=folder).stdout.decode()

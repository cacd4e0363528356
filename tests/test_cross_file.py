"""Entries in several files of a configuration: `cross-file` on the command line, and among those of real lists."""

from __future__ import annotations

import random
import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from awesome_lint.cli.configuration import Configurations
from awesome_lint.cli.other_files import OtherFiles
from awesome_lint.linter.engine import check
from awesome_lint.linter.settings import Settings
from awesome_lint.markdown import Document, parse
from awesome_lint.rules.duplicate_entry import Options
from awesome_lint.semantic.comparable import comparable, is_selected
from awesome_lint.semantic.elsewhere import Elsewhere
from awesome_lint.semantic.entries import Entry
from awesome_lint.semantic.facts import Facts
from awesome_lint.semantic.model import ListModel
from awesome_lint.source import Source
from awesome_lint.text.canonical_urls import canonical_url
from tests.program import run

PLANTED, OTHERS = 20, 10
CONFIGURATION = "[rules.duplicate-entry]\ncross-file = true\n"
SETTINGS = Settings(frozenset(["duplicate-entry"]), options={"duplicate-entry": Options(cross_file=True)})

TOOLS = "# Tools\n\n- [Alpha](https://example.org/alpha)\n- [Beta](https://example.org/beta)\n"
MORE = "# More\n\n- [Gamma](https://example.org/gamma)\n- [alpha](http://www.example.org/alpha/)\n"
IN_TOOLS = "README.md:3:3: warning[duplicate-entry] “Alpha” is also listed in docs/more.md, section “More” (line 4)"
IN_MORE = "docs/more.md:4:3: warning[duplicate-entry] “alpha” is also listed in README.md, section “Tools” (line 3)"


def entries_of(document: Document) -> tuple[Entry, ...]:
    return ListModel(document).entries


def lines_reported(here: Document, there: Document) -> list[int]:
    """The lines of *here* with an entry that *there* has, too."""
    others = Elsewhere()
    others.add("other.md", there.source, entries_of(there))
    found = check(here.source, SETTINGS, Facts(elsewhere=others))
    return [each.start.line for each in found if "also listed in other.md" in each.message]


@pytest.mark.slow
def test_what_is_planted_in_another_file_is_found(real_list: Path) -> None:
    document = parse(Source(real_list.read_text(encoding="utf-8"), "README.md"))
    entries = entries_of(document)
    addresses = Counter(canonical_url(entry.url) for entry in entries)
    titles = Counter(entry.title.casefold() for entry in entries)
    single = [
        entry
        for entry in comparable(entries)
        if entry.link
        and re.fullmatch(r"https://[\w./-]+", entry.url)
        and re.fullmatch(r"[\w .-]+", entry.title)
        and addresses[canonical_url(entry.url)] == titles[entry.title.casefold()] == 1
        and not is_selected(entry)
    ]
    if len(single) < PLANTED:
        pytest.skip("fewer than twenty plain entries that are listed once")
    chosen = random.Random(real_list.stem).sample(single, PLANTED)
    bullets = [f"- [{entry.title.upper()}]({entry.url.replace('https:', 'http:')}?utm_source=x)" for entry in chosen]
    bullets[OTHERS:OTHERS] = [f"- [New {number}](https://new.example.org/{number})" for number in range(OTHERS)]
    other = parse(Source("\n".join(["# Other", "", *bullets, ""]), "other.md"))

    lines = {document.source.position(entry.place.start).line for entry in chosen}
    assert set(lines_reported(document, other)) == lines
    assert len(lines_reported(document, other)) == PLANTED
    numbers = [number for number, line in enumerate(other.source.text.splitlines(), 1) if "utm_source" in line]
    assert lines_reported(other, document) == numbers


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / ".awesome-lint.toml").write_text(CONFIGURATION)
    (tmp_path / "README.md").write_text(TOOLS)
    (tmp_path / "docs/more.md").write_text(MORE)
    return tmp_path


def findings(folder: Path, *arguments: str, stdin: bytes = b"") -> list[str]:
    output = run("--format", "concise", *arguments, cwd=folder, stdin=stdin).stdout.decode()
    return [line for line in output.splitlines() if "duplicate-entry" in line]


@pytest.mark.parametrize(
    ("paths", "expected"),
    [((".",), [IN_TOOLS, IN_MORE]), (("README.md",), [IN_TOOLS]), (("docs/more.md",), [IN_MORE]), ((), [IN_TOOLS])],
)
def test_each_file_is_told_of_the_other(folder: Path, paths: tuple[str, ...], expected: list[str]) -> None:
    assert findings(folder, *paths) == expected


def test_standard_input_stands_for_the_file_that_it_is_named_after(folder: Path) -> None:
    assert findings(folder, "-", "--stdin-filename", "docs/more.md", stdin=MORE.encode()) == [IN_MORE]


def test_the_other_file_is_compared_as_it_is_now(folder: Path) -> None:
    assert findings(folder, "README.md")
    (folder / "docs/more.md").write_text("# More\n")
    assert not findings(folder, "README.md")
    (folder / "docs/more.md").write_text(MORE)
    assert findings(folder, "README.md")


def test_a_file_that_is_alone_repeats_nothing(folder: Path) -> None:
    (folder / "docs/more.md").unlink()
    assert not findings(folder, "README.md")
    (folder / "docs/more.md").write_text(MORE)
    assert findings(folder, "README.md") == [IN_TOOLS]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".awesome-lint.toml", ""),
        (".awesome-lint.toml", f'exclude = ["docs"]\n{CONFIGURATION}'),
        (".awesome-lint.toml", f'{CONFIGURATION}[per-path-ignores]\n"docs/*" = ["duplicate-entry"]\n'),
        (".awesome-lint.toml", f'{CONFIGURATION}[[siblings]]\nfiles = ["README.md", "docs/more.md"]\n'),
        ("docs/.awesome-lint.toml", CONFIGURATION),
        (".gitignore", "docs/\n"),
    ],
    ids=["off", "excluded", "ignored", "siblings", "another configuration", "ignored by git"],
)
def test_files_that_are_not_compared(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text)
    assert not findings(folder, "README.md")


def test_a_file_that_cannot_be_read_is_left_out(folder: Path) -> None:
    (folder / "binary.md").write_bytes(b"\0")
    done = run("README.md", cwd=folder)
    assert "Alpha" in done.stdout.decode()
    assert "not compared with other files: binary.md: is a binary file" in done.stderr.decode()
    assert "binary.md" not in run("README.md", "--quiet", cwd=folder).stderr.decode()


def test_links_to_files_outside_of_the_repository_are_not_followed(folder: Path) -> None:
    outside = folder.parent / f"{folder.name}-outside.md"
    outside.write_text("- [Beta](https://example.org/beta)\n")
    (folder / "link.md").symlink_to(outside)
    (folder / "again.md").symlink_to(folder / "README.md")
    assert findings(folder, "README.md") == [IN_TOOLS]


def test_only_what_is_new_since_a_commit_is_reported(folder: Path) -> None:
    (folder / ".git").rmdir()
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")
    for command in (["init", "--quiet"], ["add", "--all"], [*identity, "commit", "--quiet", "-m", "start"]):
        subprocess.run(["git", *command], cwd=folder, check=True)
    (folder / "README.md").write_text(f"{TOOLS}- [Gamma](https://example.org/gamma)\n")
    found = findings(folder, ".", "--since", "HEAD")
    assert [line.partition(" is also")[0] for line in found] == ["README.md:5:3: warning[duplicate-entry] “Gamma”"]


def test_all_compared_files_are_watched(folder: Path) -> None:
    files = OtherFiles(Configurations(), quiet=True).paths(folder / "README.md")
    assert {path.name for path in files} == {"README.md", "more.md"}
    (folder / ".awesome-lint.toml").write_text("[rules.duplicate-entry\n")
    assert OtherFiles(Configurations(), quiet=True).paths(folder / "README.md") == []

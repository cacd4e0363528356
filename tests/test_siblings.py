"""Lists that are kept in step: `[[siblings]]` on the command line, and in translations made from real lists."""

from __future__ import annotations

import random
import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from awesome_lint.linter.engine import check
from awesome_lint.linter.settings import Settings
from awesome_lint.markdown import Document, parse
from awesome_lint.semantic.entries import Entry
from awesome_lint.semantic.facts import Facts
from awesome_lint.semantic.model import ListModel
from awesome_lint.semantic.passages import Passage
from awesome_lint.semantic.siblings import key_of, listing_of
from awesome_lint.source import Source
from awesome_lint.text.canonical_urls import canonical_url
from tests.program import run

MISSING, EXTRA = 20, 10
RULES = Settings(select=frozenset(["missing-in-sibling", "extra-in-sibling"]))

ENGLISH = "# Maps\n\n- [Alpha](https://example.org/alpha)\n- [Beta](https://example.org/beta)\n"
FRENCH = "# Cartes\n\n- [Alphé](https://example.org/alpha)\n- [Gamma](https://example.org/gamma)\n"


def entries_of(document: Document) -> tuple[Entry, ...]:
    return ListModel(document).entries


def translated(text: str) -> str:
    """*text* with the texts of its links changed."""
    return re.sub(r"\[(?=[^\[\]\n]+\]\(https?:)", "[译", text)


@pytest.mark.slow
def test_what_a_translation_lacks_and_adds_is_found(real_list: Path) -> None:
    base = Source(real_list.read_text(encoding="utf-8"), "README.md")
    document = parse(base)
    links = Counter(canonical_url(link.url) for link in document.links)
    listed = [entry for entry in entries_of(document) if (key := key_of(entry)) and links[key] == 1]
    lines = base.text.splitlines(keepends=True)
    single = {
        base.position(entry.span.start).line: entry
        for entry in listed
        if base.position(entry.span.start).line == base.position(entry.span.end).line
    }
    # A copy of a paragraph on the next line is no paragraph of its own.
    single = {line: entry for line, entry in single.items() if not isinstance(entry.origin, Passage)}
    if len(single) < 2 * MISSING + EXTRA:
        pytest.skip("fewer than fifty entries that are listed once, on lines of their own")
    chosen = random.Random(real_list.stem).sample(sorted(single), MISSING + EXTRA)
    missing, copied = set(chosen[:MISSING]), chosen[MISSING:]
    other: list[str] = []
    for number, line in enumerate(lines, 1):
        if number not in missing:
            other.append(translated(line))
        if number in copied:
            new = line.replace(single[number].url, f"https://new.example.org/{number}", 1)
            other.append(new)
    sibling = parse(Source("".join(other), "README-zh.md"))

    def report(here: Document, there: Document, name: str, *, is_base: bool) -> list[str]:
        listing = listing_of(there, entries_of(there), name, is_base=is_base)
        found = check(here.source, RULES, Facts(siblings=(listing,)))
        return [here.source[here.source.line_span(each.start.line)] for each in found]

    assert report(document, sibling, "README-zh.md", is_base=False) == [
        base[base.line_span(number)] for number in sorted(missing)
    ]
    extra = report(sibling, document, "README.md", is_base=True)
    assert len(extra) == EXTRA
    assert all("https://new.example.org/" in line for line in extra)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".awesome-lint.toml").write_text('[[siblings]]\nfiles = ["README.md", "README-fr.md"]\n')
    (tmp_path / "README.md").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "README-fr.md").write_text(FRENCH, encoding="utf-8")
    return tmp_path


def test_both_files_are_compared(folder: Path) -> None:
    done = run("--format", "concise", ".", cwd=folder)
    assert done.stdout.decode().splitlines()[:2] == [
        "README-fr.md:4:3: warning[extra-in-sibling] “Gamma” is not in README.md, section “Maps” (line 1)",
        "README.md:4:3: warning[missing-in-sibling] “Beta” is not in README-fr.md, section “Cartes” (line 1)",
    ]


def test_a_file_alone_is_compared_with_what_the_other_is_now(folder: Path) -> None:
    assert b"Beta" in run("README.md", cwd=folder).stdout
    (folder / "README-fr.md").write_text(FRENCH + "- [Bêta](https://example.org/beta)\n", encoding="utf-8")
    assert b"Beta" not in run("README.md", cwd=folder).stdout


def commit(folder: Path) -> None:
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")
    for command in (["init", "--quiet"], ["add", "--all"], [*identity, "commit", "--quiet", "-m", "start"]):
        subprocess.run(["git", *command], cwd=folder, check=True)


def test_only_what_is_new_since_a_commit_is_reported(folder: Path) -> None:
    commit(folder)
    added = ENGLISH + "- [Delta](https://example.org/delta)\n"
    (folder / "README.md").write_text(added, encoding="utf-8")
    found = run("README.md", "--since", "HEAD", cwd=folder).stdout.decode()
    assert "“Delta” is not in README-fr.md" in found
    assert "Beta" not in found


def test_what_a_change_takes_from_the_other_file_is_new(folder: Path) -> None:
    commit(folder)
    (folder / "README-fr.md").write_text(FRENCH.replace("- [Alphé](https://example.org/alpha)\n", ""), encoding="utf-8")
    found = run("README.md", "--since", "HEAD", cwd=folder).stdout.decode()
    assert "“Alpha” is not in README-fr.md" in found
    assert "Beta" not in found


def test_a_new_translation_makes_no_new_findings_in_the_original(folder: Path) -> None:
    (folder / "README-fr.md").unlink()
    commit(folder)
    (folder / "README-fr.md").write_text(FRENCH, encoding="utf-8")
    assert b"Beta" in run("README.md", cwd=folder).stdout
    assert b"Beta" not in run("README.md", "--since", "HEAD", cwd=folder).stdout


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ('["README.md", "README-de.md"]', "siblings: README-de.md: no such file"),
        ('["README.md", "../other.md"]', "siblings: ../other.md: is not a file of this repository"),
        ('["README.md"]', "siblings.files: must name two files or more, each once"),
        ('["README.md", "README.md"]', "siblings.files: must name two files or more, each once"),
        ('["README.md", "."]', "siblings: .: is a folder"),
    ],
)
def test_what_cannot_be_compared(folder: Path, files: str, message: str) -> None:
    (folder / ".awesome-lint.toml").write_text(f"[[siblings]]\nfiles = {files}\n", encoding="utf-8")
    done = run("README.md", cwd=folder)
    assert done.returncode == 2
    assert message in done.stderr.decode()

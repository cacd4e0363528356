"""``awesome-lint changes`` in real repositories."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
from collections import Counter
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

from awesome_lint.changes.comparing import compare
from awesome_lint.fixing import fix
from awesome_lint.linter.settings import Settings
from awesome_lint.markdown import Link, parse
from awesome_lint.semantic.entries import Entry
from awesome_lint.semantic.matching import address_of, section_of
from awesome_lint.semantic.model import ListModel
from awesome_lint.source import Source
from tests.program import complaint, run

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]

ATOM = "{http://www.w3.org/2005/Atom}"
HEAD = "# List\n\n## Tools\n\n"
ALPHA = "- [Alpha](https://example.org/alpha) - A tool.\n"
BETA = "- [Beta](https://example.org/beta) - Another tool.\n"
GAMMA = "- [Gamma](javascript:alert(1)) - A <b>third</b> tool.\n"


class Repository:
    """A repository with a README."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.readme = folder / "README.md"
        self.commits = 0
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str) -> None:
        identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
        when = f"2026-01-{self.commits + 1:02} 10:00:00 +0100"
        environment = {
            **os.environ,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
            "GIT_COMMITTER_DATE": when,
        }
        subprocess.run(
            ["git", *identity, *arguments], cwd=self.folder, check=True, capture_output=True, env=environment
        )

    def commit(self, text: str) -> None:
        """Commit *text* as the README; commits are a day apart."""
        self.readme.write_text(text, encoding="utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "change")
        self.commits += 1

    def changes(self, *arguments: str) -> str:
        done = run("changes", *arguments, cwd=self.folder)
        assert (done.returncode, done.stderr) == (0, b"")
        return done.stdout.decode()


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A list with one entry, then with two, then with a third one that is not committed."""
    repository = Repository(tmp_path)
    repository.commit(HEAD + ALPHA)
    repository.commit(HEAD + ALPHA + BETA)
    repository.readme.write_text(HEAD + ALPHA + BETA + GAMMA, encoding="utf-8")
    return repository


def test_what_is_compared(repository: Repository) -> None:
    added = {
        (): ["Gamma"],
        ("HEAD~1",): ["Beta", "Gamma"],
        ("HEAD~1..HEAD",): ["Beta"],
        ("HEAD~1..", "README.md"): ["Beta"],
        ("main~1...main",): ["Beta"],
        ("HEAD..HEAD",): [],
    }
    for arguments, names in added.items():
        found = json.loads(repository.changes(*arguments, "--format", "json"))
        assert [change["after"]["title"] for change in found["changes"]] == names


def test_a_branch_is_compared_with_where_it_began(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "-b", "branch", "main~1", "--force")
    repository.commit(HEAD + ALPHA + "- [Delta](https://example.org/delta) - A tool.\n")
    assert repository.changes("main").startswith("README.md: 1 added\n")
    assert repository.changes("main...branch").startswith("README.md: 1 added\n")
    assert repository.changes("main..branch").startswith("README.md: 1 added, 1 removed\n")


def test_a_file_that_is_new_and_one_that_was_renamed(repository: Repository) -> None:
    repository.git("mv", "README.md", "LIST.md")
    assert repository.changes("HEAD", "LIST.md").startswith("LIST.md: 1 added\n")
    (repository.folder / "other.md").write_text(HEAD + ALPHA, encoding="utf-8")
    assert repository.changes("HEAD", "other.md").startswith("other.md: 1 added\n")


def test_a_gate_for_pull_requests(repository: Repository) -> None:
    assert run("changes", "HEAD", "--max-added", "1", "--only-files", "*.md", cwd=repository.folder).returncode == 0
    (repository.folder / "logo.png").write_bytes(b"x")
    done = run("changes", "HEAD~1", "--max-added", "1", "--only-files", "*.md", cwd=repository.folder)
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        "error: 2 entries are added, but --max-added allows 1",
        "error: logo.png has changed, but --only-files allows *.md",
    ]


def test_a_limit_in_the_configuration(repository: Repository) -> None:
    def found(*arguments: str) -> list[tuple[str, str, list[int]]]:
        done = run("--since", "HEAD", "--format", "json", *arguments, cwd=repository.folder)
        limits = [each for each in json.loads(done.stdout) if each["rule"] == "too-many-added"]
        assert done.returncode == int(bool(limits))
        return [(each["path"], each["entry"], [place["line"] for place in each["related"]]) for each in limits]

    repository.commit(HEAD + ALPHA)
    configuration = repository.folder / ".awesome-lint.toml"
    configuration.write_text("[rules.too-many-added]\nmax-added = 1\n", encoding="utf-8")
    (repository.folder / "new.md").write_text(HEAD + ALPHA + BETA, encoding="utf-8")
    repository.readme.write_text(HEAD + ALPHA + BETA, encoding="utf-8")
    assert found() == []
    assert found("new.md") == []
    delta = "- [Delta](https://example.org/delta) - A fourth tool.\n"
    repository.readme.write_text(HEAD + BETA + ALPHA + delta, encoding="utf-8")
    expected = [("README.md", "Delta", [5])]
    assert found() == expected
    assert found("--fix") == expected
    configuration.write_text("[rules.too-many-added]\nmax-added = 2\n", encoding="utf-8")
    assert found() == []
    configuration.write_text("[rules.too-many-added]\nmax-added = -1\n", encoding="utf-8")
    assert "max-added: must be 0 or more" in complaint(run("--since", "HEAD", cwd=repository.folder))


def test_what_cannot_be_compared(repository: Repository) -> None:
    folder = repository.folder
    assert complaint(run("changes", "v9", cwd=folder)) == "error: git does not know the commit 'v9'"
    assert complaint(run("changes", "README.md", cwd=folder)) == (
        "error: git does not know the commit 'README.md'; name the commit first: awesome-lint changes HEAD FILE"
    )
    assert complaint(run("changes", "--upload-pack=x", cwd=folder)).startswith("error: No such option")
    assert "does not know the commit" in complaint(run("changes", "--", "--all", cwd=folder))
    assert "standard input" in complaint(run("changes", "HEAD", "-", cwd=folder))


def test_release_notes(repository: Repository) -> None:
    assert repository.changes("HEAD~1", "--format", "markdown") == f"## Added\n\n### Tools\n\n{BETA}{GAMMA}"


def test_a_feed(repository: Repository) -> None:
    repository.commit(HEAD.replace("Tools", "Tools & more") + BETA + GAMMA.replace("third", "fine"))
    feed = ElementTree.fromstring(
        repository.changes("HEAD~2..HEAD", "--format", "atom", "--feed-url", "https://example.org/feed")
    )
    assert_valid(feed)
    assert feed.findtext(f"{ATOM}id") == "https://example.org/feed"
    assert feed.findtext(f"{ATOM}updated") == "2026-01-03T10:00:00+01:00"
    found = [
        (entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}updated"), entry.findtext(f"{ATOM}content"))
        for entry in feed.iter(f"{ATOM}entry")
    ]
    assert found == [
        ("Gamma", "2026-01-03T10:00:00+01:00", "Added to Tools & more: A fine tool."),
        ("Beta", "2026-01-02T10:00:00+01:00", "Added to Tools: Another tool."),
    ]
    links = [link.get("href") for entry in feed.iter(f"{ATOM}entry") for link in entry.iter(f"{ATOM}link")]
    assert links == ["https://example.org/beta"], "an address that is none of the web is no link"
    limited = repository.changes("HEAD~2..HEAD", "--format", "atom", "--limit", "1")
    assert limited.count("<entry>") == 1


def assert_valid(feed: ElementTree.Element) -> None:
    """What RFC 4287 requires of a feed (4.1.1) and of its entries (4.1.2)."""
    assert feed.tag == f"{ATOM}feed"
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    entries = feed.findall(f"{ATOM}entry")
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
            assert element.findtext(f"{ATOM}{name}")
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated") or "").tzinfo
    for entry in entries:
        assert entry.findtext(f"{ATOM}content") or entry.find(f"{ATOM}link[@rel='alternate']") is not None
    ids = [element.findtext(f"{ATOM}id") for element in (feed, *entries)]
    assert len(set(ids)) == len(ids)
    assert all(id_ and ":" in id_ for id_ in ids), "an IRI"


class Edits:
    """A random history of a real list: each of twelve entries meets one fate, and tables are rewritten."""

    def __init__(self, text: str, seed: int) -> None:
        self.source = Source(text, "README.md")
        entries = ListModel(parse(self.source)).entries
        names = Counter(entry.title.casefold() for entry in entries)
        addresses = Counter(address_of(entry) for entry in entries)
        plain = [
            entry
            for entry in entries
            if isinstance(entry.link, Link)
            and entry.place.contains(entry.link.span)
            and "://" not in entry.title
            and "\n" not in self.source[entry.span]
            and self.source.line_span(self.source.position(entry.span.start).line).contains(entry.span)
            and names[entry.title.casefold()] == addresses[address_of(entry)] == 1
            and self.source[entry.link.text_span] == entry.title
            and self.source.text.count(entry.url) == 1
        ]
        self.random = random.Random(seed)
        self.chosen = self.random.sample(plain, 12) if len(plain) >= 12 else []
        self.edits: list[tuple[int, int, str]] = []
        self.expected: list[tuple[str, str]] = []

    def line(self, entry: Entry) -> tuple[int, int]:
        span = self.source.line_span(self.source.position(entry.span.start).line)
        return span.start, min(span.end + 1, len(self.source.text))

    def remove(self, entry: Entry) -> None:
        self.edits.append((*self.line(entry), ""))
        self.expected.append(("removed", entry.title))

    def add(self, entry: Entry) -> None:
        start, end = self.line(entry)
        new = self.source.text[start:end].replace(entry.url, "https://example.org/zebra-finch")
        new = new.replace(entry.title, "ZebraFinch")
        self.edits.append((start, start, new))
        self.expected.append(("added", "ZebraFinch"))

    def rename(self, entry: Entry) -> None:
        assert entry.link
        self.edits.append((*entry.link.text_span, f"{entry.title} Two"))
        self.expected.append(("renamed", f"{entry.title} Two"))

    def readdress(self, entry: Entry) -> None:
        at = self.source.text.index(entry.url)
        self.edits.append((at, at + len(entry.url), f"https://example.org/{abs(hash(entry.span))}"))
        self.expected.append(("readdressed", entry.title))

    def move(self, entry: Entry, target: Entry) -> None:
        start, end = self.line(entry)
        before, _ = self.line(target)
        self.edits += [(start, end, ""), (before, before, self.source.text[start:end])]
        self.expected.append(("moved", entry.title))

    def apply(self) -> str:
        text = self.source.text
        for start, end, new in sorted(self.edits, reverse=True):
            text = text[:start] + new + text[end:]
        return text


def test_a_made_history_of_a_real_list(real_list: Path) -> None:
    edits = Edits(real_list.read_text(encoding="utf-8"), seed=7)
    if not edits.chosen:
        pytest.skip("no twelve entries in lines of their own with names and addresses of their own")
    removed, renamed, readdressed, moved, target, *others = edits.chosen
    edits.remove(removed)
    edits.rename(renamed)
    edits.readdress(readdressed)
    edits.add(others[0])
    if type(moved.origin) is type(target.origin) and section_of(moved) != section_of(target):
        fields = (moved.fields.keys(), target.fields.keys())
        if fields[0] == fields[1] and moved.span.start != target.span.start:
            edits.move(moved, target)
    new = fix(Source(edits.apply()), Settings(select=frozenset({"untidy-table"}))).source.text
    comparison = compared(edits.source.text, new)
    assert Counter(comparison) == Counter(edits.expected)


def compared(old: str, new: str) -> list[tuple[str, str]]:
    changes = compare(parse(Source(old, "README.md")), parse(Source(new, "README.md"))).changes
    return [("+".join(change.kinds), change.entry.title) for change in changes]

"""The preset `awesome` beside npm's awesome-lint, which is fetched when the tests run: its rules, its own fixtures."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from awesome_lint.config.finding import parse_configuration
from awesome_lint.config.loading import load, settings_for
from awesome_lint.diagnostic import Diagnostic
from awesome_lint.linter.engine import check
from awesome_lint.semantic.facts import Facts
from awesome_lint.source import Source

pytestmark = pytest.mark.slow

VERSION = "2.3.0"
SCRIPT = Path(__file__).with_name("npm_rules.mjs")
REPOSITORY = "https://github.com/sindresorhus/awesome-lint"
FIXTURES = os.environ.get("AWESOME_LINT_NPM_FIXTURES")
"""The folder `test/fixtures` of a checkout of npm's awesome-lint, where it need not be fetched."""
SETTINGS = settings_for(load(parse_configuration('extends = "awesome"\n')), None, None)

OURS = {
    "badge": ("awesome-badge",),
    "heading": ("single-title",),
    "license": ("license-section",),
    "list-item": (
        "entry-style",
        "dangling-anchor",
        "empty-link",
        "missing-file",
        "schemeless-link",
        "unspaced-marker",
    ),
    "no-ci-badge": ("ci-badge",),
    "toc": ("stale-contents", "dangling-anchor", "license-section"),
}
"""For each folder of fixtures, called like npm's rule: the rule of ours for that, and those for parts of it."""
NOT_CLAIMED = re.compile(
    r"title case"
    # Several lists may make one table of contents, and a list may have no sections.
    r"|Multiple Table of Contents lists|Missing content headers"
)
"""What npm says that we have no rule for."""
NOT_A_FAULT = re.compile(r"- `[^`]*`[.!?…]*$|[.!?…][\"”][.!?…]+$|- ”")
"""Bullets that are no faults here: with a description all in code, with marks on both sides of a quotation mark."""


def run(command: Sequence[str | Path], seconds: int) -> str | None:
    """What *command* prints; None where it fails or takes longer."""
    quiet = {**os.environ, "GIT_TERMINAL_PROMPT": "0"}
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=True, timeout=seconds, env=quiet, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which npm's awesome-lint is installed."""
    if not (shutil.which("npm") and shutil.which("node")):
        pytest.skip("npm is not installed")
    folder = tmp_path_factory.mktemp("npm")
    options: list[str | Path] = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder]
    if run(["npm", "install", *options, f"awesome-lint@{VERSION}"], 120) is None:
        pytest.skip("npm cannot fetch awesome-lint")
    return folder


@pytest.fixture(scope="session")
def fixtures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of npm's fixtures; the package does not have them."""
    if FIXTURES:
        return Path(FIXTURES)
    folder = tmp_path_factory.mktemp("fixtures") / "checkout"
    if run(["git", "clone", "--quiet", "--depth", "1", "--branch", f"v{VERSION}", REPOSITORY, folder], 60) is None:
        pytest.skip("the repository of npm's awesome-lint cannot be fetched")
    return folder / "test" / "fixtures"


def npm_says(project: Path, files: Sequence[Path]) -> list[list[dict[str, str]]]:
    """The messages of npm's rules for each of *files*."""
    printed = run(["node", SCRIPT, project, *files], 300)
    assert printed is not None
    return [json.loads(line) for line in printed.splitlines()]


def we_say(file: Path, rules: Sequence[str]) -> list[Diagnostic]:
    """The findings of *rules* under the preset in *file*, which no other file stands beside."""
    source = Source.from_bytes(file.read_bytes(), file.name)
    return [each for each in check(source, SETTINGS, Facts(lambda _: False)) if each.rule in rules]


def test_what_npm_passes_has_no_finding_and_what_it_reports_has_one(project: Path, fixtures: Path) -> None:
    files = [(file, area) for area in OURS for file in sorted((fixtures / area).glob("*.md"))]
    assert len(files) > len(OURS)
    said = npm_says(project, [file for file, _ in files])
    for (file, area), messages in zip(files, said, strict=True):
        own = [each for each in messages if each["rule"] == f"awesome-{area}"]
        found = we_say(file, OURS[area])
        if not own:
            assert [each.message for each in found if each.rule == OURS[area][0]] == [], file
        lines = file.read_text(encoding="utf-8").split("\n")
        for each in own:
            is_claimed = not (NOT_CLAIMED.search(each["reason"]) or NOT_A_FAULT.search(lines[int(each["line"]) - 1]))
            assert not is_claimed or is_found(each, found, area), (file, each)


def is_found(message: dict[str, str], found: Sequence[Diagnostic], area: str) -> bool:
    """Whether one of *found* says what *message* says: of the same line, or of the section that it names."""
    if area != "toc":
        return any(each.start.line == int(message["line"]) for each in found)
    names = re.findall(r'"([^"]*)"', message["reason"]) or [""]
    return any(names[-1] in each.message for each in found)


def test_lists_that_npm_passes_have_no_finding_about_an_entry(project: Path, corpus: Path) -> None:
    files = sorted(corpus.glob("*.md"))
    for file, messages in zip(files, npm_says(project, files), strict=True):
        if not any(each["rule"] == "awesome-list-item" for each in messages):
            assert [each.message for each in we_say(file, ["entry-style"])] == [], file

"""The configurations in examples/: what they say about lists with planted faults, and about the real list."""

from __future__ import annotations

from pathlib import Path

import pytest

from awesome_lint.config.finding import read_configuration
from awesome_lint.config.loading import load, settings_for
from awesome_lint.diagnostic import Diagnostic
from awesome_lint.linter.engine import check
from awesome_lint.source import Source

ROOT = Path(__file__).parent.parent


def findings(configuration: str, file: Path) -> tuple[Source, list[Diagnostic]]:
    settings = settings_for(load(read_configuration(ROOT / "examples" / configuration)), None, None)
    source = Source.from_bytes(file.read_bytes(), file.name)
    return source, check(source, settings)


CONFIGURED = {"missing-value", "invalid-value", "too-few-entries", "unsorted-entries", "header-drift"}

PLANTED = [
    ("invalid-value", "Dogs", "maybe"),
    ("invalid-value", "eBird", "recent birding observations"),
    ("unsorted-entries", "Cats", None),
    ("invalid-value", "Cats", "apikey"),
    ("invalid-value", "FishWatch", "Information and pictures about fish species."),
    ("invalid-value", "HTTPCat", "HTTPCat"),
    ("missing-value", "RescueGroups", ""),
    ("invalid-value", "Zoo Animals API", "[Zoo Animals API](https://example.org/zoo)"),
    (
        "invalid-value",
        "A Bíblia Digital",
        "Do not worry about managing the multiple versions of the Bible, we have all of them at one place for you",
    ),
    ("invalid-value", "Bhagavad Gita", "Sometimes"),
    ("invalid-value", "Crossref", "[Crossref](https://example.org/crossref), [mirror](https://example.org/mirror)"),
    ("missing-value", "Ganjoor", ""),
    ("too-few-entries", "", "API | Description | Auth | HTTPS | CORS | Call this API |"),
    ("invalid-value", "Church Calendar", "Token"),
    ("stale-contents", "", "### Weather"),
    ("invalid-value", "Clouds", "apiKey"),
    ("invalid-value", "https://example.org/fog", "https://example.org/fog"),
]
"""Rule, entry and cell of each fault in the list of APIs, in its order; None where a whole row is meant."""


def test_public_apis() -> None:
    source, found = findings("public-apis.toml", ROOT / "tests" / "examples" / "public-apis.md")
    told = [d for d in found if d.rule in {*CONFIGURED, "stale-contents"}]
    cells = [None if d.rule == "unsorted-entries" else source[d.span] for d in told]
    assert [(d.rule, d.entry, cell) for d, cell in zip(told, cells, strict=True)] == PLANTED
    # Nothing is reported about delimiter rows, the sponsors, the index or the links back to it.
    assert {source[source.line_span(d.start.line)][:2] for d in told} <= {"| ", "AP", "##"}
    assert {d.rule for d in found} - CONFIGURED == {"untidy-table", "stale-contents"}


def test_medical_papers(mission: Path) -> None:
    """The criteria of the list itself; damaged rows are not held against them, their cells stand elsewhere."""
    _, found = findings("medical-image-analysis.toml", mission / "medical-image-analysis.md")
    told = [(d.rule, d.start.line, d.message.rpartition("” ")[2]) for d in found if d.rule in CONFIGURED]
    not_listed = {
        88: "ICASSP",
        99: "SPIE",
        104: "IEEE-WACV",
        110: "Nature",
        129: "MP",
        134: "MIAR",
        135: "IEEE-WACV",
        143: "Medical Physics",
        170: "NIPS",
    }
    assert [line for rule, line, message in told if message == "is 2014, below the minimum of 2015"] == [88]
    assert [line for rule, line, message in told if message == "has no J/C"] == [157]
    assert [line for rule, line, message in told if message == "has no Area"] == [169, 170]
    venues = {d.start.line: d.message for d in found if " J/C of " in d.message}
    assert {line: message.split("”")[-2].rpartition("“")[2] for line, message in venues.items()} == not_listed
    assert len(told) == len(not_listed) + 4


FAULTS = {
    "awesome-go": [
        (12, "entry-style", "chirp"),
        (13, "unsorted-entries", "bark"),
        (14, "entry-style", "drum"),
        (15, "entry-style", "echo"),
        (15, "entry-style", "echo"),
        (16, "entry-style", "flute"),
        (17, "missing-value", "gong"),
        (18, "duplicate-entry", "horn"),
        (20, "stale-contents", ""),
        (22, "too-few-entries", ""),
        (29, "unspaced-marker", ""),
    ],
    "awesome-shadcn-ui": [
        (9, "unsorted-entries", "Alarm"),
        (10, "missing-value", "Day"),
        (11, "invalid-value", "Era"),
        (12, "missing-value", "Fall"),
        (19, "invalid-value", "Clock"),
        (20, "invalid-value", "Date"),
        (21, "column-count", "Entry"),
    ],
    "free-programming-books": [
        (4, "stale-contents", ""),
        (5, "stale-contents", ""),
        (10, "unsorted-entries", "Zeros and ones"),
        (15, "entry-style", "Basic again"),
        (16, "unsorted-entries", "Loops"),
        (16, "invalid-value", "Loops"),
        (17, "entry-style", "Lines and numbers"),
        (19, "stale-contents", ""),
    ],
    "awesome-selfhosted": [
        (14, "entry-style", "Dial"),
        (15, "entry-style", "Exact"),
        (16, "missing-value", "Fair"),
        (21, "unsorted-entries", "Cellar"),
        (21, "unknown-abbreviation", "Cellar"),
        (23, "entry-style", "Drawer"),
        (25, "stale-contents", ""),
        (27, "too-few-entries", ""),
    ],
}
"""Line, rule and entry of each fault that is planted in the lists, and nothing else is reported there."""


@pytest.mark.parametrize("name", FAULTS)
def test_configurations_that_replace_other_tools(name: str) -> None:
    _, found = findings(f"{name}.toml", ROOT / "tests" / "examples" / f"{name}.md")
    assert [(each.start.line, each.rule, each.entry) for each in found] == FAULTS[name]


@pytest.mark.parametrize(
    "name", ["medical-image-analysis.toml", "public-apis.toml", *(f"{name}.toml" for name in FAULTS)]
)
def test_examples_are_short(name: str) -> None:
    lines = (ROOT / "examples" / name).read_text(encoding="utf-8").splitlines()
    assert len([line for line in lines if line and not line.startswith("#")]) <= 20

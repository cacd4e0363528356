"""Merging lists as sets of entries: nothing is lost, nothing is copied, and what is a table stays one."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from awesome_lint.merging.by_lines import merge_lines
from awesome_lint.merging.merge import Markers, Merged, merge
from awesome_lint.merging.proof import is_proved
from awesome_lint.merging.regions import Version
from tests.markdown.documents import document
from tests.markdown.oracle import tables_shown
from tests.program import complaint, run

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]

MARKERS = Markers()
EXAMPLES = int(os.environ.get("AWESOME_LINT_EXAMPLES", "100"))
TABLE = "| Name | Year |\n| --- | --- |\n"


def merged(base: str, ours: str, theirs: str) -> Merged:
    return merge(base, ours, theirs, partial(merge_lines, markers=MARKERS), MARKERS)


def bullet(name: str, said: str = "A tool.") -> str:
    return f"- [{name}](https://example.org/{name.lower()}) - {said}\n"


def row(name: str, year: int = 2019) -> str:
    return f"| [{name}](https://example.org/{name.lower()}) | {year} |\n"


ALPHA, BETA, DELTA = map(bullet, ("Alpha", "Beta", "Delta"))
LIST = f"# List\n\n## Tools\n\n{ALPHA}{BETA}{DELTA}"


def test_both_sides_add_and_the_order_is_kept() -> None:
    ours, theirs = LIST.replace(DELTA, bullet("Gamma") + DELTA), LIST.replace(DELTA, bullet("Charlie") + DELTA)
    expected = LIST.replace(DELTA, bullet("Charlie") + bullet("Gamma") + DELTA)
    assert merged(LIST, ours, theirs) == Merged(expected, 0)


def test_without_an_order_an_addition_follows_its_neighbour() -> None:
    base = f"{DELTA}{ALPHA}{BETA}"
    assert merged(base, base + bullet("One"), base.replace(ALPHA, ALPHA + bullet("Two"))).text == (
        f"{DELTA}{ALPHA}{bullet('Two')}{BETA}{bullet('One')}"
    )


def test_both_sides_add_the_same() -> None:
    new = LIST + bullet("Echo")
    assert merged(LIST, new, new) == Merged(new, 0)
    assert merged(LIST, new, LIST + bullet("Echo").replace("- ", "-   ", 1)) == Merged(new, 0)


def test_a_copy_that_is_merged_by_lines_is_a_conflict() -> None:
    """A bullet with another marker begins a list of its own, which the other side lacks."""
    found = merged(LIST, LIST + bullet("Echo"), LIST + bullet("Echo").replace("- ", "* ", 1))
    assert found.conflicts == 1
    assert found.text.count("<<<<<<<") == 1


def test_what_one_side_deletes_goes_unless_the_other_has_changed_it() -> None:
    assert merged(LIST, LIST.replace(BETA, ""), LIST).text == LIST.replace(BETA, "")
    assert merged(LIST, LIST, LIST.replace(BETA, "")).text == LIST.replace(BETA, "")
    other = bullet("Beta", "A better tool.")
    found = merged(LIST, LIST.replace(BETA, ""), LIST.replace(BETA, other))
    assert found == Merged(LIST.replace(BETA, f"<<<<<<< ours\n=======\n{other}>>>>>>> theirs\n"), 1)


def test_a_conflict_is_around_one_row() -> None:
    base = TABLE + row("Alpha") + row("Beta") + row("Gamma")
    ours, theirs = base.replace(row("Beta"), row("Beta", 2020)), base.replace(row("Beta"), row("Beta", 2021))
    conflict = f"<<<<<<< ours\n{row('Beta', 2020)}=======\n{row('Beta', 2021)}>>>>>>> theirs\n"
    assert merged(base, ours, theirs) == Merged(base.replace(row("Beta"), conflict), 1)


def test_white_space_is_no_change() -> None:
    base = TABLE + row("Alpha") + row("Beta")
    ours = TABLE + row("Alpha") + row("Beta").replace(" ", "  ").strip("| \n") + "\n"
    theirs = TABLE + row("Alpha") + row("Beta", 2021)
    assert merged(base, ours, theirs) == Merged(theirs, 0)


def test_an_entry_that_both_sides_add_at_different_places_is_a_conflict() -> None:
    base = f"{LIST}\n## Libraries\n\n{bullet('Kilo')}{bullet('Lima')}"
    new = bullet("Echo")
    ours, theirs = base.replace(DELTA, DELTA + new), base.replace(bullet("Kilo"), new + bullet("Kilo"))
    found = merged(base, ours, theirs)
    assert found.conflicts == 1
    assert found.text == ours.replace(bullet("Kilo"), f"<<<<<<< ours\n=======\n{new}>>>>>>> theirs\n{bullet('Kilo')}")


def test_an_entry_that_both_sides_move_to_different_places_is_a_conflict() -> None:
    other = [f"\n## {name}\n\n{bullet(name)}{bullet(name + 's')}" for name in ("One", "Two")]
    base = LIST + "".join(other)
    ours, theirs = (base.replace(BETA, "").replace(each, each + BETA) for each in other)
    found = merged(base, ours, theirs)
    assert found.conflicts == 1
    assert found.text == ours.replace(other[1], f"{other[1]}<<<<<<< ours\n=======\n{BETA}>>>>>>> theirs\n")


def test_an_entry_that_one_side_moves_moves() -> None:
    base = f"{LIST}\n## Libraries\n\n{bullet('Kilo')}{bullet('Lima')}"
    theirs = base.replace(BETA, "").replace(bullet("Kilo"), BETA + bullet("Kilo"))
    ours = base.replace(DELTA, DELTA + bullet("Echo"))
    assert merged(base, ours, theirs) == Merged(theirs.replace(DELTA, DELTA + bullet("Echo")), 0)


def test_a_section_that_one_side_renames_gets_the_additions_of_the_other() -> None:
    ours, theirs = LIST.replace("## Tools", "## Programs"), LIST + bullet("Echo")
    assert merged(LIST, ours, theirs) == Merged(ours + bullet("Echo"), 0)


def test_a_section_that_one_side_deletes_and_the_other_adds_to_is_a_conflict() -> None:
    base = f"{LIST}\n## Libraries\n\n{bullet('Kilo')}{bullet('Lima')}"
    found = merged(base, LIST, base + bullet("Mike"))
    assert found.conflicts
    assert bullet("Mike") in found.text


def test_a_column_that_one_side_adds_is_merged_by_lines() -> None:
    base = TABLE + row("Alpha") + row("Beta")
    ours = (
        base.replace("| Year |", "| Venue | Year |")
        .replace("| --- |\n", "| --- | --- |\n")
        .replace(" | 2019", " | CVPR | 2019")
    )
    assert merged(base, ours, base) == Merged(ours, 0)
    assert merged(base, ours, base + row("Gamma")).conflicts, "a row of the old columns is none of the new ones"


def test_loose_lists_and_bullets_of_several_lines() -> None:
    loose = f"{ALPHA}\n  More.\n\n{BETA}\n{DELTA}"
    ours, theirs = loose.replace(DELTA, f"{bullet('Charlie')}\n{DELTA}"), f"{loose}\n{bullet('Echo')}  - nested\n"
    assert merged(loose, ours, theirs) == Merged(f"{ours}\n{bullet('Echo')}  - nested\n", 0)


def test_the_rest_is_merged_by_lines() -> None:
    ours, theirs = (
        LIST.replace("# List\n", "# My list\n"),
        LIST.replace("## Tools", "Text.\n\n## Tools") + bullet("Echo"),
    )
    assert merged(LIST, ours, theirs) == Merged(theirs.replace("# List\n", "# My list\n"), 0)


NAMES = [
    f"{first}{last}" for first in ("Al", "Be", "Ga", "De", "Ep", "Ze", "Et", "Th") for last in ("pha", "ta", "mma")
]


class Side:
    """A list that one side edits at random: its sections are tables and lists of lines."""

    def __init__(self, chance: random.Random, sections: Sequence[Sequence[str]]) -> None:
        self.chance = chance
        self.sections = [[*lines] for lines in sections]

    def text(self, kinds: Sequence[str]) -> str:
        parts = ["# List\n\nSome words.\n\n"]
        for number, (kind, lines) in enumerate(zip(kinds, self.sections, strict=True)):
            parts += [f"## Section {number}\n\n", TABLE if kind == "table" else "", *lines, "\n"]
        return "".join(parts)

    def edit(self, kinds: Sequence[str], fresh: list[str]) -> None:
        number = self.chance.randrange(len(self.sections))
        lines, make = self.sections[number], row if kinds[number] == "table" else bullet
        what = self.chance.choice(("add", "add", "add", "delete", "change", "swap", "move"))
        place = self.chance.randrange(len(lines) + 1)
        if what == "add":
            lines.insert(place, make(fresh.pop() if self.chance.random() < 0.9 else "Common"))
        elif what == "delete" and len(lines) > 1:
            lines.pop(place % len(lines))
        elif what == "change" and lines:
            at = place % len(lines)
            lines[at] = lines[at].replace("2019", "2020").replace("A tool", self.chance.choice(("One tool", "A thing")))
        elif what == "swap" and len(lines) > 1:
            at = place % (len(lines) - 1)
            lines[at : at + 2] = lines[at + 1], lines[at]
        elif what == "move" and len(lines) > 1:
            others = [other for other, kind in enumerate(kinds) if kind == kinds[number] and other != number]
            if others:
                self.sections[self.chance.choice(others)].append(lines.pop(place % len(lines)))


def example(seed: int) -> tuple[str, str, str]:
    chance = random.Random(seed)
    kinds = [chance.choice(("table", "list")) for _ in range(chance.randint(1, 4))]
    names = chance.sample(NAMES, len(NAMES))
    sections = []
    for kind in kinds:
        chosen = [names.pop() for _ in range(chance.randint(1, 5))]
        if chance.random() < 0.5:
            chosen.sort()
        sections.append([row(name) if kind == "table" else bullet(name) for name in chosen])
    fresh = [f"New{number}" for number in range(40)]
    chance.shuffle(fresh)
    sides = [Side(chance, sections) for _ in range(3)]
    for side in sides[1:]:
        for _ in range(chance.randint(0, 6)):
            side.edit(kinds, fresh)
    base, ours, theirs = (side.text(kinds) for side in sides)
    return base, ours, theirs


def entries(text: str) -> Counter[str]:
    """The lines of entries, whatever stands around them."""
    return Counter(line for line in text.split("\n") if line.startswith(("- ", "| [")))


@pytest.mark.parametrize("start", range(0, EXAMPLES, 50))
def test_nothing_is_lost_and_nothing_is_copied(start: int) -> None:
    for seed in range(start, start + 50):
        base, ours, theirs = example(seed)
        found = merged(base, ours, theirs)
        old, mine, other, result = map(entries, (base, ours, theirs, found.text))
        for line in mine | other:
            untouched = line in old and (line not in mine or line not in other)
            assert line in result or untouched, (seed, line)
        if not found.conflicts:
            assert result <= mine | other, (seed, result - (mine | other))
            tables = tables_shown(found.text)
            rows = sum(line.startswith("| [") for line in found.text.split("\n"))
            assert sum(len(table) - 1 for table in tables) == rows, seed
        assert merged(base, ours, ours).text == ours
        assert merged(base, base, theirs).text == theirs
        assert merged(base, ours, base).text == ours


def scribbled(text: str, chance: random.Random, mark: str) -> str:
    """*text* with up to five lines added, repeated, changed or deleted anywhere; what is new holds *mark*."""
    lines = text.split("\n")
    for number in range(chance.randint(0, 5)):
        at = chance.randrange(len(lines))
        new = [
            f"{mark}{number} words",
            f"| {mark}{number} | x |",
            bullet(f"{mark}{number}").rstrip(),
            chance.choice(lines),
        ]
        lines[at : at + 1] = chance.choice(
            [*([line, lines[at]] for line in new), [f"{lines[at]} {mark}{number}"], [] if len(lines) > 1 else lines]
        )
    return "\n".join(lines)


@pytest.mark.parametrize("start", range(0, EXAMPLES, 50))
def test_documents_that_mix_everything(start: int) -> None:
    """Tables and lists within each other, in quotes, cut short by other blocks: each line is counted, not parsed."""
    for seed in range(start, start + 50):
        chance = random.Random(seed)
        base = "\n\n".join(document(seed + more) for more in range(0, chance.choice((10**6, 2 * 10**6)), 10**6))
        base = re.sub("\r\n?", "\n", base).replace("\0", "")
        ours, theirs = scribbled(base, chance, "Ours"), scribbled(base, chance, "Theirs")
        found = merged(base, ours, theirs)
        old, mine, other, result = (
            Counter(filter(None, (line.strip(" \t>") for line in text.split("\n"))))
            for text in (base, ours, theirs, found.text)
        )
        for line in mine | other:
            assert line in result or min(mine[line], other[line]) < old[line], (seed, line)
        if not found.conflicts:
            for line, number in result.items():
                assert number <= max(mine[line], other[line], mine[line] + other[line] - old[line]), (seed, line)
        assert merged(base, ours, base).text == ours, seed
        assert merged(base, base, theirs).text == theirs, seed
        assert merged(base, ours, ours).text == ours, seed


def test_an_empty_table_before_a_list() -> None:
    base = f"{TABLE}{ALPHA}{BETA}"
    ours, theirs = f"{TABLE}{row('New')}{ALPHA}{BETA}", f"{TABLE}{ALPHA}{BETA}{DELTA}"
    assert merged(base, ours, theirs) == Merged(f"{TABLE}{row('New')}{ALPHA}{BETA}{DELTA}", 0)


def test_blank_lines_that_one_side_takes_out() -> None:
    loose = f"{ALPHA}\n{BETA}\n{DELTA}"
    assert merged(loose, f"{ALPHA}{BETA}\n{DELTA}", loose).text == f"{ALPHA}{BETA}\n{DELTA}"


@pytest.mark.parametrize(
    ("result", "holds"),
    [
        ("a\nb\nc\nd\n", True),
        ("a\nb\nd\nc\n", True),
        ("a\nb\n<<<<<<< ours\nc\n=======\nd\n>>>>>>> theirs\n", True),
        ("a\nb\nc\n", False),
        ("a\nb\nc\nd\nd\n", False),
        ("a\nb\nb\nc\nd\n", False),
        ("b\nc\nd\n", False),
        ("a\nb\nc\nd\ne\n", False),
        ("a\n- b\nc\n|  d |\n", True),
    ],
)
def test_the_proof(result: str, holds: bool) -> None:
    """*ours* has added “c” to “a” and “b”, *theirs* “d”."""
    assert is_proved("a\nb\n", "a\nb\nc\n", "a\nb\nd\n", result, 7) is holds


class Repository:
    """A repository in which git merges README files with the program."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.readme = folder / "README.md"
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
        program = str(Path(sys.executable).parent)
        environment = {
            **os.environ,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
            "PATH": f"{program}{os.pathsep}{os.environ['PATH']}",
        }
        return subprocess.run(
            ["git", *identity, *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=check,
            env=environment,
        )

    def commit(self, text: str, message: str = "change") -> None:
        self.readme.write_bytes(text.encode())
        self.git("add", "--all")
        self.git("commit", "--quiet", "-m", message)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path)
    done = run("merge", "--install", cwd=tmp_path)
    assert done.returncode == 0
    assert "commit this file" in done.stderr.decode()
    assert (tmp_path / ".gitattributes").read_text() == "README*.md merge=awesome-lint\n"
    assert run("merge", "--install", cwd=tmp_path).returncode == 0
    assert (tmp_path / ".gitattributes").read_text().count("merge=awesome-lint") == 1
    return repository


def test_seventeen_branches_add_to_one_table(repository: Repository) -> None:
    rows = [row(f"Paper{number:02}") for number in range(0, 60, 3)]
    base = f"# List\n\n## Papers\n\n{TABLE}{''.join(rows)}"
    repository.commit(base)
    new = [row(f"Paper{3 * number + 1:02}") for number in range(17)]
    for number, line in enumerate(new):
        repository.git("checkout", "--quiet", "-b", f"branch{number}", "main~0")
        place = base.index(rows[number]) + len(rows[number]) if number % 2 == 0 else len(base)
        repository.commit(base[:place] + line + base[place:])
        repository.git("checkout", "--quiet", "main")
    for number in range(17):
        done = repository.git("merge", "--no-edit", f"branch{number}", check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    text = repository.readme.read_text()
    assert [line for line in text.splitlines(keepends=True) if line.startswith("| [")] == sorted(rows + new)


def test_a_conflict_stops_the_merge(repository: Repository) -> None:
    repository.commit(LIST)
    repository.git("checkout", "--quiet", "-b", "branch")
    repository.commit(LIST.replace(BETA, bullet("Beta", "A better tool.")))
    repository.git("checkout", "--quiet", "main")
    repository.commit(LIST.replace(BETA, bullet("Beta", "The best tool.")))
    done = repository.git("merge", "branch", check=False)
    assert done.returncode == 1
    assert "1 conflict to resolve" in done.stderr
    assert repository.readme.read_text().count("<<<<<<<") == 1
    assert "UU README.md" in repository.git("status", "--short").stdout


def test_line_endings_are_those_of_ours(tmp_path: Path) -> None:
    texts = (LIST, LIST.replace("\n", "\r\n"), LIST + bullet("Echo"))
    for name, text in zip("abc", texts, strict=True):
        (tmp_path / name).write_bytes(text.encode())
    assert run("merge", "a", "b", "c", cwd=tmp_path).returncode == 0
    assert (tmp_path / "b").read_bytes() == (LIST + bullet("Echo")).replace("\n", "\r\n").encode()
    (tmp_path / "b").write_bytes(b"mixed\r\nendings\n")
    assert run("merge", "b", "b", "b", cwd=tmp_path).returncode == 0
    assert (tmp_path / "b").read_bytes() == b"mixed\r\nendings\n"


def test_what_cannot_be_merged(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "b").write_bytes(b"- a\n")
    assert "not UTF-8" in complaint(run("merge", "a", "b", "b", cwd=tmp_path))
    assert (tmp_path / "b").read_bytes() == b"- a\n"
    assert complaint(run("merge", "b", "b", cwd=tmp_path)) == "error: name three files: BASE OURS THEIRS"
    assert "not a git repository" in complaint(run("merge", "--install", cwd=tmp_path, GIT_CEILING_DIRECTORIES="/"))


def edited(text: str, chance: random.Random, mark: str) -> str:
    """*text* with six rows or bullets added, deleted or changed; what is new holds *mark*."""
    version = Version(text)
    regions = [region for region in version.regions if len(region.units) > 1]
    edits: dict[int, tuple[int, list[str]]] = {}
    for _ in range(6):
        region = chance.choice(regions)
        number = chance.randrange(len(region.units))
        before = sum(unit.text.count("\n") + 1 + len(unit.gap) for unit in region.units[:number])
        lines = region.units[number].text.split("\n")
        new = [
            lines[0].replace("https://", f"https://{mark}-{len(edits)}.", 1).replace("[", f"[{mark}{len(edits)} ", 1)
        ]
        what = chance.choice((lines + new, [], new))
        edits[region.start + before] = (len(lines), what if len(lines) == 1 else lines)
    result = version.lines
    for start, (length, lines) in sorted(edits.items(), reverse=True):
        result = [*result[:start], *lines, *result[start + length :]]
    return "\n".join(result)


def test_real_lists(real_list: Path) -> None:
    base = real_list.read_text(encoding="utf-8").replace("\r\n", "\n")
    if len(base) > 40_000 or not any(len(region.units) > 1 for region in Version(base).regions):
        pytest.skip("too long for the time that tests have, or without a table or list of two entries")
    for seed in range(3):
        chance = random.Random(seed)
        ours, theirs = edited(base, chance, "ours"), edited(base, chance, "theirs")
        found = merged(base, ours, theirs)
        old, mine, other, result = (
            Counter(filter(None, map(str.strip, text.split("\n")))) for text in (base, ours, theirs, found.text)
        )
        for line in mine | other:
            if line not in result:
                assert line in old
                assert line not in mine or line not in other
        assert merged(base, ours, base).text == ours
        assert merged(base, base, theirs).text == theirs
        if not found.conflicts:
            assert result <= mine | other

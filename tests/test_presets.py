"""Presets: configurations that come with the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from awesome_lint.config.extending import PRESETS
from awesome_lint.config.finding import parse_configuration
from awesome_lint.config.loading import load
from tests.program import run

LIST = """# Awesome Maps [![Awesome](https://awesome.re/badge.svg)](https://awesome.re)

> Programs that draw maps.

## Contents

- [Editors](#editors)
  - [For plans](#for-plans)
- [Viewers](#viewers)

## Editors

- [Alpha](https://alpha.example.org/) - Draws maps.
- [Beta](https://beta.example.org/) - Draws charts (on paper).

### For plans

- [Gamma](https://gamma.example.org/) - npm of plans.

## Viewers

- [Delta](https://delta.example.org/) - Shows maps.
- [Epsilon](https://epsilon.example.org/)
- Look at [the others](https://others.example.org/), too

## Contributing

Read [the guide](contributing.md) first.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {
        "README.md": LIST,
        "contributing.md": "# Guide\n",
        "LICENSE": "CC0\n",
        ".awesome-lint.toml": 'extends = "awesome"\n',
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def report(folder: Path, text: str = LIST) -> list[str]:
    """What is found in *text*, each on a line, without the name of the file."""
    (folder / "README.md").write_text(text, encoding="utf-8")
    done = run("README.md", "--format", "concise", cwd=folder)
    assert done.stderr == b""
    return [line.partition("README.md:")[2] for line in done.stdout.decode().splitlines() if "README.md:" in line]


@pytest.mark.parametrize("name", PRESETS)
def test_each_preset_is_a_configuration(name: str) -> None:
    assert load(parse_configuration(f'extends = "{name}"\n')).extend_select


def test_a_list_that_meets_the_requirements_has_no_findings(folder: Path) -> None:
    assert report(folder) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "rule"),
    [
        (" [![Awesome](https://awesome.re/badge.svg)](https://awesome.re)", "", 1, "awesome-badge"),
        ("> Programs", "![Build](https://travis-ci.org/a/b.svg)\n\n> Programs", 3, "ci-badge"),
        ("## Viewers", "# Viewers", 20, "single-title"),
        ("## Contributing", "## License", 26, "license-section"),
        ("- [Viewers](#viewers)\n", "", 19, "stale-contents"),
        ("## Contents", "## Table of Contents", 5, "stale-contents"),
        ("## Contents", "## About\n\nMaps.\n\n## Contents", 9, "stale-contents"),
        ("(#for-plans)\n", "(#for-plans)\n    - [Old](#old)\n", 9, "stale-contents"),
        (" - Draws maps.", " – Draws maps.", 13, "entry-style"),
        (" - Draws maps.", " - draws maps.", 13, "entry-style"),
        (" - Draws maps.", " - Draws maps", 13, "entry-style"),
        ("[Delta](https://delta.example.org/)", "**Delta**", 22, "entry-style"),
    ],
)
def test_each_requirement_is_checked(folder: Path, old: str, new: str, line: int, rule: str) -> None:
    broken = LIST.replace(old, new, 1)
    if "#old" in new:
        broken = broken.replace("plans.\n", "plans.\n\n#### Old\n\n- [Zeta](https://zeta.example.org/) - Old.\n", 1)
    assert any(each.startswith(f"{line}:") and f"[{rule}]" in each for each in report(folder, broken))


@pytest.mark.parametrize("name", ["contributing.md", "LICENSE"])
def test_the_files_of_the_repository_are_checked(folder: Path, name: str) -> None:
    (folder / name).unlink()
    (found,) = report(folder, LIST.replace("[the guide](contributing.md)", "the guide"))
    assert found.startswith("1:3: error[missing-community-file]")


def test_the_badge_is_inserted(folder: Path) -> None:
    report(folder, LIST.replace(" [![Awesome](https://awesome.re/badge.svg)](https://awesome.re)", ""))
    run("README.md", "--fix", cwd=folder)
    assert (folder / "README.md").read_text(encoding="utf-8") == LIST


def test_own_keys_count_more(folder: Path) -> None:
    own = 'extends = "awesome"\nextend-select = ["url-style"]\n[rules.stale-contents]\ntitle = "Index"\n'
    configuration = load(parse_configuration(own))
    assert set(configuration.extend_select) >= {"url-style", "awesome-badge"}
    (folder / ".awesome-lint.toml").write_text(own, encoding="utf-8")
    assert report(folder, LIST.replace("## Contents", "## Index")) == []


def test_the_command_line_names_a_preset(folder: Path) -> None:
    (folder / ".awesome-lint.toml").unlink()
    (folder / "LICENSE").unlink()
    assert run("README.md", cwd=folder).returncode == 0
    done = run("README.md", "--config", "extends=awesome", cwd=folder)
    assert done.returncode == 1
    assert b"missing-community-file" in done.stdout
    assert done.stderr == b""

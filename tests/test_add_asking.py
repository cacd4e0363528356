"""``awesome-lint add`` on a terminal: what it asks for, and that nothing is written before it is confirmed."""

from __future__ import annotations

import os
import pty
import select
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

INTERRUPTION = "\x03"
_PATIENCE = 2.0
"""Seconds."""

README = """\
# Tools

## Editors

- [Alpha](https://example.org/alpha) - Draws maps.
- [Gamma](https://example.org/gamma) - Draws plans.

## Papers

| Title | Year | Kind |
| --- | --- | --- |
| [Roads](https://example.org/roads) | 2016 | survey |
| [Snow](https://example.org/snow) | 2018 | method |
"""

CONFIGURATION = """\
[[tables]]
columns = { Year = { required = true, type = "year" }, Kind = { values = ["survey", "method"] } }
"""


@pytest.fixture
def readme(tmp_path: Path) -> Path:
    (tmp_path / ".awesome-lint.toml").write_text(CONFIGURATION)
    path = tmp_path / "README.md"
    path.write_text(README)
    return path


def converse(readme: Path, answers: Sequence[str], *arguments: str) -> tuple[int, str]:
    """Run ``awesome-lint add`` on a terminal of its own; its exit code and all that the terminal shows."""
    pid, terminal = pty.fork()
    if pid == 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell's background jobs ignore it, and so would the program
        os.execv(sys.executable, [sys.executable, "-m", "awesome_lint", "add", str(readme), *arguments])
    shown = b""
    pending = list(answers)
    while True:
        # An interruption that comes just before the program waits for input is noticed only after that: press again.
        if not pending and not select.select([terminal], [], [], _PATIENCE)[0] and answers[-1] == INTERRUPTION:
            os.write(terminal, INTERRUPTION.encode())
            continue
        try:
            part = os.read(terminal, 4096)
        except OSError:  # Linux reports the end of a terminal so
            break
        if not part:
            break
        shown += part
        if pending and shown.endswith(b": "):
            os.write(terminal, pending.pop(0).encode())
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown.decode()


def test_a_bullet_is_asked_for_and_written(readme: Path) -> None:
    code, shown = converse(readme, ["Editors\n", "Beta\n", "https://example.org/beta\n", "Draws charts\n", "y\n"])
    assert "Sections: Editors, Papers" in shown
    assert code == 0
    line = "- [Beta](https://example.org/beta) - Draws charts.\n"
    assert readme.read_text() == README.replace("\n\n## Papers", f"\n{line}\n## Papers")


def test_a_row_is_asked_for_by_its_columns(readme: Path) -> None:
    answers = ["Ships\n", "https://example.org/ships\n", "\n", "2017\n", "method\n", "y\n"]
    code, shown = converse(readme, answers, "--section", "Papers")
    assert shown.count("Year: ") == 2, "a column that the schema requires is asked for again"
    assert "Kind (survey, method) [optional]: " in shown
    assert code == 0
    row = "| [Ships](https://example.org/ships) | 2017 | method |\n"
    assert readme.read_text() == README + row


def test_what_is_wrong_with_the_line_is_shown_before_it_is_written(readme: Path) -> None:
    code, shown = converse(
        readme, ["Ships\n", "https://example.org/ships\n", "soon\n", "\n", "\n"], "--section", "Papers"
    )
    assert "error[invalid-value]" in shown
    assert "[y/N]" in shown
    assert (code, readme.read_text()) == (0, README)


def test_a_placeholder_is_accepted_where_values_are_limited(readme: Path) -> None:
    answers = ["Ships\n", "https://example.org/ships\n", "2017\n", "-\n", "y\n"]
    code, shown = converse(readme, answers, "--section", "Papers")
    assert code == 0
    assert "error" not in shown


def test_a_section_that_is_not_there_is_asked_for_again(readme: Path) -> None:
    code, shown = converse(readme, ["Edtiors\n", "Editors\n", "Alpha 2\n", "https://example.org/alpha\n", "\n"])
    assert "did you mean 'Editors'?" in shown
    assert "“Alpha” is already in the list, on line 5" in shown
    assert (code, readme.read_text()) == (1, README)


def test_an_interruption_changes_nothing(readme: Path) -> None:
    code, _ = converse(readme, ["Editors\n", "Beta\n", INTERRUPTION])
    assert (code, readme.read_text()) == (130, README)

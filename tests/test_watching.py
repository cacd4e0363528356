"""Checking again whenever a file changes: real processes, waited for as long as a busy machine may need."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.environment import unmeasured

PATIENCE = 60.0
"""How many seconds a process has to do what it is expected to."""
SOUND = "# List\n\n- [Alpha](https://example.org/alpha) - A tool.\n"
FAULTY = SOUND + "- [Beta]() - A tool.\n"
PROGRAM = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have switched it off for what it runs
from awesome_lint.cli import main
main()
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is no signal there"),
]


class Watcher:
    """A watching process whose output goes to files, so that it can be read while it runs."""

    def __init__(self, folder: Path, process: subprocess.Popen[bytes]) -> None:
        self.folder = folder
        self.process = process

    @property
    def reported(self) -> str:
        return (self.folder / "stdout.txt").read_text(encoding="utf-8")

    @property
    def notes(self) -> str:
        return (self.folder / "stderr.txt").read_text(encoding="utf-8")

    @property
    def rounds(self) -> int:
        """How often it has checked."""
        return self.notes.count("waiting for changes")

    def wait(self, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not condition():
            assert self.process.poll() is None, self.notes
            assert time.monotonic() < end, self.reported + self.notes
            time.sleep(0.02)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=PATIENCE)


@contextmanager
def watching(folder: Path, *arguments: str) -> Iterator[Watcher]:
    """The program watching in *folder*; it is ended at the end, whatever happened."""
    output = folder / "output"
    output.mkdir()
    command = [sys.executable, "-c", PROGRAM, "--watch", "--format", "concise", *arguments]
    with (
        (output / "stdout.txt").open("wb") as out,
        (output / "stderr.txt").open("wb") as err,
        subprocess.Popen(command, cwd=folder, stdout=out, stderr=err, env=unmeasured()) as process,
    ):
        try:
            yield Watcher(output, process)
        finally:
            process.kill()


def write(path: Path, text: str) -> None:
    """Write a file as editors do: the new one takes the place of the old one at once."""
    new = path.with_name(path.name + ".new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "README.md", SOUND)
    return tmp_path


def test_a_file_is_checked_again_when_it_changes(folder: Path) -> None:
    with watching(folder) as watcher:
        watcher.wait(lambda: watcher.rounds == 1)
        assert watcher.reported == "No findings in 1 file\n"
        write(folder / "README.md", FAULTY)
        watcher.wait(lambda: watcher.rounds == 2)
        assert "README.md:4:3: error[empty-link]" in watcher.reported
        (folder / "README.md").unlink()
        watcher.wait(lambda: watcher.rounds == 3)
        write(folder / "README.md", SOUND)
        watcher.wait(lambda: watcher.rounds == 4)
        assert watcher.reported.endswith("No findings in 1 file\n")
        assert watcher.stop() == 0
        assert "Traceback" not in watcher.notes


def test_files_that_come_into_a_folder_are_checked(folder: Path) -> None:
    with watching(folder, ".") as watcher:
        watcher.wait(lambda: watcher.rounds == 1)
        write(folder / "more.md", FAULTY)
        watcher.wait(lambda: watcher.rounds == 2)
        assert "more.md:4:3: error[empty-link]" in watcher.reported
        assert "in 2 files" in watcher.reported
        assert watcher.stop() == 0


def test_a_configuration_counts_as_soon_as_it_is_written(folder: Path) -> None:
    write(folder / "README.md", FAULTY)
    with watching(folder) as watcher:
        watcher.wait(lambda: watcher.rounds == 1)
        write(folder / ".awesome-lint.toml", "ignore = [")
        watcher.wait(lambda: watcher.rounds == 2)
        assert ".awesome-lint.toml:1:" in watcher.notes
        write(folder / ".awesome-lint.toml", 'ignore = ["empty-link"]\n')
        watcher.wait(lambda: watcher.rounds == 3)
        assert watcher.reported.endswith("No findings in 1 file\n")
        assert watcher.stop() == 0


def test_what_is_fixed_is_written_once(folder: Path) -> None:
    write(folder / "README.md", "# List\n\n|a|b|\n|---|---|\n|[x](https://example.org)|1|\n")
    with watching(folder, "--fix", "--config", "format.style=compact") as watcher:
        watcher.wait(lambda: "Fixed" in watcher.reported and watcher.rounds >= 2)
        assert "| [x](https://example.org) | 1 |" in (folder / "README.md").read_text(encoding="utf-8")
        assert watcher.stop() == 0
        assert watcher.reported.count("Fixed") == 1


@pytest.mark.parametrize("arguments", [["-"], ["--since", "nothing"], ["--config", "missing.toml"]])
def test_what_can_never_work_ends_at_once(folder: Path, arguments: list[str]) -> None:
    write(folder / "README.md", FAULTY)
    with watching(folder, *arguments) as watcher:
        assert watcher.process.wait(timeout=PATIENCE) == 2
        assert len(watcher.notes.splitlines()) == 1

"""Older findings, which are not reported again: those of a commit (`--since`) or of a file (`--baseline`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from awesome_lint.cli.console import notify, write
from awesome_lint.cli.inputs import Input

if TYPE_CHECKING:
    from awesome_lint.baseline.file import Baseline, BaselineEntry
    from awesome_lint.diagnostic import Diagnostic, FileFindings
    from awesome_lint.git.history import History
    from awesome_lint.linter.settings import Settings
    from awesome_lint.semantic.entries import Entry
    from awesome_lint.source import Source

    Check = Callable[[Source, Callable[[str], bool]], Sequence[Diagnostic]]

_LIMITING = "too-many-added"
"""The rule that compares the entries of two versions."""
_LIMIT = 2**26
"""The largest baseline, in bytes, that is read."""


class OldVersions:
    """What files were at the merge base with the git reference *since*; without one there are no old versions.

    All methods raise `click.ClickException` where git cannot tell.
    """

    def __init__(self, since: str | None) -> None:
        self._since = since
        self._histories: dict[Path, History] = {}

    def of(self, each: Input) -> Source | None:
        """The old version of *each*; None where it was no text, or without ``since``."""
        if self._since is None:
            return None
        if each.location is None:
            raise click.UsageError("--since compares files; name standard input with --stdin-filename")
        from awesome_lint.git.running import GitError
        from awesome_lint.source import Source as Text

        try:
            data = self._history(self._since, each.location).text_of(each.location)
            return Text.from_bytes(data or b"", each.source.path)
        except GitError as error:
            raise click.ClickException(str(error)) from None
        except UnicodeDecodeError:
            return None

    def read_sibling(self, path: Path, name: str) -> Source:
        """The text that the file at *path*, called *name*, had; the one that it has where it had none.

        Raises `UnusableFileError` where it has none either.
        """
        from awesome_lint.files.reading import read_source
        from awesome_lint.git.running import GitError
        from awesome_lint.source import Source as Text

        try:
            data = self._history(self._since, path).text_of(path) if self._since is not None else None
            return Text.from_bytes(data, name) if data is not None else read_source(path, name)
        except GitError as error:
            raise click.ClickException(str(error)) from None
        except UnicodeDecodeError:
            return read_source(path, name)

    def entries(self, each: Input, settings: Settings) -> tuple[Entry, ...] | None:
        """The entries of the old version of *each*, if *settings* limit how many a change may add.

        None where there is no limit, or where the old version did not exist, was no text or cannot be parsed.
        """
        limits = settings.options.get(_LIMITING)
        if limits is None or limits.max_added is None:
            return None
        old = self.of(each)
        if old is None or not old.text:
            return None
        from awesome_lint.linter.engine import read
        from awesome_lint.linter.result import InternalError
        from awesome_lint.semantic.model import ListModel

        try:
            return ListModel(read(old)).entries
        except InternalError:
            return None

    def new_lines(self, each: Input) -> frozenset[int] | None:
        """The numbers of the lines of *each* that its old version does not have; None where all are new."""
        old = self.of(each)
        if old is None:
            return None
        from awesome_lint.baseline.since import new_lines

        return new_lines(each.source, old)

    def without_old(
        self, diagnostics: Sequence[Diagnostic], source: Source, each: Input, check: Check
    ) -> Sequence[Diagnostic]:
        """Those of *diagnostics*, findings in *source*, that the old version of *each* does not have.

        *source* is the current text of *each*.  *check* finds what is wrong with the old text, given what existed
        beside it.
        """
        if self._since is None or not diagnostics:
            return diagnostics
        from awesome_lint.baseline.since import new_diagnostics

        old = self.of(each)
        if old is None or each.location is None:
            return diagnostics
        exists = self._history(self._since, each.location).existence_beside(each.location)
        return new_diagnostics(diagnostics, source, check(old, exists), old)

    def _history(self, since: str, file: Path) -> History:
        from awesome_lint.git.history import History

        folder = file.resolve().parent
        if folder not in self._histories:
            self._histories[folder] = History.since(since, folder)
        return self._histories[folder]


class BaselineFilter:
    """The findings in the baseline *file*; without a file there are none."""

    def __init__(self, file: Path | None) -> None:
        self._file = file

    def without(self, files: Sequence[FileFindings]) -> list[FileFindings]:
        """The findings in *files* that are not in the baseline; raises `click.ClickException`."""
        if self._baseline is None or self._file is None:
            return [*files]
        return self._baseline.split(files, self._file.parent)[0]

    def note_stale(
        self, files: Sequence[FileFindings], did_not_run: Callable[[str], bool], *, is_rewritten: bool
    ) -> None:
        """Tell what the baseline has of *files* and is no longer found.

        *did_not_run* tells of the name of a rule whether it did not run, so that nothing is known about its findings.
        """
        if self._baseline is None or self._file is None:
            return
        stale = self._baseline.split(files, self._file.parent)[1]
        self._note([item for item in stale if not did_not_run(item.rule)], is_rewritten=is_rewritten)

    @cached_property
    def _baseline(self) -> Baseline | None:
        if self._file is None:
            return None
        from awesome_lint.baseline.file import Baseline, BaselineError

        try:
            with self._file.open("rb") as file:
                data = file.read(_LIMIT + 1)
            if len(data) > _LIMIT:
                raise click.ClickException(f"{self._file}: is larger than {_LIMIT >> 20} MB, too large for a baseline")
            return Baseline.loads(data.decode("utf-8"))
        except OSError as error:
            raise click.ClickException(f"{self._file}: {error.strerror}") from None
        except (BaselineError, UnicodeDecodeError) as error:
            raise click.ClickException(f"{self._file}: {error}") from None

    def _note(self, stale: Sequence[BaselineEntry], *, is_rewritten: bool) -> None:
        for item in stale:
            count = f"{item.count} times " if item.count > 1 else ""
            notify(f"{self._file}: no longer found {count}in {item.path}: {item.rule}, {item.about!r}")
        if stale and not is_rewritten:
            notify(f"to remove them from {self._file}: --write-baseline {self._file}")


def write_baseline(files: Sequence[FileFindings], target: Path) -> None:
    """Write all findings in *files* to *target*; raises `OutputError`."""
    from awesome_lint.baseline.file import Baseline

    write(Baseline.of(files, target.parent).dumps(), target)

"""What the user knows already: findings of a commit (``--since``) and of a baseline (``--baseline``)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct, field

from awesome_lint.cli.console import notify, write

if TYPE_CHECKING:
    from awesome_lint.baseline.file import Baseline, Known
    from awesome_lint.baseline.git import History
    from awesome_lint.diagnostic import Diagnostic
    from awesome_lint.source import Source

    Check = Callable[[Source, Callable[[str], bool]], Sequence[Diagnostic]]

_LIMIT = 2**26
"""The largest baseline, in bytes, that is read."""


class KnownFindings(Struct, dict=True):
    """Leaves out what is known.

    ``since`` is a git reference, ``baseline`` and ``new_baseline`` are files to read and to write.
    """

    since: str | None
    baseline: Path | None
    new_baseline: Path | None
    _histories: dict[Path, History] = field(default_factory=dict)

    @property
    def asked_for(self) -> bool:
        """Whether anything is to be left out or noted."""
        return bool(self.since or self.baseline or self.new_baseline)

    def without_old(
        self, diagnostics: Sequence[Diagnostic], source: Source, file: Path | None, check: Check
    ) -> Sequence[Diagnostic]:
        """Those of *diagnostics*, findings in *source*, that the merge base's version of *file* does not have.

        *check* finds what is wrong with that version, given what existed beside it.  Raises `click.ClickException`
        where git cannot tell.
        """
        if self.since is None or not diagnostics:
            return diagnostics
        from awesome_lint.baseline.since import new_diagnostics

        old = self.old_source(source, file)
        if old is None or file is None:
            return diagnostics
        before = check(old, self._history(file).existence_beside(file))
        return new_diagnostics(diagnostics, source, before, old)

    def old_source(self, source: Source, file: Path | None) -> Source | None:
        """The merge base's version of *file*, whose text is now *source*; None where that was no text, or no ``since``.

        Raises `click.ClickException` where git cannot tell.
        """
        if self.since is None:
            return None
        if file is None:
            raise click.UsageError("--since compares files; name standard input with --stdin-filename")
        from awesome_lint.baseline.git import HistoryError
        from awesome_lint.source import Source as Text

        try:
            return Text.from_bytes(self._history(file).text_of(file) or b"", source.path)
        except HistoryError as error:
            raise click.ClickException(str(error)) from None
        except UnicodeDecodeError:
            return None

    def without_known(
        self, diagnostics: Sequence[Diagnostic], sources: dict[str, Source], passed_over: Callable[[str], bool]
    ) -> Sequence[Diagnostic]:
        """Those of *diagnostics* that the baseline does not have; stale ones are noted, a new baseline is written.

        *passed_over* tells of the name of a rule whether nothing is to be said about it, as it did not run.  Raises
        `click.ClickException` where the baseline cannot be read or written.
        """
        fresh = self.beside_baseline(diagnostics, sources)
        if self._baseline and self.baseline and not self.since:  # else what is old is missing here, too
            stale = self._baseline.split(diagnostics, sources, self.baseline.parent)[1]
            self._note_stale([item for item in stale if not passed_over(item.rule)])
        if self.new_baseline:
            from awesome_lint.baseline.file import Baseline

            write(Baseline.of(diagnostics, sources, self.new_baseline.parent).dumps(), self.new_baseline)
            return []
        return fresh

    def beside_baseline(self, diagnostics: Sequence[Diagnostic], sources: dict[str, Source]) -> list[Diagnostic]:
        """Those of *diagnostics* that the baseline does not have; raises `click.ClickException`."""
        if self._baseline is None or self.baseline is None:
            return [*diagnostics]
        return self._baseline.split(diagnostics, sources, self.baseline.parent)[0]

    @cached_property
    def _baseline(self) -> Baseline | None:
        if self.baseline is None:
            return None
        from awesome_lint.baseline.file import Baseline, BaselineError

        try:
            with self.baseline.open("rb") as file:
                data = file.read(_LIMIT + 1)
            if len(data) > _LIMIT:
                raise click.ClickException(
                    f"{self.baseline}: is larger than {_LIMIT >> 20} MB, too large for a baseline"
                )
            return Baseline.loads(data.decode("utf-8"))
        except OSError as error:
            raise click.ClickException(f"{self.baseline}: {error.strerror}") from None
        except (BaselineError, UnicodeDecodeError) as error:
            raise click.ClickException(f"{self.baseline}: {error}") from None

    def _note_stale(self, stale: Sequence[Known]) -> None:
        for item in stale:
            count = f"{item.count} times " if item.count > 1 else ""
            notify(f"{self.baseline}: no longer found {count}in {item.path}: {item.rule}, {item.about!r}")
        if stale and not self.new_baseline:
            notify(f"write {self.baseline} anew with --write-baseline {self.baseline}")

    def _history(self, file: Path) -> History:
        from awesome_lint.baseline.git import History

        folder = file.resolve().parent
        if folder not in self._histories:
            self._histories[folder] = History.since(str(self.since), folder)
        return self._histories[folder]

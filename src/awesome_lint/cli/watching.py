"""``--watch``: check again whenever a file changes."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from awesome_lint.cli.console import OutputError, complain, notify
from awesome_lint.cli.inputs import files_of
from awesome_lint.cli.other_files import OtherFiles
from awesome_lint.cli.siblings import SiblingFiles

if TYPE_CHECKING:
    from awesome_lint.cli.check_options import CheckOptions

_PAUSE = 0.3


def watch(files: Callable[[], Sequence[Path]], check: Callable[[], int]) -> int:
    """Run *check* now and after each change of *files*, which are listed again each time, until Ctrl-C.

    The times of files are polled rather than subscribed to: that works on network drives and in containers, and a few
    lists cost next to nothing.  Trouble with the first check ends it; later on it may be a half-written configuration,
    so it is only reported.  Raises `click.ClickException`.
    """
    seen: dict[Path, int] | None = None
    try:
        while True:
            now = _times(files())
            if now != seen:
                if seen is None:
                    check()
                else:
                    click.clear()
                    _check_again(check)
                notify("waiting for changes; press Ctrl-C to stop")
                seen = now
            time.sleep(_PAUSE)
    except KeyboardInterrupt:
        return 0


def watched_files(options: CheckOptions) -> list[Path]:
    """The files on which the report depends: those to check, their configurations, and the baseline."""
    configurations = options.configurations()
    files = files_of(options.paths, configurations.excludes)
    configuring = [each for file in files for each in configurations.files_for(file)]
    sibling_files, other_files = SiblingFiles(configurations), OtherFiles(configurations, quiet=True)
    compared = [each for file in files for each in (*sibling_files.paths(file), *other_files.paths(file))]
    return [*files, *configuring, *compared, *filter(None, [options.baseline])]


def _check_again(check: Callable[[], int]) -> None:
    try:
        check()
    except OutputError:
        raise  # the reader has gone
    except click.ClickException as error:
        complain(error.format_message())


def _times(files: Sequence[Path]) -> dict[Path, int]:
    found = {}
    for file in files:
        try:
            found[file] = file.stat().st_mtime_ns
        except OSError:
            found[file] = 0
    return found

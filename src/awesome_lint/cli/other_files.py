"""The other files of the configuration of a file that is checked, read for the entries that it may repeat."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from awesome_lint.cli.console import notify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from awesome_lint.cli.configuration import Configurations
    from awesome_lint.linter.settings import Settings
    from awesome_lint.semantic.elsewhere import Elsewhere

_RULE = "duplicate-entry"
"""The rule that compares the entries of several files."""


class _Known(Struct):
    """The entries of the files of one configuration, and the names of these files by their real paths."""

    elsewhere: Elsewhere
    names: dict[Path, str]


class OtherFiles:
    """The files that share a configuration, as *configurations* tell; each is read once."""

    def __init__(self, configurations: Configurations, *, quiet: bool) -> None:
        self._configurations = configurations
        self._quiet = quiet
        self._found: dict[Path, dict[Path, str]] = {}
        self._known: dict[Path, _Known] = {}

    def of(self, file: Path, settings: Settings) -> Elsewhere | None:
        """The entries of the other files, if *settings*, those of *file*, want them compared and there are any.

        Raises `click.ClickException` where a configuration cannot be used.
        """
        if not _compares(settings):
            return None
        folder = self._configurations.folder_of(file)
        if folder not in self._known:
            self._known[folder] = self._read(folder)
        known = self._known[folder]
        left_out = {file.resolve(), *self._siblings(file)}
        names = [known.names[path] for path in left_out if path in known.names]
        return known.elsewhere.seen_from(*names) if len(names) < len(known.names) else None

    def paths(self, file: Path) -> list[Path]:
        """The files on which `of` depends; none where the configuration cannot be used."""
        try:
            if not _compares(self._configurations.settings(file)):
                return []
            return [*self._files(self._configurations.folder_of(file))]
        except click.ClickException:
            return []

    def _siblings(self, file: Path) -> Iterator[Path]:
        """The real paths of the files that list the same entries as *file* on purpose."""
        for folder, names in self._configurations.sibling_files(file):
            paths = [(folder / name).resolve() for name in names]
            if file.resolve() in paths:
                yield from paths

    def _files(self, folder: Path) -> dict[Path, str]:
        """The files that the configuration in *folder* configures: their real paths, and their names."""
        if folder not in self._found:
            self._found[folder] = dict(self._find(folder))
        return self._found[folder]

    def _find(self, folder: Path) -> Iterator[tuple[Path, str]]:
        from awesome_lint.files.discovery import find_markdown
        from awesome_lint.files.reading import UnusableFileError, repository_root

        top = repository_root(folder) or folder
        seen = set[Path]()
        try:
            for path in find_markdown(folder):
                real = path.resolve()
                if real in seen or not real.is_relative_to(top) or self._configurations.excludes(path):
                    continue
                seen.add(real)
                if self._configurations.folder_of(path) == folder and _compares(self._configurations.settings(path)):
                    # Names are bytes that need not be text; messages are text.
                    name = os.fsencode(path.relative_to(folder).as_posix()).decode("utf-8", "replace")
                    yield real, name
        except UnusableFileError:
            return  # nothing is known of a folder that cannot be listed

    def _read(self, folder: Path) -> _Known:
        from awesome_lint.files.reading import UnusableFileError, read_source
        from awesome_lint.linter.engine import read
        from awesome_lint.linter.result import InternalError
        from awesome_lint.semantic.elsewhere import Elsewhere
        from awesome_lint.semantic.model import ListModel

        known = _Known(Elsewhere(), {})
        for path, name in self._files(folder).items():
            try:
                document = read(read_source(path, name))
            except (UnusableFileError, InternalError) as error:
                if not self._quiet:
                    notify(f"not compared with other files: {error}")
                continue
            known.names[path] = name
            known.elsewhere.add(name, document.source, ListModel(document).entries)
        return known


def _compares(settings: Settings) -> bool:
    """Whether *settings* want the entries of a file compared with those of others."""
    options = settings.options.get(_RULE)
    if options is None or not options.cross_file:
        return False
    from awesome_lint.rules import duplicate_entry

    return settings.selects(duplicate_entry.RULE)

"""The files that list the same entries as one that is checked, read for their entries."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from awesome_lint.files.reading import UnusableFileError, read_source, repository_root

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from awesome_lint.cli.configuration import Configurations
    from awesome_lint.semantic.siblings import Listing
    from awesome_lint.source import Source


class SiblingFiles:
    """The siblings of files, as *configurations* name them; each is read once, by *read*, which is as `read_source`."""

    def __init__(self, configurations: Configurations, read: Callable[[Path, str], Source] = read_source) -> None:
        self._configurations = configurations
        self._source = read
        self._read: dict[tuple[Path, str, bool], Listing] = {}

    def of(self, file: Path) -> tuple[Listing, ...]:
        """What the siblings of *file* list: the others of a group for the first of its files, else that first one.

        Raises `click.ClickException` where the configuration, or one of the siblings, cannot be used.
        """
        try:
            return tuple(map(self._listing, dict.fromkeys(self._places(file))))
        except UnusableFileError as error:
            raise click.ClickException(f"siblings: {error}") from None

    def paths(self, file: Path) -> list[Path]:
        """The files on which `of` depends; none where the configuration cannot be used."""
        try:
            return [path for path, _, _ in self._places(file)]
        except (UnusableFileError, click.ClickException):
            return []

    def _places(self, file: Path) -> Iterator[tuple[Path, str, bool]]:
        """The path of each sibling of *file*, its name in messages, and whether it is the one that *file* follows."""
        for folder, names in self._configurations.sibling_files(file):
            top = repository_root(folder) or folder
            paths = [(folder / name).resolve() for name in names]
            for path, name in zip(paths, names, strict=True):
                if not path.is_relative_to(top):
                    raise UnusableFileError(f"{name}: is not a file of this repository")
            if file.resolve() == paths[0]:
                yield from ((path, name, False) for path, name in zip(paths[1:], names[1:], strict=True))
            elif file.resolve() in paths:
                yield paths[0], names[0], True

    def _listing(self, place: tuple[Path, str, bool]) -> Listing:
        if place not in self._read:
            from awesome_lint.markdown import parse
            from awesome_lint.semantic.model import ListModel
            from awesome_lint.semantic.siblings import listing_of

            path, name, is_base = place
            document = parse(self._source(path, name))
            self._read[place] = listing_of(document, ListModel(document).entries, name, is_base=is_base)
        return self._read[place]

"""Which rules run on a file, and how: its configuration file, and the options of the command line."""

from __future__ import annotations

from collections.abc import Sequence, Set
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct, field
from msgspec.structs import replace

from awesome_lint.cli.console import complain, notify

if TYPE_CHECKING:
    from awesome_lint.config.finding import ConfigurationText
    from awesome_lint.config.model import Configuration, LinkChoice
    from awesome_lint.linter.allowance import Allowance
    from awesome_lint.linter.settings import Settings
    from awesome_lint.rule import Rule
    from awesome_lint.semantic.idle_schemas import IdlePath


class Configurations(Struct):
    """The configurations of a run.

    ``file`` is the one that was named (None: each file's own is looked for, unless ``isolated``).  ``select`` and
    ``ignore`` are those of the command line.
    """

    file: Path | None = None
    isolated: bool = False
    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    _loaded: dict[Path, tuple[ConfigurationText, Configuration] | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.file and self.isolated:
            raise click.UsageError("--config and --isolated exclude each other")

    def settings(self, path: Path | None) -> Settings:
        """The settings for the file at *path*, None for nameless text.

        Raises `click.ClickException` where its configuration cannot be used.
        """
        from awesome_lint.linter.settings import Settings

        found = None if self.isolated else self._configuration(path.parent if path else Path())
        if not found:
            return Settings(self.select, self.ignore)
        from awesome_lint.config.loading import settings_for

        text, configuration = found
        return self._overridden(settings_for(configuration, text.folder, path))

    def explain(self, path: Path | None) -> str:
        """Which configuration what is at *path* has, and why."""
        if self.isolated:
            return "no configuration, as --isolated says"
        found = self._configuration(path.parent if path else Path())
        if not found:
            return "no configuration in its folder or above"
        return f"configured by {found[0].name}, {'as --config says' if self.file else 'the nearest one'}"

    def files_for(self, path: Path) -> list[Path]:
        """The files that configure what is at *path*, or would if they were there."""
        if self.isolated or self.file:
            return [self.file] if self.file else []
        from awesome_lint.config.finding import FILE_NAME
        from awesome_lint.files.reading import repository_root

        folder = path.parent.resolve()
        top = repository_root(folder)
        folders = [each for each in (folder, *folder.parents) if top is None or each.is_relative_to(top)]
        return [each / name for each in folders for name in (FILE_NAME, "pyproject.toml")]

    def leaves_out(self, rule: Rule) -> bool:
        """Whether the command line keeps *rule* from running."""
        if rule.kinds and not (self.ignore | self.select).isdisjoint(rule.finding_names):
            return True  # some of its findings, at least
        if rule.name in self.ignore or rule.name in self.select:
            return rule.name in self.ignore
        return rule.group in self.ignore or (bool(self.select) and rule.group not in self.select)

    def link_choice(self, path: Path | None) -> LinkChoice:
        """Which links of the file at *path* its configuration wants checked; raises as `settings` does."""
        from awesome_lint.config.model import LinkChoice

        found = None if self.isolated else self._configuration(path.parent if path else Path())
        return found[1].links if found else LinkChoice()

    def note_unneeded_allowances(self, needed: Set[Allowance]) -> None:
        """Tell of each allowance that is not *needed* by any checked file, if all rules ran that could need it."""
        if self.select or self.ignore:
            return
        for text, configuration in filter(None, self._loaded.values()):
            for allowance in configuration.allow:
                if allowance not in needed:
                    which = f"rule {allowance.rule!r}, reason {allowance.reason!r}"
                    notify(f"{text.name}: nothing that was checked needs the allowance for {which}")

    def note_idle(self, found: Sequence[tuple[Path | None, Set[IdlePath]]], *, whole: bool) -> None:
        """Tell of what fits nothing in any of the checked files, which are *found* with what fits nothing in each.

        Patterns for files are looked at where *whole* folders were checked.
        """
        if whole:
            self._note_idle_paths([path for path, _ in found if path])
        shared: dict[str, tuple[ConfigurationText, Set[IdlePath]]] = {}
        for path, idle in found:
            configured = None if self.isolated else self._configuration(path.parent if path else Path())
            if configured:
                text = configured[0]
                shared[text.name] = text, idle & shared.get(text.name, (text, idle))[1]
        for text, idle in shared.values():
            if idle:
                from awesome_lint.config.idle import describe_idle

                for line in describe_idle(text, idle):
                    notify(line)

    def _note_idle_paths(self, paths: Sequence[Path]) -> None:
        """Tell of each pattern for files that fits none of *paths*."""
        for text, configuration in filter(None, self._loaded.values()):
            if configuration.per_path_ignores and text.folder:
                from pathspec import GitIgnoreSpec

                files = [path.parent.resolve() / path.name for path in paths]
                names = [str(file.relative_to(text.folder)) for file in files if file.is_relative_to(text.folder)]
                for pattern in configuration.per_path_ignores:
                    if not any(GitIgnoreSpec.from_lines([pattern]).match_files(names)):
                        notify(f"{text.name}: per-path-ignores: {pattern!r} fits no file that was checked")

    def _overridden(self, settings: Settings) -> Settings:
        """*settings*, which the options of the command line override."""
        if self.select:
            settings = replace(settings, select=self.select, extend=frozenset(), ignore=settings.ignore - self.select)
        return replace(settings, ignore=settings.ignore | self.ignore)

    def _configuration(self, folder: Path) -> tuple[ConfigurationText, Configuration] | None:
        """The configuration of what lies in *folder*."""
        key = self.file or folder.resolve()
        if key not in self._loaded:
            self._loaded[key] = self._load(folder)
        return self._loaded[key]

    def _load(self, folder: Path) -> tuple[ConfigurationText, Configuration] | None:
        from awesome_lint.config.finding import ConfigurationError, find_configuration, read_configuration
        from awesome_lint.files.reading import UnusableFileError

        try:
            text = read_configuration(self.file) if self.file else find_configuration(folder)
            if text is None:
                return None
            from awesome_lint.config.loading import load

            return text, load(text)
        except UnusableFileError as error:
            raise click.ClickException(str(error)) from None
        except ConfigurationError as error:
            *earlier, last = error.messages
            for message in earlier:
                complain(message)
            raise click.ClickException(last) from None

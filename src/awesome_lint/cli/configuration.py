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

    ``file`` is the one that was named (None: each file's own is looked for, unless ``isolated``).  All else is what the
    command line says: ``overrides`` set keys of each configuration, ``exclude`` are patterns from this folder.
    """

    file: Path | None = None
    isolated: bool = False
    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    extend: frozenset[str] = frozenset()
    overrides: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    _loaded: dict[Path, tuple[ConfigurationText, Configuration] | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.file and self.isolated:
            raise click.UsageError("--config and --isolated cannot be used together")

    def settings(self, path: Path | None) -> Settings:
        """The settings for the file at *path*, None for nameless text.

        Raises `click.ClickException` where its configuration cannot be used.
        """
        from awesome_lint.linter.settings import Settings

        found = self._found(path)
        if not found:
            return Settings(self.select, self.ignore, extend=self.extend)
        from awesome_lint.config.loading import settings_for

        text, configuration = found
        return self._overridden(settings_for(configuration, text.folder, path))

    def explain(self, path: Path | None) -> str:
        """Which configuration what is at *path* has, and why."""
        if self.isolated:
            return "no configuration, because of --isolated"
        found = self._found(path)
        if not found or found[0].path is None:
            return "no configuration in its folder or above"
        return f"configured by {found[0].name}, {'as set by --config' if self.file else 'the nearest one'}"

    def files_for(self, path: Path) -> list[Path]:
        """The files that configure what is at *path*, or would if they were there."""
        if self.isolated or self.file:
            return [self.file] if self.file else []
        from awesome_lint.config.finding import FILE_NAME
        from awesome_lint.files.reading import repository_root

        folder = path.parent.resolve()
        top = repository_root(folder)
        folders = [each for each in (folder, *folder.parents) if top is None or each.is_relative_to(top)]
        return [each / name for each in folders for name in (FILE_NAME, "pyproject.toml")] + self._bases(folder)

    def _bases(self, folder: Path) -> list[Path]:
        """The files that the configuration of *folder* extends, none where it cannot be used."""
        from awesome_lint.config.loading import extended_files

        try:
            found = self._configuration(folder)
        except click.ClickException:
            return []
        return extended_files(found[0]) if found else []

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

        found = self._found(path)
        return found[1].links if found else LinkChoice()

    def sibling_files(self, path: Path) -> list[tuple[Path, tuple[str, ...]]]:
        """The groups of siblings in the configuration of the file at *path*: a folder, and the names from there.

        Raises as `settings` does.
        """
        found = self._found(path)
        if not found or not found[1].siblings:
            return []
        return [(found[0].folder or Path.cwd(), group.files) for group in found[1].siblings]

    def folder_of(self, path: Path) -> Path:
        """The folder of the configuration of the file at *path*, this folder where that is in none.

        Raises as `settings` does.
        """
        found = self._found(path)
        return ((found[0].folder if found else None) or Path()).resolve()

    def excludes(self, path: Path) -> bool:
        """Whether the file at *path*, which was found in a folder, is left out; raises as `settings` does."""
        if self.exclude and _matches(self.exclude, Path(), path):
            return True
        found = self._found(path)
        return bool(found and found[1].exclude and _matches(found[1].exclude, found[0].folder or Path(), path))

    def describe(self, name: str, path: Path | None) -> str:
        """The settings of the file at *path*, called *name*, as a configuration with remarks; raises as `settings`."""
        from awesome_lint.config.model import Configuration
        from awesome_lint.config.writing import to_toml
        from awesome_lint.rules import RULES

        found = self._found(path)
        settings = self.settings(path)
        runs = [rule.name for rule in RULES if settings.selects(rule)]
        lines = [f"# {name}: {self.explain(path)}", f"# {len(runs)} of {len(RULES)} rules run: {', '.join(runs)}"]
        return "\n".join([*lines, to_toml(found[1] if found else Configuration())])

    def note_unneeded_allowances(self, needed: Set[Allowance]) -> None:
        """Tell of each allowance that is not *needed* by any checked file, if all rules ran that could need it."""
        if self.select or self.ignore:
            return
        for text, configuration in filter(None, self._loaded.values()):
            for allowance in configuration.allow:
                if allowance not in needed:
                    which = f"{allowance.rule} ({allowance.reason})"
                    notify(f"{text.name}: [[allow]] for {which} matches no finding; remove it")

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
                        notify(f"{text.name}: per-path-ignores: {pattern!r} matches no checked file")

    def _overridden(self, settings: Settings) -> Settings:
        """*settings*, which the options of the command line override."""
        if self.select:
            settings = replace(settings, select=self.select, extend=frozenset(), ignore=settings.ignore - self.select)
        extend = settings.extend | self.extend
        return replace(settings, ignore=(settings.ignore - self.extend) | self.ignore, extend=extend)

    def _found(self, path: Path | None) -> tuple[ConfigurationText, Configuration] | None:
        """The configuration of the file at *path*, if there is one."""
        return self._configuration(path.parent if path else Path())

    def _configuration(self, folder: Path) -> tuple[ConfigurationText, Configuration] | None:
        """The configuration of what lies in *folder*."""
        key = self.file or folder.resolve()
        if key not in self._loaded:
            self._loaded[key] = self._load(folder)
        return self._loaded[key]

    def _text(self, folder: Path) -> ConfigurationText | None:
        """The text of the configuration of what lies in *folder*."""
        from awesome_lint.config.finding import find_configuration, read_configuration

        if self.isolated:
            return None
        return read_configuration(self.file) if self.file else find_configuration(folder)

    def _load(self, folder: Path) -> tuple[ConfigurationText, Configuration] | None:
        from awesome_lint.config.finding import ConfigurationError, parse_configuration
        from awesome_lint.files.reading import UnusableFileError

        try:
            text = self._text(folder)
            if text is None and not self.overrides:
                return None
            from awesome_lint.config.loading import load

            text = text or parse_configuration("", "--config")
            return text, load(text, self.overrides)
        except UnusableFileError as error:
            raise click.ClickException(str(error)) from None
        except ConfigurationError as error:
            *earlier, last = error.messages
            for message in earlier:
                complain(message)
            raise click.ClickException(last) from None


def _matches(patterns: Sequence[str], folder: Path, path: Path) -> bool:
    """Whether one of *patterns*, which are relative to *folder*, is about the file at *path*."""
    from pathspec import GitIgnoreSpec  # loads slowly, and few runs need it

    absolute, root = path.parent.resolve() / path.name, folder.resolve()
    if not absolute.is_relative_to(root):
        return False
    return GitIgnoreSpec.from_lines(patterns).match_file(absolute.relative_to(root).as_posix())

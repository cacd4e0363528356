"""From the text of a configuration to a `Configuration`, and on to the settings for one file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from awesome_lint.config.finding import ConfigurationError, ConfigurationText
from awesome_lint.config.model import Configuration
from awesome_lint.config.places import find_places, place_of, show_path
from awesome_lint.config.reading import read_data
from awesome_lint.linter.settings import Settings
from awesome_lint.rule import RuleName
from awesome_lint.rules import RULES
from awesome_lint.schema import Schemas


def load(text: ConfigurationText) -> Configuration:
    """The configuration that *text* is; raises `ConfigurationError`."""
    found = read_data(text.data)
    if isinstance(found, Configuration):
        return found
    places = find_places(text.text)
    placed = sorted(
        (place_of(places, (*text.section, *fault.path)), show_path(fault.path), fault.message) for fault in found
    )
    raise ConfigurationError(
        [f"{text.name}:{place.line}:{place.column}: {key and f'{key}: '}{message}" for place, key, message in placed]
    )


def load_data(data: Mapping[str, Any]) -> Configuration:
    """The configuration that *data* is, the keys and values of a file; raises `ConfigurationError`."""
    found = read_data(data)
    if isinstance(found, Configuration):
        return found
    named = ((show_path(fault.path), fault.message) for fault in found)
    raise ConfigurationError([f"{key and f'{key}: '}{message}" for key, message in named])


def settings_for(configuration: Configuration, folder: Path | None, path: Path | None) -> Settings:
    """What *configuration*, which stands in *folder*, says about the file at *path*; None: in no file."""
    ignored = _ignored(configuration, folder, path) if folder and path else ()
    return Settings(
        select=frozenset(configuration.select),
        ignore=frozenset([*configuration.ignore, *ignored]),
        severities={str(name): severity for name, severity in configuration.severity.items()},
        options={**configuration.rules, **_options_in_tables(configuration)},
        schemas=Schemas(configuration.tables, configuration.lists, configuration.counts),
        extend=frozenset(configuration.extend_select),
        allowances=configuration.allow,
    )


def _ignored(configuration: Configuration, folder: Path, path: Path) -> Iterator[RuleName]:
    """The rules and groups that are left out for the file at *path*."""
    absolute = path.parent.resolve() / path.name
    if not configuration.per_path_ignores or not absolute.is_relative_to(folder):
        return
    from pathspec import GitIgnoreSpec  # loads slowly, and few configurations need it

    name = absolute.relative_to(folder).as_posix()
    for pattern, rules in configuration.per_path_ignores.items():
        if GitIgnoreSpec.from_lines([pattern]).match_file(name):
            yield from rules


def _options_in_tables(configuration: Configuration) -> dict[str, Any]:
    """The options of the rules for which the configuration has a table of its own, such as ``[format]``."""
    return {rule.name: getattr(configuration, rule.options_table) for rule in RULES if rule.options_table}

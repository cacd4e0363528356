"""From the text of a configuration to a `Configuration`, and on to the settings for one file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from awesome_lint.config.extending import EXTENDS, base_of, merged, parse_override
from awesome_lint.config.finding import ConfigurationError, ConfigurationText
from awesome_lint.config.model import Configuration
from awesome_lint.config.places import find_places, place_of, show_path
from awesome_lint.config.reading import Fault, read_data
from awesome_lint.diagnostic import RuleName
from awesome_lint.linter.settings import Settings
from awesome_lint.rules import RULES
from awesome_lint.schema import Schemas


def load(text: ConfigurationText, overrides: Sequence[str] = ()) -> Configuration:
    """The configuration that *text* is, with what it extends; *overrides* (``KEY=VALUE``) set single keys of it.

    Raises `ConfigurationError`.
    """
    data = text.data
    for override in overrides:
        data = merged(data, _read_override(override))
    own = _read(text, data)
    if own.extends is None:
        return own
    return _read(text, _extended(replace(text, data=data), own, ()))


def extended_files(text: ConfigurationText) -> list[Path]:
    """The files that the valid configuration *text* extends, directly or not."""
    files: list[Path] = []
    while isinstance(extends := text.data.get(EXTENDS), str) and text.path:
        files.append(text.path.resolve())
        try:
            text = base_of(text, extends, files)
        except ConfigurationError:
            return files[1:]
    return [*files, *([text.path.resolve()] if text.path else [])][1:]


def _extended(text: ConfigurationText, own: Configuration, seen: tuple[Path, ...]) -> dict[str, Any]:
    """The data of *text*, which is read as *own*, with that of the files that it extends; *seen* extend it."""
    if own.extends is None:
        return dict(text.data)
    files = (*seen, text.path.resolve()) if text.path else seen
    try:
        base = base_of(text, own.extends, files)
    except ConfigurationError as error:
        raise _placed(text, [Fault((EXTENDS,), message) for message in error.messages]) from None
    return merged(_extended(base, _read(base, base.data), files), text.data)


def _read_override(override: str) -> dict[str, Any]:
    """The data of ``KEY=VALUE``; raises `ConfigurationError` where a configuration may not hold it."""
    try:
        data = parse_override(override)
        load_data(data)
    except ConfigurationError as error:
        raise ConfigurationError([f"--config: {message}" for message in error.messages]) from None
    return data


def _read(text: ConfigurationText, data: Mapping[str, Any]) -> Configuration:
    """*data* as a configuration, faults with their places in *text*."""
    found = read_data(data)
    if isinstance(found, Configuration):
        return found
    raise _placed(text, found)


def _placed(text: ConfigurationText, faults: Iterable[Fault]) -> ConfigurationError:
    places = find_places(text.text)
    placed = sorted(
        (place_of(places, (*text.section, *fault.path)), show_path(fault.path), fault.message) for fault in faults
    )
    return ConfigurationError(
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
    """What *configuration*, which is in *folder*, says about the file at *path*; None: in no file."""
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

"""The configuration: ``.awesome-lint.toml``, or ``[tool.awesome-lint]`` in ``pyproject.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from awesome_lint.config.model import FORMATTING_RULE, Configuration
from awesome_lint.config.places import KeyPath, find_places, longest_key
from awesome_lint.config.reading import read_configuration
from awesome_lint.diagnostic import Severity
from awesome_lint.files import UnusableFileError, reason, repository_root
from awesome_lint.rule import RuleName
from awesome_lint.rules import RULES
from awesome_lint.schema import Schemas
from awesome_lint.settings import Settings
from awesome_lint.source import Position

__all__ = ["FILE_NAME", "Configuration", "ConfigurationError", "ConfigurationFile", "find", "load", "parse"]

FILE_NAME = ".awesome-lint.toml"
_PROJECT_FILE = "pyproject.toml"
_SECTION = ("tool", "awesome-lint")
_LIMIT = 2**20
"""The largest file, in bytes, that is read."""
_LONGEST_KEY = 100
"""How many parts a dotted key may have."""
_BARE_KEY = re.compile(r"[\w-]+")


class ConfigurationError(Exception):
    """A configuration that cannot be used; ``messages`` say why, each with file, line and column."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages


@dataclass(frozen=True, slots=True)
class ConfigurationFile:
    """A configuration, and the file that holds it."""

    path: Path
    configuration: Configuration

    def settings(self, path: Path | None) -> Settings:
        """The settings for the file at *path*; None for text that is in no file."""
        said = self.configuration
        return Settings(
            select=frozenset(said.select),
            ignore=frozenset([*said.ignore, *(self._ignored(path) if path else ())]),
            severities=_by_rule(said),
            options={**said.rules, FORMATTING_RULE: said.format},
            schemas=Schemas(said.tables, said.lists),
            extend=frozenset(said.extend_select),
            allowances=said.allow,
        )

    def _ignored(self, path: Path) -> Iterator[RuleName]:
        """The rules and groups that are left out for the file at *path*."""
        absolute, folder = path.parent.resolve() / path.name, self.path.parent.resolve()
        if not self.configuration.per_path_ignores or not absolute.is_relative_to(folder):
            return
        from pathspec import GitIgnoreSpec  # loads slowly, and few configurations need it

        name = absolute.relative_to(folder).as_posix()
        for pattern, rules in self.configuration.per_path_ignores.items():
            if GitIgnoreSpec.from_lines([pattern]).match_file(name):
                yield from rules


def _by_rule(configuration: Configuration) -> dict[str, Severity]:
    said = {str(name): severity for name, severity in configuration.severity.items()}
    found = ((rule.name, said.get(rule.name) or said.get(rule.group)) for rule in RULES)
    return {name: severity for name, severity in found if severity}


def find(folder: Path) -> Path | None:
    """The configuration file for what lies in *folder*: the nearest one there or above, within the repository.

    Raises `UnusableFileError` and `ConfigurationError` where a ``pyproject.toml`` cannot be searched for it.
    """
    absolute = folder.resolve()
    top = repository_root(absolute)
    for here in (absolute, *absolute.parents):
        own, project = here / FILE_NAME, here / _PROJECT_FILE
        if own.is_file():
            return own
        if project.is_file() and _has_section(project):
            return project
        if here == top:
            break
    return None


def load(path: Path) -> ConfigurationFile:
    """The configuration in the file at *path*; raises `UnusableFileError` and `ConfigurationError`."""
    text, name = _read(path), _shown(path)
    if path.name != _PROJECT_FILE:
        return ConfigurationFile(path, parse(text, name))
    if not _has_section(path):
        raise UnusableFileError(f"{name}: has no section [{'.'.join(_SECTION)}]")
    return ConfigurationFile(path, parse(text, name, _SECTION))


def parse(text: str, name: str = FILE_NAME, section: tuple[str, ...] = ()) -> Configuration:
    """The configuration in the TOML *text*, in its table *section*.

    Raises `ConfigurationError`, whose messages call the file *name*.
    """
    data = _parse_toml(text, name)
    for key in section:
        data = data[key]
    found = read_configuration(data)
    if isinstance(found, Configuration):
        return found
    places = find_places(text)
    placed = sorted((_place(places, (*section, *fault.path)), _show_path(fault.path), fault.message) for fault in found)
    raise ConfigurationError(
        [f"{name}:{place.line}:{place.column}: {key and f'{key}: '}{message}" for place, key, message in placed]
    )


def _has_section(path: Path) -> bool:
    """Whether the ``pyproject.toml`` at *path* has the section; one that does not even name it may be faulty."""
    text = _read(path)
    if _SECTION[-1] not in text:
        return False
    data: Any = _parse_toml(text, _shown(path))
    for key in _SECTION:
        data = data.get(key) if isinstance(data, dict) else None
    return isinstance(data, dict)


def _read(path: Path) -> str:
    name = _shown(path)
    try:
        with path.open("rb") as file:
            data = file.read(_LIMIT + 1)
        if len(data) > _LIMIT:
            raise UnusableFileError(f"{name}: is larger than {_LIMIT >> 20} MB, too large for a configuration")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnusableFileError(f"{name}: is not UTF-8") from None
    except (OSError, ValueError) as error:
        raise UnusableFileError(f"{name}: cannot be read: {reason(error)}") from None


def _parse_toml(text: str, name: str) -> dict[str, Any]:
    # The parser needs memory that grows with the square of the length of a key.
    if longest_key(text) > _LONGEST_KEY:
        raise ConfigurationError([f"{name}: is nested too deeply"])
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message, _, place = str(error).partition(" (at ")
        line, column = re.findall(r"\d+", place) or _end(text)
        raise ConfigurationError([f"{name}:{line}:{column}: is not valid TOML: {message.lower()}"]) from None
    except RecursionError:
        raise ConfigurationError([f"{name}: is nested too deeply"]) from None


def _end(text: str) -> tuple[int, int]:
    """The line and column after the last character of *text*."""
    return text.count("\n") + 1, len(text) - text.rfind("\n")


def _place(places: dict[KeyPath, Position], path: KeyPath) -> Position:
    """The place of *path*, or of the innermost table around it."""
    while path and path not in places:
        path = path[:-1]
    return places.get(path, Position(1, 1))


def _show_path(path: KeyPath) -> str:
    """*path* as one writes a dotted key; the line tells which element of an array is meant."""
    keys = [key for key in path if isinstance(key, str)]
    return ".".join(key if _BARE_KEY.fullmatch(key) else f'"{key}"' for key in keys)


def _shown(path: Path) -> str:
    """*path* as seen from the working directory, if it lies below."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)

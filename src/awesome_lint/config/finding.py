"""Which file configures what lies in a folder, and the TOML in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from msgspec import Struct

from awesome_lint.files.reading import UnusableFileError, reason, repository_root

FILE_NAME = ".awesome-lint.toml"
_PROJECT_FILE = "pyproject.toml"
_SECTION = ("tool", "awesome-lint")
_LIMIT = 2**20
"""The largest file, in bytes, that is read."""
_LONGEST_KEY = 100
"""How many parts a dotted key may have."""


class ConfigurationError(Exception):
    """A configuration that cannot be used; ``messages`` say why, each with file, line and column."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages


class ConfigurationText(Struct, frozen=True):
    """The text of a configuration, called ``name`` in messages, and the ``data`` of its table ``section``.

    ``path`` is that of its file, None where it comes from none.
    """

    name: str
    text: str
    data: dict[str, Any]
    section: tuple[str, ...] = ()
    path: Path | None = None

    @property
    def folder(self) -> Path | None:
        """The folder from which the paths in it start."""
        return self.path.parent.resolve() if self.path else None


def find_configuration(folder: Path) -> ConfigurationText | None:
    """The configuration of what lies in *folder*: the nearest one there or above, within the repository.

    Raises `UnusableFileError` and `ConfigurationError` where a file that may hold it cannot be read.
    """
    absolute = folder.resolve()
    top = repository_root(absolute)
    for here in (absolute, *absolute.parents):
        for path in (here / FILE_NAME, here / _PROJECT_FILE):
            if path.is_file() and (found := _read(path)):
                return found
        if here == top:
            break
    return None


def read_configuration(path: Path) -> ConfigurationText:
    """The configuration in the file at *path*; raises `UnusableFileError` and `ConfigurationError`."""
    found = _read(path)
    if found is None:
        raise UnusableFileError(f"{_shown(path)}: has no section [{'.'.join(_SECTION)}]")
    return found


def parse_configuration(text: str, name: str = FILE_NAME) -> ConfigurationText:
    """The configuration in *text*; raises `ConfigurationError`, whose messages call the file *name*."""
    return ConfigurationText(name, text, _parse_toml(text, name))


def _read(path: Path) -> ConfigurationText | None:
    """The configuration in the file at *path*; None for a ``pyproject.toml`` that has none."""
    name = _shown(path)
    text = _read_text(path, name)
    if path.name != _PROJECT_FILE:
        return ConfigurationText(name, text, _parse_toml(text, name), path=path)
    if _SECTION[-1] not in text:
        return None  # whatever else may be wrong with it
    data: Any = _parse_toml(text, name)
    for key in _SECTION:
        data = data.get(key) if isinstance(data, dict) else None
    return ConfigurationText(name, text, data, _SECTION, path) if isinstance(data, dict) else None


def _read_text(path: Path, name: str) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(_LIMIT + 1)
        if len(data) > _LIMIT:
            raise UnusableFileError(f"{name}: is larger than {_LIMIT >> 20} MB, too large for a configuration")
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise UnusableFileError(f"{name}: is not UTF-8") from None
    except (OSError, ValueError) as error:
        raise UnusableFileError(f"{name}: cannot be read: {reason(error)}") from None


def _parse_toml(text: str, name: str) -> dict[str, Any]:
    import tomllib  # most lists have no configuration

    from awesome_lint.config.places import longest_key

    # The parser needs memory that grows with the square of the length of a key.
    if longest_key(text) > _LONGEST_KEY:
        raise ConfigurationError([f"{name}: is nested too deeply"])
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message, _, place = str(error).partition(" (at ")
        line, column = re.findall(r"\d+", place) or _end(text)
        raise ConfigurationError(
            [f"{name}:{line}:{column}: is not valid TOML: {message[:1].lower()}{message[1:]}"]
        ) from None
    except ValueError as error:  # a number that Python does not read
        raise ConfigurationError([f"{name}: is not valid TOML: {str(error).partition(';')[0]}"]) from None
    except RecursionError:
        raise ConfigurationError([f"{name}: is nested too deeply"]) from None


def _end(text: str) -> tuple[int, int]:
    """The line and column after the last character of *text*."""
    return text.count("\n") + 1, len(text) - text.rfind("\n")


def _shown(path: Path) -> str:
    """*path* as seen from the working directory, if it lies below."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)

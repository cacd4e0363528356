"""Configurations that build on others: the file that one extends, and keys that are set beside it.

What a configuration extends is a preset, which comes with this package, or a file of the same repository (outside of
any, of its own folder), never a URL: a configuration may come with a pull request.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath
from typing import Any

from awesome_lint.config.finding import ConfigurationError, ConfigurationText, parse_configuration, read_configuration
from awesome_lint.files.reading import UnusableFileError, repository_root

EXTENDS = "extends"
PRESETS = ("awesome",)
"""The presets, which are the files of these names in the folder ``presets`` beside this module."""
_ADDED = "extend-select"
"""The key whose names are added to those of the base."""
_MOST = 8
"""How many configurations may extend one another."""


def base_of(text: ConfigurationText, extends: str, seen: Iterable[Path]) -> ConfigurationText:
    """The configuration that *text* extends; *seen* are the files that extend *text*, itself included.

    Raises `ConfigurationError`, with a message that continues where the name of the file ends.
    """
    if extends in PRESETS:
        file = Path(__file__).parent / "presets" / f"{extends}.toml"
        return parse_configuration(file.read_text(encoding="utf-8"), f"preset {extends!r}")
    folder, files = text.folder, [*seen]
    if folder is None:
        raise ConfigurationError(["needs a configuration in a file"])
    if "://" in extends or PurePath(extends).is_absolute():
        raise ConfigurationError([f"must be the relative path of a file or a preset (awesome), not {extends!r}"])
    path = (folder / extends).resolve()
    if not path.is_relative_to(repository_root(folder) or folder):
        raise ConfigurationError([f"must be a file of this repository, not {extends!r}"])
    if path in files:
        raise ConfigurationError([f"extends itself via {extends!r}"])
    if len(files) > _MOST:
        raise ConfigurationError([f"is one of more than {_MOST} files that extend one another"])
    try:
        return read_configuration(path)
    except UnusableFileError as error:
        raise ConfigurationError([str(error)]) from None


def merged(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """*base* with the keys of *own*.

    Tables are merged key by key, `extend-select` has the names of both, all else takes the place of what was there.
    """
    found = dict(base)
    for key, value in own.items():
        old = found.get(key)
        if isinstance(old, Mapping) and isinstance(value, Mapping):
            found[key] = merged(old, value)
        elif key == _ADDED and isinstance(old, list) and isinstance(value, list):
            found[key] = [*old, *value]
        else:
            found[key] = value
    return found


def parse_override(text: str) -> dict[str, Any]:
    """The data of ``KEY=VALUE``, where KEY is a dotted key of TOML and VALUE its value, a text without quotes included.

    Raises `ConfigurationError`.
    """
    key, _, value = text.partition("=")
    for written in (value, f'"{value.strip()}"'):
        try:
            return tomllib.loads(f"{key} = {written}")
        except (tomllib.TOMLDecodeError, RecursionError):
            continue
    raise ConfigurationError([f"{text!r} is not KEY=VALUE in TOML"])

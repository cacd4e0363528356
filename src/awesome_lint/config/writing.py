"""A configuration as TOML text, with remarks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from typing import Any

from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo

from awesome_lint.config.model import Configuration
from awesome_lint.config.places import KeyPath
from awesome_lint.config.reading import attributes_of, key_of
from awesome_lint.regex import regex

_BARE_KEY = regex(r"[A-Za-z0-9_-]+")
_WIDEST = 110
"""How long a line is at most before a table on it gets lines of its own."""


def to_toml(configuration: Configuration, remarks: Mapping[KeyPath, str] | None = None) -> str:
    """*configuration* as the text of a file, without what has its default.

    A remark on a path becomes a comment above its key or table.
    """
    return "\n".join(_table(configuration, (), "", remarks or {})).strip("\n") + "\n"


def _table(value: Any, path: KeyPath, header: str, remarks: Mapping[KeyPath, str]) -> Iterator[str]:
    """The lines of the table *value* at *path*, called *header*: first its keys, then the tables in it."""
    if header:
        yield ""
        yield from _remark(path, remarks)
        yield header
    name = header.strip("[]")
    tables = []
    for key, item in _items(value):
        inner = (*path, key)
        line = f"{write_key(key)} = {write_value(item)}"
        if _is_array_of_tables(item) or (_is_table(item) and _needs_lines(line, inner, item, remarks)):
            tables.append((key, item))
        else:
            yield from _remark(inner, remarks)
            yield line
    for key, item in tables:
        title = f"{name}.{write_key(key)}".lstrip(".")
        if _is_array_of_tables(item):
            for index, element in enumerate(item):
                yield from _table(element, (*path, key, index), f"[[{title}]]", remarks)
        else:
            yield from _table(item, (*path, key), f"[{title}]", remarks)


def _items(value: Any) -> list[tuple[str, Any]]:
    """What *value* holds: the keys of a mapping, or those of a struct that have not their default."""
    if isinstance(value, Mapping):
        return list(value.items())
    found = [(item, getattr(value, item.name)) for item in attributes_of(type(value))]
    return [(key_of(item.name), inner) for item, inner in found if inner != _default(item)]


def _default(item: FieldInfo) -> Any:
    return item.default_factory() if item.default_factory is not NODEFAULT else item.default


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping | Struct)


def _is_array_of_tables(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and all(map(_is_table, value))


def _needs_lines(line: str, path: KeyPath, value: Any, remarks: Mapping[KeyPath, str]) -> bool:
    """Whether the table *value* has to be written on several lines."""
    is_long = len(line) > _WIDEST or any(_is_table(item) for _, item in _items(value))
    return is_long or any(len(other) > len(path) and other[: len(path)] == path for other in remarks)


def _remark(path: KeyPath, remarks: Mapping[KeyPath, str]) -> Iterator[str]:
    for line in remarks.get(path, "").splitlines():
        yield f"# {write_comment(line)}".rstrip()


def write_comment(text: str) -> str:
    """*text* with nothing that would end a comment or be refused in one."""
    return "".join(character if character.isprintable() else " " for character in text)


def write_key(key: str) -> str:
    """*key* as TOML: bare where it may be."""
    return key if _BARE_KEY.fullmatch(key) else write_value(key)


def write_value(value: Any) -> str:
    """*value* as TOML on one line: a scalar, a tuple, a mapping or a struct."""
    if isinstance(value, Enum):
        return write_value(value.value)
    if isinstance(value, str):
        # A JSON text is a TOML text but for one character that TOML wants escaped.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return f"[{', '.join(map(write_value, value))}]"
    if _is_table(value):
        pairs = [f"{write_key(key)} = {write_value(item)}" for key, item in _items(value)]
        return f"{{ {', '.join(pairs)} }}" if pairs else "{}"
    return repr(value)

"""The JSON Schema of the configuration, and its reference in Markdown; both are kept in ``docs/``."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum, EnumType
from itertools import pairwise
from textwrap import dedent
from typing import Any, get_args, get_origin

from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo

from awesome_lint.config.model import Configuration, RuleOptions
from awesome_lint.config.reading import (
    attributes_of,
    is_required,
    key_of,
    members_of,
    rules_with_options,
    types_of,
)
from awesome_lint.diagnostic import RuleName
from awesome_lint.rules import rule_names

_PLAIN: dict[Any, dict[str, str]] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    str: {"type": "string"},
    date: {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
}
_WORDS = {bool: "boolean", int: "integer", float: "number", str: "string", date: "date"}


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a configuration file."""
    definitions: dict[str, Any] = {"rule": {"enum": rule_names()}}
    root = _table(Configuration, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Configuration of awesome-lint",
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def _node(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema of a value of the type *kind*; what it refers to is put into *definitions*."""
    members = members_of(kind)
    if len(members) > 1:
        return {"anyOf": [_node(member, definitions) for member in members]}
    (only,) = members
    if only in _PLAIN:
        return dict(_PLAIN[only])
    if only is RuleName:
        return {"$ref": "#/$defs/rule"}
    if only is RuleOptions:
        options = {name: _reference(kind, definitions, name) for name, kind in rules_with_options().items()}
        return {"type": "object", "properties": options, "additionalProperties": False}
    if isinstance(only, EnumType):
        return {"enum": [str(member.value) for member in _members(only)]}
    if get_origin(only) is tuple:
        return {"type": "array", "items": _node(get_args(only)[0], definitions)}
    if get_origin(only) is Mapping:
        names, values = get_args(only)
        node = {"type": "object", "additionalProperties": _node(values, definitions)}
        return node if names is str else {**node, "propertyNames": _node(names, definitions)}
    return _reference(only, definitions, only.__name__)


def _reference(kind: type[Any], definitions: dict[str, Any], name: str) -> dict[str, str]:
    if name not in definitions:
        definitions[name] = {}
        definitions[name] = _table(kind, definitions)
    return {"$ref": f"#/$defs/{name}"}


def _table(kind: type[Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema of a table that becomes the struct *kind*."""
    types, descriptions = types_of(kind), _descriptions(kind)
    properties = {}
    for item in attributes_of(kind):
        node = _node(types[item.name], definitions)
        if description := descriptions.get(item.name):
            node = {"description": description, **node}
        properties[key_of(item.name)] = node
    required = [key_of(item.name) for item in attributes_of(kind) if is_required(item)]
    found = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**found, "required": required} if required else found


def _members(kind: EnumType) -> list[Enum]:
    return list(kind.__members__.values())


def reference() -> str:
    """The tables of all keys, in Markdown."""
    return "\n".join(_sections(Configuration, "", set()))


def _sections(kind: type[Any], name: str, done: set[type[Any]]) -> Iterator[str]:
    """The lines that describe the table *name*, which becomes the struct *kind*, and then the tables in it."""
    done.add(kind)
    inner: list[tuple[type[Any], str]] = []
    yield f"### {f'`{name}`' if name else 'Top level'}\n"
    yield "| Key | Value | Default | Meaning |"
    yield "| --- | --- | --- | --- |"
    types, descriptions = types_of(kind), _descriptions(kind)
    for item in attributes_of(kind):
        key = key_of(item.name)
        meaning = descriptions.get(item.name, "").replace("|", r"\|")
        cells = (f"`{key}`", _value(types[item.name]), _default(item), meaning)
        yield "".join(f"| {cell} " if cell else "| " for cell in cells) + "|"
        inner += _inner_tables(types[item.name], f"{name.strip('[]')}.{key}".lstrip("."))
    yield ""
    for table, title in inner:
        if table not in done:
            yield from _sections(table, title, done)


def _inner_tables(kind: Any, path: str) -> Iterator[tuple[type[Any], str]]:
    """The structes that a value of the type *kind* under *path* may hold, each with its header in a file."""
    for member in members_of(kind):
        if member is RuleOptions:
            yield from ((options, f"[rules.{name}]") for name, options in rules_with_options().items())
        elif get_origin(member) is tuple:
            for element, header in _inner_tables(get_args(member)[0], path):
                yield element, f"[{header}]"
        elif get_origin(member) is Mapping:
            yield from _inner_tables(get_args(member)[1], f"{path}.<name>")
        elif isinstance(member, type) and issubclass(member, Struct):
            yield member, f"[{path}]"


def _value(kind: Any) -> str:
    """What to write for a value of the type *kind*."""
    return " or ".join(dict.fromkeys(map(_one_value, members_of(kind))))


def _plural(kind: Any) -> str:
    """What to write for several values of the type *kind*."""
    several = {str: "strings", int: "integers", RuleName: "rules, kinds or groups"}
    return " or ".join(dict.fromkeys(several.get(each) or _one_value(each) for each in members_of(kind)))


def _one_value(kind: Any) -> str:
    if kind in _WORDS:
        return _WORDS[kind]
    if kind is RuleName:
        return "rule, kind or group"
    if isinstance(kind, EnumType):
        return ", ".join(f"`{member.value}`" for member in _members(kind))
    if get_origin(kind) is tuple:
        return f"array of {_plural(get_args(kind)[0])}"
    if get_origin(kind) is Mapping:
        names, values = get_args(kind)
        return f"table: {'name' if names is str else _value(names)} = {_value(values)}"
    return "table"


def _default(item: FieldInfo) -> str:
    if is_required(item):
        return "required"
    value = item.default_factory() if item.default_factory is not NODEFAULT else item.default
    if isinstance(value, Enum):
        return f"`{value.value}`"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{value}`" if isinstance(value, int | float) else ""


def _descriptions(kind: type[Any]) -> dict[str, str]:
    """The docstrings of the attributes of the struct *kind*, inherited ones included, each on one line."""
    found: dict[str, str] = {}
    for base in reversed(kind.__mro__[: kind.__mro__.index(Struct)]):
        tree = ast.parse(dedent(inspect.getsource(base)))
        (body,) = (node.body for node in tree.body if isinstance(node, ast.ClassDef))
        for before, after in pairwise(body):
            match before, after:
                case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                    found[name] = " ".join(text.split())
    return found

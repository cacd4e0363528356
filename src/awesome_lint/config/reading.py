"""From the data of a TOML file to a `Configuration`, or to all that is wrong with it.

The types of the structs are the schema.  A validation library would do most of this, but none tells every fault
with the keys that lead to it, knows names that only the register of rules holds, and loads in a few milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import EnumType
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from msgspec import Struct
from msgspec.structs import FieldInfo, fields

from awesome_lint.config.model import Configuration, RuleOptions
from awesome_lint.config.places import KeyPath
from awesome_lint.diagnostic import RuleName
from awesome_lint.rules import RULES, rule_names
from awesome_lint.schema import SchemaError
from awesome_lint.text.nearest import nearest


class Fault(Struct, frozen=True):
    """Something wrong at ``path``; the message continues where the name of the key ends."""

    path: KeyPath
    message: str


def read_data(data: Mapping[str, Any]) -> Configuration | list[Fault]:
    """The configuration that *data* holds, or else its faults."""
    reader = _Reader()
    configuration: Configuration = reader.read_table(Configuration, data, ())
    return reader.faults or configuration


def rules_with_options() -> dict[str, type[Any]]:
    """For each rule whose options stand under ``[rules]`` the struct of them."""
    return {rule.name: rule.options for rule in RULES if rule.options and not rule.options_table}


def key_of(attribute: str) -> str:
    """The key of an attribute in a file."""
    return attribute.replace("_", "-")


def types_of(kind: type[Any]) -> dict[str, Any]:
    """The types of the attributes of the struct *kind*."""
    return get_type_hints(kind)


def members_of(kind: Any) -> list[Any]:
    """The types that a value of the type *kind* may have in a file, which knows no None."""
    members = get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)
    return [member for member in members if member is not NoneType]


def attributes_of(kind: type[Any]) -> list[FieldInfo]:
    """The attributes of the struct *kind*, its own before those that it inherits."""
    return sorted(fields(kind), key=lambda item: item.name not in kind.__annotations__)


def is_required(item: FieldInfo) -> bool:
    """Whether the attribute must be given."""
    return item.required


_LARGEST = 10**15 - 1
_DESCRIPTIONS = {
    bool: "true or false",
    int: "an integer",
    float: "a number",
    str: "a string",
    date: "a date",
    list: "an array",
    dict: "a table",
}


class _Reader:
    """Makes typed values of plain ones; where that fails it notes the fault and gives None."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def read_table(self, kind: type[Any], data: Mapping[str, Any], path: KeyPath) -> Any:
        """An instance of the struct *kind*."""
        known = {key_of(item.name): item for item in attributes_of(kind)}
        types = types_of(kind)
        faults = len(self.faults)
        values = {}
        for key, value in data.items():
            if item := known.get(key):
                values[item.name] = self._read(types[item.name], value, (*path, key))
            else:
                self._refuse((*path, key), f"unknown key; {_suggest(key, known)}")
        for key, item in known.items():
            if is_required(item) and key not in data:
                self._refuse(path, f"the key {key} is missing")
        if len(self.faults) > faults:
            return None
        try:
            return kind(**values)
        except SchemaError as error:
            key = key_of(error.attribute)
            return self._refuse((*path, key) if key in data else path, str(error))

    def _read(self, kind: Any, value: Any, path: KeyPath) -> Any:
        """A value of the type *kind*."""
        fitting = next((member for member in members_of(kind) if type(value) in _plain_types(member)), None)
        if fitting is None:
            expected = " or ".join(dict.fromkeys(map(_describe, members_of(kind))))
            return self._refuse(path, f"must be {expected}, not {_DESCRIPTIONS.get(type(value), 'a time')}")
        if type(value) is int and abs(value) > _LARGEST:
            return self._refuse(path, "must be a number of at most 15 digits")
        if type(value) is dict:
            return self._read_keys(fitting, value, path)
        if type(value) is list:
            element = get_args(fitting)[0]
            return tuple([self._read(element, item, (*path, index)) for index, item in enumerate(value)])
        if fitting is RuleName:
            return self._read_rule_name(value, path)
        if isinstance(fitting, EnumType):
            if value in list(fitting):
                return fitting(value)
            return self._refuse(path, f'"{value}" is not allowed; {_suggest(value, list(fitting))}')
        return value

    def _read_keys(self, kind: Any, value: dict[str, Any], path: KeyPath) -> Any:
        if kind is RuleOptions:
            return {name: self._read_options(name, options, (*path, name)) for name, options in value.items()}
        if get_origin(kind) is Mapping:
            names, element = get_args(kind)
            return {
                self._read(names, key, (*path, key)): self._read(element, item, (*path, key))
                for key, item in value.items()
            }
        return self.read_table(kind, value, path)

    def _read_options(self, name: str, value: Any, path: KeyPath) -> Any:
        """The options of the rule *name*."""
        kinds = rules_with_options()
        if name in kinds:
            return self._read(kinds[name], value, path)
        if table := next((rule.options_table for rule in RULES if rule.name == name), ""):
            return self._refuse(path, f"the options of this rule belong under [{table}]")
        if self._read_rule_name(name, path) is None:
            return None
        return self._refuse(path, f"this rule has no options; {_suggest(name, kinds)}")

    def _read_rule_name(self, value: str, path: KeyPath) -> Any:
        if value in rule_names():
            return RuleName(value)
        near = nearest(value, rule_names())
        hint = f"did you mean {near}?" if near else "'awesome-lint rules' lists them"
        return self._refuse(path, f'there is no rule or group "{value}"; {hint}')

    def _refuse(self, path: KeyPath, message: str) -> Any:
        """Note a fault; None stands in for the value."""
        self.faults.append(Fault(path, message))
        return None


def _suggest(word: str, allowed: Iterable[str]) -> str:
    """What may be in place of *word*."""
    choices = list(allowed)
    near = nearest(word, choices)
    return f"{f'did you mean {near}? A' if near else 'a'}llowed are: {', '.join(choices)}"


def _plain_types(kind: Any) -> tuple[type, ...]:
    """The types of what a TOML file holds for a value of the type *kind*."""
    if kind is float:
        return (int, float)
    if kind in _DESCRIPTIONS:
        return (kind,)
    if get_origin(kind) is tuple:
        return (list,)
    return (str,) if kind is RuleName or isinstance(kind, EnumType) else (dict,)


def _describe(kind: Any) -> str:
    if isinstance(kind, EnumType):
        return f"one of {', '.join(kind)}"
    return _DESCRIPTIONS[float if kind is float else _plain_types(kind)[0]]

"""Reading what to add from the options and the JSON of ``awesome-lint add``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

import click

from awesome_lint.adding.addition import Addition

_TEXTS = ("section", "after", "name", "url", "description")
_LONGEST_JSON = 1_000_000


def read_addition(options: Mapping[str, Any], cells: Iterable[str], json_file: BinaryIO | None) -> Addition:
    """The addition that *options*, *cells* (``COLUMN=VALUE`` each) and *json_file* describe; options win over JSON.

    Raises `click.UsageError`.
    """
    data = _read_json(json_file) if json_file else {}
    values = dict(data.get("columns", {}))
    for cell in cells:
        column, equals, value = cell.partition("=")
        if not equals:
            raise click.UsageError(f"--set takes COLUMN=VALUE, not {cell!r}")
        values[column.strip()] = value
    given: dict[str, Any] = {key: options[key] or str(data.get(key, "")) for key in _TEXTS}
    return Addition(values=values, **{key: value for key, value in given.items() if value})


def _read_json(file: BinaryIO) -> Mapping[str, Any]:
    """The object in *file*, whose values are texts; raises `click.UsageError`."""
    import msgspec

    try:
        data = msgspec.json.decode(file.read(_LONGEST_JSON))
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise click.UsageError(f"--json: {error}") from None
    if not isinstance(data, dict):
        raise click.UsageError("--json: must be an object")
    columns = data.get("columns", {})
    unknown = sorted(data.keys() - {*_TEXTS, "columns"})
    if unknown:
        raise click.UsageError(f"--json: {unknown[0]!r} is not one of {', '.join(_TEXTS)}, columns")
    if not isinstance(columns, dict):
        raise click.UsageError("--json: columns must be an object")
    texts = [*columns.values(), *(value for key, value in data.items() if key != "columns")]
    if not all(isinstance(value, str) for value in texts):
        raise click.UsageError("--json: every value must be a string")
    return data

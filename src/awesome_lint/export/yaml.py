"""Data as YAML.

A text of JSON is one of YAML as well (https://yaml.org/spec/1.2.2/, 1.3), so every text is written as JSON writes it,
in quotes: no text can be read as a number, a date or a boolean, by whichever version of YAML.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from awesome_lint.regex import regex

_ESCAPED = regex(r"[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""Characters that JSON may hold as they are, and YAML may not."""
_PLAIN = regex(r"[a-z]{3,}")
_WORDS = frozenset({"false", "nan", "null", "off", "true", "yes"})
"""What is no text without quotes in some version of YAML."""


def render_yaml(data: Any) -> str:
    """*data*, of objects, arrays, texts, numbers, booleans and nulls, as a YAML document in block style."""
    return "".join(f"{line}\n" for line in _lines(data))


def _lines(data: Any) -> Iterator[str]:
    if isinstance(data, dict) and data:
        for key, value in data.items():
            yield from _member(f"{_key(key)}:", value)
    elif isinstance(data, list) and data:
        for value in data:
            first, *rest = _lines(value)
            yield f"- {first}"
            yield from (f"  {line}" for line in rest)
    else:
        yield _scalar(data)


def _member(start: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict | list) and value:
        yield start
        yield from (f"  {line}" for line in _lines(value))
    else:
        yield f"{start} {_scalar(value)}"


def _key(name: str) -> str:
    return name if _PLAIN.fullmatch(name) and name not in _WORDS else _scalar(name)


def _scalar(value: Any) -> str:
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))

"""The reference and the JSON Schema of configurations accept and describe what the program does."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from awesome_lint.config.finding import ConfigurationError, parse_configuration
from awesome_lint.config.loading import load
from awesome_lint.config.reference import json_schema, reference

ROOT = Path(__file__).parent.parent
PAGE_FILE = ROOT / "docs" / "configuration.md"

page = PAGE_FILE.read_text(encoding="utf-8")
EXAMPLES: dict[str, str] = {
    **{path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.toml"))},
    **{f"page {n}": text for n, text in enumerate(re.findall(r"^```toml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL))},
}
FAULTY = {
    "unknown key": 'selekt = ["link"]',
    "unknown rule": 'select = ["lnik"]',
    "a text for an array": 'ignore = "link"',
    "unknown severity": '[severity]\nlink = "fatal"',
    "severity of an unknown rule": '[severity]\nlnik = "error"',
    "unknown style": '[format]\nstyle = "wide"',
    "options of a rule that has none": "[rules.empty-link]\nx = 1",
    "unknown option": "[rules.duplicate-entry]\nscope = 1",
    "wrong type of an option": "[rules.duplicate-entry]\ncross-section = 1",
    "no reason": '[[allow]]\nrule = "link"\nentry = "x"',
    "one table for several": '[tables]\nsection = "x"',
    "unknown type": '[[tables]]\ncolumns.Year.type = "yaer"',
    "a number for a text": "[[tables]]\ncolumns.Year.values = [2015]",
    "a fraction for a count": "[[tables]]\nmin-rows = 1.5",
    "true for a number": "[[tables]]\nmin-rows = true",
    "a text for a bound": '[[tables]]\ncolumns.Year.min = "2015"',
    "unknown key of a sort": '[[tables]]\nsort = [{ by = "x" }]',
    "no column to sort by": '[[tables]]\nsort = [{ direction = "ascending" }]',
    "underscores": "[[lists]]\nmin_items = 3",
    "unknown name style": '[[lists]]\nname = "links"',
}


def accepts(data: dict[str, Any]) -> bool:
    """Whether the JSON Schema accepts *data*, dates written out as JSON would have them."""
    validator = jsonschema.Draft202012Validator(json_schema())
    return bool(validator.is_valid(json.loads(json.dumps(data, default=str))))


def test_every_key_is_described() -> None:
    rows = [line for line in reference().splitlines() if line.startswith("| `")]
    assert len(rows) > 40
    assert [row for row in rows if row.endswith("| |")] == []


def test_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_are_accepted(name: str) -> None:
    load(parse_configuration(EXAMPLES[name]))
    assert accepts(tomllib.loads(EXAMPLES[name]))


@pytest.mark.parametrize("name", FAULTY)
def test_faults_are_refused(name: str) -> None:
    assert not accepts(tomllib.loads(FAULTY[name]))
    with pytest.raises(ConfigurationError):
        load(parse_configuration(FAULTY[name]))

"""Configurations that are read, and faults that are reported."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awesome_lint.config.finding import (
    FILE_NAME,
    ConfigurationError,
)
from awesome_lint.config.loading import settings_for
from awesome_lint.config.model import Configuration
from awesome_lint.config.reading import rules_with_options
from awesome_lint.diagnostic import Severity
from awesome_lint.linter.settings import Settings
from awesome_lint.rules import RULES
from awesome_lint.schema import ColumnType, Direction, SortKey
from awesome_lint.table_format.options import TableStyle
from tests.test_config import read

OPTIONS = ", ".join(rules_with_options())
TOP = (
    "extends, exclude, select, extend-select, ignore, severity, per-path-ignores, format, rules, allow, tables, links, "
    "lists, counts, siblings"
)
COLUMN = (
    "required, type, min, max, values, values-from, separator, pattern, pattern-not, message, links, unique, "
    "max-length, capital, small, final-punctuation, banned-words"
)

EVERYTHING = """\
select = ["table", "entry"]
extend-select = ["empty-link"]
ignore = ["untidy-table"]
severity = { entry = "info", duplicate-entry = "warning" }
format = { style = "aligned", max-width = 40 }
rules.duplicate-entry.cross-section = false
[[allow]]
rule = "duplicate-entry"
entry = "U-Net"
reason = "two papers"
[[tables]]
section = "Papers"
sort = ["Title", { column = "Year", direction = "descending", natural = false }]
columns.Year = { type = "year", min = 2015, max = 2030.5 }
columns.Added = { type = "date", min = 2015-01-31 }
[[lists]]
section = ["Tools", "!Old*"]
description.max-length = 100
"""
FAULTY = """\
severty = { link = "info" }
select = ["link", "tabel"]
ignore = "link"
[format]
style = "alinged"
[severity]
link = 3
[rules.empty-link]
[rules.untidy-table]
[rules.duplicate-entrie]
[[allow]]
rule = "link"
entry = "x"
[[tables]]
columns."Paper Title" = { typ = "text", required = 1 }
[[tables]]
[tables.columns.Year]
type = "yaer"
min = "2015"
"""


def faults(text: str) -> list[str]:
    with pytest.raises(ConfigurationError) as caught:
        read(text)
    return caught.value.messages


def test_every_setting_arrives() -> None:
    settings = settings_for(read(EVERYTHING), None, None)
    assert settings.select == {"table", "entry"}
    assert settings.extend == {"empty-link"}
    assert settings.ignore == {"untidy-table"}
    severities = {rule.name: settings.severity_of(rule, rule.name) for rule in RULES if rule.group == "entry"}
    assert severities.pop("duplicate-entry") is Severity.WARNING
    assert {*severities.values()} == {Severity.INFO}
    assert settings.options["untidy-table"].max_width == 40
    assert settings.options["duplicate-entry"].cross_section is False
    assert settings.allowances[0].entry == "U-Net"
    (table,) = settings.schemas.tables
    assert table.sort_keys == (
        SortKey(column="Title"),
        SortKey(column="Year", direction=Direction.DESCENDING, natural=False),
    )
    assert table.columns["Year"].type is ColumnType.YEAR
    assert table.columns["Year"].min == 2015
    assert str(table.columns["Added"].min) == "2015-01-31"
    (bullets,) = settings.schemas.lists
    assert bullets.section == ("Tools", "!Old*")
    assert bullets.description.max_length == 100


def test_an_empty_configuration_changes_nothing() -> None:
    settings, default = settings_for(read(""), None, None), Settings()
    assert (settings.select, settings.ignore, settings.severities) == (frozenset(), frozenset(), {})
    assert settings.schemas == default.schemas


def test_every_fault_is_told_with_its_place() -> None:
    assert faults(FAULTY) == [
        f"{FILE_NAME}:{message}"
        for message in [
            f"1:1: severty: unknown key; did you mean severity? Allowed are: {TOP}",
            '2:19: select: there is no rule or group "tabel"; did you mean table?',
            "3:1: ignore: must be an array, not a string",
            f'5:1: format.style: "alinged" is not allowed; did you mean aligned? Allowed are: {", ".join(TableStyle)}',
            "7:1: severity.link: must be one of error, warning, info, not an integer",
            f"8:8: rules.empty-link: this rule has no options; allowed are: {OPTIONS}",
            "9:8: rules.untidy-table: the options of this rule belong under [format]",
            '10:8: rules.duplicate-entrie: there is no rule or group "duplicate-entrie"; did you mean duplicate-entry?',
            "11:1: allow: the key reason is missing",
            f'15:27: tables.columns."Paper Title".typ: unknown key; did you mean type? Allowed are: {COLUMN}',
            '15:41: tables.columns."Paper Title".required: must be true or false, not an integer',
            '18:1: tables.columns.Year.type: "yaer" is not allowed; did you mean year? Allowed are: '
            + ", ".join(ColumnType),
            "19:1: tables.columns.Year.min: must be a number or a date, not a string",
        ]
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("columns.Y = { min = 3 }", "2:15: tables.columns.Y.min: needs a type that can be ordered: year, date, number"),
        ("columns.Y = { type = 'date', min = 3 }", "2:30: tables.columns.Y.min: must be a date, as the type says"),
        (
            "columns.Y = { type = 'year', max = 2015-01-01 }",
            "2:30: tables.columns.Y.max: must be a number, as the type says",
        ),
        ("columns.Y = { type = 'year', min = nan }", "2:30: tables.columns.Y.min: must be a number"),
        ("columns.Y = { type = 'year', min = 1e999 }", "2:30: tables.columns.Y.min: must be a number"),
        ("min-rows = 0xffffffffffffffff", "2:1: tables.min-rows: must be a number of at most 15 digits"),
        (
            "columns.Y = { type = 'year', min = 3, max = 2 }",
            "2:39: tables.columns.Y.max: must not be less than min",
        ),
        ("columns.Y.pattern = '('", "2:11: tables.columns.Y.pattern: is not a regular expression: missing ): ("),
        (
            "columns.Y.pattern = '(?=a)'",
            "2:11: tables.columns.Y.pattern: is not a regular expression: invalid perl operator: (?=",
        ),
        ("columns.Y.separator = ''", "2:11: tables.columns.Y.separator: must not be empty"),
        ("columns.Y.max-length = 0", "2:11: tables.columns.Y.max-length: must be more than 0"),
        ("columns.Y.banned-words = [' ']", "2:11: tables.columns.Y.banned-words: must not contain an empty text"),
        ("min-rows = -1", "2:1: tables.min-rows: must be more than 0"),
        ("placeholder = '|'", "2:1: tables.placeholder: must be plain text in one line, without | \\ ` [ ] <"),
        ('placeholder = "\\n"', "2:1: tables.placeholder: must be plain text in one line, without | \\ ` [ ] <"),
        ("placeholder = '<br>'", "2:1: tables.placeholder: must be plain text in one line, without | \\ ` [ ] <"),
        ("placeholder = ' - '", "2:1: tables.placeholder: must not begin or end with a space"),
        ("sort = [3]", "2:9: tables.sort: must be a string or a table, not an integer"),
        ("columns.Y.min = 1979-05-27T07:32:00", "2:11: tables.columns.Y.min: must be a number or a date, not a time"),
    ],
)
def test_what_makes_no_sense_in_a_table(text: str, message: str) -> None:
    assert faults(f"[[tables]]\n{text}\n") == [f"{FILE_NAME}:{message}"]


def test_what_makes_no_sense_elsewhere() -> None:
    assert faults('[[lists]]\nsort = ["Name"]\n') == [
        f"{FILE_NAME}:2:1: lists.sort: bullets have no 'Name': name, description, url"
    ]
    for separator in ('"|"', '"\\n"', "'`'"):
        message = "must be plain text in one line, without | \\ ` [ ] <"
        assert faults(f"[[lists]]\nseparator = {separator}") == [f"{FILE_NAME}:2:1: lists.separator: {message}"]
    assert faults('[[lists]]\nseparator = ""') == [f"{FILE_NAME}:2:1: lists.separator: must not be empty"]
    assert faults('[[lists]]\nseparator = " - "') == [
        f"{FILE_NAME}:2:1: lists.separator: must not begin or end with a space"
    ]
    assert faults('[[allow]]\nrule = "link"\nreason = "x"') == [
        f"{FILE_NAME}:2:1: allow.rule: is not enough: add entry, text or section"
    ]
    assert faults('[[allow]]\nrule = "link"\nentry = "x"\nreason = " "') == [
        f"{FILE_NAME}:4:1: allow.reason: must say why"
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = ", "1:5: is not valid TOML: invalid value"),
        ("a = 1\na = 2\n", "2:6: is not valid TOML: cannot overwrite a value"),
        ("a = [\n1,\n", "3:1: is not valid TOML: invalid value"),
    ],
)
def test_what_is_no_toml(text: str, message: str) -> None:
    assert faults(text) == [f"{FILE_NAME}:{message}"]


def test_a_number_that_python_does_not_read() -> None:
    (fault,) = faults(f"a = {'9' * 5000}")
    assert fault.startswith(f"{FILE_NAME}: is not valid TOML: Exceeds the limit (4300 digits)")


@pytest.mark.parametrize("text", [f"a{'.a' * 200_000} = 1", f"a = {'[' * 5_000}", f"[{'a.' * 200_000}a]"])
def test_deep_nesting_is_refused_at_once(text: str) -> None:
    assert faults(text) == [f"{FILE_NAME}: is nested too deeply"]


_json = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3000) | st.text(max_size=5) | st.sampled_from(["link", "year", "name"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["select", "severity", "tables", "lists", "columns", "type", "sort", "column", "allow", "rules"]
            )
            | st.text(max_size=3),
            inner,
            max_size=3,
        )
    ),
    max_leaves=10,
)


@given(
    st.dictionaries(
        st.sampled_from(["select", "ignore", "severity", "tables", "lists", "allow", "format", "rules"]), _json
    )
)
def test_any_data_is_read_or_refused(data: dict[str, Any]) -> None:
    from awesome_lint.config.reading import Fault, read_data

    found = read_data(data)
    assert isinstance(found, Configuration) or (found and all(isinstance(fault, Fault) for fault in found))

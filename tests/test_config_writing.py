"""Configurations as text: what is written is read again."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from awesome_lint.config.finding import parse_configuration
from awesome_lint.config.loading import load
from awesome_lint.config.model import Configuration, RuleOptions
from awesome_lint.config.writing import to_toml
from awesome_lint.diagnostic import RuleName, Severity
from awesome_lint.linter.allowance import Allowance
from awesome_lint.rules import rule_names
from awesome_lint.rules.duplicate_entry import Options
from awesome_lint.schema import (
    ColumnSchema,
    ColumnType,
    DescriptionSchema,
    Direction,
    FinalPunctuation,
    Layout,
    LinkCount,
    ListSchema,
    NameStyle,
    SortKey,
    TableSchema,
    ValuesFrom,
    is_plain,
)
from awesome_lint.table_format.options import TableForm, TableStyle

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
words = texts.filter(lambda text: text.strip())
plain = words.filter(is_plain)
names = st.sampled_from(rule_names()).map(RuleName)
counts = st.none() | st.integers(1, 500)


def several(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=3).map(tuple)


keys = st.builds(SortKey, column=words, direction=st.sampled_from(Direction), case=st.booleans(), natural=st.booleans())
style: dict[str, Any] = {
    "max_length": counts,
    "capital": st.booleans(),
    "final_punctuation": st.none() | st.sampled_from(FinalPunctuation),
    "banned_words": several(words),
}
columns = st.builds(
    ColumnSchema,
    **style,
    required=st.booleans(),
    type=st.none() | st.sampled_from(ColumnType),
    values=several(texts),
    values_from=st.none() | st.sampled_from(ValuesFrom),
    separator=words | several(words),
    pattern=st.none() | st.sampled_from([r"\d+", '"', "a|b\\\\"]),
    links=st.none() | st.sampled_from(LinkCount),
    unique=st.booleans(),
) | st.one_of(
    st.builds(ColumnSchema, type=st.just(ColumnType.DATE), min=st.none() | st.dates(date(1000, 1, 1))),
    st.builds(
        ColumnSchema,
        type=st.just(ColumnType.NUMBER),
        max=st.integers(-(10**15) + 1, 10**15 - 1) | st.floats(allow_nan=False, allow_infinity=False),
    ),
)
sections = texts | several(texts)
tables = st.builds(
    TableSchema,
    section=sections,
    header=several(texts),
    layout=st.sampled_from(Layout),
    columns=st.dictionaries(texts, columns, max_size=3),
    sort=several(words | keys),
    min_rows=counts,
    placeholder=st.none() | st.just("") | plain,
)
parts = st.sampled_from(["name", "description", "url"])
lists = st.builds(
    ListSchema,
    section=sections,
    name=st.none() | st.sampled_from(NameStyle),
    links=st.none() | st.sampled_from(LinkCount),
    separator=st.none() | plain,
    description=st.builds(DescriptionSchema, **style, required=st.booleans()),
    sort=several(parts | st.builds(SortKey, column=parts, direction=st.sampled_from(Direction))),
    min_items=counts,
)
configurations = st.builds(
    Configuration,
    select=several(names),
    ignore=several(names),
    severity=st.dictionaries(names, st.sampled_from(Severity), max_size=2),
    per_path_ignores=st.dictionaries(texts, several(names), max_size=2),
    format=st.builds(TableForm, st.sampled_from(TableStyle), counts),
    rules=st.sampled_from([RuleOptions({}), RuleOptions({"duplicate-entry": Options(cross_section=False)})]),
    allow=several(st.builds(Allowance, rule=names, reason=words, entry=texts, text=st.none() | texts)),
    tables=several(tables),
    lists=several(lists),
)


@given(configurations)
def test_what_is_written_is_read_again(configuration: Configuration) -> None:
    assert load(parse_configuration(to_toml(configuration))) == configuration


def test_remarks_stand_above_what_they_are_about() -> None:
    configuration = Configuration(
        ignore=(RuleName("link"),),
        tables=(
            TableSchema(
                columns={
                    "Paper Title": ColumnSchema(required=True),
                    "Year": ColumnSchema(type=ColumnType.YEAR, min=2015),
                    "Venue": ColumnSchema(values=tuple(f"Conference number {n}" for n in range(8))),
                }
            ),
        ),
        lists=(ListSchema(),),
    )
    remarks = {
        ("ignore",): "Why\n\nnot?\x00",
        ("tables", 0): "All tables",
        ("tables", 0, "columns", "Year"): "40 of 41 rows",
        ("lists", 0): "Nothing yet",
    }
    venues = ", ".join(f'"Conference number {n}"' for n in range(8))
    text = to_toml(configuration, remarks)
    assert text == (
        '# Why\n#\n# not?\nignore = ["link"]\n'
        "\n# All tables\n[[tables]]\n"
        "\n[tables.columns]\n"
        '"Paper Title" = { required = true }\n'
        '# 40 of 41 rows\nYear = { type = "year", min = 2015 }\n'
        "\n[tables.columns.Venue]\n"
        f"values = [{venues}]\n"
        "\n# Nothing yet\n[[lists]]\n"
    )
    assert load(parse_configuration(text)) == configuration

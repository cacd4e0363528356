"""Configuration files: where they are found, how they are read, what is said about faults, and what they change."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awesome_lint.config.finding import (
    FILE_NAME,
    ConfigurationError,
    find_configuration,
    parse_configuration,
    read_configuration,
)
from awesome_lint.config.loading import load, settings_for
from awesome_lint.config.model import Configuration
from awesome_lint.config.places import KeyPath, find_places, longest_key
from awesome_lint.config.reading import rules_with_options
from awesome_lint.diagnostic import Severity
from awesome_lint.files.reading import UnusableFileError
from awesome_lint.linter.settings import Settings
from awesome_lint.rules import RULES
from awesome_lint.schema import ColumnType, Direction, SortKey
from awesome_lint.source import Position
from tests.environment import unmeasured
from tests.test_cli import complaint, run

LIST = """\
# Papers

| Title | Year |
| --- | --- |
| [Alpha](https://example.org/a) | 2016 |
| [Beta]() | 2017 |
"""


OPTIONS = ", ".join(rules_with_options())
TOP = "select, extend-select, ignore, severity, per-path-ignores, format, rules, allow, tables, links, lists"
COLUMN = (
    "required, type, min, max, values, values-from, separator, pattern, links, unique, max-length, capital, "
    "final-punctuation, banned-words"
)


def read(text: str) -> Configuration:
    return load(parse_configuration(text))


def faults(text: str) -> list[str]:
    with pytest.raises(ConfigurationError) as caught:
        read(text)
    return caught.value.messages


# --- The places of keys ---------------------------------------------------------------------------------------------

TOML = '''\
# a comment with = and [brackets]
select = ["a", "b = c",  # "d"
          """e
f = 1""", 'g']
"quoted \\u00e9 key".dotted = { x = 1, "y z" = [ { q = 1.5 }, {} ], w = {} }
[tables . columns.'Paper Title']
type = "text" # end
min = 1979-05-27 07:32:00
[[lists]]
name = \'\'\'
a ] b
\'\'\'
[lists.description]
required = true
[[lists]]
[[lists.sort]]
column = "name"
'''


def test_places() -> None:
    places = {path: (place.line, place.column) for path, place in find_places(TOML).items()}
    assert places["select",] == (2, 1)
    assert places["select", 1] == (2, 16)
    assert places["select", 2] == (3, 11)
    assert places["select", 3] == (4, 11)
    assert places["quoted é key",] == (5, 1)
    assert places["quoted é key", "dotted", "y z", 0, "q"] == (5, 51)
    assert places["tables", "columns", "Paper Title"] == (6, 19)
    assert places["tables", "columns", "Paper Title", "min"] == (8, 1)
    assert places["lists", 0] == (9, 1)
    assert places["lists", 0, "description", "required"] == (14, 1)
    assert places["lists", 1, "sort", 0, "column"] == (17, 1)


def paths_of(value: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    """The paths of all that is in *value*."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        yield (*path, key)
        yield from paths_of(item, (*path, key))


def test_places_of_all_that_the_parser_finds() -> None:
    assert set(find_places(TOML)) == set(paths_of(tomllib.loads(TOML)))


_words = st.text("abé-", min_size=1, max_size=3)
_texts = st.text("a\"\\\n=[]{}#,. '", max_size=6)
_keys = _words.filter(str.isascii) | _texts.map(lambda text: '"' + escape(text) + '"')
_values = st.recursive(
    st.sampled_from(["1", "true", "1.5", "1979-05-27", "1979-05-27 07:32:00", '"""a\n"" b"""', "'''\n'x'''", "'#='"])
    | _texts.map(lambda text: '"' + escape(text) + '"'),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[ {', '.join(items)}\n]")
        | st.lists(inner, max_size=3).map(
            lambda items: f"{{ {', '.join(f'k{n}.x = {item}' for n, item in enumerate(items))} }}"
        )
    ),
    max_leaves=6,
)
_lines = (
    st.tuples(_keys, _values).map(lambda pair: f"{pair[0]} = {pair[1]} # = x")
    | st.tuples(_keys, _keys, _values).map(lambda three: f"{three[0]}.{three[1]} = {three[2]}")
    | st.tuples(_keys, _keys).map(lambda pair: f"[{pair[0]} . {pair[1]}]")
    | _keys.map("[[{}]]".format)
    | st.tuples(_keys, _keys).map(lambda pair: f"[[{pair[0]}.{pair[1]}]]")
)


def escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


@given(st.lists(_lines, max_size=8).map("\n".join))
def test_places_of_any_valid_text(text: str) -> None:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    places = find_places(text)
    assert set(paths_of(data)) == set(places)
    assert len(set(places.values())) >= len({path for path in places if isinstance(path[-1], str)}) // 2


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("a = 1.5", 2),
        ("[a.b . c]", 3),
        ("a.'b.c.d'.e = 1", 3),
        ('x = "a.b.c.d"', 1),
        ("# a.b.c", 0),
        ("..", 2),
    ],
)
def test_longest_key(text: str, length: int) -> None:
    assert longest_key(text) == length


# --- Reading --------------------------------------------------------------------------------------------------------


def test_all_that_is_said_arrives() -> None:
    settings = settings_for(
        read(
            """
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
        ),
        None,
        None,
    )
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


def test_nothing_said_changes_nothing() -> None:
    settings, default = settings_for(read(""), None, None), Settings()
    assert (settings.select, settings.ignore, settings.severities) == (frozenset(), frozenset(), {})
    assert settings.schemas == default.schemas


def test_every_fault_is_told_with_its_place() -> None:
    assert faults(
        """\
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
    ) == [
        f"{FILE_NAME}:{message}"
        for message in [
            f"1:1: severty: unknown key; did you mean severity? Allowed are: {TOP}",
            '2:19: select: there is no rule or group "tabel"; did you mean table?',
            "3:1: ignore: must be an array, not a text in quotes",
            '5:1: format.style: "alinged" is not allowed; did you mean aligned? Allowed are: compact, aligned',
            "7:1: severity.link: must be one of error, warning, info, not a whole number",
            f"8:8: rules.empty-link: this has no options; allowed are: {OPTIONS}",
            "9:8: rules.untidy-table: the options of this rule stand under [format]",
            '10:8: rules.duplicate-entrie: there is no rule or group "duplicate-entrie"; did you mean duplicate-entry?',
            "11:1: allow: the key reason is missing",
            f'15:27: tables.columns."Paper Title".typ: unknown key; did you mean type? Allowed are: {COLUMN}',
            '15:41: tables.columns."Paper Title".required: must be true or false, not a whole number',
            '18:1: tables.columns.Year.type: "yaer" is not allowed; did you mean year? Allowed are: '
            + ", ".join(ColumnType),
            "19:1: tables.columns.Year.min: must be a number or a date, not a text in quotes",
        ]
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("columns.Y = { min = 3 }", "2:15: tables.columns.Y.min: needs a type with an order: year, date, number"),
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
        ("columns.Y.pattern = '('", "2:11: tables.columns.Y.pattern: is no regular expression: missing ): ("),
        (
            "columns.Y.pattern = '(?=a)'",
            "2:11: tables.columns.Y.pattern: is no regular expression: invalid perl operator: (?=",
        ),
        ("columns.Y.separator = ''", "2:11: tables.columns.Y.separator: must not be empty"),
        ("columns.Y.max-length = 0", "2:11: tables.columns.Y.max-length: must be more than 0"),
        ("columns.Y.banned-words = [' ']", "2:11: tables.columns.Y.banned-words: must not hold an empty text"),
        ("min-rows = -1", "2:1: tables.min-rows: must be more than 0"),
        ("placeholder = '|'", "2:1: tables.placeholder: must be plain text in one line, without | \\ ` [ ] <"),
        ('placeholder = "\\n"', "2:1: tables.placeholder: must be plain text in one line, without | \\ ` [ ] <"),
        ("placeholder = '<br>'", "2:1: tables.placeholder: must be plain text in one line, without | \\ ` [ ] <"),
        ("placeholder = ' - '", "2:1: tables.placeholder: must not begin or end with a space"),
        ("sort = [3]", "2:9: tables.sort: must be a text in quotes or a table, not a whole number"),
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
        f"{FILE_NAME}:2:1: allow.rule: is all there is: say which finding, by entry, text or section"
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


# --- Finding --------------------------------------------------------------------------------------------------------


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository within a folder that has a configuration, which is none of its business."""
    (tmp_path / FILE_NAME).write_text('ignore = ["link"]')
    top = tmp_path / "top"
    (top / ".git").mkdir(parents=True)
    (top / "docs" / "deep").mkdir(parents=True)
    return top


def found_in(folder: Path) -> Path | None:
    found = find_configuration(folder)
    return found.folder if found else None


def test_the_nearest_configuration_counts(repository: Path) -> None:
    deep = repository / "docs" / "deep"
    assert found_in(deep) is None
    (repository / FILE_NAME).touch()
    assert found_in(deep) == repository
    (repository / "docs" / "pyproject.toml").write_text("[tool.other]")
    assert found_in(deep) == repository
    (repository / "docs" / "pyproject.toml").write_text("[tool.awesome-lint]")
    assert found_in(deep) == repository / "docs"
    (repository / "docs" / FILE_NAME).touch()
    found = find_configuration(deep)
    assert found
    assert found.section == ()


def test_without_a_repository_all_folders_are_searched(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / FILE_NAME).touch()
    assert found_in(tmp_path / "a" / "b") == tmp_path


def test_project_file(repository: Path) -> None:
    file = repository / "pyproject.toml"
    file.write_text('[project]\nname = "x"\n\n[tool.awesome-lint]\nignore = ["table", "lnik"]\n')
    with pytest.raises(ConfigurationError, match=r'pyproject.toml:5:20: ignore: there is no rule or group "lnik"'):
        load(read_configuration(file))
    file.write_text('[project]\nname = "awesome-lint"\n')
    with pytest.raises(UnusableFileError, match=r"has no section \[tool.awesome-lint\]"):
        read_configuration(file)
    assert found_in(repository) is None
    file.write_text("tool = 3 # awesome-lint")
    assert found_in(repository) is None
    file.write_text("[[this is no TOML")
    assert found_in(repository) is None
    file.write_text("[[this is no TOML\n[tool.awesome-lint]")
    with pytest.raises(ConfigurationError, match="is not valid TOML"):
        find_configuration(repository)


def test_line_endings_and_a_byte_order_mark_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    file.write_bytes('\ufeffignore = [\r\n  "lnik",\r\n]\r\n'.encode())
    with pytest.raises(ConfigurationError, match=r":2:3: ignore: there is no rule"):
        load(read_configuration(file))


@pytest.mark.parametrize(
    ("data", "message"), [(b"\xff\xfe", "is not UTF-8"), (b"#" * (2**20 + 1), "is larger than 1 MB")]
)
def test_unusable_files(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / FILE_NAME).write_bytes(data)
    with pytest.raises(UnusableFileError, match=message):
        find_configuration(tmp_path)


# --- What it changes ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "ignored"),
    [
        ("README.md", set()),
        ("docs/a.md", {"link", "table"}),
        ("docs/deep/b.md", {"link", "table"}),
        ("other/a.md", {"table"}),
        ("a.md", {"table"}),
        ("README.zh.md", {"entry"}),
        ("../a.md", set()),
    ],
)
def test_ignores_of_paths(tmp_path: Path, name: str, ignored: set[str]) -> None:
    configuration = read('[per-path-ignores]\n"docs/" = ["link"]\n"[a-b].md" = ["table"]\n"/README.*.md" = ["entry"]\n')
    assert settings_for(configuration, tmp_path, tmp_path / name).ignore == ignored


@pytest.mark.parametrize(
    ("arguments", "configuration", "found"),
    [
        ([], "", {"empty-link"}),
        ([], 'ignore = ["link"]', set()),
        ([], 'select = ["table"]', set()),
        ([], 'select = ["table"]\nextend-select = ["empty-link"]', {"empty-link"}),
        (["--isolated"], 'ignore = ["link"]', {"empty-link"}),
        (["--select", "link"], 'select = ["table"]\nignore = ["link"]', {"empty-link"}),
        (["--select", "link"], 'ignore = ["empty-link"]', set()),
        (["--select", "empty-link"], 'ignore = ["empty-link"]', {"empty-link"}),
        (["--ignore", "link"], 'select = ["link"]', set()),
        ([], '[[allow]]\nrule = "empty-link"\nentry = "b*"\nreason = "soon"', set()),
        ([], '[[allow]]\nrule = "link"\ntext = "[beta]()"\nreason = "soon"', set()),
        ([], '[[allow]]\nrule = "link"\nsection = "papers"\nreason = "soon"', set()),
        ([], '[[allow]]\nrule = "link"\nsection = "papers"\nentry = "alpha"\nreason = "soon"', {"empty-link"}),
        ([], '[[allow]]\nrule = "table"\nentry = "*"\nreason = "soon"', {"empty-link"}),
    ],
)
def test_command_line_and_configuration(
    tmp_path: Path, arguments: list[str], configuration: str, found: set[str]
) -> None:
    import json

    (tmp_path / "README.md").write_text(LIST)
    (tmp_path / FILE_NAME).write_text(configuration)
    done = run(*arguments, "--format", "json", cwd=tmp_path)
    assert done.returncode == bool(found), done.stderr
    assert {finding["rule"] for finding in json.loads(done.stdout)} == found


def test_named_configuration(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(LIST)
    (tmp_path / FILE_NAME).write_text("this is not read")
    (tmp_path / "other.toml").write_text('severity.link = "warning"')
    done = run("--config", "other.toml", cwd=tmp_path)
    assert done.returncode == 0
    assert b"warning[empty-link]" in done.stdout
    assert run("--config", "other.toml", "--strict", cwd=tmp_path).returncode == 1
    assert complaint(run("--config", "none.toml", cwd=tmp_path)) == (
        "error: none.toml: cannot be read: no such file or directory"
    )
    assert "exclude each other" in complaint(run("--config", "other.toml", "--isolated", cwd=tmp_path))


def test_faults_end_the_run(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(LIST)
    (tmp_path / FILE_NAME).write_text('ignore = ["lnik", "tabel"]')
    done = run(cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.decode().splitlines() == [
        'error: .awesome-lint.toml:1:11: ignore: there is no rule or group "lnik"; did you mean link?',
        'error: .awesome-lint.toml:1:19: ignore: there is no rule or group "tabel"; did you mean table?',
    ]


def test_each_file_has_its_own_configuration(tmp_path: Path) -> None:
    for name, ignored in (("a", "link"), ("b", "table")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "README.md").write_text(LIST)
        (tmp_path / name / FILE_NAME).write_text(f'ignore = ["{ignored}"]')
    done = run(".", "--format", "concise", "-q", cwd=tmp_path)
    assert [line.partition(":")[0] for line in done.stdout.decode().splitlines()] == [str(Path("b", "README.md"))]


def test_standard_input_has_a_configuration(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / FILE_NAME).write_text('ignore = ["link"]')
    assert run("-", cwd=tmp_path, stdin=LIST.encode()).returncode == 1
    assert run("-", "--stdin-filename", "docs/x.md", cwd=tmp_path, stdin=LIST.encode()).returncode == 0
    assert run("-", cwd=tmp_path / "docs", stdin=LIST.encode()).returncode == 0


def test_allowances_that_nothing_needs_are_told(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(LIST)
    allowance = '[[allow]]\nrule = "empty-link"\nentry = "{}"\nreason = "{} is on its way"\n'
    (tmp_path / FILE_NAME).write_text(allowance.format("Beta", "Beta") + allowance.format("Gamma", "Gamma"))
    note = (
        "note: .awesome-lint.toml: nothing that was checked needs the allowance for rule 'empty-link', "
        "reason 'Gamma is on its way'\n"
    )
    done = run(cwd=tmp_path)
    assert (done.returncode, done.stderr.decode()) == (0, note)
    for option in (["--quiet"], ["--select", "table"], ["--isolated"]):
        assert run(*option, cwd=tmp_path).stderr == b""


def test_without_a_configuration_no_parser_is_loaded(tmp_path: Path) -> None:
    import subprocess
    import sys

    (tmp_path / "README.md").write_text("# List\n")
    program = (
        "import sys\nsys.argv = ['awesome-lint', 'README.md']\nfrom awesome_lint.cli import main\n"
        "try: main()\nfinally: print(sorted({'tomllib', 'awesome_lint.config.reading', 're2'} & {*sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=unmeasured(), capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_positions_are_positions() -> None:
    assert find_places("a = 1")["a",] == Position(1, 1)

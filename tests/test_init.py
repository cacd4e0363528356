"""`init`: what is inferred from lists, and what the command writes."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from awesome_lint.config.finding import FILE_NAME, parse_configuration
from awesome_lint.config.loading import load, settings_for
from awesome_lint.config.model import Configuration
from awesome_lint.config.writing import to_toml
from awesome_lint.diagnostic import Severity
from awesome_lint.inference import infer
from awesome_lint.linter.engine import lint
from awesome_lint.linter.settings import Settings
from awesome_lint.markdown import parse
from awesome_lint.schema import (
    ColumnSchema,
    ColumnType,
    Direction,
    FinalPunctuation,
    LinkCount,
    NameStyle,
    SortKey,
    TableSchema,
    ValuesFrom,
)
from awesome_lint.source import Source
from awesome_lint.table_format.options import TableStyle
from tests.program import complaint, run

WORDS = re.findall(
    r"\w+", "ant bee cat dog eel fox gnu hen ibis jay koi lynx mole newt owl pig rat seal toad vole wasp yak zho zorse"
)


def table(header: str, rows: list[str]) -> str:
    """A Markdown table; cells are separated by `|`."""
    line = "".join(f"| {name.strip()} " for name in header.split("|")) + "|"
    return "\n".join([line, "| --- " * (header.count("|") + 1) + "|", *(f"| {row} |" for row in rows)]) + "\n"


def named(words: list[str], *columns: str) -> list[str]:
    """Rows with a name, a link and *columns*, in which `{n}` is the number of the row."""
    return [
        " | ".join([f"[{word.title()}](https://example.org/{word})", *(column.format(n=n) for column in columns)])
        for n, word in enumerate(words)
    ]


def inferred(text: str) -> Configuration:
    return infer(parse(Source(text))).configuration


def the_table(text: str) -> TableSchema:
    (schema,) = inferred(text).tables
    return schema


def column(rows: list[str], name: str = "Value") -> ColumnSchema:
    """What is inferred for a second column *name* in which these values stand."""
    words = [f"{word}{number}" for number in range(9) for word in WORDS]
    cells = [f"[{word}](https://example.org/{word}) | {value}" for word, value in zip(words, rows, strict=False)]
    found = inferred(f"# List\n\n{table(f'Name | {name}', cells)}").tables
    return found[0].columns.get(name, ColumnSchema()) if found else ColumnSchema()


# --- Columns --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([str(2000 + n) for n in range(12)], ColumnType.YEAR),
        ([f"2016-0{n % 9 + 1}" for n in range(12)], ColumnType.DATE),
        ([str(n * 1000) for n in range(12)], ColumnType.NUMBER),
        (["✓", "✗"] * 6, ColumnType.BOOLEAN),
        ([f"https://example.com/{n}" for n in range(12)], ColumnType.URL),
        ([f"word {n}" for n in range(12)], None),
        ([str(2000 + n) for n in range(9)], None),
        ([str(2000 + n) for n in range(48)] + ["soon"], None),
        ([str(1970 + n) for n in range(49)] + ["soon"], ColumnType.YEAR),
        ([str(2000 + n) for n in range(12)] + ["-"] * 8, ColumnType.YEAR),
        (["✓"] * 12, None),
        ([f"[a](https://github.com/a/b{n})" for n in range(12)], None),
    ],
)
def test_type(values: list[str], kind: ColumnType | None) -> None:
    assert column(values).type is kind


def test_types_that_a_header_names() -> None:
    values = [f"[code](https://github.com/a/b{n})" for n in range(12)]
    assert column(values, "GitHub").type is ColumnType.GITHUB
    assert column(values, "Code") == ColumnSchema(required=True, links=LinkCount.SOME)


@pytest.mark.parametrize(
    ("values", "required"),
    [
        ([f"word {n}" for n in range(10)], True),
        ([f"word {n}" for n in range(9)], False),
        ([*(f"word {n}" for n in range(48)), ""], False),
        ([*(f"word {n}" for n in range(49)), ""], True),
        ([*(f"word {n}" for n in range(160)), "", "", ""], False),
        ([*(f"word {n}" for n in range(6)), *["-"] * 6], True),
        ([*(f"word {n}" for n in range(6)), *["-"] * 7], False),
    ],
)
def test_required(values: list[str], required: bool) -> None:
    assert column(values).required is required


def test_links() -> None:
    values = [f"[pdf](https://example.org/{n}.pdf)" for n in range(60)]
    assert column(values[:12]).links is LinkCount.SOME
    assert column(values).links is LinkCount.ONE
    assert column([*values, f"{values[0]} {values[1]}"]).links is LinkCount.SOME
    assert column([*values[:20], "soon"]).links is None


@pytest.mark.parametrize(
    ("values", "vocabulary", "separator"),
    [
        (["MIT", "GPL"] * 10, ("MIT", "GPL"), ()),
        (["MIT", "GPL"] * 9, (), ()),
        (["MIT", "GPL"] * 10 + ["BSD"], (), ()),
        (["MIT", "GPL"] * 20 + ["mit"], ("MIT", "GPL"), ()),
        (["US", "CT", "US, CT", "CT,US"] * 10, ("US", "CT"), ","),
        (["PET/CT", "CT", "CT/PET"] * 10, ("CT", "PET"), "/"),
        ([f"value {n % 21}" for n in range(200)], (), ()),
        (["a value that is more of a sentence", "GPL"] * 10, (), ()),
    ],
)
def test_vocabulary(values: list[str], vocabulary: tuple[str, ...], separator: str) -> None:
    found = column(values)
    assert found.values == vocabulary
    assert found.separator == separator


def test_legend() -> None:
    legend = "## Modality\n\n- US: Ultrasound\n- CT: Computed Tomography\n- MR: Magnetic Resonance\n\n"
    rows = named(WORDS, "US") + named(["zebra"], "CT+MR")
    head = f"# List\n\n{legend}## Papers\n\n"
    assert the_table(head + table("Paper | Modality", rows)).columns["Modality"] == ColumnSchema(
        required=True, values_from=ValuesFrom.LEGEND
    )
    some = named(WORDS[:6], "US") + named(WORDS[6:12], "CT, MR") + named(WORDS[12:], "X-ray")
    assert the_table(head + table("Paper | Modality", some)).columns["Modality"] == ColumnSchema(required=True)


def test_style_of_descriptions() -> None:
    values = [f"Does the {word} thing well." for word in WORDS]
    assert column(values) == ColumnSchema(required=True, capital=True, final_punctuation=FinalPunctuation.REQUIRED)
    assert column([value.rstrip(".") for value in values]).final_punctuation is FinalPunctuation.FORBIDDEN
    assert column([*values, "does the last thing"]) == ColumnSchema(required=True)
    assert column([word.title() for word in WORDS]) == ColumnSchema(required=True)


# --- Tables ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "key"),
    [
        (WORDS, "Name"),
        (WORDS[::-1], SortKey(column="Name", direction=Direction.DESCENDING)),
        ([f"v{n}" for n in range(8, 22)], "Name"),
        (sorted(f"v{n}" for n in range(8, 22)), SortKey(column="Name", natural=False)),
        ([*map(str.title, WORDS[::2]), *WORDS[1::2]], SortKey(column="Name", case=True)),
        ([*WORDS[:-1], "aardvark"], None),
        (WORDS[:8], None),
    ],
)
def test_order_of_names(names: list[str], key: str | SortKey | None) -> None:
    rows = [f"[{name}](https://example.org/{name}) | x{index % 7}" for index, name in enumerate(names)]
    found = inferred(f"# List\n\n{table('Name | Remark', [*rows])}\n{table('Name | Remark', rows[:3])}").tables
    assert found[0].sort == ((key,) if key else ())


def test_order_of_dates() -> None:
    years = [str(2019 - n // 2) for n in range(60)]
    rows = [f"[{WORDS[n * 7 % 24]}{n}](https://example.org/{n}) | {year}" for n, year in enumerate(years)]
    schema = the_table(f"# List\n\n{table('Name | Year', rows)}")
    assert schema.sort == (SortKey(column="Year", direction=Direction.DESCENDING),)
    rows[1:1] = [f"[One](https://example.org/one) | {1995 - n}" for n in range(2)]
    assert the_table(f"# List\n\n{table('Name | Year', rows)}").sort == ()


def test_placeholder() -> None:
    def found(*signs: str) -> str | None:
        rows = [
            *named(WORDS, "x{n}", "y"),
            *(f"[Z{n}](https://example.org/z{n}) | x | {s}" for n, s in enumerate(signs)),
        ]
        return the_table(f"# List\n\n{table('Name | Remark | Other', rows)}").placeholder

    assert found(*["-"] * 10) == "-"
    assert found(*[""] * 10) == ""
    assert found(*["-"] * 9) is None
    assert found(*["-"] * 50, "") is None
    assert found(*["None"] * 20) is None


def test_kinds_of_tables() -> None:
    papers = table("Name | Year", named(WORDS, "20{n:02}"))
    tools = table("Name | Year | Licence", named(WORDS[:12], "20{n:02}", "MIT"))
    few = table("Name | Price | Shop", named(WORDS[:4], "{n}", "there"))
    schemas = inferred(f"# List\n\n## Papers\n\n{papers}\n## Tools\n\n{tools}\n## Few\n\n{few}").tables
    # The first one is about both, for both have its columns.
    assert [schema.header for schema in schemas] == [("Name", "Year"), ("Name", "Year", "Licence")]
    assert schemas[0].columns["Year"].type is ColumnType.YEAR
    # The header need not be named where the columns tell the tables apart.
    assert inferred(f"# List\n\n{papers}").tables[0].header == ()
    assert inferred(f"# List\n\n{papers}\n{few.replace('Name', 'Thing')}").tables[0].header == ()
    assert inferred(f"# List\n\n{papers}\n{few}").tables[0].header == ("Name", "Year")


def test_legends_and_contents_are_no_tables_of_entries() -> None:
    rows = [f"{word[:2].upper()}{n} | {word} {word} {word}" for n, word in enumerate(WORDS)]
    assert inferred(f"# List\n\n## Abbreviations\n\n{table('Abbreviation | Meaning', rows)}").tables == ()


def test_form() -> None:
    compact = table("Name | Year", named(WORDS, "20{n:02}"))
    settings = settings_for(load(parse_configuration('format.style = "aligned"')), None, None)
    from awesome_lint.fixing import fix

    aligned = fix(Source(f"# List\n\n{compact}"), settings).source.text
    assert aligned != compact
    assert inferred(f"# List\n\n{compact}").format.style is TableStyle.COMPACT
    assert inferred(aligned).format.style is TableStyle.ALIGNED
    tight = compact.replace("| ", "|").replace(" |", "|")
    assert inferred(f"# List\n\n{tight}").format.style is TableStyle.PRESERVE
    assert inferred(f"# List\n\n{compact}\n## Other\n\n{tight}").format.style is TableStyle.PRESERVE
    assert inferred("# List\n").format.style is TableStyle.PRESERVE


def test_damaged_rows_teach_nothing() -> None:
    rows = named(WORDS, "20{n:02}")
    rows[3] = "[Dog](https://example.org/dog | 2003"
    assert the_table(f"# List\n\n{table('Name | Year', rows)}").columns["Year"].type is ColumnType.YEAR


# --- Bullets --------------------------------------------------------------------------------------------------------


def test_bullets() -> None:
    text = "# List\n\n" + "".join(
        f"- [{word}](https://example.org/{word}) - Does the {word} thing.\n" for word in WORDS
    )
    (schema,) = inferred(text).lists
    assert schema.name is NameStyle.LINK
    assert schema.separator == "-"
    assert schema.sort == ("name",)
    assert schema.description.required
    assert schema.description.capital
    assert schema.description.final_punctuation is FinalPunctuation.REQUIRED
    odd = "- Zebra (does nothing)\n- **Zorro** – does [it](https://example.org/zorro)\n- Ape https://example.org/ape\n"
    assert inferred(text + odd).lists == ()
    assert inferred("# List\n\n- [a](https://example.org/a) - Does it.\n").lists == ()


# --- What is written ------------------------------------------------------------------------------------------------


def test_remarks_say_what_it_rests_on() -> None:
    rows = [*named(WORDS, "20{n:02}", "{n}"), *(f"[Z{n}](https://example.org/z{n}) | 2017 | x" for n in range(26))]
    rows.append("[Zzz](https://example.org/zzz) |  | x")
    found = infer(parse(Source(f"# List\n\n{table('Name | Year | Paper Title', rows)}")))
    text = to_toml(found.configuration, found.remarks)
    assert text.splitlines()[:3] == [
        "[severity]",
        "# 1 exception; remove this once the list has none",
        'missing-value = "warning"',
    ]
    assert "# One table with 51 rows\n[[tables]]\n" in text
    assert "# filled in 50 of 51 cells; a year such as 2016 in all 50 cells, 2000 to 2023\nYear =" in text
    assert load(parse_configuration(text)) == found.configuration


SCHEMA_RULES = frozenset(
    ["missing-value", "invalid-value", "unsorted-entries", "too-few-entries", "entry-style", "header-drift"]
)


def test_on_real_lists(real_list: Path) -> None:
    """What is inferred can be read again, and few entries break it: those that break a convention by mistake."""
    document = parse(Source.from_bytes(real_list.read_bytes(), real_list.name))
    found = infer(document)
    configuration = load(parse_configuration(to_toml(found.configuration, found.remarks)))
    assert configuration == found.configuration
    settings = settings_for(configuration, None, None)
    errors = Counter(d.rule for d in lint(document, settings).diagnostics if d.severity is Severity.ERROR)
    assert errors <= Counter(d.rule for d in lint(document, Settings()).diagnostics if d.severity is Severity.ERROR)
    before = {(d.rule, d.span, d.entry) for d in lint(document, Settings(select=SCHEMA_RULES)).diagnostics}
    after = [d for d in lint(document, settings).diagnostics if d.rule in SCHEMA_RULES]
    new = [d for d in after if (d.rule, d.span, d.entry) not in before]
    assert len(new) <= 10, [d.message for d in new]


@pytest.mark.slow
def test_command(tmp_path: Path) -> None:
    text = "# List\n\n" + table("Name | Year", named(WORDS, "20{n:02}"))
    (tmp_path / "README.md").write_text(text, encoding="utf-8")
    done = run("init", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr.decode() == f"note: {FILE_NAME}: written; now run: awesome-lint README.md\n"
    written = (tmp_path / FILE_NAME).read_text(encoding="utf-8")
    assert "README.md" in written.splitlines()[0]
    assert 'Year = { required = true, type = "year" }' in written
    assert run(cwd=tmp_path).returncode == 0

    assert complaint(run("init", cwd=tmp_path)) == (
        f"error: {FILE_NAME}: already exists; --force overwrites it, --stdout shows the new one"
    )
    assert run("init", "--stdout", cwd=tmp_path).stdout.decode() == written
    assert run("init", "-", cwd=tmp_path, stdin=text.encode()).stdout.decode() == written.replace(
        "README.md", "the list"
    )
    (tmp_path / FILE_NAME).write_text("# nothing")
    assert run("init", "README.md", "--force", cwd=tmp_path).returncode == 0
    assert (tmp_path / FILE_NAME).read_text(encoding="utf-8") == written
    assert run("init", "-o", "other.toml", cwd=tmp_path).returncode == 0
    assert (tmp_path / "other.toml").read_text(encoding="utf-8") == written


def test_command_beside_the_list(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    rows = [*named(WORDS, "20{n:02}"), *(f"[Z{n}](https://example.org/z{n}) | 2017" for n in range(26))]
    rows.append("[Zzz](https://example.org/zzz) | ")
    (tmp_path / "docs" / "list.md").write_text(f"# List\n\n{table('Name | Year', rows)}")
    assert run("init", "docs/list.md", cwd=tmp_path).returncode == 0
    written = load(parse_configuration((tmp_path / "docs" / FILE_NAME).read_text()))
    assert written.tables
    assert written.severity == {"missing-value": Severity.WARNING}
    done = run("docs/list.md", "--select", "column", cwd=tmp_path)
    assert (done.returncode, "0 errors" in done.stdout.decode()) == (0, False), "the list has no new errors"
    assert "missing-value" in done.stdout.decode()


def test_command_says_when_there_is_nothing_to_write(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# List\n\nNothing yet.\n")
    done = run("init", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr.decode() == "note: README.md: no conventions found, so there is nothing to write\n"
    assert not (tmp_path / FILE_NAME).exists()


def test_command_refuses(tmp_path: Path) -> None:
    assert "there is no README.md" in complaint(run("init", cwd=tmp_path))
    assert "no such file" in complaint(run("init", "none.md", cwd=tmp_path))
    assert "inferred from a single file" in complaint(run("init", ".", cwd=tmp_path))
    assert not (tmp_path / FILE_NAME).exists()

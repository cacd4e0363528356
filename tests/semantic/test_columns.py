import pytest

from awesome_lint.markdown import parse
from awesome_lint.semantic.columns import Usage, Vocabulary, find_columns, is_nothing
from awesome_lint.source import Source

NAMES = Vocabulary(["CNN", "FCN", "US", "CT", "PET", "MRI", "H&E", "RGB", "Apache 2.0"])


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        ("CNN", {"CNN": "CNN"}),
        ("cnn", {"cnn": "CNN"}),
        ("CNNs", {"CNNs": "CNN"}),
        ("CNN+RNN", {"CNN": "CNN", "RNN": None}),
        ("FCN + CNN", {"FCN": "FCN", "CNN": "CNN"}),
        ("MRI, US, CT", {"MRI": "MRI", "US": "US", "CT": "CT"}),
        ("PET/CT", {"PET": "PET", "CT": "CT"}),
        ("US and CT", {"US": "US", "CT": "CT"}),
        ("H&E, H&E", {"H&E": "H&E"}),
        ("Diffusion MRI", {"Diffusion MRI": "MRI"}),
        ("CS-MRI", {"CS-MRI": None}),
        ("3D-CNN, 3D-CAE", {"3D-CNN": None, "3D-CAE": None}),
        ("RGB (Microscopy)", {"RGB": "RGB"}),
        ("Apache 2.0 with limits", {"Apache 2.0 with limits": "Apache 2.0"}),
        ("", {}),
        ("-", {}),
        ("N/A", {}),
        ("TBD", {}),
        ("CNN, -", {"CNN": "CNN"}),
        ("A sentence that goes on and on, and names CNN on its long, long way", {}),
    ],
)
def test_parts(value: str, parts: dict[str, str | None]) -> None:
    assert dict(NAMES.parts(value)) == parts


@pytest.mark.parametrize("value", ["", " ", "-", "--", "—", "/", "N/A", "n.a.", "none", "?", "…", "无"])
def test_nothing(value: str) -> None:
    assert is_nothing(value)


def test_columns_of_one_name_are_one() -> None:
    text = (
        "| Name | J/C |\n| --- | --- |\n| A | X |\n| B |\n| C [pdf](http://a | Y |\n\n"
        "text\n\n| j/c | Year |\n| --- | --- |\n| Z | 2020 |\n"
    )
    document = parse(Source(text))
    columns = {column.header: [value.text for value in column.values] for column in find_columns(document)}
    assert columns == {"Name": ["A"], "J/C": ["X", "Y", "Z"], "Year": ["2020"]}
    assert [column.header for column in find_columns(document, without=[document.tables[0].span])] == ["j/c", "Year"]


def test_repaired_rows_count_as_repaired() -> None:
    text = "Name | J/C | Year\n--- | --- | ---\nA | X | 2020\nB | Y 2021\n"
    document = parse(Source(text))
    damaged = document.tables[0].rows[1].span
    columns = find_columns(document, repaired={damaged: "B | Y | 2021"})
    assert [(value.text, value.span) for value in columns[1].values][1] == ("Y", damaged)


def test_rows_that_were_cut_off_count() -> None:
    document = parse(Source("| A | B |\n| --- | --- |\n| one | x |\n\n| two | y |\n"))
    assert [[value.text for value in column.values] for column in find_columns(document)] == [
        ["one", "two"],
        ["x", "y"],
    ]


def test_usage_takes_compounds_apart() -> None:
    document = parse(Source("| A | B |\n| --- | --- |\n| US, CT | x |\n| CNN+RNN (deep) | CT scan |\n"))
    usage = Usage(find_columns(document))
    found = {column.header: count for column, count in usage.of(["US", "CT", "CNN", "GAN"])}
    assert found == {"A": 3, "B": 1}

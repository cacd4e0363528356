from collections.abc import Sequence

import pytest

from awesome_lint.markdown import parse
from awesome_lint.semantic.columns import Column, complete_columns, find_columns
from awesome_lint.semantic.vocabulary import Usage, Vocabulary
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


def texts_of(columns: Sequence[Column]) -> dict[str, list[str]]:
    return {column.header: [cell.text for cell in column.cells] for column in columns}


def test_columns_of_one_name_are_one() -> None:
    text = (
        "| Name | J/C |\n| --- | --- |\n| A | X |\n| B |\n| C [pdf](http://a | Y |\n\n"
        "text\n\n| j/c | Year |\n| --- | --- |\n| Z | 2020 |\n"
    )
    document = parse(Source(text))
    columns = find_columns(document)
    assert texts_of(columns) == {"Name": ["A", "C [pdf](http://a"], "J/C": ["X", "Y", "Z"], "Year": ["2020"]}
    certain = complete_columns(columns, document)
    assert texts_of(certain) == {"Name": ["A"], "J/C": ["X", "Y", "Z"], "Year": ["2020"]}
    others = complete_columns(columns, document, without=[document.tables[0].span])
    assert texts_of(others) == {"j/c": ["Z"], "Year": ["2020"]}


def test_repaired_rows_count_as_repaired() -> None:
    text = "Name | J/C | Year\n--- | --- | ---\nA | X | 2020\nB | Y 2021\n"
    document = parse(Source(text))
    damaged = document.tables[0].rows[1].span
    columns = complete_columns(find_columns(document), document, repaired={damaged: "B | Y | 2021"})
    assert [(cell.text, cell.span) for cell in columns[1].cells][1] == ("Y", damaged)


def test_a_repaired_row_counts_once() -> None:
    document = parse(Source("| Name | J/C |\n| --- | --- |\n| A [x](http://a.org | X |\n"))
    damaged = document.tables[0].rows[0].span
    columns = complete_columns(find_columns(document), document, repaired={damaged: "| A | Y |"})
    assert texts_of(columns) == {"Name": ["A"], "J/C": ["Y"]}


def test_rows_that_were_cut_off_count() -> None:
    document = parse(Source("| A | B |\n| --- | --- |\n| one | x |\n\n| two | y |\n"))
    columns = find_columns(document)
    assert texts_of(columns) == {"A": ["one"], "B": ["x"]}
    assert texts_of(complete_columns(columns, document)) == {"A": ["one", "two"], "B": ["x", "y"]}


def test_usage_takes_compounds_apart() -> None:
    document = parse(Source("| A | B |\n| --- | --- |\n| US, CT | x |\n| CNN+RNN (deep) | CT scan |\n"))
    usage = Usage(find_columns(document))
    found = {column.header: count for column, count in usage.of(["US", "CT", "CNN", "GAN"])}
    assert found == {"A": 3, "B": 1}

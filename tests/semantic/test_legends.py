import pytest

from awesome_lint.markdown import parse
from awesome_lint.semantic.legends import Legend, is_abbreviation, names_match
from awesome_lint.semantic.model import ListModel
from awesome_lint.source import Source


def legends_of(text: str) -> tuple[Legend, ...]:
    return ListModel(parse(Source(text))).legends


def names_of(text: str) -> list[list[str]]:
    return [[abbreviation.name for abbreviation in legend.abbreviations] for legend in legends_of(text)]


@pytest.mark.parametrize(
    "items",
    [
        "- NN: Neural Networks\n- CNN: Convolutional\n- H&E: Histology\n",
        "* **NN** - Neural Networks\n* **CNN** – Convolutional\n* **H&E** — Histology\n",
        "1. NN = Neural Networks\n2. CNN = Convolutional\n3. H&E = Histology\n",
        "- `NN`: [Neural Networks](http://nn.org)\n- `CNN`: Convolutional\n- `H&E`: Histology\n",
        "## Glossary\n\n- Neural Networks (NN)\n- Convolutional Neural Networks (CNN)\n- Hematoxylin & Eosin (H&E)\n",
        "| Abbreviation | Full name |\n| --- | --- |\n| NN | Neural |\n| CNN | Convolutional |\n| H&E | Histology |\n",
    ],
)
def test_shapes(items: str) -> None:
    assert names_of(items) == [["NN", "CNN", "H&E"]]


def test_both_names_are_defined_where_they_stand() -> None:
    text = "- MR/MRI: Magnetic Resonance Imaging\n- US: Ultrasound\n- CT: Computed Tomography\n"
    (legend,) = legends_of(text)
    assert [(a.name, text[a.span.start : a.span.end]) for a in legend.abbreviations[:2]] == [
        ("MR", "MR"),
        ("MRI", "MRI"),
    ]
    assert {a.meaning for a in legend.abbreviations[:2]} == {"Magnetic Resonance Imaging"}


@pytest.mark.parametrize(
    ("above", "label"),
    [
        ("*Imaging Modality:*\n\n", "Imaging Modality"),
        ("The techniques are:\n", "The techniques are"),
        ("# Shortcuts\n\n", "Shortcuts"),
        ("# Shortcuts\n\nSome words about them.\n\n", "Shortcuts"),
        ("**[back to top](#top)**\n\n", ""),
        ("", ""),
    ],
)
def test_label(above: str, label: str) -> None:
    (legend,) = legends_of(f"{above}- NN: Neural\n- CNN: Convolutional\n- RNN: Recurrent\n")
    assert legend.label == label


def test_nested_list_is_labelled_by_its_parent() -> None:
    (legend,) = legends_of("- Technique\n  - NN: Neural\n  - CNN: Convolutional\n  - RNN: Recurrent\n")
    assert legend.label == "Technique"


@pytest.mark.parametrize(
    "text",
    [
        "- [AWS](http://a.org): Clouds\n- [GCP](http://g.org): Clouds\n- [IBM](http://i.org): Clouds\n",
        "- GAN-X - [A title](http://a.org)\n- GAN-Y - [A title](http://b.org)\n- GAN-Z - [A title](http://c.org)\n",
        "- Ann Alpha (MIT)\n- Bob Beta (ETH)\n- Cid Gamma (UCL)\n",
        "- Be kind: please\n- Be short: please\n- Be sorted: please\n",
        "- @one: news\n- @two: more\n- ABC: most\n",
        "- NN: Neural\n- CNN: Convolutional\n",
        "| Name | Text |\n| --- | --- |\n| AFL | A fuzzer |\n| GDB | A debugger |\n",
    ],
)
def test_what_is_no_legend(text: str) -> None:
    assert not legends_of(text)


def test_a_column_proves_linked_definitions_and_bracketed_names() -> None:
    table = "\n| Model | License |\n| --- | --- |\n| A | MIT |\n| B | Apache 2.0 |\n| C | BSD |\n"
    licences = (
        "## Licences\n\n- [Apache 2.0](http://a.org): Do.\n- [MIT](http://m.org): Do.\n- [GPL](http://g.org): Do.\n"
    )
    assert names_of(licences + table) == [["Apache 2.0", "MIT", "GPL"]]
    assert names_of(licences.replace("Licences", "Tools") + table) == []
    people = "- Apache licence (AL)\n- Institute licence (MIT)\n- Berkeley licence (BSD)\n"
    assert names_of(people + table) == [["AL", "MIT", "BSD"]]


def test_tables_that_a_column_proves() -> None:
    eyes = "| Eyes | Countries |\n| --- | --- |\n| 5 | UK, USA |\n| 9 | France |\n\n"
    assert names_of(eyes + "| Name | Eyes |\n| --- | --- |\n| Alpha | 5 |\n| Beta | 9 |\n") == [["5", "9"]]
    lying = "| Type | G | RL |\n| --- | --- | --- |\n| Explanation | gradient | reinforcement |\n\n"
    assert names_of(lying + "| Name | Type |\n| --- | --- |\n| Alpha | G |\n| Beta | RL |\n") == [["G", "RL"]]
    assert names_of(lying + "| Name | Kind |\n| --- | --- |\n| Alpha | G |\n| Beta | RL |\n") == []


@pytest.mark.parametrize("name", ["NN", "H&E", "MedIA", "IEEE-TMI", "3D-CNN", "U-Net", "CC BY-SA"])
def test_abbreviation(name: str) -> None:
    assert is_abbreviation(name)


@pytest.mark.parametrize("name", ["Note", "2015", "-", "", "see below", "A rather Long Name", "@ABC", "x"])
def test_no_abbreviation(name: str) -> None:
    assert not is_abbreviation(name)


def test_labels_and_headers() -> None:
    assert names_match("Imaging Modality", "Modality")
    assert names_match("Deep Learning Techniques", "Technique")
    assert names_match("List of Journals / Conferences (J/C)", "J/C")
    assert names_match("What do the licences mean?", "License")
    assert not names_match("Deep Learning Techniques", "Area")
    assert not names_match("", "")

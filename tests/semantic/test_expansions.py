"""What an abbreviation stands for, where the list spells it out."""

from __future__ import annotations

from pathlib import Path

import pytest

from awesome_lint import fix
from awesome_lint.semantic.expansions import find_expansion


@pytest.mark.parametrize(
    ("name", "text", "meaning"),
    [
        ("GAN", "Generative Adversarial Networks", "Generative Adversarial Networks"),
        ("GAN", "4. On Generative Adversarial Networks, and more", "Generative Adversarial Networks"),
        ("MLMI", "Machine Learning in Medical Imaging", "Machine Learning in Medical Imaging"),
        ("GANs", "Generative Adversarial Networks", "Generative Adversarial Networks"),
        ("GAN", "Generative and Networks", None),
        ("GAN", "generative adversarial networks", None),
        ("MP", "Medical Physics", None),
        ("3D-CNN", "with 3D convolutional neural networks", "3D convolutional neural networks"),
        ("3D-CNN", "3D-Convolutional Neural Networks", "3D-Convolutional Neural Networks"),
        ("3D-CNN", "2.3D Convolutional Neural Networks", None),
        ("3D-CNN", "Convolutional Neural Networks", None),
        ("3D-CNN", "3DConvolutional Neural Networks", None),
        ("2.5D-CNN", "of 2.5D convolutional neural networks", "2.5D convolutional neural networks"),
        ("CNN", "Convolutional Neural", None),
        ("U-Net", "Unusual Nets", None),
        ("Nature", "Names And Titles Under Real Editors", None),
        ("3D", "Three Dimensions", None),
    ],
)
def test_headings(name: str, text: str, meaning: str | None) -> None:
    assert find_expansion(name, [text], [], [text]) == meaning
    assert find_expansion(name, [], [text], [text]) == meaning
    assert find_expansion(name, [], [], [text]) is None


@pytest.mark.parametrize(
    ("name", "text", "meaning"),
    [
        ("VAE", "We train Variational Auto-Encoders (VAE) on maps.", "Variational Auto-Encoders"),
        ("MP", "as in Medical Physics (MP)", "Medical Physics"),
        ("MP", "MP (Medical Physics) is a journal", "Medical Physics"),
        ("MP", "MP (2017)", None),
        ("MP", "(MP)", None),
        ("CT", "Computed Tomography (PET)", None),
        ("CT", "a cat (CT)", None),
    ],
)
def test_brackets(name: str, text: str, meaning: str | None) -> None:
    assert find_expansion(name, [], [], [text]) == meaning


def test_two_expansions_are_none_and_plurals_are_one() -> None:
    assert find_expansion("GCN", ["Graph Convolutional Networks", "Gated Cross Networks"], [], []) is None
    found = find_expansion("GCN", ["Graph Convolutional Networks", "Graph Convolutional Network"], [], [])
    assert found == "Graph Convolutional Networks"


LIST = """*Techniques:*

- CNN: Convolutional Neural Networks
- RNN: Recurrent Neural Networks
- LSTM: Long Short Term Memory

## Generative Adversarial Networks

| Technique | Title |
| --- | --- |
| CNN | [Alpha](https://example.org/alpha) |
| RNN | [Beta](https://example.org/beta) |
| LSTM | [Gamma](https://example.org/gamma) |
| GAN | [Delta](https://example.org/delta) |
"""


def test_the_missing_line_is_added_to_the_legend() -> None:
    line = "- GAN: Generative Adversarial Networks\n"
    fixed = fix(LIST, unsafe=True).text
    assert fixed == LIST.replace("Memory\n", f"Memory\n{line}")
    assert fix(LIST).text == LIST
    assert fix(fixed, unsafe=True).text == fixed


def test_a_line_that_says_more_is_no_model() -> None:
    text = LIST.replace("Memory\n", "Memory, [more](https://example.org/lstm)\n")
    assert fix(text, unsafe=True).text == text


TAGS = """## Licences

- `MIT` - MIT License
- `GPL` - General Public License
- `MPL` - Mozilla Public License

## Editors

""" + "".join(
    f"- [Tool {number}](https://example.org/{number}) - Draws. `{name}`\n"
    for number, name in enumerate(["MIT", "GPL", "MPL"] * 4)
)


def test_tags_at_the_ends_of_bullets_are_defined_too() -> None:
    new = "- [Tool 12](https://example.org/12) - Explains the Eclipse Public License (EPL). `EPL`\n"
    fixed = fix(TAGS + new, unsafe=True).text
    assert fixed == (TAGS + new).replace(
        "Mozilla Public License\n", "Mozilla Public License\n- `EPL` - Eclipse Public License\n"
    )
    assert fix(TAGS, unsafe=True).text == TAGS


def test_the_mission_list_gets_its_lines(mission: Path) -> None:
    """No more than these: no title, heading or description spells out what GCN, 3D-CAE or MIAR stand for."""
    text = (mission / "medical-image-analysis.md").read_text(encoding="utf-8")
    fixed = fix(text, config={"select": ["unknown-abbreviation"]}, unsafe=True).text
    added = [line for line in fixed.split("\n") if line not in text.split("\n")]
    assert added == ["- 3D-CNN: 3D Convolutional Neural Networks", "- GAN: Generative Adversarial Networks"]

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


def test_the_mission_list_gets_its_line(mission: Path) -> None:
    text = (mission / "medical-image-analysis.md").read_text(encoding="utf-8")
    fixed = fix(text, unsafe=True).text
    assert "- GAN: Generative Adversarial Networks\n" in fixed

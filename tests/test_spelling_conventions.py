"""When a column shows which of two spellings is right."""

from __future__ import annotations

import pytest

from awesome_lint import check
from awesome_lint.rules._spellings import Conventions


@pytest.mark.parametrize(
    ("counts", "usual", "rare", "expected"),
    [
        ({"PyTorch": 6, "Pytorch": 1, "Onenote": 3, "OneNote": 1}, "PyTorch", "Pytorch", True),
        ({"PyTorch": 6, "Pytorch": 1, "Onenote": 3, "OneNote": 1}, "Onenote", "OneNote", False),
        ({"Arxiv": 80, "arXiv": 10, "ICLR": 90}, "Arxiv", "arXiv", False),
        ({"ArXiv": 30, "arXiv": 10}, "ArXiv", "arXiv", False),
        ({"arXiv": 30, "ArXiv": 10}, "arXiv", "ArXiv", True),
        ({"WebSite": 6, "Website": 1}, "WebSite", "Website", False),
        ({"GitHub": 300, "Github": 1}, "GitHub", "Github", True),
        ({"Github": 300, "GitHub": 1}, "Github", "GitHub", False),
        ({"NodeJS": 9, "Node.js": 1}, "NodeJS", "Node.js", False),
        ({"Huggingface": 5, "Hugging Face": 2}, "Huggingface", "Hugging Face", False),
        ({"Oct.": 2, "Oct": 1, "Nov": 2, "Nov.": 1}, "Oct.", "Oct", False),
        ({"Oct.": 2, "Oct": 1, "Nov": 2}, "Oct.", "Oct", False),
        ({"Oct.": 2, "Oct": 1, "Nov.": 2}, "Oct.", "Oct", True),
        ({"VLDB_W": 3, "VLDBW": 1, "SDMW": 3, "SDM_W": 1}, "VLDB_W", "VLDBW", False),
        ({"VLDB_W": 3, "VLDBW": 1, "SDM_W": 3}, "VLDB_W", "VLDBW", True),
        ({"commercial": 5, "Commercial": 1, "Apache": 9}, "commercial", "Commercial", False),
        ({"commercial": 5, "Commercial": 1, "free": 9}, "commercial", "Commercial", True),
    ],
)
def test_proof(counts: dict[str, int], usual: str, rare: str, expected: bool) -> None:
    by_key: dict[str, list[str]] = {}
    for text in counts:
        by_key.setdefault("".join(filter(str.isalpha, text)).lower(), []).append(text)
    pairs = [(max(texts, key=counts.__getitem__), min(texts, key=counts.__getitem__)) for texts in by_key.values()]
    conventions = Conventions(counts, [pair for pair in pairs if pair[0] != pair[1]])
    assert conventions.prove(usual, rare, [usual, rare]) is expected


@pytest.mark.parametrize(
    ("usual", "rare", "expected"),
    [
        ("NodeJS", "Node.js", "Write “Node.js” everywhere"),
        ("Node.js", "NodeJS", "Write “Node.js” everywhere"),
        ("Onenote", "OneNote", "Write “Onenote” or “OneNote” everywhere"),
    ],
)
def test_advice_is_never_a_known_misspelling(usual: str, rare: str, expected: str) -> None:
    rows = "".join(f"| {name} | {value} |\n" for name, value in zip("ABCDEFGHIJ", [rare, *[usual] * 9], strict=True))
    found = check(f"| Name | Runs on |\n| --- | --- |\n{rows}", config={"select": ["inconsistent-value"]})
    assert [each.help for each in found] == [expected]

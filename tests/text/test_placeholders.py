import pytest

from awesome_lint.markdown import parse
from awesome_lint.semantic.cells import is_blank, placeholder_of
from awesome_lint.source import Source
from awesome_lint.text.placeholders import Placeholder, find_placeholder
from awesome_lint.text.urls import Target, classify

KINDS = {
    Placeholder.BLANK: ["", " ", "\u00a0"],
    Placeholder.DASH: ["-", "--", "—", "____"],
    Placeholder.SLASH: ["/", "\\", "//"],
    Placeholder.NOT_APPLICABLE: ["N/A", "n.a.", "NA", "n\\a"],
    Placeholder.ELLIPSIS: ["...", "…"],
    Placeholder.NONE: ["none", "Null", "NaN", "无", "無", "なし", "нет", "該当なし"],
    Placeholder.UNKNOWN: [
        "?",
        "？",
        "TBA",
        "tbd",
        "TODO",
        "Unknown",
        "暂无",
        "未知",
        "不明",
        "Not available",
        "to be announced",
        "暂缺",
    ],
}
VALUES = ["0", "no", "soon", "Coming soon", "a/b", "-1", "-----", "*", "Nana", "N/A (private)", "None of them", "✓"]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in KINDS.items() for text in texts])
def test_placeholders(kind: Placeholder, text: str) -> None:
    assert find_placeholder(text) is kind


@pytest.mark.parametrize("text", VALUES)
def test_values(text: str) -> None:
    assert find_placeholder(text) is None


@pytest.mark.parametrize(
    ("cell", "blank", "kind"),
    [
        ("", True, Placeholder.BLANK),
        ("<!-- later -->", True, Placeholder.BLANK),
        ("&nbsp;", True, Placeholder.BLANK),
        ("**N/A**", False, Placeholder.NOT_APPLICABLE),
        ("[-](https://example.org)", False, None),
        ("![](cover.png)", False, None),
        ("[-](https://example.org", False, None),
    ],
)
def test_cells(cell: str, blank: bool, kind: Placeholder | None) -> None:
    row = parse(Source(f"| A | B |\n| --- | --- |\n| x | {cell} |\n")).tables[0].rows[0]
    assert is_blank(row.cells[1]) is blank
    assert placeholder_of(row.cells[1]) is kind


@pytest.mark.parametrize(
    ("destination", "target"),
    [("tbd", Target.PLACEHOLDER), ("暂无", Target.PLACEHOLDER), ("xxx", Target.PLACEHOLDER), ("TODO", Target.FILE)],
)
def test_destinations(destination: str, target: Target) -> None:
    assert classify(destination) is target

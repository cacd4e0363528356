import pytest
from hypothesis import given
from hypothesis import strategies as st

from awesome_lint.markdown import BrokenLink, Inline, Link, Paragraph, Table, parse
from awesome_lint.semantic.titles import Name, find_name, fold_title, is_label, link_column, title_column
from awesome_lint.source import Source


def content_of(document_text: str) -> tuple[Inline, Source]:
    source = Source(document_text)
    block = parse(source).blocks[0]
    if isinstance(block, Table):
        return block.rows[0].cells[0].content, source
    assert isinstance(block, Paragraph)
    return block.content, source


def name_in(text: str, *, in_table: bool = False) -> Name:
    content, source = content_of(f"| A | B |\n| --- | --- |\n| {text} | |\n" if in_table else text)
    return find_name(content, source, in_table=in_table)


def table_of(text: str) -> Table:
    return parse(Source(text)).tables[0]


@pytest.mark.parametrize(
    ("text", "name", "url"),
    [
        ("[Name](http://a.org) - A description with [a link](http://b.org).", "Name", "http://a.org"),
        ("**[Name](http://a.org)** - A description.", "Name", "http://a.org"),
        ("A Title of a Paper. Ann, Bob. [[pdf]](http://a.org) [[code]](http://b.org)", "A Title of a Paper. Ann, Bob", "http://a.org"),
        ("**A Title of a Paper**, Ann and Bob, 2020 [[pdf]](http://a.org)", "A Title of a Paper", "http://a.org"),
        ("**[BL]** A Title of a Paper (**ICCV**) [[paper](http://a.org)]", "A Title of a Paper (ICCV)", "http://a.org"),
        ('<a name="x"></a>**[BL]** A Title of a Paper [[paper](http://a.org)]', "A Title of a Paper", "http://a.org"),
        ("[A Title of a Paper] [[scholar]](http://a.org)", "A Title of a Paper", "http://a.org"),
        ("[[Paper](http://a.org)] [[Code](http://b.org)] A Title of a Paper", "A Title of a Paper", "http://a.org"),
        ("GAN-X - [A Title of a Paper](http://a.org)", "GAN-X", "http://a.org"),
        ("`name` - [Long name](http://a.org)", "name", "http://a.org"),
        ("Read about [Name](http://a.org) first", "Name", "http://a.org"),
        ("⭐ 1. [Name](http://a.org)", "Name", "http://a.org"),
        ("[![stars](http://s.org/b.svg)](http://s.org) [Name](http://a.org) - Text", "Name", "http://a.org"),
        ("![stars](http://s.org/b.svg) <br> [**Name**](http://a.org) <br>", "Name", "http://a.org"),
        ("snake_case_name - text [docs](http://a.org)", "snake_case_name", "http://a.org"),
        ("3-D Networks for Everything - a survey [pdf](http://a.org)", "3-D Networks for Everything", "http://a.org"),
        ("<http://a.org/x> - text", "http://a.org/x", "http://a.org/x"),
        ("Just words - and more", "Just words", None),
        ("[pdf](http://a.org) [code](http://b.org)", "pdf", "http://a.org"),
        ("A Title of a Paper [pdf](http://a.org/b  and more", "A Title of a Paper", "http://a.org/b"),
    ],
)  # fmt: skip
def test_name_of_a_bullet(text: str, name: str, url: str | None) -> None:
    found = name_in(text)
    assert found.text == name
    assert (found.link.url if isinstance(found.link, Link) else found.link.destination if found.link else None) == url


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("U-net: networks for images [[pdf]](http://a.org) (Section II)", "U-net: networks for images"),
        ("Alpha - and beta [pdf](http://a.org)", "Alpha - and beta"),
        ("Alpha with words [a link](http://a.org)", "Alpha with words"),
        ("![logo](l.png)", ""),
        ("[![logo](l.png)](http://a.org) Alpha", "Alpha"),
    ],
)
def test_name_in_a_cell(text: str, name: str) -> None:
    assert name_in(text, in_table=True).text == name


def test_a_broken_link_is_told_from_a_link() -> None:
    assert isinstance(name_in("A Title of a Paper [pdf](http://a.org/b c").link, BrokenLink)


@pytest.mark.parametrize("text", ["pdf", "[PDF]", "Code 2", "Project Page", "Paper link", "代码", "GitHub", ""])
def test_label(text: str) -> None:
    assert is_label(text)


@pytest.mark.parametrize("text", ["T5", "U-Net", "C", "Python 3 for all", "Papers with Code", "codegen"])
def test_no_label(text: str) -> None:
    assert not is_label(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("U-Net: Networks", "u-net networks"),
        ("Ｆｕｌｌ width", "full width"),
        ("Whole\u2010volume", "whole-volume"),
        ("ﬁne", "fine"),
        ("STRASSE", "straße"),
    ],
)
def test_titles_fold_alike(one: str, other: str) -> None:
    assert fold_title(one) == fold_title(other)


def test_plus_and_hash_tell_titles_apart() -> None:
    assert len({fold_title(name) for name in ("C", "C++", "C#")}) == 3


@given(st.text())
def test_folding_a_folded_title_changes_nothing(title: str) -> None:
    assert fold_title(fold_title(title)) == fold_title(title)


@pytest.mark.parametrize(
    ("header", "row", "column"),
    [
        ("| Year | Title | Code |", "| 2020 | Alpha and {} [[pdf]](http://a.org/{}) | [code](http://b.org) |", 1),
        ("| Tool | Title |", "| [tool{}](http://a.org/{}) | A library for things |", 0),
        ("| Date | Method | Paper Title |", "| 20-01-0{} | [Method {}](http://a.org) | All about method {} |", 2),
        ("| Name | Paper | Link |", "| **Alpha {}** | [A paper of {}](http://a.org/{}) | [link](http://b.org) |", 0),
        ("| الاسم | الرابط |", "| اسم {} | [a.org/x/{}](http://a.org/x/{}) |", 0),
        ("| ID | 标题 | 说明 |", "| {} | [名字{}](http://a.org/{}) | 长 |", 1),
        ("| Part | Paper | Data |", "| Leaf | Alpha and {} [[pdf]](http://a.org/{}) | [S{}](http://b.org/{}) |", 1),
        ("| Data | Size | Paper |", "| [Set {}](http://a.org/{}) | 10 | [pdf](http://b.org/{}) |", 0),
        ("| | Venue | Year |", "| [Alpha {}](http://a.org/{}) | ICCV | 2020 |", 0),
        ("| Sr No | Tool Name | Description |", "| {} | Alpha {} | [Does {}](http://a.org/{}) |", 1),
    ],
)
def test_title_column(header: str, row: str, column: int) -> None:
    columns = header.count("|") - 1
    rows = "\n".join(row.replace("{}", str(number)) for number in range(5))
    assert title_column(table_of(f"{header}\n{'| --- ' * columns}|\n{rows}\n")) == column


@pytest.mark.parametrize(
    "text",
    [
        "| Venue | 2023 | 2022 |\n| --- | --- | --- |\n| ICML | [x](http://a.org) | [y](http://b.org) |\n",
        "| | Alpha | Beta |\n| --- | --- | --- |\n| **Price** | low | high |\n| **Size** | small | large |\n",
        "| Task | [A](http://a.org) | [B](http://b.org) |\n| --- | --- | --- |\n| one | 1 | 2 |\n",
        "| A | B |\n| --- | --- |\n| <img src='a.png'> | <img src='b.png'> |\n",
        "| A | B |\n| --- | --- |\n",
    ],
)
def test_matrices_and_galleries_name_no_entries(text: str) -> None:
    assert title_column(table_of(text)) is None


def test_link_column() -> None:
    head = "| Name | Link |\n| --- | --- |\n"
    assert link_column(table_of(head + "| A | [x](http://a.org) |\n| B | |\n")) == 1
    assert link_column(table_of(head + "| A | [x](http://a.org) |\n| B | |\n| C | |\n")) is None
    assert link_column(table_of(head + "| A | |\n")) is None

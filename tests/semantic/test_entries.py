from hypothesis import given
from hypothesis import strategies as st

from awesome_lint.markdown import parse
from awesome_lint.semantic.entries import Entry
from awesome_lint.semantic.model import ListModel
from awesome_lint.source import Source


def entries_of(text: str) -> list[Entry]:
    return list(ListModel(parse(Source(text))).entries)


def names_of(text: str) -> list[tuple[str, str]]:
    return [(entry.title, entry.url) for entry in entries_of(text)]


def test_rows() -> None:
    text = (
        "# Papers\n\n"
        "| Title | Data | Year |\n| --- | --- | --- |\n"
        "| Alpha [[pdf]](http://a.org/a) | [X](http://x.org) | 2020 |\n"
        "| Beta | [Y](http://y.org) | 2021 |\n"
        "| Gamma [pdf](http://a.org/g  2021 |\n"
        "| | [Z](http://z.org) | 2021 |\n"
    )
    alpha, beta, gamma = entries_of(text)
    assert (alpha.title, alpha.url) == ("Alpha", "http://a.org/a")
    assert alpha.fields["Year"].text == "2020"
    assert [heading.text for heading in alpha.section] == ["Papers"]
    assert (beta.title, beta.url) == ("Beta", "http://y.org")
    assert (gamma.title, gamma.url, gamma.link) == ("Gamma", "http://a.org/g", None)


def test_rows_that_were_cut_off_belong_to_their_table() -> None:
    text = "| Title | Year |\n| --- | --- |\n| [Alpha](http://a.org) | 2020 |\n\n| [Beta](http://b.org) | 2021 |\n"
    alpha, beta = entries_of(text)
    assert (beta.title, beta.fields["Year"].text) == ("Beta", "2021")
    assert alpha.container is beta.container


def test_bullets() -> None:
    text = "- [Alpha](http://a.org) - First of all.\n- [Beta](http://b.org)\n- Gamma\n"
    alpha, beta, gamma = entries_of(text)
    assert (alpha.title, alpha.url, alpha.description) == ("Alpha", "http://a.org", "First of all.")
    assert (beta.title, beta.description) == ("Beta", "")
    assert (gamma.title, gamma.url, gamma.link) == ("Gamma", "", None)


def test_a_name_that_looks_like_a_label_is_one_among_others_like_it() -> None:
    hosts = """
- [Codeberg](https://codeberg.org) - Hosts code.
- [GitHub](https://github.com) - Hosts code, too.
- [SourceHut](https://sr.ht) - Hosts code and mails.
"""
    assert [(e.title, e.description) for e in entries_of(hosts)] == [
        ("Codeberg", "Hosts code."),
        ("GitHub", "Hosts code, too."),
        ("SourceHut", "Hosts code and mails."),
    ]
    papers = """
- [pdf](https://example.org/a) - A long title about something
- [pdf](https://example.org/b) - Another title about something else
- [Gamma](https://example.org/c) - A third title
"""
    assert [e.title for e in entries_of(papers)][:2] == [
        "A long title about something",
        "Another title about something else",
    ]


def test_sub_bullets_that_are_labels_belong_to_their_parent() -> None:
    text = (
        "- **Alpha and more** by Ann\n  - [[paper]](http://a.org)\n  - [[code]](http://b.org)\n- [Beta](http://b.org)\n"
    )
    assert names_of(text) == [("Alpha and more by Ann", "http://a.org"), ("Beta", "http://b.org")]


def test_sub_bullets_with_names_are_entries_and_their_group_is_none() -> None:
    text = (
        "- Python\n  - [Flask](http://f.org)\n  - [Django](http://d.org)\n"
        "- [Ruby](http://r.org)\n  - [Rails](http://x.org)\n"
    )
    assert names_of(text) == [
        ("Flask", "http://f.org"),
        ("Django", "http://d.org"),
        ("Ruby", "http://r.org"),
        ("Rails", "http://x.org"),
    ]


def test_prose_contents_and_legends_are_no_entries() -> None:
    text = (
        "- Be kind.\n- Read the [rules](http://r.org).\n- One entry a request.\n\n"
        "## Contents\n\n- [One](#one)\n- [Two](#two)\n\n"
        "*Technique:*\n\n- NN: Neural Network\n- CNN: Convolutional\n- RNN: Recurrent\n\n"
        "## One\n\n| Abbreviation | Meaning |\n| --- | --- |\n| US | Ultrasound |\n| CT | Tomography |\n\n"
        "## Two\n\n- [Back](#contents)\n- [Real](http://real.org)\n"
    )
    assert names_of(text) == [("Real", "http://real.org")]


_MARKS = [
    "- ",
    "  - ",
    "1. ",
    "> ",
    "| ",
    " |\n",
    "\n",
    "\n\n",
    "# H\n",
    "text",
    " - ",
    "(AB)",
    "]",
    "[",
    "\\|",
    "é",
    "表",
]
_INLINES = ["[x](http://a.org)", "[pdf](http://a", "**b**", "`c`", "![i](i.png)", "<br>", "<!-- c -->", "[h](#h)"]
_PIECES = st.sampled_from([*_MARKS, *_INLINES, "NN: Neural", "| a | b |\n| --- | --- |\n"])


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_entries_lie_within_their_document(text: str) -> None:
    document = parse(Source(text))
    entries = ListModel(document).entries
    spans = [entry.span for entry in entries]
    assert spans == sorted(spans)
    for entry in entries:
        assert entry.title == entry.title.strip() != ""
        assert 0 <= entry.span.start <= entry.place.start <= entry.place.end <= entry.span.end <= len(text)
        assert entry.link is None or entry.url == entry.link.url
        assert entry.container.span.start <= entry.span.start

"""What `duplicate-entry` promises about tables of any kind: a copied row is found, and nothing else is."""

from hypothesis import given
from hypothesis import strategies as st

from awesome_lint.linter.engine import check
from awesome_lint.linter.settings import Settings
from awesome_lint.source import Source

ONLY = Settings(select=frozenset({"duplicate-entry"}))

_WORD = st.sampled_from(["alpha", "beta", "gamma", "2020", "-", "CNN", "表", "😀", "**x**", "`y`"])
_WORDS = st.lists(_WORD, max_size=4).map(" ".join)
_LINKS = st.builds(
    "[{}]({}://{}example.org/{}{})".format,
    st.sampled_from(["name", "pdf", "A Title", "code"]),
    st.sampled_from(["http", "https"]),
    st.sampled_from(["", "www."]),
    st.integers(0, 10**9),
    st.sampled_from(["", "/", "?utm_source=x", ".git"]),
)
_ROWS = st.lists(
    st.tuples(_WORDS, _LINKS, _WORDS), min_size=1, max_size=8, unique_by=lambda row: row[1].split("/")[3][:4]
)


def lines_of(rows: list[tuple[str, ...]]) -> list[int]:
    table = "| Name | Link | Notes |\n| --- | --- | --- |\n" + "".join(f"| {' | '.join(row)} |\n" for row in rows)
    return [diagnostic.start.line for diagnostic in check(Source(table), ONLY)]


@given(_ROWS, st.data())
def test_a_copied_row_is_found_where_it_stands(rows: list[tuple[str, str, str]], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(rows) - 1))
    before = set(lines_of(list(rows)))
    copied = [*rows[: index + 1], rows[index], *rows[index + 1 :]]
    shifted = {line + (line > index + 3) for line in before}
    assert set(lines_of(list(copied))) == shifted | {index + 4}


@given(_ROWS)
def test_spelling_of_the_link_makes_no_difference(rows: list[tuple[str, str, str]]) -> None:
    name, link, notes = rows[-1]
    other = link.replace("http://", "X://").replace("https://", "http://").replace("X://", "https://")
    assert len(rows) + 3 in lines_of([*rows, (name, other, notes)])

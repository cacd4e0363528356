"""Where the keys of a configuration are in its text."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awesome_lint.config.places import KeyPath, find_places, longest_key

TOML = '''\
# a comment with = and [brackets]
select = ["a", "b = c",  # "d"
          """e
f = 1""", 'g']
"quoted \\u00e9 key".dotted = { x = 1, "y z" = [ { q = 1.5 }, {} ], w = {} }
[tables . columns.'Paper Title']
type = "text" # end
min = 1979-05-27 07:32:00
[[lists]]
name = \'\'\'
a ] b
\'\'\'
[lists.description]
required = true
[[lists]]
[[lists.sort]]
column = "name"
'''


def test_places() -> None:
    places = {path: (place.line, place.column) for path, place in find_places(TOML).items()}
    assert places["select",] == (2, 1)
    assert places["select", 1] == (2, 16)
    assert places["select", 2] == (3, 11)
    assert places["select", 3] == (4, 11)
    assert places["quoted é key",] == (5, 1)
    assert places["quoted é key", "dotted", "y z", 0, "q"] == (5, 51)
    assert places["tables", "columns", "Paper Title"] == (6, 19)
    assert places["tables", "columns", "Paper Title", "min"] == (8, 1)
    assert places["lists", 0] == (9, 1)
    assert places["lists", 0, "description", "required"] == (14, 1)
    assert places["lists", 1, "sort", 0, "column"] == (17, 1)


def paths_of(value: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    """The paths of all that is in *value*."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        yield (*path, key)
        yield from paths_of(item, (*path, key))


def test_places_of_all_that_the_parser_finds() -> None:
    assert set(find_places(TOML)) == set(paths_of(tomllib.loads(TOML)))


_words = st.text("abé-", min_size=1, max_size=3)
_texts = st.text("a\"\\\n=[]{}#,. '", max_size=6)
_keys = _words.filter(str.isascii) | _texts.map(lambda text: '"' + escape(text) + '"')
_values = st.recursive(
    st.sampled_from(["1", "true", "1.5", "1979-05-27", "1979-05-27 07:32:00", '"""a\n"" b"""', "'''\n'x'''", "'#='"])
    | _texts.map(lambda text: '"' + escape(text) + '"'),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[ {', '.join(items)}\n]")
        | st.lists(inner, max_size=3).map(
            lambda items: f"{{ {', '.join(f'k{n}.x = {item}' for n, item in enumerate(items))} }}"
        )
    ),
    max_leaves=6,
)
_lines = (
    st.tuples(_keys, _values).map(lambda pair: f"{pair[0]} = {pair[1]} # = x")
    | st.tuples(_keys, _keys, _values).map(lambda three: f"{three[0]}.{three[1]} = {three[2]}")
    | st.tuples(_keys, _keys).map(lambda pair: f"[{pair[0]} . {pair[1]}]")
    | _keys.map("[[{}]]".format)
    | st.tuples(_keys, _keys).map(lambda pair: f"[[{pair[0]}.{pair[1]}]]")
)


def escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


@given(st.lists(_lines, max_size=8).map("\n".join))
def test_places_of_any_valid_text(text: str) -> None:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    places = find_places(text)
    assert set(paths_of(data)) == set(places)
    assert len(set(places.values())) >= len({path for path in places if isinstance(path[-1], str)}) // 2


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("a = 1.5", 2),
        ("[a.b . c]", 3),
        ("a.'b.c.d'.e = 1", 3),
        ('x = "a.b.c.d"', 1),
        ("# a.b.c", 0),
        ("..", 2),
    ],
)
def test_longest_key(text: str, length: int) -> None:
    assert longest_key(text) == length

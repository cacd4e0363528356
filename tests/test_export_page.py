"""``export --format html`` in a real browser, and ``--format yaml`` as PyYAML reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from awesome_lint.export.page import render_page
from awesome_lint.export.selection import Wanted, select
from awesome_lint.export.yaml import render_yaml
from awesome_lint.markdown import parse
from awesome_lint.schema import Schemas
from awesome_lint.semantic.model import ListModel
from awesome_lint.source import Source
from tests.program import run
from tools.browser import PROGRAM, Browser, browser

LIST = """# Maps & plans

## Editors

- [Alpha](https://example.org/alpha) - Draws maps ([source](https://example.org/src)). `MIT` `Go/Docker`
- [Beta](https://example.org/beta) - Draws plans. `GPL` `Go`
- [Gamma](https://example.org/gamma) - Draws charts. `MIT` `C`

## Viewers

### On paper

| Name | Year |
| --- | --- |
| [Delta](https://example.org/delta) | 2020 |
| Epsilon | 2021 |
"""
HOSTILE = """# <script>document.title = "hacked"</script> </title>

- [<img src=x onerror="document.title='hacked'">](javascript:alert(1)) - <script>document.title = "hacked"</script>
- ["onmouseover="x](https://example.org/"onmouseover="x) - </ul><iframe src="https://example.org">
- [A](data:text/html,x) - `</li>` `<b>`
- [B](//example.org/x) - [c](vbscript:x)
- [C](https://example.org/?a=1&b="x") - Text.
"""


def page_of(text: str) -> str:
    return render_page([select(ListModel(parse(Source(text, "README.md"))), Schemas(), Wanted())])


class _Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_a_hostile_list_adds_no_tag_and_no_address() -> None:
    tags = _Tags(page_of(HOSTILE)).found
    assert {tag for tag, _ in tags} <= {tag for tag, _ in _Tags(page_of(LIST)).found}
    assert sum(tag == "script" for tag, _ in tags) == 1
    assert not [attributes for _, attributes in tags if any(name.startswith("on") for name in attributes)]
    links = [attributes["href"] or "" for tag, attributes in tags if tag == "a"]
    assert links
    assert all(link.startswith(("http://", "https://")) for link in links)


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Browser]:
    if PROGRAM is None:
        pytest.skip("Chromium is not installed")
    with browser(tmp_path / "profile") as found:
        yield found


def shown(window: Browser) -> list[str]:
    """The names of the entries that the page shows."""
    entries = '[...document.querySelectorAll("#entries > li")].filter(each => each.offsetHeight)'
    names: list[str] = window.run(f'{entries}.map(each => each.querySelector(".name").textContent)')
    return names


def choose(window: Browser, control: str, value: str) -> None:
    window.run(f"""(() => {{
        const control = document.getElementById({control!r});
        control.value = {value!r};
        control.dispatchEvent(new Event("input", {{bubbles: true}}));
    }})()""")


@pytest.mark.slow
def test_search_and_filters(window: Browser, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(LIST, encoding="utf-8")
    assert run("export", "--format", "html", "--output", "page.html", cwd=tmp_path).returncode == 0
    window.open((tmp_path / "page.html").as_uri())
    everything = ["Alpha", "Beta", "Gamma", "Delta", "Epsilon"]
    assert shown(window) == everything
    assert window.run("document.title") == "Maps & plans"
    choose(window, "search", "draws PLANS")
    assert shown(window) == ["Beta"]
    choose(window, "search", "")
    choose(window, "tag", "Go")
    assert shown(window) == ["Alpha", "Beta"]
    choose(window, "tag", "")
    options = '[...document.querySelectorAll("#section option")]'
    viewers = window.run(f'{options}.find(each => each.text.trim() === "Viewers").value')
    choose(window, "section", viewers)
    assert shown(window) == ["Delta", "Epsilon"]
    assert window.run("document.getElementById('count').textContent") == "2 of 5"
    choose(window, "section", "")
    assert shown(window) == everything
    for width in (400, 1200):
        window.resize(width)
        assert window.run("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.slow
def test_nothing_of_a_hostile_list_runs(window: Browser, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(page_of(HOSTILE), encoding="utf-8")
    window.open((tmp_path / "page.html").as_uri())
    assert "hacked" not in re.sub(r'"hacked"', "", window.run("document.title"))
    assert len(shown(window)) == 4
    assert window.run('document.querySelectorAll("img, iframe").length') == 0


def test_the_policy_allows_the_own_script_alone(tmp_path: Path) -> None:
    page = page_of(LIST)
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy.startswith("default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_real_lists_become_pages(real_list: Path) -> None:
    document = parse(Source(real_list.read_text(encoding="utf-8"), real_list.name))
    selection = select(ListModel(document), Schemas(), Wanted())
    expected = sum(len(part.rows) for part in selection.parts) + sum(len(each.entries) for each in selection.lists)
    assert sum("data-sections" in attributes for _, attributes in _Tags(render_page([selection])).found) == expected


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_yaml_says_what_json_says(data: Any) -> None:
    assert yaml.safe_load(render_yaml(data)) == data


@pytest.mark.parametrize("key", ["yes", "off", "null", "2015", "true", "on", "~", "", "a: b", "- x", "#", "é", "url"])
def test_yaml_keys_stay_texts(key: str) -> None:
    assert yaml.safe_load(render_yaml({key: [{key: key}, [], {}]})) == {key: [{key: key}, [], {}]}

"""The site as a reader sees it, in a headless browser: nothing scrolls sideways, and a message leads to its rule."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from awesome_lint.cli.examples import kinds_of_findings
from awesome_lint.rules import RULES
from tools.browser import PROGRAM, Browser, browser
from tools.site import build, served

pytestmark = [
    pytest.mark.skipif(PROGRAM is None, reason="Chromium is not installed"),
    pytest.mark.skipif(sys.platform != "linux", reason="the browser is started through descriptors of a POSIX shell"),
]

_WIDTHS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"

_SEARCH = """
(async words => {
  const input = document.querySelector("[data-md-component=search-query]");
  const results = document.querySelector(".md-search-result__list");
  const shown = new Promise(done => new MutationObserver(done).observe(results, {childList: true}));
  input.focus();
  input.value = words;
  input.dispatchEvent(new Event("keyup", {bubbles: true}));
  await shown;
  return [...results.querySelectorAll(":scope > li")].map(each => each.querySelector("a").pathname);
})
"""
"""The paths of the pages that the site's search shows for some words, the best first."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site, just built."""
    folder = tmp_path_factory.mktemp("site")
    build(folder)
    return folder


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Where the site is served."""
    with served(site) as address:
        yield address


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Browser]:
    """The page of a new visitor: the site keeps the colour scheme of the first visit."""
    with browser(tmp_path) as page:
        yield page


@pytest.mark.parametrize(("width", "scheme"), [(400, "light"), (1200, "dark")])
def test_no_page_scrolls_sideways(page: Browser, site: Path, address: str, width: int, scheme: str) -> None:
    page.prefer(scheme)
    page.resize(width)
    for path in sorted(site.rglob("*.html")):
        page.open(address + path.relative_to(site).as_posix().removesuffix("index.html"))
        content, window = page.run(_WIDTHS)
        assert content <= window, path.relative_to(site)


def test_content_that_is_too_wide_would_be_found(page: Browser) -> None:
    page.resize(400)
    page.open("data:text/html,<p style='width: 500px'>wide")
    content, window = page.run(_WIDTHS)
    assert content > window


def test_a_search_for_a_message_finds_its_rule(page: Browser, address: str) -> None:
    page.resize(1200)
    page.open(address)
    for rule in RULES:
        for found, _ in kinds_of_findings(rule):
            results = page.run(f"{_SEARCH}({json.dumps(_words(found.message))})")
            assert f"/rules/{rule.name}/" in results[:3], (found.message, results[:3])


def _words(message: str) -> str:
    """*message* without the signs that stand alone: the search takes a `-` for "without"."""
    return re.sub(r"[“`]\W+[”`]", "", message)


def test_the_site_asks_no_other_host(page: Browser, address: str) -> None:
    page.open(address)
    loaded = page.run('performance.getEntriesByType("resource").map(each => each.name)')
    assert loaded
    assert all(each.startswith(address) for each in loaded)

"""The reports of `awesome-lint links`: by verdict, short, and harmless in an issue."""

from __future__ import annotations

import re
from html import unescape

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options

from awesome_lint.api import parse
from awesome_lint.link_status import Advisory, Hop, LinkStatus, Reason, Replacement, Verdict
from awesome_lint.report import link_markdown, link_text
from awesome_lint.report.inert_markdown import clickable
from awesome_lint.report.link_list import ListedLink, list_links
from awesome_lint.source import Source

_EVIL = [
    "https://a.site/<script>alert(1)</script>",
    "https://a.site/](javascript:alert(1))",
    "https://a.site/x> <img src=x>",
    "https://a.site/`code`|cell|",
    "https://a.site/@somebody/#123",
    "https://a.site/?a=1&copy;=2&lt;b",
    "https://a.site/\u202egnp.exe\u200b",
    "https://a.site/a b\\_*c*~~d~~",
    "https://a.site/\n# heading",
    "https://a.site/::error::x##[group]",
]


def status(number: int) -> LinkStatus:
    """Of 300 links 20 are dead, 30 blocked, 40 time out, and 5 have moved."""
    url = f"https://site{number}.org/paper/{number}"
    if number < 20:
        return LinkStatus(url, Verdict.DEAD, Reason.NOT_FOUND, 404)
    if number < 50:
        return LinkStatus(url, Verdict.BLOCKED, Reason.FORBIDDEN, 403)
    if number < 90:
        return LinkStatus(url, Verdict.TIMEOUT, Reason.CONNECT_DEADLINE, bad_runs=1)
    if number < 95:
        new = f"https://new{number}.org/"
        return LinkStatus(url, Verdict.MOVED_PERMANENTLY, Reason.REDIRECTED, 200, (Hop(301, new),))
    return LinkStatus(url, Verdict.OK, Reason.ANSWERED, 200)


def listed(statuses: dict[str, LinkStatus], text: str = "pdf") -> list[ListedLink]:
    lines = ["# List", ""]
    for number, url in enumerate(statuses):
        lines += [f"## Part {number // 30}", ""] if number % 30 == 0 else []
        lines.append(f"- [{text}](<{url}>)")
    return list(list_links(parse(Source("\n".join(lines) + "\n", "README.md")), statuses))


@pytest.fixture(scope="module")
def many() -> list[ListedLink]:
    return listed({each.url: each for each in map(status, range(300))})


def html(markdown: str) -> str:
    options = Options.CMARK_OPT_UNSAFE
    rendered: str = cmarkgfm.github_flavored_markdown_to_html(markdown, options)
    return rendered


def test_three_hundred_links_on_two_screens(many: list[ListedLink]) -> None:
    lines = link_text.render(many, ()).splitlines()
    assert len(lines) <= 48
    for number in range(20):
        assert (
            f"  {many[number].place}: https://site{number}.org/paper/{number}: the page does not exist (HTTP 404)"
            in lines
        )
    assert "dead: 20 links; find the new address of each, or remove the link" in lines
    assert any(line.startswith("blocked: 30 links; ") for line in lines)
    assert "timeout: 40 links; may be temporary: it is reported if it lasts for days" in lines
    assert "ok: 205 links" in lines


def test_what_is_named_is_listed(many: list[ListedLink]) -> None:
    lines = link_text.render(many, {Verdict.TIMEOUT, Verdict.OK}).splitlines()
    assert len([line for line in lines if line.startswith("  README.md:")]) == 245
    assert not any("dead" in line for line in lines)


def test_an_address_is_named_once_with_all_its_places() -> None:
    dead = LinkStatus("https://a.site/x", Verdict.DEAD, Reason.GONE, 410, snapshot="https://web.archive.org/web/1/x")
    document = parse(Source("- [a](https://a.site/x)\n- [b](https://a.site/x)\n- [c](https://a.site/x)\n", "README.md"))
    assert "  README.md:1:3: https://a.site/x: the page is gone for good (HTTP 410); also line 2, line 3; " in (
        link_text.render(list(list_links(document, {dead.url: dead})), ())
    )


def test_an_issue_of_three_hundred_links(many: list[ListedLink]) -> None:
    """Rendered as GitHub does: dead and new addresses can be followed, and are in their verdict and section."""
    page = html(link_markdown.render(many, ()))
    links = re.findall(r'<a href="([^"]*)">([^<]*)</a>', page)
    assert all(href == shown for href, shown in links)
    addresses = [href for href, _ in links]
    assert addresses[:20] == [f"https://site{number}.org/paper/{number}" for number in range(20)]
    assert addresses[20:] == [
        address for n in range(90, 95) for address in (f"https://site{n}.org/paper/{n}", f"https://new{n}.org/")
    ]
    headings = re.findall(r"<h([23])>([^<]*)</h", page)
    assert headings == [
        ("2", "20 links: dead"),
        ("3", "List &gt; Part 0"),
        ("2", "5 links: moved-permanently"),
        ("3", "List &gt; Part 3"),
        ("2", "Nothing to do"),
    ]
    assert "40 links: timeout" in page


def test_what_was_not_checked_is_not_said_to_be_fine() -> None:
    document = parse(Source("- [a](https://a.site/)\n", "README.md"))
    found = LinkStatus("https://a.site/", Verdict.UNCHECKED, Reason.NETWORK_DOWN)
    assert link_markdown.render(list(list_links(document, {found.url: found})), ()) == (
        "1 link: 1 unchecked.\n\n## Not checked\n\n- 1 link: unchecked; not checked in this run\n"
    )


@pytest.mark.parametrize("url", _EVIL)
@pytest.mark.parametrize("verdict", [Verdict.DEAD, Verdict.MOVED_PERMANENTLY, Verdict.INVALID, Verdict.UNSAFE_TARGET])
def test_an_issue_is_harmless(url: str, verdict: Verdict) -> None:
    """Nothing comes out but headings, lists and links that lead where they say; nobody is called."""
    found = LinkStatus(url, verdict, Reason.REDIRECTED, 404, (Hop(301, url),), snapshot=url)
    entry = list_links(parse(Source("- [a](https://a.site/)\n", "<b>@x</b>.md")), {"https://a.site/": found})
    shown = html(link_markdown.render(list(entry), ()))
    assert set(re.findall(r"</?([a-z0-9]+)", shown)) <= {"h2", "h3", "ul", "li", "p", "a"}
    for href, label in re.findall(r'<a href="([^"]*)">([^<]*)</a>', shown):
        assert href.startswith("https://a.site/")
        assert not re.search(r"[\u202e\u200b\n]", unescape(label))
    outside = re.sub(r"<a [^>]*>[^<]*</a>", "", shown)
    assert not re.search(r"@\w|#\d", unescape(outside))


@pytest.mark.parametrize(
    "url", [*_EVIL, "https://a.site/你好?q=é", "https://a.site/%20%7C", "https://a.site/?a=b&amp;c=d"]
)
def test_a_link_leads_where_it_says(url: str) -> None:
    """The address that a browser gets is the one of the list, whatever of it had to be encoded."""
    from urllib.parse import unquote

    (href,) = re.findall(r'<p><a href="([^"]*)">', html(clickable(url)))
    assert unquote(unescape(href)) == unquote(url)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "mailto:a@b.org", "ftp://a.org/", "https://", "file:///x", "x"])
def test_only_addresses_of_the_web_can_be_followed(url: str) -> None:
    assert "<a" not in html(clickable(url))


def test_what_is_too_long_for_an_issue_is_left_out() -> None:
    statuses = {
        url: LinkStatus(url, Verdict.DEAD, Reason.NOT_FOUND, 404)
        for url in (f"https://site{n}.org/{'x' * 200}" for n in range(1000))
    }
    text = link_markdown.render(listed(statuses), ())
    assert len(text) < 65_536
    shown = text.count("<https://")
    assert f"{1000 - shown:,} more links do not fit here." in text


def test_a_page_that_is_gone_behind_a_redirect_is_to_be_acted_on() -> None:
    parked = LinkStatus(
        "https://a.site/x",
        Verdict.MOVED_TEMPORARILY,
        Reason.REDIRECTED,
        200,
        (Hop(302, "https://sedo.com/a.site"),),
        (Advisory.PARKED,),
    )
    moved = LinkStatus(
        "http://a.site/y",
        Verdict.MOVED_PERMANENTLY,
        Reason.REDIRECTED,
        200,
        (Hop(301, "https://a.site/y"),),
        replacement=Replacement("https://a.site/y", safe=True),
    )
    links = listed({each.url: each for each in (parked, moved)})
    assert "https://a.site/x -> https://sedo.com/a.site: its domain is for sale" in link_text.render(links, ())
    assert "http://a.site/y -> https://a.site/y\n" in link_text.render(links, ())
    assert "<http://a.site/y> is now <https://a.site/y> (" in link_markdown.render(links, ())

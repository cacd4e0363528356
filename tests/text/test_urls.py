"""What is known about a URL by its spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awesome_lint.markdown import parse
from awesome_lint.source import Source
from awesome_lint.text.canonical_urls import canonical_url
from awesome_lint.text.urls import (
    Target,
    as_destination,
    classify,
    host_of,
    is_host_name,
    respell_scheme,
    split_url,
    unwrap,
)


@pytest.mark.parametrize(
    ("destination", "target"),
    [
        ("", Target.NOTHING),
        (" # ", Target.NOTHING),
        ("#usage", Target.ANCHOR),
        ("https://example.org", Target.WEB),
        ("HTTP://Example.org/a b", Target.WEB),
        ("http://localhost:8080", Target.WEB),
        ("https://web.archive.org/web/2010/http://example.org", Target.WEB),
        ("https://", Target.SCHEME_ONLY),
        ("http:", Target.SCHEME_ONLY),
        ("http//openkg.cn", Target.MISSPELT),
        ("mailto:a@example.org", Target.OTHER),
        ("//cdn.example.org/x", Target.OTHER),
        ("vscode:extension/x", Target.OTHER),
        ("localhost:3000", Target.OTHER),
        ("/docs", Target.ROOTED),
        ("nan", Target.PLACEHOLDER),
        ("N/A", Target.PLACEHOLDER),
        ("jane.roe@example.org", Target.MAIL),
        ("amida13.isi.uu.nl", Target.HOST),
        ("arxiv.org/abs/1", Target.HOST),
        ("github.com:8080/x", Target.HOST),
        ("dukeenglish.github.io", Target.HOST),
        ("github.io", Target.HOST),
        ("食狮.公司.cn/a", Target.HOST),
        ("www.docs.rs", Target.HOST),
        ("docs.rs/serde", Target.HOST),
        ("stats.ac.rs", Target.HOST),
        ("docs.rs", Target.FILE),
        ("README.md", Target.FILE),
        ("README.zh-cn.md", Target.FILE),
        ("asp.net/README.md", Target.FILE),
        ("next.js/README.md", Target.FILE),
        ("v1.0/notes", Target.FILE),
        ("image@2x.png", Target.FILE),
        ("archive@1.0.zip", Target.FILE),
        ("../../issues", Target.FILE),
        ("http/client.py", Target.FILE),
        ("https.md", Target.FILE),
        ("a." * 100_000 + "com@", Target.FILE),
    ],
)
def test_classify(destination: str, target: Target) -> None:
    assert classify(destination) is target


@pytest.mark.parametrize(
    ("damaged", "right"),
    [
        ("https:/example.org/a", "https://example.org/a"),
        ("http:example.org", "http://example.org"),
        ("http:/localhost", "http://localhost"),
        ("https:///example.org", "https://example.org"),
        ("https//example.org", "https://example.org"),
        ("http/example.org/a", "http://example.org/a"),
        ("http//exampleorg/a", "http://exampleorg/a"),
        ("https;//example.org", "https://example.org"),
        ("https://https://example.org", "https://example.org"),
        ("https://http//example.org", "http://example.org"),
        ("htp://example.org", "http://example.org"),
        ("htps://example.org", "https://example.org"),
        ("ttps://example.org", "https://example.org"),
        ("hhttps://example.org", "https://example.org"),
        ("httsp://example.org", "https://example.org"),
        ("https ://example.org", "https://example.org"),
        ("https:\\\\example.org", "https://example.org"),
        ("https://example.org", None),
        ("https://", None),
        ("http/client.py", None),
        ("tts/model.py", None),
        ("ftp://example.org", None),
        ("h", None),
    ],
)
def test_respell_scheme(damaged: str, right: str | None) -> None:
    assert respell_scheme(damaged) == right


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://www.google.com/url?sa=t&q=https%3A%2F%2Fexample.org%2Fa%3Fb", "https://example.org/a?b"),
        ("https://www.google.co.uk/url?url=http://example.org", "http://example.org"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2F&h=a", "https://example.org/"),
        ("https://r.jina.ai/https://example.org/a?b=1#c", "https://example.org/a?b=1#c"),
        ("https://nam04.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org&data=1", "https://example.org"),
        ("https://urldefense.proofpoint.com/v2/url?u=https-3A__example.org_a-5Fb&d=D", "https://example.org/a_b"),
        ("https://urldefense.com/v3/__https://example.org/a?b__;!!abc!def$", "https://example.org/a?b"),
        ("https://urldefense.com/v3/__https:/example.org/a__;!!abc!def$", "https://example.org/a"),
        ("https://urldefense.com/v3/__https://example.org/a*b__;Kw!!abc!def$", None),
        ("https://ezproxy.example.edu/login?url=https://example.org/a", "https://example.org/a"),
        ("https://example.edu/login?url=https://example.org/a", None),
        ("https://www.researchgate.net/deref/https%3A%2F%2Fexample.org%2F", "https://example.org/"),
        ("https://href.li/?https://example.org/a", "https://example.org/a"),
        ("https://www.google.com/search?q=https://example.org", None),
        ("https://www.youtube.com/watch?v=https://example.org", None),
        ("https://vk.com/away.php?to=javascript:alert", None),
        ("https://l.facebook.com/l.php?u=https://l.facebook.com/x", None),
        ("https://web.archive.org/web/2015/https://example.org", None),
        ("ftp://r.jina.ai/https://example.org", None),
        ("README.md", None),
    ],
)
def test_unwrap(url: str, target: str | None) -> None:
    assert unwrap(url) == target


@pytest.mark.parametrize(
    "spellings",
    [
        [
            "https://example.org/a",
            "http://www.example.org/a/",
            "https://example.org:443/a?utm_source=x&fbclid=y",
            "HTTPS://EXAMPLE.ORG./a?",
            "https://example.org/%61",
            "https://r.jina.ai/https://example.org/a",
        ],
        ["https://example.org", "http://example.org/"],
        ["https://github.com/Foo/Bar.git", "https://github.com/foo/bar/"],
        [
            "https://arxiv.org/abs/2101.00001",
            "http://arxiv.org/pdf/2101.00001v2.pdf",
            "https://www.arxiv.org/pdf/2101.00001",
            "https://doi.org/10.48550/arXiv.2101.00001",
            "https://export.arxiv.org/abs/2101.00001v1",
        ],
        ["https://arxiv.org/abs/cs/0112017", "https://arxiv.org/pdf/cs/0112017v1.pdf"],
        [
            "https://doi.org/10.1000/ABC",
            "http://dx.doi.org/10.1000/abc",
            "https://dl.acm.org/doi/10.1000/abc",
            "https://publisher.example.org/doi/full/10.1000/abc",
        ],
    ],
)
def test_spellings_of_one_address(spellings: list[str]) -> None:
    assert len(set(map(canonical_url, spellings))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "https://example.org/a#b"),
        ("https://example.org/a?b=1", "https://example.org/a?b=2"),
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org:8080/a", "https://example.org/a"),
        ("https://example.org/a%2Fb", "https://example.org/a/b"),
        ("https://github.com/foo/bar/tree/A", "https://github.com/foo/bar/tree/a"),
        ("https://arxiv.org/abs/2101.00001", "https://arxiv.org/abs/2101.00002"),
        ("https://dl.acm.org/doi/10.1000/abc", "https://dl.acm.org/doi/10.1000/abd"),
        ("https://dl.acm.org/doi/10.1000/abc", "https://dl.acm.org/doi/suppl/10.1000/abc"),
        ("mailto:a@example.org", "a@example.org"),
    ],
)
def test_two_addresses(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


def test_host_of() -> None:
    assert host_of("https://user@www.Example.org:8080/a") == "example.org"
    assert host_of("https://[::1]:80/a") == "[::1]"
    assert host_of("docs/a.md") == ""
    assert split_url("https://") is None


def test_is_host_name() -> None:
    assert is_host_name("docs.rs")
    assert is_host_name("adni.loni.usc.edu")
    assert not is_host_name("index.html")
    assert not is_host_name("co")


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://example.org/a_(b)", "https://example.org/a_(b)"),
        ("https://example.org/a)b(", "https://example.org/a%29b%28"),
        ("https://example.org/a b|c", "https://example.org/a%20b%7Cc"),
        ("https://example.org/?a=1&copy=2", "https://example.org/?a=1&amp;copy=2"),
        ("https://example.org/?a=1&b=2", "https://example.org/?a=1&b=2"),
        ("https://example.org/中", "https://example.org/中"),
    ],
)
def test_as_destination(url: str, written: str) -> None:
    assert as_destination(url) == written


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40).map(lambda text: f"https://example.org/{text}"))
def test_a_destination_stays_one_in_a_cell(url: str) -> None:
    document = parse(Source(f"| a | b |\n| - | - |\n| [x]({as_destination(url)}) | c |\n"))
    (row,) = document.tables[0].rows
    assert len(row.cells) == 2
    assert [link.text for link in row.cells[0].content.links] == ["x"]


@given(st.text(max_size=60))
def test_no_text_is_too_odd(text: str) -> None:
    classify(text)
    unwrap(f"https://href.li/?{text}")
    assert canonical_url(canonical_url(text)) == canonical_url(text) or "://" in text
    right = respell_scheme(text)
    assert right is None or classify(right) is not Target.MISSPELT

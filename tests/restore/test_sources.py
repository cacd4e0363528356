"""Addresses that need no search: where a proxy leads, and what the entry itself names."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest

from awesome_lint.restore.identifiers import identifiers_in, is_isbn
from awesome_lint.restore.model import IdentifierKind
from awesome_lint.restore.trails import is_beyond
from awesome_lint.restore.wrappers import decode
from tests.restore.conftest import Desk
from tests.restore.library import Paper, Repository
from tests.restore.test_titles import ARXIV, DOI, PAPER, TITLE, found, table

pytestmark = pytest.mark.slow

TARGET = "http://journal.site.org/papers/1"
OTHER = replace(PAPER, title="Another Paper about Entirely Different Plants", doi="10.1000/other", arxiv="1501.00001")


def wrapped(target: str) -> dict[str, str]:
    """Addresses of redirect services that hold *target*, each in its own way."""
    return {
        "a known service": f"https://link.zhihu.com/?target={quote(target, safe='')}",
        "percent-encoded": f"http://go.proxy.net/out?id=7&to={quote(target, safe='')}",
        "base64": f"http://go.proxy.net/r/{base64.urlsafe_b64encode(target.encode()).decode()}",
        "base64 without its end": f"http://go.proxy.net/r?u={base64.b64encode(target.encode()).decode().rstrip('=')}",
        "hexadecimal": f"http://go.proxy.net/x/{target.encode().hex()}",
    }


@pytest.mark.parametrize("way", wrapped(TARGET))
def test_addresses_that_are_written_out(way: str, desk: Desk) -> None:
    url = wrapped(TARGET)[way]
    assert decode(url) == TARGET
    (row,) = desk.find(f"- [Alpha]({url})\n", "--proxy", "go.proxy.net")
    assert found(row) == ("certain", [TARGET])
    assert desk.requests == 0, "nobody has to be asked"


@pytest.mark.parametrize(
    "url",
    [
        "http://go.proxy.net/g/9e82bf4a493e96d7a7f3c02f5e1db3ea",
        "http://go.proxy.net/r/bm90IGFuIGFkZHJlc3MgYXQgYWxs",
        "http://go.proxy.net/out?to=/papers/1",
        "http://go.proxy.net/out?to=http%3A%2F%2Fgo.proxy.net%2Fpapers",
        "http://go.proxy.net/out?a=http%3A%2F%2Fa.site.net%2F1&b=http%3A%2F%2Fb.site.net%2F2",
        "http://go.proxy.net/out?to=javascript%3Aalert(1)",
        "http://go.proxy.net/x/" + b"http://10.0.0.1/admin".hex(),
        "mailto:a@go.proxy.net",
    ],
)
def test_addresses_that_are_not(url: str) -> None:
    assert decode(url) is None


def led(desk: Desk, target: str, link: str = "[data]({})", **statuses: int) -> dict[str, Any]:
    """The report on a proxied link that is led to *target*."""
    desk.pages.redirects["go.proxy.net/1"] = target
    desk.pages.statuses |= {address.replace("_", "/"): status for address, status in statuses.items()}
    (row,) = desk.find(f"- {link.format('http://go.proxy.net/1')}\n", "--proxy", "go.proxy.net")
    return row


def test_where_a_proxy_leads(desk: Desk) -> None:
    assert found(led(desk, TARGET)) == ("certain", [TARGET])


def test_the_first_page_beyond_the_proxy_counts(desk: Desk) -> None:
    desk.pages.redirects |= {
        "www.go.proxy.net/2": "http://bit.ly/3",
        "bit.ly/3": TARGET,
        "journal.site.org/papers/1": "http://www.publisher.net/article/9",
    }
    desk.pages.redirects["go.proxy.net/1"] = "http://www.go.proxy.net/2"
    (row,) = desk.find("- [data](http://go.proxy.net/1)\n", "--proxy", "go.proxy.net", "--proxy", "bit.ly")
    assert found(row) == ("certain", [TARGET])


@pytest.mark.parametrize(
    ("status", "outcome"), [(200, "certain"), (403, "certain"), (429, "certain"), (404, "ambiguous"), (500, "certain")]
)
def test_what_the_page_answers(status: int, outcome: str, desk: Desk) -> None:
    desk.pages.statuses["journal.site.org/papers/1"] = status
    assert led(desk, TARGET)["outcome"] == outcome


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:22/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest",
        "http://[fd00::1]/",
        "file:///etc/passwd",
        "ftp://a.net/",
    ],
)
def test_targets_outside_of_the_web(target: str, desk: Desk) -> None:
    assert found(led(desk, target)) == ("unknown", [])


def test_a_login_page_and_a_seller_of_names_are_no_targets(desk: Desk) -> None:
    assert led(desk, "http://www.site.net/login?next=1")["outcome"] == "ambiguous"
    assert led(desk, "http://sedo.com/search", "[more data]({})")["outcome"] == "ambiguous"


def test_one_page_in_place_of_many(desk: Desk) -> None:
    lines = []
    for number, name in enumerate(("alpha data", "beta data", "gamma data")):
        desk.pages.redirects[f"go.proxy.net/{number}"] = "http://www.adverts.net/today"
        lines.append(f"- [{name}](http://go.proxy.net/{number})\n")
    rows = desk.find("".join(lines), "--proxy", "go.proxy.net")
    assert [row["outcome"] for row in rows] == ["ambiguous"] * 3
    rows = desk.find("".join(lines[:2]), "--proxy", "go.proxy.net")
    assert [row["outcome"] for row in rows] == ["certain"] * 2


def test_two_papers_cannot_have_one_address(desk: Desk) -> None:
    desk.pages.redirects |= {"go.proxy.net/1": TARGET, "go.proxy.net/2": TARGET}
    text = (
        table(link="[pdf](http://go.proxy.net/1)") + f"| {OTHER.title} [pdf](http://go.proxy.net/2) | ICPA | 2015 |\n"
    )
    rows = desk.find(text, "--proxy", "go.proxy.net")
    assert [row["outcome"] for row in rows] == ["ambiguous"] * 2


def test_a_paper_of_another_title_is_evidence_against(desk: Desk) -> None:
    desk.library.papers = [PAPER, OTHER]
    desk.pages.redirects["go.proxy.net/1"] = f"http://arxiv.org/abs/{OTHER.arxiv}"
    (row,) = desk.find(table(link="[pdf](http://go.proxy.net/1)"), "--proxy", "go.proxy.net")
    assert found(row) == ("ambiguous", [f"http://arxiv.org/abs/{OTHER.arxiv}", ARXIV])
    assert OTHER.title in row["why"]


def test_a_paper_of_this_title_is_the_one(desk: Desk) -> None:
    desk.library.papers = [PAPER, OTHER]
    desk.pages.redirects["go.proxy.net/1"] = "http://arxiv.org/pdf/1603.01234.pdf"
    (row,) = desk.find(table(link="[pdf](http://go.proxy.net/1)"), "--proxy", "go.proxy.net")
    assert found(row) == ("certain", ["http://arxiv.org/pdf/1603.01234.pdf"])


def test_a_home_page_is_no_paper(desk: Desk) -> None:
    desk.pages.redirects["go.proxy.net/1"] = "http://journal.site.org/"
    (row,) = desk.find(table(link="[pdf](http://go.proxy.net/1)"), "--proxy", "go.proxy.net")
    assert row["outcome"] == "ambiguous"
    assert led(desk, "http://journal.site.org/")["outcome"] == "certain", "but data may well have a site of its own"


def test_what_one_address_means_it_means_everywhere(desk: Desk) -> None:
    desk.library.papers = [replace(PAPER, arxiv="")]
    url = "http://go.proxy.net/1"
    text = f"- [{TITLE}]({url})\n- [Beta](http://a.site.org/)\n\n" + table(link=f"[pdf]({url})")
    desk.pages.statuses["go.proxy.net/1"] = 404
    assert [found(row) for row in desk.find(text)] == [("certain", [DOI])] * 2


def test_links_of_the_same_text_are_named_but_never_written(desk: Desk) -> None:
    desk.pages.redirects["go.proxy.net/1"] = TARGET
    desk.pages.statuses["go.proxy.net/2"] = 404
    text = "- [LIDC](http://go.proxy.net/1)\n- [LIDC](http://go.proxy.net/2)\n"
    rows = desk.find(text, "--proxy", "go.proxy.net")
    assert [found(row) for row in rows] == [("certain", [TARGET]), ("ambiguous", [TARGET])]
    assert rows[1]["candidates"][0]["sources"] == ["same-link"]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (TARGET, True),
        ("http://www.go.proxy.net/2", False),
        ("http://proxy.net/expired", False),
        ("http://bit.ly/1", False),
        ("http://127.0.0.1:8080/1", True),
    ],
)
def test_what_is_beyond_a_proxy(target: str, expected: bool) -> None:
    assert is_beyond(target, "http://go.proxy.net/1", {"go.proxy.net", "bit.ly"}) is expected


def test_a_circle_of_proxies_ends(desk: Desk) -> None:
    desk.pages.redirects |= {"go.proxy.net/1": "http://go.proxy.net/2", "go.proxy.net/2": "http://go.proxy.net/1"}
    (row,) = desk.find("- [data](http://go.proxy.net/1)\n", "--proxy", "go.proxy.net")
    assert found(row) == ("unknown", [])
    assert len(desk.server.requests) <= 6


def test_a_page_that_leads_on_by_itself(desk: Desk) -> None:
    page = f'<html><head><meta http-equiv="refresh" content="0; url={TARGET}?a=1&amp;b=2"></head></html>'
    desk.pages.bodies["go.proxy.net/1"] = page.encode()
    (row,) = desk.find("- [data](http://go.proxy.net/1)\n", "--proxy", "go.proxy.net")
    assert found(row) == ("certain", [f"{TARGET}?a=1&b=2"])


def test_papers_that_a_proxy_leads_to_are_not_requested_one_by_one(desk: Desk) -> None:
    desk.pages.redirects |= {f"go.proxy.net/{n}": f"http://arxiv.org/abs/1603.{n:05}" for n in range(20)}
    desk.library.papers = [Paper(f"{TITLE} {n}", 2016, arxiv=f"1603.{n:05}") for n in range(20)]
    desk.find("".join(f"- [data {n}](http://go.proxy.net/{n})\n" for n in range(20)), "--proxy", "go.proxy.net")
    assert not [each for each in desk.server.requests if "arxiv.org" in each.headers["host"]]


NAMED = {
    "doi": ("doi:10.1000/leaves", "10.1000/leaves"),
    "doi in a sentence": ("(see 10.1000/leaves).", "10.1000/leaves"),
    "doi with brackets": ("10.1016/0022-2836(81)90087-5", "10.1016/0022-2836(81)90087-5"),
    "arxiv": ("arXiv:1603.01234v2", "1603.01234"),
    "old arxiv": ("arXiv hep-th/9901001", "hep-th/9901001"),
    "arxiv doi": ("10.48550/arXiv.1603.01234", "1603.01234"),
    "pmid": ("PMID: 26978662", "26978662"),
    "isbn": ("ISBN 978-3-16-148410-0", "9783161484100"),
    "isbn 10": ("ISBN: 0-306-40615-2", "0306406152"),
}


@pytest.mark.parametrize("what", NAMED)
def test_identifiers(what: str) -> None:
    text, value = NAMED[what]
    assert [each.value for each in identifiers_in(text, ())] == [value]


@pytest.mark.parametrize(
    "text", ["10.1000/lea…", "ISBN 978-3-16-148410-1", "version 10.12/3", "1603.01234", "PMID 12", "phone 0306406152"]
)
def test_what_is_no_identifier(text: str) -> None:
    assert identifiers_in(text, ()) == ()


def test_identifiers_in_addresses() -> None:
    urls = [
        "https://link.springer.com/article/10.1000/x",
        "https://doi.org/10.1000/leaves",
        "http://arxiv.org/pdf/1603.01234v1",
    ]
    urls += [
        "https://pubmed.ncbi.nlm.nih.gov/26978662/",
        "https://github.com/ada/leaves/tree/main",
        "https://arxiv.org/abs/1603…",
    ]
    assert [each.kind for each in identifiers_in("", urls)] == [
        IdentifierKind.DOI,
        IdentifierKind.ARXIV,
        IdentifierKind.PMID,
        IdentifierKind.REPOSITORY,
    ]


def test_check_digits() -> None:
    assert is_isbn("080442957X")
    assert not is_isbn("0804429578")
    assert not is_isbn("12345")


def with_remark(remark: str) -> str:
    return f"| Paper | Remark |\n| --- | --- |\n| {TITLE} [[pdf]]() | {remark} |\n"


@pytest.mark.parametrize("remark", ["doi:10.1000/leaves", "arXiv:1603.01234", "[doi](https://doi.org/10.1000/leaves)"])
def test_the_entry_names_its_paper(remark: str, desk: Desk) -> None:
    desk.library.papers = [PAPER]
    row = next(row for row in desk.find(with_remark(remark)) if row["loss"] == "empty")
    assert row["outcome"] == "certain"
    assert row["candidates"][0]["url"] in (ARXIV, DOI)
    assert not any("bibliographic" in request.target for request in desk.servers["crossref"].requests)


def test_an_article_by_its_pmid(desk: Desk) -> None:
    desk.library.articles["26978662"] = {
        "title": f"{TITLE}.",
        "pubdate": "2016 Mar 3",
        "authors": [{"name": "Lovelace A", "authtype": "Author"}],
        "fulljournalname": "Plant methods",
        "articleids": [{"idtype": "pubmed", "value": "26978662"}, {"idtype": "doi", "value": "10.1000/leaves"}],
    }
    (row,) = desk.find(with_remark("PMID: 26978662"))
    assert found(row) == ("certain", [DOI])
    assert row["candidates"][0]["others"] == ["https://pubmed.ncbi.nlm.nih.gov/26978662"]


def test_a_book_by_its_isbn(desk: Desk) -> None:
    title, subtitle = TITLE.split(" with ")
    desk.library.books["ISBN:9783161484100"] = {
        "url": "https://openlibrary.org/books/OL1M/Leaves",
        "title": title,
        "subtitle": f"with {subtitle}",
        "authors": [{"name": "Ada Lovelace"}],
        "publish_date": "March 2016",
    }
    (row,) = desk.find(with_remark("ISBN 978-3-16-148410-0"))
    assert found(row) == ("certain", ["https://openlibrary.org/isbn/9783161484100"])


def test_a_paper_that_the_entry_names_beside_its_own_is_not_taken_for_it(desk: Desk) -> None:
    desk.library.papers = [PAPER, OTHER]
    (row,) = desk.find(with_remark(f"after doi:{OTHER.doi}"))
    assert found(row) == ("probable", [ARXIV])


def test_a_dead_page_with_a_doi_in_its_address(desk: Desk) -> None:
    desk.library.papers = [PAPER]
    desk.pages.statuses["journal.site.org/doi/abs/10.1000/leaves"] = 404
    (row,) = desk.find(table(link="[paper](http://journal.site.org/doi/abs/10.1000/leaves)", year=""))
    assert (row["loss"], *found(row)) == ("dead", "certain", [DOI])


def code(name: str = "DeepLeaf: Counting the Leaves of Young Rosette Plants", repository: str = "") -> str:
    return f"| Paper | Repository | Code |\n| --- | --- | --- |\n| {name} | {repository} | [code]() |\n"


def test_a_repository_that_the_entry_names(desk: Desk) -> None:
    desk.library.repositories = [Repository("ada/deepleaf")]
    (row,) = desk.find(code(repository="ada/DeepLeaf"))
    assert found(row) == ("certain", ["https://github.com/ada/DeepLeaf"])
    (row,) = desk.find(code(repository="ada/lost"))
    assert row["outcome"] != "certain", "it is not there"


def test_a_repository_of_a_name(desk: Desk) -> None:
    desk.library.repositories = [
        Repository("ada/DeepLeaf"),
        Repository("zoe/DeepLeaf", fork=True),
        Repository("a/deepleaf2"),
    ]
    (row,) = desk.find(code())
    assert found(row) == ("probable", ["https://github.com/ada/DeepLeaf"])
    desk.library.repositories = [Repository("ada/DeepLeaf"), Repository("bo/deep-leaf"), Repository("bo/deepleaf")]
    (row,) = desk.find(code(), "--refresh")
    assert found(row)[0] == "ambiguous"


def test_titles_are_no_names_of_repositories(desk: Desk) -> None:
    (row,) = desk.find(code(TITLE))
    assert found(row) == ("unknown", [])
    assert not desk.servers["github"].requests


def known(paper: Paper) -> Paper:
    return replace(paper, known_to=frozenset({"crossref"}))


def test_a_subtitle_belongs_to_the_title(desk: Desk) -> None:
    title, subtitle = TITLE.split(" with ")
    desk.library.papers = [known(replace(PAPER, title=title, subtitle=f"With {subtitle}"))]
    (row,) = desk.find(table(f"{title}: With {subtitle}"))
    assert found(row) == ("certain", [DOI])

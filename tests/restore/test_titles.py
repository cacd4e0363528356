"""Addresses found by the title of an entry: what counts as the same work, and what comes too near to tell."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.restore.conftest import Desk
from tests.restore.library import Paper

pytestmark = pytest.mark.slow

TITLE = "Counting the Leaves of Young Rosette Plants with Shallow Networks"
PAPER = Paper(TITLE, 2016, ("Ada Lovelace", "Bo Li"), "10.1000/leaves", "1603.01234")
ARXIV, DOI = "https://arxiv.org/abs/1603.01234", "https://doi.org/10.1000/leaves"


def table(title: str = TITLE, year: object = 2016, venue: str = "ICPA", link: str = "[[pdf]]()") -> str:
    """A list with one row."""
    return f"| Paper | Venue | Year |\n| --- | --- | --- |\n| {title} {link} | {venue} | {year} |\n"


def one(desk: Desk, text: str, *papers: Paper) -> dict[str, Any]:
    """The only row of the report on a list made of *text*, in a world of *papers*."""
    desk.library.papers = papers
    (row,) = desk.find(text)
    return row


def found(row: dict[str, Any]) -> tuple[str, list[str]]:
    """The outcome in *row*, and the addresses."""
    return row["outcome"], [candidate["url"] for candidate in row["candidates"]]


@pytest.mark.parametrize(
    ("link", "venue", "url"),
    [
        ("[[pdf]]()", "ICPA", ARXIV),
        ("[paper]()", "ICPA", DOI),
        ("[paper]()", "arXiv", ARXIV),
        ("[paper]()", "arXiv preprint", ARXIV),
        ("[arXiv](#)", "", ARXIV),
        ("[pdf](tba)", "", ARXIV),
        ("[link](https://)", "ICPA", DOI),
        ('<a href="">paper</a>', "ICPA", DOI),
    ],
)
def test_which_of_the_addresses_of_one_work(link: str, venue: str, url: str, desk: Desk) -> None:
    row = one(desk, table(link=link, venue=venue), PAPER)
    other = DOI if url == ARXIV else ARXIV
    assert found(row) == ("certain", [url])
    (candidate,) = row["candidates"]
    assert candidate["others"] == [other]
    assert candidate["sources"] == ["arxiv", "crossref"]
    assert candidate["confidence"] == 1.0


@pytest.mark.parametrize(
    "title",
    [
        "Counting the leaves of young rosette plants with shallow networks",
        "Counting the Leaves of Young Rosette-Plants with Shallow Networks.",
        "**Counting the Leaves of *Young* Rosette Plants with Shallow Networks**",
    ],
)
def test_titles_that_are_the_same(title: str, desk: Desk) -> None:
    row = one(
        desk,
        table(title),
        replace(PAPER, title="Counting the Leaves of Young Rosette <i>Plants</i> with Shallow Networks"),
    )
    assert row["outcome"] == "certain"


@pytest.mark.parametrize(
    ("title", "outcome"),
    [
        ("Counting the Leaves of Young Rosette Plants with Shallow Network", "probable"),
        ("Counting the Leaves of Old Rosette Plants with Shallow Networks", "probable"),
        ("Counting the Roots of Old Thistles with Deep Networks", "unknown"),
        ("Counting Leaves", "unknown"),
        ("Leaves", "unknown"),
    ],
)
def test_titles_that_differ(title: str, outcome: str, desk: Desk) -> None:
    assert one(desk, table(title), PAPER)["outcome"] == outcome


@pytest.mark.parametrize(
    ("year", "outcome"),
    [(2016, "certain"), (2015, "probable"), (2017, "probable"), (2014, "unknown"), ("", "probable")],
)
def test_years(year: object, outcome: str, desk: Desk) -> None:
    assert one(desk, table(year=year), PAPER)["outcome"] == outcome


SHORT = replace(PAPER, title="Unicode Character Database")


@pytest.mark.parametrize(
    ("title", "year", "paper", "outcome"),
    [
        ("Unicode Character Database", 2016, SHORT, "probable"),
        ("Unicode Character Database", "", SHORT, "ambiguous"),
        ("Unicode Character Databases", 2016, SHORT, "ambiguous"),
        (TITLE.replace("Young", "Old"), "", PAPER, "ambiguous"),
        (TITLE.replace("Young", "Old"), 2015, PAPER, "ambiguous"),
    ],
)
def test_too_little_evidence(title: str, year: object, paper: Paper, outcome: str, desk: Desk) -> None:
    assert one(desk, table(title, year), paper)["outcome"] == outcome


@pytest.mark.parametrize("venue", ["(ICPA 2016)", "(**ICPA'16**, 2016)", "[ICPA 2016 Oral]"])
def test_a_venue_after_the_title(venue: str, desk: Desk) -> None:
    bullets = "- Alpha. [[pdf]](https://a.site.org/1)\n- {} [[pdf]]()\n"
    assert one(desk, bullets.format(f"{TITLE} {venue}"), PAPER)["outcome"] == "certain"
    assert one(desk, bullets.format(f"{TITLE} {venue}".replace("2016", "2011")), PAPER)["outcome"] == "unknown"
    assert one(desk, table(f"{TITLE} {venue}", year=""), PAPER)["outcome"] == "certain"


def test_the_year_may_stand_with_the_venue(desk: Desk) -> None:
    text = f"| Paper | Venue | Date |\n| --- | --- | --- |\n| {TITLE} [[pdf]]() | ICPA 2016 | May |\n"
    assert one(desk, text, PAPER)["outcome"] == "certain"
    assert one(desk, text.replace("2016", "2011"), PAPER)["outcome"] == "unknown"


RIVALS = {
    "another work of this title and year": replace(PAPER, authors=("Zoe Rival",), doi="10.1000/rival", arxiv=""),
    "the same in another journal": replace(PAPER, doi="10.1000/again", arxiv=""),
    "a title that hardly differs": replace(PAPER, title=f"{TITLE} II", doi="10.1000/two", arxiv=""),
    "the same title a year later": replace(PAPER, year=2017, doi="10.1000/later", arxiv=""),
}
HARMLESS = {
    "an erratum": replace(PAPER, title=f"Erratum to: {TITLE}", doi="10.1000/erratum", arxiv=""),
    "a retraction": replace(PAPER, title=f"Retraction: {TITLE}", doi="10.1000/retraction", arxiv=""),
    "a part of the work": replace(PAPER, doi="10.1000/leaves.t001", arxiv="", kind="component"),
    "the same title years later": replace(PAPER, year=2021, doi="10.1000/later", arxiv=""),
    "a title that hardly differs, a year later": replace(
        PAPER, title=f"{TITLE} II", year=2017, doi="10.1000/2", arxiv=""
    ),
    "a title that shares its first words": replace(
        PAPER, title=f"{TITLE} in the Rain of Spring", doi="10.1000/rain", arxiv=""
    ),
}


@pytest.mark.parametrize("rival", RIVALS.values(), ids=RIVALS)
def test_works_that_come_near(rival: Paper, desk: Desk) -> None:
    row = one(desk, table(), PAPER, rival)
    outcome, urls = found(row)
    assert outcome == "ambiguous"
    others = [other for candidate in row["candidates"] for other in candidate["others"]]
    assert f"https://doi.org/{rival.doi}" in urls + others
    assert desk.run("--unsafe-fixes").code == 1
    assert desk.readme.read_text() == table(), "a person has to choose"


@pytest.mark.parametrize("other", HARMLESS.values(), ids=HARMLESS)
def test_works_that_do_not(other: Paper, desk: Desk) -> None:
    outcome, urls = found(one(desk, table(), PAPER, other))
    assert (outcome, urls[0]) == ("certain", ARXIV)


def authored(authors: str) -> str:
    return f"| Title | Authors | Year |\n| --- | --- | --- |\n| [{TITLE}]() | {authors} | 2016 |\n"


def test_authors_tell_works_apart(desk: Desk) -> None:
    rival = RIVALS["another work of this title and year"]
    for authors in ("A. Lovelace, B. Li", "Lovelace et al.", "Ada Lovelace and Bo Li"):
        outcome, urls = found(one(desk, authored(authors), PAPER, rival))
        assert (outcome, urls[0]) == ("certain", DOI)
    outcome, urls = found(one(desk, authored("Z. Rival"), PAPER, rival))
    assert (outcome, urls[0]) == ("certain", "https://doi.org/10.1000/rival")


def test_other_authors_are_evidence_against(desk: Desk) -> None:
    assert found(one(desk, authored("Q. Somebody"), PAPER)) == ("ambiguous", [DOI])


def test_a_bullet(desk: Desk) -> None:
    for text, outcome in (
        (f"[{TITLE}](), ICPA 2016", "certain"),
        (f"[{TITLE}]() - A. Lovelace, B. Li", "certain"),
        (f"[{TITLE}]() - by somebody", "probable"),
        (f"[{TITLE}](), ICPA 2009", "unknown"),
        (f"{TITLE}. Ada Lovelace, Bo Li. ICPA 2016. [[pdf]]()", "certain"),
        (f"{TITLE}. ICPA 2016. [[pdf]]()", "probable"),
        (f"{TITLE}. A Survey. 2016. [[pdf]]()", "probable"),
        (f"{TITLE}. [[pdf]]()", "probable"),
        (f"{TITLE}. ICPA 2009. [[pdf]]()", "unknown"),
    ):
        row = one(desk, f"- Alpha. [[pdf]](https://a.site.org/1)\n- {text}\n", PAPER)
        assert row["outcome"] == outcome, text


def test_links_to_something_beside_the_work_are_not_looked_for_by_its_title(desk: Desk) -> None:
    text = (
        "| Paper | Code | Data | Slides | Year |\n| --- | --- | --- | --- | --- |\n"
        f"| [{TITLE}](https://a.site.org/1) | [link]() | [here]() | [slides]() | 2016 |\n"
    )
    desk.library.papers = [PAPER]
    assert [row["outcome"] for row in desk.find(text)] == ["unknown"] * 3
    assert not desk.servers["crossref"].requests


def test_those_that_are_asked_last(desk: Desk) -> None:
    for service in ("openalex", "dblp", "semantic-scholar"):
        row = one(
            desk,
            table(title=f"{TITLE} {service}"),
            replace(PAPER, title=f"{TITLE} {service}", known_to=frozenset({service})),
        )
        assert found(row) == ("certain", [ARXIV] if service != "dblp" else [DOI])
        assert row["candidates"][0]["sources"] == [service]
    asked = len(desk.servers["dblp"].requests)
    assert one(desk, table(), PAPER)["outcome"] == "certain"
    assert len(desk.servers["dblp"].requests) == asked, "nobody is asked about what is certain"


def test_a_preprint_and_the_paper_are_one_work_where_a_service_says_so(desk: Desk) -> None:
    preprint = replace(PAPER, year=2014, doi="", known_to=frozenset({"arxiv"}))
    paper = replace(PAPER, arxiv="", known_to=frozenset({"crossref"}))
    linked = replace(PAPER, known_to=frozenset({"semantic-scholar"}))
    text = table(year="")
    assert found(one(desk, text, preprint, paper))[0] == "ambiguous"
    assert found(one(desk, text, preprint, paper, linked))[0] == "ambiguous", "what is known is not asked again"
    desk.library.papers = [preprint, paper, linked]
    (row,) = desk.run("--refresh", "--format", "json").rows
    assert found(row) == ("probable", [ARXIV])


@pytest.mark.parametrize(
    ("left", "outcome", "url"),
    [
        ("https://arxiv.org/abs/1603.0…", "certain", ARXIV),
        ("http://www.arxiv.org/abs/16…", "certain", ARXIV),
        ("https://doi.org/10.1000/lea...", "certain", DOI),
        ("https://publisher.site.org/a/leaves…", "certain", DOI),
        ("https://arxiv.org/abs/1501.0…", "ambiguous", DOI),
    ],
)
def test_what_is_left_of_an_address(left: str, outcome: str, url: str, desk: Desk) -> None:
    assert found(one(desk, table(link=f"[paper]({left})"), PAPER)) == (outcome, [url])


def roles(desk: Desk, text: str) -> list[str]:
    """The outcome for each lost link of *text* in a world in which the paper is known."""
    desk.library.papers = [PAPER]
    return [row["outcome"] for row in desk.find(text)]


@pytest.mark.parametrize(
    ("header", "link", "outcome"),
    [
        ("Paper", "[link]()", "certain"),
        ("Link", "[here]()", "certain"),
        ("PDF", "[here]()", "certain"),
        ("Remarks", "[pdf]()", "certain"),
        ("Remarks", "[here]()", "unknown"),
        ("Slides", "[pdf]()", "unknown"),
        ("Video", "[link]()", "unknown"),
        ("Project Page", "[link]()", "unknown"),
        ("Dataset", "[pdf]()", "unknown"),
        ("Supplementary", "[pdf]()", "unknown"),
    ],
)
def test_the_header_says_what_a_link_leads_to(header: str, link: str, outcome: str, desk: Desk) -> None:
    text = f"| Title | Year | {header} |\n| --- | --- | --- |\n| {TITLE} | 2016 | {link} |\n"
    assert roles(desk, text) == [outcome]


def test_a_word_before_a_link_says_what_it_leads_to(desk: Desk) -> None:
    links = "Paper: [pdf](), slides: [pdf](), Code: [here](), video：[link]()"
    text = f"- Alpha. [pdf](https://a.site.org/1)\n- {TITLE}. Ada Lovelace. 2016. {links}\n"
    assert roles(desk, text) == ["certain", "unknown", "unknown", "unknown"]


def test_a_second_link_of_one_label_belongs_to_the_words_before_it(desk: Desk) -> None:
    text = table(TITLE, link="[pdf]() and its sequel about the roots of thistles [pdf]()")
    assert roles(desk, text) == ["certain", "unknown"]
    assert roles(desk, table(TITLE, link="[pdf]() ([pdf]())")) == ["certain", "certain"]


@pytest.mark.parametrize(
    ("label", "paper", "outcome", "url"),
    [
        ("arXiv", PAPER, "certain", ARXIV),
        ("DOI", PAPER, "certain", DOI),
        ("arXiv", replace(PAPER, arxiv=""), "ambiguous", DOI),
        ("DOI", replace(PAPER, doi=""), "ambiguous", ARXIV),
    ],
)
def test_what_a_label_promises(label: str, paper: Paper, outcome: str, url: str, desk: Desk) -> None:
    assert found(one(desk, table(link=f"[{label}]()"), paper)) == (outcome, [url])

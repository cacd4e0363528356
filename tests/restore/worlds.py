"""A world for a list behind a proxy: half of its links are led on, most titles are known, and there are rivals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from awesome_lint.api import parse
from awesome_lint.markdown import Row
from awesome_lint.semantic.model import ListModel
from awesome_lint.text.canonical_urls import canonical_url
from tests.restore.conftest import Desk
from tests.restore.library import Paper

_WRAPPED = re.compile(r"http://(u\.\S+?/[a-z]/[0-9a-f]+)")
_EVERYWHERE = frozenset({"arxiv", "crossref"})


@dataclass
class World:
    """What is true of a list: where its proxied links lead, and which addresses the paper of each title has."""

    targets: dict[str, str] = field(default_factory=dict)
    papers: dict[str, set[str]] = field(default_factory=dict)
    ambiguous: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def is_right(self, row: dict[str, Any], url: str) -> bool:
        """Whether *url* is an address of what the link in *row* of a report stands for."""
        if self.targets.get(row["url"]) == url:
            return True
        return canonical_url(url) in self.papers.get(row["entry"], set()) and row["entry"] not in self.ambiguous


def make_world(text: str, desk: Desk) -> World:
    """Fill the world of *desk* for the list in *text*: every second address is led on, the others are dead."""
    world = World()
    for number, address in enumerate(dict.fromkeys(_WRAPPED.findall(text))):
        if number % 2:
            desk.pages.statuses[address] = 404
        else:
            world.targets[f"http://{address}"] = desk.pages.redirects[address] = (
                f"http://pages-{number % 7}.site.org/{number}"
            )
    desk.library.papers = list(_papers(text, world))
    return world


def _papers(text: str, world: World) -> Iterator[Paper]:
    document = parse(text)
    rows = {entry.title: entry.span for entry in ListModel(document).entries if isinstance(entry.origin, Row)}
    for number, (title, span) in enumerate(rows.items()):
        years = re.findall(r"\| ?(20\d\d)\b", document.source[span])
        paper = _paper(title, int(years[-1]), number)
        yield from _beside(paper, number)
        if number % 10 == 8:
            continue  # nobody knows it
        world.papers[title] = {canonical_url(f"https://doi.org/{paper.doi}"), f"arxiv:{paper.arxiv}"}
        yield paper
        if number % 10 == 7:
            world.ambiguous.add(title)
            yield Paper(title, paper.year, ("Zoe Rival",), f"10.5555/rival.{number}", known_to=frozenset({"crossref"}))


def _paper(title: str, year: int, number: int) -> Paper:
    digest = int(sha256(title.encode()).hexdigest(), 16)
    known = frozenset({"dblp", "openalex", "semantic-scholar"}) if number % 10 == 9 else _EVERYWHERE
    if number % 10 in (0, 3, 6):
        known = frozenset({"arxiv" if number % 4 else "crossref"})
    authors = ("Ada Example", f"Bob Name{digest % 97}")
    arxiv = f"{year % 100:02}{digest % 12 + 1:02}.{digest % 100_000:05}"
    return Paper(title, year, authors, f"10.1000/{digest % 10**8}", arxiv, known_to=known)


def _beside(paper: Paper, number: int) -> Iterator[Paper]:
    """What services also know that has a title like that of *paper*."""
    doi = f"10.1000/beside.{number}"
    if number % 5 == 1:
        yield Paper(f"Erratum to: {paper.title}", paper.year, paper.authors, doi)
    if number % 5 == 2:
        yield Paper(f"{paper.title}: A Second Look at the Whole Matter", paper.year, ("Max Other",), doi)
    if number % 5 == 3:
        yield Paper(paper.title, paper.year + 6, ("Max Other",), doi, known_to=frozenset({"crossref"}))
    if number % 5 == 4:
        yield Paper(f"The Cost of {paper.title.split()[0]}", paper.year, ("Max Other",), doi)

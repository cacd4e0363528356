"""What the findings about all links of a list say about each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from msgspec.structs import replace

from awesome_lint.restore.identifiers import identifiers_in
from awesome_lint.restore.likeness import fold
from awesome_lint.restore.model import Candidate, Finding, Identifier, IdentifierKind, Loss, Outcome, Source
from awesome_lint.semantic.titles import is_label, is_long_title
from awesome_lint.text.canonical_urls import canonical_url
from awesome_lint.text.urls import host_of

_SOLVED = (Outcome.CERTAIN, Outcome.PROBABLE)
_MOST_NAMES = 2
"""The most links with different names that can lead to one page; with more, the proxy shows it in place of many."""


def identifier_of(url: str) -> Identifier | None:
    """The identifier of a paper that *url* is the address of."""
    found = (each for each in identifiers_in("", [url]) if each.kind is not IdentifierKind.REPOSITORY)
    return next(found, None)


def without_contradictions(findings: Sequence[Finding]) -> list[Finding]:
    """*findings*, each in the light of the others.

    What one address was found to mean holds wherever the list has it under the same title.  Works of different titles
    cannot have one address, nor can a page be that of many links.  A link is not given the address that it has lost.
    """
    fresh = [_going_on(_without_own_address(each)) for each in findings]
    shared = _shared(fresh)
    return _with_same_links(_without_collisions(shared))


def _without_own_address(finding: Finding) -> Finding:
    own = _where(finding.link.url)
    kept = tuple(each for each in finding.candidates if _where(each.url) != own)
    if kept == finding.candidates:
        return finding
    outcome = Outcome.AMBIGUOUS if kept else Outcome.UNKNOWN
    return Finding(finding.link, outcome, kept, "it was found under the very address that is dead")


def _going_on(finding: Finding) -> Finding:
    """*finding*, with the address first that continues from what is left of a truncated one, if that is of one host."""
    left = finding.link.url.rstrip(".\u2026")
    if finding.link.loss is not Loss.TRUNCATED or not host_of(left) or not finding.candidates:
        return finding
    best, *others = finding.candidates
    addresses = (best.url, *best.others)
    fitting = [each for each in addresses if _spelled(each).startswith(_spelled(left))]
    if fitting:
        rest = tuple(each for each in addresses if each != fitting[0])
        best = replace(best, url=fitting[0], others=rest)
        return replace(finding, candidates=(best, *others))
    if any(host_of(each) == host_of(left) for each in addresses):
        return replace(finding, outcome=Outcome.AMBIGUOUS, why="it does not continue what is left of the address")
    return finding


def _spelled(url: str) -> str:
    """*url* without what two spellings of one address differ in at their beginning."""
    return re.sub(r"^https?://(?:www\.)?", "", url, flags=re.IGNORECASE).lower()


def _where(url: str) -> tuple[str, str]:
    """What two spellings of one address share; a DOI's page at its publisher is not that at doi.org."""
    return host_of(url), canonical_url(url)


def _shared(findings: Sequence[Finding]) -> list[Finding]:
    """*findings*, where a link that is certain speaks for all with the same address and title."""
    certain: dict[tuple[str, str], Finding] = {}
    for each in findings:
        if each.outcome is Outcome.CERTAIN and each.link.url and each.link.loss is not Loss.EMPTY:
            certain.setdefault((each.link.url, fold(each.link.subject.title)), each)
    shared = []
    for each in findings:
        known = certain.get((each.link.url, fold(each.link.subject.title)))
        is_open = known is not None and each.outcome is not Outcome.CERTAIN
        shared.append(replace(known, link=each.link) if known and is_open else each)
    return shared


def _without_collisions(findings: Sequence[Finding]) -> list[Finding]:
    titles: defaultdict[str, set[str]] = defaultdict(set)
    names: defaultdict[str, set[str]] = defaultdict(set)
    for each in findings:
        if each.outcome in _SOLVED:
            address = canonical_url(each.candidates[0].url)
            titles[address].add(_title(each))
            names[address].add(_name(each))
    doubtful = {
        address for address, found in titles.items() if len(found - {""}) > 1 or len(names[address]) > _MOST_NAMES
    }
    why = "links with other names lead there as well"
    return [
        replace(each, outcome=Outcome.AMBIGUOUS, why=why)
        if each.outcome in _SOLVED and canonical_url(each.candidates[0].url) in doubtful
        else each
        for each in findings
    ]


def _title(finding: Finding) -> str:
    """The title of the work that the link leads to, empty where it is no title but a name."""
    title = finding.link.subject.title
    return fold(title) if is_long_title(title) else ""


def _name(finding: Finding) -> str:
    """What a reader takes the link for."""
    link = finding.link
    return fold(link.subject.title or ("" if is_label(link.text) else link.text) or link.entry)


def _with_same_links(findings: Sequence[Finding]) -> list[Finding]:
    """*findings*, where an unknown link may have the address of those of the same text, if all have the same one."""
    known: defaultdict[str, dict[str, Finding]] = defaultdict(dict)
    for each in findings:
        if each.outcome is Outcome.CERTAIN and not _title(each) and not is_label(each.link.text):
            known[fold(each.link.text)].setdefault(canonical_url(each.candidates[0].url), each)
    return [_like_namesake(each, known.get(fold(each.link.text), {})) for each in findings]


def _like_namesake(finding: Finding, namesakes: dict[str, Finding]) -> Finding:
    if finding.outcome is not Outcome.UNKNOWN or _title(finding) or len(namesakes) != 1:
        return finding
    (namesake,) = namesakes.values()
    evidence = f"the link with the same text in line {namesake.link.line} leads there"
    candidate = Candidate(namesake.candidates[0].url, (Source.SAME_LINK,), 0.7, evidence)
    return Finding(finding.link, Outcome.AMBIGUOUS, (candidate,), "only its text supports it")

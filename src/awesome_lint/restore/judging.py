"""From what services know to candidates: which of many works is the one that an entry names; pure functions.

A work is believed to be the one only where its title and its year are those of the entry.  Two works that come near are
two candidates, whichever comes nearer; records of one work at several services are one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from awesome_lint.restore.likeness import fold, is_notice, likeness, names_author, share_author, years_apart
from awesome_lint.restore.model import (
    Candidate,
    Finding,
    Identifier,
    IdentifierKind,
    LostLink,
    Outcome,
    Source,
    Subject,
    Work,
)
from awesome_lint.restore.services.github import repository_name
from awesome_lint.restore.wrappers import is_address
from awesome_lint.semantic.titles import is_long_title

ALIKE = 0.9
"""From this likeness on a title is that of a candidate."""
_NEAR = 0.05
"""A second work whose title is by no more than this less alike comes near."""
_SAME_YEAR = 1
"""A paper can appear in the year before its conference, as a preprint, or after it, in the proceedings."""
_PREPRINT = ("arxiv", "preprint", "corr")
_NOT_QUITE = 0.99
_MOST_CANDIDATES = 5
_NO_YEAR, _NEXT_YEAR, _SHORT = 0.85, 0.97, 0.85
"""What the confidence is multiplied by where no year is known, where it is the next, and where a title is short."""


class Match(Struct, frozen=True):
    """The records of one work, and how well they fit an entry.  ``apart`` are the years between them, if known."""

    works: tuple[Work, ...]
    alike: float
    apart: int | None
    authors: bool | None

    @property
    def confidence(self) -> float:
        """See `Candidate`."""
        by_year = _NO_YEAR if self.apart is None else _NEXT_YEAR if self.apart else 1.0
        return self.alike * by_year * (1.0 if is_long_title(self.works[0].title) else _SHORT)

    @property
    def identifiers(self) -> tuple[Identifier, ...]:
        """All that name the work, each once."""
        found = {(each.kind, each.value.casefold()): each for work in self.works for each in work.identifiers}
        return tuple(found.values())

    @property
    def addresses(self) -> list[str]:
        """Where it can be found."""
        urls = (work.url for work in self.works if is_address(work.url))
        return [each.url for each in self.identifiers] or list(dict.fromkeys(urls))

    @property
    def dois(self) -> list[Identifier]:
        """Its DOIs."""
        return [each for each in self.identifiers if each.kind is IdentifierKind.DOI]


def judge(link: LostLink, works: Iterable[Work]) -> Finding:
    """Which of *works* is the one that *link* leads to, by its title."""
    matches = matches_for(link.subject, works)
    if not matches:
        return Finding(link, Outcome.UNKNOWN, why="no service knows a work with this title")
    candidates = tuple(filter(None, (candidate_of(match, link.subject) for match in matches[:_MOST_CANDIDATES])))
    best, *others = matches
    if not best.addresses:
        outcome = Outcome.AMBIGUOUS if candidates else Outcome.UNKNOWN
        return Finding(link, outcome, candidates, "no service knows an address of the work with this title")
    if others and best.alike - others[0].alike <= _NEAR and not _is_ruled_out(others[0], best):
        return Finding(link, Outcome.AMBIGUOUS, candidates, "several works come close")
    if len(best.dois) > 1:
        return Finding(link, Outcome.AMBIGUOUS, candidates, "the work has several DOIs")
    if best.authors is False:
        return Finding(link, Outcome.AMBIGUOUS, candidates, "it has different authors")
    if not _keeps_promise(best, link.subject):
        return Finding(link, Outcome.AMBIGUOUS, candidates, "the link says that it leads elsewhere")
    outcome = _outcome(best, is_long=is_long_title(link.subject.title))
    why = "there is too little evidence" if outcome is Outcome.AMBIGUOUS else ""
    return Finding(link, outcome, candidates, why)


def _outcome(match: Match, *, is_long: bool) -> Outcome:
    """How sure it is that *match* is the work that is named; hardly any two works share a title that *is_long*."""
    is_equal = match.alike == 1.0
    is_dated = match.apart == 0 or (match.apart is None and match.authors is True)
    if is_equal and is_long and is_dated:
        return Outcome.CERTAIN
    if [is_equal, is_long, is_dated].count(True) == 2:
        return Outcome.PROBABLE
    return Outcome.AMBIGUOUS


def judge_named(link: LostLink, works: Iterable[Work]) -> Finding | None:
    """Which of *works*, whose identifiers are in the entry of *link*, it leads to; None where its title is another.

    A row may well name other works beside its own, so what does not fit is no evidence against what does.
    """
    subject = link.subject
    fitting = [match for match in matches_for(subject, works) if match.authors is not False]
    candidate = candidate_of(fitting[0], subject) if len(fitting) == 1 else None
    if candidate is None or not _keeps_promise(fitting[0], subject):
        return None
    evidence = f"named in the entry, {describe(fitting[0])}"
    return Finding(link, Outcome.CERTAIN, (replace(candidate, evidence=evidence, confidence=1.0),))


def judge_named_repository(link: LostLink, works: Iterable[Work]) -> Finding | None:
    """The one repository that the entry of *link* names, if it is among *works*, which exist."""
    known = {each.value.casefold() for work in works for each in work.identifiers}
    found = [each for each in link.subject.identifiers if each.value.casefold() in known]
    if len(found) != 1:
        return None
    candidate = Candidate(found[0].url, (Source.GITHUB,), 1.0, "named in the entry, and there", found[0].value)
    return Finding(link, Outcome.CERTAIN, (candidate,))


def _keeps_promise(match: Match, subject: Subject) -> bool:
    """Whether the work of *match* has the address that the link says it leads to."""
    return subject.promise is None or subject.promise in {each.kind for each in match.identifiers}


def _is_ruled_out(second: Match, best: Match) -> bool:
    """Whether the year or the authors tell the *second* match from the *best*, which has them for itself."""
    by_year = best.apart == 0 and second.apart is not None and second.apart > 0 and second.alike < 1.0
    return by_year or (best.authors is True and second.authors is False)


def matches_for(subject: Subject, works: Iterable[Work]) -> list[Match]:
    """The works that may be what *subject* names, the best first: their titles are alike, their years not others."""
    found = []
    for records in merged(works):
        about = [work for work in records if not is_notice(work.title, subject.title)]
        apart = years_apart(subject.years, {year for work in about for year in work.years})
        authors = _authors_agree(subject, about)
        alike = max((_alike(subject, work, knows_author=authors is True) for work in about), default=0.0)
        if alike >= ALIKE and (apart is None or apart <= _SAME_YEAR):
            found.append(Match(tuple(about), alike, apart, authors))
    return sorted(found, key=_rank)


def _authors_agree(subject: Subject, works: Iterable[Work]) -> bool | None:
    """Whether the entry names an author of *works*; that a bullet names none in its words says nothing."""
    names = [name for work in works for name in work.authors]
    if subject.authors:
        return names_author(subject.authors, names)
    return names_author(subject.beside, names) or None


def _alike(subject: Subject, work: Work, *, knows_author: bool) -> float:
    """How alike the titles are; a first sentence is surely the whole title only where an author is named after it."""
    whole, first = likeness(subject.title, work.title), likeness(subject.sentence, work.title)
    return max(whole, first if knows_author else min(first, _NOT_QUITE))


def _rank(match: Match) -> tuple[float, bool, float, str]:
    apart = 2.0 if match.apart is None else float(match.apart)
    return -match.alike, match.authors is False, apart, min(each.value for each in match.identifiers or _NAMELESS)


_NAMELESS = (Identifier(IdentifierKind.DOI, ""),)


def merged(works: Iterable[Work]) -> list[list[Work]]:
    """*works* by what they are: records of one work at several services stand together."""
    groups: list[list[Work]] = []
    for work in works:
        same = [group for group in groups if any(is_same(work, other) for other in group)]
        groups = [group for group in groups if group not in same]
        groups.append([each for group in same for each in group] + [work])
    return groups


def is_same(one: Work, other: Work) -> bool:
    """Whether two records are of one work: by a common identifier, else by title, year and authors."""
    names, others = ({(each.kind, each.value.casefold()) for each in work.identifiers} for work in (one, other))
    if names & others:
        return True
    if {kind for kind, _ in names} & {kind for kind, _ in others}:
        return False  # two DOIs are two publications
    apart, share = years_apart(one.years, other.years), share_author(one.authors, other.authors)
    if fold(one.title) != fold(other.title) or apart is None or apart > _SAME_YEAR:
        return False
    return share is True or (share is None and is_long_title(one.title))


def candidate_of(match: Match, subject: Subject) -> Candidate | None:
    """The address of the work of *match* that suits what the list promises, and beside it the others; None for none."""
    addresses = [each.url for each in sorted(match.identifiers, key=lambda each: _suits(each, subject))]
    addresses = addresses or match.addresses
    if not addresses:
        return None
    sources = tuple(dict.fromkeys(work.source for work in match.works))
    best = max(match.works, key=lambda work: likeness(subject.title, work.title))
    confidence = round(match.confidence, 2)
    return Candidate(addresses[0], sources, confidence, describe(match), best.title, tuple(addresses[1:]))


def _suits(identifier: Identifier, subject: Subject) -> int:
    """How well an address by *identifier* keeps what the list promises; the least is best."""
    wants_preprint = subject.wants_preprint or any(word in subject.venue.casefold() for word in _PREPRINT)
    if identifier.kind is subject.promise:
        return -1
    order = [IdentifierKind.DOI, IdentifierKind.ARXIV]
    if wants_preprint:
        order.reverse()
    return order.index(identifier.kind) if identifier.kind in order else len(order)


def describe(match: Match) -> str:
    """What agrees and what does not, in a clause."""
    parts = ["same title" if match.alike == 1.0 else f"titles {match.alike:.0%} similar"]
    if match.apart is None:
        parts.append("no year to compare")
    else:
        parts.append("same year" if match.apart == 0 else "one year apart")
    if match.authors is not None:
        parts.append("same authors" if match.authors else "different authors")
    return ", ".join(parts)


def judge_repository(link: LostLink, works: Sequence[Work]) -> Finding:
    """Which of the repositories *works* is the one that *link* leads to; a name alone is never certain."""
    name = fold(repository_name(link.subject.title))
    named = [work for work in works if work.identifiers and fold(work.title) == name]
    candidates = tuple(
        Candidate(work.identifiers[0].url, (work.source,), 0.7, "a repository of this name", work.title)
        for work in named[:_MOST_CANDIDATES]
    )
    if not candidates:
        return Finding(link, Outcome.UNKNOWN, why="GitHub knows no repository of this name")
    if len(candidates) > 1:
        return Finding(link, Outcome.AMBIGUOUS, candidates, "several repositories have this name")
    return Finding(link, Outcome.PROBABLE, candidates)

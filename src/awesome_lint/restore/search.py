"""The search itself: what to ask, whom, in which order, and what the answers make of each lost link.

First where the wrapper leads, then what the entry names, then its title.  A link that has its address is asked about no
further, so that services get no more questions than needed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from awesome_lint.link_status import LinkStatus
from awesome_lint.links import Question, Reply, Session
from awesome_lint.restore.judging import ALIKE, judge, judge_named, judge_named_repository, judge_repository
from awesome_lint.restore.likeness import likeness, plain_title
from awesome_lint.restore.memory import Memory
from awesome_lint.restore.model import Candidate, Finding, Identifier, LostLink, Outcome, Source, Work
from awesome_lint.restore.services import AUTHORITIES, FIRST_ASKED, SERVICES, THEN_ASKED, Batch, Query, Service
from awesome_lint.restore.weighing import identifier_of, without_contradictions
from awesome_lint.restore.wrappers import judge_wrapper
from awesome_lint.semantic.titles import is_long_title, is_undivided

_SEARCHED = 3
"""Words that a title has at least that is searched for: shorter ones are names, and many works have them."""
_RELATED = 0.6
"""Works whose title is less alike than this belong to another query of the same question."""
_SAVED_EVERY = 20
"""Answers after which the memory is written to its file."""

Progress = Callable[[str], None]
"""Takes a line that says how the search stands."""


class Asking(Struct, frozen=True):
    """Whom to ask: a session, the services at their bases, what earlier runs asked, and who is told how it stands."""

    session: Session
    endpoints: Mapping[Source, str]
    memory: Memory
    email: str = ""
    progress: Progress = lambda _: None


class Search:
    """The search for the addresses of the lost links of one list; `run` may be called once.

    *targets* is where proxied addresses lead, *statuses* what a link check says of addresses.
    """

    def __init__(
        self, links: Sequence[LostLink], targets: Mapping[str, str], statuses: Mapping[str, LinkStatus], asking: Asking
    ) -> None:
        self._links = links
        self._targets = targets
        self._statuses = statuses
        self._asking = asking
        self._services: dict[Source, Service] = {
            source: SERVICES[source](base, asking.email) for source, base in asking.endpoints.items()
        }
        self._findings: dict[LostLink, Finding] = {}
        self._contradicted: set[LostLink] = set()
        """The links whose proxy leads to a paper of another title."""
        self._works: dict[tuple[Source, Query], list[Work]] = {}
        self._unsaved = 0
        self.problems: dict[Source, str] = {}
        """Why services gave no answer."""
        self.unasked: Counter[Source] = Counter()
        """For how many titles and identifiers services gave no answer, or were not asked for want of time."""

    def run(self) -> list[Finding]:
        """What was found out about each link, in their order; raises `KeyboardInterrupt` where the user ends it."""
        try:
            self._follow_wrappers()
            self._look_up_identifiers()
            self._look_up_titles(FIRST_ASKED)
            self._look_up_titles(THEN_ASKED)
            self._look_up_repositories()
        finally:
            self._asking.memory.save()
        return self.findings()

    def findings(self) -> list[Finding]:
        """What is known by now."""
        return without_contradictions([self._findings.get(link) or self._unknown(link) for link in self._links])

    def _unknown(self, link: LostLink) -> Finding:
        subject = link.subject
        if subject.wants_code or subject.title or subject.identifiers:
            return Finding(link, Outcome.UNKNOWN, why="nothing was found under its name")
        return Finding(link, Outcome.UNKNOWN, why="the list does not say what it leads to")

    def _open(self) -> list[LostLink]:
        """The links that are not certain yet."""
        found = ((link, self._findings.get(link)) for link in self._links)
        return [link for link, finding in found if not finding or finding.outcome is not Outcome.CERTAIN]

    def _follow_wrappers(self) -> None:
        for link in self._links:
            target = self._targets.get(link.url, "")
            if finding := judge_wrapper(link, target, self._statuses.get(target)):
                self._findings[link] = finding
        self._check_targets()

    def _check_targets(self) -> None:
        """Where a proxy leads to a paper, see whether that has the title that the list gives it."""
        named = {
            link: name
            for link, finding in self._findings.items()
            if link.subject.title and (name := identifier_of(finding.candidates[0].url))
        }
        self._ask_authorities(named.values())
        for link, name in named.items():
            titles = [work.title for work in self._named(name) if work.title]
            if titles and max(likeness(link.subject.title, title) for title in titles) < ALIKE:
                why = f"it leads to “{titles[0]}”"
                self._findings[link] = Finding(link, Outcome.AMBIGUOUS, self._findings[link].candidates, why)
                self._contradicted.add(link)

    def _look_up_identifiers(self) -> None:
        links = [link for link in self._open() if link.subject.identifiers]
        self._ask_authorities(name for link in links for name in link.subject.identifiers)
        for link in links:
            works = [work for name in link.subject.identifiers for work in self._named(name)]
            judged = judge_named_repository if link.subject.wants_code else judge_named
            if finding := judged(link, works):
                self._take(finding)

    def _look_up_titles(self, sources: Sequence[Source]) -> None:
        links = [link for link in self._open() if is_searched(link)]
        queries = list(dict.fromkeys(query_of(link) for link in links))
        self._ask(dict.fromkeys(sources, queries))
        for link in links:
            if self._is_cut_short(query_of(link)):
                self._findings.setdefault(
                    link, Finding(link, Outcome.UNKNOWN, why="the time limit was reached before its turn")
                )
                continue
            asked = (*FIRST_ASKED, *THEN_ASKED)
            if not any((source, query_of(link)) in self._works for source in asked):
                self._findings.setdefault(link, Finding(link, Outcome.UNKNOWN, why="no service answered"))
                continue
            works = [work for source in asked for work in self._works.get((source, query_of(link)), ())]
            self._take(judge(link, works))

    def _is_cut_short(self, query: Query) -> bool:
        """Whether time was up before all had been asked that are asked for every title: a rival could be missing."""
        asked = (source for source in FIRST_ASKED if source in self._services and source not in self.problems)
        return self._asking.session.is_over and any((source, query) not in self._works for source in asked)

    def _look_up_repositories(self) -> None:
        links = [link for link in self._open() if link.subject.wants_code and link.subject.title]
        self._ask({Source.GITHUB: list(dict.fromkeys(query_of(link) for link in links))})
        for link in links:
            self._take(judge_repository(link, self._works.get((Source.GITHUB, query_of(link)), [])))

    def _take(self, finding: Finding) -> None:
        """Keep *finding*, beside what a proxy said about its link."""
        link, before = finding.link, self._findings.get(finding.link)
        if before is None or not any(Source.REDIRECT in each.sources for each in before.candidates):
            self._findings[link] = finding
        elif finding.candidates:
            if finding.outcome is Outcome.CERTAIN and link not in self._contradicted:
                self._findings[link] = replace(finding, candidates=_joined(finding, before))
            else:
                self._findings[link] = replace(before, candidates=_joined(before, finding))

    def _named(self, name: Identifier) -> list[Work]:
        return self._works.get((AUTHORITIES[name.kind], Query(identifier=name)), [])

    def _ask_authorities(self, names: Iterable[Identifier]) -> None:
        queries: dict[Source, list[Query]] = {}
        for name in dict.fromkeys(names):
            queries.setdefault(AUTHORITIES[name.kind], []).append(Query(identifier=name))
        self._ask(queries)

    def _ask(self, wanted: Mapping[Source, Sequence[Query]]) -> None:
        """Ask each service what it is *wanted* to tell, as far as that is not known yet."""
        batches: dict[Question, tuple[Source, Batch]] = {}
        for source, queries in wanted.items():
            if service := self._services.get(source):
                for batch in service.batches([each for each in queries if not self._recalls(source, each)]):
                    batches[batch.question] = source, batch
        total = Counter(source for source, _ in batches.values())
        done: Counter[Source] = Counter()

        def tell(question: Question, reply: Reply) -> None:
            source, batch = batches[question]
            done[source] += 1
            self._asking.progress(", ".join(f"{name} {done[name]}/{count}" for name, count in sorted(total.items())))
            self._hear(source, batch, reply)

        if batches:
            self._asking.session.ask(batches, tell)
        for source, batch in batches.values():
            self.unasked[source] += sum((source, query) not in self._works for query in batch.queries)

    def _recalls(self, source: Source, query: Query) -> bool:
        """Whether the memory knows what *source* answers to *query*, which is taken over then."""
        if (source, query) not in self._works:
            works = self._asking.memory.works(source, self._asking.endpoints[source], query)
            if works is None:
                return False
            self._works[source, query] = works
        return True

    def _hear(self, source: Source, batch: Batch, reply: Reply) -> None:
        works: list[Work] = []
        problem = reply.problem
        if not problem and reply.status == 200:
            try:
                works = self._services[source].read(reply.body)
            except ValueError:
                problem = "its answer cannot be read"
        if problem:
            self.problems.setdefault(source, problem)
            return
        for query in batch.queries:
            found = [work for work in works if answers(work, query, alone=len(batch.queries) == 1)]
            self._works[source, query] = found
            self._asking.memory.keep(source, self._asking.endpoints[source], query, found)
        self._unsaved += 1
        if self._unsaved >= _SAVED_EVERY:
            self._unsaved = 0
            self._asking.memory.save()


def _joined(*findings: Finding) -> tuple[Candidate, ...]:
    """The candidates of all *findings*, each once."""
    return tuple(dict.fromkeys(candidate for finding in findings for candidate in finding.candidates))


def is_searched(link: LostLink) -> bool:
    """Whether the title of what *link* leads to is one under which works are looked for."""
    title = plain_title(link.subject.title)
    is_long = is_long_title(title) if is_undivided(title) else len(title.split()) >= _SEARCHED
    return is_long and not link.subject.wants_code


def query_of(link: LostLink) -> Query:
    """The query for the title of what *link* leads to."""
    return Query(plain_title(link.subject.sentence or link.subject.title))


def answers(work: Work, query: Query, *, alone: bool) -> bool:
    """Whether *work* belongs to what was asked by *query*; *alone* where nothing else was asked beside it."""
    if query.identifier:
        wanted = query.identifier.kind, query.identifier.value.casefold()
        return wanted in {(each.kind, each.value.casefold()) for each in work.identifiers}
    return (alone and work.source is Source.GITHUB) or likeness(query.title, work.title) >= _RELATED

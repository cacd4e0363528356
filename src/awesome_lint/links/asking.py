"""Questions to services that are no links of the list: sent by the same lanes and past the same guard.

Who asks decides what to ask and what an answer means.  Here is only how: politely, within the time that the policy
gives, and no further questions to a service that does not answer.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from contextlib import suppress

from msgspec import Struct
from msgspec.structs import replace

from awesome_lint.links.classify import REDIRECTS, Result
from awesome_lint.links.examine import Examiner
from awesome_lint.links.follow import next_url, origin_of
from awesome_lint.links.lanes import Lane
from awesome_lint.links.policy import Policy, Secret
from awesome_lint.links.request import HttpRequest
from awesome_lint.links.requestable import NotCheckedError, checked, lane_of
from awesome_lint.links.wire import URL
from awesome_lint.links.world import World

_ANSWER = 4 << 20
"""Bytes of an answer that are read; a longer one counts as none."""
_PAGE = 1 << 14
"""Bytes of a page that are read to see whether it leads on."""
_PATIENCE = 4
"""After so many refusals in a row, or half as many failures to reach it, a service is asked no more."""
_USEFUL = frozenset({200, 404})
"""Statuses by which a service answers a question: with what it knows, or that it knows nothing."""


class Question(Struct, frozen=True):
    """What is sent: the address, and a body in JSON where it is sent by POST.

    With ``where`` the question is where the address redirects to, and any answer but a failure is of use.  ``token``
    goes into this one request; redirects are not followed.
    """

    url: str
    content: bytes = b""
    where: bool = False
    token: Secret = Secret("")


class Reply(Struct, frozen=True):
    """What came back.

    ``status`` is that of HTTP, None where nothing came; ``body`` is whole or empty, or the beginning of a page.
    ``target`` is the address that a redirect leads to, empty if it is not one.  ``problem`` is a clause that says why
    there is no useful answer, empty where there is one.
    """

    status: int | None
    body: bytes = b""
    target: str = ""
    problem: str = ""


Tell = Callable[[Question, Reply], None]
"""Takes the reply to a question, as soon as it is there."""


class Session:
    """Asks questions until it is closed; a context manager.

    *policy* is that of a link check; its ``max_seconds`` hold for the session as a whole.  *world* is this machine's
    unless another is given.
    """

    def __init__(self, policy: Policy, world: World | None = None) -> None:
        # Services have replacements, so they are waited for less than a page that is the only one of its kind.
        self._policy = replace(policy, confirm_wait=1.0, retry_waits=(1.0,))
        self._world = world or World.real(policy)
        self._runner = asyncio.Runner()
        self._ends_at = None if policy.max_seconds is None else time.monotonic() + policy.max_seconds
        self._failures: Counter[str] = Counter()
        self._examiner: Examiner | None = None
        self.asked = 0
        """The number of questions that were sent."""
        self.answered = 0
        """The number of those to which a server answered, whatever it answered."""

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def is_over(self) -> bool:
        """Whether its time is up."""
        return self._ends_at is not None and time.monotonic() >= self._ends_at

    def ask(self, questions: Iterable[Question], tell: Tell) -> None:
        """Ask all *questions*; those that time or patience leave no room for are not told of.

        Raises `KeyboardInterrupt` where the user ends it; what has been told by then stays true.
        """
        if not self.is_over:
            self._runner.run(self._ask_all(list(questions), tell))

    def close(self) -> None:
        """Close all connections."""
        if self._examiner:
            self._runner.run(self._examiner.follower.lanes.close())
        self._runner.close()

    async def _ask_all(self, questions: list[Question], tell: Tell) -> None:
        self._examiner = self._examiner or self._world.examiner(self._policy)
        left = None if self._ends_at is None else self._ends_at - time.monotonic()
        with suppress(TimeoutError):
            async with asyncio.timeout(left), asyncio.TaskGroup() as group:
                for origin, waiting in _by_origin(questions, tell).items():
                    lane = self._examiner.follower.lanes.lane(lane_of(waiting[0][1]))
                    for _ in range(lane.pace.in_flight):
                        group.create_task(self._work(self._examiner, lane, origin, waiting, tell))

    async def _work(self, examiner: Examiner, lane: Lane, origin: str, waiting: _Waiting, tell: Tell) -> None:
        """Ask one question after the other that is *waiting* for *origin*, until it does not answer."""
        async with examiner.follower.lanes.visit(lane):
            while waiting and self._failures[origin] < _PATIENCE:
                question, url = waiting.popleft()
                reply = await self._reply(examiner, url, question)
                self._failures[origin] = self._failures[origin] + _weight(reply) if reply.problem else 0
                tell(question, reply)

    async def _reply(self, examiner: Examiner, url: URL, question: Question) -> Reply:
        method = "POST" if question.content else "GET"
        self.asked += 1
        keep = _PAGE if question.where else _ANSWER
        token = question.token.encode("ascii", "ignore")
        extra = [(b"Authorization", b"Bearer " + token)] if token else []
        called = await examiner.call(
            HttpRequest(url, method, keep=keep, extra=extra, content=question.content), retries=1
        )
        answer = called.answer
        if isinstance(answer, Result):
            return Reply(None, problem=answer.reason.phrase)
        self.answered += 1
        is_failure = answer.status == 429 or answer.status >= 500
        if is_failure if question.where else answer.status not in _USEFUL:
            return Reply(answer.status, problem=f"it answers HTTP {answer.status}")
        if question.where:
            target = next_url(url, answer.headers) if answer.status in REDIRECTS else None
            return Reply(answer.status, answer.body.data if answer.body else b"", str(target or ""))
        if answer.body is None or not answer.body.complete:
            return Reply(answer.status, problem="its answer is not complete")
        return Reply(answer.status, answer.body.data)


def _weight(reply: Reply) -> int:
    """How much patience a *reply* costs that is of no use; most where the service cannot be reached."""
    return 1 if reply.status else 2


_Waiting = deque[tuple[Question, URL]]


def _by_origin(questions: Iterable[Question], tell: Tell) -> dict[str, _Waiting]:
    """The *questions* that can be sent, by the server that gets them; *tell* is told of the others."""
    found: dict[str, _Waiting] = {}
    for question in questions:
        try:
            url = checked(question.url)
        except NotCheckedError:
            tell(question, Reply(None, problem="its address is not valid"))
        else:
            found.setdefault(origin_of(url), deque()).append((question, url))
    return found

"""GitHub repositories, a hundred a request, by GraphQL: https://docs.github.com/en/graphql.

Only with a token.  The token goes into requests to the endpoint and nowhere else: it is part of the single
request, redirects of the endpoint are not followed, and nothing that the list says becomes part of the address.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from awesome_lint.link_status import Advisory, Hop, Reason, Verdict
from awesome_lint.links.classify import Result
from awesome_lint.links.examine import Examiner
from awesome_lint.links.finding import Finding, Tell
from awesome_lint.links.policy import Secret
from awesome_lint.links.request import Answer, HttpRequest
from awesome_lint.links.requestable import lane_of
from awesome_lint.links.wire import URL
from awesome_lint.regex import regex

_BATCH = 100
_REPLY = 4 << 20
_OWNER = regex(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})")
_NAME = regex(r"[A-Za-z0-9._-]{1,100}")


class _Target(Struct, frozen=True):
    """What a URL names: a repository, perhaps a file or folder in it."""

    owner: str
    name: str
    expression: str = ""

    @property
    def query(self) -> str:
        inner = f" object(expression:{json.dumps(self.expression)}){{__typename}}" if self.expression else ""
        names = f'owner:"{self.owner}",name:"{self.name}"'
        return f"repository({names}){{nameWithOwner isArchived isDisabled{inner}}}"


class _RefusedError(Exception):
    """The service does not talk to us; ``result`` is what that means for the links, None where it means nothing."""

    def __init__(self, result: Result | None) -> None:
        super().__init__("refused")
        self.result = result


class GitHub(Struct, frozen=True):
    """The GraphQL service at *endpoint*; *note* takes a sentence for the user."""

    examiner: Examiner
    endpoint: str
    token: Secret
    note: Callable[[str], None]

    def claims(self, url: URL) -> bool:
        """Whether *url* is a repository, or a file or folder in one."""
        return _target(url) is not None

    async def look_up(self, urls: Sequence[URL], tell: Tell) -> None:
        """Request all repositories in batches; what fails alone is left to the web."""
        wanted: dict[_Target, list[URL]] = {}
        for url in urls:
            target = _target(url)
            if target:
                wanted.setdefault(target, []).append(url)
        targets = sorted(wanted, key=lambda target: (target.owner, target.name, target.expression))
        batches = [targets[start : start + _BATCH] for start in range(0, len(targets), _BATCH)]
        while batches:
            batch = batches.pop(0)
            try:
                reply = await self._ask(batch)
            except _RefusedError as refused:
                _tell_all([batch, *batches], wanted, refused.result, tell)
                return
            if reply is None and len(batch) > 1:
                middle = len(batch) // 2
                batches[:0] = [batch[:middle], batch[middle:]]
            elif reply is not None:
                _tell_batch(batch, reply, wanted, tell)

    async def _ask(self, batch: Sequence[_Target]) -> dict[str, Any] | None:
        """The service's reply, None where it choked on the batch; raises `_RefusedError`."""
        query = "".join(f"r{index}:{target.query}" for index, target in enumerate(batch))
        request = HttpRequest(
            URL(f"{self.endpoint}/graphql"),
            "POST",
            keep=_REPLY,
            extra=[(b"Authorization", b"Bearer " + self.token.encode("ascii", "ignore"))],
            content=json.dumps({"query": "{" + query + "}"}).encode("ascii"),
        )
        called = await self.examiner.call(request, retries=0)
        answer = called.answer
        if isinstance(answer, Result):
            raise _RefusedError(answer if answer.verdict is Verdict.RATE_LIMITED else None)
        if answer.status >= 500:
            return None
        return self._parsed(answer)

    def _parsed(self, answer: Answer) -> dict[str, Any]:
        if answer.status != 200:
            result = self.examiner.follower.judge(answer)
            if result.verdict is Verdict.RATE_LIMITED:
                raise _RefusedError(result)
            self.note(f"GitHub's interface answered HTTP {answer.status} to the token; asking the pages instead")
            raise _RefusedError(None)
        try:
            reply = json.loads(answer.body.data if answer.body else b"")
        except (ValueError, RecursionError):
            reply = None
        if not isinstance(reply, dict):
            raise _RefusedError(None)
        if any(error.get("type") == "RATE_LIMITED" for error in _errors(reply)):
            raise _RefusedError(Result(Verdict.RATE_LIMITED, Reason.TOO_MANY_REQUESTS, answer.status, answered=True))
        return reply


def _tell_all(
    batches: Sequence[Sequence[_Target]], wanted: dict[_Target, list[URL]], result: Result | None, tell: Tell
) -> None:
    if result is None:
        return
    for batch in batches:
        for target in batch:
            for url in wanted[target]:
                tell(url, Finding(result))


def _tell_batch(batch: Sequence[_Target], reply: dict[str, Any], wanted: dict[_Target, list[URL]], tell: Tell) -> None:
    data = reply.get("data")
    data = data if isinstance(data, dict) else {}
    for index, target in enumerate(batch):
        for url in wanted[target]:
            finding = _finding(url, target, data.get(f"r{index}"))
            if finding:
                tell(url, finding)


def _errors(reply: dict[str, Any]) -> list[dict[str, Any]]:
    errors = reply.get("errors")
    return [error for error in errors if isinstance(error, dict)] if isinstance(errors, list) else []


def _finding(url: URL, target: _Target, node: Any) -> Finding | None:
    if not isinstance(node, dict):
        return None  # not found by this token: private, or gone, which the page tells
    if target.expression and not node.get("object"):
        return None  # a branch name with a slash reads like a path: only the page can tell
    odd = tuple(
        advisory
        for key, advisory in (("isArchived", Advisory.ARCHIVED), ("isDisabled", Advisory.DISABLED))
        if node.get(key) is True
    )
    full = node.get("nameWithOwner")
    owner, _, name = full.partition("/") if isinstance(full, str) else ("", "", "")
    renamed = (owner.lower(), name.lower()) != (target.owner.lower(), target.name.lower())
    if renamed and _OWNER.fullmatch(owner) and _NAME.fullmatch(name):
        rest = url.raw_path.decode("ascii").split("/", 3)[3:]
        new = f"https://github.com/{owner}/{name}" + "".join(f"/{part}" for part in rest)
        result = Result(Verdict.MOVED_PERMANENTLY, Reason.RENAMED, 200, answered=True, hops=(Hop(301, new),))
    elif odd:
        reason = Reason.ARCHIVED if Advisory.ARCHIVED in odd else Reason.DISABLED
        result = Result(Verdict.ARCHIVED, reason, 200, answered=True)
    else:
        result = Result(Verdict.OK, Reason.ANSWERED, 200, answered=True)
    return Finding(result, odd)


def _target(url: URL) -> _Target | None:
    if lane_of(url) != "github.com":
        return None
    parts = [part for part in url.path.split("/") if part]
    if len(parts) < 2 or not _OWNER.fullmatch(parts[0]) or not _NAME.fullmatch(parts[1]):
        return None
    name = parts[1].removesuffix(".git")
    if name in ("", ".", ".."):
        return None
    if len(parts) == 2:
        return _Target(parts[0], name)
    if parts[2] not in ("blob", "tree") or len(parts) < 4:
        return None
    path = "/".join(parts[4:])
    return _Target(parts[0], name, f"{parts[3]}:{path}" if path else parts[3])

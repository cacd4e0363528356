"""What GitHub says about one repository: https://docs.github.com/en/rest/repos/repos#get-a-repository."""

from __future__ import annotations

import json
from typing import Any

from awesome_lint.link_status import Repository
from awesome_lint.links.asking import Question, Reply, Session
from awesome_lint.links.policy import Policy
from awesome_lint.links.world import World


def ask_repository(name: str, policy: Policy, world: World | None = None) -> Repository | str:
    """The repository *name* (``owner/name``), or a clause that says why nothing is known about it."""
    world = world or World.real(policy)
    replies: list[Reply] = []
    question = Question(f"{world.endpoints.github}/repos/{name}", token=policy.github_token)
    with Session(policy, world) as session:
        session.ask([question], lambda _, reply: replies.append(reply))
    if not replies:
        return "there was no time to ask"
    (reply,) = replies
    if reply.problem:
        return reply.problem
    return _read(name, reply.body) or ("it is not there" if reply.status == 404 else "its answer cannot be read")


def _read(name: str, body: bytes) -> Repository | None:
    try:
        data: Any = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict) or not isinstance(data.get("full_name"), str):
        return None
    topics, license_ = data.get("topics"), data.get("license")
    return Repository(
        name,
        _text(data.get("description")),
        frozenset(each for each in topics if isinstance(each, str)) if isinstance(topics, list) else frozenset(),
        _text(license_.get("spdx_id")) if isinstance(license_, dict) else "",
        _text(data.get("default_branch")),
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""

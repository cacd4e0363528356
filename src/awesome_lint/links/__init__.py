"""Finds out on the web which links of a list are dead, moved, or only hiding.

`check` is the way in.  This package alone imports httpx and asyncio; nothing imports it unless links are checked.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable
from pathlib import Path

from awesome_lint import __version__
from awesome_lint.link_status import LinkReport
from awesome_lint.links.acceptance import accepted
from awesome_lint.links.asking import Question, Reply, Session
from awesome_lint.links.cache import Cache, default_path
from awesome_lint.links.plan import make_plan, requestable, skipped
from awesome_lint.links.policy import Policy, Secret
from awesome_lint.links.progress import Observer, ProgressLine, Snapshot
from awesome_lint.links.report import make_report
from awesome_lint.links.requestable import Patterns
from awesome_lint.links.run import Run
from awesome_lint.links.world import World

__all__ = [
    "Observer",
    "Patterns",
    "Policy",
    "ProgressLine",
    "Question",
    "Reply",
    "Secret",
    "Session",
    "Snapshot",
    "World",
    "accepted",
    "check",
    "default_path",
    "requestable",
    "skipped",
]

_PROXY_NOTE = "links are checked through a proxy: the guard against private addresses sees only what URLs spell out"


def check(
    urls: Iterable[str],
    policy: Policy,
    *,
    cache: Path | None = None,
    observer: Observer = lambda _: None,
    world: World | None = None,
) -> LinkReport:
    """Find out what is known about each of *urls*, which are texts of links as a document spells them.

    *cache* is a file that remembers verdicts, None remembers nothing.  *observer* is told how the run stands.
    *world* is this machine's unless another is given.  Ctrl-C ends the run early with what is known.
    """
    surroundings = world or World.real(policy)
    plan = make_plan(urls, policy, surroundings.guard)
    memory = Cache.load(cache, _fingerprint(policy))

    async def main() -> LinkReport:
        run = Run(plan, policy, surroundings, memory, observer)
        if surroundings.proxies.endpoints and plan.pages:
            run.notes.append(_PROXY_NOTE)
        return make_report(plan, run, await run.execute())

    return asyncio.run(main())


def _fingerprint(policy: Policy) -> str:
    """Names the settings on which a verdict depends: a verdict found under others is not trusted."""
    text = f"{__version__} {policy.allow_private}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]

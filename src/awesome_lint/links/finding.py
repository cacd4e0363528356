"""What was found out about one URL, by the web or by a service that knows better."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from msgspec import Struct

from awesome_lint.link_status import Advisory
from awesome_lint.links.classify import Result
from awesome_lint.links.wire import URL


class Finding(Struct, frozen=True):
    """A result with what else is known.

    ``anchors`` are the fragments that the page answers to, None where they are not all known.
    """

    result: Result
    advisories: tuple[Advisory, ...] = ()
    attempts: int = 1
    seconds: float = 0.0
    anchors: frozenset[str] | None = None


Tell = Callable[[URL, Finding], None]
"""Takes what was found out about a URL."""


class Service(Protocol):
    """A service that knows about some URLs without asking the pages themselves."""

    def claims(self, url: URL) -> bool:
        """Whether the service knows about URLs of this kind."""
        ...

    async def look_up(self, urls: Sequence[URL], tell: Tell) -> None:
        """Tell what is certain; URLs of which nothing is told are requested on the web, which decides."""
        ...

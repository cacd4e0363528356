"""How links are checked: limits, paces, and what the user wants."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from awesome_lint.links.hosts import Pace, covering, hosts
from awesome_lint.links.requestable import Patterns

_POLITE = Pace(in_flight=2, interval=0.2)
_IMPOLITE = Pace(in_flight=8, interval=0.0)
_NONE = Patterns()


class Secret(str):
    """A text whose representation, as a traceback shows it, does not tell it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Secret('…')"


class Policy(Struct, frozen=True):
    """Settings of one run; times are in seconds.

    ``include`` and ``exclude`` pick URLs: an empty ``include`` picks all.  ``refresh`` requests again what the cache
    knows.  ``max_seconds`` bounds the run (None: no bound).  ``polite`` False drops the paces per host and is meant
    for servers of one's own.  ``allow_private`` lifts the guard, ``github_token`` and ``suggest`` (look for copies in
    the web archive) are what they say, ``fragments`` also looks for anchors in pages.  ``resolve_seconds`` is longer
    than the 10 seconds in which resolvers ask a name server twice (resolv.conf(5)): one packet may be lost.
    """

    include: Patterns = _NONE
    exclude: Patterns = _NONE
    refresh: bool = False
    fragments: bool = False
    suggest: bool = False
    allow_private: bool = False
    polite: bool = True
    github_token: Secret = Secret("")

    in_flight: int = 32
    max_seconds: float | None = 600.0
    request_seconds: float = 20.0
    connect_seconds: float = 10.0
    resolve_seconds: float = 12.0
    url_seconds: float = 60.0
    retries: int = 2
    retry_waits: tuple[float, ...] = (2.0, 8.0)
    confirm_wait: float = 5.0
    retry_after_default: float = 30.0
    retry_after_limit: float = 60.0
    lane_wait_limit: float = 180.0
    redirects: int = 10
    probe_wait: float = 5.0

    def with_timeout(self, seconds: float) -> Policy:
        """The policy with so many seconds for a request, and limits beside that which suit them."""
        connect = max(min(self.connect_seconds, seconds), seconds / 2)
        return replace(
            self, request_seconds=seconds, connect_seconds=connect, url_seconds=max(self.url_seconds, 3 * seconds)
        )

    def pace(self, lane: str) -> Pace:
        """The pace for the host of *lane*."""
        if not self.polite:
            return _IMPOLITE
        name = covering(lane, hosts().paces)
        return hosts().paces[name] if name else _POLITE

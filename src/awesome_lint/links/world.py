"""What a run touches of the world outside: time, names, addresses, certificates, services.  Tests bring their own."""

from __future__ import annotations

import ssl
from collections.abc import Callable

from msgspec import Struct, field
from msgspec.structs import replace

from awesome_lint.links.clock import Clock
from awesome_lint.links.examine import Examiner
from awesome_lint.links.follow import Follower
from awesome_lint.links.guard import Guard
from awesome_lint.links.lanes import Lanes
from awesome_lint.links.network import GuardedBackend, Pools, Proxies
from awesome_lint.links.policy import Policy
from awesome_lint.links.request import Requester
from awesome_lint.links.resolver import Lookup, Resolver, ThreadedLookup
from awesome_lint.links.special import Endpoints
from awesome_lint.links.watch import NetworkWatch

try:
    import resource
except ImportError:  # Windows, which has no such limit
    resource = None  # type: ignore[assignment]


class World(Struct, frozen=True):
    """The parts of a run that are not policy; what is not given is the real thing.

    ``read_anchors`` tells the anchors that GitHub gives to a Markdown text; without it those are not checked.
    """

    guard: Guard
    clock: Clock = field(default_factory=Clock)
    lookup: Callable[[float], Lookup] = ThreadedLookup
    proxies: Proxies = field(default_factory=Proxies.from_environment)
    tls: ssl.SSLContext | None = None
    endpoints: Endpoints = field(default_factory=Endpoints)
    read_anchors: Callable[[str], frozenset[str]] | None = None

    @classmethod
    def real(cls, policy: Policy, read_anchors: Callable[[str], frozenset[str]] | None = None) -> World:
        """The world of this machine, guarded as *policy* says."""
        return cls(Guard(policy.allow_private), read_anchors=read_anchors)

    def examiner(self, policy: Policy) -> Examiner:
        """Everything that is needed to request URLs; to be called inside the event loop."""
        policy = replace(policy, in_flight=_within_limits(policy.in_flight))
        resolver = Resolver(self.lookup(policy.resolve_seconds))
        backend = GuardedBackend(self.guard, resolver, self.proxies.endpoints)
        requester = Requester(Pools(backend, self.proxies, self.tls), policy.connect_seconds)
        lanes = Lanes(policy, self.clock)
        return Examiner(Follower(policy, self.clock, self.guard, resolver, lanes, requester, NetworkWatch()))


def _within_limits(in_flight: int) -> int:
    """*in_flight*, or less where the system gives a process few sockets."""
    if resource is None:
        return in_flight
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return in_flight
    return max(1, min(in_flight, 128, (soft - 64) // 4))

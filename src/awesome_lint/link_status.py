"""What is known about a link: plain data, written by `awesome_lint.links` and read by the rules.

A `LinkStatus` is a verdict with its evidence; a `LinkReport` holds one for every URL that was checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, StrEnum

from msgspec import Struct


class Repository(Struct, frozen=True):
    """What GitHub says about a repository, ``owner/name``; ``license`` is its SPDX identifier, empty for none."""

    name: str
    description: str = ""
    topics: frozenset[str] = frozenset()
    license: str = ""
    branch: str = ""


class Verdict(StrEnum):
    """What a link turned out to be; the set is closed."""

    OK = "ok"
    MOVED_PERMANENTLY = "moved-permanently"
    MOVED_TEMPORARILY = "moved-temporarily"
    DEAD = "dead"
    FRAGMENT_MISSING = "fragment-missing"
    ARCHIVED = "archived"
    BLOCKED = "blocked"
    RATE_LIMITED = "rate-limited"
    SERVER_ERROR = "server-error"
    TIMEOUT = "timeout"
    REFUSED = "refused"
    TLS = "tls"
    UNKNOWN = "unknown"
    UNSAFE_TARGET = "unsafe-target"
    UNCHECKED = "unchecked"
    SKIPPED = "skipped"
    INVALID = "invalid"


class Reason(StrEnum):
    """Why the verdict is what it is; ``phrase`` says it in words."""

    ANSWERED = "answered"
    REDIRECTED = "redirected"
    RENAMED = "renamed"
    ARCHIVED = "archived"
    DISABLED = "disabled"
    NOT_FOUND = "not-found"
    GONE = "gone"
    NOT_REGISTERED = "not-registered"
    NO_SUCH_HOST = "no-such-host"
    NO_SUCH_FRAGMENT = "no-such-fragment"
    FORBIDDEN = "forbidden"
    CHALLENGE = "challenge"
    TOO_MANY_REQUESTS = "too-many-requests"
    HOST_COOLING_DOWN = "host-cooling-down"
    SERVER_ERROR = "server-error"
    DEADLINE = "deadline"
    CONNECT_DEADLINE = "connect-deadline"
    RESOLVER_DEADLINE = "resolver-deadline"
    RESOLVER_BUSY = "resolver-busy"
    REFUSED = "refused"
    RESET = "reset"
    CLOSED = "closed"
    UNREACHABLE = "unreachable"
    CERTIFICATE_EXPIRED = "certificate-expired"
    CERTIFICATE_NAME = "certificate-name"
    CERTIFICATE_SELF_SIGNED = "certificate-self-signed"
    CERTIFICATE_INCOMPLETE = "certificate-incomplete"
    CERTIFICATE_INVALID = "certificate-invalid"
    HANDSHAKE = "handshake"
    NOT_TLS = "not-tls"
    ONLY_TLS = "only-tls"
    PROTOCOL = "protocol"
    ODD_STATUS = "odd-status"
    UNTRUSTED_NOT_FOUND = "untrusted-not-found"
    REDIRECT_LOOP = "redirect-loop"
    TOO_MANY_REDIRECTS = "too-many-redirects"
    BAD_REDIRECT = "bad-redirect"
    UNCLEAR = "unclear"
    PROXY = "proxy"
    PRIVATE_ADDRESS = "private-address"
    PRIVATE_NAME = "private-name"
    LOCAL_NAME = "local-name"
    BAD_PORT = "bad-port"
    BAD_SCHEME = "bad-scheme"
    OPENS_APP = "opens-app"
    NETWORK_DOWN = "network-down"
    CAPTIVE_PORTAL = "captive-portal"
    INTERCEPTED = "intercepted"
    FILTERED = "filtered"
    OUT_OF_TIME = "out-of-time"
    INTERRUPTED = "interrupted"
    ACCEPTED = "accepted"
    EXCLUDED = "excluded"
    NOT_INCLUDED = "not-included"
    RESERVED_NAME = "reserved-name"
    NOT_WEB = "not-web"
    MALFORMED = "malformed"

    @property
    def phrase(self) -> str:
        """The reason as a clause: no capital, no full stop."""
        return _PHRASES[self]


_PHRASES = {
    Reason.ANSWERED: "the server answered",
    Reason.REDIRECTED: "the server redirects",
    Reason.RENAMED: "the repository was renamed or transferred",
    Reason.ARCHIVED: "the repository is archived",
    Reason.DISABLED: "the repository is disabled",
    Reason.NOT_FOUND: "the page does not exist",
    Reason.GONE: "the page is gone for good",
    Reason.NOT_REGISTERED: "the identifier is not registered",
    Reason.NO_SUCH_HOST: "the host name does not exist",
    Reason.NO_SUCH_FRAGMENT: "the page has no such anchor",
    Reason.FORBIDDEN: "the server does not let programs in",
    Reason.CHALLENGE: "the server requires proof of a human visitor",
    Reason.TOO_MANY_REQUESTS: "the server accepts no more requests for now",
    Reason.HOST_COOLING_DOWN: "the server accepted no more requests before this link's turn",
    Reason.SERVER_ERROR: "the server reports an internal error",
    Reason.DEADLINE: "no complete answer in time",
    Reason.CONNECT_DEADLINE: "no connection in time",
    Reason.RESOLVER_DEADLINE: "the host name was not resolved in time",
    Reason.RESOLVER_BUSY: "the host name could not be resolved just now",
    Reason.REFUSED: "the connection was refused",
    Reason.RESET: "the connection was reset",
    Reason.CLOSED: "the connection was closed without an answer",
    Reason.UNREACHABLE: "there is no route to the host from here",
    Reason.CERTIFICATE_EXPIRED: "the certificate has expired",
    Reason.CERTIFICATE_NAME: "the certificate is for another host name",
    Reason.CERTIFICATE_SELF_SIGNED: "the certificate is self-signed",
    Reason.CERTIFICATE_INCOMPLETE: "the certificate chain is incomplete",
    Reason.CERTIFICATE_INVALID: "the certificate is not valid",
    Reason.HANDSHAKE: "the TLS handshake failed",
    Reason.NOT_TLS: "the server does not speak TLS on this port",
    Reason.ONLY_TLS: "the server speaks only TLS on this port",
    Reason.PROTOCOL: "the answer is not proper HTTP",
    Reason.ODD_STATUS: "the server gave an unusual answer",
    Reason.UNTRUSTED_NOT_FOUND: "this site answers 'not found' to programs even if the page exists",
    Reason.REDIRECT_LOOP: "the redirects loop",
    Reason.TOO_MANY_REDIRECTS: "there are too many redirects",
    Reason.BAD_REDIRECT: "the redirect leads nowhere",
    Reason.UNCLEAR: "the answer is inconclusive",
    Reason.PROXY: "the proxy failed",
    Reason.PRIVATE_ADDRESS: "the target is not on the public internet",
    Reason.PRIVATE_NAME: "from here, the host name resolves to a private address",
    Reason.LOCAL_NAME: "the host name is a local one",
    Reason.BAD_PORT: "the port is not used by the web",
    Reason.BAD_SCHEME: "the redirect leaves the web",
    Reason.OPENS_APP: "the redirect opens an application instead of a page",
    Reason.NETWORK_DOWN: "the network seems to be down",
    Reason.CAPTIVE_PORTAL: "unrelated sites all redirect to one page, as behind a captive portal",
    Reason.INTERCEPTED: "nearly all certificates are rejected alike, as if a proxy replaces them",
    Reason.FILTERED: "nearly all sites answer 'not found', as if a filter answers for them",
    Reason.OUT_OF_TIME: "the time limit of this run was reached",
    Reason.INTERRUPTED: "the run was interrupted",
    Reason.ACCEPTED: "the configuration accepts the answer",
    Reason.EXCLUDED: "excluded by configuration",
    Reason.NOT_INCLUDED: "not among the links to check",
    Reason.RESERVED_NAME: "the host name is reserved for examples or for other networks",
    Reason.NOT_WEB: "not a web address",
    Reason.MALFORMED: "not a valid URL",
}


class Advisory(StrEnum):
    """Something worth knowing about a link that answers."""

    ARCHIVED = "archived"
    """The repository is archived: read-only."""
    DISABLED = "disabled"
    """The repository was disabled by its host."""
    DOWNGRADED = "downgraded"
    """A redirect led from https to http."""
    HOME_PAGE = "home-page"
    """The link to a page was redirected to a site's home page: the page is probably gone."""
    PARKED = "parked"
    """The redirect ends at a seller of domain names."""
    LOGIN = "login"
    """The redirect ends at a login or consent page."""
    ERROR_PAGE = "error-page"
    """The redirect ends at an error page that says 200: the page is probably gone."""


class Persistence(IntEnum):
    """How long a fault that may pass has lasted."""

    FRESH = 0
    LASTING = 1
    """Seen on at least 3 days, the last at least 3 days after the first."""
    SETTLED = 2
    """Seen on at least 4 days, the last at least 10 days after the first; only faults that hit everybody alike."""


TRANSIENT = frozenset({Verdict.SERVER_ERROR, Verdict.TIMEOUT, Verdict.REFUSED, Verdict.TLS})
"""Verdicts that count only by their persistence."""

_NEVER_REQUESTED = frozenset({Verdict.SKIPPED, Verdict.INVALID, Verdict.UNSAFE_TARGET})

_SETTLING = frozenset(
    {
        Reason.REFUSED,
        *(Reason.CERTIFICATE_EXPIRED, Reason.CERTIFICATE_NAME, Reason.CERTIFICATE_SELF_SIGNED),
        *(Reason.NOT_TLS, Reason.ONLY_TLS),
    }
)
"""Faults that people see in a browser as well.  Servers answer programs, or the networks that these run in, with
timeouts, resets and 5xx, and browsers repair incomplete certificate chains: those are never treated as a dead link."""


class Hop(Struct, frozen=True):
    """A redirect that was followed: the status that announced it and the URL it led to."""

    status: int
    url: str


class Replacement(Struct, frozen=True):
    """A URL that may take the place of a link; ``safe`` when only one reading of the evidence makes sense."""

    url: str
    safe: bool


_MEASURED = frozenset({"method", "attempts", "checked_at", "first_bad_at", "seconds"})


class LinkStatus(Struct, frozen=True, eq=False):
    """The verdict on one URL, and the evidence.

    ``status`` is the last HTTP status, None where no answer came.  ``first_bad_at`` and ``checked_at`` are seconds
    since the epoch, 0 where unknown.  A fault that may pass was seen on ``bad_runs`` different days (of UTC), the last
    of them ``bad_days`` days after the first.  ``snapshot`` is a copy in a web archive, ``seconds`` the time this run
    spent on the URL.  Times and ``attempts`` differ from run to run and stay out of comparisons.
    """

    url: str
    verdict: Verdict
    reason: Reason
    status: int | None = None
    hops: tuple[Hop, ...] = ()
    advisories: tuple[Advisory, ...] = ()
    replacement: Replacement | None = None
    snapshot: str = ""
    bad_runs: int = 0
    bad_days: int = 0
    cached: bool = False
    method: str = ""
    attempts: int = 0
    checked_at: float = 0.0
    first_bad_at: float = 0.0
    seconds: float = 0.0

    @property
    def verdict_and_evidence(self) -> tuple[object, ...]:
        """All but what differs from run to run."""
        return tuple(getattr(self, name) for name in self.__struct_fields__ if name not in _MEASURED)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, LinkStatus):
            return NotImplemented
        return self.verdict_and_evidence == other.verdict_and_evidence

    def __hash__(self) -> int:
        return hash(self.verdict_and_evidence)

    @property
    def was_wanted(self) -> bool:
        """Whether the link was to be requested."""
        return self.verdict not in _NEVER_REQUESTED or self.reason is Reason.PRIVATE_NAME

    @property
    def was_answered(self) -> bool:
        """Whether anything was found out about the link by asking."""
        return self.verdict is not Verdict.UNCHECKED and self.reason is not Reason.PRIVATE_NAME

    @property
    def final(self) -> str:
        """The URL at which the redirects ended, the link's own where there were none."""
        return self.hops[-1].url if self.hops else self.url

    @property
    def explanation(self) -> str:
        """The reason as a clause, with the HTTP status where one decided."""
        if self.status is None or 200 <= self.status < 300:
            return self.reason.phrase
        return f"{self.reason.phrase} (HTTP {self.status})"

    @property
    def persistence(self) -> Persistence:
        """How long the fault has lasted; one that browsers may not see never counts as settled."""
        if self.verdict not in TRANSIENT or self.bad_runs < 3 or self.bad_days < 3:
            return Persistence.FRESH
        if self.bad_runs < 4 or self.bad_days < 10 or self.reason not in _SETTLING:
            return Persistence.LASTING
        return Persistence.SETTLED


class Network(StrEnum):
    """Whether the network could be trusted during the run."""

    UP = "up"
    SUSPECT = "suspect"
    """A captive portal is likely: redirects say nothing about the links."""
    DOWN = "down"


class LinkReport(Struct, frozen=True):
    """What a run found: a status for every URL checked, as it was spelt.

    ``notes`` are sentences about the run as a whole, for a person to read once.
    """

    statuses: Mapping[str, LinkStatus]
    network: Network = Network.UP
    interrupted: bool = False
    notes: tuple[str, ...] = ()

    @property
    def verified(self) -> bool:
        """Whether any link could be verified: False where the network is down, or no answer was of use."""
        wanted = [status for status in self.statuses.values() if status.was_wanted]
        answered = not wanted or any(status.was_answered for status in wanted)
        return answered and self.network is not Network.DOWN

    def count(self, verdict: Verdict) -> int:
        """The number of URLs with *verdict*."""
        return sum(status.verdict is verdict for status in self.statuses.values())

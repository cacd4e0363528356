"""From an answer, or from the lack of one, to a verdict; pure functions.

The tables say what each sign means.  Where a sign has two readings the milder one holds: a link is dead only when
an authority says so.
"""

from __future__ import annotations

import re
import socket
import ssl
from datetime import UTC
from email.utils import parsedate_to_datetime
from enum import StrEnum

from msgspec import Struct

from awesome_lint.link_status import Hop, Reason, Verdict
from awesome_lint.links.guard import BadHostError, UnsafeTargetError
from awesome_lint.links.hosts import covering, hosts
from awesome_lint.links.network import UNREACHABLE
from awesome_lint.links.resolver import NO_SUCH_NAME, ResolverDeadlineError
from awesome_lint.links.wire import (
    ConnectTimeout,
    Headers,
    LocalProtocolError,
    NetworkError,
    ProxyError,
    RemoteProtocolError,
    TimeoutException,
)
from awesome_lint.regex import regex


class Retry(StrEnum):
    """What a second try may be good for."""

    NEVER = "never"
    TRANSIENT = "transient"
    """It may pass."""
    CONFIRM = "confirm"
    """It will hardly pass, but once does not count."""
    LATER = "later"
    """The server requests a pause."""


class Result(Struct, frozen=True):
    """What one try at a URL gave.

    ``host_level`` where it was the host that failed, before the URL was even sent; ``answered`` where HTTP came
    back, whatever it answered.
    """

    verdict: Verdict
    reason: Reason
    status: int | None = None
    retry: Retry = Retry.NEVER
    host_level: bool = False
    answered: bool = False
    retry_after: float | None = None
    hops: tuple[Hop, ...] = ()
    method: str = ""

    @property
    def fine(self) -> bool:
        """Whether the link leads to a page."""
        return self.verdict in (Verdict.OK, Verdict.MOVED_PERMANENTLY, Verdict.MOVED_TEMPORARILY)


REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
_BLOCKED = frozenset({401, 402, 403, 406, 412, 418, 451, 999})
_CHALLENGES = {"cf-mitigated": ("challenge",), "x-amzn-waf-action": ("challenge", "captcha")}

# X509_V_ERR_* of OpenSSL's x509_vfy.h.
_CERTIFICATES = {
    10: Reason.CERTIFICATE_EXPIRED,
    18: Reason.CERTIFICATE_SELF_SIGNED,
    19: Reason.CERTIFICATE_SELF_SIGNED,
    20: Reason.CERTIFICATE_INCOMPLETE,
    21: Reason.CERTIFICATE_INCOMPLETE,
    62: Reason.CERTIFICATE_NAME,
    64: Reason.CERTIFICATE_NAME,
}
# Reasons that OpenSSL gives when what comes back is not TLS at all.
_PLAINTEXT = frozenset({"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "UNKNOWN_PROTOCOL", "PACKET_LENGTH_TOO_LONG"})

_SPAN = regex(r"(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,6})s)?")


def judge_answer(status: int, headers: Headers, host: str, retry_after: float | None = None) -> Result:
    """The verdict on an answer that is not followed further; *retry_after* in seconds, None where it sets none."""
    if 200 <= status < 300:
        challenged = is_challenge(headers)
        verdict, reason = (Verdict.BLOCKED, Reason.CHALLENGE) if challenged else (Verdict.OK, Reason.ANSWERED)
        return Result(verdict, reason, status, answered=True)
    if status == 429 or (status == 503 and retry_after is not None):
        return Result(
            Verdict.RATE_LIMITED, Reason.TOO_MANY_REQUESTS, status, Retry.LATER, answered=True, retry_after=retry_after
        )
    if status == 403 and headers.get("x-ratelimit-remaining") == "0":
        return Result(Verdict.RATE_LIMITED, Reason.TOO_MANY_REQUESTS, status, answered=True)
    if is_challenge(headers):
        return Result(Verdict.BLOCKED, Reason.CHALLENGE, status, answered=True)
    if status in _BLOCKED or status == 405:
        return Result(Verdict.BLOCKED, Reason.FORBIDDEN, status, answered=True)
    if status in (404, 410):
        return _not_found(status, host)
    if 500 <= status < 600:
        return Result(Verdict.SERVER_ERROR, Reason.SERVER_ERROR, status, Retry.TRANSIENT, answered=True)
    return Result(Verdict.UNKNOWN, Reason.ODD_STATUS, status, answered=True)


def _not_found(status: int, host: str) -> Result:
    if covering(host, hosts().not_found_means_nothing):
        return Result(Verdict.UNKNOWN, Reason.UNTRUSTED_NOT_FOUND, status, answered=True)
    reason = Reason.GONE if status == 410 else Reason.NOT_FOUND
    return Result(Verdict.DEAD, reason, status, Retry.CONFIRM, answered=True)


def is_challenge(headers: Headers) -> bool:
    """Whether a firewall answered in place of the site, to find out whether we are human."""
    return any(headers.get(name, "").strip().lower() in values for name, values in _CHALLENGES.items())


def judge_failure(error: BaseException) -> Result:
    """The verdict on a request that ended in *error*; errors that no network can cause are raised again."""
    for cause in causes(error):
        if result := _judge_cause(cause):
            return result
    if isinstance(error, ProxyError):
        return Result(Verdict.UNKNOWN, Reason.PROXY, retry=Retry.TRANSIENT)
    if isinstance(error, ConnectTimeout):
        return Result(Verdict.TIMEOUT, Reason.CONNECT_DEADLINE, retry=Retry.TRANSIENT, host_level=True)
    if isinstance(error, TimeoutError | TimeoutException):
        return Result(Verdict.TIMEOUT, Reason.DEADLINE, retry=Retry.TRANSIENT)
    if isinstance(error, RemoteProtocolError):
        return _judge_protocol(str(error))
    if isinstance(error, NetworkError | OSError):
        return Result(Verdict.REFUSED, Reason.RESET, retry=Retry.TRANSIENT)
    if isinstance(error, LocalProtocolError):
        return Result(Verdict.UNKNOWN, Reason.PROTOCOL)
    raise error


def causes(error: BaseException | None) -> list[BaseException]:
    """*error* and what led to it, the deepest first; the engine overwrites causes, hence the contexts."""
    chain: list[BaseException] = []
    while error is not None and len(chain) < 16:
        chain.append(error)
        error = error.__cause__ or error.__context__
    return chain[::-1]


def _judge_cause(cause: BaseException) -> Result | None:
    if isinstance(cause, UnsafeTargetError):
        return Result(Verdict.UNSAFE_TARGET, cause.reason)
    if isinstance(cause, BadHostError):
        return Result(Verdict.INVALID, Reason.MALFORMED)
    if isinstance(cause, ResolverDeadlineError):
        return Result(Verdict.TIMEOUT, Reason.RESOLVER_DEADLINE, retry=Retry.CONFIRM, host_level=True)
    if isinstance(cause, socket.gaierror):
        return _judge_resolver(cause)
    if isinstance(cause, ssl.SSLWantReadError | ssl.SSLWantWriteError | ssl.SSLEOFError):
        return None
    if isinstance(cause, ssl.SSLCertVerificationError):
        reason = _CERTIFICATES.get(cause.verify_code, Reason.CERTIFICATE_INVALID)
        return Result(Verdict.TLS, reason, retry=Retry.CONFIRM, host_level=True)
    if isinstance(cause, ssl.SSLError):
        reason = Reason.NOT_TLS if cause.reason in _PLAINTEXT else Reason.HANDSHAKE
        return Result(Verdict.TLS, reason, retry=Retry.CONFIRM, host_level=True)
    if isinstance(cause, ConnectionRefusedError):
        return Result(Verdict.REFUSED, Reason.REFUSED, retry=Retry.TRANSIENT, host_level=True)
    if isinstance(cause, OSError) and cause.errno in UNREACHABLE:
        return Result(Verdict.UNKNOWN, Reason.UNREACHABLE, retry=Retry.CONFIRM, host_level=True)
    return None


def _judge_resolver(error: socket.gaierror) -> Result:
    if error.errno in NO_SUCH_NAME:
        return Result(Verdict.DEAD, Reason.NO_SUCH_HOST, retry=Retry.CONFIRM, host_level=True)
    return Result(Verdict.UNKNOWN, Reason.RESOLVER_BUSY, retry=Retry.CONFIRM, host_level=True)


def _judge_protocol(message: str) -> Result:
    if "disconnected without" in message:
        return Result(Verdict.REFUSED, Reason.CLOSED, retry=Retry.TRANSIENT)
    if "illegal request line" in message:
        # What the parser says to a first byte that no text begins with: an alert or a hello of TLS.
        return Result(Verdict.TLS, Reason.ONLY_TLS)
    return Result(Verdict.UNKNOWN, Reason.PROTOCOL)


def retry_after(headers: Headers, wall: float, default: float) -> float | None:
    """How many seconds the server tells us to wait, None where it does not.

    Takes seconds, HTTP dates and spans such as ``1m30s``; *default* stands for what makes no sense.
    *wall* is now, in seconds since the epoch.
    """
    text = headers.get("retry-after")
    if text is None:
        return None
    text = text.strip()
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", text):
        return min(float(text), 1e9)
    span = _SPAN.fullmatch(text)
    if text and span:
        hours, minutes, seconds = (int(part or 0) for part in span.groups())
        return float(hours * 3600 + minutes * 60 + seconds)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, IndexError):
        return default
    return max(0.0, moment.replace(tzinfo=moment.tzinfo or UTC).timestamp() - wall)

"""The HTTP library.  No other module names it: its maintained successor is one edit away.

httpx gives the URLs, headers and cookies; requests go straight to httpcore, the engine under httpx, because only
there can connections be guarded: httpx accepts no network backend.
"""

import httpcore
from httpcore import (
    AnyIOBackend,
    AsyncConnectionPool,
    AsyncHTTPProxy,
    AsyncNetworkBackend,
    AsyncNetworkStream,
    ConnectError,
    ConnectTimeout,
    LocalProtocolError,
    NetworkError,
    ProtocolError,
    ProxyError,
    RemoteProtocolError,
    TimeoutException,
)
from httpcore import Request as WireRequest
from httpcore import Response as WireResponse
from httpx import URL, Headers, InvalidURL

WireURL = httpcore.URL

WIRE_ERRORS = (NetworkError, TimeoutException, ProtocolError, ProxyError)
"""What the engine raises when a request fails."""

__all__ = [
    "URL",
    "WIRE_ERRORS",
    "AnyIOBackend",
    "AsyncConnectionPool",
    "AsyncHTTPProxy",
    "AsyncNetworkBackend",
    "AsyncNetworkStream",
    "ConnectError",
    "ConnectTimeout",
    "Headers",
    "InvalidURL",
    "LocalProtocolError",
    "NetworkError",
    "ProtocolError",
    "ProxyError",
    "RemoteProtocolError",
    "TimeoutException",
    "WireRequest",
    "WireResponse",
    "WireURL",
]

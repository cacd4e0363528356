"""One request: sent, answered within its deadline, and no more read than was requested."""

from __future__ import annotations

import asyncio
import codecs
import re
import zlib
from collections.abc import Sequence
from math import inf

from msgspec import Struct
from msgspec.structs import replace

from awesome_lint import __version__
from awesome_lint.links.lanes import Lane
from awesome_lint.links.network import Pools
from awesome_lint.links.wire import (
    URL,
    AsyncConnectionPool,
    Headers,
    NetworkError,
    RemoteProtocolError,
    WireRequest,
    WireResponse,
    WireURL,
)
from awesome_lint.regex import regex

_HEADERS = (
    (b"User-Agent", f"awesome-lint/{__version__} (link check of a curated list)".encode("ascii")),
    (b"Accept", b"text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"),
    (b"Accept-Language", b"en"),
    (b"Accept-Encoding", b"gzip"),
)

_SHORT, _SHORT_SECONDS = 1 << 16, 1.0
"""Bytes and seconds for which a body is read only to use its connection again."""

_DECLARED = re.compile(rb"<meta\b[^<>]{0,200}\bcharset\s{0,8}=\s{0,8}[\"']?([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_ENCODINGS = regex(r"utf-8|utf-16(?:-[bl]e)?|iso8859-\d+|cp\d+|koi8-[rut]|mac-\w+|gb\w+|big5\w*|euc_\w+|shift_jis\w*")

Extra = Sequence[tuple[bytes, bytes]]


class HttpRequest(Struct, frozen=True):
    """A request to send.

    ``seconds`` bounds the time beyond what the policy does, ``keep`` says how many bytes of the answer's body are
    kept, ``extra`` are headers beside the usual ones, ``content`` is a body in JSON.  ``urgent`` ones go before the
    others of their lane: they end what was begun.
    """

    url: URL
    method: str
    seconds: float = inf
    keep: int = 0
    extra: Extra = ()
    content: bytes = b""
    urgent: bool = False


class ResponseBody(Struct, frozen=True):
    """The decoded beginning of a body; ``complete`` where that is all of it.

    ``media_type`` and ``charset`` are those of the header, in lower case, empty where it names none.
    """

    data: bytes
    complete: bool
    media_type: str = ""
    charset: str = ""

    @property
    def text(self) -> str:
        """The body as text, in the encoding that the header or the page names, else UTF-8 or, failing that, Latin-1."""
        declared = _DECLARED.search(self.data[:1024])
        for name in (self.charset, declared[1].decode("ascii").lower() if declared else ""):
            if encoding := _encoding(name):
                return self.data.decode(encoding, "replace")
        try:
            return self.data.decode("utf-8")
        except UnicodeDecodeError as error:
            cut_off = not self.complete and error.start >= len(self.data) - 3
            return self.data.decode("utf-8" if cut_off else "cp1252", "replace")


def _encoding(name: str) -> str | None:
    """The codec for an encoding of the web; None for what is no such encoding."""
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return None
    if found in ("iso8859-1", "ascii"):
        return "cp1252"  # https://encoding.spec.whatwg.org/#names-and-labels
    return found if _ENCODINGS.fullmatch(found) else None


class Answer(Struct, frozen=True):
    """What came back; ``body`` is None unless it was wanted and could be decoded."""

    url: URL
    method: str
    status: int
    headers: Headers
    body: ResponseBody | None = None


class Requester(Struct, frozen=True):
    """Sends requests; ``connect_seconds`` is the longest that a connection may take."""

    pools: Pools
    connect_seconds: float

    async def send(self, lane: Lane, request: HttpRequest, seconds: float) -> Answer:
        """Send *request* and close the answer after its headers, or after as much of its body as is kept.

        Raises `TimeoutError` where no headers have come after *seconds*, and what the engine, the guard and the
        resolver raise.  Redirects are not followed.
        """
        url = request.url
        wire_request = WireRequest(
            request.method,
            WireURL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=[(b"Host", url.netloc), *_HEADERS, *request.extra, *_describe(request.content)],
            content=request.content,
            extensions={"timeout": {"connect": self.connect_seconds}},
        )
        deadline = asyncio.get_running_loop().time() + seconds
        async with asyncio.timeout_at(deadline):
            response = await _respond(self._pool(lane, url), wire_request)
        try:
            headers = Headers(response.headers)
            body = await _body(response, headers, request, deadline, hurried=not lane.queue)
        finally:
            await response.aclose()
        return Answer(url, request.method, response.status, headers, body)

    def _pool(self, lane: Lane, url: URL) -> AsyncConnectionPool:
        key = f"{url.scheme} by proxy" if self.pools.proxied(url) else url.scheme
        if key not in lane.pools:
            lane.pools[key] = self.pools.pool(url, lane.pace.in_flight + 2)
        return lane.pools[key]


async def _respond(pool: AsyncConnectionPool, request: WireRequest) -> WireResponse:
    """The answer to *request*; what fails on a connection that was used before is sent again, on a new one in the end.

    A server may have closed such a connection, or still be sending what belongs to an earlier answer: whether that is
    seen before the next request is sent would depend on how busy this machine is.
    """
    is_new = False

    async def note(event: str, _: object) -> None:
        nonlocal is_new
        is_new |= event == "connection.connect_tcp.started"

    request.extensions["trace"] = note
    while True:
        try:
            return await pool.handle_async_request(request)
        except (RemoteProtocolError, NetworkError):
            # The pool closes a connection that failed, so each turn has one fewer of those that were used before.
            if is_new or request.method == b"POST":
                raise


def _describe(content: bytes) -> Extra:
    return [(b"Content-Length", b"%d" % len(content)), (b"Content-Type", b"application/json")] if content else []


async def _body(
    response: WireResponse, headers: Headers, request: HttpRequest, deadline: float, *, hurried: bool
) -> ResponseBody | None:
    """What is kept of the body.

    A short body that nobody wants is read as well, so that the connection can be used again, unless *hurried*.  A body
    that does not come in time is none: the headers have answered.
    """
    length = headers.get("content-length", "")
    empty = request.method == "HEAD" or length == "0"
    short = length.isascii() and length.isdigit() and len(length) < 10 and int(length) <= _SHORT
    if not (request.keep or empty or (short and not hurried)):
        return None
    until = deadline if request.keep or empty else asyncio.get_running_loop().time() + _SHORT_SECONDS
    try:
        async with asyncio.timeout_at(until):
            body = await _read(response, headers, request.keep or _SHORT)
    except TimeoutError:
        return None
    media_type, _, rest = headers.get("content-type", "").lower().partition(";")
    charset = re.search(r"charset\s{0,8}=\s{0,8}[\"']?([\w:.-]{1,40})", rest, re.ASCII)
    return body and replace(body, media_type=media_type.strip(), charset=charset[1] if charset else "")


async def _read(response: WireResponse, headers: Headers, limit: int) -> ResponseBody | None:
    """The body up to *limit* bytes, both as sent and decoded; None where its coding is not gzip or none at all."""
    coding = headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip"):
        return None  # codings can be stacked: a kilobyte of `gzip, gzip` becomes a gigabyte
    inflate = zlib.decompressobj(16 + zlib.MAX_WBITS) if coding != "identity" else None
    data, received = bytearray(), 0
    try:
        async for chunk in response.aiter_stream():
            received += len(chunk)
            room = limit - len(data) + 1
            data += inflate.decompress(chunk, room) if inflate else chunk[:room]
            if received > limit or len(data) > limit:
                return ResponseBody(bytes(data[:limit]), complete=False)
    except zlib.error:
        return None
    except (RemoteProtocolError, NetworkError):
        return ResponseBody(bytes(data), complete=False)  # cut off: what came is still true
    return ResponseBody(bytes(data), complete=inflate is None or (inflate.eof and not inflate.unused_data))

"""A server on loopback that answers as GitHub's REST API does about comments and pull requests."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

BOT = {"login": "github-actions[bot]", "type": "Bot"}
REPOSITORY = "/repos/owner/list"


@dataclass
class Failure:
    """An answer that the server gives once instead of its own to a request with *method* whose path ends in *path*.

    ``carried_out`` tells whether the server does what it was asked all the same, ``cleared`` whether somebody deletes
    the comments before.
    """

    method: str
    path: str
    status: int
    headers: dict[str, str] = field(default_factory=dict)
    carried_out: bool = False
    cleared: bool = False


@dataclass
class GitHub:
    """What the server knows: comments on a pull request, the open pull requests, and the owner of the token.

    ``rivals`` are comments that another run writes just before the next one arrives.
    """

    root: str = ""
    comments: list[dict[str, Any]] = field(default_factory=list)
    pulls: list[dict[str, Any]] = field(default_factory=list)
    user: dict[str, str] | None = None
    rivals: list[str] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    authorizations: set[str | None] = field(default_factory=set)

    _last: int = 0

    @property
    def writes(self) -> list[str]:
        """The requests that are to change something."""
        return [request for request in self.requests if not request.startswith("GET ")]

    def add(self, body: str | None, user: dict[str, str] | None = BOT) -> dict[str, Any]:
        """A new comment."""
        self._last += 1
        self.comments.append({"id": self._last, "body": body, "user": user})
        return self.comments[-1]

    def answer(self, method: str, target: str, data: Any) -> tuple[int, Any, dict[str, str]]:
        """The status, the data and further headers."""
        path = urlsplit(target).path
        failure = next((each for each in self.failures if each.method == method and path.endswith(each.path)), None)
        if failure:
            self.failures.remove(failure)
            if failure.cleared:
                self.comments.clear()
            if failure.carried_out:
                self._own_answer(method, target, data)
            return failure.status, {"message": "no"}, failure.headers
        return self._own_answer(method, target, data)

    def _own_answer(self, method: str, target: str, data: Any) -> tuple[int, Any, dict[str, str]]:
        path = urlsplit(target).path
        comments = f"{REPOSITORY}/issues/7/comments"
        if (method, path) == ("GET", "/user"):
            return (
                (200, self.user, {}) if self.user else (403, {"message": "Resource not accessible by integration"}, {})
            )
        if (method, path) == ("GET", comments):
            return self._page(target, self.comments)
        if (method, path) == ("POST", comments):
            while self.rivals:
                self.add(self.rivals.pop())
            return 201, self.add(data["body"], self.user or BOT), {}
        if (method, path) == ("GET", f"{REPOSITORY}/pulls"):
            head = parse_qs(urlsplit(target).query)["head"][0]
            return self._page(target, [each for each in self.pulls if each["label"] == head])
        for each in self.comments:
            if path != f"{REPOSITORY}/issues/comments/{each['id']}":
                continue
            if method == "DELETE":
                self.comments.remove(each)
                return 204, None, {}
            each["body"] = data["body"]
            return 200, each, {}
        return 404, {"message": "Not Found"}, {}

    def _page(self, target: str, items: list[Any]) -> tuple[int, Any, dict[str, str]]:
        query = parse_qs(urlsplit(target).query)
        size, page = min(100, int(query.get("per_page", ["30"])[0])), int(query.get("page", ["1"])[0])
        more = f'<{self.root}{target}>; rel="next", <{self.root}{target}>; rel="last"'
        return 200, items[(page - 1) * size : page * size], {"Link": more} if page * size < len(items) else {}


@contextmanager
def serving() -> Iterator[GitHub]:
    """A server that listens as long as the context lasts."""
    github = GitHub()

    class Handler(BaseHTTPRequestHandler):
        def _handle(self) -> None:
            data = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            github.requests.append(f"{self.command} {urlsplit(self.path).path}")
            github.authorizations.add(self.headers.get("Authorization"))
            status, answer, headers = github.answer(self.command, self.path, json.loads(data) if data else None)
            body = b"" if answer is None else json.dumps(answer).encode()
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PATCH = do_DELETE = _handle  # noqa: N815 the names are those that http.server calls

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    github.root = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield github
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

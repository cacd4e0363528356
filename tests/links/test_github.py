"""Links to GitHub: repositories through its programming interface, files and READMEs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from awesome_lint.link_status import Advisory, Reason, Replacement, Verdict
from awesome_lint.links import Secret
from awesome_lint.links.special import Endpoints
from tests.links.conftest import Web
from tests.links.servers import Received, Server, response

pytestmark = pytest.mark.slow

TOKEN = Secret("ghp_secretsecretsecret")

Node = dict[str, object] | str | None


class FakeGitHub:
    """Answers GraphQL queries from a table; *trouble* may answer first.

    A node that is a text is the type of the error that the service gives in its place; None is "not found".
    """

    def __init__(
        self, web: Web, nodes: dict[str, Node], trouble: Callable[[str], bytes | None] = lambda _: None
    ) -> None:
        self.queries: list[list[str]] = []
        self._nodes = nodes
        self._trouble = trouble
        self.server = web.serve(self.answer, host="api.github.com", tls=web.certificate("api.github.com"))
        web.endpoints = replace(web.endpoints, github=self.server.url("").rstrip("/"))

    def answer(self, request: Received) -> bytes:
        query = json.loads(request.body)["query"]
        pattern = (
            r'(r\d+):repository\(owner:"([^"]+)",name:"([^"]+)"\)\{nameWithOwner isArchived isDisabled'
            r'(?: object\(expression:("[^}]*?")\)\{__typename\})?\}'
        )
        aliases = [(alias, f"{owner}/{name}", path) for alias, owner, name, path in re.findall(pattern, query)]
        self.queries.append([full for _, full, _ in aliases])
        problem = self._trouble(query)
        if problem:
            return problem
        data: dict[str, dict[str, object] | None] = {}
        errors = []
        for alias, full, path in aliases:
            node = self._nodes.get(full)
            if not isinstance(node, dict):
                data[alias] = None
                errors.append({"type": node or "NOT_FOUND", "path": [alias], "message": f"no {full}"})
                continue
            data[alias] = {"nameWithOwner": full, "isArchived": False, "isDisabled": False, **node}
            if path and json.loads(path) not in node.get("paths", []):  # type: ignore[operator]
                data[alias]["object"] = None  # type: ignore[index]
            elif path:
                data[alias]["object"] = {"__typename": "Blob"}  # type: ignore[index]
        return response(body=json.dumps({"data": data, "errors": errors}).encode())


def github_pages(web: Web, known: set[str] = frozenset()) -> Server:  # type: ignore[assignment]
    """github.com itself, for what the interface leaves open."""
    return web.serve(
        lambda r: response(200 if r.target in known else 404), host="github.com", tls=web.certificate("github.com")
    )


def links(pages: Server, *paths: str) -> dict[str, str]:
    return {path: pages.url(path) for path in paths}


REPOSITORIES: dict[str, Node] = {
    "a/plain": {},
    "a/Case": {"nameWithOwner": "A/case"},
    "a/old": {"nameWithOwner": "b/new"},
    "a/done": {"isArchived": True},
    "a/barred": {"isDisabled": True},
    "a/moved-and-done": {"nameWithOwner": "b/done", "isArchived": True},
    "a/files": {"paths": ["main:docs/a.md", "main"]},
}


def test_repositories(web: Web) -> None:
    fake = FakeGitHub(web, REPOSITORIES)
    pages = github_pages(web)
    urls = links(
        pages,
        *("/a/plain", "/a/plain.git", "/a/Case", "/a/old", "/a/old/tree/main#readme", "/a/done", "/a/barred"),
        *("/a/moved-and-done", "/a/gone", "/a/files/blob/main/docs/a.md", "/a/files/tree/main"),
        "/a/files/blob/main/docs/lost.md",
    )
    report = web.check(*urls.values(), github_token=TOKEN)
    found = {path: report.statuses[url] for path, url in urls.items()}
    verdicts = {path: status.verdict for path, status in found.items()}
    assert verdicts == {
        "/a/plain": Verdict.OK,
        "/a/plain.git": Verdict.OK,
        "/a/Case": Verdict.OK,
        "/a/old": Verdict.MOVED_PERMANENTLY,
        "/a/old/tree/main#readme": Verdict.DEAD,  # the fake has no files there
        "/a/done": Verdict.ARCHIVED,
        "/a/barred": Verdict.ARCHIVED,
        "/a/moved-and-done": Verdict.MOVED_PERMANENTLY,
        "/a/gone": Verdict.DEAD,
        "/a/files/blob/main/docs/a.md": Verdict.OK,
        "/a/files/tree/main": Verdict.OK,
        "/a/files/blob/main/docs/lost.md": Verdict.DEAD,
    }
    assert found["/a/old"].replacement == Replacement("https://github.com/b/new", safe=True)
    assert found["/a/old"].reason is Reason.RENAMED
    assert found["/a/moved-and-done"].advisories == (Advisory.ARCHIVED,)
    assert found["/a/barred"].advisories == (Advisory.DISABLED,)
    assert len(fake.queries) == 1
    assert sorted({request.target for request in pages.requests}) == [
        "/a/files/blob/main/docs/lost.md",
        "/a/gone",
        "/a/old/tree/main",
    ]


def test_the_rest_of_the_path_is_kept(web: Web) -> None:
    FakeGitHub(web, {"a/old": {"nameWithOwner": "b/new", "paths": ["main:x.md"]}})
    url = github_pages(web).url("/a/old/blob/main/x.md?plain=1#L3")
    found = web.check(url, github_token=TOKEN).statuses[url]
    assert found.replacement == Replacement("https://github.com/b/new/blob/main/x.md?plain=1#L3", safe=True)


def test_a_hundred_repositories_a_request(web: Web) -> None:
    names = [f"a/r{number:03}" for number in range(250)]
    fake = FakeGitHub(web, {name: {} for name in names})
    pages = github_pages(web)
    report = web.check(*(pages.url(f"/{name}") for name in names), github_token=TOKEN)
    assert report.count(Verdict.OK) == 250
    assert [len(query) for query in fake.queries] == [100, 100, 50]
    assert not pages.requests


def test_a_batch_that_is_too_much_is_halved(web: Web) -> None:
    names = [f"a/r{number:03}" for number in range(100)]

    def trouble(query: str) -> bytes | None:
        return response(502) if "r066" in query.replace('"', "") else None

    fake = FakeGitHub(web, {name: {} for name in names}, trouble)
    pages = github_pages(web, {"/a/r066"})
    report = web.check(*(pages.url(f"/{name}") for name in names), github_token=TOKEN)
    assert report.count(Verdict.OK) == 100
    assert [len(query) for query in fake.queries[:3]] == [100, 50, 50]
    assert [request.target for request in pages.requests] == ["/a/r066"]


def test_one_error_spoils_no_batch(web: Web) -> None:
    names = [f"a/r{number:03}" for number in range(100)]
    FakeGitHub(web, {name: {} for name in names if name != "a/r066"})
    report = web.check(*(github_pages(web).url(f"/{name}") for name in names), github_token=TOKEN)
    assert (report.count(Verdict.OK), report.count(Verdict.DEAD)) == (99, 1)


def test_a_repository_that_the_token_may_not_see(web: Web) -> None:
    """Another error than "not found" proves nothing: the page is requested, and the others keep their answers."""
    barred: dict[str, Node] = {f"a/{name}": "FORBIDDEN" for name in ("barred", "missing", "walled")}
    others: dict[str, Node] = {"a/plain": {}, "a/done": {"isArchived": True}, "a/old": {"nameWithOwner": "b/new"}}
    fake = FakeGitHub(web, {**barred, **others})
    answers = {"/a/barred": 200, "/a/missing": 404, "/a/walled": 403}
    pages = web.serve(
        lambda request: response(answers[request.target]), host="github.com", tls=web.certificate("github.com")
    )
    expected = {
        "/a/barred": Verdict.OK,
        "/a/missing": Verdict.DEAD,
        "/a/walled": Verdict.BLOCKED,
        "/a/old": Verdict.MOVED_PERMANENTLY,
        "/a/plain": Verdict.OK,
        "/a/done": Verdict.ARCHIVED,
    }
    report = web.check(*(pages.url(path) for path in expected), github_token=TOKEN)
    assert {path: report.statuses[pages.url(path)].verdict for path in expected} == expected
    assert {request.target for request in pages.requests} == set(answers)
    assert (len(fake.queries), report.notes) == (1, ())


def test_a_token_that_is_refused(web: Web, capsys: pytest.CaptureFixture[str]) -> None:
    FakeGitHub(web, {}, lambda _: response(401, body=b'{"message":"Bad credentials"}'))
    pages = github_pages(web, {"/a/b"})
    report = web.check(pages.url("/a/b"), github_token=TOKEN)
    assert report.count(Verdict.OK) == 1
    assert len(report.notes) == 1
    assert TOKEN not in repr(report) + "".join(capsys.readouterr())


@pytest.mark.parametrize(
    "reply",
    [
        response(403, X_RateLimit_Remaining="0"),
        response(429, Retry_After="9999"),
        response(body=b'{"errors":[{"type":"RATE_LIMITED","message":"slow down"}]}'),
    ],
    ids=["403", "429", "200"],
)
def test_a_limit_that_is_spent(web: Web, reply: bytes) -> None:
    FakeGitHub(web, {}, lambda _: reply)
    pages = github_pages(web)
    report = web.check(pages.url("/a/b"), pages.url("/a/c"), github_token=TOKEN)
    assert report.count(Verdict.RATE_LIMITED) == 2
    assert not pages.requests


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b'"x"', b'{"data":[1]}', b'{"data":{"r0":7}}', b'{"errors":[1,{"path":[{}],"type":"NOT_FOUND"}]}'],
)
def test_nonsense_is_left_to_the_pages(web: Web, body: bytes) -> None:
    FakeGitHub(web, {}, lambda _: response(body=body))
    pages = github_pages(web, {"/a/b"})
    assert web.check(pages.url("/a/b"), github_token=TOKEN).count(Verdict.OK) == 1


def test_an_evil_name_in_the_reply_is_not_taken(web: Web) -> None:
    FakeGitHub(web, {"a/b": {"nameWithOwner": "evil.example/x/../../login?x"}})
    url = github_pages(web).url("/a/b")
    assert web.check(url, github_token=TOKEN).statuses[url].verdict is Verdict.OK


def test_without_a_token_the_pages_are_requested(web: Web) -> None:
    fake = FakeGitHub(web, {"a/b": {}})
    pages = github_pages(web, {"/a/b"})
    report = web.check(pages.url("/a/b"), pages.url("/a/gone"))
    assert (report.count(Verdict.OK), report.count(Verdict.DEAD)) == (1, 1)
    assert not fake.queries


def test_the_token_goes_to_its_endpoint_only(web: Web) -> None:
    elsewhere = web.serve(response(), host="api.github.com.evil.net")
    fake = FakeGitHub(web, {}, lambda _: response(302, Location=elsewhere.url("/graphql")))
    pages = github_pages(web, {"/a/b"})
    other_port = web.serve(response(), host="api.github.com", tls=web.certificate("api.github.com"))
    web.check(pages.url("/a/b"), elsewhere.url(), other_port.url("/x"), github_token=TOKEN)
    assert fake.server.requests[0].headers["authorization"] == f"Bearer {TOKEN}"
    for server in (elsewhere, pages, other_port):
        assert server.requests
        assert not any("authorization" in request.headers for request in server.requests)
    assert not any(request.target == "/graphql" for request in elsewhere.requests)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_the_token_goes_to_no_other_port(web: Web, status: int) -> None:
    """A redirect of the endpoint to another port of its host is not followed, and links to there carry no token."""
    certificate = web.certificate("api.github.com")
    other_port = web.serve(response(), host="api.github.com", tls=certificate)
    fake = FakeGitHub(web, {}, lambda _: response(status, Location=other_port.url("/graphql")))
    pages = github_pages(web, {"/a/b"})
    report = web.check(pages.url("/a/b"), other_port.url("/x"), github_token=TOKEN)
    assert report.count(Verdict.OK) == 2
    assert [request.headers["authorization"] for request in fake.server.requests] == [f"Bearer {TOKEN}"]
    assert {request.target for request in other_port.requests} == {"/x"}
    assert not any("authorization" in request.headers for request in other_port.requests)


@pytest.mark.parametrize(("status", "verdict"), [(429, Verdict.RATE_LIMITED), (403, Verdict.BLOCKED)])
def test_a_repository_that_only_the_service_does_not_find(web: Web, status: int, verdict: Verdict) -> None:
    FakeGitHub(web, {})
    pages = web.serve(response(status), host="github.com", tls=web.certificate("github.com"))
    report = web.check(*(pages.url(f"/a/r{n}") for n in range(30)), github_token=TOKEN, polite=False, retries=0)
    assert report.count(verdict) == 30


def test_a_policy_does_not_show_its_token() -> None:
    from awesome_lint.links import Policy

    assert TOKEN not in repr(Policy(github_token=TOKEN))


def test_anchors_of_a_readme(web: Web) -> None:
    sources = {"/a/b/HEAD/README.md": b"# Title\n## What is it?\n", "/a/b/main/docs/x.md": b"## Caf\xc3\xa9\n"}
    raw = web.serve(
        lambda r: response(body=sources[r.target]) if r.target in sources else response(404), host="raw.github.net"
    )
    web.endpoints = Endpoints(raw=raw.url("").rstrip("/"))
    web.read_anchors = _headings
    pages = web.serve(response(), host="github.com", tls=web.certificate("github.com"))
    fine = ["/a/b#what-is-it", "/a/b#What-Is-It", "/a/b#readme", "/a/b/blob/main/docs/x.md#caf%C3%A9", "/a/c#lost"]
    fine += ["/a/b/issues/1#issuecomment-2", "/a/b/wiki#lost", "/a/b?tab=license-ov-file#lost"]
    lost = ["/a/b#lost", "/a/b/blob/main/docs/x.md#lost"]
    report = web.check(*(pages.url(path) for path in fine + lost), fragments=True)
    assert {report.statuses[pages.url(path)].verdict for path in fine} == {Verdict.OK}
    assert {report.statuses[pages.url(path)].verdict for path in lost} == {Verdict.FRAGMENT_MISSING}


def _headings(markdown: str) -> frozenset[str]:
    from awesome_lint.markdown import parse
    from awesome_lint.source import Source

    return parse(Source(markdown)).anchors

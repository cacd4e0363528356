"""DOIs, arXiv, YouTube and the web archive, by their interfaces."""

from __future__ import annotations

import _thread

import pytest

from awesome_lint.link_status import Replacement, Verdict
from awesome_lint.links.special import Endpoints
from tests.links.conftest import Web
from tests.links.servers import Received, response

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("reply", "verdict"),
    [
        (response(body=b'{"responseCode":1,"handle":"10.1000/x"}'), Verdict.OK),
        (response(404, body=b'{"responseCode":100}'), Verdict.DEAD),
        (response(body=b'{"responseCode":2}'), Verdict.UNKNOWN),
        (response(body=b'{"responseCode":200}'), Verdict.UNKNOWN),
        (response(404, body=b"<html>"), Verdict.UNKNOWN),
        (response(body=b"[" * 60000), Verdict.UNKNOWN),
        (response(500), Verdict.SERVER_ERROR),
        (response(429, Retry_After="999"), Verdict.RATE_LIMITED),
    ],
)
@pytest.mark.parametrize("host", ["doi.org", "www.doi.org"])
def test_dois(web: Web, reply: bytes, verdict: Verdict, host: str) -> None:
    service = web.serve(reply, host="service.doi.net")
    web.endpoints = Endpoints(doi=service.url("").rstrip("/"))
    found = web.one(f"https://{host}/10.1007/978-3-319-24574-4_28")
    assert found.verdict is verdict
    assert service.requests[0].target == "/api/handles/10.1007/978-3-319-24574-4_28?type=URL"


def test_the_old_name_of_the_doi_service(web: Web) -> None:
    service = web.serve(response(body=b'{"responseCode":1}'), host="service.doi.net")
    web.endpoints = Endpoints(doi=service.url("").rstrip("/"))
    found = web.one("http://dx.doi.org/10.1000/a(b)c")
    assert found.verdict is Verdict.MOVED_PERMANENTLY
    assert found.replacement == Replacement("https://doi.org/10.1000/a(b)c", safe=True)


def feed(*names: str) -> bytes:
    entries = "".join(f"<entry><id>http://arxiv.org/abs/{name}v3</id><title>T</title></entry>" for name in names)
    return response(body=f"<feed><id>http://arxiv.org/api/x</id>{entries}</feed>".encode())


def test_arxiv(web: Web) -> None:
    service = web.serve(feed("1505.04597", "cs/9901001"), host="export.arxiv.org")
    pages = web.serve(lambda r: response(200 if "1234.56789" in r.target else 404), host="arxiv.org")
    web.endpoints = Endpoints(arxiv=service.url("").rstrip("/"))
    paths = ["/abs/1505.04597", "/pdf/1505.04597v2.pdf", "/html/1505.04597v1", "/abs/cs/9901001", "/pdf/1111.11111"]
    report = web.check(*(pages.url(path) for path in [*paths, "/abs/1234.56789"]))
    verdicts = [report.statuses[pages.url(path)].verdict for path in paths]
    assert verdicts == [Verdict.OK] * 4 + [Verdict.DEAD]
    assert report.statuses[pages.url("/abs/1234.56789")].verdict is Verdict.OK, "the page knows better"
    assert [request.target for request in service.requests] == [
        "/api/query?id_list=1111.11111,1234.56789,1505.04597,cs/9901001&max_results=4",
        "/api/query?id_list=1111.11111,1234.56789&max_results=2",
    ]
    assert {request.target for request in pages.requests} == {"/pdf/1111.11111", "/abs/1234.56789"}


def test_arxiv_without_its_service(web: Web) -> None:
    service = web.serve(response(503), host="export.arxiv.org")
    pages = web.serve(response(), host="arxiv.org")
    web.endpoints = Endpoints(arxiv=service.url("").rstrip("/"))
    assert web.one(pages.url("/abs/1505.04597")).verdict is Verdict.OK


PAPERS = [f"/abs/1505.{number:05}" for number in range(60)]


@pytest.mark.parametrize(
    ("status", "verdict"), [(429, Verdict.RATE_LIMITED), (403, Verdict.BLOCKED), (500, Verdict.SERVER_ERROR)]
)
@pytest.mark.parametrize("known", [0, 30])
def test_a_feed_without_papers_kills_none(web: Web, status: int, verdict: Verdict, known: int) -> None:
    """The page is asked, and what it says is the verdict, however many papers the feed lacks."""
    service = web.serve(feed(*(path.removeprefix("/abs/") for path in PAPERS[:known])), host="export.arxiv.org")
    pages = web.serve(response(status), host="arxiv.org")
    web.endpoints = Endpoints(arxiv=service.url("").rstrip("/"))
    report = web.check(*map(pages.url, PAPERS), polite=False, retries=0)
    assert report.count(Verdict.OK) == known
    assert report.count(verdict) == 60 - known


def test_a_feed_that_is_whole_at_the_second_try(web: Web) -> None:
    replies = [feed(), feed("1505.04597")]
    service = web.serve(lambda _: replies.pop(0), host="export.arxiv.org")
    pages = web.serve(response(429), host="arxiv.org")
    web.endpoints = Endpoints(arxiv=service.url("").rstrip("/"))
    assert web.one(pages.url("/abs/1505.04597")).verdict is Verdict.OK
    assert not pages.requests


def test_a_doi_that_the_service_lacks_and_the_resolver_knows(web: Web) -> None:
    def answer(request: Received) -> bytes:
        if request.target.startswith("/api/"):
            return response(404, body=b'{"responseCode":100}')
        return response(302, Location="https://publisher.net/x")

    service = web.serve(answer, host="service.doi.net")
    web.endpoints = Endpoints(doi=service.url("").rstrip("/"))
    assert web.one("https://doi.org/10.1000/x").verdict is Verdict.OK


@pytest.mark.parametrize(
    "link",
    [
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://youtu.be/dQw4w9WgXcQ?t=3",
        "https://m.youtube.com/embed/dQw4w9WgXcQ",
        "https://www.youtube.com/shorts/dQw4w9WgXcQ",
    ],
)
@pytest.mark.parametrize(
    ("image", "embedding", "verdict"),
    [
        (200, 404, Verdict.OK),
        (404, 404, Verdict.DEAD),
        (404, 200, Verdict.OK),
        (404, 401, Verdict.OK),
        (404, 403, Verdict.OK),
    ],
)
def test_videos(web: Web, link: str, image: int, embedding: int, verdict: Verdict) -> None:
    images, pages = web.serve(response(image), host="img.youtube.com"), web.serve(response(embedding), host="y.org")
    web.endpoints = Endpoints(youtube=images.url("").rstrip("/"), youtube_pages=pages.url("").rstrip("/"))
    assert web.one(link).verdict is verdict
    assert images.requests[0].target == "/vi/dQw4w9WgXcQ/0.jpg"
    asked = "/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DdQw4w9WgXcQ"
    assert {request.target for request in pages.requests} == ({asked} if image == 404 else set())


@pytest.mark.parametrize("embedding", [400, 429, 500])
def test_a_video_of_which_one_image_is_lost(web: Web, embedding: int) -> None:
    """What the endpoint for embedding cannot tell, the page does."""
    images, pages = web.serve(response(404), host="img.youtube.com"), web.serve(response(embedding), host="y.org")
    watch = web.serve(response(), host="www.youtube.com")
    web.endpoints = Endpoints(youtube=images.url("").rstrip("/"), youtube_pages=pages.url("").rstrip("/"))
    assert web.one(watch.url("/watch?v=dQw4w9WgXcQ"), retries=0).verdict is Verdict.OK


def test_interruption_of_suggestions_keeps_what_is_known(web: Web) -> None:
    def answer(request: Received) -> bytes:
        if len(archive.requests) == 1:
            _thread.interrupt_main()
        return response(404)

    archive = web.serve(answer, host="web.archive.org")
    web.endpoints = Endpoints(archive=archive.url("").rstrip("/"))
    server = web.serve(lambda r: response() if r.target == "/fine" else response(404))
    report = web.check(server.url("/fine"), *(server.url(f"/{n}") for n in range(30)), suggest=True)
    assert report.interrupted
    assert (report.count(Verdict.OK), report.count(Verdict.DEAD)) == (1, 30)


def test_snapshots_of_dead_pages(web: Web) -> None:
    def answer(request: Received) -> bytes:
        if "lost" in request.target:
            return response(404)
        return response(
            302, Location=f"{archive.url('')}/web/2019/x" if "odd" not in request.target else "http://evil/"
        )

    archive = web.serve(answer, host="web.archive.org")
    web.endpoints = Endpoints(archive=archive.url("").rstrip("/"))
    server = web.serve(lambda r: response() if r.target == "/fine" else response(404))
    urls = {name: server.url(f"/{name}") for name in ("gone", "lost", "odd", "fine")}
    report = web.check(*urls.values(), suggest=True)
    assert {name: report.statuses[url].snapshot for name, url in urls.items()} == {
        "gone": f"{archive.url('')}/web/2019/x",
        "lost": "",
        "odd": "",
        "fine": "",
    }
    assert archive.requests[0].target == f"/web/{urls['gone']}"
    assert len(archive.requests) == 3

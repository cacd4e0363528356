"""Redirects that are no moves, new addresses in the spelling of the old ones, and hosts that have had enough."""

from __future__ import annotations

import pytest

from awesome_lint.link_status import Advisory, Replacement, Verdict
from awesome_lint.links.by_design import is_by_design
from awesome_lint.links.moves import advisories
from awesome_lint.links.spelling import respelt
from awesome_lint.links.wire import URL
from tests.links.conftest import Web
from tests.links.servers import Received, response

pytestmark = pytest.mark.slow


SHORT = (
    *("discord.gg", "forms.gle", "fb.me", "redd.it", "wp.me", "tiny.cc", "cutt.ly", "dub.sh", "shorturl.at"),
    *("gopkg.in", "project.app.link"),
)


def redirected(web: Web, old: str, new: str) -> tuple[Verdict, Replacement | None]:
    """What is made of a permanent redirect from the path *old* of a server to the path or URL *new*."""
    server = web.serve(lambda r: response(301, Location=new) if r.target == old else response())
    found = web.one(server.url(old))
    return found.verdict, found.replacement


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/page", "/page?lang=en"),
        ("/page", "/page?country=de"),
        ("/file.pdf", "/file.pdf?token=a1&expires=99"),
        ("/file.pdf", "/file.pdf?X-Amz-Signature=a&X-Amz-Date=b"),
        ("/latest/x", "/3.1/x"),
        ("/stable/x", "/v2.0.1/x"),
        ("/en/stable/x", "/en/3.x/x"),
        ("/current/static/x.html", "/16/static/x.html"),
        ("/docs", "/docs/5.2/"),
        ("/docs/", "/docs/latest/"),
        ("/docs", "/docs/5.2/introduction.html"),
        ("/", "/en/stable/index.html"),
        ("/library/x", "/3/library/x"),
        ("/en/x", "/en-gb/x"),
        ("/en/", "/"),
        ("/x", "/de/x"),
        ("/page", "/page;jsessionid=1A2B"),
        ("/mail", "/accounts/ServiceLogin?continue=/mail"),
        ("/page", "/consent?to=/page"),
        ("/page", "/age-gate?to=/page"),
        ("/page", "/age_verification"),
        ("/page", "/auth/?to=/page"),
        ("/page", "/cookie-wall"),
    ],
)
def test_what_depends_on_who_asks_is_no_move(web: Web, old: str, new: str) -> None:
    assert redirected(web, old, new) == (Verdict.MOVED_TEMPORARILY, None)


@pytest.mark.parametrize(
    ("old", "new"),
    [("/page?id=5", "/page"), ("/page", "/page?id=5"), ("/a/page?id=5", "/b/page?id=6"), ("/a/page?id=5", "/b/page")],
)
def test_another_query_is_another_page(web: Web, old: str, new: str) -> None:
    assert redirected(web, old, new) == (Verdict.MOVED_PERMANENTLY, None)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        *((f"https://{host}/abc", "https://a.org/some/page") for host in SHORT),
        ("https://new.sh/x7Kp2", "https://www.some-project.org/docs/start"),
        ("https://qq.cx/aBcD", "https://some-project.org/"),
        ("http://x.net/a", "https://www.x.de/a"),
        ("http://x.com/", "https://x.co.uk/"),
        ("http://x.org/a", "https://de.x.org/a"),
        ("http://www.x.org/a", "https://m.x.org/a"),
        ("http://en.m.x.org/a", "https://en.x.org/a"),
        ("http://x.org/a", "https://accounts.x.org/a"),
    ],
)
def test_redirects_that_are_meant(old: str, new: str) -> None:
    assert is_by_design(URL(old), URL(new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("http://x.org/a", "https://x.org/a"),
        ("http://x.org/a", "https://docs.x.org/a"),
        ("http://x.com/a", "https://x.io/a"),
        ("http://foo.io/docs", "https://bar.dev/documentation"),
        ("http://foo.io/", "https://bar.dev/"),
        ("http://long-project-name.org/v2Beta", "https://other.org/"),
        ("http://x.org/old/a", "https://x.org/new/a"),
        ("http://x.org/2015/a", "https://x.org/archive/a"),
        ("http://x.org/questions/11227809", "https://x.org/questions/11227810"),
        ("http://x.org/a?v=1", "https://x.org/b?v=1"),
        ("http://x.org/index.html", "https://x.org/"),
        ("http://x.org/1", "https://x.org/2"),
        ("http://x.org/p/12", "https://x.org/posts/12"),
    ],
)
def test_redirects_that_are_moves(old: str, new: str) -> None:
    assert not is_by_design(URL(old), URL(new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("https://user.github.io/project/", "https://project.org/", ()),
        ("https://user.github.io/project/", "https://other.github.io/", ()),
        ("https://sites.google.com/project", "https://project.org/", ()),
        ("https://x.org/en/", "https://x.org/", ()),
        ("https://x.org/home", "https://x.org/", ()),
        ("https://x.org/en/index.php", "https://x.org/de/", ()),
        ("https://x.org/latest/", "https://x.org/", ()),
        ("https://bit.ly/abc", "https://x.org/", ()),
        ("https://x.org/blog/post", "https://x.org/", (Advisory.HOME_PAGE,)),
        ("https://x.org/post", "https://x.org/en/", (Advisory.HOME_PAGE,)),
        ("https://x.org/blog/post", "https://y.org/", (Advisory.HOME_PAGE,)),
        ("https://user.github.io/project/docs/page", "https://project.org/", (Advisory.HOME_PAGE,)),
    ],
)
def test_home_pages(old: str, new: str, expected: tuple[Advisory, ...]) -> None:
    from awesome_lint.link_status import Hop

    assert advisories(URL(old), [Hop(301, new)], None) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("http://a.org/\u4f60\u597d", "https://a.org/%E4%BD%A0%E5%A5%BD", "https://a.org/\u4f60\u597d"),
        ("http://a.org/\u4f60/b", "https://a.org/%E4%BD%A0/b/", "https://a.org/\u4f60/b/"),
        ("http://a.org/x/\u4f60", "https://a.org/y/z/%E4%BD%A0", "https://a.org/y/z/\u4f60"),
        ("http://a.org/b?q=\u00e9&r=1", "https://a.org/b?q=%C3%A9&r=2", "https://a.org/b?q=\u00e9&r=2"),
        ("http://b\u00fccher.de/a", "https://www.xn--bcher-kva.de/a", "https://www.b\u00fccher.de/a"),
        ("http://www.b\u00fccher.de/a#\u00fc", "https://xn--bcher-kva.de/a#%C3%BC", "https://b\u00fccher.de/a#\u00fc"),
        ("http://A.org/B", "https://a.org/B/", "https://A.org/B/"),
        ("//a.org/b", "https://a.org/b/", "https://a.org/b/"),
        ("http://u:p@a.org/b", "https://a.org/b", "https://a.org/b"),
        ("http://a.org/%e4", "https://a.org/%E4", "https://a.org/%E4"),
        ("http://a.org/a b", "https://a.org/a%20b", "https://a.org/a b"),
    ],
)
def test_spellings(old: str, new: str, expected: str) -> None:
    assert respelt(old, new) == expected


def test_a_fix_keeps_the_characters_that_it_does_not_change(web: Web) -> None:
    old, new = "/%E4%BD%A0%E5%A5%BD", "/%E4%BD%A0%E5%A5%BD/"
    server = web.serve(lambda r: response(301, Location=new) if r.target == old else response())
    assert web.one(server.url("/\u4f60\u597d")).replacement == Replacement(server.url("/\u4f60\u597d/"), safe=True)


def test_a_host_that_has_had_enough_is_left_alone(web: Web) -> None:
    """Twelve links, and every answer is "too many requests", without a word on how long to wait."""
    times: list[float] = []

    def answer(_: Received) -> bytes:
        times.append(web.clock.now())
        return response(429)

    server = web.serve(answer)
    report = web.check(*(server.url(f"/{n}") for n in range(12)))
    assert report.count(Verdict.RATE_LIMITED) == 12
    assert len(server.requests) <= 6


def test_a_few_refusals_with_answers_between_them_close_nothing(web: Web) -> None:
    server = web.serve(lambda _: response(429 if len(server.requests) % 3 == 1 else 200))
    report = web.check(*(server.url(f"/{n}") for n in range(12)), in_flight=1)
    assert report.count(Verdict.OK) == 12


def test_suggestions_obey_the_time_limit(web: Web) -> None:
    import asyncio

    from awesome_lint.links.special import Endpoints

    async def slow(_: Received) -> bytes:
        await asyncio.sleep(60)
        return response(404)

    archive = web.serve(slow, host="web.archive.org")
    web.endpoints = Endpoints(archive=archive.url("").rstrip("/"))
    server = web.serve(lambda r: response() if r.target == "/fine" else response(404))
    report = web.check(server.url("/fine"), server.url("/gone"), suggest=True, max_seconds=3.0, request_seconds=50.0)
    assert report.count(Verdict.DEAD) == 1
    assert any("time was up" in note for note in report.notes)


def test_the_last_probe_obeys_the_time_limit(web: Web) -> None:
    """One host answers, then falls silent; another refuses at the end: whether that is an outage stays open."""
    import asyncio

    seen: list[str] = []

    async def once(request: Received) -> bytes:
        seen.append(request.method)
        if len(seen) > 1:
            await asyncio.sleep(60)
        return response()

    first, gone = web.serve(once), web.serve(response(), host="gone.site.org")
    web.room.stop(gone)
    report = web.check(first.url(), gone.url(), max_seconds=3.0, resolve_seconds=50.0, request_seconds=50.0)
    assert report.statuses[first.url()].verdict is Verdict.OK
    assert report.statuses[gone.url()].verdict in (Verdict.UNCHECKED, Verdict.REFUSED)


def test_a_portal_is_told_of(web: Web) -> None:
    home = web.serve(response(), host="www.company.com")
    bought = [web.serve(response(301, Location=home.url()), host=f"www.startup{n}.com") for n in range(4)]
    others = [web.serve(response(), host=f"h{n}.site{n}.org") for n in range(6)]
    report = web.check(*(server.url() for server in [*bought, *others]))
    assert [note for note in report.notes if note.startswith("4 links to unrelated sites are all redirected to")]

"""Living pages that look dead, because of this network, a filter in it, or a server's ways with programs."""

from __future__ import annotations

import ssl
import tempfile
from pathlib import Path

import pytest
import trustme

from awesome_lint.link_status import Advisory, Network, Persistence, Reason, Verdict
from tests.links.conftest import Web
from tests.links.servers import Answering, Received, Server, response

pytestmark = pytest.mark.slow

_DAY = 86400.0


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "links.json"


def sites(web: Web, count: int, answer: Answering | bytes, tls: ssl.SSLContext | None = None) -> list[Server]:
    """So many servers, each for a site of its own."""
    return [web.serve(answer, host=f"h{n}.site{n}.org", tls=tls) for n in range(count)]


# Faults that may pass


@pytest.mark.parametrize(
    ("status", "hours", "days"),
    [
        (500, [1, 2, 3, 4, 5], 1),
        (500, [1, 25, 26, 27, 49], 3),
        (503, [1, 169, 337, 505, 673], 5),
    ],
)
def test_faults_count_by_days_and_never_become_deaths(
    web: Web, cache: Path, status: int, hours: list[float], days: int
) -> None:
    bad, good = web.serve(response(status)), web.serve(response(), host="good.site.org")
    midnight = web.clock.wall() // _DAY * _DAY - web.clock.wall()
    for hour in hours:
        web.clock.offset = midnight + 10 * _DAY + hour * 3600
        found = web.check(bad.url(), good.url(), cache=cache, retries=0).statuses[bad.url()]
    assert found.bad_runs == days
    assert found.persistence < Persistence.SETTLED


# A proxy that replaces certificates


@pytest.fixture
def foreign() -> ssl.SSLContext:
    """A certificate for every name here, from an authority that is sent along and not known: OpenSSL's code 19."""
    authority = trustme.CA()
    leaf = authority.issue_cert("*.site.org", *(f"h{n}.site{n}.org" for n in range(40)))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        chain = Path(folder, "chain.pem")
        chain.write_bytes(leaf.private_key_and_cert_chain_pem.bytes() + authority.cert_pem.bytes())
        context.load_cert_chain(chain)
    return context


def test_a_proxy_that_replaces_certificates(web: Web, foreign: ssl.SSLContext) -> None:
    plain = web.serve(response())
    secure = sites(web, 6, response(), foreign)
    report = web.check(plain.url(), *(server.url() for server in secure))
    found = {(report.statuses[server.url()].verdict, report.statuses[server.url()].reason) for server in secure}
    assert found == {(Verdict.UNCHECKED, Reason.INTERCEPTED)}
    assert len([note for note in report.notes if "certificates of 6 unrelated sites" in note]) == 1
    assert report.statuses[plain.url()].verdict is Verdict.OK


def test_nothing_but_replaced_certificates_is_nothing_verified(web: Web, foreign: ssl.SSLContext) -> None:
    report = web.check(*(server.url() for server in sites(web, 6, response(), foreign)))
    assert not report.verified


def test_certificates_that_are_bad_beside_good_ones(web: Web, foreign: ssl.SSLContext) -> None:
    good = web.serve(response(), tls=web.certificate("a.site.org"))
    bad = sites(web, 3, response(), foreign)
    report = web.check(good.url(), *(server.url() for server in bad))
    assert {report.statuses[server.url()].verdict for server in bad} == {Verdict.TLS}
    assert not report.notes


def test_bad_certificates_are_all_that_is_asked_for_again(web: Web, foreign: ssl.SSLContext, cache: Path) -> None:
    """Good links come from the cache, so a later run requests little but bad ones: a good one is asked then."""
    good = web.serve(response(), tls=web.certificate("a.site.org"))
    bad = sites(web, 3, response(), foreign)
    urls = [good.url(), *(server.url() for server in bad)]
    web.check(*urls, cache=cache)
    report = web.check(*urls, cache=cache)
    assert (report.count(Verdict.OK), report.count(Verdict.TLS)) == (1, 3)


# Names that resolve to private addresses


@pytest.mark.parametrize("address", ["0.0.0.0", "10.20.30.40", "198.18.0.7", "::"])
def test_a_filter_of_names(web: Web, address: str) -> None:
    web.names.update({f"h{n}.site{n}.org": [address] for n in range(40)})
    urls = [f"http://h{n}.site{n}.org/" for n in range(40)]
    report = web.check(*urls)
    assert {status.reason for status in report.statuses.values()} == {Reason.PRIVATE_NAME}
    assert not report.verified
    assert [note for note in report.notes if note.startswith("40 host names resolve to private addresses")]


def test_one_name_in_a_filter_is_no_note(web: Web) -> None:
    web.names["ads.site.org"] = ["0.0.0.0"]
    server = web.serve(response())
    report = web.check("http://ads.site.org/", server.url())
    assert report.statuses["http://ads.site.org/"].reason is Reason.PRIVATE_NAME
    assert report.verified
    assert not report.notes


def test_what_spells_out_a_private_address_is_unsafe(web: Web) -> None:
    server = web.serve(lambda r: response(301, Location="http://10.0.0.1/x") if r.target == "/in" else response())
    report = web.check(server.url("/in"), server.url("/fine"), "http://192.168.0.1/")
    for url in (server.url("/in"), "http://192.168.0.1/"):
        assert (report.statuses[url].verdict, report.statuses[url].reason) == (
            Verdict.UNSAFE_TARGET,
            Reason.PRIVATE_ADDRESS,
        )


# Not found


def test_dead_links_are_requested_in_every_run(web: Web, cache: Path) -> None:
    status = [404]
    server = web.serve(lambda _: response(status[0]))
    assert web.check(server.url(), cache=cache).count(Verdict.DEAD) == 1
    status[0] = 200
    assert web.check(server.url(), cache=cache).count(Verdict.OK) == 1


@pytest.mark.parametrize("status", [404, 410])
def test_a_filter_that_answers_for_all_sites(web: Web, status: int) -> None:
    report = web.check(*(server.url("/page") for server in sites(web, 40, response(status))))
    assert {(s.verdict, s.reason) for s in report.statuses.values()} == {(Verdict.UNCHECKED, Reason.FILTERED)}
    assert not report.verified
    assert [note for note in report.notes if note.startswith("40 unrelated sites all answer 'not found'")]


def test_many_dead_pages_are_no_filter(web: Web) -> None:
    """One site may lose all its pages, and a long list may hold dozens of dead links beside living ones."""
    lost = web.serve(response(404))
    dead = sites(web, 16, response(404))
    living = [web.serve(response(), host=f"l{n}.living{n}.org") for n in range(5)]
    urls = [lost.url(f"/{n}") for n in range(40)]
    report = web.check(*urls, *(server.url() for server in dead + living), polite=False)
    assert (report.count(Verdict.DEAD), report.count(Verdict.OK)) == (56, 5)


def test_dead_links_are_all_that_is_asked_for_again(web: Web, cache: Path) -> None:
    dead = sites(web, 14, response(404))
    living = [web.serve(response(), host=f"l{n}.living{n}.org") for n in range(6)]
    urls = [server.url() for server in dead + living]
    for _ in range(2):
        report = web.check(*urls, cache=cache)
        assert (report.count(Verdict.DEAD), report.count(Verdict.OK)) == (14, 6)


# Hosts and paths as browsers read them


@pytest.mark.parametrize(
    ("written", "host"),
    [
        ("\u2603\ufe0f.site.org", "xn--n3h.site.org"),
        ("\u2764\ufe0f.site.org", "xn--qei.site.org"),
        ("soft\u00adhyphen.site.org", "softhyphen.site.org"),
        ("b\u00fc\u00adcher.site.org", "xn--bcher-kva.site.org"),
        ("wide\u200bspace.site.org", "widespace.site.org"),
        ("half\uff61site.org", "half.site.org"),
        ("name-.site.org", "name-.site.org"),
        ("-name.site.org", "-name.site.org"),
        ("a--b-.site.org", "a--b-.site.org"),
    ],
)
def test_hosts_that_browsers_open(web: Web, written: str, host: str) -> None:
    server = web.serve(response(), host=host)
    assert web.one(server.url("/", host=written)).verdict is Verdict.OK
    assert server.requests[0].headers["host"] == f"{host}:{server.port}"


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/a/%2e%2e/b", "/b"),
        ("/a/b/%2E%2e/c?x=%2e%2e/", "/a/c?x=%2e%2e/"),
        ("/a/.%2e", "/"),
        ("/a/b/..", "/a/"),
        ("/a/%2e/b/.", "/a/b/"),
        ("/../../a", "/a"),
        ("/a//../b", "/a/b"),
        ("/a%2eb/...", "/a%2eb/..."),
    ],
)
def test_dots_in_paths(web: Web, path: str, target: str) -> None:
    server = web.serve(lambda r: response() if r.target == target else response(404))
    assert web.one(server.url(path)).verdict is Verdict.OK


# Cookies and applications


@pytest.mark.parametrize("status", [404, 403, 410])
def test_a_wall_of_cookies(web: Web, status: int) -> None:
    """Whoever has no cookie gets one and is sent on; whoever comes without it then finds nothing."""

    def answer(request: Received) -> bytes:
        if request.target == "/page":
            return response(302, Location="/content", Set_Cookie="seen=1; Path=/")
        return response() if "seen=1" in request.headers.get("cookie", "") else response(status)

    assert web.one(web.serve(answer).url("/page")).verdict is Verdict.MOVED_TEMPORARILY


def test_a_page_that_is_gone_in_spite_of_cookies(web: Web) -> None:
    server = web.serve(
        lambda r: response(302, Location="/gone", Set_Cookie="a=b") if r.target == "/page" else response(404)
    )
    assert web.one(server.url("/page")).verdict is Verdict.DEAD


@pytest.mark.parametrize("target", ["mailto:a@b.org", "itms-apps://apps/x", "tg://join?x=1", "vscode:extension/x"])
def test_a_redirect_to_an_application(web: Web, target: str) -> None:
    found = web.one(web.serve(response(302, Location=target)).url("/page"))
    assert (found.verdict, found.reason, found.final) == (Verdict.UNKNOWN, Reason.OPENS_APP, target)


# Pages that are not there and say 200


@pytest.mark.parametrize(
    "target", ["/404", "/404.html", "/error?from=/page", "/not-found", "/errors/404", "/Error.aspx?p=/x", "/?error=404"]
)
@pytest.mark.parametrize("status", [301, 302])
def test_a_redirect_to_an_error_page(web: Web, target: str, status: int) -> None:
    server = web.serve(lambda r: response(status, Location=target) if r.target == "/page" else response())
    found = web.one(server.url("/page"))
    assert found.advisories == (Advisory.ERROR_PAGE,)
    assert found.replacement is None


@pytest.mark.parametrize("target", ["/blog/error-handling", "/posts/404-media", "/docs/errors/index/codes", "/found"])
def test_a_redirect_to_a_page_about_errors(web: Web, target: str) -> None:
    server = web.serve(lambda r: response(301, Location=target) if r.target == "/page" else response())
    assert web.one(server.url("/page")).advisories == ()


def test_a_network_that_is_fine_is_not_doubted(web: Web) -> None:
    report = web.check(*(server.url() for server in sites(web, 20, response())))
    assert (report.network, report.notes) == (Network.UP, ())

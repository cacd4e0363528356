"""Redirects: rows 6 to 8, and the cookies of row 10, of the catalogue, and what is made of them."""

from __future__ import annotations

import pytest

from awesome_lint.link_status import Advisory, Hop, Reason, Replacement, Verdict
from awesome_lint.links import Policy
from tests.links.conftest import Web
from tests.links.servers import Answering, Received, Server, has_ipv6, response

pytestmark = pytest.mark.slow


def redirect(location: str | bytes, status: int = 301, **headers: str) -> bytes:
    text = location.decode("latin-1") if isinstance(location, bytes) else location
    return response(status, {"Location": text, **{name.replace("_", "-"): value for name, value in headers.items()}})


def routed(routes: dict[str, bytes]) -> Answering:
    return lambda request: routes.get(request.target, response(404))


def test_a_permanent_redirect(web: Web) -> None:
    server = web.serve(routed({"/old": redirect("/new"), "/new": response()}))
    found = web.one(server.url("/old"))
    assert (found.verdict, found.hops) == (Verdict.MOVED_PERMANENTLY, (Hop(301, server.url("/new")),))
    assert [(r.method, r.target) for r in server.requests] == [("GET", "/old"), ("GET", "/new")]


@pytest.mark.parametrize(
    ("statuses", "verdict"),
    [
        ([301, 308], Verdict.MOVED_PERMANENTLY),
        ([301, 302], Verdict.MOVED_TEMPORARILY),
        ([307, 308], Verdict.MOVED_TEMPORARILY),
        ([303], Verdict.MOVED_TEMPORARILY),
    ],
)
def test_one_temporary_hop_makes_a_temporary_redirect(web: Web, statuses: list[int], verdict: Verdict) -> None:
    routes = {f"/{n}": redirect(f"/{n + 1}", status) for n, status in enumerate(statuses)}
    server = web.serve(routed({**routes, f"/{len(statuses)}": response()}))
    found = web.one(server.url("/0"))
    assert (found.verdict, [hop.status for hop in found.hops]) == (verdict, statuses)


def test_a_redirect_to_a_missing_page_is_dead(web: Web) -> None:
    server = web.serve(routed({"/old": redirect("/gone")}))
    assert web.one(server.url("/old")).verdict is Verdict.DEAD


@pytest.mark.parametrize("count", [10, 11])
def test_ten_hops_are_enough(web: Web, count: int) -> None:
    routes = {f"/{n}": redirect(f"/{n + 1}") for n in range(count)}
    server = web.serve(routed({**routes, f"/{count}": response()}))
    found = web.one(server.url("/0"))
    if count == 10:
        assert (found.verdict, len(found.hops)) == (Verdict.MOVED_PERMANENTLY, 10)
    else:
        assert (found.verdict, found.reason) == (Verdict.UNKNOWN, Reason.TOO_MANY_REDIRECTS)


def test_a_circle(web: Web) -> None:
    server = web.serve(routed({"/a": redirect("/b"), "/b": redirect("/a")}))
    found = web.one(server.url("/a"))
    assert (found.verdict, found.reason) == (Verdict.UNKNOWN, Reason.REDIRECT_LOOP)
    assert len(server.requests) < 50


def test_a_circle_that_cookies_open(web: Web) -> None:
    def answer(request: Received) -> bytes:
        if "seen=1" in request.headers.get("cookie", ""):
            return response()
        return redirect(request.target, 302, Set_Cookie="seen=1; Path=/; HttpOnly")

    found = web.one(web.serve(answer).url("/page"))
    assert found.verdict is Verdict.MOVED_TEMPORARILY


def test_cookies_stay_with_their_origin(web: Web) -> None:
    other = web.serve(response(), host="other.site.org")
    same_host = web.serve(lambda _: redirect(other.url(), 302), host="a.site.org")
    visits: list[Received] = []

    def answer(request: Received) -> bytes:
        visits.append(request)
        if len(visits) < 4:
            return redirect("/page", 302, Set_Cookie="secret=1")
        return redirect(same_host.url(), 302, Set_Cookie="secret=1")

    web.one(web.serve(answer).url("/page"))
    assert any("secret=1" in request.headers.get("cookie", "") for request in visits)
    assert same_host.requests
    assert other.requests
    assert not any("cookie" in request.headers for request in [*same_host.requests, *other.requests])


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Location": ""},
        {"Location": "http://[::bad"},
        {"Location": "/" + "a" * 9000},
        {"Location": "http://"},
        {"Location": "https:///x"},
        {"Location": "http://a..b/"},
        {"Location": "http://x.org:99999999/"},
    ],
)
def test_redirects_to_nowhere(web: Web, headers: dict[str, str]) -> None:
    server = web.serve(response(301, headers))
    found = web.one(server.url("/page"))
    assert (found.verdict, found.reason) == (Verdict.UNKNOWN, Reason.BAD_REDIRECT)


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/café".encode(), "/caf%C3%A9"),
        ("/café".encode("latin-1"), "/caf%C3%A9"),
        (b"relative", "/deep/relative"),
        (b"?query=1", "/deep/page?query=1"),
        (b"/a%2Fb%28c", "/a%2Fb%28c"),
        (b"/with space", "/with%20space"),
    ],
)
def test_locations_of_all_kinds(web: Web, location: bytes, target: str) -> None:
    server = web.serve(lambda r: redirect(location) if r.target == "/deep/page" else response())
    found = web.one(server.url("/deep/page"))
    assert found.verdict is Verdict.MOVED_PERMANENTLY
    assert server.requests[-1].target == target


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1:{port}/",
        "http://127.1:{port}/",
        "http://0x7f.1:{port}/",
        "http://2130706433:{port}/",
        "http://0:{port}/",
        "http://127。0。0。1:{port}/",
        "http://１２７.0.0.1:{port}/",
        "http://user:pass@127.0.0.1:{port}/",
        "http://localhost:{port}/",
        "http://localhost.:{port}/",
        "http://LOCALHOST:{port}/",
        "http://[::1]:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://[::ffff:10.0.0.1]/",
        "http://[64:ff9b::127.0.0.1]/",
        "http://[fe80::1%25lo]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://168.63.129.16/",
        "http://metadata.google.internal/",
        "http://router.local/",
        "http://intranet/",
        "//127.0.0.1:{port}/",
        "http://inside.site.org:{port}/",
        "http://inside6.site.org:{port}/",
        "http://mixed.site.org:{port}/",
        "http://mapped.site.org:{port}/",
        "http://nat64.site.org:{port}/",
        "http://a.site.org:22/",
        "http://a.site.org:6667/",
        "file:///etc/passwd",
        "ftp://a.site.org/",
        "gopher://127.0.0.1:{port}/",
        "javascript:alert(1)",
        "data:text/html,x",
    ],
)
def test_no_redirect_leads_inside(web: Web, location: str) -> None:
    """The victim listens on all loopback addresses; each listener's port is tried by every spelling of its host."""
    families = ["127.0.0.1", "::1"] if has_ipv6() else ["127.0.0.1"]
    victims = [web.serve(response(), host="victim.site.org", address=address) for address in families]
    web.ports.difference_update(victim.port for victim in victims)
    web.names["inside.site.org"] = ["127.0.0.1"]
    web.names["inside6.site.org"] = ["::1"]
    web.names["mixed.site.org"] = ["93.184.215.14", "127.0.0.1", "::1"]
    web.names["mapped.site.org"] = ["::ffff:127.0.0.1"]
    web.names["nat64.site.org"] = ["64:ff9b::7f00:1"]
    targets = [location.format(port=victim.port) for victim in victims]
    routes = {f"/{n}": redirect(target.encode()) for n, target in enumerate(targets)}
    server = web.serve(lambda request: routes.get(request.target, response()))
    ways = [server.url(path) for path in routes]
    report = web.check(server.url("/fine"), *ways)
    assert {report.statuses[url].verdict for url in ways} == {Verdict.UNSAFE_TARGET}
    direct = web.check(*(target if ":" in target else "x" for target in targets)).statuses
    assert {status.verdict for status in direct.values()} <= {Verdict.UNSAFE_TARGET, Verdict.SKIPPED, Verdict.INVALID}
    assert [victim.connections for victim in victims] == [0] * len(victims)


@pytest.mark.parametrize("host", ["0177.0.0.1", "127.0.0.1.", "256.0.0.1", "1.2.3.4.5", "0x", "[::1]]", "%31%32%37.1"])
def test_odd_spellings_lead_nowhere(web: Web, host: str) -> None:
    victim = web.serve(response(), host="victim.site.org")
    web.ports.discard(victim.port)
    found = web.one(web.serve(redirect(f"http://{host}:{victim.port}/")).url())
    assert found.verdict in (Verdict.UNSAFE_TARGET, Verdict.INVALID, Verdict.UNKNOWN)
    assert victim.connections == 0


def test_allow_private_opens_addresses_and_nothing_else(web: Web) -> None:
    from awesome_lint.links import World, check
    from awesome_lint.links.guard import Guard

    server = web.serve(response())
    world = web.world
    world = World(Guard(allow_private=True), world.clock, world.lookup, world.proxies, world.tls, world.endpoints)
    url, port = f"http://127.0.0.1:{server.port}/", "http://127.0.0.1:22/"
    statuses = check([url, port], Policy(allow_private=True), world=world).statuses
    assert (statuses[url].verdict, statuses[port].verdict) == (Verdict.OK, Verdict.UNSAFE_TARGET)


def moved(web: Web, old: str, new: str, status: int = 301, **settings: object) -> tuple[Server, object]:
    """What may replace *old*, a path or URL, that is redirected to *new*."""
    server = web.serve(lambda r: redirect(new, status) if r.target == old.partition("#")[0] else response())
    return server, web.one(server.url(old), **settings).replacement


@pytest.mark.parametrize(
    ("old", "new", "safe"),
    [
        ("/page", "/page/", True),
        ("/page#part", "/page/", True),
        ("/a%2fb", "/a%2Fb", True),
        ("/page", "/other", None),
        ("/page", "/", None),
        ("/page", "/en/page", None),
        ("/page", "/login?next=page", None),
        ("/page", "/page/?utm_source=x", None),
        ("/docs/page", "/documentation/page", False),
        ("/page", "/errors/404/page", None),
        ("/page", "/en/latest/page", None),
    ],
)
def test_what_may_replace_a_link(web: Web, old: str, new: str, safe: bool | None) -> None:
    server, found = moved(web, old, new)
    fragment = "#part" if "#part" in old else ""
    assert found == (None if safe is None else Replacement(server.url(new + fragment), safe))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/page", "/en/page"),
        ("/page", "/page?sessionid=1"),
        ("/page", "/login"),
        ("/", "/en/latest/"),
        ("/", "/de-at/"),
    ],
)
def test_what_depends_on_the_client_is_no_move(web: Web, old: str, new: str) -> None:
    server = web.serve(routed({old: redirect(new), new: response()}))
    assert web.one(server.url(old)).verdict is Verdict.MOVED_TEMPORARILY


def test_short_links_are_meant_to_redirect(web: Web) -> None:
    target = web.serve(response())
    assert web.one(web.serve(redirect(target.url()), host="bit.ly").url("/x")).verdict is Verdict.MOVED_TEMPORARILY


def test_a_temporary_redirect_replaces_nothing(web: Web) -> None:
    assert moved(web, "/page", "/page/", 302)[1] is None


def test_https_replaces_http(web: Web) -> None:
    secure = web.serve(response(), host="www.a.site.org", tls=web.certificate("www.a.site.org"))
    server = web.serve(lambda r: redirect(secure.url("/page")))
    assert web.one(server.url("/page")).replacement == Replacement(secure.url("/page"), safe=True)


def test_http_never_replaces_https(web: Web) -> None:
    plain = web.serve(response(), host="www.a.site.org")
    server = web.serve(redirect(plain.url("/page")), tls=web.certificate("a.site.org"))
    found = web.one(server.url("/page"))
    assert (found.verdict, found.replacement) == (Verdict.MOVED_PERMANENTLY, None)
    assert found.advisories == (Advisory.DOWNGRADED,)


def test_another_owners_site_replaces_nothing(web: Web) -> None:
    other = web.serve(response(), host="page.other.net")
    server = web.serve(redirect(other.url("/page")))
    assert web.one(server.url("/page")).replacement is None


@pytest.mark.parametrize(
    ("body", "advisories"), [(b"<script src='//img.sedoparking.com/x.js'>", (Advisory.PARKED,)), (b"fine", ())]
)
def test_a_parked_domain(web: Web, body: bytes, advisories: tuple[Advisory, ...]) -> None:
    other = web.serve(response(body=body), host="other.net")
    server = web.serve(redirect(other.url("/page"), 302))
    assert web.one(server.url("/page")).advisories == advisories


def test_a_page_that_became_the_home_page(web: Web) -> None:
    server = web.serve(routed({"/blog/2014/post": redirect("/"), "/": response(), "/index.html": redirect("/")}))
    assert web.one(server.url("/blog/2014/post")).advisories == (Advisory.HOME_PAGE,)
    assert web.one(server.url("/index.html")).advisories == ()


def test_a_login_page(web: Web) -> None:
    server = web.serve(routed({"/page": redirect("/users/sign_in", 302), "/users/sign_in": response()}))
    found = web.one(server.url("/page"))
    assert (found.verdict, found.advisories) == (Verdict.MOVED_TEMPORARILY, (Advisory.LOGIN,))


def test_a_redirect_waits_in_the_lane_of_its_target(web: Web) -> None:
    times: list[float] = []

    def answer(request: Received) -> bytes:
        times.append(web.clock.now())
        return response(429, Retry_After="20") if len(times) == 1 else response()

    target = web.serve(answer, host="target.net")
    sources = [web.serve(redirect(target.url(f"/{n}")), host=f"s{n}.source{n}.org") for n in range(2)]
    report = web.check(*(server.url() for server in sources), in_flight=1)
    assert {status.verdict for status in report.statuses.values()} == {Verdict.MOVED_PERMANENTLY}
    assert min(times[1:]) - times[0] >= 19

"""The pure pieces: addresses, URLs, patterns, Retry-After, anchors, lanes, invariants."""

from __future__ import annotations

import re
import time
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awesome_lint.link_status import Hop, Reason, Replacement, Verdict
from awesome_lint.links.classify import causes, judge_failure, retry_after
from awesome_lint.links.fragments import anchors, answers, is_checkable
from awesome_lint.links.guard import BadHostError, Guard, UnsafeTargetError, is_public, literal_address
from awesome_lint.links.hosts import covering, hosts, site
from awesome_lint.links.moves import replacement
from awesome_lint.links.network import Proxies
from awesome_lint.links.policy import Policy
from awesome_lint.links.request import ResponseBody
from awesome_lint.links.requestable import NotCheckedError, Patterns, lane_of, parse
from awesome_lint.links.wire import URL, Headers
from tests.environment import unmeasured

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "text",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.255",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "239.1.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "168.63.129.16",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "3fff::1",
        "fc00::1",
        "fd12::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
        "2001:1::1",
        "5f00::1",
    ],
)
def test_addresses_that_are_not_public(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize(
    "text",
    [
        "1.1.1.1",
        "8.8.8.8",
        "172.15.0.1",
        "172.32.0.1",
        "100.63.0.1",
        "100.128.0.1",
        "192.0.1.1",
        "223.255.255.255",
        "2606:4700::1",
        "2a00:1450::1",
        "2001:4860::8888",
        "64:ff9b::808:808",
        "::ffff:8.8.8.8",
        "168.63.129.17",
    ],
)
def test_addresses_that_are_public(text: str) -> None:
    assert is_public(ip_address(text))


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_the_guard_is_stricter_than_the_library(address: IPv4Address | IPv6Address) -> None:
    inside = not is_public(address)
    assert inside or address.is_global or getattr(address, "ipv4_mapped", None) or str(address).startswith("64:ff9b:")
    if address.is_loopback or address.is_link_local or address.is_multicast or address.is_unspecified:
        assert inside


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.1", "127.0.0.1"),
        ("0x7f.1", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("0", "0.0.0.0"),
        ("017700000001", "127.0.0.1"),
        ("8.8.8.8.", "8.8.8.8"),
        ("::1", "::1"),
        ("example.org", None),
        ("1.example", None),
        ("a1", None),
    ],
)
def test_hosts_that_are_addresses(host: str, address: str | None) -> None:
    assert literal_address(host) == (ip_address(address) if address else None)


@pytest.mark.parametrize("host", ["1.2.3.4.5", "a.1", "0xg", "999", "4294967296", "::g", "1:2"])
def test_hosts_that_only_look_like_addresses(host: str) -> None:
    if host == "999":
        assert literal_address(host) == ip_address("0.0.3.231")
        return
    with pytest.raises(BadHostError):
        literal_address(host)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("http://a.org", "http://a.org"),
        ("HTTP://A.Org:80/b", "http://a.org/b"),
        ("//a.org/b", "https://a.org/b"),
        (" https://a.org/%28b%29%2f ", "https://a.org/%28b%29%2f"),
        ("https://a.org/你?q=é", "https://a.org/%E4%BD%A0?q=%C3%A9"),
        ("https://bücher.de/", "https://xn--bcher-kva.de/"),
        ("https://☃.net/", "https://xn--n3h.net/"),
        ("https://①.com/a", "https://1.com/a"),
        ("https://user:pw@a.org/", "https://a.org/"),
        ("https://a.org/a|b^c`", "https://a.org/a|b^c%60"),
        ("https://a_b.org/", "https://a_b.org/"),
    ],
)
def test_urls_as_they_are_sent(text: str, url: str) -> None:
    assert str(parse(text)) == url


@pytest.mark.parametrize(
    ("text", "verdict", "reason"),
    [
        ("mailto:a@b.org", Verdict.SKIPPED, Reason.NOT_WEB),
        ("tel:123", Verdict.SKIPPED, Reason.NOT_WEB),
        ("ftp://a.org/", Verdict.SKIPPED, Reason.NOT_WEB),
        ("docs/a.md", Verdict.SKIPPED, Reason.NOT_WEB),
        ("#part", Verdict.SKIPPED, Reason.NOT_WEB),
        ("", Verdict.SKIPPED, Reason.NOT_WEB),
        ("https://example.com/", Verdict.SKIPPED, Reason.RESERVED_NAME),
        ("https://www.example.io/", Verdict.SKIPPED, Reason.RESERVED_NAME),
        ("http://a.test/", Verdict.SKIPPED, Reason.RESERVED_NAME),
        ("http://a.localhost/", Verdict.SKIPPED, Reason.RESERVED_NAME),
        ("http://abcdef.onion/", Verdict.SKIPPED, Reason.RESERVED_NAME),
        ("http://", Verdict.INVALID, Reason.MALFORMED),
        ("http:///path", Verdict.INVALID, Reason.MALFORMED),
        ("http://a..b/", Verdict.INVALID, Reason.MALFORMED),
        ("http://a.org:x/", Verdict.INVALID, Reason.MALFORMED),
        ("http://a.org:70000/", Verdict.INVALID, Reason.MALFORMED),
        ("http://[::g]/", Verdict.INVALID, Reason.MALFORMED),
        ("http://a%2eb.org/", Verdict.INVALID, Reason.MALFORMED),
        ("http://127.0.0.1\\@a.org/", Verdict.INVALID, Reason.MALFORMED),
        ("http://a.org/\x1b", Verdict.INVALID, Reason.MALFORMED),
        ("http://a.org/" + "a" * 9000, Verdict.INVALID, Reason.MALFORMED),
        ("http://" + "a" * 64 + ".org/", Verdict.INVALID, Reason.MALFORMED),
        ("http://" + "a." * 127 + "org/", Verdict.INVALID, Reason.MALFORMED),
    ],
)
def test_urls_that_are_not_sent(text: str, verdict: Verdict, reason: Reason) -> None:
    with pytest.raises(NotCheckedError) as caught:
        parse(text)
    assert (caught.value.verdict, caught.value.reason) == (verdict, reason)


@given(st.text(), st.sampled_from(["", "http://", "https://", "//", "http://a.org", "https://[", "http://a:b@"]))
def test_no_text_upsets_the_parser(text: str, start: str) -> None:
    try:
        url = parse(start + text)
        Guard().check_target(url.scheme, url.raw_host.decode("ascii"), url.port or 443)
    except (NotCheckedError, UnsafeTargetError, BadHostError):
        return
    assert str(url).isascii()
    assert not re.search(r"[\x00-\x20\x7f]", str(url))


@given(st.binary(max_size=200))
def test_no_bytes_upset_the_readers(data: bytes) -> None:
    anchors(ResponseBody(data, complete=True))
    headers = Headers([(b"Retry-After", data)])
    seconds = retry_after(headers, time.time(), 30.0)
    assert seconds is not None
    assert seconds >= 0


@pytest.mark.parametrize(
    ("pattern", "url", "matches"),
    [
        ("a.org", "https://a.org/x", True),
        ("a.org", "https://www.a.org/", True),
        ("A.org", "https://a.org/", True),
        ("a.org", "https://aa.org/", False),
        ("a.org", "https://a.org.evil.net/", False),
        ("https://a.org/x", "https://a.org/x", True),
        ("https://a.org/x", "https://a.org/x/y", True),
        ("https://a.org/x", "https://a.org/x?y", True),
        ("https://a.org/x", "https://a.org/xy", False),
        ("https://a.org", "https://a.org.evil.net/", False),
        ("https://a.org/", "https://a.org/anything", True),
        ("https://a.org/*/edit", "https://a.org/b/c/edit", True),
        ("https://a.org/*/edit", "https://a.org/b/c", False),
        ("*://*.org/*", "https://a.net/", False),
        ("http://[bad", "https://a.org/", False),
    ],
)
def test_patterns(pattern: str, url: str, matches: bool) -> None:
    assert Patterns((pattern,)).match(URL(url)) is matches


def test_globs_take_no_time() -> None:
    start = time.process_time()
    assert not Patterns(("*a" * 50 + "b",)).match(URL("https://x.org/" + "a" * 5000))
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120),
        ("1.5", 1.5),
        ("30s", 30),
        ("1m30s", 90),
        ("2h", 7200),
        ("-5", 30),
        ("", 30),
        ("x", 30),
        ("Thu, 01 Jan 1970 00:01:00 GMT", 40),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("1e9", 30),
        ("9" * 400, 1000000000.0),
    ],
)
def test_retry_after(text: str, seconds: float) -> None:
    assert retry_after(Headers({"Retry-After": text}), 20.0, 30.0) == seconds


def test_errors_that_no_network_causes_are_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        judge_failure(ZeroDivisionError())


def test_causes_end() -> None:
    first, second = ValueError("a"), ValueError("b")
    first.__context__, second.__context__ = second, first
    assert len(causes(first)) <= 16


def page(*names: str, complete: bool = True) -> ResponseBody:
    text = "".join(f'<h2 id="{name}">x</h2>' for name in (*names, "a1", "a2", "a3", "a4", "a5"))
    return ResponseBody(text.encode(), complete)


@pytest.mark.parametrize(
    ("fragment", "body", "answer"),
    [
        ("part", page("part"), True),
        ("part", page(), False),
        ("part", page(complete=False), None),
        ("part", ResponseBody(b"<div id=root></div>", complete=True), None),
        ("part", ResponseBody(b"", complete=True), None),
        ("caf%C3%A9", page("café"), True),
        ("readme", page("user-content-readme"), True),
        ("a&b", page("a&amp;b"), True),
        ("old", ResponseBody(page().data + b"<a name='old'>", complete=True), True),
        ("bare", ResponseBody(page().data + b"<p id=bare>", complete=True), True),
    ],
)
def test_anchors(fragment: str, body: ResponseBody, answer: bool | None) -> None:
    url = URL(f"https://a.org/page#{fragment}")
    known = anchors(body)
    assert is_checkable(url)
    assert (None if known is None else answers(url, known)) is answer


@pytest.mark.parametrize(
    "url",
    [
        "https://a.org/",
        "https://a.org/#",
        "https://a.org/#/route",
        "https://a.org/#!x",
        "https://a.org/#:~:text=a",
        "https://a.org/#top",
        "https://a.org/#L10-L20",
        "https://a.org/#issuecomment-1",
    ],
)
def test_fragments_that_are_not_looked_for(url: str) -> None:
    assert not is_checkable(URL(url))


def test_anchors_take_no_time() -> None:
    start = time.monotonic()
    for hostile in (b'id="', b"id='", b"id", b"id =", b"id" + b" " * 40, b'id="x" ', b"<a " * 2):
        anchors(ResponseBody(hostile * (1 << 20 // len(hostile)), complete=True))
    assert time.monotonic() - start < 10


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("http://a.org/b", "https://a.org/b", True),
        ("http://www.a.org/b", "https://a.org/b", True),
        ("http://a.org/b?c=d", "https://a.org/b/?c=d", True),
        ("http://dx.doi.org/10.1/x", "https://doi.org/10.1/x", True),
        ("https://doi.org/10.1/x", "https://doi.org/10.1/x/", None),
        ("http://arxiv.org/abs/1", "https://arxiv.org/abs/1", None),
        ("https://docs.a.org/b", "https://a.org/c/b", False),
        ("https://a.github.io/b", "https://c.github.io/b", None),
        ("https://a.blogspot.com/b", "https://c.blogspot.com/b", None),
        ("https://a.co.uk/b", "https://c.co.uk/b", None),
        ("https://bit.ly/b", "https://bit.ly/b/", None),
        ("https://a.org/b", "https://a.org/b?sessionid=1", None),
        ("https://a.org/b", "https://a.org/de-de/b", None),
        ("https://a.org/b/c", "https://a.org/", None),
        ("https://a.org/oauth2", "https://a.org/oauth2/", True),
    ],
)
def test_replacements(old: str, new: str, expected: bool | None) -> None:
    found = replacement(URL(old), (Hop(301, new),), ())
    assert found == (None if expected is None else Replacement(new, expected))


def test_the_table_of_hosts() -> None:
    table = hosts()
    names = [*table.skipped, *table.parking, *table.permanent_by_design, *table.multi_tenant, *table.paces]
    names += table.not_found_means_nothing
    assert all(re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", name) for name in names)
    assert Policy().pace("export.arxiv.org").interval == 3.0
    assert Policy().pace("export.arxiv.org").in_flight == 1
    assert Policy().pace("gist.github.com").interval == 0.5
    assert Policy().pace("api.github.com").interval == 0.0
    assert Policy().pace("unknown.org") == Policy().pace("other.org")


def test_sites() -> None:
    assert site("a.b.co.uk") == "b.co.uk"
    assert site("a.github.io") == "a.github.io"
    assert site("127.0.0.1") == "127.0.0.1"
    assert covering("a.b.org", {"b.org"}) == "b.org"
    assert covering("ab.org", {"b.org"}) is None
    assert lane_of(URL("https://WWW.A.org./")) == "a.org"


def test_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "direct.org")
    proxies = Proxies({"http": "http://user:pw@proxy.corp:3128", "https": "proxy.corp:3129", "no": "direct.org"})
    assert str(proxies.proxy_for(URL("https://a.org/"))) == "http://proxy.corp:3129"
    assert proxies.proxy_for(URL("http://direct.org/")) is None
    assert proxies.endpoints == {("proxy.corp", 3128), ("proxy.corp", 3129)}
    assert Proxies({"http": "socks5://x:1"}).proxy_for(URL("http://a.org/")) is None


def test_nothing_is_imported_that_is_not_needed() -> None:
    import subprocess
    import sys

    code = "import sys, awesome_lint.rules; print({'httpx', 'httpcore', 'asyncio'} & sys.modules.keys())"
    assert subprocess.check_output([sys.executable, "-c", code], env=unmeasured(), text=True).strip() == "set()"

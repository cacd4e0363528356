"""Links go through a link proxy or a click tracker instead of to the page itself.

Such links often come with text copied from a search result, a mail or a forum.  They break when the service shuts
down, they tell it who reads the list, and they hide where they lead.

There is one finding per known service, with the number of links that use it.  An unknown host is reported if most
links of the list go to it and all of them look machine-made, as in `http://host/g/5f2a…`.

## Wrong

```markdown
- [Alpha](https://www.google.com/url?q=https://example.org/alpha&sa=D)
- [Beta](https://link.zhihu.com/?target=https%3A//example.org/beta)
```

## Right

```markdown
- [Alpha](https://example.org/alpha)
- [Beta](https://example.org/beta)
- [An old copy](https://web.archive.org/web/2015/https://example.org/beta)
```

## Fix

If the address contains its target, the target replaces it.  Encoded targets are known only to the proxy.

## Related rules

`moved-link`, `truncated-link`

## When to switch it off

If the links go through a service on purpose, such as a library's proxy or the list's own counter.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from msgspec import Struct

from awesome_lint.diagnostic import Applicability, Edit, Fix, Severity, Violation
from awesome_lint.markdown import Document, LinkKind
from awesome_lint.regex import regex
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._links import destinations
from awesome_lint.source import Span
from awesome_lint.text.urls import as_destination, host_of, split_url, unwrap

_FEWEST = 8
"""Links to one host that are enough to see a pattern."""
_MOST_OF_A_LIST = 0.5
_NEARLY_ALL = 0.9
_TOKEN_PATH = regex(r"(?P<folder>/(?:[\w-]{1,12}/){0,2})(?P<token>[A-Za-z0-9_-]{20,}={0,2})/?")
_HEX = regex(r"(?=.*\d)(?=.*[a-f])[0-9a-f]+|(?=.*\d)(?=.*[A-F])[0-9A-F]+")
_SCRAMBLED = regex(r"(?=.*\d)(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9_-]+={0,2}")
_ORDINARY = frozenset(
    {
        "docs.google.com", "drive.google.com", "dropbox.com", "figma.com", "gist.github.com", "huggingface.co",
        "medium.com", "mp.weixin.qq.com", "notion.site", "notion.so", "open.spotify.com", "openreview.net",
        "pan.baidu.com", "pastebin.com", "semanticscholar.org", "shadertoy.com", "youtu.be", "youtube.com",
    }
)  # fmt: skip
"""Hosts whose own pages have addresses like that."""
_SHORTENERS = frozenset(
    {
        "adf.ly", "bit.do", "bit.ly", "bitly.com", "buff.ly", "cutt.ly", "dwz.cn", "goo.gl", "is.gd", "lnkd.in",
        "ow.ly", "rb.gy", "rebrand.ly", "reurl.cc", "s.id", "shorturl.at", "suo.im", "t.cn", "t.co", "t.ly", "tiny.cc",
        "tinyurl.com", "url.cn", "v.gd",
    }
)  # fmt: skip
"""Services that shorten addresses; a few such links are no fault, a list of them is."""


class _Web(Struct, frozen=True):
    """A web address in the document: where it is, and the link to report.

    ``is_definition`` where several links may share it: those would change without being touched.
    """

    url: str
    host: str
    span: Span
    place: Span
    is_definition: bool = False


def check(context: Context) -> Iterator[Violation]:
    """Yield one finding for each service that stands between the list and its links."""
    wrapped: defaultdict[str, list[tuple[_Web, str]]] = defaultdict(list)
    for web in _web_links(context.document):
        if target := unwrap(web.url):
            wrapped[web.host].append((web, target))
    for host, pairs in wrapped.items():
        yield _unwrapping(host, pairs)
    plain = _plain_links(context.document)
    for host in opaque_hosts(context.document):
        yield _opaque(host, plain[host], sum(map(len, plain.values())))


def opaque_hosts(document: Document) -> list[str]:
    """The hosts to which most links of *document* go, and whose addresses do not tell where they lead."""
    plain = _plain_links(document)
    least = max(_FEWEST, _MOST_OF_A_LIST * sum(map(len, plain.values())))
    many = {host: links for host, links in plain.items() if len(links) >= least}
    return [host for host, links in many.items() if host in _SHORTENERS or _is_opaque(host, links)]


def _plain_links(document: Document) -> dict[str, list[_Web]]:
    """The web addresses of *document* by their hosts, without those of known redirect services."""
    plain: defaultdict[str, list[_Web]] = defaultdict(list)
    for web in _web_links(document):
        if not unwrap(web.url):
            plain[web.host].append(web)
    return plain


def _web_links(document: Document) -> Iterator[_Web]:
    for link in document.links:
        if not link.image and link.kind is not LinkKind.REFERENCE and (host := host_of(link.url)):
            yield _Web(link.url, host, link.destination_span, link.span)
    for destination in destinations(document):
        if destination.kind is LinkKind.REFERENCE and (host := host_of(destination.url)):
            yield _Web(destination.url, host, destination.span, destination.place, is_definition=True)


def _unwrapping(host: str, pairs: list[tuple[_Web, str]]) -> Violation:
    is_single = len(pairs) == 1
    pairs = sorted(pairs, key=lambda pair: pair[0].span)
    edits = tuple(Edit(web.span, as_destination(target)) for web, target in pairs if not web.is_definition)
    return Violation(
        min(web.place for web, _ in pairs),
        f"{'This link goes' if is_single else f'{len(pairs)} links go'} through {host} instead of straight to the page",
        help=f"Write the address of the page: {pairs[0][1]}",
        fix=Fix(f"Link straight to the page{'' if is_single else 's'}", edits, Applicability.SAFE) if edits else None,
        key=host,
    )


def _is_opaque(host: str, links: list[_Web]) -> bool:
    """Whether nearly all *links* have one folder and a long token that no person chose."""
    if host in _ORDINARY:
        return False
    folders: Counter[str] = Counter()
    for link in links:
        parts = split_url(link.url)
        match = _TOKEN_PATH.fullmatch(parts.path) if parts and not parts.query else None
        if match and (_HEX.fullmatch(match["token"]) or _SCRAMBLED.fullmatch(match["token"])):
            folders[match["folder"]] += 1
    return bool(folders) and max(folders.values()) >= _NEARLY_ALL * len(links)


def _opaque(host: str, links: list[_Web], total: int) -> Violation:
    return Violation(
        min(link.place for link in links),
        f"{len(links)} of {total} links go to {host}, whose addresses do not show where they lead",
        help="Link straight to the pages",
        key=host,
    )


RULE = Rule("proxied-link", Group.LINK, check, severity=Severity.WARNING)

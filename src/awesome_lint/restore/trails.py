"""Following proxies: each address is asked where it leads, until that is beyond the proxy."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from html import unescape

from awesome_lint.links import Question, Reply, Session
from awesome_lint.links.hosts import site
from awesome_lint.regex import regex
from awesome_lint.restore.memory import Memory
from awesome_lint.text.urls import host_of, split_url, unwrap

_MOST_HOPS = 6
_REFRESH = regex(
    r"<meta\s[^<>]{0,100}?http-equiv\s*=\s*[\"']?refresh[\"']?[^<>]{0,100}?content\s*=\s*"
    r"[\"']\s*\d{1,2}\s*[;,]\s*url\s*=\s*['\"]?(?P<url>https?://[^\s\"'<>]{1,4000})",
    re.IGNORECASE,
)
"""A page that leads on by itself, https://html.spec.whatwg.org/#attr-meta-http-equiv-refresh."""


def follow(
    urls: Iterable[str],
    hidden: Collection[str],
    session: Session,
    memory: Memory,
    progress: Callable[[str], None] = lambda _: None,
) -> dict[str, str]:
    """Where each of *urls* leads: the first address that is not of a host in *hidden*; empty where it leads nowhere.

    Those that gave no answer are left out.  What *memory* knows is not asked.  Raises `KeyboardInterrupt` as *session*
    does; what was found by then is remembered.  *progress* takes a line that says how it stands.
    """
    found = {url: target for url in urls if (target := memory.target(url)) is not None}
    waiting = {url: url for url in urls if url not in found}
    for _ in range(_MOST_HOPS):
        if not waiting:
            break
        step: dict[str, str] = {}
        try:
            _ask(set(waiting.values()), step, session, progress)
        finally:
            ahead = {url: step[place] for url, place in waiting.items() if place in step}
            for url, target in ahead.items():
                if not target or is_beyond(target, url, hidden):
                    found[url] = unwrap(target) or target
                    memory.keep_target(url, found[url])
        waiting = {url: target for url, target in ahead.items() if url not in found}
    return found


def is_beyond(target: str, url: str, hidden: Collection[str]) -> bool:
    """Whether *target* is of another site than *url*, and of no host in *hidden*."""
    return owner(target) != owner(url) and (host_of(target) not in hidden or _has_address(target))


def owner(url: str) -> str:
    """Whose site *url* belongs to; of a host that is an address each port is a site."""
    parts = split_url(url)
    return f"{parts.host}:{parts.port}" if parts and _has_address(url) else site(host_of(url))


def _has_address(url: str) -> bool:
    host = host_of(url)
    return host.startswith("[") or host.rpartition(".")[2].isdigit()


def _ask(urls: Collection[str], found: dict[str, str], session: Session, progress: Callable[[str], None]) -> None:
    """Put into *found* where each of *urls* leads next, empty where it does not, as soon as it is known."""

    def tell(question: Question, reply: Reply) -> None:
        progress(f"proxied {len(found) + 1}/{len(urls)}")
        if not reply.problem:
            found[question.url] = reply.target or _led_on(reply.body)

    session.ask([Question(url, where=True) for url in sorted(urls)], tell)


def _led_on(page: bytes) -> str:
    match = _REFRESH.search(page.decode("utf-8", "replace"))
    return unescape(match["url"]) if match else ""

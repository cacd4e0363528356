"""Bare URLs and e-mail addresses: the extended autolinks of the GitHub Flavored Markdown specification.

Where the specification is silent, cmark-gfm 0.29.0.gfm.13 decides.  URLs are found while inline text is read, and not
after an open bracket; addresses are found afterwards in what is left as text.
"""

from __future__ import annotations

from collections.abc import Iterator

from awesome_lint.markdown._syntax import is_punctuation, is_space
from awesome_lint.regex import regex

URL_START = r"(?<![A-Za-z])(?:[Hh][Tt][Tt][Pp][Ss]?|[Ff][Tt][Pp])://|(?:(?<=[ \t\n*_~(])|(?<![\s\S]))www\."
_DOMAIN = regex(r"(?:\\?[A-Za-z0-9._\x00-\x08\x0b\x0e-\x1f\x7f-])*+")
_REST = regex(r"[^ \t\n\r<]*")
_MOST_LABELS = 11
"""With more labels than these a domain may hold underscores anywhere."""
_TRAILING = "?!.,:*_~'\""
_LOCAL_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.+-_")
_HOST = regex(r"(?:[A-Za-z0-9_-]|(\.)(?=[A-Za-z0-9]))*+")
_HOST_WITH_PATH = regex(r"(?:[A-Za-z0-9_/-]|(\.)(?=[A-Za-z0-9]))*+")
_PROTOCOLS = ("mailto:", "xmpp:")


def bare_url_end(text: str, start: int, host: int) -> int | None:
    """Where the bare URL that starts at *start* ends, its host beginning at *host*; None if it is not one.

    A URL that begins with ``www.`` is its own host.
    """
    if start != host and (host >= len(text) or is_space(text[host]) or is_punctuation(text[host])):
        return None
    # cmark-gfm looks neither at the first character of the domain nor at the last one of the text, and at no byte
    # after one that is not ASCII.
    first = text[host : host + 1]
    domain = _DOMAIN.match(text, host + 1, max(host + 1, len(text) - 1)) if first.isascii() else None
    labels = domain[0].split(".") if domain else []
    if len(labels) <= _MOST_LABELS and any("_" in label for label in labels[-2:]):
        return None
    if start == host and len(labels) < 2:
        return None
    rest = _REST.match(text, host)
    return trim_url(text, start, rest.end() if rest else host)


def trim_url(text: str, start: int, end: int) -> int:
    """Drop what does not count as part of the URL: punctuation and unbalanced closing brackets at its end."""
    opened, closed = text.count("(", start, end), text.count(")", start, end)
    while end > start:
        last = text[end - 1]
        if last in _TRAILING:
            end -= 1
        elif last == ")" and closed > opened:
            closed -= 1
            end -= 1
        elif last == ";":
            end = _before_reference(text, start, end)
        else:
            break
    return end


def _before_reference(text: str, start: int, end: int) -> int:
    """Where the character reference that ends with the ``;`` before *end* begins; without one, where the ``;`` is."""
    place = end - 2
    while place > start and text[place].isascii() and text[place].isalpha():
        place -= 1
    return place if place < end - 2 and text[place] == "&" else end - 1


def find_addresses(text: str) -> Iterator[tuple[int, int, str]]:
    """The bare e-mail addresses of *text*, which holds no markup: start, end and URL."""
    floor = 0
    while (at := text.find("@", floor)) >= 0:
        found, floor = _find_address(text, floor, at)
        if found:
            yield found


def _find_address(text: str, floor: int, at: int) -> tuple[tuple[int, int, str] | None, int]:
    """The address whose ``@`` is at *at*, starting at *floor* or later, and where to look on.

    Dots are counted over all attempts of a chain like ``a@b.c@d``, as cmark-gfm does.
    """
    dots = 0
    seen: set[str] = set()
    while True:
        start, protocols = _local_start(text, floor, at)
        seen |= protocols
        if start == at:
            return None, at + 1
        host = (_HOST_WITH_PATH if "xmpp:" in seen else _HOST).match(text, at + 1)
        end = host.end() if host else at + 1
        dots += text.count(".", at, end)
        if text[end : end + 1] != "@":
            break
        floor, at = at + 1, end
    last = text[end - 1]
    if end < at + 2 or not dots or not (last == "." or (last.isascii() and last.isalpha())):
        return None, end
    end = trim_url(text, at, end)
    written = text[start:end]
    return (start, end, written if seen else f"mailto:{written}"), end


def _local_start(text: str, floor: int, at: int) -> tuple[int, set[str]]:
    """Where the part before the ``@`` at *at* starts, and the protocols in it."""
    start = at
    protocols: set[str] = set()
    while start > floor:
        if text[start - 1] not in _LOCAL_CHARACTERS:
            protocol = next((name for name in _PROTOCOLS if _has_protocol(text, floor, start, name)), None)
            if protocol is None:
                break
            protocols.add(protocol)
        start -= 1
    return start, protocols


def _has_protocol(text: str, floor: int, end: int, protocol: str) -> bool:
    """Whether *protocol*, not as the tail of a longer word, ends at *end*."""
    start = end - len(protocol)
    if start < floor or not text.startswith(protocol, start):
        return False
    before = text[start - 1 : start] if start > floor else ""
    return not (before.isascii() and before.isalnum())

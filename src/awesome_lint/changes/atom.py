"""Changes as an Atom feed (RFC 4287): one entry of the feed for each entry of the list, with what happened last."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import islice
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from msgspec import Struct

from awesome_lint.changes.comparing import Change, Comparison, Kind
from awesome_lint.regex import regex
from awesome_lint.report.inert import inert_xml
from awesome_lint.semantic.matching import address_of, section_of
from awesome_lint.text.urls import split_url

_NAMESPACE = "http://www.w3.org/2005/Atom"
_NO_IRI = regex(r"[\x00-\x20\x7f-\x9f\"<>\\^`{|}\ud800-\udfff\ufffe\uffff]")
"""Characters that an IRI (RFC 3987) must not contain."""

_PREPOSITIONS = {Kind.ADDED: "to", Kind.MOVED: "to"}


class Commit(Struct, frozen=True):
    """What one commit did to one list; ``date`` is when it was made, as RFC 3339 writes it."""

    date: str
    comparison: Comparison


def render_atom(commits: Sequence[Commit], *, feed_url: str, now: str, limit: int) -> str:
    """A feed of what *commits*, the latest first, did: the last change of each entry, at most *limit* of them.

    *feed_url* is where the feed will be published, empty if unknown.  *now* is the date of a feed without entries.
    Removed entries are left out: nobody can follow them.
    """
    title = _title(commits[0].comparison) if commits else "Changes"
    feed = Element("feed", xmlns=_NAMESPACE)
    SubElement(feed, "id").text = inert_xml(feed_url) or _urn(title)
    SubElement(feed, "title").text = inert_xml(title)
    SubElement(feed, "updated").text = commits[0].date if commits else now
    SubElement(SubElement(feed, "author"), "name").text = inert_xml(title)
    if feed_url:
        SubElement(feed, "link", rel="self", href=inert_xml(feed_url))
    for key, date, change in islice(_latest(commits), limit):
        feed.append(_entry(change, key, date))
    indent(feed)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(feed, encoding="unicode") + "\n"


def _latest(commits: Sequence[Commit]) -> Iterator[tuple[str, str, Change]]:
    """The last change of each entry that is not removed, with the entry's name in the feed and the date."""
    seen: set[str] = set()
    for commit in commits:
        for change in commit.comparison.changes:
            key = _urn(_identity(change, commit.comparison))
            if key not in seen and not change.is_removed:
                yield key, commit.date, change
            seen.add(key)


def _title(comparison: Comparison) -> str:
    headings = comparison.new.headings
    return " ".join(headings[0].text.split()) if headings else comparison.new.source.path


def _identity(change: Change, comparison: Comparison) -> str:
    entry = change.entry
    return "\n".join((comparison.new.source.path, address_of(entry) or "", entry.title))


def _urn(text: str) -> str:
    """A stable name for *text*: a UUID of version 8 (RFC 9562), made from its SHA-256."""
    digits = list(sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32])
    digits[12], digits[16] = "8", "a"
    parts = "".join(digits)
    return f"urn:uuid:{parts[:8]}-{parts[8:12]}-{parts[12:16]}-{parts[16:20]}-{parts[20:]}"


def _entry(change: Change, key: str, date: str) -> Element:
    entry = change.entry
    element = Element("entry")
    SubElement(element, "id").text = key
    SubElement(element, "title").text = inert_xml(entry.title)
    SubElement(element, "updated").text = date
    if (parts := split_url(entry.url)) and parts.scheme in ("http", "https"):
        SubElement(element, "link", rel="alternate", href=_NO_IRI.sub(_encoded, entry.url.strip()))
    for section in section_of(entry)[1:]:
        SubElement(element, "category", term=inert_xml(section))
    SubElement(element, "content", type="text").text = inert_xml(_sentence(change))
    return element


def _encoded(match: re.Match[str]) -> str:
    return quote(match[0].encode("utf-8", "surrogatepass"))


def _sentence(change: Change) -> str:
    entry = change.entry
    section = section_of(entry)
    where = f" {_PREPOSITIONS[change.kinds[0]]} {section[-1]}" if section and change.kinds[0] in _PREPOSITIONS else ""
    text = f"{' and '.join(kind.phrase for kind in change.kinds).capitalize()}{where}"
    return f"{text}: {entry.description}" if entry.description else f"{text}."

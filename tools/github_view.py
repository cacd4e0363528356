"""What GitHub makes of Markdown, as HTML that can be in another page: it runs, fetches and links nothing."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser

import cmarkgfm
from cmarkgfm.cmark import Options

_TAGS = frozenset(
    "b blockquote code dd del details div dl dt em i kbd li ol p pre s section span strong sub summary sup table "
    "tbody td th thead tr ul".split()
)
_EMPTY = frozenset({"br", "hr"})
_HEADINGS = {f"h{level}": f"github-h{level}" for level in range(1, 7)}
"""Headings become `div`s, so that they count neither for the contents of the page nor for its search."""
_UNSEEN = frozenset({"script", "style", "title", "textarea", "iframe"})


def as_on_github(markdown: str) -> str:
    """*markdown* as cmark-gfm renders it, on one line; links and images show only what they are."""
    options = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
    page = _Page()
    page.feed(cmarkgfm.github_flavored_markdown_to_html(markdown, options=options))
    page.close()
    return page.text()


class _Page(HTMLParser):
    """Writes what it reads again, but for what would act."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._pre = 0
        self._unseen = 0
        self._open: list[tuple[str, str]] = []
        """The tags that are open, each with the one that is written for it."""

    def text(self) -> str:
        while self._open:
            self._close()
        return "".join(self._parts).strip()

    def _start(self, tag: str, written: str, attributes: str = "") -> None:
        self._open.append((tag, written))
        self._parts.append(f"<{written}{attributes}>")

    def _close(self) -> None:
        self._parts.append(f"</{self._open.pop()[1]}>")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self._unseen += tag in _UNSEEN
        self._pre += tag == "pre"
        if tag == "a":
            where = escape(attributes.get("href") or "", quote=True)
            self._start(tag, "span", f' class="github-link" title="{where}"')
        elif tag == "img":
            self._parts.append(f'<span class="github-image">{escape(attributes.get("alt") or "image")}</span>')
        elif tag == "input":
            self._parts.append("☑ " if "checked" in attributes else "☐ ")
        elif tag in _HEADINGS:
            self._start(tag, "div", f' class="{_HEADINGS[tag]}"')
        elif tag in _EMPTY:
            self._parts.append(f"<{tag}>")
        elif tag in _TAGS:
            self._start(tag, tag)

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN and self._unseen > 0
        self._pre -= tag == "pre" and self._pre > 0
        if any(tag == other for other, _ in self._open):
            while self._open[-1][0] != tag:
                self._close()
            self._close()

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        if self._pre:
            # A line break would end the block of HTML in which this stands.
            self._parts.append(escape(data, quote=False).rstrip("\n").replace("\n", "&#10;"))
        else:
            self._parts.append(escape(data, quote=False).replace("\n", " "))

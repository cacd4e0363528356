"""What GitHub renders, by its own parser: the oracle of the Markdown tests."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from html.parser import HTMLParser
from urllib.parse import unquote

import yaml
from cmarkgfm.cmark import Options, markdown_to_html_with_extensions

from awesome_lint.markdown import Cell, Document, Heading, HtmlTag, Link, LinkKind, Paragraph, Row, Table

_EXTENSIONS = ["table", "autolink", "strikethrough"]
_OPTIONS = Options.CMARK_OPT_SOURCEPOS | Options.CMARK_OPT_FOOTNOTES
_FOOTNOTE_MARK = re.compile(
    r"<sup class=\"footnote-ref\">.*?</sup>|<a href=\"[^\"]*\" class=\"footnote-backref\".*?</a>"
)

_REFERENCE = re.compile(r"&#?\w+;")
_NOT_SHOWN = re.compile(r"<!--(?:-?>|.*?-->)|<\?.*?\?>|<!\[CDATA\[.*?\]\]>|<![A-Z].*?>", re.DOTALL)


def page(text: str) -> str:
    """The HTML that GitHub makes of *text*, with source positions, without footnote marks."""
    return _render(text, Options.CMARK_OPT_UNSAFE)


@lru_cache(maxsize=8)
def _render(text: str, more_options: int) -> str:
    rendered: str = markdown_to_html_with_extensions(_without_front_matter(text), _OPTIONS | more_options, _EXTENSIONS)
    return _FOOTNOTE_MARK.sub("", rendered)


def _without_front_matter(text: str) -> str:
    """*text* with empty lines in the place of its front matter, which cmark-gfm does not know."""
    found = re.match(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", text, re.MULTILINE | re.DOTALL)
    if not found:
        return text
    try:
        known = isinstance(yaml.safe_load(found[1]), dict)
    except yaml.YAMLError:
        known = False
    return "\n" * found[0].count("\n") + text[found.end() :] if known else text


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def visible(rendered: str) -> str:
    """What a reader sees of HTML that cmark-gfm made, white space left out."""
    rendered = _NOT_SHOWN.sub("", rendered)
    rendered = re.sub(
        r"<img(?:[^>\"']|\"[^\"]*\"|'[^']*')*?\balt=(?:\"([^\"]*)\"|'([^']*)')(?:[^>\"']|\"[^\"]*\"|'[^']*')*>",
        lambda match: match[1] or match[2] or "",
        rendered,
    )
    return bare(html.unescape(re.sub(r"</?[A-Za-z](?:[^>\"']|\"[^\"]*\"|'[^']*')*>", "", rendered)))


def tables_shown(text: str) -> list[list[list[str]]]:
    """Tables, rows and cells as GitHub shows them, white space left out; the header is the first row.

    Those of footnotes stand at the end of GitHub's page, here in source order.
    """
    found = []
    for table in re.finditer(
        r"^<table data-sourcepos=\"(\d+):(\d+)[^>]*>\n<thead>\n(.*?)^</table>$", page(text), re.MULTILINE | re.DOTALL
    ):
        rows = re.finditer(r"^<tr data-sourcepos=[^>]*>\n(.*?)^</tr>$", table[0], re.MULTILINE | re.DOTALL)
        cell = r"^<t[hd](?: align=\"\w+\")? data-sourcepos=[^>]*>(.*?)</t[hd]>$"
        cells = [[visible(c) for c in re.findall(cell, row[1], re.MULTILINE | re.DOTALL)] for row in rows]
        found.append((int(table[1]), int(table[2]), cells))
    return [cells for _, _, cells in sorted(found)]


def tables_read(document: Document) -> list[list[list[str]]]:
    """The same of our document: GitHub cuts or fills a row to its header's width."""

    def cells(row: Row, width: int) -> list[str]:
        return ([bare(cell.text) for cell in row.cells] + [""] * width)[:width]

    return [[cells(row, len(table.header.cells)) for row in (table.header, *table.rows)] for table in document.tables]


class _Destinations(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        wanted = {"a": "href", "img": "src"}.get(tag)
        self.found += [unquote(value or "") for name, value in attrs if name == wanted]


def destinations_shown(text: str) -> list[str]:
    """The destinations of all links and images that GitHub shows, sorted, percent escapes resolved."""
    parser = _Destinations()
    parser.feed(page(text))
    return sorted(parser.found)


def destinations_read(document: Document) -> list[str]:
    """The same of our document; what GitHub drops with a row's excess cells does not count."""
    dropped = {link.span for cell in _dropped(document) for link in cell.content.links}
    return sorted(unquote(link.url) for link in document.links if link.span not in dropped)


def headings_shown(text: str) -> list[tuple[int, str]]:
    """The levels and visible texts of all Markdown headings, in source order."""
    found = re.findall(
        r"^<h([1-6]) data-sourcepos=\"(\d+):(\d+)[^>]*>(.*?)</h[1-6]>$", page(text), re.MULTILINE | re.DOTALL
    )
    ordered = sorted((int(line), int(column), int(level), visible(shown)) for level, line, column, shown in found)
    return [(level, shown) for _, _, level, shown in ordered]


def headings_read(document: Document) -> list[tuple[int, str]]:
    """The same of our document."""
    return [(heading.level, bare(heading.text)) for heading in document.headings]


class _Links(HTMLParser):
    """The links and images of a page without raw HTML: destination, title and text of each."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []
        self._open: list[tuple[str, str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        title = bare(values.get("title", ""))
        if tag == "a":
            self._open.append((unquote(values.get("href", "")), title, []))
        elif tag == "img":
            self.found.append((unquote(values.get("src", "")), title, bare(values.get("alt", ""))))
            self.handle_data(values.get("alt", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            destination, title, texts = self._open.pop()
            self.found.append((destination, title, bare("".join(texts))))

    def handle_data(self, data: str) -> None:
        for _, _, texts in self._open:
            texts.append(data)


def links_shown(text: str) -> list[tuple[str, str, str]]:
    """The destinations, titles and texts of all links and images that are written in Markdown, sorted."""
    parser = _Links()
    parser.feed(_render(text, 0))
    parser.close()
    return sorted(parser.found)


def links_read(document: Document) -> list[tuple[str, str, str]]:
    """The same of our document."""
    dropped = {link.span for cell in _dropped(document) for link in cell.content.links}
    tags = [tag for inline in document.inlines for tag in inline.tags]

    def text(link: Link) -> str:
        return bare(_without_html(link.text, (tag for tag in tags if link.text_span.contains(tag.span))))

    return sorted(
        (unquote(link.url), bare(link.title), text(link))
        for link in document.links
        if link.kind != LinkKind.HTML and link.span not in dropped
    )


def _dropped(document: Document) -> list[Cell]:
    return [cell for table in document.tables for row in table.rows for cell in row.cells[len(table.header.cells) :]]


def text_shown(text: str) -> str:
    """What a reader sees of a page, code blocks and raw HTML left out, white space too."""
    rendered = _render(text, 0)
    return visible(re.sub(r"<pre data-sourcepos[^>]*><code[^>]*>.*?</code></pre>", "", rendered, flags=re.DOTALL))


def text_read(document: Document) -> str:
    """The same of our document, in source order."""
    texts = []
    for block in document.blocks:
        if isinstance(block, Heading | Paragraph):
            texts.append(_without_html(block.content.text, block.content.tags))
        elif isinstance(block, Table):
            width = len(block.header.cells)
            cells = [cell.content for row in (block.header, *block.rows) for cell in row.cells[:width]]
            texts += (_without_html(cell.text, cell.tags) for cell in cells)
    return bare("".join(texts))


def _without_html(text: str, tags: Iterable[HtmlTag]) -> str:
    """*text* without the alternative texts of the images among *tags*: raw HTML is no part of the comparison."""
    for tag in tags:
        if tag.name == "img" and not tag.closing:
            text = text.replace(tag.attributes.get("alt", ("", None))[0], "", 1)
    return text


def rendered(text: str) -> str:
    """The HTML that GitHub makes of *text*, without source positions."""
    return re.sub(r" data-sourcepos=\"[\d:-]*\"", "", page(text))


class _Words(HTMLParser):
    """The words of a page, those of its destinations and alternative texts included."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()
        self._open: list[tuple[str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in values:
            self._open.append((unquote(values["href"]), []))
        elif tag == "img":
            self.found += words(unquote(values.get("src", "")))
            self.handle_data(values.get("alt", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._open:
            destination, texts = self._open.pop()
            text = "".join(texts)
            if destination == f"http://{text}":
                destination = text
            if destination == text:
                # GitHub shows a character reference in a bare address as it is written; within a link's brackets, or
                # where it has slipped out of the address, it is resolved.  The address is the same.
                self.found -= words(text)
                destination = text = _REFERENCE.sub(lambda reference: html.unescape(reference[0]), text)
                self.found += words(text)
            self.found += words(destination) - words(text) if unquote(text) in destination else words(destination)

    def parse_html_declaration(self, i: int) -> int:
        """Read `<![` as browsers do, as a comment, where the base class raises an exception."""
        return self.parse_bogus_comment(i)

    def handle_data(self, data: str) -> None:
        self.found += words(data)
        for _, texts in self._open:
            texts.append(data)


def words_shown(text: str, *, raw: bool = True) -> Counter[str]:
    """The words that GitHub shows, and those of all destinations; what a bare address shows counts once.

    Those of raw HTML count where *raw* is true.
    """
    parser = _Words()
    parser.feed(_NOT_SHOWN.sub("", rendered(text) if raw else _render(text, 0)))
    parser.close()
    return parser.found


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text))

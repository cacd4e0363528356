"""What GitHub renders, by its own parser: the oracle of the Markdown tests."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from urllib.parse import unquote

from cmarkgfm.cmark import Options, markdown_to_html_with_extensions

from awesome_lint.markdown import Document, Row

_EXTENSIONS = ["table", "autolink", "strikethrough"]
_OPTIONS = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_SOURCEPOS


def page(text: str) -> str:
    """The HTML that GitHub makes of *text*, with source positions."""
    rendered: str = markdown_to_html_with_extensions(text, _OPTIONS, _EXTENSIONS)
    return rendered


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _visible(cell: str) -> str:
    cell = re.sub(r"<!--.*?-->", "", cell, flags=re.DOTALL)
    cell = re.sub(r"<img[^>]*?\balt=\"([^\"]*)\"[^>]*>", r"\1", cell)
    return bare(html.unescape(re.sub(r"<[^>]+>", "", cell)))


def tables_shown(text: str) -> list[list[list[str]]]:
    """Tables, rows and cells as GitHub shows them, white space left out; the header is the first row."""
    found = []
    for table in re.finditer(
        r"^<table data-sourcepos=[^>]*>\n<thead>\n(.*?)^</table>$", page(text), re.MULTILINE | re.DOTALL
    ):
        rows = re.finditer(r"^<tr data-sourcepos=[^>]*>\n(.*?)^</tr>$", table[0], re.MULTILINE | re.DOTALL)
        cell = r"^<t[hd](?: align=\"\w+\")? data-sourcepos=[^>]*>(.*?)</t[hd]>$"
        found.append([[_visible(c) for c in re.findall(cell, row[1], re.MULTILINE | re.DOTALL)] for row in rows])
    return found


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
    dropped = {
        link.span
        for table in document.tables
        for row in table.rows
        for cell in row.cells[len(table.header.cells) :]
        for link in cell.content.links
    }
    return sorted(unquote(link.url) for link in document.links if link.span not in dropped)


def headings_shown(text: str) -> list[str]:
    """The visible texts of all Markdown headings."""
    found = re.findall(r"^<h[1-6] data-sourcepos=[^>]*>(.*?)</h[1-6]>$", page(text), re.MULTILINE | re.DOTALL)
    return [_visible(heading) for heading in found]

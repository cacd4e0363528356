"""Tables and lists as one HTML page, with a search and filters by section and tag.

The page holds all that it needs and asks no other host for anything.  What a README contains is text in it: names are
escaped, links lead to the web alone, and the page's own policy (https://www.w3.org/TR/CSP3/) lets no other script run
than the one that comes with it.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from html import escape
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from awesome_lint.export.selection import Part, Selection, description_of, single_tags
from awesome_lint.markdown import Document, Heading, Link, Row
from awesome_lint.semantic.entries import Entry
from awesome_lint.semantic.titles import title_column
from awesome_lint.source import Span
from awesome_lint.text.urls import Target, classify

_INDENT = "\u2003"
_FOLDER = Path(__file__).parent


class _Item(Struct, frozen=True):
    """A row or bullet of the page: ``fields`` are pairs of a column and the text of its cell."""

    name: str
    url: str
    description: str
    section: tuple[Heading, ...]
    fields: tuple[tuple[str, str], ...]
    links: tuple[Link, ...]
    tags: tuple[str, ...]


def render_page(selections: Sequence[Selection]) -> str:
    """The page with the rows and bullets of *selections*, in their order."""
    items = [(number, item) for number, each in enumerate(selections) for item in _items(each)]
    sections = _sections(items)
    style, script = ((_FOLDER / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    title = escape(_title(selections))
    policy = (
        f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src {_hash(style)}; script-src {_hash(script)}"
    )
    tags = Counter(tag for _, item in items for tag in item.tags)
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title>",
            f"<style>{style}</style>",
            "</head>",
            "<body>",
            f"<header><h1>{title}</h1>",
            "<form>",
            '<input id="search" type="search" placeholder="Search" aria-label="Search" autocomplete="off">',
            _select("section", "All sections", [(key, label) for key, label in sections.values()]),
            _select("tag", "All tags", [(tag, tag) for tag in sorted(tags, key=str.casefold)]) if tags else "",
            '<output id="count"></output>',
            "</form></header>",
            '<main><ul id="entries">',
            *(_entry(item, [sections[number, heading.span][0] for heading in item.section]) for number, item in items),
            "</ul></main>",
            f"<script>{script}</script>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _title(selections: Sequence[Selection]) -> str:
    headings = [heading for each in selections for heading in each.document.headings if heading.level == 1]
    return headings[0].text.strip() if headings and len(selections) == 1 else "Entries"


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _sections(items: Iterable[tuple[int, _Item]]) -> dict[tuple[int, Span], tuple[str, str]]:
    """For the sections of *items*, by number of document and heading: a key for the page, and a label."""
    found: dict[tuple[int, Span], tuple[str, str]] = {}
    for number, item in items:
        for depth, heading in enumerate(item.section):
            found.setdefault((number, heading.span), (f"s{len(found)}", _INDENT * depth + heading.text.strip()))
    return found


def _select(name: str, everything: str, options: Iterable[tuple[str, str]]) -> str:
    chosen = "".join(f'<option value="{escape(value)}">{escape(label)}</option>' for value, label in options)
    return f'<select id="{name}" aria-label="{everything}"><option value="">{everything}</option>{chosen}</select>'


def _entry(item: _Item, sections: Sequence[str]) -> str:
    parts = [f'<li data-sections="{" ".join(sections)}"><span class="name">{_link(item.url, item.name)}</span>']
    if item.description:
        parts.append(f" {escape(item.description)}")
    parts += (f' <span class="tag">{escape(tag)}</span>' for tag in item.tags)
    if item.fields:
        cells = (f"<div><dt>{escape(name)}</dt><dd>{escape(text)}</dd></div>" for name, text in item.fields)
        parts.append(f"<dl>{''.join(cells)}</dl>")
    others = {link.url: link.text.strip() or link.url for link in item.links if link.url != item.url and not link.image}
    links = [_link(url, text) for url, text in others.items() if classify(url) is Target.WEB]
    if links:
        parts.append(f'<div class="links">{" ".join(links)}</div>')
    if item.section:
        parts.append(f'<div class="section">{" › ".join(escape(each.text.strip()) for each in item.section)}</div>')
    return "".join([*parts, "</li>"])


def _link(url: str, text: str) -> str:
    """A link to *url* that shows *text*, or the text alone if that is no web address."""
    if classify(url) is not Target.WEB:
        return escape(text)
    return f'<a href="{escape(url.strip())}" rel="noopener nofollow">{escape(text)}</a>'


def _items(selection: Selection) -> Iterator[_Item]:
    model = selection.model
    entries = {entry.span: entry for entry in model.entries}
    found = [(row.span, _row_item(part, row, entries)) for part in selection.parts for row in part.rows]
    for bullets in selection.lists:
        pairs = zip(bullets.entries, bullets.tags, strict=True)
        found += ((entry.span, _bullet_item(entry, tags)) for entry, tags in pairs)
    title = selection.document.headings[0] if _has_title(selection.document) else None
    for _, item in sorted(found, key=lambda each: each[0]):
        yield replace(item, section=tuple(heading for heading in item.section if heading is not title))


def _has_title(document: Document) -> bool:
    """Whether the first heading is the only one of its level, and so in the path of every entry."""
    levels = [heading.level for heading in document.headings]
    return bool(levels) and levels[0] < min(levels[1:], default=7)


def _row_item(part: Part, row: Row, entries: Mapping[Span, Entry]) -> _Item:
    entry = entries.get(row.span)
    cells = part.cells(row)
    column = title_column(part.table) if part.indices is None else None
    texts = [(cell.text.strip() if cell else "") for cell in cells]
    name = entry.title if entry else next(filter(None, texts), "")
    columns = part.columns + ("",) * (len(cells) - len(part.columns))
    fields = tuple(
        (header.strip(), text)
        for index, (header, text) in enumerate(zip(columns, texts, strict=False))
        if text and index != column
    )
    links = tuple(link for cell in cells if cell for link in cell.content.links)
    return _Item(name, entry.url if entry else "", "", part.section, fields, links, ())


def _bullet_item(entry: Entry, tags: Sequence[str]) -> _Item:
    """*entry* with its *tags*, as they are written: a description without them, and each of `Go/Docker` by itself."""
    content = entry.content
    links = content.links if content else ()
    fields = tuple((name, cell.text) for name, cell in entry.fields.items() if cell.span != entry.place and cell.text)
    return _Item(entry.title, entry.url, description_of(entry, tags), entry.section, fields, links, single_tags(tags))

"""Tables and lists as CSV or TSV, one line for each row or bullet.

Spreadsheets run what looks like a formula, and everyone who edits a list could put one in.  So a text that begins with
``=``, ``+``, ``-`` or ``@`` is written after an apostrophe (https://owasp.org/www-community/attacks/CSV_Injection),
which spreadsheets take for "this is text"; numbers and mere signs such as ``-`` stay as they are.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from awesome_lint.export.selection import Part, Selection
from awesome_lint.markdown import Heading, Link, Row
from awesome_lint.regex import regex
from awesome_lint.report.inert import inert

_Column = tuple[str, int]
"""The name of a column, and how many of that name stand before it."""
_FORMULA = regex(r"[=@]|[-+](?![\d.,]*%?$)[^\n]*\w")


class _Line(Struct, frozen=True):
    """A row or a bullet: where it is, its texts under the names of their columns, its address and its links."""

    path: str
    number: int
    section: tuple[Heading, ...]
    fields: tuple[tuple[_Column, str], ...]
    url: str
    links: tuple[Link, ...]


def render_csv(selections: Sequence[Selection], delimiter: str = ",") -> str:
    """One line for each row: path, line, section, the cells' texts under the columns of all tables, address and links.

    Columns of the same name share one; cells beyond the header's are in columns without a name.  Bullets have the
    columns Name and Description.
    """
    lines = [line for selection in selections for line in _lines_of(selection)]
    keys = list(dict.fromkeys(key for line in lines for key, _ in line.fields))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(["path", "line", "section", *(_harmless(name) for name, _ in keys), "url", "links"])
    for line in lines:
        texts = dict(line.fields)
        section = " / ".join(heading.text for heading in line.section)
        links = " ".join(link.url for link in line.links)
        values = [line.path, section, *(texts.get(key, "") for key in keys), line.url, links]
        path, *rest = map(_harmless, values)
        writer.writerow([path, line.number, *rest])
    return out.getvalue()


def _lines_of(selection: Selection) -> Iterator[_Line]:
    source = selection.document.source
    urls = {entry.span: entry.url for entry in selection.model.entries} if selection.parts else {}
    for part in selection.parts:
        for row in part.rows:
            links = tuple(link for cell in part.cells(row) if cell for link in cell.content.links)
            number = source.position(row.span.start).line
            yield _Line(source.path, number, part.section, tuple(_fields(part, row)), urls.get(row.span, ""), links)
    for bullets in selection.lists:
        for entry in bullets.entries:
            content = entry.content
            named = {"Name": entry.title, "Description": entry.description}
            named |= {name: cell.text for name, cell in entry.fields.items()}
            fields = tuple(((name, 0), text) for name, text in named.items())
            number = source.position(entry.span.start).line
            yield _Line(source.path, number, bullets.section, fields, entry.url, content.links if content else ())


def _fields(part: Part, row: Row) -> Iterator[tuple[_Column, str]]:
    """The texts of a row's cells, each under its column's name and how many columns of that name stand before it."""
    seen: Counter[str] = Counter()
    cells = part.cells(row)
    names = part.columns + ("",) * (len(cells) - len(part.columns))
    for name, cell in zip(names, cells, strict=False):
        yield (name, seen[name]), cell.text if cell else ""
        seen[name] += 1


def _harmless(text: str) -> str:
    shown = inert(text)
    return f"'{shown}" if _FORMULA.match(shown.lstrip()) else shown

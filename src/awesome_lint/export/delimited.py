"""Tables as CSV or TSV, one line a row.

Spreadsheets run what looks like a formula, and anybody who edits a list could put one in.  So a text that begins with
``=``, ``+``, ``-`` or ``@`` is written behind an apostrophe (https://owasp.org/www-community/attacks/CSV_Injection),
which spreadsheets take for "this is text"; numbers and mere signs such as ``-`` stay as they are.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from awesome_lint.export.selection import Part, Selection
from awesome_lint.markdown import Document, Row
from awesome_lint.report.inert import inert

_FORMULA = re.compile(r"[=@]|[-+](?![\d.,]*%?$)[^\n]*\w")


def render_csv(selections: Sequence[Selection], delimiter: str = ",") -> str:
    """One line a row: path, line, section, the cells' texts under the columns of all tables, and the row's links.

    Columns of the same name share one; cells beyond the header's stand in columns without a name.
    """
    rows = [
        (selection.document, part, row) for selection in selections for part in selection.parts for row in part.rows
    ]
    keys = list(dict.fromkeys(key for _, part, row in rows for key, _ in _fields(part, row)))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(["path", "line", "section", *(_harmless(name) for name, _ in keys), "links"])
    for document, part, row in rows:
        texts = dict(_fields(part, row))
        section = " / ".join(heading.text for heading in part.section)
        links = " ".join(link.url for cell in part.cells(row) if cell for link in cell.content.links)
        values = [document.source.path, section, *(texts.get(key, "") for key in keys), links]
        path, *rest = map(_harmless, values)
        writer.writerow([path, _line(row, document), *rest])
    return out.getvalue()


def _fields(part: Part, row: Row) -> Iterator[tuple[tuple[str, int], str]]:
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


def _line(row: Row, document: Document) -> int:
    return document.source.position(row.span.start).line

"""Writing a row like the others in its table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from awesome_lint.adding.addition import AddError, Addition
from awesome_lint.adding.links import escape_pipes, write_link
from awesome_lint.markdown import Row, Table
from awesome_lint.semantic.cells import is_blank, placeholder_of
from awesome_lint.semantic.entries import Entry, fold_title
from awesome_lint.semantic.headers import Meaning, is_called
from awesome_lint.semantic.titles import link_column, title_column
from awesome_lint.source import Source, Span
from awesome_lint.table_format.new_row import write_new_row
from awesome_lint.text.nearest import nearest


def write_table_row(source: Source, table: Table, entries: Sequence[Entry], addition: Addition, after: Row) -> str:
    """The line of *addition*, to be written after *after*; raises `AddError` where a value has no column."""
    cells = _cells(source, table, entries, addition)
    line = source.line_span(source.position(after.span.start).line)
    return source[Span(line.start, after.span.start)] + write_new_row(source, table, cells)


def _cells(source: Source, table: Table, entries: Sequence[Entry], addition: Addition) -> list[str]:
    values = {_column(table, name): value for name, value in addition.values.items()}
    for column, value in _plain(source, table, entries, addition).items():
        values.setdefault(column, value)
    for meaning, value in addition.known.items():
        called = [index for index, header in enumerate(table.columns) if is_called(header, meaning)]
        for column in called[:1]:
            values.setdefault(column, value)
    for value in values.values():
        if "\n" in value or "\r" in value:
            raise AddError("a cell must be one line")
    width = len(table.header.cells)
    blanks = [_blank(source, table, index) for index in range(width)]
    return [escape_pipes(values.get(index, blanks[index]).strip()) for index in range(width)]


def _column(table: Table, name: str) -> int:
    folded = [fold_title(header) for header in table.columns]
    if fold_title(name) in folded:
        return folded.index(fold_title(name))
    near = nearest(name, table.columns)
    names = ", ".join(table.columns)
    raise AddError(f"the table has no column {name!r}" + (f"; did you mean {near!r}?" if near else f"; it has {names}"))


def _plain(source: Source, table: Table, entries: Sequence[Entry], addition: Addition) -> Mapping[int, str]:
    """The cells for the name, address and description."""
    values: dict[int, str] = {}
    title, links = title_column(table), link_column(table)
    if addition.name or addition.url:
        if title is None:
            raise AddError("the table has no column of names; use --set COLUMN=VALUE")
        apart = links is not None and links != title and not links_names(entries)
        values[title] = write_link(addition.name, "" if apart else addition.url, in_table=True)
        if apart and links is not None and addition.url:
            values[links] = _like_the_links(source, table, links, addition.url)
    if addition.description:
        described = [index for index, header in enumerate(table.columns) if is_called(header, Meaning.DESCRIPTION)]
        if not described:
            raise AddError("the table has no column of descriptions; use --set COLUMN=VALUE")
        values[described[0]] = addition.description
    return values


def links_names(entries: Sequence[Entry]) -> bool:
    """Whether the names of most *entries* are their links."""
    return 2 * sum(bool(each.link and each.place.contains(each.link.span)) for each in entries) > len(entries)


def _like_the_links(source: Source, table: Table, column: int, url: str) -> str:
    """*url* as the links of *column* are written: a link with the most usual text, or the address alone."""
    cells = [row.cells[column] for row in table.rows if column < len(row.cells)]
    texts = Counter(link.text for cell in cells for link in cell.content.links[:1] if source[link.span] != link.url)
    if not texts:
        return url
    text, count = texts.most_common(1)[0]
    return write_link(text, url, in_table=True) if 2 * count > texts.total() else url


def _blank(source: Source, table: Table, column: int) -> str:
    """How the table marks a missing value in *column*: as most of its blank cells do, or else as in other columns."""
    here = [row.cells[column] for row in table.rows if column < len(row.cells)]
    anywhere = [cell for row in table.rows for cell in row.cells]
    for cells in (here, anywhere):
        marks = Counter(source[cell.span] for cell in cells if is_blank(cell) or placeholder_of(cell))
        if marks:
            return marks.most_common(1)[0][0]
    return ""

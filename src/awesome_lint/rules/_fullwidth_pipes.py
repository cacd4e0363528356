"""Rows in which a fullwidth ``｜``, which input methods of East Asian scripts write, stands for a ``|``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from awesome_lint.diagnostic import Applicability, Edit, Fix, Violation
from awesome_lint.markdown import Row, Table
from awesome_lint.rules._messages import fitted
from awesome_lint.source import Source, Span, Spans

_FULLWIDTH = "｜"


def fullwidth_pipe(table: Table, row: Row, title: Callable[[Row], str], source: Source) -> Violation | None:
    """What to report of *row* if it has the cells of its header as soon as each ``｜`` in its text is a pipe.

    *title* tells what the entry in a row is called.
    """
    columns = len(table.header.cells)
    if len(row.cells) >= columns or _FULLWIDTH not in source[row.span]:
        return None
    hidden = Spans(_hidden(row))
    places = [place for place in range(*row.span) if source.text[place] == _FULLWIDTH and place not in hidden]
    if len(row.cells) + len(places) != columns:
        return None
    edits = [Edit(Span(place, place + 1), "|") for place in places]
    name = title(row).partition(_FULLWIDTH)[0].strip()
    return Violation(
        row.span,
        fitted("The row “{}” has fullwidth `{}` instead of `|`", name, _FULLWIDTH)
        if name
        else f"This row has fullwidth `{_FULLWIDTH}` instead of `|`",
        help="Write what was probably meant",
        rows=(_edited(source, row.span, edits),),
        note=f"GitHub treats them as text and shows only {len(row.cells)} of {columns} cells",
        entry=name,
        fix=Fix("Write `|`", tuple(edits), Applicability.UNSAFE),
    )


def _hidden(row: Row) -> Iterator[Span]:
    """The links, code, tags and comments of *row* that lie in no other one."""
    contents = [cell.content for cell in row.cells]
    spans = [link.span for content in contents for link in content.links]
    spans += (tag.span for content in contents for tag in content.tags)
    spans += (span for content in contents for span in (*content.code_spans, *content.comments))
    end = row.span.start
    for span in sorted(spans):
        if span.start >= end:
            yield span
            end = span.end


def _edited(source: Source, span: Span, edits: Iterable[Edit]) -> str:
    text = source[span]
    for edit in edits:
        at = edit.span.start - span.start
        text = f"{text[:at]}{edit.text}{text[at + 1 :]}"
    return text

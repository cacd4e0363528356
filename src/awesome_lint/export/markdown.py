"""Tables as Markdown in canonical form, under their headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awesome_lint.export.selection import Part, Selection
from awesome_lint.markdown import Heading, LinkKind, Row
from awesome_lint.source import Source
from awesome_lint.table_format import TableForm, write_table


def render_markdown(selections: Sequence[Selection], form: TableForm | None = None) -> str:
    """The tables, each under those of its headings that are not written yet, and the definitions they refer to."""
    return "\n".join(block for selection in selections for block in _blocks(selection, form or TableForm()))


def _blocks(selection: Selection, form: TableForm) -> Iterator[str]:
    source = selection.document.source
    last: tuple[Heading, ...] = ()
    for part in selection.parts:
        for heading in part.section:
            if heading not in last:
                yield f"{'#' * heading.level} {' '.join(source[heading.content.span].split())}\n"
        last = part.section
        texts = [_texts(row, part, source) for row in (part.table.header, *part.rows)]
        alignments = part.table.alignments
        if part.indices is not None:
            alignments = tuple(alignments[index] for index in part.indices)
        yield "\n".join(write_table(texts, alignments, form)) + "\n"
    definitions = list(_definitions(selection))
    if definitions:
        yield "\n".join(definitions) + "\n"


def _texts(row: Row, part: Part, source: Source) -> list[str]:
    return [source[cell.span] if cell else "" for cell in part.cells(row)]


def _definitions(selection: Selection) -> Iterator[str]:
    """The definitions of the labels to which the exported headings and cells refer, each once."""
    source = selection.document.source
    contents = [heading.content for part in selection.parts for heading in part.section]
    for part in selection.parts:
        rows = (part.table.header, *part.rows)
        contents += (cell.content for row in rows for cell in part.cells(row) if cell)
    links = (link for content in contents for link in content.links)
    labels = {_fold(source[link.destination_span]) for link in links if link.kind is LinkKind.REFERENCE}
    for definition in selection.document.definitions:
        label = _fold(definition.label)
        if label in labels:
            labels.discard(label)  # of several definitions of one label the first counts
            yield " ".join(source[definition.span].split())


def _fold(label: str) -> str:
    return " ".join(label.casefold().split())

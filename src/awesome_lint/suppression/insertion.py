"""Writing the comments that suppress findings, where GitHub hides them and tables survive them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct

from awesome_lint.diagnostic import Diagnostic
from awesome_lint.markdown import CodeBlock, Document, Heading, HtmlBlock, Row
from awesome_lint.source import Source, Span


def add_suppressions(document: Document, diagnostics: Sequence[Diagnostic]) -> Source:
    """The source of *document* with a comment for each line to which one of *diagnostics* belongs.

    In a table the comment is in the line's last cell, the only place that keeps the table whole; before a heading,
    a definition or in raw HTML it takes a line of its own, elsewhere it ends the line.
    """
    names: defaultdict[int, set[str]] = defaultdict(set)
    for diagnostic in diagnostics:
        names[home_of(diagnostic)].add(diagnostic.name)
    cells = {document.source.position(each.row.span.start).line: each for each in _comment_cells(document)}
    changes: defaultdict[int, str] = defaultdict(str)
    for line in sorted(names):
        listed = " ".join(sorted(names[line]))
        if line in cells:
            offset = _in_last_cell(document.source, cells[line])
            changes[offset] += f" <!-- awesome-lint {cells[line].verb} {listed} -->"
        else:
            offset, comment = _beside(document, line, listed)
            changes[offset] += comment
    return document.source.replace((Span(offset, offset), changes[offset]) for offset in sorted(changes))


def home_of(diagnostic: Diagnostic) -> int:
    """The line on which a comment suppresses *diagnostic*."""
    return diagnostic.home or diagnostic.start.line


class _CommentCell(Struct, frozen=True):
    """Where a comment about the line of ``row`` goes: into ``host``, of which GitHub shows ``width`` cells."""

    row: Row
    host: Row
    width: int
    verb: str


def _comment_cells(document: Document) -> Iterator[_CommentCell]:
    """The place for each line of each table; a delimiter row holds no comment, so its header speaks for it."""
    for table in document.tables:
        width = len(table.header.cells)
        yield from (_CommentCell(row, row, width, "disable-line") for row in (table.header, *table.rows))
        yield _CommentCell(table.delimiter, table.header, width, "disable-next-line")


def _in_last_cell(source: Source, place: _CommentCell) -> int:
    """The offset after the text of the last cell that GitHub shows."""
    row = place.host
    cells = row.cells[: place.width]
    if not cells:
        return row.span.end
    end = cells[-1].span.end
    return end if source[cells[-1].span] else max(end, row.span.start + 1)


def _beside(document: Document, line: int, listed: str) -> tuple[int, str]:
    source = document.source
    span = source.line_span(line)
    text = source[span]
    if _needs_own_line(document, span):
        indent = text[: len(text) - len(text.lstrip(" \t>"))]
        return span.start, f"{indent}<!-- awesome-lint disable-next-line {listed} -->\n"
    return span.start + len(text.rstrip()), f" <!-- awesome-lint disable-line {listed} -->"


def _needs_own_line(document: Document, line: Span) -> bool:
    """Whether a comment at the end of *line* would change an anchor, spoil a definition or be in a tag."""
    blocks = (block.span for block in document.blocks if isinstance(block, Heading | HtmlBlock | CodeBlock))
    definitions = (definition.span for definition in document.definitions)
    return any(span.start <= line.end and line.start <= span.end for span in (*blocks, *definitions))

"""Writing the comments that suppress findings, where GitHub hides them and tables survive them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from awesome_lint.diagnostic import Diagnostic
from awesome_lint.markdown import CodeBlock, Document, Heading, HtmlBlock, Row
from awesome_lint.source import Source, Span


def add_ignores(document: Document, diagnostics: Sequence[Diagnostic]) -> Source:
    """The source of *document* with a comment for each line on which one of *diagnostics* starts.

    In a table the comment stands in the line's last cell, the only place that keeps the table whole; before a heading
    or in raw HTML it takes a line of its own, elsewhere it ends the line.
    """
    names: defaultdict[int, set[str]] = defaultdict(set)
    for diagnostic in diagnostics:
        names[diagnostic.start.line].add(diagnostic.rule)
    rows = {document.source.position(row.span.start).line: (row, width) for row, width in _rows(document)}
    changes = []
    for line in sorted(names):
        listed = " ".join(sorted(names[line]))
        if line in rows:
            offset = _in_last_cell(document.source, *rows[line])
            changes.append((Span(offset, offset), f" <!-- awesome-lint disable-line {listed} -->"))
        else:
            changes.append(_beside(document, line, listed))
    return document.source.replace(changes)


def _rows(document: Document) -> Iterator[tuple[Row, int]]:
    """Each row with the number of cells that GitHub shows of it."""
    for table in document.tables:
        for row in (table.header, *table.rows):
            yield row, len(table.header.cells)


def _in_last_cell(source: Source, row: Row, width: int) -> int:
    """The offset behind the text of the last cell of *row* that GitHub shows."""
    cells = row.cells[:width]
    if not cells:
        return row.span.end
    end = cells[-1].span.end
    # Behind a backslash the space in front of the comment keeps the pipe from being escaped.
    return end if source[cells[-1].span] else max(end, row.span.start + 1)


def _beside(document: Document, line: int, listed: str) -> tuple[Span, str]:
    source = document.source
    span = source.line_span(line)
    text = source[span]
    if _needs_own_line(document, span):
        indent = text[: len(text) - len(text.lstrip(" \t>"))]
        return Span(span.start, span.start), f"{indent}<!-- awesome-lint disable-next-line {listed} -->\n"
    end = span.start + len(text.rstrip())
    return Span(end, end), f" <!-- awesome-lint disable-line {listed} -->"


def _needs_own_line(document: Document, line: Span) -> bool:
    """Whether a comment at the end of *line* would change an anchor or stand in the midst of a tag."""
    return any(
        isinstance(block, Heading | HtmlBlock | CodeBlock)
        and block.span.start <= line.end
        and line.start <= block.span.end
        for block in document.blocks
    )

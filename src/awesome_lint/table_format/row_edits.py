"""What is to be changed so that all lines of a table have one form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awesome_lint.diagnostic import Edit
from awesome_lint.markdown import Row, Table
from awesome_lint.source import Source, Span
from awesome_lint.table_format.lines import Line, cut_line, line_end, opens, whole_rows
from awesome_lint.table_format.options import TableForm, TableStyle
from awesome_lint.table_format.own_form import TableLines, aligned_form, is_aligned, own_form, realigned
from awesome_lint.table_format.place import indentation, is_deep, is_lazy
from awesome_lint.table_format.row_form import RowForm, Spacing
from awesome_lint.table_format.writing import write_delimiter, write_row, write_table


def row_edits(source: Source, table: Table, form: TableForm, *, in_list: bool) -> Iterator[Edit]:
    """What writes the lines of *table* in *form*, one edit for each line that departs from it, in no order.

    Outside of lists all lines are indented like the header, unless that continues a paragraph and is indented so deeply
    that it would be code anywhere else.  A header that continues a paragraph outside of its container stays as it is.
    """
    stays_header = is_lazy(source, table, in_list=in_list)
    common = indentation(source, table.delimiter if stays_header else table.header)
    stays = in_list or is_deep(common)
    for row, text in _written(source, table, form):
        if row is table.header and stays_header:
            continue
        own = common if stays else indentation(source, row)
        before, end = ("", row.span.start) if own == common else (common, row.span.start - len(own))
        if text is not None:
            span = Span(end, line_end(source, row.span.end))
            if source[span] != before + text:
                yield Edit(span, before + text)
        elif own != common:
            yield Edit(Span(end, row.span.start), before)


def _written(source: Source, table: Table, form: TableForm) -> Iterator[tuple[Row, str | None]]:
    """Header, delimiter row and whole rows of *table*, each as it is to be written; None where it may stay as it is."""
    rows = [table.header, *whole_rows(source, table)]
    cut = [cut_line(source, row) for row in rows]
    columns = len(table.header.cells)
    lines = TableLines(
        cut[0] if len(cut[0].cells) == columns else None,
        cut_line(source, table.delimiter),
        tuple(line for line in cut if len(line.cells) == columns),
        table.alignments,
    )
    kept = _kept_form(lines, form) if lines.rows else None
    if kept is None:
        yield from _rewritten(source, table, rows, form)
        return
    realign = form.realign and kept.spacing is Spacing.ALIGNED
    if realign:
        kept = realigned(lines, kept)
    is_right = kept.fits_delimiter(lines.delimiter) and not realign
    yield table.delimiter, None if is_right else write_delimiter(lines.delimiter, kept, realign=realign)
    for row, line in zip(rows, cut, strict=True):
        fits = len(line.cells) != columns or kept.fits(line, is_header=row is table.header)
        yield row, None if fits else write_row(line, kept)


def _kept_form(lines: TableLines, form: TableForm) -> RowForm | None:
    """The form of its own that the table keeps; None where it is to be rewritten."""
    if form.style is TableStyle.PRESERVE:
        return own_form(lines)
    if form.style is TableStyle.ALIGNED and not form.realign:
        aligned = aligned_form(lines, RowForm())
        return aligned if is_aligned(lines, aligned, form.max_width) else None
    return None


def _rewritten(source: Source, table: Table, rows: Sequence[Row], form: TableForm) -> Iterator[tuple[Row, str | None]]:
    """The lines of *table* in the style of *form*.

    A table without outer pipes that holds lines which are left alone is left alone as a whole: beside rows with outer
    pipes they would look as if they had lost theirs.
    """
    if len(rows) <= len(table.rows) and not opens(table.header):
        return
    texts = [[source[cell.span] for cell in row.cells] for row in rows]
    header, delimiter, *others = write_table(texts, table.alignments, form)
    is_right = form.style is not TableStyle.ALIGNED and _is_compact(cut_line(source, table.delimiter))
    yield table.delimiter, None if is_right else delimiter
    yield from zip(rows, (header, *others), strict=True)


def _is_compact(line: Line) -> bool:
    """Whether *line* has outer pipes, and one space beside each text: delimiter rows may be of any length."""
    return line.opens and line.closes and set(line.sides) == {" "}

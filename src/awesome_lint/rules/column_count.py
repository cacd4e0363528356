"""A row has more cells or fewer than its table's header.

GitHub adds empty cells to the end of a short row and drops the extra cells of a long one.  The year ends up in the
wrong column, or a value disappears, and GitHub gives no hint of it.

The rule works out what happened by comparing the row with the intact rows: a link is cut off together with the `|`
after it, a `|` is missing, an empty cell in the middle was left out, a `|` in text or code is not escaped (GitHub
splits the cell there even within backticks), two rows share a line, or a row is broken across two lines.

Rows that only leave out their last cells, or have extra empty cells, look right on GitHub, so they are only a
warning; if most rows of a table do this, there is one warning for the whole table.  A row with nothing but a label in
bold or italics, `| _Surveys_ |`, divides the table and is fine.

GitHub reads a line of text right after a table as a row of it.  That is a warning as well.

## Wrong

```markdown
| Title | Data | Year |
| --- | --- | --- |
| AggNet | AMIDA | 2016 |
| DeepLung | 2018 |
| DeepEM | LIDC | 2018 |
| ChestNet | NIH | 2018 |
```

```markdown
| Command | Meaning |
| --- | --- |
| `cat` | print a file |
| `sort | uniq` | count what is there |
```

## Right

```markdown
| Title | Data | Year |
| --- | --- | --- |
| AggNet | AMIDA | 2016 |
| DeepLung |  | 2018 |
| DeepEM | LIDC | 2018 |
| ChestNet | NIH | 2018 |
```

```markdown
| Command | Meaning |
| --- | --- |
| `cat` | print a file |
| `sort \\| uniq` | count what is there |
```

## Fix

`--fix` restores the row if the intact rows leave no doubt about it; docs/repair.md explains how.  If one reading is
merely likely, `--unsafe-fixes` applies it; otherwise the report lists the likely ones.  No content of the row is ever
lost.

## Related rules

`truncated-link`, `detached-row`, `rejected-table`

## When to switch it off

Never for tables: GitHub displays a row with the wrong number of cells incorrectly.  If a file has text with pipes that
is not meant as a table, exclude that file or put a blank line before the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec.structs import replace

from awesome_lint.diagnostic import Applicability, Fix, Related, Severity, Shared, Violation
from awesome_lint.markdown import Row, Table
from awesome_lint.regex import regex
from awesome_lint.repair import Cause, Repair
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._fullwidth_pipes import fullwidth_pipe
from awesome_lint.rules._row_messages import about_row, column_name, counted, listed, missing, plural, shorten_name
from awesome_lint.semantic.conventions import is_convention
from awesome_lint.source import Span

_CONVENTION = {
    Cause.EXTRA_CELL: (2, 0.0),
    Cause.MISSING_TAIL: (5, 0.5),
    Cause.COMMENT: (1, 0.0),
    Cause.SURPLUS_COLUMN: (1, 0.0),
}
"""From this number and share of rows with the same fault on, a table gets one finding for all of them."""
_LABEL = regex(r"\|\s*(?P<marker>\*{1,3}|_{1,3})(?=\S)[^|\[\]*]+(?<=\S)(?P=marker)\s*\|\s*")
_TOGETHER = (Cause.COMMENT, Cause.SURPLUS_COLUMN)
_WHAT = {
    Cause.LOST_PIPE: "a `|` between two of them is missing",
    Cause.STRAY_PIPE: "a `|` in its text is not escaped",
    Cause.CODE_PIPE: "a `|` in its code is not escaped",
    Cause.JOINED: "two rows are on one line",
    Cause.EXTRA_CELL: "an extra cell holds no value",
}


def check(context: Context) -> Iterator[Violation]:
    """Yield the rows that do not have the cells of their header."""
    namer, source = _Namer(context), context.document.source
    for table in context.document.tables:
        columns = len(table.header.cells)
        usual: dict[Cause, list[tuple[Row, Repair | None]]] = defaultdict(list)
        is_shifted = False
        fullwidth = {
            row.span: found for row in table.rows if (found := fullwidth_pipe(table, row, namer.title, source))
        }
        yield from fullwidth.values()
        for row in (row for row in table.rows if not (_is_label(context, row) or row.span in fullwidth)):
            repair = context.repairs.get(row.span)
            if repair and repair.cause is Cause.WRAPPED:
                if row.span == repair.lines[0]:
                    yield _wrapped(row, repair, namer)
            elif len(row.cells) != columns or (repair and repair.cause not in (Cause.LOST_END, Cause.UNKNOWN)):
                cause = _harmless(row, columns, repair)
                if cause:
                    usual[cause].append((row, repair))
                else:
                    is_shifted |= len(row.cells) == columns and not _is_mended(repair)
                    yield _misfit(table, row, repair, namer)
        if is_shifted:
            # Without the empty cells that the others have too many, nothing would show that a row lacks one.
            usual[Cause.EXTRA_CELL] = [(row, _hesitant(repair)) for row, repair in usual[Cause.EXTRA_CELL]]
        for cause, rows in usual.items():
            least, share = _CONVENTION[cause]
            if is_convention(len(rows), len(table.rows), least=least, share=share):
                yield _usual_warning(table, cause, rows)
            else:
                yield from (_untidy(table, cause, row, repair, namer) for row, repair in rows)


def _is_mended(repair: Repair | None) -> bool:
    """Whether the row will be put back together along with the others."""
    return repair is not None and repair.fix is not None and repair.fix.applicability is Applicability.SAFE


class _Namer:
    """What entries are called, and how their rows are written."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def has_pipe(self, row: Row) -> bool:
        """Whether *row* is written as one."""
        return "|" in self._context.document.source[row.span]

    @cached_property
    def _titles(self) -> dict[Span, str]:
        return {entry.span: entry.title for entry in self._context.entries}

    def title(self, row: Row) -> str:
        """The title of the entry in *row*, or what its first cell with a text holds."""
        title = self._titles.get(row.span) or next((cell.text for cell in row.cells if cell.text.strip()), "")
        return shorten_name(title)


def _is_label(context: Context, row: Row) -> bool:
    """Whether *row* is a heading within its table, ``| _Surveys_ |``, and no part of a row that was broken off."""
    if len(row.cells) > 1 or not _LABEL.fullmatch(context.document.source[row.span]):
        return False
    repair = context.repairs.get(row.span)
    return repair is None or repair.cause is not Cause.WRAPPED


def _harmless(row: Row, columns: int, repair: Repair | None) -> Cause | None:
    """The cause if the row shows all its values where they belong, or has the same fault as the others."""
    if len(row.cells) == 1 < columns and not (repair and repair.cause is Cause.MISSING_CELL):
        return Cause.MISSING_TAIL  # a label, or the rest of something
    if repair and (repair.cause in _TOGETHER or repair.cause is Cause.MISSING_TAIL):
        return repair.cause
    if repair and repair.fix and repair.fix.applicability is Applicability.FORMAT:
        return repair.cause
    return None


def _misfit(table: Table, row: Row, repair: Repair | None, namer: _Namer) -> Violation:
    columns = len(table.header.cells)
    title = namer.title(row)
    happened, details = _happened(table, repair)
    what = counted(len(row.cells), columns)
    if len(row.cells) == columns:
        what = "has values in the wrong columns"
    advice, rows = _advice(repair, _general_advice(row, columns, repair))
    losses = repair.losses if repair else ()
    return Violation(
        row.span,
        about_row(title, f"{what}: {happened}" if happened else what),
        help=advice,
        rows=rows,
        note="; ".join(filter(None, (f"GitHub {_shown(table, row, repair)}", details, *losses))),
        entry=title,
        fix=repair.fix if repair else None,
        related=_places(repair),
        explained_by=_broken_link_of(row, repair),
    )


def _general_advice(row: Row, columns: int, repair: Repair | None) -> str:
    """What to do about a row of which it is not known what it was."""
    if repair and repair.columns:
        return "Move the row to that table, or remove the value that has no column here"
    if len(row.cells) > columns:
        return "Remove the value that has no column, move it into another cell, or add a column for it"
    return "Write one cell for each column, leaving it empty where there is no value"


def _happened(table: Table, repair: Repair | None) -> tuple[str, str]:
    """What happened to the row, in a few words, and what is too long for a message, if anything."""
    if repair and repair.columns:
        names = [f"“{shorten_name(name)}”" for name in repair.columns]
        return "they fit another table", f"the cells fit the table with the columns {listed(names, len(names))}"
    if not repair or (not repair.fix and repair.cause not in (Cause.SWALLOWED_PIPE, Cause.CODE_PIPE)):
        return "", ""
    if repair.cause is Cause.SWALLOWED_PIPE:
        return "a link is cut off, and the `|` after it is missing", ""
    if repair.cause in (Cause.MISSING_CELL, Cause.MISSING_TAIL):
        return missing([column_name(table, index) for index in repair.gaps])
    details = "GitHub splits cells at `|` even in code" if repair.cause is Cause.CODE_PIPE else ""
    return _WHAT.get(repair.cause, ""), details


def _shown(table: Table, row: Row, repair: Repair | None) -> str:
    """What GitHub makes of the row."""
    columns = len(table.header.cells)
    if len(row.cells) > columns:
        dropped = [shorten_name(cell.text) for cell in row.cells[columns:] if cell.text.strip()]
        return f"drops {listed([f'“{text}”' for text in dropped])}" if dropped else "drops the extra cells"
    names = [column_name(table, index) for index in range(len(row.cells), columns)]
    if not names:
        return "shows values in the wrong columns"
    shifted = repair and repair.fix and repair.cause is not Cause.MISSING_TAIL
    return ("shows values in the wrong columns and " if shifted else "") + f"leaves {listed(names)} empty"


def _wrapped(row: Row, repair: Repair, namer: _Namer) -> Violation:
    title = namer.title(row)
    advice, rows = _advice(repair, "Write each row on one line")
    return Violation(
        row.span,
        about_row(title, f"is broken across {len(repair.lines)} lines"),
        help=advice,
        rows=rows,
        note="GitHub reads each line as a row",
        entry=title,
        related=tuple(Related(span, "The rest of the row") for span in repair.lines[1:]),
        fix=repair.fix,
    )


def _untidy(table: Table, cause: Cause, row: Row, repair: Repair | None, namer: _Namer) -> Violation:
    """A warning about one row that shows its values where they belong."""
    if len(row.cells) == 1 and not namer.has_pipe(row):
        return _glued(row)
    columns = len(table.header.cells)
    title = namer.title(row)
    if cause is Cause.EXTRA_CELL:
        extra = len(row.cells) - columns
        what, details = f"has {extra} extra {plural('cell', range(extra))} without a value", ""
    else:
        happened, details = missing([column_name(table, index) for index in range(len(row.cells), columns)])
        what = f"{counted(len(row.cells), columns)}: {happened}"
    advice, rows = _advice(repair, _ONE_CELL_EACH)
    return Violation(
        row.span,
        about_row(title, what),
        help=advice,
        rows=rows,
        note=details[:1].upper() + details[1:],
        entry=title,
        severity=Severity.INFO,
        shared=Shared(cause, _USUAL[cause][0][1]),
        fix=repair.fix if repair else None,
    )


def _glued(row: Row) -> Violation:
    """A warning about a line of text or HTML that GitHub takes into the table above it."""
    return Violation(
        row.span,
        "This line has no `|`, but GitHub reads it as a row of the table above",
        help="Add a blank line before it, or join it to the row above if it belongs there",
        severity=Severity.WARNING,
    )


def _usual_warning(table: Table, cause: Cause, rows: Sequence[tuple[Row, Repair | None]]) -> Violation:
    """One warning for the *rows* of a table in which most are like that."""
    (one, many), advice = _USUAL[cause]
    (first, _), *others = rows
    return Violation(
        first.span,
        many.replace("rows", "rows of this table", 1).format(count=len(rows)) if others else one,
        help=advice,
        severity=Severity.ERROR if cause is Cause.SURPLUS_COLUMN else Severity.INFO,
        related=tuple(Related(row.span, "Here too", too=True) for row, _ in others),
        fix=_together([repair.fix for _, repair in rows if repair and repair.fix]),
        key=f"{cause}: {' | '.join(table.columns)}",
        shared=Shared(cause, many),
    )


_ONE_CELL_EACH = "Write one cell for each column"
_USUAL = {
    Cause.EXTRA_CELL: (
        ("This row has extra cells without a value", "{count} rows have extra cells without a value"),
        _ONE_CELL_EACH,
    ),
    Cause.MISSING_TAIL: (
        ("This row leaves out its last cells", "{count} rows leave out their last cells"),
        _ONE_CELL_EACH,
    ),
    Cause.COMMENT: (
        ("This row ends in a comment after its last cell", "{count} rows end in a comment after their last cell"),
        "Move the comment into the last cell of the row",
    ),
    Cause.SURPLUS_COLUMN: (
        (
            "This row has more cells than the header, and GitHub drops the last ones",
            "{count} rows have more cells than the header, and GitHub drops the last ones",
        ),
        "Add the missing column to the header and the delimiter row",
    ),
}


def _hesitant(repair: Repair | None) -> Repair | None:
    """*repair* with a fix that is applied only together with unsafe ones."""
    if not repair or not repair.fix:
        return repair
    return replace(repair, fix=replace(repair.fix, applicability=Applicability.UNSAFE))


def _together(fixes: Sequence[Fix]) -> Fix | None:
    if not fixes:
        return None
    edits = tuple(edit for fix in fixes for edit in fix.edits)
    return Fix("Give each row as many cells as the header", edits, fixes[0].applicability)


def _broken_link_of(row: Row, repair: Repair | None) -> Span | None:
    """The broken link that explains the row, as the rule about truncated links reports it."""
    if not repair or repair.cause is not Cause.SWALLOWED_PIPE:
        return None
    for cell in row.cells:
        for link in cell.content.broken_links:
            if any(link.span.start < culprit.end and culprit.start < link.span.end for culprit in repair.culprits):
                return link.span
    return None


def _places(repair: Repair | None) -> tuple[Related, ...]:
    if not repair or repair.cause not in (Cause.STRAY_PIPE, Cause.CODE_PIPE):
        return ()
    return tuple(Related(span, "This `|` splits the cell") for span in repair.culprits)


def _advice(repair: Repair | None, otherwise: str) -> tuple[str, tuple[str, ...]]:
    """What to do, and the rows that may have been meant."""
    if not repair:
        return otherwise, ()
    if repair.fix:
        is_likely = repair.fix.applicability is Applicability.UNSAFE
        return "Write what was probably meant" if is_likely else "Write the row as", (repair.row,)
    return ("Choose the row that was meant", repair.readings) if repair.readings else (otherwise, ())


RULE = Rule("column-count", Group.TABLE, check)

"""How messages refer to a row, its cells and its columns."""

from __future__ import annotations

from collections.abc import Sequence

from awesome_lint.markdown import Table
from awesome_lint.rules._messages import cut, fitted, literal

_LONGEST = 60
_LONGEST_REASON = 44
"""The most characters of what is wrong with a row, in a message that also names the row."""


def missing(names: Sequence[str]) -> tuple[str, str]:
    """That the cells under *names* are missing, and their names where they are too long for a message."""
    verb = "is" if len(names) == 1 else "are"
    named = f"{listed(names)} {verb} missing"
    if len(named) <= _LONGEST_REASON:
        return named, ""
    count = "a cell" if len(names) == 1 else f"{len(names)} cells"
    return f"{count} {verb} missing", f"missing: {listed(names)}"


def counted(cells: int, columns: int) -> str:
    """That a row has so many *cells* and its table another number of *columns*."""
    return f"has {cells} cell{'s' * (cells != 1)}, but the table has {columns} column{'s' * (columns != 1)}"


def about_row(title: str, clause: str) -> str:
    """The message that says *clause* of the row with *title*, which is cut where the message gets too long."""
    if not title:
        return f"This row {clause}"
    return fitted(f"The row “{{}}” {literal(clause)}", title)


def column_name(table: Table, index: int) -> str:
    """How to refer to the column of *table* at *index*, which starts at 0."""
    name = table.columns[index].strip()
    return f"“{shorten_name(name)}”" if name else f"column {index + 1}"


def shorten_name(text: str) -> str:
    """*text* in one line, and not too long for the name of something."""
    return cut(text, _LONGEST)


def plural(noun: str, things: Sequence[object] | range) -> str:
    """*noun* for so many *things*."""
    return noun if len(things) == 1 else noun + "s"


def listed(names: Sequence[str], most: int = 4) -> str:
    """*names* joined by commas and "and", the first three of them where there are more than *most*."""
    if len(names) > most:
        return f"{', '.join(names[:3])} and {len(names) - 3} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""

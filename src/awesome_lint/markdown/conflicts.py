"""Merge conflicts that git left in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from awesome_lint.regex import regex
from awesome_lint.source import Source, Span, Spans

_MARKER = regex(r"^(?:(?P<start><{7})|(?P<base>\|{7})|(?P<end>>{7}))(?: (?P<name>.*))?$|^={7}$", re.MULTILINE)


class Conflict(Struct, frozen=True):
    """The lines from ``<<<<<<< ours`` to ``>>>>>>> theirs``; spans end before the line ending.

    ``ours`` and ``theirs`` are the lines of the two sides, ``names`` what git calls the sides, such as a branch.
    """

    span: Span
    ours: Span
    theirs: Span
    names: tuple[str, str]


def find_conflicts(source: Source, code: Spans) -> Iterator[Conflict]:
    """Yield the conflicts of *source* whose markers are at the start of lines and not in *code*.

    The markers are those that ``git merge-file`` writes, also with the common ancestor between the two sides.
    """
    start: re.Match[str] | None = None
    ours_end = middle = 0
    for match in _MARKER.finditer(source.text):
        if match.start() in code:
            continue
        if match["start"]:
            start, ours_end, middle = match, 0, 0
        elif start and match["base"] and not middle:
            ours_end = ours_end or match.start()
        elif start and match["end"]:
            if middle:
                ours, theirs = Span(start.end() + 1, ours_end), Span(middle, match.start())
                names = ((start["name"] or "").strip(), (match["name"] or "").strip())
                yield Conflict(Span(start.start(), match.end()), ours, theirs, names)
            start = None
        elif start and not middle and match[0][0] == "=":
            ours_end, middle = ours_end or match.start(), match.end() + 1

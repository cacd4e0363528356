"""The numbers of a list as text with bars, and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from awesome_lint.report.inert import inert
from awesome_lint.report.json import dumps
from awesome_lint.report.style import Style
from awesome_lint.stats.counting import Statistics
from awesome_lint.stats.unread import SHAPES, describe_unread
from awesome_lint.text.width import display_width

_LONGEST_LABEL = 40
_SHORTEST_BAR, _LONGEST_BAR = 10, 40
_EIGHTHS = " ▏▎▍▌▋▊▉█"


def render_text(found: Sequence[Statistics], style: Style, most: int = 15) -> str:
    """Each document's numbers under its path; at most *most* lines a table, all of them if that is 0."""
    return "\n".join("".join(f"{line}\n" for line in _lines(each, style, most)) for each in found)


def render_json(found: Sequence[Statistics], *, as_list: bool) -> str:
    """The statistics as a JSON array, or the only ones as an object.

    ``{"path", "entries", "tables", "rows", "bullets", "shapes": {shape: entries}, "sections": [{"section":
    [headings], "entries"}], "years": [{"year", "entries"}], "hosts": [{"host", "links"}], "offers": {"code", "pdf",
    "dataset"}, "columns": [{"column", "cells", "empty"}], "unread": [{"kind", "count", "line"}]}``; the shapes are
    those of entries that are neither rows nor bullets, the kinds "rows", "paragraphs", "quotes", "details" and
    "html-rows".
    """
    data = [_as_data(each) for each in found]
    return dumps(data if as_list else data[0])


def _as_data(found: Statistics) -> dict[str, Any]:
    return {
        "path": found.path,
        "entries": found.entries,
        "tables": found.tables,
        "rows": found.rows,
        "bullets": found.bullets,
        "shapes": {shape.value: count for shape, count in found.shapes},
        "sections": [{"section": list(section), "entries": count} for section, count in found.sections],
        "years": [{"year": int(year), "entries": count} for year, count in found.years],
        "hosts": [{"host": host, "links": count} for host, count in found.hosts],
        "offers": dict(found.offers),
        "unread": [{"kind": each.kind, "count": each.count, "line": each.line} for each in found.unread],
        "columns": [{"column": gaps.column, "cells": gaps.cells, "empty": gaps.empty} for gaps in found.gaps],
    }


def _lines(found: Statistics, style: Style, most: int) -> Iterator[str]:
    yield style.paint(inert(found.path), "bold")
    counts = ((found.rows, "row"), (found.tables, "table"), (found.bullets, "bullet"))
    rows, tables, bullets = (f"{count:,} {noun}{'' if count == 1 else 's'}" for count, noun in counts)
    others = (f"{count:,} {SHAPES[shape][count != 1]}" for shape, count in found.shapes)
    kinds = ", ".join((f"{rows} in {tables}", bullets, *others))
    yield f"{found.entries:,} {'entry' if found.entries == 1 else 'entries'}: {kinds}"
    yield from _unread(found)
    yield from _chart("Entries per section", _labelled(found.sections), style, most)
    yield from _chart("Entries per year", list(found.years), style, 0)
    yield from _chart("Links per host", list(found.hosts), style, most)
    shares = [(f"with {offer}", count) for offer, count in found.offers if count]
    yield from _chart("Entries by what they link to", shares, style, 0, of=found.entries)
    empty = [(gaps.column or "(no name)", gaps.empty, gaps.cells) for gaps in found.gaps if gaps.empty]
    if empty:
        yield from ("", style.paint("Empty cells per column", "bold"))
        width = _label_width([name for name, _, _ in empty])
        for name, count, cells in _first(empty, most):
            yield _row(name, width, f"{count:,} of {cells:,}", count / cells, style)
        yield from _rest(len(empty), most)


def _unread(found: Statistics) -> Iterator[str]:
    """What is not counted, if anything: no list with entries should have none in silence."""
    for unread in found.unread:
        yield describe_unread(unread, "counted")
    if found.unread:
        yield "Entries are table rows, bullets, and whatever a section repeats in the same form at least three times"
    elif not found.entries:
        yield "Nothing here looks like an entry: a row of a table or an item of a list that names something"


def _labelled(sections: Sequence[tuple[tuple[str, ...], int]]) -> list[tuple[str, int]]:
    """Each section by its innermost heading, and the one around it where several have that."""
    names = Counter(section[-1:] for section, _ in sections)
    found = []
    for section, count in sections:
        label = section[-1] if section else "(no section)"
        is_alone = names[section[-1:]] == 1 or len(section) < 2
        found.append((label if is_alone else f"{label} ({section[-2]})", count))
    return found


def _chart(title: str, counts: list[tuple[str, int]], style: Style, most: int, of: int = 0) -> Iterator[str]:
    """A heading and a bar for each count, relative to the largest, or to *of* where that is given."""
    if not counts:
        return
    yield from ("", style.paint(title, "bold"))
    width = _label_width([label for label, _ in counts])
    whole = of or max(count for _, count in counts)
    for label, count in _first(counts, most):
        number = f"{count:,} ({count / of:.0%})" if of else f"{count:,}"
        yield _row(label, width, number, count / whole, style)
    yield from _rest(len(counts), most)


def _first(items: list[Any], most: int) -> list[Any]:
    return items[:most] if most else items


def _rest(count: int, most: int) -> Iterator[str]:
    if most and count > most:
        yield f"  … and {count - most:,} more"


def _label_width(labels: Sequence[str]) -> int:
    return min(_LONGEST_LABEL, max(display_width(inert(label)) for label in labels))


def _row(label: str, width: int, number: str, share: float, style: Style) -> str:
    text = _cut(inert(label), width)
    room = max(_SHORTEST_BAR, min(_LONGEST_BAR, style.width - width - 22))
    space = " " * (width - display_width(text))
    return f"  {text}{space}  {number:>14}  {style.paint(_bar(share, room), 'cyan')}".rstrip()


def _cut(text: str, width: int) -> str:
    """*text*, its end left out where it is wider than *width*."""
    if display_width(text) <= width:
        return text
    text = text[:width]
    while display_width(text) > width - 1:
        text = text[:-1]
    return f"{text}…"


def _bar(share: float, room: int) -> str:
    """A bar that is as much of *room* columns long as *share* says, in eighths of a column."""
    full, eighth = divmod(round(share * room * 8), 8)
    return "█" * full + _EIGHTHS[eighth].strip()

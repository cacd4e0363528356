"""Changes as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from awesome_lint.changes.comparing import Change, Comparison, Kind
from awesome_lint.report.inert import inert
from awesome_lint.report.style import Style
from awesome_lint.semantic.entries import Entry
from awesome_lint.semantic.matching import section_of

_LONGEST = 60
"""How much of a field is shown."""


def render_text(comparisons: Iterable[Comparison], style: Style) -> str:
    """A block for each list: what happened how often, then each change once, under what happened to the entry first."""
    return "\n".join("".join(f"{line}\n" for line in _lines(comparison, style)) for comparison in comparisons)


def summary(comparison: Comparison) -> str:
    """What happened how often: “2 added, 1 moved”; “no entry has changed” if there are no changes."""
    counts = [(comparison.count(kind), kind) for kind in Kind]
    parts = [f"{count} {kind}" for count, kind in counts if count]
    return ", ".join(parts) or "no entry has changed"


def _lines(comparison: Comparison, style: Style) -> Iterator[str]:
    yield f"{style.paint(inert(comparison.new.source.path), 'bold')}: {summary(comparison)}"
    for before, after in comparison.sections.items():
        yield f"  section “{inert(before)}” is now “{inert(after)}”"
    for kind, changes in comparison.by_kind():
        yield ""
        yield style.paint(kind.phrase, "bold")
        yield from (f"  {_line(change)}" for change in changes)


def _line(change: Change) -> str:
    entry = change.entry
    if change.before is None:
        where = f" ({_place(entry)})" if entry.section else ""
        return inert(f"{entry.title}{where}" + (f": {entry.url}" if entry.url else ""))
    return inert(f"{entry.title}: {'; '.join(_facts(change, change.before, entry))}")


def _facts(change: Change, before: Entry, after: Entry) -> Iterator[str]:
    if Kind.MOVED in change.kinds:
        yield f"from {_place(before) or 'no section'} to {_place(after) or 'no section'}"
    if Kind.RENAMED in change.kinds:
        yield f"was “{before.title}”"
    if Kind.READDRESSED in change.kinds:
        yield f"{before.url or 'no address'} -> {after.url or 'no address'}"
    for field in change.fields:
        same = field.before == field.after
        yield f"{field.name}: other links" if same else f"{field.name}: {_short(field.before)} -> {_short(field.after)}"


def _place(entry: Entry) -> str:
    """The headings above *entry*, without the list's title."""
    section = section_of(entry)
    return " > ".join(section[1:] or section)


def _short(text: str) -> str:
    shown = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return f"“{shown}”" if shown else "empty"

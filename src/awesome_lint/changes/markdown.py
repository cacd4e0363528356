"""Changes as Markdown: release notes, with each new entry as written in the list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from awesome_lint.changes.comparing import Change, Comparison, Kind, by_section
from awesome_lint.markdown import Document, Row, Table
from awesome_lint.report.inert_markdown import clickable, plain
from awesome_lint.semantic.matching import section_of


def render_markdown(comparisons: Iterable[Comparison]) -> str:
    """Under a heading for what happened, and one per section: added entries in their own lines, others by name."""
    blocks = [block for comparison in comparisons for block in _blocks(comparison)]
    return "\n\n".join(blocks) + "\n" if blocks else "No entry has changed.\n"


def _blocks(comparison: Comparison) -> Iterator[str]:
    for kind, changes in comparison.by_kind():
        yield f"## {kind.phrase}"
        for section, members in by_section(changes).items():
            if section:
                yield f"### {plain(section[-1])}"
            if kind is Kind.ADDED:
                yield from _as_written(members, comparison.new)
            else:
                yield "\n".join(f"- {_sentence(change)}" for change in members)


def _as_written(changes: Sequence[Change], document: Document) -> Iterator[str]:
    """The entries in their own lines: rows under the header of their table, bullets one after the other."""
    for _, group in groupby(changes, key=lambda change: change.entry.container.span):
        members = list(group)
        table = members[0].entry.container
        lines = [_own_lines(change, document) for change in members]
        if isinstance(table, Table):
            header = (table.header, table.delimiter)
            lines = [*(document.source[row.span] for row in header), *lines]
        yield "\n".join(lines)


def _own_lines(change: Change, document: Document) -> str:
    """The lines of an entry, moved to the left margin; those that continue a bullet keep their place below it."""
    entry = change.entry
    lines = document.source[entry.span].split("\n")
    if isinstance(entry.origin, Row):
        return lines[0]
    column = document.source.position(entry.span.start).column - 1
    return "\n".join([lines[0], *(line[min(column, len(line) - len(line.lstrip())) :] for line in lines[1:])])


def _sentence(change: Change) -> str:
    before, after = change.before, change.entry
    name = plain(after.title)
    if before is None:
        return name
    facts = []
    if Kind.MOVED in change.kinds:
        facts.append(f"from {plain(_last(section_of(before)))} to {plain(_last(section_of(after)))}")
    if Kind.RENAMED in change.kinds:
        facts.append(f"was “{plain(before.title)}”")
    if Kind.READDRESSED in change.kinds:
        facts.append(f"now at {clickable(after.url)}" if after.url else "has lost its address")
    if change.fields:
        facts.append(f"new {', '.join(plain(field.name) for field in change.fields)}")
    return f"{name}: {'; '.join(facts)}"


def _last(section: Sequence[str]) -> str:
    return section[-1] if section else "no section"

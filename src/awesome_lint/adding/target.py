"""The table or list that an entry is added to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from awesome_lint.adding.addition import AddError, Addition
from awesome_lint.markdown import Heading, List, Table
from awesome_lint.semantic.entries import Entry
from awesome_lint.semantic.model import ListModel
from awesome_lint.semantic.passages import Passages
from awesome_lint.source import Span
from awesome_lint.text.nearest import nearest

_MOST_NAMED = 20


class Target(Struct, frozen=True):
    """A table or list, and its entries in source order."""

    container: Table | List
    entries: Sequence[Entry]


def find_target(model: ListModel, addition: Addition) -> Target:
    """The table or list of the section of *addition*; raises `AddError` where there is none, or more than one fits."""
    found = list(_targets(model.entries))
    if addition.section is not None:
        found = _in_section(found, addition.section, model.document.headings)
    if addition.values and any(isinstance(each.container, Table) for each in found):
        found = [each for each in found if isinstance(each.container, Table)]
    if not found:
        raise AddError("there is no table or list of entries to add to")
    outermost = min(each.container.depth if isinstance(each.container, List) else 0 for each in found)
    found = [each for each in found if not isinstance(each.container, List) or each.container.depth == outermost]
    if len(found) > 1 and addition.section is None:
        raise AddError(f"name the section with --section: {listed(_names(found))}")
    # A section with several lists has one for the entries, and short ones beside it.
    return max(found, key=lambda each: len(each.entries))


def sections_of(model: ListModel) -> list[str]:
    """The headings right above tables and lists of entries, each once, in the order of the document."""
    return _names(_targets(model.entries))


def listed(names: Sequence[str]) -> str:
    """*names* in one line, shortened if there are many."""
    return ", ".join(names[:_MOST_NAMED]) + (", …" if len(names) > _MOST_NAMED else "")


def _targets(entries: Iterable[Entry]) -> Iterable[Target]:
    grouped: dict[Span, list[Entry]] = {}
    for entry in entries:
        if not entry.is_prose and entry.container.span.contains(entry.span):
            grouped.setdefault(entry.container.span, []).append(entry)
    for members in grouped.values():
        container = members[0].container
        if not isinstance(container, Passages):
            yield Target(container, members)


def _in_section(targets: Sequence[Target], name: str, headings: Iterable[Heading]) -> list[Target]:
    """Those of *targets* right below the heading called *name*, or else in its subsections."""
    wanted = _folded(name)
    anchor = name.removeprefix("#")
    here = [heading for heading in headings if _folded(heading.text) == wanted or heading.anchor == anchor]
    if not here:
        names = [heading.text.strip() for heading in headings]
        near = nearest(name, names)
        raise AddError(f"there is no section {name!r}" + (f"; did you mean {near!r}?" if near else ""))
    if len(here) > 1:
        anchors = ", ".join(f"#{heading.anchor}" for heading in here)
        raise AddError(f"{len(here)} sections are called {name!r}; name one by its anchor: {anchors}")
    span = here[0].span
    direct = [each for each in targets if each.entries[0].section and each.entries[0].section[-1].span == span]
    below = [each for each in targets if any(heading.span == span for heading in each.entries[0].section)]
    if not direct and len(below) > 1:
        raise AddError(f"the section {name!r} has several tables or lists; name one of: {listed(_names(below))}")
    if not below:
        raise AddError(f"the section {name!r} has no entries to write this one like")
    return direct or below


def _names(targets: Iterable[Target]) -> list[str]:
    sections = (each.entries[0].section for each in targets)
    return list(dict.fromkeys(section[-1].text.strip() for section in sections if section))


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()

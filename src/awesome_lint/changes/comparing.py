"""Which entries of a list were added, removed, moved, renamed, readdressed or changed between two versions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from awesome_lint.markdown import Document, Inline, Table
from awesome_lint.semantic.entries import Entry
from awesome_lint.semantic.matching import Matching, match_entries, section_of, texts_of
from awesome_lint.semantic.model import ListModel


class Kind(StrEnum):
    """What has happened to an entry."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RENAMED = "renamed"
    READDRESSED = "readdressed"
    CHANGED = "changed"

    @property
    def phrase(self) -> str:
        """What a heading over such changes says."""
        return "New address" if self is Kind.READDRESSED else self.value.capitalize()


class FieldChange(Struct, frozen=True):
    """A column, or a bullet's description, that says something else: what a reader saw, and what one sees now."""

    name: str
    before: str
    after: str


class Change(Struct, frozen=True):
    """All that has happened to one entry.

    ``entry`` is the entry as it is now, or as it was before it was removed.  ``before`` is what it was, None if it
    was added or removed.  ``fields`` are the columns whose content has changed.
    """

    kinds: tuple[Kind, ...]
    entry: Entry
    before: Entry | None = None
    fields: tuple[FieldChange, ...] = ()

    @property
    def is_removed(self) -> bool:
        """Whether the entry is no longer there."""
        return Kind.REMOVED in self.kinds


class Comparison(Struct, frozen=True):
    """What has changed between two versions of one list.

    ``changes`` are in the order of the new version, the removed entries after them.  ``sections`` are the headings
    that were reworded, old to new: their entries have not moved.
    """

    old: Document
    new: Document
    changes: tuple[Change, ...]
    sections: Mapping[str, str]

    def count(self, kind: Kind) -> int:
        """The number of entries to which this has happened."""
        return sum(kind in change.kinds for change in self.changes)

    def by_kind(self) -> Iterator[tuple[Kind, list[Change]]]:
        """Each kind that occurs, with its changes; a change with several kinds comes under the first of them."""
        for kind in Kind:
            if changes := [change for change in self.changes if change.kinds[0] is kind]:
                yield kind, changes


def compare(old: Document, new: Document) -> Comparison:
    """Compare the entries of two versions of a list, whatever their formatting."""
    matching = match_entries(ListModel(old).entries, ListModel(new).entries)
    reworded = _reworded(old, new, matching)
    found = [_change(before, after, reworded) for before, after in matching.pairs]
    changes = [change for change in found if change]
    changes += (Change((Kind.ADDED,), entry) for entry in matching.added)
    changes.sort(key=lambda change: change.entry.span)
    changes += (Change((Kind.REMOVED,), entry) for entry in matching.removed)
    names = {before[-1]: after[-1] for before, after in reworded.items() if before[-1] != after[-1]}
    return Comparison(old, new, tuple(changes), names)


def _reworded(old: Document, new: Document, matching: Matching[Entry]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """The sections that were renamed: *new* lacks them, and most of their entries are in one that *old* lacks."""
    before, after = _sections(old), _sections(new)
    votes: defaultdict[tuple[str, ...], Counter[tuple[str, ...]]] = defaultdict(Counter)
    for one, other in matching.pairs:
        votes[section_of(one)][section_of(other)] += 1
    found = {}
    for section, counts in votes.items():
        target, number = counts.most_common(1)[0]
        if section not in after and target not in before and 2 * number > counts.total() and section and target:
            found[section] = target
    return found


def _sections(document: Document) -> frozenset[tuple[str, ...]]:
    """All sections of *document*, each with the headings above it."""
    spans = (heading.content.span.end for heading in document.headings)
    paths = (document.section_at(end) for end in spans)
    return frozenset(map(texts_of, paths))


def _change(before: Entry, after: Entry, reworded: Mapping[tuple[str, ...], tuple[str, ...]]) -> Change | None:
    """What has happened to an entry that is in both versions; None if nothing has."""
    kinds = []
    section = section_of(before)
    if reworded.get(section, section) != section_of(after):
        kinds.append(Kind.MOVED)
    if before.title.split() != after.title.split():
        kinds.append(Kind.RENAMED)
    if before.url.strip() != after.url.strip():
        kinds.append(Kind.READDRESSED)
    fields = _changed_fields(before, after)
    if fields:
        kinds.append(Kind.CHANGED)
    return Change(tuple(kinds), after, before, fields) if kinds else None


def _changed_fields(before: Entry, after: Entry) -> tuple[FieldChange, ...]:
    """The fields that both have and whose text or links differ."""
    old, new = _fields(before), _fields(after)
    return tuple(
        FieldChange(name, old[name].text, value.text)
        for name, value in new.items()
        if name in old and old[name] != value
    )


class _Value(Struct, frozen=True):
    """What a reader sees in a field, and the addresses of its links except the entry's own."""

    text: str
    urls: tuple[str, ...]


def _fields(entry: Entry) -> dict[str, _Value]:
    """The fields of *entry* by their names; its own name and address are not among them."""
    if isinstance(entry.container, Table):
        return {name: _value(cell.content, entry, cell.text) for name, cell in entry.fields.items()}
    content = entry.content
    return {"description": _value(content, entry, entry.description)}


def _value(content: Inline | None, entry: Entry, text: str) -> _Value:
    if content is not None and content.span == entry.place:
        text = text.replace(entry.title, "", 1)
    links = content.links if content else ()
    own = entry.link.span if entry.link else None
    return _Value(" ".join(text.split()), tuple(link.url for link in links if link.span != own))


def by_section(changes: Iterable[Change]) -> dict[tuple[str, ...], list[Change]]:
    """*changes* by the section in which their entries are, in the order in which the sections come."""
    groups: dict[tuple[str, ...], list[Change]] = {}
    for change in changes:
        groups.setdefault(section_of(change.entry), []).append(change)
    return groups

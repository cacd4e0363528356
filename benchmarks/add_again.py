"""How often ``awesome-lint add`` puts an entry back as it was, after it was taken out of a real list.

    python benchmarks/add_again.py FOLDER [--count 200] [--files 10] [--seed 1] [--show N]

Entries with lines of their own are drawn from the READMEs in FOLDER, taken out, and added again from their fields: the
cells of a row, or the name, address and description of a bullet.  Printed is how many come back with the same bytes on
the same line by themselves, how many do when they are told after which entry to go, what became of the others, and how
many are refused as long as they are in the list.  No field tells the place of an entry whose table or list is in no
order, so the share is also printed over those that are in one.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from pathlib import Path

from msgspec.structs import replace

from awesome_lint.adding.add import add
from awesome_lint.adding.addition import AddError, Addition, DuplicateError
from awesome_lint.adding.bullets import separator_of
from awesome_lint.adding.place import index_in_order
from awesome_lint.markdown import ListItem, Row, Table, parse
from awesome_lint.semantic.entries import Entry
from awesome_lint.semantic.matching import address_key
from awesome_lint.semantic.model import ListModel
from awesome_lint.source import Source, Span


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--count", type=int, default=200, metavar="N")
    options.add_argument("--files", type=int, default=10, metavar="N")
    options.add_argument("--seed", type=int, default=1, metavar="N")
    options.add_argument("--show", type=int, default=0, metavar="N", help="print so many that did not come back")
    given = options.parse_args()
    chance = random.Random(given.seed)
    lists = [path for path in sorted(given.folder.glob("*.md")) if len(_removable(_source(path))) >= given.count / 10]
    results: Counter[str] = Counter()
    ordered: Counter[str] = Counter()
    refused = 0
    shown = 0
    for path in chance.sample(lists, min(given.files, len(lists))):
        source = _source(path)
        for entry in chance.sample(_removable(source), given.count // given.files):
            refused += _is_refused(source, entry)
            result, text = _again(source, entry, None)
            if result == "another place" and (last := _entry_before(source, entry)):
                result, text = _again(source, entry, last)
                result = "same, told where" if result == "same" else result
            results[result] += 1
            if _is_in_order(source, entry):
                ordered[result] += 1
            if not result.startswith("same") and shown < given.show:
                shown += 1
                line = source.position(entry.span.start).line
                print(f"{path.name}:{line}: {result}\n  {source[source.line_span(line)]}\n  {text}")
    total = results.total()
    told = results["same"] + results["same, told where"]
    print(f"seed {given.seed}: {total} entries, {refused} of them refused before they were taken out")
    print(f"come back by themselves: {results['same'] / total:.3f}; told where: {told / total:.3f}")
    if ordered:
        share = ordered["same"] / ordered.total()
        print(f"of {ordered.total()} in a table or list that is in an order: {share:.3f} by themselves")
    for result, count in results.most_common():
        print(f"  {count:4} {result}")
    return 0


def _source(path: Path) -> Source:
    return Source(path.read_text(encoding="utf-8"), path.name)


def _removable(source: Source) -> list[Entry]:
    """The entries with a line and an address of their own, whose table or list has others."""
    document = parse(source)
    entries = ListModel(document).entries
    addresses = Counter(address_key(entry.url) for entry in entries)
    sizes = Counter(entry.container.span for entry in entries)
    return [
        entry
        for entry in entries
        if entry.link
        and addresses[address_key(entry.url)] == 1
        and sizes[entry.container.span] > 3
        and not entry.is_prose
        and entry.section
        and "\n" not in source[entry.span].strip()
        and (isinstance(entry.origin, ListItem) or _is_whole(entry))
    ]


def _is_whole(entry: Entry) -> bool:
    table, row = entry.container, entry.origin
    return isinstance(table, Table) and isinstance(row, Row) and len(row.cells) == len(table.header.cells)


def _addition(source: Source, entry: Entry) -> Addition:
    section = f"#{entry.section[-1].anchor}"
    if isinstance(entry.container, Table) and isinstance(entry.origin, Row):
        cells = [source[cell.span] for cell in entry.origin.cells]
        return Addition(section=section, values=dict(zip(entry.container.columns, cells, strict=True)))
    assert entry.link
    assert isinstance(entry.origin, ListItem)
    assert entry.origin.content
    rest = source[Span(entry.link.span.end, entry.origin.content.span.end)]
    description = rest.removeprefix(separator_of(rest))
    return Addition(section=section, name=source[entry.link.text_span], url=entry.link.url, description=description)


def _is_refused(source: Source, entry: Entry) -> bool:
    try:
        add(source, _addition(source, entry))
    except DuplicateError:
        return True
    except AddError:
        return False
    return False


def _entry_before(source: Source, entry: Entry) -> str | None:
    """The name of the entry before *entry* in its table or list, None for the first."""
    entries = [each for each in ListModel(parse(source)).entries if each.container.span == entry.container.span]
    index = [each.span for each in entries].index(entry.span)
    return entries[index - 1].title if index else None


def _is_in_order(source: Source, entry: Entry) -> bool:
    """Whether the other entries of the table or list of *entry* are in an order that tells its place."""
    others = [
        each
        for each in ListModel(parse(source)).entries
        if each.container.span == entry.container.span and each.span != entry.span
    ]
    cells = entry.origin.cells if isinstance(entry.origin, Row) else ()
    return index_in_order(others, entry.title, cells) is not None


def _again(source: Source, entry: Entry, last: str | None) -> tuple[str, str]:
    """What becomes of *entry* once it was taken out, and the line that is written or the reason why none is."""
    line = source.position(entry.span.start).line
    span = source.line_span(line)
    after = source.line_span(line + 1) if line < len(source.line_starts) else None
    before = source.line_span(line - 1)
    is_loose = isinstance(entry.origin, ListItem) and after and not source[after].strip() and not source[before].strip()
    end = (after.end if is_loose and after else span.end) + 1
    without = source.replace([(Span(span.start, min(end, len(source.text))), "")])
    try:
        added = add(without, replace(_addition(source, entry), after=last))
    except AddError as error:
        return f"not added: {str(error).partition(' (')[0].partition(';')[0]}", str(error)
    if added.source.raw == source.raw:
        return "same", added.written
    if added.written == source[span]:
        return "another place", f"line {added.line}"
    return "other text", added.written


if __name__ == "__main__":
    sys.exit(main())

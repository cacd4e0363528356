"""The proof that a patch has done no harm; without it nothing is written.

With *before* and *after* the two documents, `prove` shows:

1.  **Outside the edits nothing changed**, line endings included.
2.  **No text is lost.**  What an edit replaces is still there, in its order or word by word, and what GitHub showed
    it still shows: text must not slip into a cell that the header does not have, into a comment or a definition, or
    become the mark of a list item or a footnote, unless an edit puts the space there that makes a marker one.  White
    space, quotes, brackets, pipes and backslashes do not count as text.  Two things may go: a link's destination, where
    an edit replaces just that by another one, and a link is there afterwards; and text within a line that an edit says
    it replaces (`Edit.replaces`), as when a misspelt value is put right.
3.  **What no edit touches reads as before.**  Each row has the same cells, each heading its text, each link its
    destination; and a link that is touched outside of its destination leads where it led, be it within a longer one.
4.  **A patch of `format` fixes changes nothing but white space, pipes, and the dashes of delimiter rows**, and both
    documents read the same: blocks, lists, quotes, rows, alignments, visible texts, links, tags and comments, in order.

Closing the brackets around a bare address in running text makes it a destination: it only has to stand within a link.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import compress

from awesome_lint.diagnostic import Edit
from awesome_lint.fixing.patch import Patch
from awesome_lint.fixing.reading import reading
from awesome_lint.markdown import (
    Block,
    CodeBlock,
    Document,
    Heading,
    HtmlBlock,
    Link,
    LinkKind,
    Paragraph,
    RejectedTable,
    Table,
    ThematicBreak,
)
from awesome_lint.regex import regex
from awesome_lint.source import Source, Span

_MARKS = regex(r"""[\s|\\<>\[\]()"'“”‘’（）【】｜]+""")
"""What fixes may take away: marks without which every word is still there."""
_MARKER = regex(r"[-*+]|[0-9]{1,9}[.)]")
"""What is a list item's marker once an edit has put a space after it; the hashes of a heading likewise are no text."""
_LAYOUT = regex(r"(?m)^[ \t]*(?:>[ \t]*)+$|[\s|]+")
"""What tidying may change: white space, pipes, and lines that hold nothing but a quote's markers."""


_REFERENCE = regex(r"&(?:[A-Za-z][A-Za-z0-9]*|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
"""A character reference, of which GitHub shows the character, but not in code."""
_LITERAL = (CodeBlock, HtmlBlock)
"""What GitHub links no bare address in."""


class UnprovedError(Exception):
    """A patch that is not proved to do no harm; the text says what it would do, as in "it would …"."""


def prove(before: Document, after: Document, patch: Patch) -> None:
    """Return where *patch*, which makes *after* of *before*, provably does no harm; else raise `UnprovedError`."""
    _prove_rest_is_untouched(before.source, after.source, patch)
    if patch.is_format:
        _prove_only_layout_changed(before, after, patch)
    else:
        _prove_nothing_is_lost(before, after, patch)
        _prove_untouched_reads_as_before(before, after, patch)


def _prove_rest_is_untouched(before: Source, after: Source, patch: Patch) -> None:
    old_ends, new_ends = _line_endings(before), _line_endings(after)
    for old, new in patch.kept(len(before.text)):
        first, other = before.position(old.start).line - 1, after.position(new.start).line - 1
        count = before.position(old.end).line - 1 - first
        same_ends = old_ends[first : first + count] == new_ends[other : other + count]
        if before[old] != after[new] or not same_ends:
            raise UnprovedError(f"change text in line {first + 1} that it does not name")
    if len(after.text) != len(before.text) + sum(len(edit.text) - len(before[edit.span]) for edit in patch.edits):
        raise UnprovedError("change text that it does not name")


def _line_endings(source: Source) -> list[str]:
    return re.findall(r"\r\n?|\n", source.raw)


class _Masks:
    """Which characters of a document count as text, show, are in a table, and are no markup, for `compress`.

    Those of a table count that GitHub rejects, too.  *before* an edit a line without any pipe counts for no row: it may
    be text that was glued to a table.  And only code counts for no markup: text may be a tag that is cut off.
    """

    def __init__(self, document: Document, *, before: bool = False) -> None:
        self.text = document.source.text
        self.held = bytearray(b"\1") * len(self.text)
        tables = [block for block in document.blocks if isinstance(block, Table | RejectedTable)]
        _mark(self.held, (table.delimiter.span for table in tables), 0)
        self.shown = bytearray(len(self.text))
        _mark(self.shown, (span for block in document.blocks for span in _shown(block)), 1)
        _mark(self.shown, document.comments, 0)
        _mark(self.shown, document.instructions, 0)
        _mark(self.shown, document.footnote_references, 0)
        self.tabled = bytearray(len(self.text))
        for table in tables:
            _mark(self.tabled, (row.span for row in (table.header, *table.rows) if row.pipes or not before), 1)
        code = (*document.code_spans, *(block.span for block in document.blocks if isinstance(block, CodeBlock)))
        self.plain = bytearray((not before,)) * len(self.text)
        if not before:
            _mark(self.plain, (tag.span for tag in document.inline_tags), 0)
            _mark(self.plain, (Span(*match.span()) for match in _REFERENCE.finditer(self.text)), 0)
        _mark(self.plain, code, 1)

    def all(self) -> Iterator[tuple[str, bytearray]]:
        """Each mask, and what it means that a character is no longer in it."""
        yield "lose", self.held
        yield "hide", self.shown
        yield "move out of its table", self.tabled
        yield "make markup of", self.plain


def _shown(block: Block) -> Iterator[Span]:
    """Where *block* holds what GitHub shows, and no marks of containers, headings or tables."""
    if isinstance(block, Heading | Paragraph):
        yield block.content.span
    elif isinstance(block, RejectedTable):
        yield from (row.span for row in (block.header, *block.rows))
    elif isinstance(block, Table):
        yield block.header.span
        for row in block.rows:
            hidden = row.cells[len(block.header.cells) :]
            yield Span(row.span.start, hidden[0].span.start if hidden else row.span.end)
    elif not isinstance(block, ThematicBreak):
        yield block.span


def _mark(mask: bytearray, spans: Iterable[Span], value: int) -> None:
    for start, end in spans:
        mask[start:end] = bytes((value,)) * (end - start)


def _masked(text: str, mask: bytearray, spans: Iterable[Span]) -> str:
    return "\n".join("".join(compress(text[start:end], mask[start:end])) for start, end in spans)


def _prove_nothing_is_lost(before: Document, after: Document, patch: Patch) -> None:
    old, new = _Masks(before, before=True), _Masks(after)
    places = dict(zip(patch.edits, patch.placed, strict=True))
    exempt = set(_replacements(before, after, places))
    for proposal in patch.proposals:
        edits = [edit for edit in proposal.fix.edits if edit not in exempt]
        for (verb, mask), (_, other) in zip(old.all(), new.all(), strict=True):
            was = _masked(old.text, mask, (edit.span for edit in edits))
            if not _keeps(was, _masked(new.text, other, (places[edit] for edit in edits))):
                raise UnprovedError(f"{verb} the text {_quote(was)}")
    for span, place in patch.kept(len(old.text)):
        for (verb, mask), (_, other) in zip(old.all(), new.all(), strict=True):
            if mask[slice(*span)] == other[slice(*place)]:
                continue
            gone = map(int.__gt__, mask[slice(*span)], other[slice(*place)])
            lost = _MARKS.sub("", "".join(compress(old.text[slice(*span)], gone)))
            is_spaced = new.text[place.end : place.end + 1].isspace()
            if lost.strip("#") and not (is_spaced and _MARKER.fullmatch(lost) and old.text.endswith(lost, *span)):
                raise UnprovedError(f"{verb} text outside its edits")


def _replacements(before: Document, after: Document, places: Mapping[Edit, Span]) -> Iterator[Edit]:
    """The edits that may take text away: they say so, or put one destination of a link in place of another."""
    destinations = _destinations(before).union(link.destination_span for link in before.broken_links)
    links = sorted(_destinations(after))
    for edit, place in places.items():
        if edit.replaces is not None:
            _prove_replacement(edit, before.source)
            yield edit
        elif edit.span in destinations and edit.text.strip() and _holds_one(place, links):
            yield edit


def _prove_replacement(edit: Edit, source: Source) -> None:
    """Show that *edit* takes away what it says and nothing else, and leaves rows and cells as they are."""
    if edit.replaces != source[edit.span]:
        raise UnprovedError(f"replace {_quote(source[edit.span])}, which is not what it expects")
    if re.search(r"[|\n]", edit.replaces + edit.text):
        raise UnprovedError(f"move cells around {_quote(edit.replaces)}")


def _destinations(document: Document) -> set[Span]:
    """The places of the destinations of all links and definitions."""
    found = {definition.destination_span for definition in document.definitions if definition.url}
    return found.union(link.destination_span for link in document.links if link.url)


def _holds_one(place: Span, spans: Sequence[Span]) -> bool:
    index = bisect_left(spans, Span(place.start, place.start))
    return index < len(spans) and place.contains(spans[index])


def _keeps(old: str, new: str) -> bool:
    """Whether *new* holds all characters of *old* in their order, or all its words."""
    wanted, rest = _MARKS.sub("", old), iter(_MARKS.sub("", new))
    if all(character in rest for character in wanted):
        return True
    return _words(old) <= _words(new)


def _words(text: str) -> Counter[str]:
    return Counter(filter(None, _MARKS.split(text)))


def _prove_untouched_reads_as_before(before: Document, after: Document, patch: Patch) -> None:
    texts = {span.start: text for span, text in _texts(after)}
    for span, text in _texts(before):
        if not patch.touching(span) and texts.get(patch.moved(span.start)) != text:
            raise UnprovedError(f"change how line {before.source.position(span.start).line} reads")
    links = {(link.span.start, link.image): link for link in _written_links(after)}
    longer = _Destinations(links.values())
    redefined = {each.url for each in before.definitions if patch.touching(each.destination_span)}
    inside: list[tuple[int, str]] = []
    for link in _written_links(before):
        start = link.span.start
        if any(edit.span.start <= start < edit.span.end for edit in patch.touching(link.span)):
            inside.append((start, link.url))
            continue
        there = links.get((patch.moved(start), link.image))
        may_change = patch.touching(link.destination_span) or (
            link.kind is LinkKind.REFERENCE and link.url in redefined
        )
        is_there = there is not None and (there.url == link.url or may_change)
        if not is_there and not longer.hold(link, patch.moved(start)):
            raise UnprovedError(f"lose the link to {_quote(link.url)}")
    _prove_addresses_are_links(before, after, patch)
    there_now = sorted((link.destination_span.start, link.url) for link in links.values())
    _prove_rewritten_links_are_there(inside, there_now, patch)


def _prove_addresses_are_links(before: Document, after: Document, patch: Patch) -> None:
    """Show that each bare address that no edit takes is still a link, is in one, or could be one.

    GitHub links no URL after an open bracket, and to repair a link can show that one before it has been open all along.
    """
    linked = bytearray(len(after.source.text))
    _mark(linked, (span for block in after.blocks if not isinstance(block, _LITERAL) for span in _shown(block)), 1)
    _mark(linked, after.code_spans, 0)
    _mark(linked, (link.span for link in after.links), 1)
    for link in before.links:
        start = link.span.start
        is_taken = any(edit.span.start <= start < edit.span.end for edit in patch.touching(link.span))
        if link.kind is LinkKind.BARE and not is_taken and not linked[patch.moved(start)]:
            raise UnprovedError(f"lose the link to {_quote(link.url)}")


class _Destinations:
    """The places of *links* by where they lead; two that lead to the same do not lie within one another."""

    def __init__(self, links: Iterable[Link]) -> None:
        self._places: defaultdict[tuple[bool, str], list[Span]] = defaultdict(list)
        for link in sorted(links, key=lambda link: link.span):
            self._places[link.image, link.url].append(link.span)

    def hold(self, link: Link, place: int) -> bool:
        """Whether what *link* was, now at *place*, is within a link that leads where it led."""
        places = self._places[link.image, link.url]
        index = bisect_left(places, Span(place, place)) - 1
        return index >= 0 and place < places[index].end


def _prove_rewritten_links_are_there(
    old: Sequence[tuple[int, str]], new: Sequence[tuple[int, str]], patch: Patch
) -> None:
    """Show that a fix that takes whole links writes their destinations again; *old* and *new* are (place, URL)."""
    if not old:
        return
    places = dict(zip(patch.edits, patch.placed, strict=True))
    for proposal in patch.proposals:
        lost: Counter[str] = Counter()
        for edit in proposal.fix.edits:
            lost.update(_urls_in(old, edit.span))
            lost.subtract(_urls_in(new, places[edit]))
        if +lost:
            raise UnprovedError(f"lose the link to {_quote(min(+lost))}")


def _urls_in(links: Sequence[tuple[int, str]], span: Span) -> Counter[str]:
    first, end = bisect_left(links, (span.start, "")), bisect_left(links, (span.end, ""))
    return Counter(url for _, url in links[first:end])


def _texts(document: Document) -> Iterator[tuple[Span, Hashable]]:
    """The place and the text of each row and each heading, and what else must stay where it is: delimiter rows."""
    for block in document.blocks:
        if isinstance(block, Heading):
            yield block.span, block.text
        elif isinstance(block, Table):
            yield from ((row.span, tuple(cell.text for cell in row.cells)) for row in (block.header, *block.rows))
            yield block.delimiter.span, block.alignments


def _written_links(document: Document) -> Iterator[Link]:
    return (link for link in document.links if link.kind is not LinkKind.BARE)


def _prove_only_layout_changed(before: Document, after: Document, patch: Patch) -> None:
    old, new = _Masks(before), _Masks(after)
    for edit, place in zip(patch.edits, patch.placed, strict=True):
        was, now = _masked(old.text, old.held, [edit.span]), _masked(new.text, new.held, [place])
        if _LAYOUT.sub("", was) != _LAYOUT.sub("", now):
            line = before.source.position(edit.span.start).line
            raise UnprovedError(f"change more than white space and pipes in line {line}")
    if list(reading(before)) != list(reading(after)):
        raise UnprovedError("change how the document reads, which tidying must not")


def _quote(text: str) -> str:
    words = " ".join(text.split())
    return f"“{words[:80]}…”" if len(words) > 80 else f"“{words}”"

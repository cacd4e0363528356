"""Spaces that GitHub forgives in a link: beside its address, and at the ends of its text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from awesome_lint.diagnostic import Applicability, Edit, Fix, Related, Severity, Shared, Violation
from awesome_lint.markdown import Block, Document, Heading, Inline, Link, LinkKind, Paragraph, RejectedTable, Table
from awesome_lint.rules._link_faults import LinkFault
from awesome_lint.rules._links import describe_link, stolen_parens
from awesome_lint.source import Source, Span

_ADDRESS = ("has a space next to its address", "have a space next to their address")
_TEXT = ("has a space before or after its text", "have a space before or after their text")
_BOTH = ("has spaces next to its address and its text", "have spaces next to their address and their text")
"""What is said of one link, and of several."""
_LEAST_OF_A_FORM = 10
"""From this number of links on, a form is not a slip."""
_Found = dict[Link, tuple[Edit, ...]]
"""The links of a block with superfluous spaces, in source order, and the edits that remove these."""


def spaced_links(document: Document) -> Iterator[Violation]:
    """Yield the superfluous spaces in links: one finding per block and kind, as some lists have hundreds.

    Spaces that most links of the document have are its own form, as those of a table's cells are, and are left alone.
    """
    source = document.source
    stolen = {link.span for link in stolen_parens(document)}

    def beside_address(link: Link, _: Inline) -> tuple[Edit, ...]:
        return () if link.span in stolen else _spaces_beside_address(source, link)

    def in_text(link: Link, inline: Inline) -> tuple[Edit, ...]:
        return _spaces_in_text(source, link, inline)

    addresses: list[_Found] = []
    texts: list[_Found] = []
    for block in document.blocks:
        inlines = _inlines_of(block)
        addresses.append(_found(inlines, beside_address))
        # The white space of a heading's link is a part of the heading's anchor.
        texts.append({} if isinstance(block, Heading) else _found(inlines, in_text))
    count = sum(link.kind is LinkKind.INLINE and not link.image for link in document.links)
    for address, text in zip(_departing(addresses, count), _departing(texts, count), strict=True):
        if text and address.keys() == text.keys():
            both = {link: (*edits, *address[link]) for link, edits in text.items()}
            yield _violation(both, _BOTH, Applicability.SAFE)
            continue
        if address:
            yield _violation(address, _ADDRESS, Applicability.FORMAT)
        if text:
            yield _violation(text, _TEXT, Applicability.SAFE)


def _departing(found: list[_Found], count: int) -> list[_Found]:
    """*found*, or nothing where that is the form of most of the *count* links."""
    spaced = sum(map(len, found))
    return [{} for _ in found] if spaced >= _LEAST_OF_A_FORM and 2 * spaced > count else found


def _start(edit: Edit) -> int:
    return edit.span.start


def _inlines_of(block: Block) -> Sequence[Inline]:
    if isinstance(block, Heading | Paragraph | RejectedTable):
        return (block.content,)
    if isinstance(block, Table):
        return [cell.content for row in (block.header, *block.rows) for cell in row.cells]
    return ()


def _found(inlines: Sequence[Inline], edits_for: Callable[[Link, Inline], tuple[Edit, ...]]) -> _Found:
    pairs = [(link, edits_for(link, inline)) for inline in inlines for link in inline.links]
    return {link: edits for link, edits in pairs if edits}


def _violation(found: _Found, fault: tuple[str, str], applicability: Applicability) -> Violation:
    first, *others = found
    edits = tuple(sorted((edit for edits in found.values() for edit in edits), key=_start))
    return Violation(
        first.span,
        f"{describe_link(first.text, image=first.image)} {fault[0]}",
        help="Write [text](address), without spaces next to the brackets",
        severity=Severity.INFO,
        shared=Shared(fault[0], f"{{count}} links {fault[1]}"),
        related=tuple(Related(link.span, "Here too", too=True) for link in others),
        fix=Fix("Remove the spaces", edits, applicability),
        kind=LinkFault.SPARE_SPACE,
    )


def _spaces_beside_address(source: Source, link: Link) -> tuple[Edit, ...]:
    if link.kind is not LinkKind.INLINE or not link.url or link.url.count("(") != link.url.count(")"):
        return ()  # without the space an open parenthesis would continue
    before = Span(link.text_span.end + 2, link.destination_span.start)
    after = Span(link.destination_span.end, link.span.end - 1)
    before, after = _without_angles(source, before, after)
    spaces = [span for span in (before, after) if source[span] and not source[span].strip(" \t")]
    return tuple(Edit(span, "") for span in spaces)


def _without_angles(source: Source, before: Span, after: Span) -> tuple[Span, Span]:
    if source[before].endswith("<") and source[after].startswith(">"):
        return Span(before.start, before.end - 1), Span(after.start + 1, after.end)
    return before, after


def _spaces_in_text(source: Source, link: Link, inline: Inline) -> tuple[Edit, ...]:
    """Remove the spaces at the ends of *link*'s text, where white space or nothing stands outside as well.

    Elsewhere the space is what separates the link from the word beside it.
    """
    text = source[link.text_span]
    if link.kind is not LinkKind.INLINE or link.image or not link.url or not text.strip():
        return ()
    start, end = link.text_span
    leading, trailing = len(text) - len(text.lstrip(" \t")), len(text) - len(text.rstrip(" \t"))
    edits: list[Edit] = []
    if leading and (link.span.start == inline.span.start or source.text[link.span.start - 1].isspace()):
        edits.append(Edit(Span(start, start + leading), ""))
    if trailing and (link.span.end == inline.span.end or source.text[link.span.end].isspace()):
        edits.append(Edit(Span(end - trailing, end), ""))
    return tuple(edits)

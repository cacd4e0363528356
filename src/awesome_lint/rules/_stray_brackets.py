"""Brackets right after a link that close nothing: ``[text](https://example.org))``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from awesome_lint.diagnostic import Applicability, Edit, Fix, Severity, Violation
from awesome_lint.markdown import Document, Heading, Inline, LinkKind, Paragraph, Table
from awesome_lint.regex import regex
from awesome_lint.rules._link_faults import LinkFault
from awesome_lint.rules._links import describe_link
from awesome_lint.source import Source, Span

_BRACKET = regex(r"[()\[\]（）［］【】]")
_OPENERS = dict.fromkeys("(（", ")") | dict.fromkeys("[［【", "]")
_CLOSERS = dict.fromkeys(")）", ")") | dict.fromkeys("]］】", "]")
_ENUMERATION_OR_SMILEY = regex(r"(?:(?<![^\s(])(?:\w{1,3}|[:;=8]['-]?))\Z")
"""What stands before the ``)`` of ``a)``, ``12)`` and ``:)``, which has no ``(``."""
_LONGEST_ENUMERATION = 5


def stray_brackets(document: Document) -> Iterator[Violation]:
    """Yield the brackets of *document* that stand right after a link and have no partner in their text or row."""
    for block in document.blocks:
        if isinstance(block, Heading | Paragraph):
            yield from _stray(document.source, (block.content,))
        elif isinstance(block, Table):
            for row in (block.header, *block.rows):
                yield from _stray(document.source, tuple(cell.content for cell in row.cells))


def _stray(source: Source, inlines: tuple[Inline, ...]) -> Iterator[Violation]:
    if any(inline.broken_links for inline in inlines):
        return  # what is wrong there explains the bracket
    unclosed: Counter[str] = Counter()
    for inline in inlines:
        ends = {link.span.end: link for link in inline.links if link.kind is LinkKind.INLINE}
        for place in _brackets(source, inline):
            bracket = source.text[place]
            if bracket in _OPENERS:
                unclosed[_OPENERS[bracket]] += 1
            elif unclosed[_CLOSERS[bracket]]:
                unclosed[_CLOSERS[bracket]] -= 1
            elif place in ends:
                link, span = ends[place], Span(place, place + 1)
                is_alone = span.end == inline.span.end and link.span.start == inline.span.start
                fix = Fix(f"Remove the `{bracket}`", (Edit(span, ""),), Applicability.UNSAFE) if is_alone else None
                yield Violation(
                    Span(link.span.start, span.end),
                    f"{describe_link(link.text, image=link.image)} has a stray `{bracket}` after it",
                    help="Remove it, or add the bracket that it closes",
                    note=f"GitHub shows the `{bracket}`",
                    severity=Severity.WARNING,
                    fix=fix,
                    kind=LinkFault.STRAY_BRACKET,
                )


def _brackets(source: Source, inline: Inline) -> Iterator[int]:
    """The places of the brackets that a reader of *inline* sees outside of links, code and tags."""
    marked = [link.span for link in inline.links] + [tag.span for tag in inline.tags]
    hidden = sorted([*marked, *inline.code_spans, *inline.comments])
    start = inline.span.start
    for span in (*hidden, Span(inline.span.end, inline.span.end)):
        for match in _BRACKET.finditer(source.text, start, max(start, span.start)):
            before = source.text[max(start, match.start() - _LONGEST_ENUMERATION) : match.start()]
            if match[0] != ")" or not _ENUMERATION_OR_SMILEY.search(before):
                yield match.start()
        start = max(start, span.end)

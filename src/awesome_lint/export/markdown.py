"""Tables and lists as Markdown in canonical form, under their headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awesome_lint.export.selection import Bullets, Part, Selection
from awesome_lint.markdown import Heading, Inline, LinkKind, Row
from awesome_lint.regex import regex
from awesome_lint.source import Source
from awesome_lint.table_format.options import TableForm
from awesome_lint.table_format.writing import write_table

_CONTINUATION = regex(r"[ \t]*(?<!\\)\\?\n[\s>]*|\s+")
"""White space, and what divides two lines of a text: a hard line break, the markers of a block quote."""


def render_markdown(selections: Sequence[Selection], form: TableForm | None = None) -> str:
    """Tables and lists, each under its headings that are not written yet, and the definitions they refer to."""
    return "\n".join(block for selection in selections for block in _blocks(selection, form or TableForm()))


def _blocks(selection: Selection, form: TableForm) -> Iterator[str]:
    source = selection.document.source
    found = [(part.table.span, part.section, _table(part, source, form)) for part in selection.parts]
    found += [
        (bullets.entries[0].span, bullets.section, "".join(_items(bullets, source))) for bullets in selection.lists
    ]
    last: tuple[Heading, ...] = ()
    for _, section, text in sorted(found, key=lambda block: block[0]):
        for heading in section:
            if heading not in last:
                yield f"{'#' * heading.level} {' '.join(source[heading.content.span].split())}\n"
        last = section
        yield text
    definitions = list(_definitions(selection))
    if definitions:
        yield "\n".join(definitions) + "\n"


def _table(part: Part, source: Source, form: TableForm) -> str:
    texts = [_texts(row, part, source) for row in (part.table.header, *part.rows)]
    alignments = part.table.alignments
    if part.indices is not None:
        alignments = tuple(alignments[index] for index in part.indices)
    return "\n".join(write_table(texts, alignments, form)) + "\n"


def _items(bullets: Bullets, source: Source) -> Iterator[str]:
    for content in _contents(bullets):
        yield f"- {_CONTINUATION.sub(' ', source[content.span])}\n"


def _contents(bullets: Bullets) -> list[Inline]:
    return [entry.content for entry in bullets.entries if entry.content]


def _texts(row: Row, part: Part, source: Source) -> list[str]:
    return [source[cell.span] if cell else "" for cell in part.cells(row)]


def _definitions(selection: Selection) -> Iterator[str]:
    """The definitions and footnotes to which the exported headings, cells and bullets refer, each once."""
    source = selection.document.source
    sections = [*(part.section for part in selection.parts), *(bullets.section for bullets in selection.lists)]
    contents = [heading.content for section in sections for heading in section]
    contents += (content for bullets in selection.lists for content in _contents(bullets))
    for part in selection.parts:
        rows = (part.table.header, *part.rows)
        contents += (cell.content for row in rows for cell in part.cells(row) if cell)
    links = (link for content in contents for link in content.links)
    labels = {_fold(source[link.destination_span]) for link in links if link.kind is LinkKind.REFERENCE}
    for definition in selection.document.definitions:
        label = _fold(definition.label)
        if label in labels:
            labels.discard(label)  # of several definitions of one label the first counts
            yield " ".join(source[definition.span].split())
    notes = {_fold(source[span][2:-1]) for content in contents for span in content.footnote_references}
    yield from (source[note.span].rstrip() for note in selection.document.footnotes if _fold(note.label) in notes)


def _fold(label: str) -> str:
    return " ".join(label.casefold().split())

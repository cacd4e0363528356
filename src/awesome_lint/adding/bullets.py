"""Writing a bullet like the others in its list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from awesome_lint.adding.addition import AddError, Addition
from awesome_lint.adding.links import write_link
from awesome_lint.markdown import List, ListItem
from awesome_lint.regex import regex
from awesome_lint.semantic.entries import Entry
from awesome_lint.semantic.headers import Meaning
from awesome_lint.source import Source, Span
from awesome_lint.text.sentences import ends_sentence

_SEPARATOR = regex(r"[*_~]*(?:\s*[-–—:|,]+)?\s*")
_WORD = regex(r"\w")
_LEAST_SHARE = 0.9
"""If at least this share of the descriptions ends with a full stop, the new one must, too."""


class _Form(Struct, frozen=True):
    """How a bullet is written: what comes before its link, and between the link and its description."""

    before: str
    between: str


def write_bullet(source: Source, bullets: List, entries: Sequence[Entry], addition: Addition) -> str:
    """The whole line for *addition*; raises `AddError` if something is missing."""
    if not addition.name:
        raise AddError("a bullet needs a name: --name")
    if addition.values:
        raise AddError("a bullet has no columns; use --name, --url and --description")
    described, bare = _forms(source, entries)
    start = _start(source, bullets, bullets.items[0])
    link = write_link(addition.name, addition.url, in_table=False)
    description = addition.description or addition.known.get(Meaning.DESCRIPTION, "")
    if not description:
        form = next(iter(bare or described), None)
        after = (bare and form.between) or "" if form else ""
        return f"{start}{form.before if form else ''}{link}{after}".rstrip()
    form = next(iter(described), _Form("", " - "))
    return f"{start}{form.before}{link}{form.between}{_finished(description, entries)}"


def _start(source: Source, bullets: List, item: ListItem) -> str:
    """What comes before the text of a new item: indentation, quote markers, the list marker and a space."""
    line = source.line_span(source.position(item.marker.start).line)
    content = item.content.span.start if item.content else item.marker.end + 1
    start = source[Span(line.start, content)]
    if bullets.ordered:
        raise AddError("an entry in a numbered list must be added by hand, because it changes the numbers after it")
    return start


def _forms(source: Source, entries: Sequence[Entry]) -> tuple[list[_Form], list[_Form]]:
    """The forms of bullets with and without a description, the most common first.

    Raises `AddError` if most bullets do not begin with their link.
    """
    described: Counter[_Form] = Counter()
    bare: Counter[_Form] = Counter()
    named = 0
    for entry in entries:
        content = entry.content
        if content is None or entry.link is None:
            continue
        before, rest = _around(source, entry, content.span)
        if _WORD.search(before):
            named += 1
            continue
        between = separator_of(rest)
        if rest[len(between) :]:
            described[_Form(before, between)] += 1
        else:
            bare[_Form(before, between.rstrip())] += 1
    if named > described.total() + bare.total():
        raise AddError("the bullets of the section have words before their links; add this one by hand")
    return [form for form, _ in described.most_common()], [form for form, _ in bare.most_common()]


def separator_of(rest: str) -> str:
    """What separates a link from its description at the start of *rest*: the end of bold text, a dash."""
    found = _SEPARATOR.match(rest)
    return found[0] if found else ""


def _around(source: Source, entry: Entry, content: Span) -> tuple[str, str]:
    """The text before the link of a bullet, and the text after it on the same line."""
    link = entry.link.span if entry.link else content
    before = source[Span(content.start, max(content.start, link.start))]
    return before, source[Span(min(link.end, content.end), content.end)].partition("\n")[0]


def _finished(description: str, entries: Sequence[Entry]) -> str:
    """*description*, with a full stop if the others have one."""
    if "\n" in description or "\r" in description:
        raise AddError("the description must be one line")
    texts = [entry.description for entry in entries if entry.description]
    stopped = sum(map(ends_sentence, texts))
    needs = bool(texts) and stopped >= _LEAST_SHARE * len(texts) and not ends_sentence(description)
    return f"{description}." if needs and description[-1:].isalnum() else description

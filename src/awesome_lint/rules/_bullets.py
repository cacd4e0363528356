"""How a bullet is written: what its name is, what separates it from the description, where that begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from awesome_lint.markdown import Inline, ListItem, parse
from awesome_lint.regex import regex
from awesome_lint.schema import NameStyle
from awesome_lint.semantic.entries import Entry
from awesome_lint.source import Source, Span

_MARKS = r"[-‐‑–—−:：|~→=]{1,3}|[,.]"
_CLOSING = regex(r"[*_~]{1,3}|`")
_MARK = regex(rf"\s*(?P<mark>{_MARKS})?\s*")
_SPACED_MARK = regex(rf"\s(?:{_MARKS})\s|[:：]\s")
_LATER_MARK = regex(r"(?:\s+(?P<spaced>[-‐‑–—−:：|~→=]{1,3})\s|(?P<clinging>[:：])\s)\s*")
_BOLD = regex(r"(\*\*|__)[^*\n]+?\1")
_SHORTCODE = regex(r":[a-z0-9_+-]+:")
_BOX = regex(r"\[[ xX]\]\s+")
_NOTE = regex(r"\([^()\n]*\)|\[[^\[\]\n]*\]|（[^（）\n]*）")
_SIGN = regex(r"\\[!-/:-@\[-`{-~]|[^\w\s]")
_ENDING_SHORTCODE = regex(r":[a-z0-9_+-]{1,40}:\Z")
_ENDING_NOTE = regex(r"(?:\([^()\n]{1,80}\)|\[[^\[\]\n]{1,80}\]|（[^（）\n]{1,80}）)[*_]*\Z")
_BETWEEN_LINKS = regex(r"[\s,;&|/·•+().]+|\b(?:and|or)\b")
_GLUED = regex(r"\n[ \t>]*[-*+](?=\[)")
_LONGEST_ENDING = 100
_MOST_ENDINGS = 16


class Bullet(Struct, frozen=True):
    """A bullet: its entry, how it begins, the mark after its name (empty without any), and what follows.

    ``gap`` is the mark with the space around it.  Between the name and the gap may stand badges, code, emoji, further
    links and notes in brackets.
    """

    entry: Entry
    item: ListItem
    content: Inline
    style: NameStyle
    mark: Span
    gap: Span
    body: Span
    description: str
    """What a reader sees of the body."""
    names_links: bool = False
    """Whether it is a label and links, as in ``Talks: [one](…), [two](…) - Both are long.``"""


def read_bullets(entries: Iterable[Entry], source: Source) -> list[Bullet]:
    """How the bullets of *entries* are written, save those to which another is glued: where they end is unknown."""
    bullets = (read_bullet(entry, source) for entry in entries)
    return [bullet for bullet in bullets if bullet and not _is_glued(bullet.content, source)]


def _is_glued(content: Inline, source: Source) -> bool:
    """Whether a line of *content* was meant for another bullet, but has no space after its marker."""
    links = {link.span.start for link in content.links}
    return any(match.end() in links for match in _GLUED.finditer(source.text, *content.span))


def read_bullet(entry: Entry, source: Source) -> Bullet | None:
    """How the bullet of *entry* is written; None for a row, or a bullet that begins with no paragraph."""
    item = entry.origin
    if not isinstance(item, ListItem) or item.content is None:
        return None
    style, end = _name(item.content, source)
    if closing := _CLOSING.match(source.text, end, item.content.span.end):
        end = closing.end()
    later = _later_mark(item.content, source, end)
    if later:
        mark, gap = later
        written = source[mark]
        description = entry.description.partition(f"{written} ")[2] or entry.description
    else:
        mark, gap = _mark(source, Span(end, item.content.span.end))
        description = entry.description
    is_label = style is not NameStyle.LINK and source[mark] in (":", "：")
    links = _after_links(item.content, source, gap.end) if is_label else None
    if links:
        mark, gap = links
        description = description.partition(f" {source[mark]} ")[2] if source[mark] else ""
    body = Span(gap.end, item.content.span.end)
    return Bullet(entry, item, item.content, style, mark, gap, body, description.strip(), links is not None)


def holds_words(bullet: Bullet, source: Source) -> bool:
    """Whether more follows the name of *bullet* than badges, code, emoji and notes in brackets."""
    badges = _badges(bullet.content)
    links = (link.span for link in bullet.content.links if link.span.start not in badges)
    if any(bullet.body.contains(link) for link in links):
        return True
    *_, end = _ornaments(bullet.content, source, bullet.body.start)
    return end < bullet.body.end


def is_link_alone(bullet: Bullet, source: Source) -> bool:
    """Whether the description of *bullet* is a single link, badges and emoji aside: no sentence that could end."""
    badges, body = _badges(bullet.content), bullet.body
    links = [link.span for link in bullet.content.links if body.contains(link.span)]
    outside, at = [], body.start
    for span in (span for span in links if span.start >= at):
        outside.append(source[Span(at, span.start)])
        at = span.end
    outside.append(source[Span(at, body.end)])
    alone = sum(span.start not in badges for span in links) == 1
    return alone and not any(map(str.isalnum, "".join(outside)))


def _after_links(content: Inline, source: Source, start: int) -> tuple[Span, Span] | None:
    """The dash after a group of links that begins at *start*, with its gap; both empty at the end, None after words."""
    ends = {link.span.start: link.span.end for link in content.links}
    text, end, at = source.text, content.span.end, start
    if at not in ends:
        return None
    while at < end:
        if (match := _LATER_MARK.match(text, at, end)) and match["spaced"]:
            return Span(*match.span("spaced")), Span(*match.span())
        if at in ends:
            at = ends[at]
        elif step := _BETWEEN_LINKS.match(text, at, end):
            at = step.end()
        else:
            return None
    return Span(end, end), Span(end, end)


def _mark(source: Source, span: Span) -> tuple[Span, Span]:
    """The mark at the start of *span* and the gap that it makes; both may be empty."""
    match = _MARK.match(source.text, *span)
    if match is None or _SHORTCODE.match(source.text, match.start("mark")):
        return Span(span.start, span.start), Span(span.start, span.start)
    gap = Span(*match.span())
    return (Span(*match.span("mark")) if match["mark"] else Span(gap.end, gap.end)), gap


def _later_mark(content: Inline, source: Source, start: int) -> tuple[Span, Span] | None:
    """The mark after the badges, notes and signs that begin at *start*, with its gap; None if words come first."""
    text, end = source.text, content.span.end
    immediate = _MARK.match(text, start, end)
    if immediate and immediate["mark"] and not _SHORTCODE.match(text, immediate.start("mark"), end):
        return None
    for at in _ornaments(content, source, start):
        if match := _LATER_MARK.match(text, at, end):
            return Span(*match.span("spaced" if match["spaced"] else "clinging")), Span(*match.span())
    return None


def _ornaments(content: Inline, source: Source, start: int) -> Iterator[int]:
    """*start* and the places after each of the links, images, code, notes and signs that follow it."""
    text, end, at = source.text, content.span.end, start
    jumps = _opaque(content)
    yield at
    while at < end:
        if at in jumps:
            at = jumps[at]
        elif step := _SHORTCODE.match(text, at, end) or _NOTE.match(text, at, end) or _SIGN.match(text, at, end):
            at = step.end()
        elif text[at].isspace():
            at += 1
        else:
            return
        yield at


def _opaque(content: Inline) -> dict[int, int]:
    """Where links, images, code, comments, tags and HTML elements begin, each with its end."""
    spans = [*(tag.span for tag in content.tags), *content.code_spans, *content.comments]
    spans += (link.span for link in content.links)
    opened: dict[str, int] = {}
    for tag in content.tags:
        if not tag.closing:
            opened[tag.name] = tag.span.start
        elif tag.name in opened:
            spans.append(Span(opened.pop(tag.name), tag.span.end))
    return {span.start: span.end for span in sorted(spans, key=lambda span: span.end)}


def _name(content: Inline, source: Source) -> tuple[NameStyle, int]:
    """How *content* begins, badges, emoji and a task's box aside, and where its name ends."""
    end, badges = content.span.end, _badges(content)
    for start in (content.span.start, _behind_ornaments(content, source)):
        written = source.text[start:end]
        bare = start + len(written) - len(written.lstrip("*_~"))
        link = next((link for link in content.links if not link.image and link.span.start == bare), None)
        if link and link.span.start not in badges:
            return NameStyle.LINK, link.span.end
        code = next((span for span in content.code_spans if span.start == start), None)
        if code:
            return NameStyle.CODE, code.end
        if bold := _BOLD.match(source.text, start, end):
            return NameStyle.BOLD, bold.end()
    mark = _SPACED_MARK.search(source.text, content.span.start, end)
    return NameStyle.TEXT, mark.start() if mark else end


def _badges(content: Inline) -> dict[int, int]:
    """Where images, and links that show an image and nothing else, begin, each with its end."""
    images = {link.span for link in content.links if link.image}
    return {link.span.start: link.span.end for link in content.links if link.image or link.text_span in images}


def _behind_ornaments(content: Inline, source: Source) -> int:
    """Where *content* begins after a task's box, images, badges, emoji and their shortcodes."""
    text, end, at = source.text, content.span.end, content.span.start
    badges = _badges(content)
    while at < end:
        if at in badges:
            at = badges[at]
        elif step := _BOX.match(text, at, end) or _SHORTCODE.match(text, at, end):
            at = step.end()
        elif text[at].isspace() or not (text[at].isalnum() or text[at] in "[]()<>*_`~\\"):
            at += 1
        else:
            break
    return at


def ends_behind_stop(bullet: Bullet, source: Source, stops: str) -> bool:
    """Whether nothing but badges, code, emoji and notes in brackets follow one of *stops* at the end of *bullet*."""
    return _last_stop(bullet, source, stops) is not None


def text_up_to_stop(bullet: Bullet, source: Source, stops: str) -> str:
    """The description of *bullet* without the badges, code, emoji and notes in brackets that follow its last stop."""
    end = _last_stop(bullet, source, stops)
    if end is None:
        return bullet.description
    inlines = parse(Source(source[Span(bullet.body.start, end)])).inlines
    return " ".join(" ".join(inline.text for inline in inlines).split())


def _last_stop(bullet: Bullet, source: Source, stops: str) -> int | None:
    """Where the one of *stops* ends which nothing but badges, code, emoji and notes follow; None if there is none."""
    ends: dict[int, int] = {}
    for opening, closing in _opaque(bullet.content).items():
        ends[closing] = min(opening, ends.get(closing, opening))
    start, end = bullet.body
    for _ in range(_MOST_ENDINGS):
        while end > start and source.text[end - 1].isspace():
            end -= 1
        if end <= start or source.text[end - 1] in stops:
            break
        tail = source.text[max(start, end - _LONGEST_ENDING) : end]
        if end in ends:
            end = max(start, ends[end])
        elif match := _ENDING_SHORTCODE.search(tail) or _ENDING_NOTE.search(tail):
            end -= len(tail) - match.start()
        elif not tail[-1].isalnum():
            end -= 1
        else:
            break
    return end if end > start and source.text[end - 1] in stops else None

"""What an entry is called: the name in a piece of inline text, the column of names in a table, folded names.

Lists write the name of an entry in many ways: ``[Name](url) - description``, ``Title. Authors. [[pdf]](url)``,
``**Title** [paper](url)``, ``![stars](badge) <br> [**Title**](url)``, ``[[paper](url)] Title``.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from functools import cache, lru_cache
from html import unescape
from itertools import islice
from operator import attrgetter

from msgspec import Struct

from awesome_lint.markdown import BrokenLink, Cell, Inline, Link, Row, Table
from awesome_lint.regex import regex
from awesome_lint.semantic.headers import Meaning, meanings
from awesome_lint.semantic.labels import LABELS
from awesome_lint.source import Source, Span

_NAMING = {Meaning.TITLE: 3.0, Meaning.NAME: 2.5, Meaning.THING: 2.0, Meaning.WORK: 1.0}
"""How clearly a header says that its column names the entries; the first one that holds counts."""
_PROPERTIES = frozenset(
    {
        Meaning.AUTHOR,
        Meaning.DESCRIPTION,
        Meaning.NOTE,
        Meaning.YEAR,
        Meaning.DATE,
        Meaning.VENUE,
        Meaning.JOURNAL,
        Meaning.CONFERENCE,
        Meaning.COUNTRY,
        Meaning.LICENCE,
        Meaning.NUMBER,
        Meaning.PRICE,
        Meaning.STARS,
        Meaning.IMAGE,
        Meaning.ADDRESS,
    }
)
_PROPERTY = -3.0
"""Columns that say something about entries, and how clearly that tells against naming them."""
_BESIDE = -1.0
"""How clearly a header such as “Data” or “Code” tells against naming them: its column often holds named links, too."""
_LEAST_SCORE = 2.0
_LONG_BOLD = 20
"""How long bold text before other text must be to be the name rather than a mark."""
_LONG_TITLE = 20
_LONG_TITLE_WORDS = 5
_MOST_LABELS = _MOST_SEPARATORS = _MOST_BRACKETS = 8
"""How many labels and separators are passed over in search of a name, and how many brackets are taken off its ends."""

_MARKUP = regex(r"\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|~~|`+")
_ESCAPED = regex(r"\\([!-/:-@\[-`{-~])")
_BOLD = regex(r"[^\w*\[(]*(?P<mark>\*\*|__)(?P<name>[^*\n]{2,}?)(?P=mark)(?P<end>\s*[,.:;–—-])?")
_ORNAMENT = regex(r"(?::[a-z0-9_+-]+:|[^\w\[\](){}<>\"'“”‘’（）【】《》「」]|[\[(#]?\d[\d./-]*[.)\]:](?=\s|$))*")
"""What stands before a name: emoji or their shortcodes, dashes, a number or a date."""
_WORD = regex(r"[^\W\d_]+")
_TAG = regex(r"\[[^\[\]]*\]\s*[-–—:]?\s*|【[^【】]*】\s*")
_SEPARATOR = regex(r"\s[-–—|→]+\s|(?<![-–—:：|→])[-–—:：|→]++\s*$")
_BRACKETS = (("[", "]"), ("(", ")"), ("（", "）"), ("【", "】"))
_EDGES = " \t\n\u00a0-–—:：|,，;→•·."


class Name(Struct, frozen=True):
    """A name, and the link that stands for what it names: None if there is none, broken where it is.

    ``is_mention`` tells that the link is in the middle of a sentence, which says something about what it leads to
    rather than naming it.
    """

    text: str
    link: Link | BrokenLink | None
    is_mention: bool = False


@lru_cache(maxsize=1 << 14)
def fold_title(title: str) -> str:
    """The key under which two spellings of one title are equal: letters, digits, ``+`` and ``#``, in one case."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    return "".join(character for character in folded if character.isalnum() or character in "+#")


def is_label(text: str) -> bool:
    """Whether *text* says what a link leads to ("pdf", "Code 2", "Website") and names nothing itself."""
    folded = fold_title(text)
    bare = folded.rstrip("0123456789")
    return not folded or not {folded, bare, bare.removesuffix("link")}.isdisjoint(LABELS)


def find_name(content: Inline, source: Source, *, in_table: bool = False) -> Name:
    """What the entry that *content* describes is called.

    In a table, text before a link is the name; in running text a link after words is one unless it is a label.
    """
    links = _text_links(content)
    if not links:
        return Name(_shorten(_visible(content, source, content.span), is_whole=in_table), None)
    first = links[0]
    lead_span = Span(content.span.start, first.span.start)
    bold = _BOLD.match(source[lead_span])
    lead = _visible(content, source, lead_span)
    if bold and (bold["end"] or len(bold["name"]) >= _LONG_BOLD or 2 * len(bold["name"]) >= len(lead)):
        return Name(_strip(bold["name"]), first)
    if not re.search(r"\w", lead[_end_of_ornament(lead) :]):
        return _name_of_link(content, source, links)
    is_named = is_label(first.text) or lead.rstrip().endswith(("[", "(", "（", "【")) or in_table
    if is_named or _SEPARATOR.search(lead) or lead.rstrip().endswith((",", ".", "，", "。")):
        return Name(_shorten(lead, is_whole=in_table), first)
    return Name(_strip(first.text), first, is_mention=_is_mention(lead, first, content, source))


def bold_name(content: Inline, source: Source, start: int) -> tuple[str, int] | None:
    """The bold text of *content* at *start*, and where it ends in *source*; None where there is none."""
    match = _BOLD.match(source.text, start, content.span.end)
    if match is None:
        return None
    inner = [link for link in content.links if Span(*match.span("name")).contains(link.span)]
    text = inner[0].text if inner else _visible(content, source, Span(*match.span("name")))
    return _strip(text), match.end("name") + len(match["mark"])


def _is_mention(lead: str, link: Link | BrokenLink, content: Inline, source: Source) -> bool:
    """Whether *link*, which comes after the words of *lead*, is a part of a sentence; titles of works are no such."""
    if is_long_title(link.text):
        return False
    words = len(_WORD.findall(lead))
    return words > 1 or (words == 1 and _WORD.match(source.text, link.span.end + 1, content.span.end) is not None)


def is_long_title(title: str, least_words: int = _LONG_TITLE_WORDS) -> bool:
    """Whether *title* is so long that hardly two works share it; in scripts without spaces only its length counts."""
    if is_undivided(title):
        return len(title) >= _LONG_TITLE // 2
    return len(title) >= _LONG_TITLE and len(title.split()) >= least_words


def is_undivided(text: str) -> bool:
    """Whether *text* holds letters of a script that does not divide words by spaces, or hardly."""
    return not text.isascii() and _undivided().search(text) is not None


@cache
def _undivided() -> re.Pattern[str]:
    # Late: such large ranges take milliseconds to compile.
    return re.compile(r"[\u0e00-\u0eff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")


def _text_links(content: Inline) -> list[Link | BrokenLink]:
    """The links of *content* that are no images or badges, broken ones included, in source order."""
    images = {link.span.start: link for link in content.links if link.image}
    starts = sorted(images)
    links: list[Link | BrokenLink] = [link for link in content.broken_links if not link.image]
    for link in content.links:
        place = bisect_left(starts, link.text_span.start)
        first = images[starts[place]] if place < len(starts) else None
        is_badge = first is not None and link.text_span.contains(first.span) and link.text.strip() == first.text.strip()
        if not link.image and not is_badge:
            links.append(link)
    return sorted(links, key=attrgetter("span"))


def _name_of_link(content: Inline, source: Source, links: list[Link | BrokenLink]) -> Name:
    """The name where a link comes first: its text, or what follows where the first links are labels."""
    first = links[0]
    ends = [*(link.span.start for link in links[1:]), content.span.end]
    for link, end in zip(links[:_MOST_LABELS], ends, strict=False):
        if not is_label(link.text):
            return Name(_strip(link.text), link)
        rest = _shorten(_visible(content, source, Span(link.span.end, end)))
        if len(fold_title(rest)) > 2:
            return Name(rest, first)
    return Name(_strip(first.text), first)


def _visible(content: Inline, source: Source, span: Span) -> str:
    """What a reader sees of *span* apart from links and images: no tags, comments or markup."""
    hidden = [tag.span for tag in content.tags]
    hidden += content.comments
    hidden += (link.span for link in content.links if span.contains(link.span))
    parts: list[str] = []
    done = span.start
    for start, end in sorted(hidden):
        if start >= span.end:
            break
        if start >= done:
            parts += source.text[done:start], " "
        done = max(done, end)
    parts.append(source.text[done : span.end])
    text = _ESCAPED.sub(r"\1", _MARKUP.sub("", "".join(parts)))
    return " ".join(unescape(text).split())


def _end_of_ornament(text: str) -> int:
    match = _ORNAMENT.match(text)
    return match.end() if match else 0


def _shorten(text: str, *, is_whole: bool = False) -> str:
    """The name at the start of *text*: up to the first separator, unless the name is the *whole* of it."""
    text = text[_end_of_ornament(text) :] or text
    if (tag := _TAG.match(text)) and len(fold_title(text[tag.end() :])) > 2:
        text = text[tag.end() :]
    if not is_whole:
        for separator in islice(_SEPARATOR.finditer(text), _MOST_SEPARATORS):
            if len(fold_title(text[: separator.start()])) > 2:
                text = text[: separator.start()]
                break
    return _strip(text)


def _strip(text: str) -> str:
    """*text* without the brackets and punctuation that a cut leaves at its ends."""
    text = text.replace("**", "").strip(_EDGES)
    for _ in range(_MOST_BRACKETS):
        before = text
        for opening, closing in _BRACKETS:
            surplus = text.count(opening) - text.count(closing)
            if surplus > 0:
                text = text.removesuffix(opening) if text.endswith(opening) else text.removeprefix(opening)
            elif surplus < 0:
                text = text.removeprefix(closing) if text.startswith(closing) else text.removesuffix(closing)
            elif text.startswith(opening) and text.find(closing) == len(text) - 1:
                text = text[1:-1]
        text = text.strip(_EDGES)
        if text == before:
            break
    return text


def title_column(table: Table) -> int | None:
    """The column in which *table* names its entries; None where it has none, as in a matrix or a gallery."""
    if not table.rows or _is_transposed(table):
        return None
    count = len(table.header.cells)
    scores = [_score(table, column) + (1.0 if column == 0 else 0.0) for column in range(count)]
    best = max(range(count), key=scores.__getitem__)
    return best if scores[best] >= _LEAST_SCORE else None


def naming_columns(table: Table) -> list[int]:
    """The columns whose headers say that they name something; of two different entries one of them differs."""
    return [column for column, cell in enumerate(table.header.cells) if _names(cell.text)]


def _is_transposed(table: Table) -> bool:
    """Whether the header holds values (years) or entries (links), or the first column the names of properties."""
    first, *others = table.header.cells
    if len(others) > 1 and not first.text.strip():
        return not any(row.cells and _has_named_link(row.cells[0]) for row in table.rows)
    values = [cell for cell in others if cell.content.links or fold_title(cell.text).isdigit()]
    return len(values) > 1 and 2 * len(values) >= len(others)


def _names(header: str) -> bool:
    return _naming(header) > 0 or Meaning.POST in meanings(header)


def _naming(header: str) -> float:
    """How much *header* says that its column names the entries, negative where it says something else."""
    found = meanings(header)
    other = 0.0 if found.isdisjoint({Meaning.DATASET, Meaning.CODE}) else _BESIDE
    other = other if found.isdisjoint(_PROPERTIES) else _PROPERTY
    return next((score for meaning, score in _NAMING.items() if meaning in found), other)


def _score(table: Table, column: int) -> float:
    """How much a column looks as if it named the entries."""
    cells = [row.cells[column] for row in table.rows if column < len(row.cells)]
    texts = [cell.text for cell in cells if len(fold_title(cell.text)) > 1]
    if not texts:
        return float("-inf")
    different = len({fold_title(text) for text in texts}) / len(texts)
    linked = sum(_has_named_link(cell) for cell in cells) / len(table.rows)
    numeric = sum(fold_title(text).isdigit() for text in texts) / len(texts)
    labels = sum(is_label(text) for text in texts) / len(texts)
    filled = len(texts) / len(table.rows)
    naming = _naming(table.header.cells[column].text)
    # A column "Language" that repeats its values does not name the entries, whatever its header.
    naming *= different if naming > 0 else 1
    return naming + 1.5 * linked + different + filled - 3 * numeric - 2 * labels


def _has_named_link(cell: Cell) -> bool:
    links = (link for link in cell.content.links if not link.image)
    return any(not is_label(link.text) and "." not in link.text.partition("/")[0][:-1] for link in links)


def link_column(table: Table) -> int | None:
    """The column that holds the most links of *table*, None where most of its cells have none in every column."""
    counts: Counter[int] = Counter()
    for row in table.rows:
        counts.update(column for column, cell in enumerate(row.cells) if link_of(cell))
    if not counts:
        return None
    best = max(counts, key=lambda column: (counts[column], -column))
    return best if 2 * counts[best] >= len(table.rows) else None


def link_of(cell: Cell) -> Link | None:
    """The first link of *cell* that leads somewhere."""
    return next((link for link in cell.content.links if not link.image and link.url), None)


def first_link(row: Row) -> Link | None:
    """The first link of *row* that leads somewhere."""
    return next((link for cell in row.cells if (link := link_of(cell))), None)

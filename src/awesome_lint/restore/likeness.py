"""How alike two titles are, and whether years and authors agree; pure functions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from html import unescape

from awesome_lint.regex import regex
from awesome_lint.semantic.titles import fold_title

_TAG = regex(r"</?[A-Za-z][^<>]{0,200}>")
_COMMAND = regex(r"\\[A-Za-z]+\s*|[{}$]")
_WORD = regex(r"[^\W_]+")
_NOTICE = regex(
    r"(?:addendum|comments?|commentary|correction|corrigend(?:um|a)|discussion|editorial|errat(?:um|a)|"
    r"expression of concern|publisher correction|reply|response|retract(?:ed|ion)|review|withdrawn)\b",
    re.IGNORECASE,
)
"""With these words titles of notices about works begin, and continue with the title of the work."""
_SHORTEST_NAME = 3


def plain_title(title: str) -> str:
    """*title* without the HTML and TeX that services leave in titles."""
    return " ".join(_COMMAND.sub("", _TAG.sub("", unescape(title))).split())


def fold(title: str) -> str:
    """The letters and digits of *title*, without case and accents: what two spellings of one title share."""
    decomposed = unicodedata.normalize("NFKD", plain_title(title))
    return fold_title("".join(character for character in decomposed if not unicodedata.combining(character)))


def words(title: str) -> str:
    """*title* in plain words, as search fields take it."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", plain_title(title))))


def likeness(title: str, other: str) -> float:
    """How alike two titles are: 1 where they are equal when folded, 0 where they share nothing."""
    from rapidfuzz import fuzz  # only a search for addresses needs it

    ours, theirs = fold(title), fold(other)
    if not ours or not theirs:
        return 0.0
    return 1.0 if ours == theirs else min(0.99, fuzz.ratio(ours, theirs) / 100)


def is_notice(title: str, about: str) -> bool:
    """Whether *title* is that of a notice about the work *about*, such as “Erratum to: …”."""
    return bool(_NOTICE.match(plain_title(title))) and not _NOTICE.match(plain_title(about))


def years_apart(ours: Iterable[int], theirs: Iterable[int]) -> int | None:
    """The least number of years between two sets of years; None where one is empty."""
    return min((abs(one - other) for one in ours for other in theirs), default=None)


def share_author(ours: Iterable[str], theirs: Iterable[str]) -> bool | None:
    """Whether two lists of family names share one; None where one is empty."""
    one, other = ({name for each in names if (name := fold(each))} for names in (ours, theirs))
    return bool(one & other) if one and other else None


def names_author(text: str, authors: Iterable[str]) -> bool | None:
    """Whether *text*, which names the authors of an entry, names one of *authors*, or None if there is none to name."""
    known = {name for each in authors if len(name := fold(each)) >= _SHORTEST_NAME}
    found = {fold(word) for word in re.split(r"[\s,;&.]+", text)}
    whole = fold(text)
    if not whole or not known:
        return None
    return bool(known & found) or any(len(name) > 2 * _SHORTEST_NAME and name in whole for name in known)


def family_name(name: str) -> str:
    """The family name in a full *name*, the given names first; after a comma stand the given ones."""
    name = re.sub(r"\s+\d{4}$", "", name.strip())  # DBLP tells namesakes apart by numbers
    return name.partition(",")[0] if "," in name else name.rpartition(" ")[2]

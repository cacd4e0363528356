"""A new address in the spelling of the old one: what a redirect does not change stays as the list has it."""

from __future__ import annotations

import re

from awesome_lint.links.requestable import NotCheckedError, parse
from awesome_lint.links.wire import URL, InvalidURL
from awesome_lint.regex import regex

_PARTS = regex(r"((?:[a-z]+:)?//)([^/?#]*)([^?#]*)((?:\?[^#]*)?)((?:#.*)?)", re.IGNORECASE | re.DOTALL)


def respelt(old: str, new: str) -> str:
    """*new* with the characters of *old* wherever both name the same; *new* itself where that cannot be done."""
    before, after = _PARTS.fullmatch(old.strip()), _PARTS.fullmatch(new)
    if not before or not after:
        return new
    parts = [
        after[1],
        _host(before[2], after[2]),
        _joined(before[3], after[3], "/"),
        _joined(before[4], after[4], "&"),
        _joined(before[5], after[5], "\n"),
    ]
    text = "".join(parts)
    return text if _same(text, new) else new


def _host(old: str, new: str) -> str:
    """*new*, or how *old* spells it; user names are never kept."""
    old = old.rpartition("@")[2]
    for spelling in (old, f"www.{old}", old.removeprefix("www.")):
        if _encoded(f"//{spelling}/") == _encoded(f"//{new}/"):
            return spelling
    return new


def _joined(old: str, new: str, separator: str) -> str:
    """The pieces of *new*, each as *old* spells it where it is in the same place from the start or from the end."""
    ours, theirs = old.split(separator), new.split(separator)
    shift = len(ours) - len(theirs)
    pieces = []
    for index, piece in enumerate(theirs):
        twins = [ours[place] for place in (index, index + shift) if 0 <= place < len(ours)]
        pieces.append(
            next((twin for twin in twins if _encoded(f"//a.org/{twin}") == _encoded(f"//a.org/{piece}")), piece)
        )
    return separator.join(pieces)


def _encoded(text: str) -> str | None:
    try:
        return str(URL(f"https:{text}"))
    except InvalidURL:
        return None


def _same(text: str, other: str) -> bool:
    try:
        return str(parse(text)) == str(parse(other))
    except NotCheckedError:
        return False

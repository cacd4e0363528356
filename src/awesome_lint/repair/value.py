"""What kind of value a cell holds: the features by which columns are distinguished."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from msgspec import Struct

from awesome_lint.regex import regex
from awesome_lint.text.placeholders import find_placeholder
from awesome_lint.text.tags import TAG

_LIMIT = 1500
"""Characters of a cell that are looked at: the beginning tells what it is."""
_TOKENS = 16

_IMAGE = regex(r"!\[([^\[\]]*)\](?:\(\s*(?:https?://([^\s/()]+))?[^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\])")
_LINK = regex(r"\[([^\[\]]*)\](?:\(\s*(?:https?://([^\s/()]+))?[^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\])")
_BARE_URL = regex(r"<?https?://([^\s/|<>]+)[^\s|<>]*>?")
_TAG = regex(rf"{TAG}|<!--.*?-->")
_IMAGE_TAG = regex(r"<img\s[^<>]*>", re.IGNORECASE)
_CODE = regex(r"`+[^`]+`+")
_WORD = regex(r"[^\W_]+")
_YEAR = regex(r"(?:19|20)\d\d")
_DATE = regex(
    r"(?:(?:19|20)?\d\d[-/.年]\s?\d\d?(?:[-/.月]\s?\d\d?日?)?|\d\d?[-/.]\d\d?[-/.](?:19|20)?\d\d"
    r"|\d\d?[-/.](?:19|20)\d\d"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s*(?:\d\d?,?\s*)?(?:(?:19|20)\d\d|\d\d?)"
    r"|\d\d?[-. ]\s?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?[- ]?\s?(?:19|20)?\d\d)"
)
_NUMBER = regex(r"[-+~≈<>≥≤$€£¥]?\s?\d[\d,.]*\s?(?:%|[kmbgtx]|[kmgt]i?b|ms|s|h|±\s?[\d.]+)?\+?")
_SEPARATORS = regex(r"[\s,;/·&+|:.()\[\]*_~•、，-]+|<br\s*/?>")


class Value(Struct, frozen=True):
    """A cell's features.

    ``form`` is the make-up of its markup and the kind of its text, ``size`` the logarithm of its visible
    length, ``text`` what is seen, folded; ``words``, their ``stems`` (three letters), ``labels`` (link texts),
    ``hosts`` and ``shape`` are its vocabulary.  ``faults`` counts marks that are out of balance;
    ``begins_small`` tells that the first letter or digit that is seen is a small letter, ``length`` counts words.
    """

    form: str
    size: int
    text: str
    words: tuple[str, ...]
    stems: tuple[str, ...]
    labels: tuple[str, ...]
    hosts: tuple[str, ...]
    shape: str
    faults: int
    begins_small: bool = False
    length: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing is in the cell."""
        return self.form == EMPTY

    @property
    def is_marked_up(self) -> bool:
        """Whether there is more than text: a link, an image, an address or code."""
        return not self.form.removeprefix("*").islower() or self.form == "t"


EMPTY = "empty"


@lru_cache(maxsize=4096)
def read(cell: str) -> Value:
    """The features of a cell's Markdown source."""
    cell = cell.strip()
    if not cell:
        return Value(EMPTY, 0, "", (), (), (), (), "", 0)
    source = cell[:_LIMIT]
    text, labels, hosts = _marked(source)
    visible = fold(re.sub("[\x02-\x05]", " ", text))
    words = _words(visible)
    return Value(
        _form(source, text, visible),
        min(9, (len(visible) + 1).bit_length()),
        visible[:80],
        words,
        _distinct(word[:3] for word in words if len(word) > 3) if len(words) <= 4 else (),
        _distinct(label for label in labels if len(label) <= 30)[:4],
        _distinct(hosts)[:4],
        _shape(text),
        faults(cell),
        _begins_small(text),
        max(len(visible.split()), _undivided_letters(visible) // 2),
    )


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _marked(source: str) -> tuple[str, list[str], list[str]]:
    """*source* with a control character for each link, image, URL and piece of code; the links' texts; all hosts."""
    labels: list[str] = []
    hosts: list[str] = []

    def link(match: re.Match[str]) -> str:
        labels.append(fold(match[1]))
        if match[2]:
            hosts.append(_host(match[2]))
        return "\x02" + match[1] + "\x02"

    def image(match: re.Match[str]) -> str:
        if match[2]:
            hosts.append(_host(match[2]))
        return "\x03"

    def bare(match: re.Match[str]) -> str:
        hosts.append(_host(match[1]))
        return "\x04"

    text = _CODE.sub(lambda match: "\x05" + match[0].strip("`") + "\x05", source) if "`" in source else source
    text = _IMAGE.sub(image, text)
    text = _IMAGE_TAG.sub("\x03", text)
    text = _LINK.sub(link, text)
    text = _BARE_URL.sub(bare, text)
    return _TAG.sub(" ", text), labels, hosts


def _begins_small(text: str) -> bool:
    first = re.search(r"[^\W_]", text)
    return first is not None and first[0].islower()


def fold(text: str) -> str:
    """*text* without case, emphasis marks and needless white space."""
    return " ".join(re.sub(r"[*_~`\\]+", " ", text).casefold().split())


def _host(host: str) -> str:
    return host.casefold().removeprefix("www.")


def _words(visible: str) -> tuple[str, ...]:
    found: list[str] = []
    for word in _WORD.findall(visible)[: 2 * _TOKENS]:
        if _undivided_letters(word):
            found += [word[i : i + 2] for i in range(0, min(len(word), 24), 2)]
        elif word.isdigit() and not _YEAR.fullmatch(word):
            found.append("0" * len(word))
        else:
            found.append(word)
    if not found and visible:
        found = list(visible.split()[:_TOKENS])
    return tuple(dict.fromkeys(found))[:_TOKENS]


def _form(source: str, text: str, visible: str) -> str:
    """The sequence of what the cell is made of, its text by kind: ``tL`` is a text and a link."""
    bare = re.sub("\x02[^\x02]*\x02", lambda match: " \x06 " if "\x03" in match[0] else " \x02 ", text)
    bare = re.sub("\x05[^\x05]*\x05", " \x05 ", bare)
    bare = _SEPARATORS.sub(" ", bare.replace("\x03", " \x03 ").replace("\x04", " \x04 "))
    parts: list[str] = []
    for piece in bare.split():
        part = _PARTS.get(piece, "t")
        if not parts or parts[-1] != part:
            parts.append(part)
    sequence = "".join(parts)
    if sequence in ("", "t"):
        return ("*" if source.startswith(("**", "__", "<b>")) else "") + _kind(visible)
    if len(sequence) > 3:
        sequence = sequence[0] + "." + "".join(sorted(set(sequence)))
    return sequence


_PARTS = {"\x02": "L", "\x03": "I", "\x04": "U", "\x05": "C", "\x06": "B"}


def _kind(visible: str) -> str:
    """The kind of a text without links."""
    if not any(character.isalnum() for character in visible):
        return "mark"
    if len(visible) <= 24:
        if _YEAR.fullmatch(visible):
            return "year"
        if _DATE.fullmatch(visible):
            return "date"
        if _NUMBER.fullmatch(visible):
            return "number"
    if visible in ("no", "yes") or find_placeholder(visible) is not None:
        return "flag"
    count = visible.count(" ") + 1 + _undivided_letters(visible) // 2
    if count == 1:
        return "word"
    return "phrase" if count <= 5 else "text"


def _undivided_letters(text: str) -> int:
    """How many letters of *text* are of scripts that do not divide words by spaces."""
    return 0 if text.isascii() else len(_undivided().findall(text))


@cache
def _undivided() -> re.Pattern[str]:
    # Late: such large ranges take milliseconds to compile.
    return re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")


def _shape(text: str) -> str:
    """The pattern of a short text: ``IEEE-TMI`` is ``A-A``, ``CVPR 2019`` is ``A 9``."""
    text = re.sub("[\x02-\x05*_`]", "", text).strip()
    if not text or len(text) > 24:
        return ""
    shape = re.sub(r"\d+", lambda m: "9" * min(len(m[0]), 4), text)
    shape = re.sub(r"[^\W\d_]+", _letters, shape)
    return re.sub(r"\s+", " ", shape)


def _letters(match: re.Match[str]) -> str:
    word = match[0]
    if word.isupper():
        return "A"
    if word.islower():
        return "a"
    return "Aa" if word.istitle() else "aA"


def faults(cell: str) -> int:
    """How many marks of *cell* are out of balance: brackets that do not pair, an odd backtick or bold marker."""
    opened = closed = 0
    depth = 0
    for match in _BRACKET.finditer(cell):
        mark = match[0]
        if mark.endswith("["):
            depth += 1
        elif depth:
            depth -= 1
        else:
            closed += 1
    opened = depth
    return opened + closed + (cell.count("**") & 1) + (cell.count("`") & 1)


_BRACKET = regex(r"(?<!\\)[\[\]]")

r"""The small parts of Markdown's syntax that several constructs share: references, destinations, titles, labels.

White space and punctuation are those of cmark-gfm, which decides where the specification is silent.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html.entities import html5

from awesome_lint.regex import regex

_PUNCTUATION = r"[!-/:-@\[-`{-~]"
_ESCAPED = regex(rf"\\({_PUNCTUATION})")
_REFERENCE = regex(r"&(?:#([0-9]{1,8})|#[xX]([0-9a-fA-F]{1,8})|([A-Za-z][A-Za-z0-9]*));")
_WHITE_SPACE = regex(r"[ \t\r\n]+")
_SPACE_CHARACTERS = regex(r"[ \t\v\f\r\n]*")
_ANGLE = regex(r"<((?:\\[\s\S]|[^\\<>\n])*+)>")
_BARE = regex(rf"(?:\\{_PUNCTUATION}|[^\\() \t\r\n]|\\)*+")
_TITLE_ENDS = {
    '"': regex(r"(?<!\\)\""),
    "'": regex(r"(?<!\\)'"),
    "(": regex(r"(?<!\\)[()]"),
}
_LABEL = regex(rf"\[((?:\\{_PUNCTUATION}|[^\[\]])*+)\]")
_LONGEST_LABEL = 1000
"""Bytes of UTF-8."""
_MOST_PARENTHESES = 32
_UNICODE_SPACES = frozenset("\t\n\f\r \u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))))


def unescape_references(text: str) -> str:
    """Resolve character references as cmark-gfm does: only those that end in a semicolon and exist."""
    return _REFERENCE.sub(lambda match: resolve_reference(match) or match[0], text) if "&" in text else text


def match_reference(text: str, start: int) -> re.Match[str] | None:
    """What looks like a character reference at *start*."""
    return _REFERENCE.match(text, start)


def resolve_reference(match: re.Match[str]) -> str | None:
    """The characters that a reference stands for, None where there is no such reference."""
    if match[3]:
        return html5.get(f"{match[3]};")
    code = int(match[1]) if match[1] else int(match[2], 16)
    if code == 0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return "\ufffd"
    return chr(code)


def clean(written: str) -> str:
    """A destination or title as written, with character references and then backslash escapes resolved."""
    text = unescape_references(written)
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def clean_destination(written: str) -> str:
    """The URL of a destination as written; ``<>`` may hold white space around it."""
    return clean(written.strip(" \t\r\n"))


def is_escapable(character: str) -> bool:
    """Whether a backslash before *character* makes it text."""
    return bool(character) and character.isascii() and is_punctuation(character)


def skip_spaces(text: str, start: int) -> int:
    """The offset after the white space at *start*, line ends included."""
    match = _SPACE_CHARACTERS.match(text, start)
    return match.end() if match else start


def find_destination(text: str, start: int) -> tuple[int, int, int] | None:
    """The link destination at *start*: where it starts and ends without ``<>``, and where the text continues."""
    if text.startswith("<", start):
        match = _ANGLE.match(text, start)
        return (*match.span(1), match.end()) if match and match.end() < len(text) else None
    opened = 0
    position = start
    while match := _BARE.match(text, position):
        position = match.end()
        if position >= len(text):
            return None
        if text[position] == "(" and opened < _MOST_PARENTHESES:
            opened += 1
        elif text[position] == ")" and opened:
            opened -= 1
        else:
            break
        position += 1
    spaced = text[position] in " \t\r\n" and position == start
    return None if text[position] == "(" or spaced else (start, position, position)


def find_title(text: str, start: int) -> int:
    """Where the link title that begins at *start* ends; *start* if there is none.

    cmark-gfm takes the longest match: an escaped quote ends the title where no other quote does.
    """
    opener = text[start : start + 1]
    pattern = _TITLE_ENDS.get(opener)
    if pattern is None:
        return start
    closer = ")" if opener == "(" else opener
    match = pattern.search(text, start + 1)
    if match and match[0] == closer:
        return match.end()
    return max(start, text.rfind(closer, start + 1, match.start() if match else len(text)) + 1)


def find_label(text: str, start: int) -> re.Match[str] | None:
    """The link label in brackets at *start*; group 1 is what it holds."""
    match = _LABEL.match(text, start, start + _LONGEST_LABEL + 2)
    return match if match and _may_be_label(match[1]) else None


def normalized_label(label: str) -> str:
    """The form in which labels are compared; empty where *label* can name nothing."""
    return _WHITE_SPACE.sub(" ", label.casefold()).strip(" \t\r\n") if _may_be_label(label) else ""


def _may_be_label(label: str) -> bool:
    return len(label) <= _LONGEST_LABEL // 4 or len(label.encode()) <= _LONGEST_LABEL


def is_space(character: str) -> bool:
    """Whether *character* counts as white space beside a run of ``*``, ``_`` or ``~``."""
    return character in _UNICODE_SPACES


@lru_cache(maxsize=4096)
def is_punctuation(character: str) -> bool:
    """Whether *character* is punctuation beside a run of ``*``, ``_`` or ``~``."""
    if character.isascii():
        return character.isprintable() and not character.isalnum() and character != " "
    return unicodedata.category(character)[0] == "P"

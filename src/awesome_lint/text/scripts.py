"""The scripts in which a word is written, and which of them may honestly stand side by side.

The rule is the *Moderately Restrictive* level of Unicode Technical Standard 39, section 5.2
(https://www.unicode.org/reports/tr39/#Restriction_Level_Detection): one script; Latin with the scripts of Japanese,
Chinese or Korean; or Latin with one other script in modern use that does not look like it, as Cyrillic and Greek do.
"""

from __future__ import annotations

import unicodedata

_NAMES = {"CJK": "Han", "IDEOGRAPHIC": "Han"}
_NO_SCRIPT = {"MODIFIER", "KATAKANA-HIRAGANA"}
_TOGETHER = (
    {"Latin", "Han", "Hiragana", "Katakana"},
    {"Latin", "Han", "Bopomofo"},
    {"Latin", "Han", "Hangul"},
)
_UNLIKE_LATIN = frozenset(
    "Arabic Armenian Bengali Bopomofo Devanagari Ethiopic Georgian Gujarati Gurmukhi Han Hangul Hebrew Hiragana "
    "Kannada Katakana Khmer Lao Malayalam Myanmar Oriya Sinhala Tamil Telugu Thaana Thai Tibetan".split()
)
"""The scripts of UAX 31, table 5 (in modern use), without Latin, Cyrillic and Greek."""


def script_of(character: str) -> str:
    """The script of a letter, named as Unicode names its letters; empty for all other characters."""
    if not unicodedata.category(character).startswith("L"):
        return ""
    word = unicodedata.name(character, "").partition(" ")[0]
    return "" if word in _NO_SCRIPT else _NAMES.get(word, word.capitalize())


def mixed_scripts(word: str) -> dict[str, str]:
    """The letters of *word* by script, the commonest first; empty where its scripts may stand side by side."""
    if word.isascii():
        return {}
    letters: dict[str, str] = {}
    for character in unicodedata.normalize("NFKC", word):
        if script := script_of(character):
            letters[script] = letters.get(script, "") + character
    scripts = set(letters)
    is_honest = (
        len(scripts) < 2
        or any(scripts <= allowed for allowed in _TOGETHER)
        or (len(scripts) == 2 and "Latin" in scripts and bool(scripts & _UNLIKE_LATIN))
    )
    return {} if is_honest else dict(sorted(letters.items(), key=lambda item: -len(item[1])))

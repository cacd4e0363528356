"""The places that letters with marks take in the alphabets of different languages.

French sorts É as E, Polish sorts Ł right after L, Swedish sorts Å, Ä, Ö and Danish Æ, Ø, Å after Z, German phone books
sort Ö as OE.  No list says which alphabet it follows.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache

from awesome_lint.regex import regex

_LATIN = (range(0xC0, 0x250), range(0x1E00, 0x1F00))
_NAME = regex(r"LATIN (?P<case>CAPITAL|SMALL) (?:LETTER|LIGATURE) (?:DOTLESS )?(?P<base>[A-Z]{1,2})(?: WITH .+)?")
_AFTER = "\u9fa5"
"""A letter that sorts after all that may follow another one within a Latin word."""
_SWEDISH = {"å": "z\u9fa51", "ä": "z\u9fa52", "æ": "z\u9fa52", "ö": "z\u9fa53", "ø": "z\u9fa53"}
_DANISH = {"æ": "z\u9fa51", "ä": "z\u9fa51", "ø": "z\u9fa52", "ö": "z\u9fa52", "å": "z\u9fa53"}

_PHONE_BOOK = {"ä": "ae", "ö": "oe", "ü": "ue"}


@cache
def _bases() -> dict[str, str]:
    """The Latin letters that Unicode does not decompose, each with the letters it is made of: ``ł`` with ``l``."""
    found: dict[str, str] = {}
    for character in (chr(code) for codes in _LATIN for code in codes):
        match = _NAME.fullmatch(unicodedata.name(character, ""))
        if match and unicodedata.normalize("NFKD", character) == character:
            found[character] = match["base"] if match["case"] == "CAPITAL" else match["base"].lower()
    return found


def by_base(text: str) -> str:
    """*text* with each letter sorted as the one without its marks: É as E, Ł as L, Œ as OE."""
    if text.isascii():
        return text
    bases = _bases()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(bases.get(character, character) for character in plain if not unicodedata.combining(character))


def after_base(text: str) -> str:
    """*text* with each marked letter sorted after the one without its marks: Ł after L and before M."""
    if text.isascii():
        return text
    return "".join(_after(character) for character in unicodedata.normalize("NFC", text))


def _after(character: str) -> str:
    plain = by_base(character)
    is_marked = plain and plain != unicodedata.normalize("NFKD", character)
    return plain + _AFTER if is_marked else plain


def as_in_swedish(text: str) -> str:
    """*text* with Å, Ä and Ö sorted after Z, in small letters."""
    return _with(text, _SWEDISH)


def as_in_danish(text: str) -> str:
    """*text* with Æ, Ø and Å sorted after Z, in small letters."""
    return _with(text, _DANISH)


def as_in_phone_books(text: str) -> str:
    """*text* with Ä, Ö and Ü sorted as AE, OE and UE (DIN 5007, variant 2), in small letters."""
    return _with(text, _PHONE_BOOK)


def _with(text: str, letters: dict[str, str]) -> str:
    if text.isascii():
        return text
    folded = unicodedata.normalize("NFC", text).casefold()
    return "".join(letters.get(character) or by_base(character) for character in folded)


Alphabet = Callable[[str], str]
ALPHABETS: tuple[Alphabet, ...] = (by_base, after_base, as_in_swedish, as_in_danish, as_in_phone_books)

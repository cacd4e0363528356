"""When two short texts are one in two spellings."""

from __future__ import annotations

import unicodedata

from awesome_lint.regex import regex

_LEAST_LETTERS = 7
"""How long a word is at least before a typo in it is told from another word."""
_GAP_IN_NUMBER = regex(r"(?<=\d)[\s_-]+(?=\d)")
_IGNORED = regex(r"[\s_‐‑–—]+|(?<=\w)-(?=\w)|\.(?!\d)")


def spelling_key(text: str) -> str:
    """What two spellings share that differ in case, white space, hyphens, underscores and dots, numbers aside."""
    # Lower case, for case folding makes two letters of some ligatures.
    return _solid(text).lower()


def _solid(text: str) -> str:
    plain = unicodedata.normalize("NFC", text).replace("’", "'")
    return _IGNORED.sub("", _GAP_IN_NUMBER.sub("~", plain))


def shapes(key: str) -> set[str]:
    """*key*, and *key* without any one of its characters: two keys a typo apart share one of these."""
    return {key, *(key[:index] + key[index + 1 :] for index in range(len(key)))}


def is_typo(one: str, other: str) -> bool:
    """Whether one small letter within a long word was left out, put in, replaced, or swapped with the next one.

    That is a restricted Damerau-Levenshtein distance of 1 between the keys of the two texts.  A letter more at the end
    of a word makes another word (a plural), and so does another capital (an acronym) or any letter in scripts without
    capitals.
    """
    from rapidfuzz.distance import OSA, Postfix, Prefix  # late: most lists have no two values that are alike

    shorter, longer = sorted(map(_solid, (one, other)), key=len)
    small, large = shorter.lower(), longer.lower()
    is_aligned = len(small) == len(shorter) and len(large) == len(longer)
    if not is_aligned or OSA.distance(small, large, score_cutoff=1) != 1:
        return False
    before = Prefix.similarity(small, large)
    after = min(Postfix.similarity(small, large), len(small) - before)
    changed = longer[before : len(longer) - after]
    if not all(map(str.islower, changed + shorter[before : len(shorter) - after])):
        return False
    rest = large[len(large) - after :]
    lead, tail = _letters(large[:before][::-1]), _letters(rest)
    # “analysis” and “analyses” are no typo either.
    is_inside = lead > 0 and (tail > 1 or (tail == 1 and rest[0] != "s"))
    return is_inside and lead + len(changed) + tail >= _LEAST_LETTERS


def _letters(text: str) -> int:
    """How many small letters *text* begins with; other scripts have no words that a typo could change."""
    return next((at for at, character in enumerate(text) if not character.islower()), len(text))

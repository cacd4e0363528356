"""The style of a short text: how it begins and ends, how long it is, which words it must not contain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto

from awesome_lint.schema import FinalPunctuation, TextSchema
from awesome_lint.text.patterns import fold_case
from awesome_lint.text.sentences import SENTENCE_ENDS, ends_sentence
from awesome_lint.text.small_names import is_written_small


class StyleFault(Enum):
    """What can be wrong with a text."""

    SMALL = auto()
    """It begins with a lower-case letter."""
    OPEN = auto()
    """It lacks the mark that ends a sentence."""
    CLOSED = auto()
    """It has one and should not."""
    LONG = auto()
    BANNED = auto()


def style_faults(text: str, schema: TextSchema) -> Iterator[tuple[StyleFault, str]]:
    """What is wrong with *text*, each with the end of a sentence about it: "begins with a lower-case letter"."""
    if not text:
        return
    if schema.capital and begins_small(text) and not _is_name(first_word(text), schema):
        yield StyleFault.SMALL, "begins with a lower-case letter"
    if schema.final_punctuation is FinalPunctuation.REQUIRED and not ends_sentence(text):
        yield StyleFault.OPEN, "does not end with a full stop"
    if schema.final_punctuation is FinalPunctuation.FORBIDDEN and text[-1] in SENTENCE_ENDS:
        yield StyleFault.CLOSED, f"ends with “{text[-1]}”"
    if schema.max_length is not None and len(text) > schema.max_length:
        yield StyleFault.LONG, f"is {len(text)} characters long, {len(text) - schema.max_length} too many"
    folded = fold_case(text)
    for banned in schema.banned_words:
        if re.search(rf"(?<!\w){re.escape(fold_case(banned))}(?!\w)", folded):
            yield StyleFault.BANNED, f"contains “{banned}”"


def begins_small(text: str) -> bool:
    """Whether the first letter or digit of *text* is lower-case, in a script whose sentences begin with capitals."""
    # Georgian has capitals, but begins no sentence with them: there a letter is its own title case.
    first = next(filter(str.isalnum, text), "")
    return first.islower() and first.title() != first


def first_word(text: str) -> str:
    """The first word of *text* without the punctuation around it."""
    return next(iter(text.split()), "").strip("\"'“”‘’«»„()[]*_,;:.!?…")


def _is_name(word: str, schema: TextSchema) -> bool:
    return word in schema.small or is_written_small(word)

"""Where a sentence ends."""

from __future__ import annotations

SENTENCE_ENDS = ".!?…。．！？｡"
_CLOSERS = ")]}）】」』\"'”’»*_~`"


def ends_sentence(text: str) -> bool:
    """Whether *text* ends in a mark that ends a sentence; quotes and brackets after it do not count."""
    return text.rstrip(_CLOSERS)[-1:] in (*SENTENCE_ENDS,)

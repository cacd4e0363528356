"""The word that someone meant: suggestions for misspelt names."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, candidates: Iterable[str], cutoff: float = 70) -> str | None:
    """The one of *candidates* most like *word*, ignoring case; None where none reaches *cutoff*.

    Likeness runs from 0 to 100: the indel distance, normalised by the lengths of both words.
    """
    # Only a misspelt word needs it; a run without one does not wait for it.
    from rapidfuzz import fuzz, process, utils

    found = process.extractOne(
        word, list(candidates), scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=cutoff
    )
    return found[0] if found else None

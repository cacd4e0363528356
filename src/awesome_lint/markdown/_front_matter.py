"""YAML front matter, which GitHub shows as a table above the page."""

from __future__ import annotations

import re

from awesome_lint.regex import regex

_FENCE = regex(r"---[ \t]*\n")
_END = regex(r"^(?:---|\.\.\.)[ \t]*$\n?", re.MULTILINE)
_KEY = regex(r"(?:\"[^\"\n]*\"|'[^'\n]*'|\w[\w .-]*):(?: |$)")
_CONTINUED = regex(r"[ \t#\]}]|-(?:[ \t]|$)")


def front_matter_end(text: str) -> int:
    """Where the front matter of *text* ends, 0 where it has none.

    Between two lines ``---`` at the very start all lines must belong to a YAML mapping: anything else is Markdown
    between two thematic breaks.
    """
    opening = _FENCE.match(text)
    closing = _END.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        return 0
    lines = [line for line in text[opening.end() : closing.start()].split("\n") if line.strip(" \t")]
    first = next((line for line in lines if not line.startswith("#")), "")
    if not _KEY.match(first) or not all(_KEY.match(line) or _CONTINUED.match(line) for line in lines):
        return 0
    return closing.end()

"""Regular expressions and globs of a configuration.

A configuration may come with a pull request, so its patterns must not block a run: they run on RE2, whose time
grows with the length of the text and nothing else.  It knows neither look-around nor back-references.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fnmatch import translate
from functools import cache


class PatternError(ValueError):
    """A pattern that cannot be used; the message says why, as what follows the name of the key."""


class Pattern:
    """A compiled pattern; raises `PatternError` if *pattern* is not one, or without the library for it."""

    def __init__(self, pattern: str) -> None:
        try:
            import re2  # a native library, which only the few lists with a pattern need
        except ImportError:
            raise PatternError("needs the library google-re2: pip install 'awesome-lint[re2]'") from None

        options = re2.Options()
        options.log_errors = False
        try:
            self._compiled = re2.compile(pattern, options)
        except re2.error as error:
            raise PatternError(f"is not a regular expression: {_reason(error)}") from None

    def matches(self, text: str) -> bool:
        """Whether the whole of *text* matches."""
        return self._compiled.fullmatch(text) is not None

    def is_in(self, text: str) -> bool:
        """Whether a part of *text* matches."""
        return self._compiled.search(text) is not None


compile_pattern = cache(Pattern)
"""`Pattern`, each compiled once."""


def glob_matches(glob: str, text: str) -> bool:
    """Whether *text* is what *glob* says; case and runs of white space make no difference.

    ``*``, ``?`` and ``[…]`` stand for what they do in the names of files; a text always fits itself.
    """
    folded = fold_case(text)
    return folded == fold_case(glob) or _compile_glob(glob)(folded) is not None


def fold_case(text: str) -> str:
    """*text* in one case, with single spaces."""
    return " ".join(text.casefold().split())


@cache
def _compile_glob(glob: str) -> Callable[[str], re.Match[str] | None]:
    return re.compile(translate(fold_case(glob))).match


def _reason(error: Exception) -> str:
    reason = error.args[0] if error.args else ""
    return reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)

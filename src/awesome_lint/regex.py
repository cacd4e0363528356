"""Regular expressions that are compiled when they are first used: most runs need few of the several hundred."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, cast


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The expression *pattern*, which compiles itself at its first use; a faulty one raises `re.error` only then."""
    return cast("re.Pattern[str]", _Regex(pattern, flags))


class _Regex:
    """Looks each method of the compiled expression up once, and keeps it."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self._flags)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._compiled, name)
        setattr(self, name, found)
        return found

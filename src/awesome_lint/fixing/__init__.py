"""Fixing a source: round after round until nothing changes, every round proved to do no harm (see `proof`).

A fix that cannot be proved, or that undoes another one, is left out and named; all others are applied.
"""

from __future__ import annotations

from collections.abc import Callable

from awesome_lint.fixing.rounds import EndlessError, Fixed, Refusal, Rounds
from awesome_lint.linter.engine import read
from awesome_lint.linter.settings import Settings
from awesome_lint.source import Source

__all__ = ["Fixed", "Refusal", "fix"]


def fix(
    source: Source,
    settings: Settings | None = None,
    exists: Callable[[str], bool] | None = None,
    *,
    unsafe: bool = False,
) -> Fixed:
    """Apply the fixes that the selected rules propose for *source*, also the unsafe ones where *unsafe* is true.

    *exists* is that of `engine.check`.  Raises `InternalError` where a rule or the parser fails.
    """
    settings = settings or Settings()
    document = read(source)
    endless: frozenset[str] = frozenset()
    while True:
        try:
            return Rounds(document, settings, exists, unsafe=unsafe, endless=endless).run()
        except EndlessError as error:
            endless |= error.rules

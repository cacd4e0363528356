"""Fixing a source: round after round until nothing changes, every round proved to do no harm (see `proof`).

A fix that cannot be proved, or that undoes another one, is left out and named; all others are applied.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from awesome_lint.diagnostic import Diagnostic
from awesome_lint.fixing.rounds import EndlessError, Fixed, Refusal, Rounds
from awesome_lint.linter.engine import lint, read
from awesome_lint.linter.settings import Settings
from awesome_lint.markdown import Document
from awesome_lint.rule import Rule
from awesome_lint.rules import RULES
from awesome_lint.semantic.facts import Facts
from awesome_lint.source import Source

__all__ = ["Fixed", "Refusal", "fix"]


def fix(  # noqa: PLR0913 - all but the text may be left out
    source: Source,
    settings: Settings | None = None,
    facts: Facts | None = None,
    *,
    unsafe: bool = False,
    rules: Sequence[Rule] = RULES,
    lines: Container[int] | None = None,
) -> Fixed:
    """Apply the fixes that the selected ones of *rules* propose for *source*, the unsafe ones only if *unsafe* is true.

    Only *lines* are changed, numbers of lines of *source* from 1; None stands for all of them.

    Raises `InternalError` where a rule or the parser fails.
    """

    def check(document: Document) -> list[Diagnostic]:
        return lint(document, settings, facts, rules=rules).diagnostics

    document = read(source)
    endless: frozenset[str] = frozenset()
    while True:
        try:
            return Rounds(document, check, unsafe=unsafe, endless=endless, lines=lines).run()
        except EndlessError as error:
            endless |= error.rules

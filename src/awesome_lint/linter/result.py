"""What comes out of a check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from awesome_lint.diagnostic import Diagnostic

if TYPE_CHECKING:
    from awesome_lint.linter.allowance import Allowance
    from awesome_lint.semantic.idle_schemas import IdlePath


class InternalError(Exception):
    """A bug of awesome-lint; the exception that caused it is chained."""


class LintResult(Struct, frozen=True):
    """What was found, sorted by place, then by rule; and the allowances but for which there would be more.

    ``idle`` is what of the schemas fits nothing in the text.
    """

    diagnostics: list[Diagnostic]
    needed: frozenset[Allowance]
    idle: frozenset[IdlePath] = frozenset()

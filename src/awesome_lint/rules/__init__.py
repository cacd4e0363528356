"""All rules, one module each; this tuple is the register."""

from __future__ import annotations

from awesome_lint.rule import Rule
from awesome_lint.rules import (
    empty_section,
    stale_contents,
    unused_suppression,
)

RULES: tuple[Rule, ...] = (
    stale_contents.RULE,
    empty_section.RULE,
    unused_suppression.RULE,
)

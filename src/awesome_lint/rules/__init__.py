"""All rules, one module each; this tuple is the register."""

from __future__ import annotations

from awesome_lint.rule import Rule
from awesome_lint.rules import unused_suppression

RULES: tuple[Rule, ...] = (
    unused_suppression.RULE,
)

"""All rules, one module each; this tuple is the register."""

from __future__ import annotations

from awesome_lint.rule import Rule

RULES: tuple[Rule, ...] = ()

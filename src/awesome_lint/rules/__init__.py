"""All rules, one module each; this tuple is the register."""

from __future__ import annotations

from awesome_lint.rule import Rule
from awesome_lint.rules import (
    column_count,
    dangling_anchor,
    detached_row,
    duplicate_entry,
    empty_link,
    empty_section,
    malformed_link,
    missing_file,
    proxied_link,
    redefined_abbreviation,
    rejected_table,
    schemeless_link,
    stale_contents,
    truncated_link,
    unknown_abbreviation,
    untidy_table,
    unused_abbreviation,
    unused_suppression,
)

RULES: tuple[Rule, ...] = (
    column_count.RULE,
    rejected_table.RULE,
    detached_row.RULE,
    untidy_table.RULE,
    truncated_link.RULE,
    malformed_link.RULE,
    empty_link.RULE,
    schemeless_link.RULE,
    dangling_anchor.RULE,
    missing_file.RULE,
    proxied_link.RULE,
    duplicate_entry.RULE,
    unknown_abbreviation.RULE,
    unused_abbreviation.RULE,
    redefined_abbreviation.RULE,
    stale_contents.RULE,
    empty_section.RULE,
    unused_suppression.RULE,
)

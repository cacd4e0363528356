"""All rules, one module each; this tuple is the register."""

from __future__ import annotations

from awesome_lint.rule import Group, Rule
from awesome_lint.rules import (
    archived_repository,
    column_count,
    conflicting_entry,
    dangling_anchor,
    dead_link,
    detached_row,
    duplicate_entry,
    empty_link,
    empty_section,
    entry_style,
    header_drift,
    inconsistent_value,
    invalid_value,
    malformed_link,
    missing_file,
    missing_fragment,
    missing_value,
    mixed_placeholder,
    moved_link,
    near_duplicate_entry,
    proxied_link,
    redefined_abbreviation,
    rejected_table,
    schemeless_link,
    stale_contents,
    too_few_entries,
    truncated_link,
    unknown_abbreviation,
    unsafe_target,
    unsorted_entries,
    untidy_table,
    unused_abbreviation,
    unused_suppression,
    url_style,
)

RULES: tuple[Rule, ...] = (
    column_count.RULE,
    rejected_table.RULE,
    detached_row.RULE,
    untidy_table.RULE,
    header_drift.RULE,
    truncated_link.RULE,
    malformed_link.RULE,
    empty_link.RULE,
    schemeless_link.RULE,
    dangling_anchor.RULE,
    missing_file.RULE,
    proxied_link.RULE,
    dead_link.RULE,
    moved_link.RULE,
    archived_repository.RULE,
    missing_fragment.RULE,
    unsafe_target.RULE,
    url_style.RULE,
    duplicate_entry.RULE,
    near_duplicate_entry.RULE,
    conflicting_entry.RULE,
    unsorted_entries.RULE,
    too_few_entries.RULE,
    entry_style.RULE,
    missing_value.RULE,
    invalid_value.RULE,
    inconsistent_value.RULE,
    mixed_placeholder.RULE,
    unknown_abbreviation.RULE,
    unused_abbreviation.RULE,
    redefined_abbreviation.RULE,
    stale_contents.RULE,
    empty_section.RULE,
    unused_suppression.RULE,
)


def rule_names() -> list[str]:
    """The names that select findings: those of rules, of groups, and of kinds of findings."""
    kinds = (name for rule in RULES if rule.kinds for name in rule.finding_names)
    return [*(rule.name for rule in RULES), *Group, *kinds]

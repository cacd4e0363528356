"""Findings that a configuration allows, each with the reason why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from awesome_lint.diagnostic import RuleName, Violation, full_name
from awesome_lint.schema import SchemaError
from awesome_lint.text.patterns import glob_matches

if TYPE_CHECKING:
    from awesome_lint.markdown import Document
    from awesome_lint.rule import Rule


class Allowance(Struct, frozen=True, kw_only=True):
    """A kind of finding that is no fault in this list. All that is given must be true of a finding."""

    rule: RuleName
    """The rule, kind or group of the finding."""
    reason: str
    """Why the finding is accepted."""
    entry: str | None = None
    """A glob for the name of the entry."""
    text: str | None = None
    """A glob for the text that the finding points at, as written in the source: an address, a cell."""
    section: str | None = None
    """A glob for one of the headings above it."""

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise SchemaError("reason", "must say why")
        if self.entry is None and self.text is None and self.section is None:
            raise SchemaError("rule", "is not enough: add entry, text or section")

    def covers(self, rule: Rule, violation: Violation, document: Document) -> bool:
        """Whether it is about *violation*, which *rule* found in *document*."""
        if self.rule not in (full_name(rule.name, violation.kind), rule.name, rule.group):
            return False
        headings = document.section_at(violation.span.start) if self.section is not None else ()
        return (
            (self.entry is None or glob_matches(self.entry, violation.entry))
            and (self.text is None or glob_matches(self.text, document.source[violation.span]))
            and (self.section is None or any(glob_matches(self.section, heading.text) for heading in headings))
        )

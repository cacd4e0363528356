"""What one run is to do: which rules run, how bad their findings are, and their options."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from awesome_lint.diagnostic import Severity
from awesome_lint.linter.allowance import Allowance
from awesome_lint.schema import Schemas

if TYPE_CHECKING:
    from awesome_lint.rule import Rule


class Settings(Struct, frozen=True):
    """The settings of one run; what is known about the world outside of the text is in `Facts`.

    ``select``, ``extend`` and ``ignore`` hold names of rules, kinds of findings or groups; an empty ``select`` means
    every rule that is on by default, ``extend`` adds to it.  ``severities`` maps such a name to the severity of its
    findings, ``options`` a rule's name to its options object.  ``schemas`` says what tables and lists hold,
    ``allowances`` which findings are allowed.
    """

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    schemas: Schemas = field(default_factory=Schemas)
    extend: frozenset[str] = frozenset()
    allowances: tuple[Allowance, ...] = ()

    def ignoring(self, names: Iterable[str]) -> Settings:
        """These settings, with *names* of rules or groups ignored as well."""
        return replace(self, ignore=self.ignore | frozenset(names))

    def selects(self, rule: Rule) -> bool:
        """Whether *rule* runs, because some of its findings are selected."""
        return any(self.keeps(rule, name) for name in rule.finding_names)

    def keeps(self, rule: Rule, name: str) -> bool:
        """Whether the findings of *rule* with this full *name* are selected.

        What is set for a kind of finding counts more than for its rule, and for a rule more than for its group; for one
        name, to ignore counts more than to select.
        """
        for each in (name, rule.name):
            if each in self.ignore:
                return False
            if each in self.select | self.extend:
                return True
        if rule.group in self.ignore or not rule.default:
            return False
        return not self.select or rule.group in self.select | self.extend

    def severity_of(self, rule: Rule, name: str) -> Severity | None:
        """The configured severity of the findings of *rule* with this full *name*, or None if there is none."""
        found = (self.severities.get(each) for each in (name, rule.name, rule.group))
        return next(filter(None, found), None)

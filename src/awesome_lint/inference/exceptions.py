"""What a list still breaks of its own conventions: warnings, until somebody has looked at them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec.structs import replace

from awesome_lint.config.loading import settings_for
from awesome_lint.config.model import Configuration
from awesome_lint.config.places import KeyPath
from awesome_lint.diagnostic import RuleName, Severity
from awesome_lint.linter.engine import lint
from awesome_lint.linter.settings import Settings
from awesome_lint.markdown import Document


def excuse_exceptions(configuration: Configuration, document: Document) -> tuple[Configuration, dict[KeyPath, str]]:
    """*configuration* under which *document* has no errors that it does not have without, and remarks on what changed.

    A rule that finds more errors than without the configuration reports them as warnings.
    """
    without = _errors(Settings(), document)
    found = _errors(settings_for(configuration, None, None), document)
    more = {name: count - without[name] for name, count in sorted(found.items()) if count > without[name]}
    severity: Mapping[RuleName, Severity] = {RuleName(name): Severity.WARNING for name in more}
    remarks: dict[KeyPath, str] = {
        ("severity", name): f"{count} {'exceptions' if count > 1 else 'exception'}; remove this once the list has none"
        for name, count in more.items()
    }
    return replace(configuration, severity={**configuration.severity, **severity}), remarks


def _errors(settings: Settings, document: Document) -> Counter[str]:
    """The number of errors of each rule."""
    return Counter(each.rule for each in lint(document, settings).diagnostics if each.severity is Severity.ERROR)

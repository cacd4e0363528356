"""``awesome-lint rules``: what the rules are, and the page of each."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

import click

from awesome_lint.cli.completing import complete_names
from awesome_lint.cli.console import write
from awesome_lint.cli.names import require_known

if TYPE_CHECKING:
    from awesome_lint.rule import Rule


@click.command(short_help="List the rules, or show the page of one.")
@click.argument("name", required=False, shell_complete=complete_names)
def rules(name: str | None) -> None:
    """List all rules, those of the group NAME, or show the page of the rule NAME."""
    from awesome_lint.rules import RULES

    if name is not None:
        require_known(name)
    found = next((rule for rule in RULES if name in (rule.name, *rule.finding_names)), None)
    write(_page(found) if found else _listing(rule for rule in RULES if name in (None, rule.group)), None)


def _page(rule: Rule) -> str:
    return f"# {rule.name} [{rule.group}, {rule.severity}]\n\n{rule.page}\n"


def _listing(rules: Iterable[Rule]) -> str:
    """The rules under the names of their groups, in aligned columns."""
    listed = list(rules)
    width = max((len(rule.name) for rule in listed), default=0)
    parts = []
    for group, members in groupby(listed, key=lambda rule: rule.group):
        parts.append(f"{group}\n" + "".join(f"  {r.name:{width}}  {r.severity:7}  {r.summary}\n" for r in members))
    return "\n".join(parts)

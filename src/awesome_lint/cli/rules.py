"""``awesome-lint rules``: what the rules are, and the page of each."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from textwrap import fill
from typing import TYPE_CHECKING

import click

from awesome_lint.cli.completing import complete_names
from awesome_lint.cli.console import terminal_width, write
from awesome_lint.cli.names import require_known

if TYPE_CHECKING:
    from awesome_lint.rule import Rule


@click.command(short_help="List the rules, or show the page of one.")
@click.argument("name", required=False, shell_complete=complete_names)
@click.option("--messages", is_flag=True, help="Print the messages of the rules, each with an example.")
def rules(name: str | None, *, messages: bool) -> None:
    """List all rules, those of the group NAME, or show the page of the rule NAME."""
    from awesome_lint.rules import RULES

    if name is not None:
        require_known(name)
    if messages:
        from awesome_lint.cli.examples import messages_of

        wanted = (rule for rule in RULES if name in (None, rule.group, rule.name, *rule.finding_names))
        write("\n".join(map(messages_of, wanted)), None)
        return
    found = next((rule for rule in RULES if name in (rule.name, *rule.finding_names)), None)
    write(_page(found) if found else _listing(rule for rule in RULES if name in (None, rule.group)), None)


_MARKS = "fix: --fix can repair it; links: runs with --links; off: runs only if it is selected by name\n"


def _page(rule: Rule) -> str:
    return f"# {rule.name} [{', '.join((rule.group, rule.severity, *_marks(rule)))}]\n\n{rule.page}\n"


def _listing(rules: Iterable[Rule]) -> str:
    """The rules under the names of their groups, in aligned columns, and what the marks mean."""
    listed, width = list(rules), terminal_width()
    name, mark = (max(map(len, column), default=0) for column in ([r.name for r in listed], map(_marked, listed)))
    parts = []
    for group, members in groupby(listed, key=lambda rule: rule.group):
        heads = ((f"  {rule.name:{name}}  {rule.severity:7}  {_marked(rule):{mark}}  ", rule) for rule in members)
        lines = (fill(head + rule.summary, width, subsequent_indent=" " * len(head)) for head, rule in heads)
        parts.append("".join(f"{line}\n" for line in (group, *lines)))
    return "\n".join([*parts, _MARKS])


def _marked(rule: Rule) -> str:
    return " ".join(_marks(rule))


def _marks(rule: Rule) -> list[str]:
    """What is to be known of *rule* at a glance."""
    marks = {"fix": "\n## Fix\n" in rule.page, "links": rule.online, "off": not rule.default}
    return [mark for mark, applies in marks.items() if applies]

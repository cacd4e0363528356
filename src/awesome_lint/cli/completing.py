"""What a shell may complete: files, the names of rules and groups, formats of reports."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click
from click.shell_completion import CompletionItem

UNNAMED = "awesome_lint.command_left_out"
"""The key in a context's ``meta`` that is set when the command's name was left out."""


def complete_paths(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Files, and where a command may stand as well, the commands."""
    commands: Iterable[str] = ()
    first = not context.params.get(parameter.name or "")
    if first and context.meta.get(UNNAMED) and context.parent and isinstance(context.parent.command, click.Group):
        commands = context.parent.command.list_commands(context.parent)
    words = [name for name in commands if name.startswith(incomplete)]
    if not words:
        return [CompletionItem(incomplete, type="file")]
    # A shell that is given words looks for no files, so these have to be among them.
    return [CompletionItem(word) for word in (*words, *_files(incomplete))]


def complete_names(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The names of rules and groups."""
    from awesome_lint.rule import Group
    from awesome_lint.rules import RULES

    found = [CompletionItem(group.value, help="a group of rules") for group in Group]
    found += [CompletionItem(rule.name, help=rule.summary) for rule in RULES]
    found += [
        CompletionItem(name, help=kind.summary)
        for rule in RULES
        for name, kind in zip(rule.finding_names, rule.kinds, strict=False)
    ]
    # Names may be given as one list; what stands before the last comma is kept.
    before, comma, last = incomplete.rpartition(",")
    taken = {name.strip() for name in before.split(",")}
    return [
        CompletionItem(f"{before}{comma}{item.value}", help=item.help)
        for item in found
        if item.value.startswith(last) and item.value not in taken
    ]


def complete_formats(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The formats of reports; what follows ``=`` is the user's."""
    from awesome_lint.cli.formats import FORMATS

    return [CompletionItem(name) for name in FORMATS if name.startswith(incomplete)]


def _files(incomplete: str) -> list[str]:
    """What in this folder begins with *incomplete*, which is no path of several parts."""
    try:
        names = sorted(path.name for path in Path().iterdir())
    except OSError:
        return []
    found = [name for name in names if name.startswith(incomplete) and not (name.startswith(".") and not incomplete)]
    return [f"{name}/" if Path(name).is_dir() else name for name in found]

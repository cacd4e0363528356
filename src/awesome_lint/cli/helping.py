"""``awesome-lint help``: the help of the program, or of one command."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from awesome_lint.cli.console import write


def _complete(context: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The names of commands."""
    root = context.find_root()
    names = root.command.list_commands(root) if isinstance(root.command, click.Group) else ()
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


@click.command("help", short_help="Show this help, or that of a command.")
@click.argument("command", required=False, metavar="[COMMAND]", shell_complete=_complete)
@click.pass_context
def help_(context: click.Context, command: str | None) -> None:
    """Show the help of COMMAND, or that of the whole program."""
    root = context.find_root()
    if command is None:
        write(f"{root.get_help()}\n", None)
        return
    group = root.command
    found = group.get_command(root, command) if isinstance(group, click.Group) else None
    if found is None:
        raise click.UsageError(f"there is no command {command!r}; 'awesome-lint help' lists them")
    write(f"{found.get_help(click.Context(found, parent=root, info_name=command))}\n", None)

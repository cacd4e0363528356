"""``awesome-lint completion``: the script that makes a shell complete this program's arguments."""

from __future__ import annotations

import click

from awesome_lint.cli.console import write

_NAME = "awesome-lint"
_VARIABLE = "_AWESOME_LINT_COMPLETE"
_CUTS_AT_COMMAS = 'string split "," $completion'
_CUTS_ONCE = 'string split --max 1 "," $completion'
"""click's script for fish drops the rest of a description, and of a list of names, from its first comma on."""


@click.command(short_help="Print a script that adds completion to a shell.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the completion script for SHELL; save it where the shell looks for completion scripts.

    For example: awesome-lint completion fish > ~/.config/fish/completions/awesome-lint.fish
    """
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    if made is None:
        raise click.ClickException(f"there is no completion for {shell}")
    script = made(context.find_root().command, {}, _NAME, _VARIABLE).source()
    write(script.replace(_CUTS_AT_COMMAS, _CUTS_ONCE), None)

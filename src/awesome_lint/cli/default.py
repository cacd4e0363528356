"""A command group whose default command need not be named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from awesome_lint.cli.completing import UNNAMED
from awesome_lint.cli.grouping import write_groups


class DefaultGroup(click.Group):
    """A group that takes arguments without a command's name for those of its *default* command.

    Options may stand before the command's name: ``--quiet check README.md`` is ``check --quiet README.md``.
    """

    def __init__(self, *args: Any, default: click.Command, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.default = default

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the command's name first, then go on as usual."""
        own = {name for param in self.get_params(ctx) for name in param.opts}
        if not own.intersection(args[:1]):
            index = self._first_positional(args)
            name = args[index] if index < len(args) else ""
            if name in self.commands:
                args = [name, *args[:index], *args[index + 1 :]]
            else:
                if self._knows(args[:index]):
                    self._refuse_misspelt(name)
                args = [self._default_name, *args]
                ctx.meta[UNNAMED] = True
        return super().parse_args(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show that the command's name is optional."""
        formatter.write_usage(ctx.command_path, "[COMMAND] [OPTIONS] [PATHS]...")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands, the default command's options, and the group's own."""
        self.format_commands(ctx, formatter)
        context = click.Context(self.default, parent=ctx, info_name=self._default_name)
        write_groups((*self.default.params, *self.get_params(ctx)), context, formatter)

    @property
    def _default_name(self) -> str:
        return self.default.name or ""

    def _knows(self, args: list[str]) -> bool:
        """Whether *args* hold no misspelt option: else the next word may be its value."""
        known = {name for param in self.default.params for name in (*param.opts, *param.secondary_opts)}
        return all(not arg.startswith("--") or arg.partition("=")[0] in known for arg in args)

    def _refuse_misspelt(self, name: str) -> None:
        if not name.isalpha() or Path(name).exists():
            return
        from awesome_lint.text.nearest import nearest

        if near := nearest(name, self.commands, cutoff=75):
            raise click.UsageError(f"there is neither a command nor a file named {name!r}; did you mean {near}?")

    def _first_positional(self, args: list[str]) -> int:
        """The index of the first argument that is neither an option nor an option's value."""
        options = [param for command in self.commands.values() for param in command.params]
        with_value = {
            name
            for param in options
            if isinstance(param, click.Option) and not param.is_flag and not param.count
            for name in (*param.opts, *param.secondary_opts)
        }
        index = 0
        while index < len(args) and args[index].startswith("-") and args[index] not in ("-", "--"):
            index += 2 if args[index] in with_value else 1
        return index

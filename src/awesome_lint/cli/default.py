"""A command group whose default command need not be named, and whose other commands are imported when they are run."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from awesome_lint.cli.completing import UNNAMED
from awesome_lint.cli.grouping import write_groups


class DefaultGroup(click.Group):
    """A group that takes arguments without a command's name for those of its *default* command.

    Options may come before the command's name: ``--quiet check README.md`` is ``check --quiet README.md``.
    The other commands, *late*, are named by where they are: ``"links": "package.module:name"``.
    """

    def __init__(self, *args: Any, default: click.Command, late: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_command(default)
        self.default = default
        self._late = late

    @property
    def names(self) -> list[str]:
        """The names of all commands, in alphabetical order."""
        return sorted({*self.commands, *self._late})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in alphabetical order."""
        del ctx  # no command depends on it
        return self.names

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, imported if need be, or None if there is none."""
        del ctx
        return self._command(cmd_name)

    def _command(self, name: str) -> click.Command | None:
        if name not in self.commands and name in self._late:
            module, _, attribute = self._late[name].partition(":")
            self.commands[name] = getattr(import_module(module), attribute)
        return self.commands.get(name)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the command's name first, then continue as usual."""
        own = {name for param in self.get_params(ctx) for name in param.opts}
        if not own.intersection(args[:1]):
            index = self._first_positional(args)
            name = args[index] if index < len(args) else ""
            if name in self.names:
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

        if near := nearest(name, self.names, cutoff=75):
            raise click.UsageError(f"there is neither a command nor a file named {name!r}; did you mean {near}?")

    def _first_positional(self, args: list[str]) -> int:
        """The index of the first argument that is neither an option nor an option's value."""
        index = 0
        while index < len(args) and args[index].startswith("-") and args[index] not in ("-", "--"):
            index += 2 if self._has_value(args[index]) else 1
        return index

    def _has_value(self, name: str) -> bool:
        """Whether the option *name* takes a value: in the default command, or else in any that knows it."""
        names = (self._default_name, *self.names)
        params = (param for command in map(self._command, names) if command for param in command.params)
        found = next((param for param in params if name in (*param.opts, *param.secondary_opts)), None)
        return isinstance(found, click.Option) and not found.is_flag and not found.count

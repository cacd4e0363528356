"""Options that the help lists in groups."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import click

GROUPS = ("Check", "Fix", "New findings", "Output", "Configuration", "Links")
"""The groups of the options of ``check``, in the order of the help."""


class GroupedOption(click.Option):
    """An option that the help lists under the heading *group*."""

    def __init__(self, *args: Any, group: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group


class GroupedCommand(click.Command):
    """A command whose help lists its options in groups."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write a section for each group, and one for ``--help``."""
        write_groups(self.get_params(ctx), ctx, formatter)


def option(group: str, *names: str, **settings: Any) -> Callable[..., Any]:
    """As `click.option`, for an option in the *group*."""
    return click.option(*names, cls=GroupedOption, group=group, **settings)


def write_groups(params: Iterable[click.Parameter], ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """Write the options among *params* under the headings of their groups; those without a group come last."""
    options = [param for param in params if isinstance(param, click.Option)]
    for group in (*GROUPS, ""):
        members = [each for each in options if (each.group if isinstance(each, GroupedOption) else "") == group]
        records = [record for each in members if (record := each.get_help_record(ctx))]
        if records:
            with formatter.section(group or "Other options"):
                formatter.write_dl(records)

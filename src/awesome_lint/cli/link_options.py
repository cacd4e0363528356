"""The options of the link check, which two commands have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

_Command = TypeVar("_Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--links-include", "include", multiple=True, metavar="PATTERN", help="Check only these links."),
    click.option(
        "--links-exclude",
        "exclude",
        multiple=True,
        metavar="PATTERN",
        help="Leave these links out: a host, the beginning of a URL, or a pattern with * and ?.",
    ),
    click.option("--links-fragments", "fragments", is_flag=True, help="Look for the anchors of pages, too."),
    click.option(
        "--links-cache",
        "link_cache",
        metavar="FILE",
        help="Where results are kept ('' keeps none); by default in the user's cache folder.",
    ),
    click.option("--refresh", is_flag=True, help="Check links again whose result is known."),
    click.option(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True),
        metavar="SECONDS",
        help="How long a request may take; 20 by default.",
    ),
    click.option(
        "--max-time",
        type=click.FloatRange(min=0, min_open=True),
        metavar="SECONDS",
        help="End the link check after that time; 600 where CI is set, else no limit.",
    ),
    click.option("--suggest", is_flag=True, help="Look for copies of dead pages in the web archive."),
    click.option("--allow-private", is_flag=True, help="Let links lead into private networks."),
)


def link_options(command: _Command) -> _Command:
    """Give *command* the options of the link check."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
